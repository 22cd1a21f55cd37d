"""The answers there can be: one domain an answer id, cut into cells that no rule tells apart.

Words are cut by the words that are compared with, numbers by the limits, a date of birth by the ages. What a test says
of a cell is asked of `Person`, so that nothing here has a semantics of its own. A number may be anything in its
range; only where the difference of two sides is compared are the values those in the steps of the measure.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from assess.audit.proof.seen import Seen
from assess.inference.leaves import Leaves, Person
from assess.model import words
from assess.model.answers import VALID_DAYS, Answers, Unable, Value
from assess.model.conditions import OPPOSITE, Compare, answer_id, holds
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase, Measure, Question
from assess.rules.evaluate import PERSON
from assess.rules.nodes import Leaf

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
"""The moment of triage of everybody who is thought of here. Ages are all that depends on it, and they are cells."""
OLDEST = 110
"""Years; as old as anybody is thought of."""

ABSENT = None
"""The cell of "not answered"."""

Cell = Value | None


@dataclass(frozen=True, slots=True)
class Domain:
    """One answer id: a value for each cell, all that the cell stands for, how many those are, and the usual cell.

    Usual is the answer of a person without trouble, or no answer where that person gives none. `named` are the words
    that some rule compares the answer with.
    """

    answer: str
    cells: tuple[Cell, ...]
    stand_for: tuple[tuple[Cell, ...], ...]
    sizes: tuple[int, ...]
    usual: int
    named: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        """How many different answers there are, "not sure" and none at all among them."""
        return sum(self.sizes)


class Reads:
    """Elements that note which answers a leaf reads, and how, in the order of reading."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        birth = knowledge.by_role(words.BIRTH_DATE)
        self._birth = birth.id if birth else ""
        self.words: dict[str, set[str]] = {}
        self.unables: set[str] = set()
        self.compared: dict[str, dict[Compare, None]] = {}

    def _see(self, answer: str) -> int:
        self.words.setdefault(answer, set())
        return 0

    def given(self, answer: str) -> int:
        """Absent is a cell of its own anyway."""
        return self._see(answer)

    def equals(self, answer: str, value: str) -> int:
        """A word that an answer is compared with."""
        self._see(answer)
        self.words[answer].add(value)
        return 0

    def unable(self, answer: str) -> int:
        """A check whose reason for not being done matters."""
        self.unables.add(answer)
        return self._see(answer)

    def compare(self, test: Compare, op: str) -> int:
        """A limit."""
        for answer in compared_answers(test, self._birth):
            self._see(answer)
            self.compared.setdefault(answer, {})[test] = None
        return 0


def compared_answers(test: Compare, birth: str) -> tuple[str, ...]:
    """The answer ids whose numbers a comparison reads."""
    if test.of == words.AGE:
        return (birth,)
    sides = (test.side,) if test.take == "value" else words.SIDES
    return tuple(answer_id(test.of, side) for side in sides)


def domains(knowledge: KnowledgeBase, leaves: Iterable[Leaf]) -> dict[str, Domain]:
    """The domains of all answers that the leaves read, in the order in which they are first read."""
    return joint_domains(((knowledge, leaves),))


def joint_domains(versions: Iterable[tuple[KnowledgeBase, Iterable[Leaf]]]) -> dict[str, Domain]:
    """The domains of all answers that the leaves of some versions read; what one tells apart is kept apart.

    A value is in a domain if any version knows it. The first version that gives a usual answer says which it is.
    """
    cutters = [_Cutter(knowledge, leaves) for knowledge, leaves in versions]
    found: dict[str, Domain] = {}
    for answer in (answer for cutter in cutters for answer in cutter.reads.words):
        if answer not in found:
            found[answer] = _domain(answer, [c for c in cutters if c.seen.asks(answer)] or cutters[:1])
    return found


def _domain(answer: str, cutters: list[_Cutter]) -> Domain:
    usual = next((cutter.usual[answer] for cutter in cutters if answer in cutter.usual), ABSENT)
    values: dict[Cell, int] = {}
    for cutter in cutters:
        for value, count in cutter.values(answer, usual):
            values[value] = max(count, values.get(value, 0))
    if len(cutters) > 1:  # "not answered" stays the last
        values[ABSENT] = values.pop(ABSENT)
    alone = len({cutter.from_where(answer) for cutter in cutters}) == 1
    groups: dict[Hashable, list[tuple[Cell, int]]] = {}
    tests = [(cutter, list(cutter.tests(answer, alone))) for cutter in cutters]
    for value, count in values.items():
        said: list[Hashable] = [value is ABSENT]
        for cutter, asked in tests:
            seen = value if len(cutters) == 1 else cutter.seen(answer, value)
            person = Person(cutter.knowledge, Answers({} if seen is ABSENT else {answer: seen}), AT)
            said += [seen is ABSENT, *(test(person, seen) for test in asked)]
        groups.setdefault(tuple(said), []).append((value, count))
    at = next(i for i, group in enumerate(groups.values()) if any(value == usual for value, _ in group))
    return Domain(
        answer,
        tuple(_chosen(group, usual) for group in groups.values()),
        tuple(tuple(value for value, _ in group) for group in groups.values()),
        tuple(sum(count for _, count in group) for group in groups.values()),
        at,
        frozenset().union(*(cutter.reads.words.get(answer, ()) for cutter in cutters)),
    )


def _chosen(group: list[tuple[Cell, int]], usual: Value | None) -> Cell:
    """The value that stands for a cell: the usual one, else the first that can be asked."""
    if any(value == usual for value, _ in group):
        return usual
    return next((value for value, count in group if count), group[0][0])


class _Cutter:
    def __init__(self, knowledge: KnowledgeBase, leaves: Iterable[Leaf]) -> None:
        self.knowledge, self.seen, self.usual = knowledge, Seen(knowledge, AT.date()), healthy(knowledge)
        self.reads = Reads(knowledge)
        read = Leaves(knowledge, PERSON, self.reads)
        for leaf in leaves:
            read(leaf)
        self._measures = {f"{c.id}.{m.id}": m for c in knowledge.checks.values() for m in c.measures}
        self._grows = {q.id: q.grows_per_week * VALID_DAYS / 7 for q in knowledge.questions.values()}

    def from_where(self, answer: str) -> tuple[float, float, float, bool] | None:
        """In which range and steps two sides are compared; only versions that agree on it can share cells."""
        tests = self.reads.compared.get(answer, {})
        measure = self._measures.get(answer.rpartition(".")[0])
        only = all(test.take == "difference" for test in tests)
        return (measure.minimum, measure.maximum, measure.step, only) if measure and tests else None

    def tests(self, answer: str, agreed: bool) -> Iterator[Callable[[Person, Cell], Hashable]]:
        """What may tell one value from another, each as a function of a person who gave only this answer."""
        for word in sorted(self.reads.words.get(answer, ())):
            yield lambda person, _, word=word: person.equals(answer, word)  # type: ignore[misc]
        if answer in self.reads.unables:
            yield lambda person, _: person.unable(answer)
        tests = self.reads.compared.get(answer, {})
        for test in tests:
            if test.take == "value":
                for op in (test.op, OPPOSITE[test.op]):
                    yield lambda person, _, test=test, op=op: person.compare(test, op)  # type: ignore[misc]
        alone = agreed and all(test.take == "difference" for test in tests)
        yield from (partial(self._across, answer, test, alone) for test in tests if test.take != "value")

    def _across(self, answer: str, test: Compare, alone: bool, _: Person, value: Cell) -> Hashable:
        """How a value of one side counts where both are compared.

        The highest and the lowest compare so if both sides do or one does. A difference takes every value; but where
        nothing but differences is asked of the sides (`alone`), one number on the left and the distances from it on
        the right give every difference that there is.
        """
        if not isinstance(value, int | float):
            return None
        if test.take != "difference":
            return holds(test.op, value, test.limit)
        if not alone:
            return value
        apart = abs(value - self._measures[test.of].minimum)
        return answer == answer_id(test.of, words.LEFT) or holds(test.op, apart, test.limit)

    def values(self, answer: str, usual: Value | None) -> Iterator[tuple[Cell, int]]:
        """Every value that may be told apart, with how many answers it stands for (0: off the steps)."""
        head, _, last = answer.rpartition(".")
        question = self.knowledge.questions.get(answer)
        if head == words.CLEARED:
            yield words.YES, 1
        elif last == words.COMPARED:
            yield from ((word, 1) for word in words.CLARIFIED)
        elif question is not None:
            yield from self._of_question(question, usual)
        else:
            yield from self._of_measure(answer)
        yield ABSENT, 1

    def _of_question(self, question: Question, usual: Value | None) -> Iterator[tuple[Cell, int]]:
        match question.answer:
            case words.YES_NO:
                yield from ((word, 1) for word in (words.NO, words.YES, words.UNSURE))
                return
            case words.CHOICE:
                yield from ((word, 1) for word in question.options)
            case words.NUMBER:
                yield from self._numbers(question.id, question)
            case words.BIRTH_DATE:
                yield from self._births(question.id, usual)
                return
        if question.offer_unsure:
            yield words.UNSURE, 1

    def _of_measure(self, answer: str) -> Iterator[tuple[Cell, int]]:
        measure = self._measures.get(answer) or self._measures[answer.rpartition(".")[0]]
        if measure.answer == words.NUMBER:
            yield from self._numbers(answer, measure)
        else:
            yield from ((word, 1) for word in measure.options or (words.YES, words.NO))
        yield words.UNSURE, 1
        yield words.VOID, 1
        yield from ((Unable(reason), 1) for reason in words.UNABLE_REASONS)

    def _numbers(self, answer: str, asked: Question | Measure) -> Iterator[tuple[Cell, int]]:
        low, high, step = asked.minimum, asked.maximum, asked.step
        steps = [_tidy(low + i * step) for i in range(math.floor((high - low) / step + 1e-9) + 1)]
        yield from ((number, 1) for number in steps)
        tests = self.reads.compared.get(answer, {})
        if any(test.take == "difference" for test in tests):
            return
        limits = {limit for t in tests for limit in (t.limit, t.limit - self._grows.get(answer, 0))}
        edges = sorted({low, high, *(x for x in limits if low <= x <= high)})
        between = [(a + b) / 2 for a, b in itertools.pairwise(edges)]
        yield from ((_tidy(number), 0) for number in (*edges, *between) if _tidy(number) not in steps)

    def _births(self, answer: str, usual: Value | None) -> Iterator[tuple[Cell, int]]:
        """Each age once with its birthday far off, once with it before the plan ends."""
        if isinstance(usual, str):
            yield usual, 0
        today = AT.date()
        for age in range(OLDEST + 1):
            turned = date(today.year - age, today.month, today.day)
            yield (turned - timedelta(days=100)).isoformat(), 1
            yield (turned - timedelta(days=365 - VALID_DAYS // 2)).isoformat(), 1


def _tidy(number: float) -> float | int:
    rounded = round(number, 6)
    return int(rounded) if float(rounded).is_integer() else rounded
