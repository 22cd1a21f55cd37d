"""A rule that no answers can make true: what it is for never happens.

Looks at triage rows, modifiers, findings, patterns (possible, and likely where it is not capped), and at whether an
exercise, a check or a relief item can ever be given. The condition contradicts itself, or something that it leans on
can never hold, or a score cannot reach its mark.

Mend the condition: look for two members of an `all` that exclude each other, or a weight that is too small.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {all: [{answer: {injury: yes}}, {answer: {injury: no}}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it does not hold, given: {}, expect: no}

Good:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {all: [{answer: {injury: yes}}, {answer: {night-pain: yes}}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes, slow-signs: yes, night-pain: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.model import words

if TYPE_CHECKING:
    from assess.audit.proof.proofs import Proofs
    from assess.audit.proof.space import Where
    from assess.audit.run import Context
    from assess.model.conditions import Key

SEVERITY = "error"
NEEDS = "proofs"


def check(context: Context) -> Iterator[Problem]:
    """Every head that a person knows by name; what has sides, on either."""
    base, proofs = context.base, context.proven
    for item in base.items():
        for part, path, key in proofs.heads_of(item):
            keys = proofs.keys(key.kind, key.id)
            if not any(proofs.exists(_looked_at(proofs, k)) for k in keys):
                what = "can be given to nobody" if key.kind == words.ELIGIBLE else "holds with no answers at all"
                yield context.at(item, path, "never-firing-rule", f"{part!r} {what}", key=True)


def _looked_at(proofs: Proofs, key: Key) -> Where:
    """A score as one diagram: to search in its parts takes longer."""
    return proofs.whole(proofs.true(*key)) if key.kind == words.PATTERN else proofs.true(*key)
