"""A multi-valued decision diagram: sets of assignments as shared nodes, equal sets as equal numbers.

A node branches on one variable, one child a cell of its domain. Nodes are hash-consed and a node whose children are
all the same is that child, so two sets are equal exactly if their numbers are (Bryant 1986; with more than two
children, Srinivasan and others 1990). 0 is the empty set, 1 is everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

NOTHING, EVERYTHING = 0, 1

Operation = Callable[[int, int], int]


class OutOfBudget(Exception):
    """An operation would make more nodes than it may."""


class Diagram:
    """Nodes over variables 0, 1, ... in this order; `sizes` gives how many cells each has."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self._level = [len(self.sizes), len(self.sizes)]
        self._children: list[tuple[int, ...]] = [(), ()]
        self._table: dict[tuple[int, tuple[int, ...]], int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._either: dict[tuple[int, int], int] = {}
        self._not: dict[int, int] = {}
        self._support: dict[int, frozenset[int]] = {}
        self._limit = 0

    def __len__(self) -> int:
        return len(self._level)

    def level(self, node: int) -> int:
        """The variable that a node branches on; the number of variables for the two constants."""
        return self._level[node]

    def children(self, node: int) -> tuple[int, ...]:
        """One node a cell."""
        return self._children[node]

    def make(self, level: int, children: tuple[int, ...]) -> int:
        """The node that branches so; all children lie below `level`."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = level, children
        node = self._table.get(key)
        if node is None:
            node = self._table[key] = len(self._level)
            if node == self._limit:
                del self._table[key]
                raise OutOfBudget
            self._level.append(level)
            self._children.append(children)
        return node

    def both(self, a: int, b: int, budget: int = 0) -> int:
        """The intersection. With a budget, raises `OutOfBudget` once it would make more new nodes than that."""
        return self._within(self._conj, a, b, budget)

    def either(self, a: int, b: int, budget: int = 0) -> int:
        """The union; `budget` as for `both`."""
        return self._within(self._disj, a, b, budget)

    def _within(self, operation: Operation, a: int, b: int, budget: int) -> int:
        self._limit = len(self._level) + budget if budget else 0
        try:
            return operation(a, b)
        finally:
            self._limit = 0

    def _conj(self, a: int, b: int) -> int:
        if b in (a, EVERYTHING):
            return a
        if a == EVERYTHING:
            return b
        if NOTHING in (a, b):
            return NOTHING
        key = (a, b) if a < b else (b, a)
        found = self._both.get(key)
        if found is None:
            found = self._both[key] = self._apply(self._conj, a, b)
        return found

    def _disj(self, a: int, b: int) -> int:
        if b in (a, NOTHING):
            return a
        if a == NOTHING:
            return b
        if EVERYTHING in (a, b):
            return EVERYTHING
        key = (a, b) if a < b else (b, a)
        found = self._either.get(key)
        if found is None:
            found = self._either[key] = self._apply(self._disj, a, b)
        return found

    def _apply(self, operation: Operation, a: int, b: int) -> int:
        i, j = self._level[a], self._level[b]
        if i == j:
            pairs = zip(self._children[a], self._children[b], strict=True)
            return self.make(i, tuple([operation(x, y) for x, y in pairs]))
        if i < j:
            return self.make(i, tuple([operation(x, b) for x in self._children[a]]))
        return self.make(j, tuple([operation(a, y) for y in self._children[b]]))

    def negated(self, node: int) -> int:
        """The complement."""
        if node <= EVERYTHING:
            return EVERYTHING - node
        found = self._not.get(node)
        if found is None:
            found = self.make(self._level[node], tuple([self.negated(c) for c in self._children[node]]))
            self._not[node], self._not[found] = found, node
        return found

    def restricted(self, node: int, level: int, cell: int) -> int:
        """The set with one variable fixed to a cell; it no longer depends on that variable."""
        found: dict[int, int] = {}

        def of(here: int) -> int:
            if self._level[here] > level:
                return here
            if here not in found:
                children = self._children[here]
                found[here] = (
                    children[cell]
                    if self._level[here] == level
                    else self.make(self._level[here], tuple([of(child) for child in children]))
                )
            return found[here]

        return of(node)

    def holds(self, node: int, cells: Mapping[int, int], usual: Sequence[int]) -> bool:
        """Whether an assignment is in the set; variables that are not in `cells` have their usual cell."""
        while node > EVERYTHING:
            level = self._level[node]
            node = self._children[node][cells.get(level, usual[level])]
        return node == EVERYTHING

    def below(self, node: int) -> Iterator[int]:
        """The node and everything under it but the constants, each once."""
        seen, waiting = {NOTHING, EVERYTHING}, [node]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                yield here
                waiting.extend(self._children[here])

    def support(self, node: int) -> frozenset[int]:
        """The variables that the set depends on. By canonicity, each of them really matters."""
        if node not in self._support:
            self._support[node] = frozenset(self._level[here] for here in self.below(node))
        return self._support[node]

    def share(self, node: int, weights: Sequence[Sequence[float]]) -> float:
        """The share of all assignments that is in the set; `weights` of a variable's cells sum to 1."""
        return self.shares(node, weights)[node]

    def shares(self, node: int, weights: Sequence[Sequence[float]]) -> dict[int, float]:
        """The share of a set and of everything under it."""
        found = {NOTHING: 0.0, EVERYTHING: 1.0}

        def of(here: int) -> float:
            if here not in found:
                pairs = zip(weights[self._level[here]], self._children[here], strict=True)
                found[here] = sum(weight * of(child) for weight, child in pairs)
            return found[here]

        of(node)
        return found

    def nearest(self, node: int, usual: Sequence[int]) -> dict[int, int] | None:
        """The assignment in the set with the fewest variables off their usual cell; only those. None if empty."""
        far = len(self.sizes) + 1
        cost = {NOTHING: far, EVERYTHING: 0}

        def of(here: int) -> int:
            if here not in cost:
                level = self._level[here]
                costs = [of(child) + (cell != usual[level]) for cell, child in enumerate(self._children[here])]
                cost[here] = min(costs)
            return cost[here]

        if of(node) >= far:
            return None
        cells: dict[int, int] = {}
        while node > EVERYTHING:
            level, children = self._level[node], self._children[node]
            order = sorted(range(len(children)), key=lambda cell: (cost[children[cell]] + (cell != usual[level]), cell))
            if order[0] != usual[level]:
                cells[level] = order[0]
            node = children[order[0]]
        return cells
