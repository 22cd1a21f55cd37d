"""Whether an invariant holds for everybody could not be worked out within the budget; that counts as not holding.

Looks at the same claims as `refuted-invariant`. The sets of answers behind this one grew too large. Nothing is claimed
then: a safety statement that is not proved is not kept.

Mend it by stating the invariant over fewer rules at once (one invariant for each member of an `any`), or by splitting
a rule that reads very many answers together.

Bad:
    # invariants/no-step-for-dancers.yaml
    id: no-step-for-dancers
    scope: rules
    says: Nobody stands on one leg in an emergency or in strong pain.
    whenever: {any: [{level: emergency}, {number: {of: pain-now, above: 6, unit: 0-10}}]}
    never: {ids: [one-leg-stand]}
    sources: {design: design-value}

Good:
    # invariants/no-step-for-dancers.yaml
    id: no-step-for-dancers
    scope: rules
    says: Nobody stands on one leg in an emergency.
    whenever: {level: emergency}
    never: {ids: [one-leg-stand]}
    sources: {design: design-value}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.audit.proof import claims
from assess.audit.report import UNKNOWN
from assess.errors import Problem

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "proofs"
ACCEPTABLE = False


def check(context: Context) -> Iterator[Problem]:
    """Every claim."""
    for proof in claims.every(context.proven):
        if proof.verdict == UNKNOWN:
            yield Problem(
                claims.place(context, proof),
                "unknown-invariant",
                "whether this holds for everybody could not be worked out: too many answers hang together",
                "State it over fewer rules at once, or split a rule that reads very many answers.",
            )
