"""The space of all answers, and the sets of answers in it as elements of an algebra for the one evaluator.

An element is one diagram as long as that is small. What would be large (a level read by a hundred rows) stays a list
of smaller ones that are all or any to hold; `search.py` knows how to look into such lists. A proof then only ever
multiplies out the few parts that it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from math import prod
from operator import attrgetter, or_

from assess.audit.proof.diagram import EVERYTHING, NOTHING, Diagram, OutOfBudget
from assess.audit.proof.domains import Domain, domains
from assess.audit.proof.facts import Cells, Facts
from assess.inference.leaves import Leaves
from assess.model.answers import Value
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import Algebra
from assess.rules.nodes import Leaf

SMALL = 300
"""How many new nodes an operation may make before its two sides are kept apart instead."""

FEW = 6
"""Up to how many variables a score may read to be merged into what rests on it."""


class Where:
    """A set of answers: a diagram (`node`), or the intersection (`every`) or union (not `every`) of `parts`."""

    __slots__ = ("_members", "_reads", "every", "node", "number", "parts", "space")

    def __init__(self, space: Space, number: int, node: int | None, every: bool, parts: frozenset[Where]) -> None:
        self.space, self.number, self.node, self.every, self.parts = space, number, node, every, parts
        self._members: tuple[Where, ...] | None = None
        self._reads: int | None = None

    def __and__(self, other: Where) -> Where:
        return self.space.joined(self, other, every=True)

    def __or__(self, other: Where) -> Where:
        return self.space.joined(self, other, every=False)

    def __invert__(self) -> Where:
        return self.space.opposite(self)

    @property
    def members(self) -> tuple[Where, ...]:
        """The parts in their order."""
        if self._members is None:
            self._members = in_order(self.parts)
        return self._members

    def in_turn(self) -> tuple[Where, ...]:
        """Sets whose intersection this is, in their order."""
        return self.members if self.node is None and self.every else (self,)

    def at_once(self) -> frozenset[Where]:
        """Sets whose intersection this is."""
        return self.parts if self.node is None and self.every else frozenset((self,))

    @property
    def reads(self) -> int:
        """The variables that it may depend on, a bit for each; of a diagram, those that it does depend on."""
        if self._reads is None:
            if self.node is None:
                self._reads = reduce(or_, (part.reads for part in self.parts), 0)
            else:
                self._reads = sum(1 << level for level in self.space.diagram.support(self.node))
        return self._reads

    def support(self) -> frozenset[int]:
        """The same as a set."""
        return frozenset(i for i in range(self.reads.bit_length()) if self.reads >> i & 1)

    def holds(self, cells: Mapping[int, int]) -> bool:
        """Whether an assignment is in the set; whatever is not in `cells` is as usual."""
        if self.node is not None:
            return self.space.diagram.holds(self.node, cells, self.space.usual)
        return (all if self.every else any)(part.holds(cells) for part in self.parts)


def in_order(sets: Iterable[Where]) -> tuple[Where, ...]:
    """Sets in the order in which they were made: hashes of objects differ from run to run."""
    return tuple(sorted(sets, key=_number))


_number = attrgetter("number")


class Space:
    """All answers to what some leaves read. One space can serve several programs that read the same answers.

    With `joint` these are the domains, and `leaves` of the space are those of one version in them.
    """

    def __init__(
        self, knowledge: KnowledgeBase, leaves: Iterable[Leaf], joint: Mapping[str, Domain] | None = None
    ) -> None:
        self.domains = domains(knowledge, leaves) if joint is None else joint
        self.variables = tuple(self.domains.values())
        self.level: Mapping[str, int] = {answer: i for i, answer in enumerate(self.domains)}
        self.usual = tuple(d.usual for d in self.variables)
        self.diagram = Diagram([len(d.cells) for d in self.variables])
        self._wheres: dict[int, Where] = {}
        self._lists: dict[tuple[bool, frozenset[Where]], Where] = {}
        self._opposites: dict[Where, Where] = {}
        self._sealed: set[int] = set()
        self.everything, self.nothing = self.where(EVERYTHING), self.where(NOTHING)
        self.algebra = Algebra(self.everything, self.nothing, lambda e: e is self.nothing)
        self.leaves = Leaves(knowledge, self.algebra, Facts(Cells(knowledge, self.domains), self))

    # -- the algebra -------------------------------------------------------------------------------------------

    def where(self, node: int) -> Where:
        """The element of a diagram's node; the same node, the same element."""
        if node not in self._wheres:
            self._wheres[node] = Where(self, self._next(), node, True, frozenset())
        return self._wheres[node]

    def joined(self, a: Where, b: Where, *, every: bool) -> Where:
        """Intersection or union: one diagram if it is small, a list otherwise."""
        if a is b:
            return a
        neutral, absorbing = (self.everything, self.nothing) if every else (self.nothing, self.everything)
        if a is absorbing or b is absorbing:
            return absorbing
        if a is neutral or b is neutral:
            return b if a is neutral else a
        if a.node is not None and b.node is not None and self._sealed.isdisjoint((a.node, b.node)):
            operation = self.diagram.both if every else self.diagram.either
            try:
                return self.where(operation(a.node, b.node, SMALL))
            except OutOfBudget:
                pass
        parts = frozenset().union(*(w.parts if w.node is None and w.every is every else (w,) for w in (a, b)))
        return self._list(every, parts)

    def seal(self, a: Where) -> None:
        """Let a set of many variables, and its complement, be a part of lists from now on: it is never merged.

        What a conclusion and its negation have to do with each other is then seen at once.
        """
        if a.node is not None and len(self.diagram.support(a.node)) > FEW:
            self._sealed |= {a.node, self.diagram.negated(a.node)}

    def _list(self, every: bool, parts: frozenset[Where]) -> Where:
        key = every, parts
        if key not in self._lists:
            kept = frozenset(part for part in parts if not _absorbed(part, every, parts))
            if len(kept) == 1:
                self._lists[key] = next(iter(kept))
            elif kept != parts:
                self._lists[key] = self._list(every, kept)
            else:
                self._lists[key] = Where(self, self._next(), None, every, parts)
        return self._lists[key]

    def opposite(self, a: Where) -> Where:
        """The complement."""
        if a.node is not None:
            return self.where(self.diagram.negated(a.node))
        if a not in self._opposites:
            other = self._list(not a.every, frozenset(self.opposite(part) for part in a.parts))
            self._opposites[a], self._opposites[other] = other, a
        return self._opposites[a]

    def restricted(self, a: Where, level: int, cell: int) -> Where:
        """The set with one variable fixed to a cell."""
        if not a.reads >> level & 1:
            return a
        if a.node is not None:
            return self.where(self.diagram.restricted(a.node, level, cell))
        return self._list(a.every, frozenset(self.restricted(part, level, cell) for part in a.parts))

    def _next(self) -> int:
        return len(self._wheres) + len(self._lists)

    # -- the elements that leaves are made of --------------------------------------------------------------------

    def one(self, answer: str, inside: Sequence[bool]) -> Where:
        """Where an answer lies in some of its cells."""
        return self.where(self.diagram.make(self.level[answer], tuple([int(i) for i in inside])))

    def two(self, upper: str, lower: str, inside: Sequence[Sequence[bool]]) -> Where:
        """Where two answers together lie in some pairs of cells: a row for each cell of the upper."""
        below = [self.diagram.make(self.level[lower], tuple([int(i) for i in row])) for row in inside]
        return self.where(self.diagram.make(self.level[upper], tuple(below)))

    # -- back to answers -----------------------------------------------------------------------------------------

    def answers(self, cells: Mapping[int, int]) -> dict[str, Value | None]:
        """What an assignment answers off the usual: a value, or None where the usual answer is left out."""
        return {self.variables[i].answer: self.variables[i].cells[cell] for i, cell in sorted(cells.items())}

    def size(self, reads: int) -> int:
        """How many different sets of answers to these variables there are; a bit for each."""
        return prod(variable.size for i, variable in enumerate(self.variables) if reads >> i & 1)


def _absorbed(part: Where, every: bool, parts: frozenset[Where]) -> bool:
    """Whether a list says nothing beside the others: A and (A or B) is A, whatever B reads."""
    if part.node is not None or part.every is every:
        return False
    return any((m.parts if m.node is None and m.every is every else {m}) <= parts for m in part.parts)
