"""A part of a rule that could be otherwise without a difference to anybody.

Looks, with `--mutate`, at the changes that nothing notices, and proves of some that nothing could: over all answers
there can be, nobody is told or given anything else. A bar that another one always covers, a tag that no row bars, a
limit between two answers.

Mend it by writing what it was meant to say. If it is covered elsewhere it may still be kept, as a second lock: the
other one may be changed some day. What is not about safety, leave out.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: emergency
    when: {answer: {injury: yes}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    bars: [heat]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: emergency}
      - {says: it does not, given: {}, expect: no}

Good:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: emergency
    when: {answer: {injury: yes}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: emergency}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.audit.report import EQUIVALENT
from assess.errors import Problem
from assess.model import words

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "note"
NEEDS = "mutants"


def check(context: Context) -> Iterator[Problem]:
    """Mutants that are equivalent, where they differ."""
    for mutant, verdict in context.tried.verdicts.items():
        if verdict == EQUIVALENT:
            located = context.documents[mutant.item.kind, mutant.item.id].located
            same = "it is the same for everybody"
            if mutant.item.kind == words.QUESTION:  # who is asked is no conclusion
                same = "nothing else is concluded of anybody, though others may be asked"
            yield located.problem(mutant.edit.at, "idle-part", f"{mutant.edit.says}, {same}")
