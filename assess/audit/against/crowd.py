"""Random people as bit columns: everybody, or only those in a set of answers, drawn by the weights of their answers."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random

from assess.audit.proof.diagram import EVERYTHING, NOTHING
from assess.audit.proof.space import Space
from assess.inference.columns import COLUMNS

PEOPLE = 8192
"""How many are drawn at once; what changes for one in a thousand of them is then met eight times."""
SEED = 1

Weights = Sequence[Sequence[float]]


class Crowd:
    """People by the cell of each of their answers, one bit a person in every column."""

    algebra = COLUMNS

    def __init__(self, space: Space, drawn: Sequence[Sequence[int]], like: Crowd | None = None) -> None:
        """With `like` another crowd: what both answer alike is not made into columns again."""
        self.level: Mapping[str, int] = space.level
        self._drawn, self._usual, self._like = drawn, space.usual, like
        self._columns: dict[int, list[int]] = {}

    def one(self, answer: str, inside: Sequence[bool]) -> int:
        """Whose answer lies in some of its cells."""
        columns = self._of(answer)
        return sum(column for column, here in zip(columns, inside, strict=False) if here)

    def two(self, upper: str, lower: str, inside: Sequence[Sequence[bool]]) -> int:
        """Whose two answers together lie in some pairs of cells."""
        return sum(column & self.one(lower, row) for column, row in zip(self._of(upper), inside, strict=False))

    def cells(self, person: int) -> dict[int, int]:
        """One of them: the cells that are not as usual."""
        return {i: drawn[person] for i, drawn in enumerate(self._drawn) if drawn[person] != self._usual[i]}

    def _of(self, answer: str) -> list[int]:
        """A column for each cell of an answer up to the last that somebody has; nobody is in two."""
        level = self.level[answer]
        if self._like and self._like._drawn[level] is self._drawn[level]:
            return self._like._of(answer)
        if level not in self._columns:
            drawn = self._drawn[level]
            digits = [bytearray(b"0" * len(drawn)) for _ in range(max(drawn) + 1)]
            for place, cell in enumerate(reversed(drawn)):  # the first person is the lowest bit
                digits[cell][place] = ord("1")
            self._columns[level] = [int(column, 2) for column in digits]
        return self._columns[level]


class Crowds:
    """Draws crowds from one space; whoever is in no set is drawn only once."""

    def __init__(self, space: Space, weights: Weights, people: int = PEOPLE) -> None:
        self._space, self._weights, self.people = space, weights, people
        self._drawn = [
            _drawn_by(domain.answer).choices(range(len(w)), w, k=people)
            for domain, w in zip(space.variables, weights, strict=True)
        ]
        self._everybody = Crowd(space, self._drawn)
        self._kept: dict[int, Crowd] = {EVERYTHING: self._everybody}

    def within(self, node: int) -> Crowd:
        """People of a set, as likely as they are among everybody in it; of one whose share is 0 anybody."""
        if node not in self._kept:
            self._kept[node] = Crowd(self._space, self._drawn_within(node), self._everybody)
        return self._kept[node]

    def _drawn_within(self, node: int) -> list[list[int]]:
        diagram, rng = self._space.diagram, _drawn_by("")
        shares = diagram.shares(node, self._weights)
        levels = sorted(diagram.support(node))
        drawn = {level: list(self._drawn[level]) for level in levels}
        ways: dict[int, list[float]] = {}
        for person in range(self.people):
            here = node
            while here not in (NOTHING, EVERYTHING):
                level, children = diagram.level(here), diagram.children(here)
                if here not in ways:
                    pairs = zip(self._weights[level], children, strict=True)
                    ways[here] = list(accumulate(weight * shares[child] for weight, child in pairs))
                cell = bisect(ways[here], rng.random() * ways[here][-1], hi=len(children) - 1)
                drawn[level][person] = cell
                here = children[cell]
        return [drawn.get(level, one) for level, one in enumerate(self._drawn)]


def _drawn_by(answer: str) -> Random:
    """Chance for one answer, the same every time: another question somewhere else changes nothing of it."""
    return Random(f"{SEED} {answer}")  # noqa: S311 - nothing secret
