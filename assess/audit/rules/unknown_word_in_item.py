"""A position, dose, topic or unlisted muscle that the vocabulary or the program does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem, did_you_mean
from assess.model.knowledge import Check, Exercise

if TYPE_CHECKING:
    from assess.audit.run import Context


def check(context: Context) -> Iterator[Problem]:
    """Exercises, checks and questions."""
    base = context.base
    doses = base.program.get("doses", {})
    topics = [t["id"] for t in base.terms.topics]
    code = "unknown-word-in-item"
    for exercise in base.exercises.values():
        if exercise.dose not in doses:
            yield context.at(
                exercise,
                ("dose",),
                code,
                f"{exercise.dose!r} is no dose of program.yaml",
                did_you_mean(exercise.dose, doses),
            )
        if exercise.use == "strengthening" and not (exercise.level and exercise.focus):
            yield context.at(exercise, ("use",), code, "strengthening needs `level` and `focus`", key=True)
    positioned: list[Exercise | Check] = [*base.exercises.values(), *base.checks.values()]
    for item in positioned:
        if item.position not in base.terms.positions:
            hint = did_you_mean(item.position, base.terms.positions)
            yield context.at(item, ("position",), code, f"{item.position!r} is no position of terms.yaml", hint)
    for question in base.questions.values():
        if question.topic not in topics:
            hint = did_you_mean(question.topic, topics)
            yield context.at(question, ("topic",), code, f"{question.topic!r} is no topic of terms.yaml", hint)
