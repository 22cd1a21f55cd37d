"""Every mutant tried on all cases, stories and invariants: who notices, what nobody can notice, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from gc import collect
from itertools import chain
from pathlib import Path

from assess.audit.mutation.coverage import coverage
from assess.audit.mutation.ground import Ground
from assess.audit.mutation.mutants import GROUPS, Mutant, mutants
from assess.audit.mutation.nearby import Off
from assess.audit.mutation.offers import Offer, Offers
from assess.audit.mutation.witnesses import Witnesses, cases, stories
from assess.audit.proof.diagram import OutOfBudget
from assess.audit.proof.domains import AT, domains
from assess.audit.report import CASE, EQUIVALENT, INVARIANT, STORY, SURVIVES, UNDECIDED, Coverage, Tally
from assess.errors import UsageError
from assess.inference.compile import compile_rules
from assess.loading.documents import Document
from assess.model import words
from assess.model.conditions import Key
from assess.model.knowledge import Item, KnowledgeBase
from assess.rules.nodes import Leaf, walk

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of every mutant. `offers` are cases that would notice some of those that survive.

    `stories` says whether any were tried.
    """

    verdicts: Mapping[Mutant, str]
    offers: tuple[Offer, ...] = field(repr=False)
    coverage: Coverage
    stories: bool = False

    def offered(self) -> dict[Mutant, Offer]:
        """For each mutant that one of the offers would notice, the first that does."""
        return {mutant: offer for offer in reversed(self.offers) for mutant in offer.kills}

    def tallies(self) -> tuple[Tally, ...]:
        """One a group, in the order of the groups."""
        counts: dict[str, Counter[str]] = {group: Counter() for group in GROUPS}
        for mutant, verdict in self.verdicts.items():
            counts[mutant.group][verdict] += 1
        return tuple(Tally(group, count) for group, count in counts.items() if count)


def trial(
    knowledge: KnowledgeBase,
    documents: Sequence[Document],
    *,
    only: Collection[str] = (),
    told: Path | None = None,
    offer: bool = True,
    progress: Progress = lambda _: None,
) -> Trial:
    """Try every mutant, or those of some items; `told` is where the stories lie.

    Without `offer` no case is looked for, nor anybody else who would break an invariant.
    """
    progress("changing one thing at a time")
    every = list(mutants(knowledge, documents, only))
    if only and not every:
        raise UsageError(f"nothing in {', '.join(sorted(only))} can be changed by a small mistake")
    own = list(cases(knowledge, AT))
    witnesses = Witnesses(knowledge, chain(own, stories(knowledge, told, AT) if told else ()), AT)
    by_case = (1 << len(own)) - 1
    ground = Ground(knowledge)
    verdicts: dict[Mutant, str] = {}
    for number, mutant in enumerate(every):
        if number % 500 == 0:
            progress(f"trying mutants, {number} of {len(every)}")
        change = ground.change(mutant, witnesses.over)
        against = witnesses.against(change.pairs)
        if against:
            verdicts[mutant] = CASE if against & by_case else STORY
        elif any(where & witnesses.everybody for _, where in ground.broken(mutant, change, witnesses.over)):
            verdicts[mutant] = INVARIANT
        else:
            verdicts[mutant] = SURVIVES
    alive = [m for m, verdict in verdicts.items() if verdict == SURVIVES]
    if offer:
        found = list(_offers(ground, alive, verdicts, progress)) if alive else []
    else:
        found = []
        list(_decide(ground, alive, verdicts, progress))
    covered = coverage(knowledge, {(d.kind, d.id): d for d in documents}, witnesses)
    return Trial(verdicts, tuple(found), covered, told is not None)


def _offers(
    ground: Ground, alive: Sequence[Mutant], verdicts: dict[Mutant, str], progress: Progress
) -> Iterator[Offer]:
    """Cases for what survives; who is looked at for that may also show that an invariant is broken.

    First around the cases that there are. What none of those notices is looked for in all answers: nobody can notice
    it, or somebody can, and a case is looked for around him.
    """
    made = (n for rule in compile_rules(ground.knowledge).rules for n in walk(rule.when) if isinstance(n, Leaf))
    brought = (leaf for mutant in alive for leaf in ground.tested(mutant))
    offers = Offers(ground, domains(ground.knowledge, dict.fromkeys(chain(made, brought))))
    left = dict.fromkeys(alive)

    def at(item: Item, mutants: Sequence[Mutant], seeds: Sequence[Off] = ()) -> Iterator[Offer]:
        for offer in offers.of(item, mutants, seeds):
            yield offer
            for mutant in offer.kills:
                left.pop(mutant, None)
        for mutant in offers.broken & left.keys():
            left.pop(mutant)
            verdicts[mutant] = INVARIANT

    for item in ground.knowledge.items():
        progress(f"looking for cases: {item.id}")
        yield from at(item, list(left))
    shown: dict[Item, list[tuple[Mutant, Off]]] = {}
    for mutant, key, example in _decide(ground, list(left), verdicts, progress):
        shown.setdefault(_item_of(ground.knowledge, mutant, key), []).append((mutant, example))
    for item, examples in shown.items():
        progress(f"looking for more cases: {item.id}")
        yield from at(item, [m for m, _ in examples if m in left], [example for _, example in examples])


def _item_of(knowledge: KnowledgeBase, mutant: Mutant, key: Key) -> Item:
    """The item whose case can speak of a conclusion."""
    if key.kind == words.FINDING:
        made = next((c for c in knowledge.checks.values() if key.id in {f.id for f in c.findings}), None)
        return made or mutant.item
    return knowledge.find(key.id.partition(".")[0]) or mutant.item


def _decide(
    ground: Ground, rest: Sequence[Mutant], verdicts: dict[Mutant, str], progress: Progress
) -> Iterator[tuple[Mutant, Key, Off]]:
    """Tell the mutants that somebody can notice, with an example, from those that nobody can."""
    if not rest:
        return
    from assess.audit.mutation.equivalence import Equivalence

    equivalence: Equivalence | None = None
    for number, mutant in enumerate(rest):
        if number % 50 == 0:
            progress(f"working out what nobody can notice, {number} of {len(rest)}")
        if equivalence is None or equivalence.full:
            equivalence = None  # the old one goes before there is a new one
            collect()
            equivalence = Equivalence(ground, rest[number:])
        try:
            found = equivalence.example(mutant)
        except OutOfBudget:
            verdicts[mutant] = UNDECIDED
            continue
        if found is None:
            verdicts[mutant] = EQUIVALENT
        else:
            yield mutant, *found
