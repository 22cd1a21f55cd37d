"""A yes-no line of an emergency row has no clarifier: unsure would go straight to an emergency."""

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
