"""Where a difference can come from: a set of answers outside of which both versions conclude the same.

Worked out from the rules upward. Where a conclusion is small, it is exactly where its two versions differ; else what
its members allow. So a bar on forty items costs one set: that of the row that was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from assess.audit.against.both import Both, Found
from assess.audit.proof.space import Where
from assess.rules.evaluate import Pair, value
from assess.rules.nodes import FALSE, AllOf, AnyOf, Atom, Known, Node, Not, Score


class Regions:
    """The regions of two versions; every one is a diagram, in doubt everything."""

    def __init__(self, both: Both, found: tuple[Found, Found]) -> None:
        self._both, self._found, self._space = both, found, both.space
        self._changed = frozenset(both.changed)
        self._regions: dict[Hashable, Where] = {}

    def of(self, head: Hashable) -> Where:
        """The region of a conclusion; of one that did not change nothing."""
        if head not in self._changed:
            return self._space.nothing
        if head not in self._regions:
            conditions = (self._both.when(version, head) or FALSE for version in (0, 1))
            exactly = self._apart(self._found[0][head], self._found[1][head])
            self._regions[head] = self._small(exactly or self._between(*conditions))
        return self._regions[head]

    def all(self) -> Where:
        """The region of all conclusions together."""
        region = self._space.nothing
        for head in self._both.changed:
            region = self._small(region | self.of(head))
        return region

    def _small(self, where: Where | None) -> Where:
        return where if where is not None and where.node is not None else self._space.everything

    def _apart(self, old: Pair, new: Pair) -> Where | None:
        """Exactly where two pairs differ, if that is small."""
        (a, b), (c, d) = old, new
        if any(where.node is None for where in (a, b, c, d)):
            return None
        apart: Where = (a & ~c) | (c & ~a) | (b & ~d) | (d & ~b)
        return apart if apart.node is not None else None

    def _between(self, old: Node, new: Node) -> Where | None:
        """Where two conditions can differ."""
        if self._number(0, old) == self._number(1, new):
            return self._space.nothing
        match old, new:
            case Atom(one), Atom(other) if one == other:
                return self.of(one)
            case (Not(one), Not(other)) | (Known(one), Known(other)):
                return self._between(one, other)
            case (AllOf(some), AllOf(others)):
                return self._members(some, others, lambda pair: ~pair[0])
            case (AnyOf(some), AnyOf(others)):
                return self._members(some, others, lambda pair: ~pair[1])
            case Score(), Score():
                return self._scores(old, new)
            case _:
                return self._apart(self._value(0, old), self._value(1, new))

    def _members(self, olds: tuple[Node, ...], news: tuple[Node, ...], active: Callable[[Pair], Where]) -> Where | None:
        """Of members that only one version has, where they matter; of those that changed, where they changed."""
        was = {self._number(0, node): node for node in olds}
        now = {self._number(1, node): node for node in news}
        gone = [node for number, node in was.items() if number not in now]
        come = [node for number, node in now.items() if number not in was]
        region: Where | None = self._space.nothing
        for node in [node for node in gone if _has(come, node)]:
            gone.remove(node)
            twin = next(other for other in come if _named(other) == _named(node))
            come.remove(twin)
            region = self._joined(region, self._between(node, twin))
        if len(gone) == len(come) == 1:
            within = self._between(gone[0], come[0])
            if within is not None and within is not self._space.everything:
                return self._joined(region, within)
        for version, nodes in enumerate((gone, come)):
            for node in nodes:
                region = self._joined(region, active(self._value(version, node)))
        return region

    def _scores(self, old: Score, new: Score) -> Where | None:
        """Other weights, more signs or fewer can matter anywhere; another condition of a sign where it differs."""
        if (old.percent, old.cover, old.kinds) != (new.percent, new.cover, new.kinds):
            return None
        region = self._members(old.vetoes, new.vetoes, lambda pair: pair[0])
        for signs, others in ((old.supports, new.supports), (old.opposes, new.opposes)):
            if [(s.weight, s.kind) for s in signs] != [(s.weight, s.kind) for s in others]:
                return None
            for sign, other in zip(signs, others, strict=True):
                region = self._joined(region, self._between(sign.member, other.member))
        return region

    @staticmethod
    def _joined(one: Where | None, other: Where | None) -> Where | None:
        return None if one is None or other is None else one | other

    def _number(self, version: int, node: Node) -> int:
        return self._both.memory.number(node, self._both.resting[version])

    def _value(self, version: int, node: Node) -> Pair:
        return value(node, self._space.algebra, self._both.leaf, self._found[version])


def _named(node: Node) -> Hashable:
    """What tells a member from its neighbours while its meaning changes: the conclusion that it reads."""
    match node:
        case Atom(key):
            return key
        case Not(Atom(key)):
            return Not, key
        case _:
            return None


def _has(nodes: list[Node], wanted: Node) -> bool:
    return _named(wanted) is not None and any(_named(node) == _named(wanted) for node in nodes)
