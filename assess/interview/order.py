"""In which order lines are asked."""

from __future__ import annotations

from functools import lru_cache

from assess.model import words
from assess.model.knowledge import KnowledgeBase, Question


@lru_cache(maxsize=4)
def order_of_asking(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Every question and clarifier by topic and order."""
    topics = {topic["id"]: i for i, topic in enumerate(knowledge.terms.topics)}
    ordered = sorted(knowledge.questions.values(), key=lambda q: (topics[q.topic], q.order, q.id))
    return tuple(a for q in ordered for a in (q.id, f"{q.id}.{words.COMPARED}"))


def first_line(knowledge: KnowledgeBase) -> Question:
    """What everybody is asked first: nothing has been answered yet, so nothing needs to be worked out."""
    return knowledge.questions[order_of_asking(knowledge)[0]]
