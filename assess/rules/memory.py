"""Evaluation that remembers: programs that share rules share the work (mutants, another version, a seeded fault)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

from assess.rules.evaluate import Algebra, Pair, either, value
from assess.rules.nodes import AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Node, Not, Score, Weighted
from assess.rules.strata import Program


class Memory:
    """Pairs of conclusions over one algebra, kept by all that a conclusion rests on and not by its name."""

    def __init__(self, algebra: Algebra, leaf: Callable[[Leaf], Pair]) -> None:
        self._algebra, self._leaf = algebra, leaf
        self._numbers: dict[Hashable, int] = {}
        self._pairs: dict[int, Pair] = {}

    def evaluate(self, program: Program, seen: Callable[[Hashable, Pair], None] | None = None) -> dict[Hashable, Pair]:
        """As `assess.rules.evaluate.evaluate`; `seen` is told of every pair that had to be worked out."""
        found: dict[Hashable, Pair] = {}
        resting: dict[Hashable, int] = {}
        for head, rules in program.by_head.items():
            number = resting[head] = self._number(("head", *(self._node(rule.when, resting) for rule in rules)))
            if number not in self._pairs:
                pairs = [value(rule.when, self._algebra, self._leaf, found) for rule in rules]
                self._pairs[number] = either(pairs, self._algebra)
                if seen:
                    seen(head, self._pairs[number])
            found[head] = self._pairs[number]
        return found

    def resting_on(self, program: Program) -> dict[Hashable, int]:
        """For every head a number that is the same exactly if all that it rests on is written the same."""
        resting: dict[Hashable, int] = {}
        for head, rules in program.by_head.items():
            resting[head] = self._number(("head", *(self._node(rule.when, resting) for rule in rules)))
        return resting

    def number(self, node: Node, resting: Mapping[Hashable, int]) -> int:
        """The number of a condition: the same exactly if it is written the same and rests on the same."""
        return self._node(node, resting)

    def _number(self, key: Hashable) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def _node(self, node: Node, resting: Mapping[Hashable, int]) -> int:
        match node:
            case Leaf():
                return self._number(node)
            case Atom(key):
                return resting[key]
            case Not(member):
                return self._number(("not", self._node(member, resting)))
            case Known(member):
                return self._number(("known", self._node(member, resting)))
            case AllOf(members):
                return self._number(("all", *[self._node(m, resting) for m in members]))
            case AnyOf(members):
                return self._number(("any", *[self._node(m, resting) for m in members]))
            case AtLeast(count, members):
                return self._number(("at least", count, *[self._node(m, resting) for m in members]))
            case Score():

                def weighed(items: tuple[Weighted, ...]) -> tuple[Hashable, ...]:
                    return tuple((w.weight, w.kind, self._node(w.member, resting)) for w in items)

                vetoes = tuple(self._node(v, resting) for v in node.vetoes)
                parts = weighed(node.supports), weighed(node.opposes), vetoes
                return self._number(("score", *parts, node.percent, node.cover, node.kinds))
