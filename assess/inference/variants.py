"""One person with some answers changed, in many ways at once: a column of bits, one bit a way.

Cheaper than as many people: what no way touches is worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy

from assess.inference.leaves import Person
from assess.model import words
from assess.model.answers import Value
from assess.model.conditions import Compare, answer_id

NOBODY, EVERYBODY = 0, -1


class Variants:
    """The elements of one person under each of these changes. Bits beyond the last are never looked at."""

    def __init__(self, person: Person, changes: Sequence[Mapping[str, Value]]) -> None:
        self._person = person
        self._where: dict[str, dict[Value, int]] = {}
        for i, change in enumerate(changes):
            for answer, value in change.items():
                ways = self._where.setdefault(answer, {})
                ways[value] = ways.get(value, NOBODY) | 1 << i

    def given(self, answer: str) -> int:
        """Where this answer exists."""
        return self._over((answer,), lambda person: person.given(answer))

    def equals(self, answer: str, value: str) -> int:
        """Where this is the answer."""
        return self._over((answer,), lambda person: person.equals(answer, value))

    def unable(self, answer: str) -> int:
        """Where it could not be done, and not for want of a helper."""
        return self._over((answer,), lambda person: person.unable(answer))

    def compare(self, test: Compare, op: str) -> int:
        """Where the number compares so."""
        sides = (test.side,) if test.take == "value" else words.SIDES
        return self._over([answer_id(test.of, side) for side in sides], lambda person: person.compare(test, op))

    def _over(self, answers: Sequence[str], ask: Callable[[Person], int]) -> int:
        found = NOBODY
        for changed, where in self._ways([a for a in answers if a in self._where]):
            person = copy(self._person)
            person.values = {**self._person.values, **changed}
            if ask(person):
                found |= where
        return found

    def _ways(self, answers: Sequence[str]) -> Iterator[tuple[dict[str, Value], int]]:
        """The different values that these answers take together, and where."""
        if not answers:
            yield {}, EVERYBODY
            return
        first, rest = self._where[answers[0]], answers[1:]
        untouched = EVERYBODY
        for where in first.values():
            untouched &= ~where
        for changed, where in self._ways(rest):
            yield changed, where & untouched
            for value, here in first.items():
                if where & here:
                    yield {answers[0]: value, **changed}, where & here
