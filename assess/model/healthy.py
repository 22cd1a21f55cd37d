"""A person without trouble: the ground on which cases, stories and random people are laid."""

from __future__ import annotations

from assess.model import words
from assess.model.answers import Value
from assess.model.knowledge import KnowledgeBase

HEALTHY_BIRTH = "1986-06-01"
"""Forty years old when the examples and stories were written."""


def healthy(knowledge: KnowledgeBase) -> dict[str, Value]:
    """Every question with its healthy answer; private and free-text lines stay unanswered."""
    out: dict[str, Value] = {}
    for question in knowledge.questions.values():
        if question.private or question.answer == words.TEXT:
            continue
        out[question.id] = HEALTHY_BIRTH if question.answer == words.BIRTH_DATE else question.healthy
    return out
