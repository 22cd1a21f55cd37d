"""Many people at once: every answer a column of bits, one bit a person, in Python's own integers.

The same evaluator and the same leaf semantics as for one person; only the elements differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assess.inference.compile import compile_rules
from assess.inference.leaves import Leaves, Person
from assess.model.answers import Answers, Unable
from assess.model.conclusions import Conclusions
from assess.model.conditions import Compare, Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import Algebra, Pair, evaluate

COLUMNS = Algebra(-1, 0, lambda column: column == 0)
"""Bit columns; -1 is everybody. Bits beyond the last person are never looked at."""


class Columns:
    """Elements of a list of people. Built once; comparisons are worked out when they are asked for."""

    def __init__(self, knowledge: KnowledgeBase, people: Sequence[Answers], at: Sequence[datetime]) -> None:
        self._people = [Person(knowledge, answers, moment) for answers, moment in zip(people, at, strict=True)]
        self._words: dict[tuple[str, str], int] = {}
        self._given: dict[str, int] = {}
        self._unable: dict[str, int] = {}
        self._compared: dict[tuple[Compare, str], int] = {}
        for i, person in enumerate(self._people):
            bit = 1 << i
            for answer, value in person.values.items():
                self._given[answer] = self._given.get(answer, 0) | bit
                if isinstance(value, Unable):
                    self._words[answer, "unable"] = self._words.get((answer, "unable"), 0) | bit
                    if person.unable(answer):
                        self._unable[answer] = self._unable.get(answer, 0) | bit
                elif isinstance(value, str):
                    self._words[answer, value] = self._words.get((answer, value), 0) | bit

    def given(self, answer: str) -> int:
        """Who gave this answer."""
        return self._given.get(answer, 0)

    def equals(self, answer: str, value: str) -> int:
        """Who answered this word."""
        return self._words.get((answer, value), 0)

    def unable(self, answer: str) -> int:
        """Who could not do it, for another reason than a missing helper."""
        return self._unable.get(answer, 0)

    def compare(self, test: Compare, op: str) -> int:
        """Whose number compares so."""
        key = test, op
        if key not in self._compared:
            self._compared[key] = sum(1 << i for i, p in enumerate(self._people) if p.compare(test, op))
        return self._compared[key]


def infer_all(
    knowledge: KnowledgeBase, people: Sequence[Answers], at: Sequence[datetime]
) -> tuple[dict[Key, Pair], Leaves]:
    """The columns of every conclusion, and the leaves that they rest on."""
    leaves = Leaves(knowledge, COLUMNS, Columns(knowledge, people, at))
    found = evaluate(compile_rules(knowledge), COLUMNS, leaves)
    return {key: pair for key, pair in found.items() if isinstance(key, Key)}, leaves


def person_of(columns: dict[Key, Pair], index: int) -> Conclusions:
    """One person's conclusions out of the columns."""
    return Conclusions({key: (bool(t >> index & 1), bool(f >> index & 1)) for key, (t, f) in columns.items()})
