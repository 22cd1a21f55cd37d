"""An `accept` counts for nothing: its rule is unknown or about safety, or it gives no reason.

Looks at the `accept` of every file. What keeps the knowledge from being read, and what is about safety, cannot be
accepted by anybody: a refuted invariant, a word that must not reach a person, a triage that stays open. Any other
finding needs one sentence on why it is right and stays.

Mend the finding itself, or the name, or say why.

Bad:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    accept: [{rule: unused-items, why: The letter shows the answer to the physiotherapist.}]
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

from assess.audit.accepts import KEY, accepts
from assess.errors import Problem

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "files"
ACCEPTABLE = False


def check(context: Context) -> Iterator[Problem]:
    """Every entry that has the right shape."""
    for entry in accepts(context.documents.values()):
        wrong = entry.wrong()
        if wrong is not None:
            key, message, hint = wrong
            path = (KEY, entry.index, *key)
            yield entry.document.located.problem(path, "wrong-accept", message, hint)
