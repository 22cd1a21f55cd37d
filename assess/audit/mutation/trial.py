"""Every mutant tried on all cases, stories and invariants: who notices, what nobody can notice, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path

from assess.audit.mutation.coverage import coverage
from assess.audit.mutation.ground import Ground
from assess.audit.mutation.mutants import GROUPS, Mutant, mutants
from assess.audit.mutation.offers import Offer, Offers
from assess.audit.mutation.witnesses import Witnesses, cases, stories
from assess.audit.proof.diagram import OutOfBudget
from assess.audit.proof.domains import AT, domains
from assess.audit.report import CASE, EQUIVALENT, INVARIANT, STORY, SURVIVES, UNDECIDED, Coverage, Tally
from assess.inference.compile import compile_rules
from assess.loading.documents import Document
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import Leaf, walk

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of every mutant. `offers` are cases that would notice some of those that survive."""

    verdicts: Mapping[Mutant, str]
    offers: tuple[Offer, ...] = field(repr=False)
    coverage: Coverage

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
    at: datetime = AT,
    progress: Progress = lambda _: None,
) -> Trial:
    """Try every mutant, or those of some items; `told` is where the stories lie."""
    progress("changing one thing at a time")
    every = list(mutants(knowledge, documents, only))
    own = list(cases(knowledge, at))
    witnesses = Witnesses(knowledge, chain(own, stories(knowledge, told, at) if told else ()), at)
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
    found = _offers(ground, alive, verdicts, progress) if alive else ()
    shown = {m for offer in found for m in offer.kills}
    _decide(ground, [m for m in alive if m not in shown and verdicts[m] == SURVIVES], verdicts, progress)
    covered = coverage(knowledge, {(d.kind, d.id): d for d in documents}, witnesses)
    return Trial(verdicts, found, covered)


def _offers(
    ground: Ground, alive: Sequence[Mutant], verdicts: dict[Mutant, str], progress: Progress
) -> tuple[Offer, ...]:
    """Cases for what survives; who is looked at for that may also show that an invariant is broken."""
    rules = (rule for mutant in alive for rules in ground.rules(mutant).values() for rule in rules)
    nodes = (n for rule in chain(compile_rules(ground.knowledge).rules, rules) for n in walk(rule.when))
    offers = Offers(ground, domains(ground.knowledge, dict.fromkeys(n for n in nodes if isinstance(n, Leaf))))
    left, found = dict.fromkeys(alive), list[Offer]()
    for item in ground.knowledge.items():
        progress(f"looking for cases: {item.id}")
        for offer in offers.of(item, list(left)):
            found.append(offer)
            for mutant in offer.kills:
                left.pop(mutant, None)
        for mutant in offers.broken & left.keys():
            left.pop(mutant)
            verdicts[mutant] = INVARIANT
    return tuple(found)


def _decide(ground: Ground, rest: Iterable[Mutant], verdicts: dict[Mutant, str], progress: Progress) -> None:
    """Tell the mutants that no case near to those there are notices from those that nobody can notice."""
    from assess.audit.mutation.equivalence import Equivalence

    rest = list(rest)
    if not rest:
        return
    progress("working out what nobody can notice")
    equivalence = Equivalence(ground, rest)
    for number, mutant in enumerate(rest):
        if number % 50 == 0:
            progress(f"working out what nobody can notice, {number} of {len(rest)}")
        try:
            verdicts[mutant] = SURVIVES if equivalence.changes_something(mutant) else EQUIVALENT
        except OutOfBudget:
            verdicts[mutant] = UNDECIDED
