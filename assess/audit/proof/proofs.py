"""All that can be concluded, as sets of answers; claims about them, proved or refuted by an example."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from assess.audit.proof.diagram import EVERYTHING, OutOfBudget
from assess.audit.proof.search import BUDGET, Search
from assess.audit.proof.space import Space, Where
from assess.errors import Place
from assess.inference.compile import compile_rules, on_side
from assess.model import words
from assess.model.answers import Value
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import Pair
from assess.rules.memory import Memory
from assess.rules.nodes import Leaf, Node, Score, walk

DEEPEST = 20_000
"""Frames: a diagram is walked variable by variable, and there are hundreds."""

PROVED, REFUTED, UNKNOWN = "proved", "refuted", "unknown"

Example = Mapping[str, Value | None]
"""The answers that differ from those of a person without trouble; None is an answer that is left out."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A part of a claim: nobody is in all of these `sets` at once; `key` is what would hold of whoever is."""

    key: Key
    sets: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim: how many parts it had, over how many sets of answers, and who breaks it."""

    id: str
    says: str
    place: Place
    verdict: str
    parts: int
    answer_sets: int
    key: Key | None = None
    example: Example | None = None


def leaves_of(knowledge: KnowledgeBase) -> dict[Leaf, None]:
    """Every test that the rules and the invariants make, in the order of the strata."""
    rules = (rule.when for rule in compile_rules(knowledge).rules)
    stated = (node for i in knowledge.invariants.values() for node in (i.whenever, i.unless) if node is not None)
    sided: Iterable[Node] = (on_side(node, side) for node in stated for side in words.SIDES)
    return {n: None for group in (rules, sided) for when in group for n in walk(when) if isinstance(n, Leaf)}


class Proofs:
    """One knowledge base over all answers. `space` may be shared by several that read the same answers."""

    def __init__(self, knowledge: KnowledgeBase, space: Space | None = None, memory: Memory | None = None) -> None:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST))
        self.knowledge = knowledge
        self.program = compile_rules(knowledge)
        self.space = space or Space(knowledge, leaves_of(knowledge))
        self.memory = memory or Memory(self.space.algebra, self.space.leaves)
        self.search = Search(self.space)
        self.found = self.memory.evaluate(self.program, self._seal)
        self.verdicts: dict[str, Verdict] = {}

    def _seal(self, head: Hashable, pair: Pair) -> None:
        """A score stays apart from what rests on it: it is large, and its opposite is met often."""
        if any(isinstance(rule.when, Score) for rule in self.program.by_head[head]):
            for where in pair:
                self.space.seal(where)

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
        cells = self.search.nearest(*sets)
        return None if cells is None else self.space.answers(cells)

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

    def claim(self, claim_id: str, says: str, place: Place, parts: Iterable[Exclusion]) -> Verdict:
        """Prove that nobody is in any of the exclusions, or find who is. Said once, remembered."""
        variables: set[int] = set()
        count, unknown = 0, False
        best: tuple[Key, Example] | None = None
        for part in parts:
            count += 1
            variables.update(*(where.support() for where in part.sets))
            try:
                example = self.nearest(*part.sets)
            except OutOfBudget:
                unknown = True
                continue
            if example is not None and (best is None or len(example) < len(best[1])):
                best = part.key, example
        verdict = REFUTED if best else UNKNOWN if unknown else PROVED
        size = self.space.size(variables)
        key, shown = best or (None, None)
        made = self.verdicts[claim_id] = Verdict(claim_id, says, place, verdict, count, size, key, shown)
        return made
