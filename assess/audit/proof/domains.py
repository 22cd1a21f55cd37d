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

    Usual is the answer of a person without trouble, or no answer where that person gives none.
    """

    answer: str
    cells: tuple[Cell, ...]
    stand_for: tuple[tuple[Cell, ...], ...]
    sizes: tuple[int, ...]
    usual: int

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
    reads = Reads(knowledge)
    read = Leaves(knowledge, PERSON, reads)
    for leaf in leaves:
        read(leaf)
    usual = healthy(knowledge)
    measures = {f"{c.id}.{m.id}": m for c in knowledge.checks.values() for m in c.measures}
    cutter = _Cutter(knowledge, reads, measures)
    return {answer: cutter.domain(answer, usual.get(answer)) for answer in reads.words}


class _Cutter:
    def __init__(self, knowledge: KnowledgeBase, reads: Reads, measures: dict[str, Measure]) -> None:
        self._knowledge, self._reads, self._measures = knowledge, reads, measures
        self._grows = {q.id: q.grows_per_week * VALID_DAYS / 7 for q in knowledge.questions.values()}

    def domain(self, answer: str, usual: Value | None) -> Domain:
        values = list(self._values(answer, usual))
        groups: dict[Hashable, list[tuple[Cell, int]]] = {}
        tests = list(self._tests(answer))
        for value, count in values:
            person = Person(self._knowledge, Answers({} if value is ABSENT else {answer: value}), AT)
            said = (value is ABSENT, *(test(person, value) for test in tests))
            groups.setdefault(said, []).append((value, count))
        cells = tuple(self._chosen(group, usual) for group in groups.values())
        at = next(i for i, group in enumerate(groups.values()) if any(value == usual for value, _ in group))
        stand_for = tuple(tuple(value for value, _ in group) for group in groups.values())
        return Domain(answer, cells, stand_for, tuple(sum(n for _, n in group) for group in groups.values()), at)

    @staticmethod
    def _chosen(group: list[tuple[Cell, int]], usual: Value | None) -> Cell:
        """The value that stands for a cell: the usual one, else the first that can be asked."""
        if any(value == usual for value, _ in group):
            return usual
        return next((value for value, count in group if count), group[0][0])

    def _tests(self, answer: str) -> Iterator[Callable[[Person, Cell], Hashable]]:
        """What may tell one value from another, each as a function of a person who gave only this answer."""
        for word in sorted(self._reads.words[answer]):
            yield lambda person, _, word=word: person.equals(answer, word)  # type: ignore[misc]
        if answer in self._reads.unables:
            yield lambda person, _: person.unable(answer)
        tests = self._reads.compared.get(answer, {})
        for test in tests:
            if test.take == "value":
                for op in OPPOSITE:
                    yield lambda person, _, test=test, op=op: person.compare(test, op)  # type: ignore[misc]
        alone = all(test.take == "difference" for test in tests)
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
            return tuple(holds(op, value, test.limit) for op in OPPOSITE)
        if not alone:
            return value
        apart = abs(value - self._measures[test.of].minimum)
        return answer == answer_id(test.of, words.LEFT) or tuple(holds(op, apart, test.limit) for op in OPPOSITE)

    def _values(self, answer: str, usual: Value | None) -> Iterator[tuple[Cell, int]]:
        """Every value that may be told apart, with how many answers it stands for (0: off the steps)."""
        head, _, last = answer.rpartition(".")
        question = self._knowledge.questions.get(answer)
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
        tests = self._reads.compared.get(answer, {})
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
