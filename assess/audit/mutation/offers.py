"""For a mutant that nothing notices: the case that would, under the item at which it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assess.audit.mutation.edits import BAR, LEVEL
from assess.audit.mutation.ground import Change, Ground, Over
from assess.audit.mutation.mutants import Mutant
from assess.audit.mutation.nearby import Asked, Crowd, Off, around
from assess.audit.proof.domains import AT, OLDEST, Domain
from assess.inference.cases import answers_of, given, hangs_on, verdict
from assess.inference.columns import COLUMNS
from assess.inference.compile import compile_rules
from assess.inference.infer import infer
from assess.inference.leaves import Leaves, inputs
from assess.model import words
from assess.model.age import age_on
from assess.model.answers import Unable
from assess.model.conditions import Compare, Is, Key
from assess.model.healthy import healthy
from assess.model.knowledge import Case, Check, Exercise, Item, Pattern, Relief, Row
from assess.rules.delta import Evaluated
from assess.rules.nodes import Atom, Leaf, walk


@dataclass(frozen=True, slots=True)
class Offer:
    """A case without its sentence, and the mutants that it tells apart."""

    item: Item
    case: Case
    kills: tuple[Mutant, ...]


class Offers:
    """Looks for cases near to those that an item has. `broken` are mutants with which somebody breaks an invariant."""

    def __init__(self, ground: Ground, domains: Mapping[str, Domain]) -> None:
        self._ground, self._knowledge, self._domains = ground, ground.knowledge, domains
        self._healthy = healthy(ground.knowledge)
        self._program = compile_rules(ground.knowledge)
        birth = ground.knowledge.by_role(words.BIRTH_DATE)
        self._birth = birth.id if birth else ""
        self.broken: set[Mutant] = set()

    def of(self, item: Item, alive: Sequence[Mutant], seeds: Sequence[Off] | None = None) -> Iterator[Offer]:
        """Cases of one item until none of them tells apart a mutant that is still alive; the most telling first.

        They are looked for around the `seeds`: if there are none, around the cases that the item has.
        """
        watches = list(_watches(item))
        about = [m for m in alive if self._concerns(item, m)]
        if not watches or not about:
            return
        started = [self._opened(seed) for seed in seeds] if seeds else list(self._seeds(item))
        people = [p for p in around(started, self._cone(item)) if self._possible(p)]
        crowd = Crowd(self._knowledge, self._healthy, people)
        leaves = Leaves(self._knowledge, COLUMNS, crowd)
        over = Over(crowd, leaves, Evaluated(COLUMNS, leaves, Asked(self._program, leaves)))
        sensible = self._sensible(crowd, leaves, people)
        telling: list[dict[Mutant, int]] = [{} for _ in watches]
        for mutant in about:
            change = self._ground.change(mutant, over, self._own(item, mutant))
            if self._breaks(mutant, change, over) and self._breaks(mutant, self._ground.change(mutant, over), over):
                self.broken.add(mutant)
                continue
            for kills, watch in zip(telling, watches, strict=True):
                if watch.expect in words.LEVELS and mutant.edit.operator != LEVEL:
                    continue
                bits = _telling(item, watch, change, over) & sensible
                if bits:
                    kills[mutant] = bits
        yield from self._greedy(item, people, watches, telling)

    def _breaks(self, mutant: Mutant, change: Change, over: Over) -> bool:
        """Whether somebody breaks an invariant; of a change that was looked at in part, whether somebody may."""
        assert isinstance(over.elements, Crowd)
        everybody = over.elements.everybody
        return any(where & everybody for _, where in self._ground.broken(mutant, change, over))

    def _greedy(
        self, item: Item, people: Sequence[Off], watches: Sequence[Case], telling: Sequence[Mapping[Mutant, int]]
    ) -> Iterator[Offer]:
        left = {m for kills in telling for m in kills}
        weight = [sum(6 if v is None else 2 if v == words.UNSURE else 1 for v in p.values()) for p in people]
        while left:
            counts: Counter[tuple[int, int]] = Counter()
            for number, kills in enumerate(telling):
                for mutant in left & kills.keys():
                    counts.update((number, i) for i in _numbers(kills[mutant]))
            number, i = min(counts, key=lambda at: (-counts[at], weight[at[1]], at))
            killed = [m for m, bits in telling[number].items() if m in left and bits >> i & 1]
            left -= set(killed)
            said = {a: _raw(v) for a, v in people[i].items() if v is not None or a in self._healthy}
            case = replace(watches[number], given=said)
            expect = verdict(item, case, infer(self._knowledge, answers_of(self._knowledge, case, AT), AT))
            yield Offer(item, replace(case, expect=expect), tuple(killed))

    def _concerns(self, item: Item, mutant: Mutant) -> bool:
        if mutant.item is item or item in mutant.changed:
            return True
        if isinstance(mutant.item, Row) and isinstance(item, Check | Exercise | Relief):
            return mutant.edit.operator == BAR and bool(_barred(mutant) & set(item.tags))
        return mutant.item.kind == words.QUESTION and mutant.item.id in self._answers(item)

    def _own(self, item: Item, mutant: Mutant) -> set[Key]:
        """The conclusions of an item that a mutant can reach without passing through those of others."""
        own = set(self._heads(item))
        if isinstance(item, Row):
            own |= {Key(words.LEVEL, item.id), *(Key(words.LEVEL, level) for level in words.BLOCKING)}
        if mutant.edit.operator == BAR:
            own |= {Key(words.BAR, tag, side) for tag in _barred(mutant) for side in ("", *words.SIDES)}
        return own

    def _heads(self, item: Item) -> Iterator[Key]:
        findings = {f.id for f in item.findings} if isinstance(item, Check) else set()
        for key in self._program.by_head:
            assert isinstance(key, Key)
            if key.kind == words.FINDING:
                if key.id in findings:
                    yield key
            elif key.kind != words.BAR and key.id.partition(".")[0] == item.id:
                yield key

    def _answers(self, item: Item) -> dict[str, None]:
        """The answers that an item's own rules rest on, not looking through bars, levels and the gates of triage."""
        waiting = [key for key in self._heads(item) if key.kind != words.LEVEL]
        seen, found = set(waiting), dict[str, None]()
        while waiting:
            for rule in self._program.by_head[waiting.pop(0)]:
                for node in walk(rule.when):
                    if isinstance(node, Leaf):
                        assert isinstance(node.test, Is | Compare)
                        found.update(dict.fromkeys(sorted(inputs(self._knowledge, node.test))))
                    elif isinstance(node, Atom) and node.key not in seen:
                        assert isinstance(node.key, Key)
                        if node.key.kind not in (words.BAR, words.LEVEL, words.GATE):
                            seen.add(node.key)
                            waiting.append(node.key)
        return found

    def _cone(self, item: Item) -> list[Domain]:
        return [self._domains[a] for a in self._answers(item) if a in self._domains]

    def _seeds(self, item: Item) -> Iterator[Off]:
        own = [given(case) for case in item.cases if case.start == "healthy"]
        yield from ({}, *own)
        if isinstance(item, Check | Exercise | Relief):
            good = [given(c) for c in item.cases if c.expect == words.YES and c.start == "healthy"] or [{}]
            for row in self._knowledge.rows.values():
                if set(row.bars) & set(item.tags):
                    for case in row.cases:
                        if case.expect == words.YES and case.start == "healthy":
                            yield from ({**g, **given(case)} for g in good[:2])

    def _opened(self, seed: Off) -> Off:
        """The seed with the lines said yes to under which its details are asked."""
        opened = dict(seed)
        for answer in seed:
            question = self._knowledge.questions.get(answer.removesuffix(f".{words.COMPARED}"))
            while question is not None:
                parent = question.follows or question.stem
                if parent and opened.get(parent) not in (words.YES, words.UNSURE):
                    opened[parent] = words.YES
                question = self._knowledge.questions.get(parent)
        return opened

    def _possible(self, person: Off) -> bool:
        """Nobody's pain began at an age that is still to come."""
        born = person.get(self._birth, self._healthy.get(self._birth)) if self._birth else None
        years = age_on(date.fromisoformat(born), AT.date()) if isinstance(born, str) else OLDEST
        return all(
            not isinstance(value, int | float) or value <= years or not self._knowledge.questions[answer].at_most_age
            for answer, value in person.items()
            if answer in self._knowledge.questions
        )

    def _sensible(self, crowd: Crowd, leaves: Leaves, people: Sequence[Off]) -> int:
        """Who answers only what is asked of him."""
        out = crowd.everybody
        for answer in {a for person in people for a in person}:
            head, _, last = answer.rpartition(".")
            question = self._knowledge.questions.get(head if last == words.COMPARED else answer)
            if question is not None:
                off = leaves.off(question)
                if last == words.COMPARED:
                    raised = crowd.equals(head, words.YES) | crowd.equals(head, words.UNSURE)
                    off = off | ~raised
                out &= ~(crowd.deviating(answer) & off)
        return out


def _watches(item: Item) -> Iterator[Case]:
    """What a case of an item can be about, without its answers."""

    def blank(expect: str, side: str = "", finding: str = "") -> Case:
        return Case("", {}, expect, side, finding)

    match item:
        case Row():
            yield from (blank(words.YES, side) for side in (words.SIDES if item.each_side else ("",)))
            yield from (blank(level) for level in words.LEVELS)
        case Check():
            for finding in item.findings:
                yield from (blank(words.YES, s, finding.id) for s in (words.SIDES if finding.sided else ("",)))
            yield blank(words.YES)
        case Pattern():
            yield from (blank(words.NONE, side) for side in (words.SIDES if item.sided else ("",)))
        case Exercise():
            yield from (blank(words.YES, side) for side in (words.SIDES if item.sides == "each" else ("",)))
        case Relief():
            yield blank(words.YES)


def _telling(item: Item, watch: Case, change: Change, over: Over) -> int:
    """Of whom a case with this expectation would stand or fall with the change."""
    out, found = 0, over.evaluated.found
    for key, true, false in hangs_on(item, watch):
        if key in change.pairs:
            before, now = found.get(key, (0, 0)), change.pairs[key]
            out |= (before[0] ^ now[0] if true else 0) | (before[1] ^ now[1] if false else 0)
    if out and watch.expect in words.LEVELS:  # such a case is only ever about people of this very level
        for level in words.BLOCKING[: words.LEVELS.index(watch.expect)]:
            out &= ~found[Key(words.LEVEL, level)][0]
        own = Key(words.LEVEL, watch.expect if watch.expect in words.BLOCKING else item.id)
        out &= ~found[own][0] if watch.expect == words.SELF_CARE else found[own][0]
    return out


def _barred(mutant: Mutant) -> set[str]:
    assert isinstance(mutant.item, Row)
    (now,) = (item for item in mutant.changed if item.id == mutant.item.id)
    assert isinstance(now, Row)
    return set(mutant.item.bars) - set(now.bars)


def _raw(value: object) -> object:
    return {words.UNABLE: value.reason} if isinstance(value, Unable) else value


def _numbers(bits: int) -> Iterable[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
