"""A rule that nothing can make false: it says the same of everybody and decides nothing.

Looks at triage rows, modifiers, findings and patterns: each must be known false with some answers.

Mend the condition: look for an `any` whose members leave nothing out, a limit at the end of a range, or a `not` too
many. What is meant for everybody needs no rule.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {any: [{answer: {injury: yes}}, {answer: {injury: no}}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: yes}
      - {says: it is open, given: {}, start: nothing, expect: open}

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
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "proofs"


def check(context: Context) -> Iterator[Problem]:
    """What may be given to everybody is no fault: only what is found or flagged is looked at."""
    base, proofs = context.base, context.proven
    for item in base.items():
        for part, path, key in proofs.heads_of(item):
            keys = proofs.keys(key.kind, key.id)
            if key.kind != words.ELIGIBLE and not any(proofs.exists(proofs.false(*k)) for k in keys):
                message = f"{part!r} is never known to be false, whatever the answers"
                yield context.at(item, path, "always-firing-rule", message, key=True)
