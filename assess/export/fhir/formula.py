"""Formulas over the answers of a form, as an algebra: the rules themselves say when a line of it is shown.

The meaning of "asked" is written once, in `inference.leaves`, over any Boolean algebra. Here its elements are
formulas, and what comes out is a list of clauses, of which one entry each must hold: that is what a form can say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple, TypeAlias

from assess.model import words
from assess.model.conditions import OPPOSITE, Compare
from assess.model.form import beside
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import Algebra


class Literal(NamedTuple):
    """One test of a form: a line, an operator (`exists`, `=`, or a comparison's name), and what it is held against."""

    line: str
    op: str
    value: str | float | bool


Clause: TypeAlias = frozenset[Literal]
Clauses: TypeAlias = frozenset[Clause]
TRUE: Clauses = frozenset()
FALSE: Clauses = frozenset({frozenset()})


class Formula:
    """A formula, and its negation beside it: a form has no "not". Each is worked out when it is asked for.

    A product of clauses can be large, and mostly only one of the two is needed.
    """

    def __init__(self, yes: Callable[[], Clauses], no: Callable[[], Clauses]) -> None:
        self._yes, self._no = yes, no

    @cached_property
    def yes(self) -> Clauses:
        """When it holds."""
        return self._yes()

    @cached_property
    def no(self) -> Clauses:
        """When it does not hold."""
        return self._no()

    def __and__(self, other: Formula) -> Formula:
        return Formula(lambda: both(self.yes, other.yes), lambda: either(self.no, other.no))

    def __or__(self, other: Formula) -> Formula:
        return Formula(lambda: either(self.yes, other.yes), lambda: both(self.no, other.no))

    def __invert__(self) -> Formula:
        return Formula(lambda: self.no, lambda: self.yes)


def formula(yes: Clauses, no: Clauses) -> Formula:
    """A formula of which both are known."""
    return Formula(lambda: yes, lambda: no)


FORMULAS = Algebra(formula(TRUE, FALSE), formula(FALSE, TRUE))


def both(one: Clauses, other: Clauses) -> Clauses:
    """Every clause of both, without those that another makes needless."""
    every = one | other
    return frozenset(c for c in every if not any(o < c for o in every))


def either(one: Clauses, other: Clauses) -> Clauses:
    """Every pair of clauses as one."""
    return both(frozenset(c | o for c in one for o in other if not _always(c | o)), TRUE)


def _always(clause: Clause) -> bool:
    """Whether one of its entries always holds: a line has an answer, or has none."""
    return any(e.op == "exists" and e._replace(value=not e.value) in clause for e in clause)


class Lines:
    """The elements of formulas: the lines of a form. `options` gives the codes that a line may have."""

    def __init__(self, knowledge: KnowledgeBase, born_by: Callable[[float], str]) -> None:
        """`born_by` is the latest date of birth of somebody of an age, as the form will compare it."""
        self._questions = knowledge.questions
        birth = knowledge.by_role(words.BIRTH_DATE)
        self._birth, self._born_by = birth.id if birth else "", born_by

    def given(self, answer: str) -> Formula:
        """The line has an answer."""
        lines = (answer, beside(answer)) if self._beside(answer) else (answer,)
        some = frozenset({frozenset(Literal(line, "exists", True) for line in lines)})
        none = frozenset(frozenset({Literal(line, "exists", False)}) for line in lines)
        return formula(some, none)

    def equals(self, answer: str, value: str) -> Formula:
        """The answer is this code."""
        line = beside(answer) if self._beside(answer) else answer
        options = self._codes(answer)
        if value not in options:
            return formula(FALSE, TRUE)
        others = {Literal(line, "=", other) for other in options if other != value}
        return formula(
            frozenset({frozenset({Literal(line, "=", value)})}),
            frozenset({frozenset({*others, Literal(line, "exists", False)})}),
        )

    def unable(self, answer: str) -> Formula:
        """No question can be unable to be done."""
        return formula(FALSE, TRUE)

    def compare(self, test: Compare, op: str) -> Formula:
        """The number compares so. An age is asked as a date of birth, so that it compares the other way round."""
        line, holds, fails = test.of, Literal(test.of, op, test.limit), Literal(test.of, OPPOSITE[op], test.limit)
        if test.of == words.AGE:
            line = self._birth
            holds, fails = self._born(op, test.limit), self._born(OPPOSITE[op], test.limit)
        return formula(frozenset({frozenset({holds})}), frozenset({frozenset({fails, Literal(line, "exists", False)})}))

    def _born(self, op: str, age: float) -> Literal:
        years = age + 1 if op in ("above", "at_most") else age
        return Literal(self._birth, "at_most" if op in ("at_least", "above") else "above", self._born_by(years))

    def _beside(self, answer: str) -> bool:
        question = self._questions.get(answer)
        return question is not None and question.answer == words.NUMBER and question.offer_unsure

    def _codes(self, answer: str) -> tuple[str, ...]:
        question = self._questions.get(answer)
        if question is None:
            return words.CLARIFIED if answer.endswith(f".{words.COMPARED}") else ()
        unsure = (words.UNSURE,) if question.offer_unsure else ()
        match question.answer:
            case words.YES_NO:
                return (words.YES, words.NO, words.UNSURE)
            case words.CHOICE:
                return (*question.options, *unsure)
            case words.NUMBER:
                return unsure
            case _:
                return ()


def all_of(formulas: Iterable[Formula]) -> Formula:
    """Every one of them."""
    result: Formula = FORMULAS.one
    for formula in formulas:
        result = result & formula
    return result
