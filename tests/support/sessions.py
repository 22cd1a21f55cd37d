"""For sessions on programs of our own: the leaves are plain yes-no lines of the real knowledge."""

from __future__ import annotations

from collections.abc import Mapping

from assess.inference.session import Session
from assess.model.conditions import Is
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import TRUE, Leaf
from support.three_valued import Truth


def plain_lines(knowledge: KnowledgeBase) -> list[Leaf]:
    """"Is it yes?" of every line that nothing opens, explains or hides: yes, no, or (unsure, unanswered) not known."""
    stems = {q.stem for q in knowledge.questions.values()}
    return [
        Leaf(Is(q.id, "yes"))
        for q in knowledge.questions.values()
        if q.answer == "yes-no" and q.id not in stems and not (q.stem or q.follows or q.clarifier) and q.when == TRUE
    ]


def tell(session: Session, leaves: Mapping[Leaf, Truth]) -> None:
    """Answer plain lines so that they have these truths; not known is taken back."""
    for leaf, truth in leaves.items():
        assert isinstance(leaf.test, Is)
        if truth is None:
            session.withdraw(leaf.test.of)
        else:
            session.answer(leaf.test.of, "yes" if truth else "no")
