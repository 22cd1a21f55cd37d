"""Is there an answer set in all of these sets? The nearest to a person without trouble, or why there is none.

Sets are multiplied out lazily: an answer set that lies in those looked at so far is tried on the others, and only one
that it is not in is looked at next. Most of what an element rests on never comes up (Clarke and others 2000 call the
idea counterexample-guided refinement). What is found to exclude each other is kept and never worked out again.
"""

from __future__ import annotations

from collections.abc import Mapping

from assess.audit.proof.diagram import EVERYTHING, OutOfBudget
from assess.audit.proof.space import Space, Where, in_order

BUDGET = 200_000
"""How many new nodes one search may make; beyond that nothing is claimed."""
STEPS = 1_000
"""How many candidates one search may try."""

Core = frozenset[Where]
Found = tuple[dict[int, int] | None, Core]


class Search:
    """Searches in one space. Remembers which sets exclude each other."""

    def __init__(self, space: Space, budget: int = BUDGET, steps: int = STEPS) -> None:
        self._space, self._diagram, self._budget, self._steps_allowed = space, space.diagram, budget, steps
        self._cores: dict[Where, list[Core]] = {}
        self._any, self._steps, self._most = False, 0, 0

    def exists(self, *sets: Where) -> bool:
        """Whether anybody is in all of the sets: the first who is found will do. Raises `OutOfBudget`."""
        return self._first(sets) is not None

    def nearest(self, *sets: Where) -> dict[int, int] | None:
        """The nearest assignment in every one of the sets, or None: there is none. Raises `OutOfBudget`."""
        return self._start(sets)

    def example(self, *sets: Where) -> Mapping[int, int] | None:
        """An assignment in every one of the sets with few answers off the usual (only those), or None: there is none.

        The nearest, if the budget allows; else the first that is found, less every answer that it does not need.
        Put the most telling set first. Raises `OutOfBudget` when not even that is found.
        """
        try:
            return self._start(sets)
        except OutOfBudget:
            return self.anybody(*sets)

    def anybody(self, *sets: Where) -> Mapping[int, int] | None:
        """The first assignment that is found in every one of the sets, less every answer that it does not need."""
        found = self._first(sets)
        for level in sorted(found or ()):
            less = {i: cell for i, cell in (found or {}).items() if i != level}
            if all(where.holds(less) for where in sets):
                found = less
        return found

    def _first(self, sets: tuple[Where, ...]) -> dict[int, int] | None:
        self._any = True
        try:
            return self._start(sets)
        finally:
            self._any = False

    def _start(self, sets: tuple[Where, ...]) -> dict[int, int] | None:
        self._steps, self._most = 0, len(self._diagram) + self._budget
        parts: dict[Where, None] = {}
        for where in sets:
            parts.update(dict.fromkeys(where.in_turn()))
        return self._solve(EVERYTHING, frozenset(), tuple(parts))[0]

    def _solve(self, node: int, looked_at: Core, parts: tuple[Where, ...]) -> Found:
        """`node` is what those looked at have in common; `parts` are all that must hold, they among them."""
        given = frozenset(parts)
        known = self._known_core(given) or self._exhausted(parts, given)
        if known is not None:
            return None, known
        while True:
            self._steps += 1
            if self._steps > self._steps_allowed or len(self._diagram) >= self._most:
                raise OutOfBudget
            cells = self._diagram.nearest(node, self._space.usual)
            if cells is None:
                return None, self._keep(looked_at)
            missed = [p for p in parts if not p.holds(cells)]
            unions = [p for p in missed if p.node is None]
            if unions:
                return self._split(min(unions, key=lambda p: (len(p.parts), p.number)), node, looked_at, parts)
            if not missed:
                return cells, frozenset()
            beyond = ~self._space.where(node).reads
            closest = min(missed, key=lambda p: ((p.reads & beyond).bit_count(), p.number))
            assert closest.node is not None
            node = self._diagram.both(node, closest.node, self._most - len(self._diagram))
            looked_at |= {closest}

    def _exhausted(self, parts: tuple[Where, ...], given: Core) -> Core | None:
        """A union with the complements of all its members: seen without any work."""
        for union in parts:
            if union.node is None and all((~member).at_once() <= given for member in union.parts):
                return self._keep(frozenset((union,)).union(*((~member).at_once() for member in union.parts)))
        return None

    def _split(self, union: Where, node: int, looked_at: Core, parts: tuple[Where, ...]) -> Found:
        """One member of a union after the other."""
        given, rest = frozenset(parts), tuple(p for p in parts if p is not union)
        best: dict[int, int] | None = None
        core: Core = frozenset((union,))
        for member in union.members:
            excluded = (~member).at_once()
            if excluded <= given:
                core |= excluded
                continue
            own = member.in_turn()
            cells, why = self._solve(node, looked_at, (*own, *(p for p in rest if p not in own)))
            if cells is None:
                if why.isdisjoint(own):
                    return None, why
                core |= why - frozenset(own)
            elif best is None or len(cells) < len(best):
                best = cells
                if self._any:
                    break
        return (best, frozenset()) if best is not None else (None, self._keep(core))

    def _keep(self, core: Core) -> Core:
        if core:
            self._cores.setdefault(in_order(core)[-1], []).append(core)
        return core

    def _known_core(self, parts: Core) -> Core | None:
        return next((core for p in parts if p in self._cores for core in self._cores[p] if core <= parts), None)
