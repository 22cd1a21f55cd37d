"""All that can be concluded, as sets of answers; claims about them, proved or refuted by an example."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from assess.audit.proof.diagram import EVERYTHING, OutOfBudget
from assess.audit.proof.replay import Example, replay, shown
from assess.audit.proof.search import BUDGET, Search
from assess.audit.proof.space import Space, Where
from assess.audit.report import PROVED, REFUTED, UNKNOWN, Proof
from assess.errors import Place
from assess.inference.compile import compile_rules
from assess.inference.readings import on_side
from assess.loading.yaml12 import Path
from assess.model import words
from assess.model.conditions import Key
from assess.model.knowledge import Check, Exercise, Item, KnowledgeBase, Pattern, Relief, Row
from assess.rules.evaluate import Pair, value
from assess.rules.memory import Memory
from assess.rules.nodes import Leaf, Node, Score, walk

DEEPEST = 20_000
"""Frames: a diagram is walked variable by variable, and there are hundreds."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A part of a claim: nobody is in all of these `sets` at once.

    `key` is what would be known of whoever is: true, or with `refuted` false. That is what a replay looks at.
    """

    key: Key
    sets: tuple[Where, ...]
    refuted: bool = False


def leaves_of(knowledge: KnowledgeBase) -> dict[Leaf, None]:
    """Every test that the rules and the invariants make, in the order of the strata."""
    rules = (rule.when for rule in compile_rules(knowledge).rules)
    stated = (node for i in knowledge.invariants.values() for node in (i.whenever, i.unless) if node is not None)
    sided: Iterable[Node] = (on_side(node, side) for node in stated for side in words.SIDES)
    return {n: None for group in (rules, sided) for when in group for n in walk(when) if isinstance(n, Leaf)}


class Proofs:
    """One knowledge base over all answers; `shown` is its name in messages.

    `space` and `memory` may be shared by several that read the same answers; `budget` is that of each search.
    """

    def __init__(
        self,
        knowledge: KnowledgeBase,
        shown: str = "knowledge",
        space: Space | None = None,
        memory: Memory | None = None,
        budget: int = BUDGET,
    ) -> None:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST))
        self.knowledge, self.shown = knowledge, shown
        self.program = compile_rules(knowledge)
        self.space = space or Space(knowledge, leaves_of(knowledge))
        self.memory = memory or Memory(self.space.algebra, self.space.leaves)
        self.search = Search(self.space, budget)
        self.found = self.memory.evaluate(self.program, self._seal)
        self._proofs: dict[str, Proof] = {}
        self.broken: dict[str, tuple[Key, Example]] = {}

    def _seal(self, head: Hashable, pair: Pair) -> None:
        """A score stays apart from what rests on it: it is large, and its opposite is met often."""
        if any(isinstance(rule.when, Score) for rule in self.program.by_head[head]):
            for where in pair:
                self.space.seal(where)

    @property
    def conclusions(self) -> Mapping[Key, Pair]:
        """Every conclusion with where it is known true and where it is known false."""
        return {key: pair for key, pair in self.found.items() if isinstance(key, Key)}

    def keys(self, kind: str, item_id: str) -> tuple[Key, ...]:
        """The conclusions of an item: of the whole person, or one a side."""
        return tuple(key for side in ("", *words.SIDES) if (key := Key(kind, item_id, side)) in self.found)

    def true(self, kind: str, item_id: str, side: str = "") -> Where:
        """Where a conclusion is known true."""
        where: Where = self.found[Key(kind, item_id, side)][0]
        return where

    def false(self, kind: str, item_id: str, side: str = "") -> Where:
        """Where a conclusion is known false."""
        where: Where = self.found[Key(kind, item_id, side)][1]
        return where

    def nearest(self, *sets: Where) -> Example | None:
        """Somebody in all of the sets, as near to a person without trouble as the search finds; None: nobody is.

        Raises `OutOfBudget`.
        """
        cells = self.search.example(*sets)
        return None if cells is None else self.space.answers(cells)

    def anybody(self, *sets: Where) -> Example | None:
        """Somebody in all of the sets, the first who is found, with no answer that is not needed. As `nearest`."""
        cells = self.search.anybody(*sets)
        return None if cells is None else self.space.answers(cells)

    def heads_of(self, item: Item) -> Iterator[tuple[str, Path, Key]]:
        """What of an item holds or can be given: its name, its place in the file, the conclusion without a side."""
        match item:
            case Row():
                yield item.id, ("when",), Key(item.kind, item.id)
            case Pattern():
                labels = (words.POSSIBLE,) if item.cap == words.POSSIBLE else (words.POSSIBLE, words.LIKELY)
                yield from (
                    (f"{item.id}: {label}", ("supports",), Key(item.kind, f"{item.id}.{label}")) for label in labels
                )
            case Check():
                yield item.id, ("id",), Key(words.ELIGIBLE, item.id)
                yield from ((f.id, ("findings", f.id), Key(words.FINDING, f.id)) for f in item.findings)
            case Exercise() | Relief():
                yield item.id, ("id",), Key(words.ELIGIBLE, item.id)

    def value(self, node: Node) -> Pair:
        """Where a condition, as compiled, is known true and where it is known false."""
        return value(node, self.space.algebra, self.space.leaves, self.found)

    def same(self, one: Pair, other: Pair) -> bool:
        """Whether two pairs are the same of everybody. Raises `OutOfBudget`."""
        return all(a is b or not (self.exists(a, ~b) or self.exists(b, ~a)) for a, b in zip(one, other, strict=True))

    def exists(self, *sets: Where) -> bool:
        """Whether anybody is in all of the sets. Raises `OutOfBudget`."""
        return self.search.exists(*sets)

    def whole(self, where: Where, budget: int = BUDGET) -> Where:
        """The set as one diagram, whatever its size up to the budget for each step; else `OutOfBudget`."""
        if where.node is not None:
            return where
        diagram = self.space.diagram
        nodes = sorted(
            (self.whole(part, budget).node or 0 for part in where.parts), key=lambda n: (len(diagram.support(n)), n)
        )
        out = EVERYTHING if where.every else 0
        for node in nodes:
            out = diagram.both(out, node, budget) if where.every else diagram.either(out, node, budget)
        return self.space.where(out)

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """What was claimed, in the order of the names."""
        return tuple(sorted(self._proofs.values()))

    @cached_property
    def _told(self) -> tuple[Where, ...]:
        """What a person can be told or given."""
        kinds = (words.TRIAGE, words.MODIFIER, words.LEVEL, words.FINDING, words.PATTERN, words.NEEDED, words.UNLOCKED)
        return tuple(dict.fromkeys(w for key, pair in self.conclusions.items() if key.kind in kinds for w in pair))

    @cached_property
    def outcomes(self) -> tuple[Where, ...]:
        """What a person can be told or given, as diagrams: of a large one its parts."""
        found: dict[Where, None] = {}
        waiting = list(self._told)
        while waiting:
            where = waiting.pop()
            if where.node is None:
                waiting += where.members
            else:
                found[where] = None
        return tuple(found)

    @cached_property
    def _shown(self) -> int:
        """The variables that stand in the diagram of an outcome, a bit for each."""
        return reduce(or_, (where.reads for where in self._told if where.node is not None), 0)

    def matters(self, level: int) -> bool:
        """Whether some outcome depends on a variable. What only a part of a large one reads may drop out of the whole.

        Raises `OutOfBudget`.
        """
        if self._shown >> level & 1:
            return True
        large = (where for where in self._told if where.node is None and where.reads >> level & 1)
        return any(self._tells_apart(where, level) for where in large)

    def _tells_apart(self, where: Where, level: int) -> bool:
        cells = range(len(self.space.variables[level].cells))
        first, *others = (self.space.restricted(where, level, cell) for cell in cells)
        return any(not self.same((first, first), (other, other)) for other in others)

    def untold(self, answer: str, options: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Groups of options that rules name and that make no difference to any outcome, where there is another group.

        Options from which nothing follows may be many: people need a word for what they have.
        """
        level = self.space.level.get(answer)
        if level is None or not self.matters(level):
            return
        domain = self.space.variables[level]
        told: dict[Hashable, list[str]] = {}
        for option in options:
            cell = next(i for i, values in enumerate(domain.stand_for) if option in values)
            told.setdefault(self._follows[level][cell], []).append(option)
        if len(told) > 1:
            yield from (
                tuple(group) for group in told.values() if len(group) > 1 and not domain.named.isdisjoint(group)
            )

    @cached_property
    def _follows(self) -> list[list[Hashable]]:
        """For each variable and cell, what follows from it in every outcome."""
        diagram = self.space.diagram
        nodes: dict[int, None] = {}
        for outcome in self.outcomes:
            assert outcome.node is not None
            nodes.update(dict.fromkeys(diagram.below(outcome.node)))
        found: list[list[list[int]]] = [[[] for _ in domain.cells] for domain in self.space.variables]
        for node in nodes:
            for cell, child in enumerate(diagram.children(node)):
                found[diagram.level(node)][cell].append(child)
        return [[tuple(children) for children in cells] for cells in found]

    def claim(self, claim_id: str, says: str, place: Place, parts: Iterable[Exclusion]) -> Proof:
        """Prove that nobody is in any of the exclusions, or find who is. Said once, remembered under its name."""
        if claim_id not in self._proofs:
            self._proofs[claim_id] = self._looked_at(claim_id, says, place, parts)
        return self._proofs[claim_id]

    def _looked_at(self, claim_id: str, says: str, place: Place, parts: Iterable[Exclusion]) -> Proof:
        reads, count, unknown = 0, 0, False
        best: tuple[Exclusion, Example] | None = None
        for part in parts:
            count += 1
            reads = reduce(or_, (where.reads for where in part.sets), reads)
            try:
                example = self.nearest(*part.sets)
            except OutOfBudget:
                unknown = True
                continue
            if example is not None and (best is None or len(example) < len(best[1])):
                best = part, example
        size = self.space.size(reads)
        if best is None:
            return Proof(claim_id, says, UNKNOWN if unknown else PROVED, count, size, place)
        replay(self.knowledge, best[1], best[0].key, refuted=best[0].refuted)
        self.broken[claim_id] = best[0].key, best[1]
        return Proof(claim_id, says, REFUTED, count, size, place, shown(best[1]))
