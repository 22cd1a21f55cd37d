"""Mutants that change nothing for anybody, proved over all answers there can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assess.audit.mutation.edits import BAR
from assess.audit.mutation.ground import Ground, Over
from assess.audit.proof.diagram import OutOfBudget
from assess.audit.proof.replay import Example
from assess.model import words
from assess.model.conditions import Key
from assess.model.knowledge import Check, Exercise, KnowledgeBase, Question, Relief, Row
from assess.rules.delta import Evaluated

if TYPE_CHECKING:
    from assess.audit.mutation.mutants import Mutant

BUDGET, SEARCHES = 20_000, 60_000
"""New nodes of one search, and of all for one mutant; beyond that it stays undecided whether it changes anything."""
FULL = 1_000_000
"""Nodes after which diagrams are made anew: they only ever grow, and memory is not without end."""

OBSERVED = frozenset(
    (words.TRIAGE, words.MODIFIER, words.LEVEL, words.FINDING, words.PATTERN, words.ELIGIBLE, words.GATE)
)
"""What a person, a clinician or a plan sees of the conclusions."""


class Equivalence:
    """All answers at once, for mutants of one knowledge base; made when the first is asked about."""

    def __init__(self, ground: Ground, mutants: Iterable[Mutant]) -> None:
        from assess.audit.proof.facts import Cells, Facts
        from assess.audit.proof.proofs import Proofs, leaves_of
        from assess.audit.proof.space import Space

        leaves = leaves_of(ground.knowledge)
        for mutant in mutants:
            leaves |= dict.fromkeys(ground.tested(mutant))
        space = Space(ground.knowledge, leaves)
        self._ground = ground
        self._proofs = Proofs(ground.knowledge, space=space, budget=BUDGET)
        evaluated = Evaluated(space.algebra, space.leaves, self._proofs.found)
        self._over = Over(Facts(Cells(ground.knowledge, space.domains), space), space.leaves, evaluated)

    @property
    def full(self) -> bool:
        """Whether there is no more room."""
        return len(self._proofs.space.diagram) > FULL

    def example(self, mutant: Mutant) -> tuple[Key, Example] | None:
        """Somebody who sees a difference, and in which conclusion; None: nobody does. Raises `OutOfBudget`."""
        found, nothing = self._proofs.found, self._proofs.space.nothing
        diagram = self._proofs.space.diagram
        most = len(diagram) + SEARCHES
        change = self._ground.change(mutant, self._over, set(self._reach(mutant)))
        undecided = False
        for key, pair in change.pairs.items():
            if isinstance(key, Key) and key.kind in OBSERVED:
                if len(diagram) > most:
                    raise OutOfBudget
                before = found.get(key, (nothing, nothing))
                for one, other in (*zip(pair, before, strict=True), *zip(before, pair, strict=True)):
                    try:
                        found_here = None if one is other else self._proofs.anybody(one, ~other)
                        if found_here is not None:
                            return key, found_here
                    except OutOfBudget:
                        undecided = True
        if undecided:
            raise OutOfBudget
        return None

    def _reach(self, mutant: Mutant) -> Iterator[Key]:
        """The conclusions in which a difference would show, and those between them and the mutant.

        What shows at the item itself is not followed any further. A bar shows at the items with its tag, unless the
        same row still bars another of their tags.
        """
        keys = [key for key in self._proofs.found if isinstance(key, Key)]
        match mutant.item:
            case Question():
                yield from keys
            case Row() if mutant.edit.operator == BAR:
                (now,) = (item for item in mutant.changed if isinstance(item, Row) and item.id == mutant.item.id)
                tags = set(mutant.item.bars) - set(now.bars)
                kept = set(now.bars)
                shown = {i.id for i in _tagged(mutant.base) if tags & set(i.tags) and not kept & set(i.tags)}
                for key in keys:
                    if (key.kind == words.BAR and key.id in tags) or (key.kind == words.ELIGIBLE and key.id in shown):
                        yield key
            case _:
                own, levels = set[str](), set[str]()
                for item in mutant.changed:
                    own |= {item.id} | ({f.id for f in item.findings} if isinstance(item, Check) else set())
                    levels |= set(words.BLOCKING) if isinstance(item, Row) else set()
                for key in keys:
                    if key.kind != words.BAR and (key.id.partition(".")[0] in own or key.id in levels):
                        yield key


def _tagged(knowledge: KnowledgeBase) -> Iterator[Exercise | Check | Relief]:
    yield from knowledge.exercises.values()
    yield from knowledge.checks.values()
    yield from knowledge.relief.values()
