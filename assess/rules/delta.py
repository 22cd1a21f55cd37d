"""What changes when a few rules do: only what rests on them is worked out again, and only as far as it differs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from heapq import heappop, heappush

from assess.rules.evaluate import Algebra, Pair, either, value
from assess.rules.nodes import Atom, Leaf, Rule, walk
from assess.rules.strata import Program


class Delta:
    """One program that was evaluated over one algebra; asked again and again what another rule would change."""

    def __init__(
        self, program: Program, algebra: Algebra, leaf: Callable[[Leaf], Pair], found: Mapping[Hashable, Pair]
    ) -> None:
        self._program, self._algebra, self._leaf, self._found = program, algebra, leaf, found
        self._order = {head: i for i, head in enumerate(program.by_head)}
        self._readers: dict[Hashable, list[Hashable]] = {}
        self._testers: dict[Leaf, list[Hashable]] = {}
        for head, rules in program.by_head.items():
            parts = dict.fromkeys(node for rule in rules for node in walk(rule.when))
            for node in parts:
                if isinstance(node, Atom):
                    self._readers.setdefault(node.key, []).append(head)
                elif isinstance(node, Leaf):
                    self._testers.setdefault(node, []).append(head)

    def differing(self, rules: Iterable[Rule]) -> dict[Hashable, tuple[Rule, ...]]:
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
        rules: Mapping[Hashable, tuple[Rule, ...]],
        touched: Iterable[Hashable] = (),
        leaf: Callable[[Leaf], Pair] | None = None,
    ) -> dict[Hashable, Pair]:
        """The heads whose pair is another one with the new `rules` in place of those of their heads.

        `touched` are heads to be looked at besides, because `leaf`, the new meaning of tests, has changed under them.
        """
        now, waiting, queued = _Over(self._found), list[tuple[int, Hashable]](), set[Hashable]()

        def look_at(heads: Iterable[Hashable]) -> None:
            for head in heads:
                if head not in queued:
                    queued.add(head)
                    heappush(waiting, (self._order.get(head, -1), head))

        reads: dict[Hashable, list[Hashable]] = {}
        for head, own in rules.items():
            for node in (n for rule in own for n in walk(rule.when) if isinstance(n, Atom)):
                reads.setdefault(node.key, []).append(head)
        look_at((*rules, *touched))
        while waiting:
            _, head = heappop(waiting)
            queued.discard(head)
            own = rules.get(head) or self._program.by_head[head]
            pairs = [value(rule.when, self._algebra, leaf or self._leaf, now) for rule in own]
            pair = either(pairs, self._algebra)
            if pair != now.get(head):
                now[head] = pair
                look_at(self._readers.get(head, ()))
                look_at(reads.get(head, ()))
        return {head: pair for head, pair in now.own.items() if pair != self._found.get(head)}


class _Over(dict[Hashable, Pair]):
    """Pairs laid over others that stay as they are."""

    def __init__(self, under: Mapping[Hashable, Pair]) -> None:
        super().__init__()
        self._under = under

    @property
    def own(self) -> dict[Hashable, Pair]:
        return dict(self)

    def __missing__(self, head: Hashable) -> Pair:
        return self._under[head]

    def get(self, head: Hashable, default: Pair | None = None) -> Pair | None:  # type: ignore[override]
        return self[head] if head in self or head in self._under else default
