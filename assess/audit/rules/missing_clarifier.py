"""A yes-no line of an emergency row has no clarifier: unsure would go straight to an emergency.

Looks at the signs that emergency rows read. An unsure answer there counts as a yes; one question with something that
can be observed, and a time, first tells the frightened from the ill.

Mend it with `clarifier:`, or ask a choice that `follows:` the line.

Bad:
    # questions/new-line.yaml
    id: new-line
    topic: chest
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    sources: {design: design-value}
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: emergency
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
    topic: chest
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    clarifier: {ask: "Compared with a month ago, is it the same, different, or can't you tell?", cant_tell: emergency}
    sources: {design: design-value}
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: emergency
    when: {answer: {new-line: yes}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {new-line: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.model import words
from assess.model.conditions import Is
from assess.model.knowledge import Question
from assess.rules.nodes import Leaf, walk

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "files"


def check(context: Context) -> Iterator[Problem]:
    """Signs that are asked in triage; conditions and medicines from a list are facts, not signs."""
    phases = {t["id"]: t["phase"] for t in context.base.terms.topics}
    said: set[str] = set()
    for row in context.base.triage.values():
        if row.level != words.EMERGENCY:
            continue
        for node in walk(row.when):
            question = (
                context.base.questions.get(node.test.of)
                if isinstance(node, Leaf) and isinstance(node.test, Is)
                else None
            )
            if question is not None and question.id not in said and _is_sign(question, phases):
                said.add(question.id)
                yield context.at(
                    question,
                    ("id",),
                    "missing-clarifier",
                    f"the emergency row {row.id!r} reads this line, and it has no clarifier",
                    "Add `clarifier:` with something observable and a time, or a choice with `follows:`.",
                )


def _is_sign(question: Question, phases: dict[str, str]) -> bool:
    return (
        question.answer == words.YES_NO
        and question.clarifier is None
        and phases.get(question.topic) == "triage"
        and not question.follows
    )
