"""What the person answered, in the terms of a clinician: the ids of the knowledge written out, never its lay questions.

Only what the rules ask counts as asked: a "no" to a detail whose line was denied is not told as denied. A yes is told
all the same, because the rules count it all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from assess.export.record import Record
from assess.inference.leaves import Leaves, Person, structure
from assess.model import words
from assess.model.age import age_of
from assess.model.answers import Unable, Value
from assess.model.free_text import tidy
from assess.model.knowledge import Item, KnowledgeBase, Question
from assess.rules.evaluate import PERSON

UNITS = {"degrees": "°", "0-10": "/10", "seconds": " s"}
"""Units as a clinician writes them; others follow the number as they are."""
NONE = "none"
"""The option that says no in a choice."""
PLAIN = (NONE, words.UNSURE, *words.SIDES, "both")
"""Options that need no sentence."""


def in_words(name: str) -> str:
    """An id written out."""
    return name.replace("-", " ")


def sentence(text: str) -> str:
    """With a capital at the start."""
    return text[:1].upper() + text[1:]


def named(item: Item) -> str:
    """An item as a clinician reads it, with the reference under which the rules keep it."""
    return in_words(item.id) + (f" ({', '.join(item.ref)})" if item.ref else "")


def amount(value: float, unit: str) -> str:
    """A number with its unit."""
    return f"{value:g}{UNITS.get(unit, f' {unit}')}".strip()


def quoted(text: str) -> str:
    """The person's own words."""
    return f"“{tidy(text)}”"


def option(options: dict[str, str], value: str) -> str:
    """What was chosen: its code, and the sentence that stood there where that says more."""
    label = options.get(value, "")
    plain = value in PLAIN or label.lower() in ("", in_words(value))
    return in_words(value) + ("" if plain else f" (“{label}”)")


class Said:
    """The answers of a record, as they were given."""

    def __init__(self, record: Record) -> None:
        self.knowledge: KnowledgeBase = record.knowledge
        self.values = record.answers.values
        self.at: datetime = record.answers.triaged_at or record.at
        self.leaves = Leaves(self.knowledge, PERSON, Person(self.knowledge, record.answers, self.at))

    @property
    def age(self) -> int | None:
        """Completed years at triage."""
        return age_of(self.knowledge, self.values, self.at.date())

    def applies(self, question: Question) -> bool:
        """Whether the rules ask this line, as far as is known."""
        return not question.private and not self.leaves.off(question)

    def asked(self, *topics: str) -> Iterator[Question]:
        """The lines of topics that were asked and answered, in the order of the topics."""
        for topic in topics:
            lines = self._answered(*(q for q in self.knowledge.questions.values() if q.topic == topic))
            yield from sorted(lines, key=lambda q: q.order)

    def topics(self, *phases: str) -> tuple[str, ...]:
        """The topics of some phases, in the order in which they are asked."""
        return tuple(str(t["id"]) for t in self.knowledge.terms.topics if t["phase"] in phases)

    def topic_of(self, role: str) -> str:
        """The topic that the line with a role belongs to."""
        question = self.knowledge.by_role(role)
        return question.topic if question else ""

    def follow_ups(self, question: Question) -> tuple[Question, ...]:
        """The answered details of a line's yes."""
        return tuple(self._answered(*(q for q in self.knowledge.questions.values() if q.follows == question.id)))

    def details(self, question: Question) -> tuple[Question, ...]:
        """The answered single signs that a line bundles."""
        return tuple(self._answered(*structure(self.knowledge)[1].get(question.id, ())))

    def _answered(self, *questions: Question) -> list[Question]:
        given = [q for q in questions if q.id in self.values and not q.private]
        return [q for q in given if self.applies(q) or self.values[q.id] in (words.YES, words.UNSURE)]

    def value(self, question: Question) -> str:
        """What was answered to a line; a doubt stays one, with what the comparison with before said."""
        value = self.values[question.id]
        compared = self.values.get(f"{question.id}.{words.COMPARED}")
        if isinstance(value, int | float):
            return amount(value, "" if question.unit in question.id.split("-") else question.unit)
        said = option(dict(question.options), str(value)) if question.answer == words.CHOICE else str(value)
        if compared:
            return f"{said}, compared with before: {in_words(str(compared))}"
        return said

    def line(self, answer: str) -> str:
        """One answer with its name, of a question or of a check's measure; the date of birth as the age."""
        question = self.knowledge.questions.get(answer)
        if question is not None and question.role == words.BIRTH_DATE:
            return f"age {self.age}"
        if question is not None and question.id in self.values:
            return f"{in_words(answer)}: {self.value(question)}"
        if question is not None:
            return f"{in_words(answer)}: not answered"
        check, measure, *side = answer.split(".")
        unit = next(m.unit for m in self.knowledge.checks[check].measures if m.id == measure)
        return f"{' '.join(map(in_words, (check, measure, *side)))}: {measured(self.values[answer], unit)}"

    def quiet(self, question: Question) -> bool:
        """Whether something was denied that a healthy person denies."""
        value = self.values[question.id]
        return value == NONE or (value == words.NO and question.healthy != words.YES)

    def run_on(self, questions: Iterable[Question]) -> str:
        """Lines one behind the other; a plain yes needs no word."""
        return "; ".join(
            in_words(q.id) if self.values[q.id] == words.YES and "," not in self.value(q) else self.line(q.id)
            for q in questions
        )


def measured(value: Value, unit: str) -> str:
    """What a measure came to, or why it came to nothing."""
    if isinstance(value, Unable):
        return f"not done ({in_words(value.reason)})"
    return amount(value, unit) if isinstance(value, int | float) else in_words(value)
