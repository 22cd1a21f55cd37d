"""A warning sign that never decides: whenever it holds, a rule of a higher level holds too.

Looks at triage rows and modifiers with a level. What the row says and tells people to do would never come first. Often
its condition is a special case of a row above it, or its own level is too low.

Mend it by raising its level, by narrowing the row above, or by leaving the row out.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {all: [{answer: {bladder-change: yes}}, {answer: {bladder-since: recent}}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - says: it holds
        given: {cauda-equina-signs: yes, bladder-change: yes, bladder-since: recent}
        expect: yes
      - {says: it does not, given: {}, expect: no}

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

SEVERITY = "warning"
NEEDS = "proofs"


def check(context: Context) -> Iterator[Problem]:
    """Each row against the levels above its own."""
    proofs = context.proven
    for row in context.base.rows.values():
        above = words.LEVELS[: words.LEVELS.index(row.level)]
        if row.level == words.SELF_CARE or not above:
            continue
        holds = proofs.true(words.LEVEL, row.id)
        lower = [~proofs.true(words.LEVEL, level) for level in above if level in words.BLOCKING]
        if proofs.exists(holds) and not proofs.exists(holds, *lower):
            message = f"whenever {row.id!r} holds, a rule of a higher level holds too"
            yield context.at(row, ("level",), "masked-flag", message)
