"""A position, dose or topic that the vocabulary or the program does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem, did_you_mean
from assess.loading.vocabulary import DOSES, POSITIONS, TOPICS
from assess.model import words

if TYPE_CHECKING:
    from assess.audit.run import Context
    from assess.model.knowledge import Item

CODE = "unknown-word-in-item"


def check(context: Context) -> Iterator[Problem]:
    """Exercises, checks and questions."""
    base = context.base
    for exercise in base.exercises.values():
        yield from _word(context, exercise, "dose", exercise.dose, DOSES, "dose of program.yaml")
        yield from _word(context, exercise, "position", exercise.position, POSITIONS, "position of terms.yaml")
        if exercise.use == words.STRENGTHENING and not (exercise.level and exercise.focus):
            yield context.at(exercise, ("use",), CODE, "strengthening needs `level` and `focus`", key=True)
    for check_ in base.checks.values():
        yield from _word(context, check_, "position", check_.position, POSITIONS, "position of terms.yaml")
    for question in base.questions.values():
        yield from _word(context, question, "topic", question.topic, TOPICS, "topic of terms.yaml")


def _word(context: Context, item: Item, key: str, word: str, name: str, said: str) -> Iterator[Problem]:
    vocabulary = context.index.vocabulary
    if not vocabulary.has(name, word):
        known = vocabulary.known(name)
        hint = did_you_mean(word, known) or f"There are: {', '.join(known)}."
        yield context.at(item, (key,), CODE, f"{word!r} is no {said}", hint)
