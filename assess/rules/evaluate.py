"""What a program means, written once: pairs (known true, known false) over any Boolean algebra.

An algebra's elements need `&`, `|` and `~`. With 0 / -1 it assesses one person; with Python ints as bit
columns a cohort; with diagram nodes or SAT literals it proves. Nothing here knows which.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from assess.rules.nodes import AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Node, Not, Score
from assess.rules.strata import Program

Element: TypeAlias = Any
"""An element of the algebra in use. `Any`, because ints, arrays and diagram nodes share no type."""

Pair: TypeAlias = tuple[Element, Element]
"""(known true, known false); neither means not known."""


@dataclass(frozen=True, slots=True)
class Algebra:
    """The two constants, and a cheap test for elements that are surely zero (`None`: never tested)."""

    one: Element
    zero: Element
    empty: Callable[[Element], bool] | None = None


PERSON = Algebra(-1, 0, lambda e: e == 0)
"""One person: -1 is true, 0 is false, so that `~` is exact."""


def evaluate(program: Program, algebra: Algebra, leaf: Callable[[Leaf], Pair]) -> dict[Hashable, Pair]:
    """Every head of the program with its pair. A head is true if any of its rules is, false if all are."""
    found: dict[Hashable, Pair] = {}
    for head, rules in program.by_head.items():
        pairs = [value(rule.when, algebra, leaf, found) for rule in rules]
        found[head] = either(pairs, algebra)
    return found


def value(node: Node, algebra: Algebra, leaf: Callable[[Leaf], Pair], found: dict[Hashable, Pair]) -> Pair:
    """The pair of one node, given the pairs of the heads below it."""
    match node:
        case Leaf():
            return leaf(node)
        case Atom(key):
            return found[key]
        case Not(member):
            true, false = value(member, algebra, leaf, found)
            return false, true
        case Known(member):
            true, _ = value(member, algebra, leaf, found)
            return true, ~true
        case AllOf(members):
            return _every([value(m, algebra, leaf, found) for m in members], algebra)
        case AnyOf(members):
            return _any([value(m, algebra, leaf, found) for m in members], algebra)
        case AtLeast(count, members):
            pairs = [value(m, algebra, leaf, found) for m in members]
            trues = [[(1, t), (0, ~t)] for t, _ in pairs]
            falses = [[(1, f), (0, ~f)] for _, f in pairs]
            return linear(trues, count, algebra), linear(falses, len(pairs) - count + 1, algebra)
        case Score():
            reached = _score(node, algebra, leaf, found)
            return reached, ~reached


def either(pairs: Sequence[Pair], algebra: Algebra) -> Pair:
    """The pair of a head whose rules have these: true if any is, false if all are."""
    return pairs[0] if len(pairs) == 1 else _any(pairs, algebra)


def linear(items: Sequence[Sequence[tuple[int, Element]]], bound: int, algebra: Algebra) -> Element:
    """Where the sum of points is at least `bound`. Each item lists exclusive, exhaustive (points, where)."""
    low, high = [0], [0]
    for alternatives in reversed(items):
        low.append(low[-1] + min(points for points, _ in alternatives))
        high.append(high[-1] + max(points for points, _ in alternatives))
    low.reverse()
    high.reverse()
    seen: dict[tuple[int, int], Element] = {}

    def reach(index: int, need: int) -> Element:
        if need <= low[index]:
            return algebra.one
        if need > high[index]:
            return algebra.zero
        key = index, need
        if key not in seen:
            total = algebra.zero
            for points, where in items[index]:
                if algebra.empty is None or not algebra.empty(where):
                    total = total | (where & reach(index + 1, need - points))
            seen[key] = total
        return seen[key]

    return reach(0, bound)


def _score(node: Score, algebra: Algebra, leaf: Callable[[Leaf], Pair], found: dict[Hashable, Pair]) -> Element:
    supports = [(w, value(w.member, algebra, leaf, found)) for w in node.supports]
    opposes = [(w, value(w.member, algebra, leaf, found)) for w in node.opposes]
    ratio: list[list[tuple[int, Element]]] = [
        [(w.weight * (100 - node.percent), t), (-w.weight * node.percent, f), (0, ~(t | f))] for w, (t, f) in supports
    ]
    ratio += [[(-100 * w.weight, t), (0, ~t)] for w, (t, _) in opposes]
    cover = [[(w.weight * (100 - node.cover), t | f), (-w.weight * node.cover, ~(t | f))] for w, (t, f) in supports]
    kinds: dict[str, Element] = {}
    for w, (true, _) in supports:
        kinds[w.kind] = kinds[w.kind] | true if w.kind in kinds else true
    several = linear([[(1, t), (0, ~t)] for t in kinds.values()], node.kinds, algebra)
    reached = linear(ratio, 0, algebra) & linear(cover, 0, algebra) & several
    for veto in node.vetoes:
        reached = reached & ~value(veto, algebra, leaf, found)[0]
    return reached


def _every(pairs: Sequence[Pair], algebra: Algebra) -> Pair:
    """True where all are, false where any is; nothing at all is true."""
    true, false = algebra.one, algebra.zero
    for t, f in pairs:
        true = true & t
        false = false | f
    return true, false


def _any(pairs: Sequence[Pair], algebra: Algebra) -> Pair:
    """True where any is, false where all are; nothing at all is false."""
    true, false = algebra.zero, algebra.one
    for t, f in pairs:
        true = true | t
        false = false & f
    return true, false
