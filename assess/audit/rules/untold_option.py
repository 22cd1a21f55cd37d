"""Two options of one question that no rule tells apart: people weigh a difference that makes none.

Looks at questions with a choice and at measures with options that some rule reads. Two options are the same if every
outcome depends on them in the same way. An option that no rule names may stay alone (a "none", an "other").

Mend it by one option for both, by a rule that tells them apart, or by saying in `accept` why people should see both.

Bad:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: choice
    ask: How is it?
    why: It matters.
    options: {good: Good, bad: Bad, worse: Worse}
    healthy: good
    sources: {design: design-value}
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {new-line: [bad, worse]}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {new-line: bad}, expect: yes}
      - {says: it does not, given: {}, expect: no}

Good:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: choice
    ask: How is it?
    why: It matters.
    options: {good: Good, bad: Bad}
    healthy: good
    sources: {design: design-value}
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {new-line: bad}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {new-line: bad}, expect: yes}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.model import words
from assess.model.conditions import answer_id

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "note"
NEEDS = "proofs"


def check(context: Context) -> Iterator[Problem]:
    """Options of one answer id, grouped by what follows from them; of a measure with sides, the left one."""
    base, proofs = context.base, context.proven
    for question in base.questions.values():
        if question.options and not question.role and not question.private:
            for group in proofs.untold(question.id, question.options):
                yield context.at(question, ("options", group[1]), "untold-option", _said(group), key=True)
    for check_ in base.checks.values():
        for measure in check_.measures:
            of = f"{check_.id}.{measure.id}"
            answer = answer_id(of, words.LEFT if check_.sided else "")
            for group in proofs.untold(answer, measure.options):
                path = ("measures", measure.id, "options", group[1])
                yield context.at(check_, path, "untold-option", _said(group), key=True)


def _said(group: tuple[str, ...]) -> str:
    return f"no rule tells these options apart: {', '.join(group)}"
