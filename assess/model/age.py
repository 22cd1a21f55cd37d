"""How old somebody is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assess.model import words
from assess.model.answers import Value
from assess.model.knowledge import KnowledgeBase


def age_on(born: date, day: date) -> int:
    """Completed years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_of(knowledge: KnowledgeBase, values: Mapping[str, Value], day: date) -> int | None:
    """The age on a day that answers come to; None where the date of birth is not known."""
    birth = knowledge.by_role(words.BIRTH_DATE)
    born = values.get(birth.id) if birth else None
    return age_on(date.fromisoformat(born), day) if isinstance(born, str) and born[:1].isdigit() else None


def above_age(knowledge: KnowledgeBase, values: Mapping[str, Value], day: date) -> tuple[str, ...]:
    """The answers that are an age of the person's, and lie above the present one."""
    age = age_of(knowledge, values, day)
    if age is None:
        return ()
    bound = ((q.id, values.get(q.id)) for q in knowledge.questions.values() if q.at_most_age)
    return tuple(line for line, value in bound if isinstance(value, int | float) and value > age)
