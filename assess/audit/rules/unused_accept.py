"""A finding is accepted that there is not: what was wrong is mended, or the entry never fitted.

Looks at every `accept` whose rule was looked at, after all other rules. One that is left behind would silence the next
fault of its kind without anybody having judged it.

Mend it by taking the entry away; where it was meant for a finding that stands, correct its `about`.

Bad:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    accept: [{rule: unused-item, why: The letter shows the answer to the physiotherapist.}]
    sources: {design: design-value}
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {new-line: yes}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {new-line: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}

Good:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    accept: [{rule: unused-item, why: The letter shows the answer to the physiotherapist.}]
    sources: {design: design-value}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.audit.accepts import KEY
from assess.errors import Problem

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "warning"
NEEDS = "findings"
ACCEPTABLE = False


def check(context: Context) -> Iterator[Problem]:
    """Entries that silenced nothing."""
    for entry in context.idle:
        about = f" about {entry.about!r}" if entry.about else ""
        message = f"nothing here is found by {entry.rule!r}{about}, so nothing is accepted"
        yield entry.document.located.problem((KEY, entry.index), "unused-accept", message, "Take the entry away.")
