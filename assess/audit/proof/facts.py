"""What leaves are made of, for all answers there can be or for many people at once, as one version reads them.

Whether a test holds of a cell is asked of `Person`, so that nothing here has a semantics of its own; how cells become
elements is the business of whoever gathers them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from assess.audit.proof.domains import ABSENT, AT, Cell, Domain, compared_answers
from assess.audit.proof.seen import Seen
from assess.inference.leaves import Person
from assess.model import words
from assess.model.answers import Answers, Value
from assess.model.conditions import Compare
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import Algebra, Element


class Gathers(Protocol):
    """Makes elements of sets of cells."""

    algebra: Algebra
    level: Mapping[str, int]

    def one(self, answer: str, inside: Sequence[bool]) -> Element:
        """Where an answer lies in some of its cells."""

    def two(self, upper: str, lower: str, inside: Sequence[Sequence[bool]]) -> Element:
        """Where two answers together lie in some pairs of cells: a row for each cell of the upper."""


class Cells:
    """Which cells a test takes in, as one version reads them; with `seen`, what it does not know is not answered."""

    def __init__(self, knowledge: KnowledgeBase, domains: Mapping[str, Domain], seen: Seen | None = None) -> None:
        self._knowledge, self._domains, self._seen = knowledge, domains, seen
        self._pairs: dict[tuple[Compare, str, str], list[list[bool]]] = {}
        birth = knowledge.by_role(words.BIRTH_DATE)
        self.birth = birth.id if birth else ""

    def of_nobody(self, test: Callable[[Person], int]) -> bool:
        """Whether a test holds of somebody who answered nothing."""
        return bool(test(self._person({})))

    def one(self, answer: str, test: Callable[[Person], int]) -> list[bool]:
        """Cell by cell."""
        return [bool(test(self._person({answer: value}))) for value in self._domains[answer].cells]

    def two(self, upper: str, lower: str, test: Compare, op: str) -> list[list[bool]]:
        """Pair by pair how a comparison of two answers comes out, a row for each cell of the upper."""
        key = test, op, upper
        if key not in self._pairs:
            person = self._person({})
            rows = self._pairs[key] = []
            for one in self._domains[upper].cells:
                row = []
                for other in self._domains[lower].cells:
                    person.values = self._person_values({upper: one, lower: other})
                    row.append(bool(person.compare(test, op)))
                rows.append(row)
        return self._pairs[key]

    def _person(self, values: Mapping[str, Cell]) -> Person:
        return Person(self._knowledge, Answers(self._person_values(values)), AT)

    def _person_values(self, values: Mapping[str, Cell]) -> dict[str, Value]:
        seen = {k: self._seen(k, v) for k, v in values.items()} if self._seen else values
        return {k: v for k, v in seen.items() if v is not ABSENT}


class Facts:
    """The crisp building blocks of leaves (`assess.inference.leaves.Elements`) out of cells."""

    def __init__(self, cells: Cells, gather: Gathers) -> None:
        self._read, self._gather = cells, gather
        self._compared: dict[tuple[Compare, str], Element] = {}

    def given(self, answer: str) -> Element:
        """Where there is an answer."""
        return self._cells(answer, lambda person: person.given(answer))

    def equals(self, answer: str, value: str) -> Element:
        """Where the answer is this word."""
        return self._cells(answer, lambda person: person.equals(answer, value))

    def unable(self, answer: str) -> Element:
        """Where it could not be done, and not for want of a helper."""
        return self._cells(answer, lambda person: person.unable(answer))

    def compare(self, test: Compare, op: str) -> Element:
        """Where the number, or the two sides together, compare so."""
        key = test, op
        if key not in self._compared:
            answers = compared_answers(test, self._read.birth)
            if len(answers) == 1:
                self._compared[key] = self._cells(answers[0], lambda person: person.compare(test, op))
            else:
                upper, lower = sorted(answers, key=self._gather.level.__getitem__)
                inside = self._read.two(upper, lower, test, op)
                self._compared[key] = self._gather.two(upper, lower, inside)
        return self._compared[key]

    def _cells(self, answer: str, test: Callable[[Person], int]) -> Element:
        if answer not in self._gather.level:  # nothing reads it: nobody has answered
            return self._gather.algebra.one if self._read.of_nobody(test) else self._gather.algebra.zero
        return self._gather.one(answer, self._read.one(answer, test))
