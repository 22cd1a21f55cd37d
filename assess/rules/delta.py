"""What changes when a few rules do: only what rests on them is worked out again, and only as far as it differs."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from assess.rules.evaluate import Algebra, Pair, either, value
from assess.rules.nodes import Atom, Leaf, Rule, walk
from assess.rules.strata import Program

Rules = Mapping[Hashable, tuple[Rule, ...]]
"""The rules of some heads."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A program's pairs over one algebra; `found` may work them out when they are asked for."""

    algebra: Algebra
    leaf: Callable[[Leaf], Pair]
    found: Mapping[Hashable, Pair]


class Delta:
    """Who reads whom in one program; asked again and again what other rules would change."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._order = {head: i for i, head in enumerate(program.by_head)}
        self._readers: dict[Hashable, list[Hashable]] = {}
        self._testers: dict[Leaf, list[Hashable]] = {}
        for head, rules in program.by_head.items():
            for node in dict.fromkeys(node for rule in rules for node in walk(rule.when)):
                if isinstance(node, Atom):
                    self._readers.setdefault(node.key, []).append(head)
                elif isinstance(node, Leaf):
                    self._testers.setdefault(node, []).append(head)

    def differing(self, rules: Iterable[Rule]) -> Rules:
        """Of rules that may be written otherwise, those heads that are, with their new rules."""
        by_head: dict[Hashable, tuple[Rule, ...]] = {}
        for rule in rules:
            by_head[rule.head] = (*by_head.get(rule.head, ()), rule)
        return {head: own for head, own in by_head.items() if own != self._program.by_head.get(head)}

    def testing(self, leaves: Iterable[Leaf]) -> Iterator[Hashable]:
        """The heads whose own rules make one of these tests."""
        for leaf in leaves:
            yield from self._testers.get(leaf, ())

    def changed(
        self,
        before: Evaluated,
        rules: Rules,
        touched: Iterable[Hashable] = (),
        leaf: Callable[[Leaf], Pair] | None = None,
        only: Container[Hashable] | None = None,
    ) -> dict[Hashable, Pair]:
        """The heads whose pair is another one with the new `rules` in place of those of their heads.

        `touched` are heads to be looked at besides, because `leaf`, the new meaning of tests, has changed under them.
        Nothing but `only` is looked at, if it is given.
        """
        now, leaf = Laid(before.found), leaf or before.leaf
        waiting, queued = list[tuple[int, Hashable]](), set[Hashable]()
        reads: dict[Hashable, list[Hashable]] = {}
        for head, own in rules.items():
            for node in (n for rule in own for n in walk(rule.when) if isinstance(n, Atom)):
                reads.setdefault(node.key, []).append(head)

        def look_at(heads: Iterable[Hashable]) -> None:
            for head in heads:
                if head not in queued and (only is None or head in only or head not in self._order):
                    queued.add(head)
                    heappush(waiting, (self._order.get(head, -1), head))

        look_at((*rules, *touched))
        while waiting:
            _, head = heappop(waiting)
            queued.discard(head)
            own = rules.get(head) or self._program.by_head[head]
            pair = either([value(rule.when, before.algebra, leaf, now) for rule in own], before.algebra)
            if pair != (now[head] if head in now or head in self._order else None):
                now[head] = pair
                look_at(self._readers.get(head, ()))
                look_at(reads.get(head, ()))
        return {head: pair for head, pair in now.items() if head not in self._order or pair != before.found[head]}


class Laid(dict[Hashable, Pair]):
    """Pairs laid over others that stay as they are."""

    def __init__(self, under: Mapping[Hashable, Pair], over: Mapping[Hashable, Pair] | None = None) -> None:
        super().__init__(over or {})
        self._under = under

    def __missing__(self, head: Hashable) -> Pair:
        return self._under[head]
