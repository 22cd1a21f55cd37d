"""A position, dose or topic that the vocabulary or the program does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem, did_you_mean
from assess.loading.vocabulary import DOSES, POSITIONS, TOPICS
from assess.model import words

if TYPE_CHECKING:
    from assess.loading.links import Linked
    from assess.model.knowledge import Item

CODE = "unknown-word-in-item"


def check(linked: Linked) -> Iterator[Problem]:
    """Exercises, checks and questions."""
    base = linked.base
    for exercise in base.exercises.values():
        yield from _word(linked, exercise, "dose", exercise.dose, DOSES, "dose of program.yaml")
        yield from _word(linked, exercise, "position", exercise.position, POSITIONS, "position of terms.yaml")
        if exercise.use == words.STRENGTHENING and not (exercise.level and exercise.focus):
            yield linked.at(exercise, ("use",), CODE, "strengthening needs `level` and `focus`", key=True)
    for check_ in base.checks.values():
        yield from _word(linked, check_, "position", check_.position, POSITIONS, "position of terms.yaml")
    for question in base.questions.values():
        yield from _word(linked, question, "topic", question.topic, TOPICS, "topic of terms.yaml")


def _word(linked: Linked, item: Item, key: str, word: str, name: str, said: str) -> Iterator[Problem]:
    vocabulary = linked.index.vocabulary
    if not vocabulary.has(name, word):
        known = vocabulary.known(name)
        hint = did_you_mean(word, known) or f"There are: {', '.join(known)}."
        yield linked.at(item, (key,), CODE, f"{word!r} is no {said}", hint)
