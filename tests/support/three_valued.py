"""A tiny interpreter in three-valued arithmetic: true is 1, false -1, not known 0; `all` is min and `any` is max.

A judge: it reads the node classes and nothing else of `assess.rules`, and it needs no strata.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from assess.rules import nodes as n

TRUE, OPEN, FALSE = 1, 0, -1

Truth = bool | None
LeafTruth = Callable[[n.Leaf], Truth]


def number(truth: Truth) -> int:
    """True, False, None as 1, -1, 0."""
    return OPEN if truth is None else TRUE if truth else FALSE


def truth(value: int) -> Truth:
    """1, -1, 0 as True, False, None."""
    return None if value == OPEN else value == TRUE


def pair(value: int) -> tuple[bool, bool]:
    """1, -1, 0 as (known true, known false)."""
    return value == TRUE, value == FALSE


ByHead = dict[Hashable, list[n.Node]]


def by_head(rules: Iterable[n.Rule]) -> ByHead:
    """The conditions of every head."""
    found: ByHead = {}
    for rule in rules:
        found.setdefault(rule.head, []).append(rule.when)
    return found


class Interpreter:
    """Works a head out when it is asked for. `fixed` may hold heads that are known already."""

    def __init__(self, rules: ByHead, leaf: LeafTruth, fixed: dict[Hashable, int] | None = None) -> None:
        self._rules = rules
        self._leaf = leaf
        self._heads: dict[Hashable, int] = dict(fixed or {})

    def head(self, key: Hashable) -> int:
        """The value of a head: the largest of its rules."""
        if key not in self._heads:
            self._heads[key] = max(self.node(when) for when in self._rules[key])
        return self._heads[key]

    def everything(self) -> dict[Hashable, tuple[bool, bool]]:
        """Every head with its pair."""
        return {key: pair(self.head(key)) for key in self._rules}

    def node(self, node: n.Node) -> int:
        """The value of a condition."""
        match node:
            case n.Leaf():
                return number(self._leaf(node))
            case n.Atom(key):
                return self.head(key)
            case n.Not(member):
                return -self.node(member)
            case n.Known(member):
                return TRUE if self.node(member) == TRUE else FALSE
            case n.AllOf(members):
                return min((self.node(m) for m in members), default=TRUE)
            case n.AnyOf(members):
                return max((self.node(m) for m in members), default=FALSE)
            case n.AtLeast(count, members):
                # the count-th largest of the members; as if there were any number of true ones above and false below
                ranked = [TRUE, *sorted((self.node(m) for m in members), reverse=True), FALSE]
                return ranked[min(max(count, 0), len(ranked) - 1)]
            case n.Score():
                return TRUE if self._reached(node) else FALSE
        raise TypeError(node)

    def _reached(self, node: n.Score) -> bool:
        if any(self.node(v) == TRUE for v in node.vetoes):
            return False
        supports = [(w.weight, w.kind, self.node(w.member)) for w in node.supports]
        points = sum(weight for weight, _, value in supports if value == TRUE)
        points -= sum(w.weight for w in node.opposes if self.node(w.member) == TRUE)
        known = sum(weight for weight, _, value in supports if value != OPEN)
        whole = sum(weight for weight, _, _ in supports)
        kinds = {kind for _, kind, value in supports if value == TRUE}
        enough_points = points * 100 >= known * node.percent
        enough_known = known * 100 >= whole * node.cover
        return enough_points and enough_known and len(kinds) >= node.kinds
