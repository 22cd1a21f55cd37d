"""An invariant does not hold for everybody: there are answers with which something is given that it forbids.

Looks at every invariant of scope `rules`, and at what any knowledge must keep: bars fail closed, minor muscles wait,
no triage line is skipped. Each is proved over all answers there can be, or broken by an example. The example is the
nearest to a person without trouble, and it has been replayed through experta before it is printed.

Mend the rule that lets the item through: the tag that is missing from the item or from the row that should bar it, a
level, a gate. `--examples DIR` writes the example as an answers file and as a case to be kept.

Bad:
    # invariants/no-step-for-dancers.yaml
    id: no-step-for-dancers
    scope: rules
    says: Nobody with pain in the night stands on one leg.
    whenever: {answer: {night-pain: yes}}
    never: {ids: [one-leg-stand]}
    sources: {design: design-value}

Good:
    # invariants/no-step-for-dancers.yaml
    id: no-step-for-dancers
    scope: rules
    says: Nobody stands on one leg for a check in an emergency.
    whenever: {level: emergency}
    never: {ids: [one-leg-stand]}
    sources: {design: design-value}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.audit.proof import claims
from assess.audit.report import REFUTED
from assess.errors import Problem

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "proofs"
ACCEPTABLE = False


def check(context: Context) -> Iterator[Problem]:
    """Every claim."""
    for proof in claims.every(context.proven):
        if proof.verdict == REFUTED:
            yield Problem(
                claims.place(context, proof),
                "refuted-invariant",
                f"this does not hold for everybody: {context.proven.broken[proof.id]} with these answers",
                "Mend the rule that lets it through; `--examples DIR` writes the answers and a case.",
                example=proof.example,
            )
