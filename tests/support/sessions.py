"""For sessions on programs of our own: the leaves are plain yes-no lines of the real knowledge."""

from __future__ import annotations

from collections.abc import Mapping

from assess.inference.session import Session
from assess.model.conditions import Is, Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import TRUE, Leaf
from support.three_valued import Truth


def plain_lines(knowledge: KnowledgeBase) -> list[Leaf]:
    """ "Is it yes?" of every line that nothing opens, explains or hides: yes, no, or (unsure, unanswered) not known."""
    stems = {q.stem for q in knowledge.questions.values()}
    return [
        Leaf(Is(q.id, "yes"))
        for q in knowledge.questions.values()
        if q.answer == "yes-no" and q.id not in stems and not (q.stem or q.follows or q.clarifier) and q.when == TRUE
    ]


def lines(knowledge: KnowledgeBase) -> list[str]:
    """The ids of plain yes-no lines."""
    return [leaf.test.of for leaf in plain_lines(knowledge) if isinstance(leaf.test, Is)]


def number_line(knowledge: KnowledgeBase) -> str:
    """A line that is answered by a number, whoever is asked."""
    return next(q.id for q in knowledge.questions.values() if q.answer == "number" and not q.follows)


def yes(answer: str) -> Leaf:
    """The test whether an answer is yes."""
    return Leaf(Is(answer, "yes"))


def key(name: str) -> Key:
    """A head of a program of our own."""
    return Key("head", name)


def tell(session: Session, leaves: Mapping[Leaf, Truth]) -> None:
    """Answer plain lines so that they have these truths; not known is taken back."""
    for leaf, truth in leaves.items():
        assert isinstance(leaf.test, Is)
        if truth is None:
            session.withdraw(leaf.test.of)
        else:
            session.answer(leaf.test.of, "yes" if truth else "no")
