"""Whether an outcome differs for anybody, for what share of answers, and for whom: exactly where that is small.

First the diagrams: what is one diagram is known exactly. Else random people out of the region that the difference can
come from, in both versions at once: whoever differs among them shows that it does, and how many they are says for how
many. Where nobody among them does, a search in the diagrams finds somebody, or that there is nobody, or neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assess.audit.against.both import Both
from assess.audit.against.crowd import Crowd, Crowds
from assess.audit.against.outcomes import Difference, differences
from assess.audit.against.regions import Regions
from assess.audit.against.weights import weights
from assess.audit.proof.diagram import NOTHING, OutOfBudget
from assess.audit.proof.search import Search
from assess.audit.proof.space import Where
from assess.model.conditions import Key

SEARCH, STEPS = 20_000, 60
"""How many new nodes and candidates one search may take."""
SEARCHES = 400_000
"""How many new nodes all searches together may take; what is left is undecided."""
CROWDS = 12
"""How many crowds are drawn; whatever needs another one is looked for among people of all regions together."""

Cells = dict[int, int]


@dataclass(frozen=True, slots=True)
class Settled:
    """A difference that somebody shows. `people` were drawn for an estimate; 0 says that the share is exact.

    With `at_most` nobody who was drawn shows it, somebody who was searched for does: the share is an upper bound.
    """

    key: Key
    way: str
    share: float
    people: int = 0
    at_most: bool = False


class Settler:
    """Settles the differences of two versions one after the other."""

    def __init__(self, both: Both) -> None:
        self._both, self._space = both, both.space
        self.found = both.over_all_answers()
        self._regions = Regions(both, self.found)
        self.weights = weights(self._space.variables, both.bases)
        self._crowds = Crowds(self._space, self.weights)
        self._over: dict[int, tuple[Crowd, dict[tuple[Key, str], int]]] = {}
        self._search, self._left = Search(self._space, SEARCH, STEPS), SEARCHES
        self._sets: dict[tuple[Key, str], tuple[Where, ...]] = {}
        self._known: dict[tuple[Key, str], Cells] = {}

    def settle(self, difference: Difference) -> Settled | None:
        """What there is of a difference; None: nobody shows it. Raises `OutOfBudget` where neither is known."""
        key, way, sets = difference.key, difference.way, difference.sets
        self._sets[key, way] = sets
        together = sets[0]
        for where in sets[1:]:
            together = together & where
        if together.node is not None:
            if together.node == NOTHING:
                return None
            return Settled(key, way, self._space.diagram.share(together.node, self.weights))
        region = self._region(key)
        if region == NOTHING:
            return None
        share = self._space.diagram.share(region, self.weights)
        people = self._crowds.people
        met = self._met(region)[key, way].bit_count()
        if met:
            return Settled(key, way, share * met / people, people)
        cells = self._searched(sets)
        if cells is None:
            return None
        self._known[key, way] = cells
        return Settled(key, way, share * 3 / people, people, at_most=True)  # 95 %: the rule of three

    def example(self, settled: Settled) -> Cells:
        """Somebody who shows it, with few answers off the usual; the fewest where the budget allows to find that."""
        key, way = settled.key, settled.way
        if (key, way) not in self._known:
            self._known[key, way] = self._nearest(key, way)
        return self._known[key, way]

    def _nearest(self, key: Key, way: str) -> Cells:
        sets = self._sets[key, way]
        try:
            cells = self._searched(sets)
        except OutOfBudget:
            return self._shrunk(self._somebody(key, way), sets)
        assert cells is not None
        return cells

    def _somebody(self, key: Key, way: str) -> Cells:
        """Of the first people met who show it the one with the fewest answers off the usual."""
        crowd, met = self._over[self._region(key)]
        bits = met[key, way]
        people = [i for i in range(self._crowds.people) if bits >> i & 1][:100]
        return min((crowd.cells(person) for person in people), key=len)

    @staticmethod
    def _shrunk(cells: Cells, sets: tuple[Where, ...]) -> Cells:
        """Answers set back to the usual as long as the difference shows: many at once, then fewer."""
        size = len(cells)
        while size:
            levels = sorted(cells)
            for start in range(0, len(levels), size):
                some = set(levels[start : start + size])
                less = {level: cell for level, cell in cells.items() if level not in some}
                if all(where.holds(less) for where in sets):
                    cells = less
            size //= 2
        return cells

    def _region(self, key: Key) -> int:
        """The region of a conclusion, or once there were many of them that of all."""
        node = self._regions.of(key).node
        assert node is not None
        return node if node in self._over or len(self._over) < CROWDS or node == NOTHING else self._whole

    @cached_property
    def _whole(self) -> int:
        node = self._regions.all().node
        assert node is not None
        return node

    def _met(self, region: int) -> dict[tuple[Key, str], int]:
        """Who of the people of a region shows what."""
        if region not in self._over:
            crowd = self._crowds.within(region)
            old, new = self._both.over(crowd)
            everybody = (1 << self._crowds.people) - 1
            keys = (key for key in self._both.changed if isinstance(key, Key))
            shown = (d for key in keys for d in differences(key, old[key], new[key]))
            self._over[region] = crowd, {(d.key, d.way): _together(d, everybody) for d in shown}
        return self._over[region][1]

    def _searched(self, sets: tuple[Where, ...]) -> Cells | None:
        """The nearest in all the sets."""
        before = len(self._space.diagram)
        if self._left <= 0:
            raise OutOfBudget
        try:
            return self._search.nearest(*sets)
        finally:
            self._left -= len(self._space.diagram) - before


def _together(difference: Difference, everybody: int) -> int:
    bits = everybody
    for column in difference.sets:
        bits &= column
    return bits
