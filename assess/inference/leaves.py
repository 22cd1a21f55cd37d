"""What a test on answers means, written once over any algebra: stems, details, clarifiers, unsure, unable.

An `Elements` gives the crisp building blocks (was this answered so?) for one person, a cohort or a diagram.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from assess.model import words
from assess.model.age import age_on
from assess.model.answers import VALID_DAYS, Answers, Unable, Value, last_day
from assess.model.conditions import OPPOSITE, Compare, Is, Reading, answer_id, holds
from assess.model.knowledge import KnowledgeBase, Measure, Question
from assess.rules.evaluate import Algebra, Element, Pair, value
from assess.rules.nodes import Leaf, walk


class Elements(Protocol):
    """Crisp facts about answers as elements of an algebra."""

    def given(self, answer: str) -> Element:
        """The answer exists, whatever it is."""

    def equals(self, answer: str, value: str) -> Element:
        """The answer is exactly this word."""

    def unable(self, answer: str) -> Element:
        """The check could not be done, for another reason than a missing helper."""

    def compare(self, test: Compare, op: str) -> Element:
        """The number (or the difference of the two sides) is known and compares so."""


@lru_cache(maxsize=8)
def structure(knowledge: KnowledgeBase) -> tuple[Mapping[str, Measure], Mapping[str, tuple[Question, ...]]]:
    """Every measure by `check.measure`, and the details that each stem opens."""
    measures = {f"{c.id}.{m.id}": m for c in knowledge.checks.values() for m in c.measures}
    details: dict[str, tuple[Question, ...]] = {}
    for question in knowledge.questions.values():
        if question.stem:
            details[question.stem] = (*details.get(question.stem, ()), question)
    return measures, details


def inputs(knowledge: KnowledgeBase, test: Is | Compare) -> frozenset[str]:
    """The ids of all answers that can change what a test means."""
    if test.of == words.AGE:
        birth = knowledge.by_role(words.BIRTH_DATE)
        return frozenset({birth.id} if birth else ())
    question = knowledge.questions.get(test.of)
    if question is not None:
        return _question_inputs(knowledge, question)
    if isinstance(test, Compare) and test.take != "value":
        return frozenset(a for side in words.SIDES for a in measure_inputs(knowledge, test.of, side))
    return frozenset(measure_inputs(knowledge, test.of, test.side))


def measure_inputs(knowledge: KnowledgeBase, of: str, side: str) -> tuple[str, ...]:
    """The measure, and the measures of its check that can void it."""
    return (answer_id(of, side), *(answer_id(m, side) for m, _ in voiding(knowledge).get(of.partition(".")[0], ())))


@lru_cache(maxsize=8)
def voiding(knowledge: KnowledgeBase) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Check -> its measures with `counts_if`, and the word that they must have for the check to count."""
    return {
        check.id: tuple((f"{check.id}.{m.id}", m.counts_if) for m in check.measures if m.counts_if)
        for check in knowledge.checks.values()
    }


@lru_cache(maxsize=4096)
def _question_inputs(knowledge: KnowledgeBase, question: Question) -> frozenset[str]:
    found = {question.id, f"{question.id}.{words.COMPARED}"}
    for parent in (question.stem, question.follows):
        if parent:
            found |= {parent, f"{parent}.{words.COMPARED}"} | _asked_inputs(knowledge, knowledge.questions[parent])
    for detail in structure(knowledge)[1].get(question.id, ()):
        found |= {detail.id, f"{detail.id}.{words.COMPARED}"} | _asked_inputs(knowledge, detail)
    return frozenset(found | _asked_inputs(knowledge, question))


def _asked_inputs(knowledge: KnowledgeBase, question: Question) -> frozenset[str]:
    """What decides whether a question is asked, and with it the details of a line that it follows."""
    found: set[str] = set()
    for node in walk(question.when):
        if isinstance(node, Leaf) and isinstance(node.test, Is | Compare):
            found |= inputs(knowledge, node.test)
    if question.follows:
        found |= _question_inputs(knowledge, knowledge.questions[question.follows])
    if question.stem:
        found |= {question.stem} | _asked_inputs(knowledge, knowledge.questions[question.stem])
    return frozenset(found)


class Leaves:
    """The leaf function for `evaluate`. Remembers what it has worked out, so use one for one set of elements."""

    def __init__(self, knowledge: KnowledgeBase, algebra: Algebra, elements: Elements) -> None:
        self._questions = knowledge.questions
        self._measures, self._details = structure(knowledge)
        self._voiding = voiding(knowledge)
        self._algebra = algebra
        self._elements = elements
        self._pairs: dict[Leaf, Pair] = {}
        self._effective: dict[str, tuple[Element, Element, Element]] = {}

    def __call__(self, leaf: Leaf) -> Pair:
        """The pair of one test."""
        if leaf not in self._pairs:
            test = leaf.test
            assert isinstance(test, Is | Compare)
            self._pairs[leaf] = self._is(test) if isinstance(test, Is) else self._compare(test)
        return self._pairs[leaf]

    # -- words -------------------------------------------------------------------------------------------------

    def _is(self, test: Is) -> Pair:
        question = self._questions.get(test.of)
        if question is not None:
            return self._yes_no(question, test) if question.answer == words.YES_NO else self._choice(question, test)
        answer = answer_id(test.of, test.side)
        true = self._elements.equals(answer, test.value)
        if test.of in self._measures:
            counts = self.counts(test.of, test.side)
            true = true & counts
            other = self._elements.given(answer) & ~true & ~self._unknown(answer) & counts
            means = self._measures[test.of].unable_means
            if means:
                unable = self._elements.unable(answer)
                return (true | unable, other) if means == test.value else (true, other | unable)
            return true, other
        return true, ~true

    def counts(self, of: str, side: str) -> Element:
        """Nothing has voided the check on this side."""
        counts = self._algebra.one
        for measure, word in self._voiding.get(of.partition(".")[0], ()):
            answer = answer_id(measure, side)
            counts = counts & ~(self._elements.given(answer) & ~self._elements.equals(answer, word))
        return counts

    def _unknown(self, answer: str) -> Element:
        """Answers that exist and say nothing: unsure, void, or unable (which is no word)."""
        e = self._elements
        words_known = e.equals(answer, words.UNSURE) | e.equals(answer, words.VOID)
        return words_known | e.equals(answer, words.UNABLE)

    def unasked(self, question: Question) -> Element:
        """Not answered, and known not to apply."""
        return ~self._elements.given(question.id) & self.off(question)

    def off(self, question: Question) -> Element:
        """Known that the question is not asked: its stem or the line that it follows is no, or `when` is false."""
        off = self._algebra.zero
        if question.stem:
            off = off | self._raw_no(self._questions[question.stem])
        if question.follows:
            off = off | self.effective(self._questions[question.follows])[1]
        return off | value(question.when, self._algebra, self, {})[1]

    def _raw_no(self, question: Question) -> Element:
        return self._elements.equals(question.id, words.NO) | self.unasked(question)

    def effective(self, question: Question) -> tuple[Element, Element, Element]:
        """(yes, no, can't tell) of a yes-no line after its details and its clarifier; none of them is open."""
        if question.id in self._effective:
            return self._effective[question.id]
        e = self._elements
        yes, unsure = e.equals(question.id, words.YES), e.equals(question.id, words.UNSURE)
        no, doubt = self._raw_no(question), unsure
        details = self._details.get(question.id, ())
        if details and not question.checklist:
            every_no, some = self._algebra.one, self._algebra.zero
            for detail in details:
                detail_yes, detail_no, detail_unclear = self.effective(detail)
                every_no, some = every_no & detail_no, some | detail_yes | detail_unclear
            doubt = yes & every_no
            no = no | (unsure & every_no) | ((yes | unsure) & some)
            yes = self._algebra.zero
        if question.clarifier:
            compared = f"{question.id}.{words.COMPARED}"
            yes = yes | (doubt & e.equals(compared, words.DIFFERENT))
            no = no | (doubt & e.equals(compared, words.SAME))
            doubt = doubt & e.equals(compared, words.CANT_TELL)
        self._effective[question.id] = yes, no, doubt
        return yes, no, doubt

    def _yes_no(self, question: Question, test: Is) -> Pair:
        yes, no, doubt = self.effective(question)
        true, false = (yes, no) if test.value == words.YES else (no, yes)
        counts = question.clarifier is None or question.clarifier.cant_tell in test.cant_tell
        match test.reading:
            case Reading.PLAIN:
                return true, false
            case Reading.SUSPECTING if counts or test.value == words.NO:
                return true | doubt, false
            case _:
                return true, false | doubt

    def _choice(self, question: Question, test: Is) -> Pair:
        e = self._elements
        unsure = e.equals(question.id, words.UNSURE)
        true = e.equals(question.id, test.value)
        false = e.given(question.id) & ~true & ~unsure
        if test.value == question.unless_asked:
            true = true | self.unasked(question)
        else:
            false = false | self.unasked(question)
        match test.reading:
            case Reading.PLAIN:
                return true, false
            case Reading.SUSPECTING:
                return true | unsure, false
            case Reading.CERTAIN:
                return true, false | unsure

    # -- numbers -----------------------------------------------------------------------------------------------

    def _compare(self, test: Compare) -> Pair:
        e = self._elements
        true = e.compare(test, test.op)
        question = self._questions.get(test.of)
        if test.any_day:
            known = e.compare(test, test.op) | e.compare(test, OPPOSITE[test.op])
            false = known & ~true
        else:
            false = e.compare(test, OPPOSITE[test.op])
        if question is None:
            sides = (test.side,) if test.take == "value" else words.SIDES
            for side in sides if test.of != words.AGE else ():
                counts = self.counts(test.of, side)
                true, false = true & counts, false & counts
            return true, false
        unsure = e.equals(question.id, words.UNSURE)
        false = false | self.unasked(question)
        match test.reading:
            case Reading.PLAIN:
                return true, false
            case Reading.SUSPECTING:
                return true | unsure, false
            case Reading.CERTAIN:
                return true, false | unsure


def _date_or_none(value: Value | None) -> date | None:
    """A date of birth; what is none, is not known."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


@lru_cache(maxsize=8)
def _in_time(knowledge: KnowledgeBase) -> tuple[Mapping[str, float], str]:
    """What grows by itself, by how much in a week; and the line of the date of birth, if it is asked."""
    birth = knowledge.by_role(words.BIRTH_DATE)
    grows = {q.id: q.grows_per_week for q in knowledge.questions.values() if q.grows_per_week}
    return grows, birth.id if birth else ""


class Person:
    """Elements of one person: -1 and 0. Ages and durations are those at `at`, the moment of triage."""

    def __init__(self, knowledge: KnowledgeBase, answers: Answers, at: datetime) -> None:
        self.values: Mapping[str, Value] = {
            **answers.values,
            **{f"{words.CLEARED}.{reason}": words.YES for reason in answers.standing(at.date())},
        }
        self._grows, birth = _in_time(knowledge)
        born = answers.values.get(birth) if birth else None
        self._born = _date_or_none(born)
        self._at = at.date()

    def given(self, answer: str) -> int:
        """The answer exists."""
        return -(answer in self.values)

    def equals(self, answer: str, value: str) -> int:
        """The answer is this word; `unable` stands for any reason."""
        found = self.values.get(answer)
        if isinstance(found, Unable):
            return -(value == words.UNABLE)
        return -(isinstance(found, str) and found == value)

    def unable(self, answer: str) -> int:
        """Could not be done, and not for want of a helper."""
        found = self.values.get(answer)
        return -(isinstance(found, Unable) and found.reason != words.NO_HELPER)

    def compare(self, test: Compare, op: str) -> int:
        """The number compares so; with `any_day`, on some day of the plan."""
        span = self._span(test)
        if span is None:
            return 0
        low, high = span
        return -(holds(op, high, test.limit) or (test.any_day and holds(op, low, test.limit)))

    def _span(self, test: Compare) -> tuple[float, float] | None:
        """The number's value first and last; they differ only for `any_day`."""
        if test.of == words.AGE:
            if self._born is None:
                return None
            age = age_on(self._born, self._at)
            last = age_on(self._born, last_day(self._at)) if test.any_day else age
            return age, last
        if test.take != "value":
            left, right = (self._number(answer_id(test.of, side)) for side in words.SIDES)
            if left is None or right is None:
                return None
            taken = {"difference": abs(left - right), "highest": max(left, right), "lowest": min(left, right)}[
                test.take
            ]
            return taken, taken
        number = self._number(answer_id(test.of, test.side))
        if number is None:
            return None
        grown = self._grows.get(test.of, 0) * VALID_DAYS / 7 if test.any_day else 0
        return number, number + grown

    def _number(self, answer: str) -> float | None:
        found = self.values.get(answer)
        return float(found) if isinstance(found, int | float) else None
