"""A row that stops or blocks leans on a check, a pattern or a modifier: it would stay open, and triage with it.

Looks at triage rows of the levels emergency, same-day and clinician-first. Triage must be decided by answers alone:
checks come after it, may never be done, and patterns need them.

Mend it by reading the answers, or by putting the check inside `known:`, which is false until it is done.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: same-day
    when: {any: [{answer: {injury: yes}}, {pattern: {id: lower-crossed, label: likely}}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}

Good:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: same-day
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
from assess.model.conditions import Compare, Is, Key
from assess.rules.nodes import Atom, Known, Leaf, Node, children

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "files"
ACCEPTABLE = False


def check(context: Context) -> Iterator[Problem]:
    """Triage rows of the three blocking levels."""
    for row in context.base.triage.values():
        if row.level not in words.BLOCKING:
            continue
        for node in _outside_known(row.when):
            if isinstance(node, Atom) and isinstance(node.key, Key) and node.key.kind != words.TRIAGE:
                yield context.at(
                    row,
                    ("when",),
                    "undecidable-triage",
                    f"it leans on {node.key}, which may never be known",
                    "Read the answers or, inside `known:`, the check itself.",
                    key=True,
                )
            elif (
                isinstance(node, Leaf)
                and isinstance(node.test, Is | Compare)
                and node.test.of.partition(".")[0] in context.base.checks
            ):
                yield context.at(
                    row,
                    ("when",),
                    "undecidable-triage",
                    f"it leans on the check {node.test.of!r}, which may never be done",
                    "Put it inside `known:`.",
                    key=True,
                )


def _outside_known(node: Node) -> Iterator[Node]:
    yield node
    if not isinstance(node, Known):
        for child in children(node):
            yield from _outside_known(child)
