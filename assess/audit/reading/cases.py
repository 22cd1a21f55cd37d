"""Cases of a rule in words: which answers are laid over whom, and what is expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assess.model import words
from assess.model.answers import Unable
from assess.model.describe import number_words, side_words
from assess.model.knowledge import Case, Item, KnowledgeBase, Measure, Question

EXPECTED = {
    words.YES: "yes",
    words.NO: "no",
    "open": "open: not known yet",
    words.NOT_ENOUGH: "not enough is known",
    **{level: f"the level is {level.replace('-', ' ')}" for level in words.LEVELS},
}
COMPARED = {words.SAME: "the same", words.DIFFERENT: "different", words.CANT_TELL: "can’t tell"}


@dataclass(frozen=True, slots=True)
class Told:
    """One case to read. `given` is empty where nothing is laid over the person."""

    says: str
    given: tuple[str, ...]
    expect: str
    nothing: bool


def told(item: Item, knowledge: KnowledgeBase) -> tuple[Told, ...]:
    """The cases of an item, in the order of its file."""
    return tuple(
        Told(
            case.says,
            tuple(answer_words(answer, value, knowledge) for answer, value in case.given.items()),
            _expected(case, knowledge),
            case.start == "nothing",
        )
        for case in item.cases
    )


def _expected(case: Case, knowledge: KnowledgeBase) -> str:
    about = knowledge.findings.get(case.finding)
    said = EXPECTED.get(case.expect, case.expect)
    return f"{about.text}{side_words(case.side)}: {said}" if about else f"{said}{side_words(case.side)}"


def answer_words(answer: str, value: Any, knowledge: KnowledgeBase) -> str:
    """One answer by the words of what was asked."""
    first, *rest = answer.split(".")
    question = knowledge.questions.get(first)
    if first == words.CLEARED:
        return f"a clinician agreed, in spite of “{knowledge.rows[rest[0]].title}” — {_value(value, {}, '')}"
    if question is not None:
        return _question(question, value, compared=rest == [words.COMPARED])
    check = knowledge.checks.get(first)
    measure = next(m for m in check.measures if m.id == rest[0]) if check else None
    if check is None or measure is None:
        return f"{answer} — {value}"
    return f"{check.title}{side_words(rest[1] if rest[1:] else '')}: {measure.ask} — {_measured(value, measure)}"


def _question(question: Question, value: Any, *, compared: bool) -> str:
    if compared and question.clarifier:
        return f"“{question.clarifier.ask}” — {COMPARED.get(value, value)}"
    return f"“{question.ask}” — {_value(value, question.options, question.unit)}"


def _measured(value: Any, measure: Measure) -> str:
    return _value(value, measure.options, measure.unit)


def _value(value: Any, options: Mapping[str, str], unit: str) -> str:
    reason = (
        value.reason if isinstance(value, Unable) else value.get(words.UNABLE) if isinstance(value, Mapping) else ""
    )
    if reason:
        return f"could not be done ({reason.replace('-', ' ')})"
    if value is None:
        return "not answered yet"
    if isinstance(value, int | float):
        return number_words(value, unit).strip()
    return options.get(value, "not sure" if value == words.UNSURE else str(value))
