"""What if: the fewest other answers that would change whether something is given. Never over an answer about safety.

Nobody is taught to talk the safety away (safety-decisions, The plan 10): what a warning sign, a condition, a level or
a bar reads is never tried, nor what decides whether that is asked; nor what an item refuses for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import combinations, groupby, islice

from assess.inference.columns import COLUMNS
from assess.inference.compile import compile_rules
from assess.inference.leaves import Leaves, Person, structure
from assess.inference.reach import heads_below, inputs_below, inputs_of, leaves_below
from assess.inference.variants import Variants
from assess.model import words
from assess.model.answers import Answers, Unable, Value
from assess.model.conclusions import Conclusions, Triage
from assess.model.conditions import Compare, Key, answer_id
from assess.model.knowledge import KnowledgeBase, Row
from assess.rules.evaluate import PERSON, evaluate
from assess.rules.nodes import Atom, Leaf, Node, Not, walk
from assess.rules.strata import stratify

MOST = 20_000
"""How many changes of two answers are tried (a design value: a few seconds at most)."""
DECIDING = (words.TRIAGE, words.MODIFIER, words.LEVEL, words.BAR)
"""The kinds of conclusion that safety hangs on."""


@dataclass(frozen=True, slots=True)
class Change:
    """One other answer. `to` is the nearest one; of a number all from `least` to `most` do the same."""

    answer: str
    was: Value | None
    to: Value
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Barrier:
    """A row that holds something back; `known` if it holds, otherwise it is only not known not to."""

    row: Row
    known: bool


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would change a conclusion: any of `changes`, all of the same size, the smallest there is.

    With `barriers`, or where only answers about safety decide (`safety_only`), nothing was tried. `tried_all` is
    false where there were too many changes of two answers to try.
    """

    key: Key
    holds: bool
    barriers: tuple[Barrier, ...] = ()
    safety_only: bool = False
    changes: tuple[tuple[Change, ...], ...] = ()
    tried_all: bool = True


def what_if(
    knowledge: KnowledgeBase, answers: Answers, at: datetime, concluded: tuple[Conclusions, Triage], key: Key
) -> WhatIf:
    """The smallest changes for one conclusion; `answers` as the plan reads them, `concluded` what follows from them."""
    conclusions, found = concluded
    holds = conclusions.pairs[key][0]
    barriers = tuple(_barriers(knowledge, conclusions, found, key))
    if barriers:
        return WhatIf(key, holds, barriers)
    if inputs_below(knowledge, [key]) <= safety_answers(knowledge) | refused(knowledge, key):
        return WhatIf(key, holds, safety_only=True)
    search = _Search(knowledge, answers, at, conclusions, key)
    single = tuple(search.singles())
    if single:
        return WhatIf(key, holds, changes=single)
    double, tried_all = search.doubles()
    return WhatIf(key, holds, changes=double, tried_all=tried_all)


@lru_cache(maxsize=4)
def safety_answers(knowledge: KnowledgeBase) -> frozenset[str]:
    """The answers that nobody is invited to change, whatever is asked about.

    Those of triage, conditions, levels and bars, with everything that decides whether they are asked; and those for
    which any exercise or relief refuses itself. A pattern that one refuses is method, and left alone for that one only;
    so is what a check refuses, which is mostly that it is not needed any more.
    """
    heads = [head for head in compile_rules(knowledge).by_head if isinstance(head, Key)]
    given = {**knowledge.exercises, **knowledge.relief}
    asked = {t["id"] for t in knowledge.terms.topics if t["phase"] == words.TRIAGE}
    return frozenset(
        {
            *inputs_below(knowledge, [head for head in heads if head.kind in DECIDING]),
            *_refused_by(knowledge, [h for h in heads if h.kind == words.NEEDED and h.id in given], words.PATTERN),
            *(q.id for q in knowledge.questions.values() if q.topic in asked or q.answer == words.BIRTH_DATE),
            *(q.id for q in knowledge.questions.values() if q.private or q.required),
        }
    )


def refused(knowledge: KnowledgeBase, key: Key) -> frozenset[str]:
    """The answers for which an item refuses itself: what stands below a `not` of its needs, through patterns too."""
    needed = [h for h in heads_below(knowledge, [key]) if isinstance(h, Key) and h.kind == words.NEEDED]
    return _refused_by(knowledge, needed)


def _refused_by(knowledge: KnowledgeBase, needed: Iterable[Key], stop: str = "") -> frozenset[str]:
    rules = compile_rules(knowledge).by_head
    below: list[Node] = [
        part
        for head in needed
        for rule in rules[head]
        for n in walk(rule.when)
        if isinstance(n, Not)
        for part in walk(n)
    ]
    keys = {part.key for part in below if isinstance(part, Atom)}
    return inputs_of(knowledge, below) | inputs_below(knowledge, keys, stop)


def _barriers(knowledge: KnowledgeBase, conclusions: Conclusions, found: Triage, key: Key) -> Iterator[Barrier]:
    """The rows that stand before everything; where there are none, those that bar this item here."""
    before = [Barrier(r.row, known=True) for r in found.reasons if r.level in words.BLOCKING and not r.cleared]
    before += [Barrier(row, known=False) for row in found.open]
    yield from before
    if before or key.kind != words.ELIGIBLE or conclusions.pairs[key][0]:
        return
    tags = set(getattr(knowledge.find(key.id), "tags", ()))
    for kind, rows in ((words.TRIAGE, knowledge.triage), (words.MODIFIER, knowledge.modifiers)):
        for row in rows.values():
            sides = ("",) if not row.each_side else (key.side,) if key.side else words.SIDES
            states = {conclusions.state(Key(kind, row.id, side)) for side in sides} if tags & set(row.bars) else set()
            if states - {words.NO}:
                yield Barrier(row, words.YES in states)


class _Search:
    """Tries other answers on the rules below one conclusion."""

    def __init__(
        self, knowledge: KnowledgeBase, answers: Answers, at: datetime, conclusions: Conclusions, key: Key
    ) -> None:
        self._knowledge = knowledge
        self._key = key
        self._holds = conclusions.pairs[key][0]
        self._values = answers.values
        self._person = Person(knowledge, answers, at)
        heads = heads_below(knowledge, [key])
        self._program = stratify(rule for rule in compile_rules(knowledge).rules if rule.head in heads)
        self._tests = [leaf.test for leaf in leaves_below(knowledge, [key])]
        self._measures, self._details = structure(knowledge)
        self._now = Leaves(knowledge, PERSON, self._person)
        self._answers = self._free(conclusions)

    def _free(self, conclusions: Conclusions) -> list[str]:
        """The answers that may be tried: those that were given first, then those that could be."""
        kept = safety_answers(self._knowledge) | refused(self._knowledge, self._key)
        read = dict.fromkeys(a for test in self._tests for a in sorted(inputs_of(self._knowledge, [Leaf(test)])))
        free = [a for a in read if a not in kept and self._may_be_tried(a, conclusions)]
        return sorted(free, key=lambda a: a not in self._values)

    def _may_be_tried(self, answer: str, conclusions: Conclusions) -> bool:
        """A line that is asked and opens no other; a measure of a check that may be done, and could be."""
        question = self._knowledge.questions.get(answer)
        if question is not None:
            opens = question.clarifier or self._details.get(question.id)
            follows = any(q.follows == question.id for q in self._knowledge.questions.values())
            return not opens and not follows and question.answer != words.TEXT and not self._now.off(question)
        check = answer.partition(".")[0]
        could = not isinstance(self._values.get(answer), Unable)
        return check in self._knowledge.checks and could and conclusions.holds(words.ELIGIBLE, check)

    # -- trying -------------------------------------------------------------------------------------------------

    def _flips(self, changes: list[dict[str, Value]]) -> list[bool]:
        """Whether each of the changes changes the conclusion."""
        leaves = Leaves(self._knowledge, COLUMNS, Variants(self._person, changes))
        true, _ = evaluate(self._program, COLUMNS, leaves)[self._key]
        return [bool(true >> i & 1) != self._holds for i in range(len(changes))]

    def singles(self) -> Iterator[tuple[Change]]:
        """Changes of one answer; of several stretches of a number the nearest, or each where there is none yet."""
        tried = [(a, self._stretches(a, self._values)) for a in self._answers]
        flips = iter(self._flips([{a: change.to} for a, stretches in tried for change in stretches]))
        for _, stretches in tried:
            good = [change if next(flips) else None for change in stretches]
            joined = list(_joined(good))
            if joined and isinstance(joined[0].was, int | float):
                joined = [min(joined, key=_distance)]
            yield from ((change,) for change in joined)

    def doubles(self) -> tuple[tuple[tuple[Change, ...], ...], bool]:
        """Changes of two answers, the nearest for each two; and whether all were tried."""
        all_pairs = self._pairs()
        pairs = list(islice(all_pairs, MOST))
        tried_all = next(all_pairs, None) is None
        flips = self._flips([{one.answer: one.to, two.answer: two.to} for one, two in pairs])
        nearest: dict[tuple[str, str], tuple[Change, Change]] = {}
        for (one, two), changed in zip(pairs, flips, strict=True):
            at = one.answer, two.answer
            if changed and (at not in nearest or _far((one, two)) < _far(nearest[at])):
                nearest[at] = one, two
        return tuple(nearest.values()), tried_all

    def _pairs(self) -> Iterator[tuple[Change, Change]]:
        for first, second in combinations(self._answers, 2):
            for one in self._stretches(first, self._values):
                for two in self._stretches(second, {**self._values, first: one.to}):
                    yield one, two

    # -- what else could be answered ----------------------------------------------------------------------------

    def _stretches(self, answer: str, now: Mapping[str, Value]) -> list[Change]:
        """Every other answer; of a number one for each stretch that the rules cannot tell apart, the nearest in it."""
        was = now.get(answer)
        asked = self._knowledge.questions.get(answer) or self._measures[".".join(answer.split(".")[:2])]
        if asked.answer != words.NUMBER:
            known = tuple(asked.options) if asked.answer == words.CHOICE else (words.YES, words.NO)
            return [Change(answer, was, word) for word in known if word != was]
        count = round((asked.maximum - asked.minimum) / asked.step)
        grid = [_whole(round(asked.minimum + i * asked.step, 6)) for i in range(count + 1)]
        limits = sorted(self._limits(answer, now))
        found = []
        for _, stretch in groupby(grid, key=lambda v: tuple((v > limit) - (v < limit) for limit in limits)):
            values = list(stretch)
            least, most = values[0], values[-1]
            if not isinstance(was, int | float):
                found.append(Change(answer, was, least, least, most))
            elif not least <= was <= most:
                found.append(Change(answer, was, least if was < least else most, least, most))
        return found

    def _limits(self, answer: str, now: Mapping[str, Value]) -> set[float]:
        """The numbers at which the tests on an answer turn, also those on how far the sides are apart."""
        found: set[float] = set()
        for test in self._tests:
            if not isinstance(test, Compare) or answer not in inputs_of(self._knowledge, [Leaf(test)]):
                continue
            if test.take != "difference":
                found.add(test.limit)
                continue
            other = next((o for s, o in zip(words.SIDES, words.SIDES[::-1], strict=True) if answer.endswith(s)), "")
            there = now.get(answer_id(test.of, other))
            turns = {t.limit for t in self._tests if isinstance(t, Compare) and t.of == test.of}
            turns |= {there} if isinstance(there, int | float) else set()
            found |= {turn + sign * test.limit for turn in turns for sign in (1, -1)}
        return found


def _whole(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _joined(changes: list[Change | None]) -> Iterator[Change]:
    """Neighbouring stretches of a number as one; words as they are."""
    last: Change | None = None
    for change in (*changes, None):
        if change is not None and last is not None and _touch(last, change):
            nearer = min(last, change, key=_distance)
            last = Change(change.answer, change.was, nearer.to, last.least, change.most)
            continue
        if last is not None:
            yield last
        last = change


def _touch(one: Change, two: Change) -> bool:
    """Whether two stretches lie side by side; what is answered now may lie between them."""
    if one.most is None or two.least is None:
        return False
    return not (isinstance(one.was, int | float) and one.most < one.was < two.least)


def _distance(change: Change) -> float:
    if isinstance(change.was, int | float) and isinstance(change.to, int | float):
        return abs(change.to - change.was)
    return 0


def _far(changes: tuple[Change, ...]) -> float:
    return sum(_distance(change) for change in changes)
