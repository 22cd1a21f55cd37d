"""A rule without a case that fires or without one that must not: nobody has said what it is for.

Looks at every item with a rule, and of a check at every finding. A case that fires says whom the rule is for; one that
must not says where it ends. Without the second, a rule that always fires would pass.

Mend it by adding the case that is missing; near the threshold it is worth most.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {injury: yes}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: yes}
      - {says: it does not, given: {injury: yes}, expect: yes}

Good:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {injury: yes}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.model import words
from assess.model.knowledge import Item

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "files"

FIRES = {words.YES, words.LIKELY, words.POSSIBLE, *words.LEVELS} - {words.SELF_CARE}


def check(context: Context) -> Iterator[Problem]:
    """Every item with a rule; of a check, every finding."""
    base = context.base
    for group in (base.triage, base.modifiers, base.patterns, base.exercises, base.relief):
        for item in group.values():
            yield from _both(context, item, [c.expect for c in item.cases], item.id)
    for check_ in base.checks.values():
        for finding in check_.findings:
            expects = [c.expect for c in check_.cases if c.finding == finding.id]
            if not any(e in FIRES for e in expects):
                yield context.at(
                    check_, ("findings", finding.id), "missing-case", f"no case finds {finding.id!r}", key=True
                )


def _both(context: Context, item: Item, expects: list[str], name: str) -> Iterator[Problem]:
    if not any(e in FIRES for e in expects):
        yield context.at(item, ("cases",), "missing-case", f"no case in which {name!r} holds", key=True)
    if not any(e not in FIRES for e in expects):
        yield context.at(item, ("cases",), "missing-case", f"no case in which {name!r} does not hold", key=True)
