"""Rules, or lines that open each other, lean on each other in a circle: no order of evaluation exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Place, Problem
from assess.inference.compile import compile_rules
from assess.model.conditions import Compare, Is
from assess.model.knowledge import Question
from assess.rules.nodes import Leaf, walk
from assess.rules.strata import Cycle, Undefined

if TYPE_CHECKING:
    from assess.audit.run import Context


def check(context: Context) -> Iterator[Problem]:
    """The compiled rules, then who opens whom among the questions."""
    try:
        compile_rules(context.base)
    except Cycle as error:
        names = " -> ".join(str(head) for head in error.heads)
        yield Problem(Place("knowledge"), "rule-cycle", f"rules lean on each other in a circle: {names}")
    except Undefined as error:
        if context.sound:
            yield Problem(Place("knowledge"), "rule-cycle", f"{error.head} reads {error.key}, which nothing concludes")
    questions = context.base.questions
    done: set[str] = set()
    for question in questions.values():
        circle = _circle(question, questions, (), done)
        if circle:
            yield context.at(
                questions[circle[0]], ("id",), "rule-cycle", f"these lines open each other: {' -> '.join(circle)}"
            )
            done |= set(circle)


def _opened_by(question: Question) -> set[str]:
    tests = (node.test for node in walk(question.when) if isinstance(node, Leaf))
    return {t.of for t in tests if isinstance(t, Is | Compare)} | {p for p in (question.stem, question.follows) if p}


def _circle(question: Question, questions: object, path: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
    assert hasattr(questions, "get")
    if question.id in path:
        return (*path[path.index(question.id) :], question.id)
    if question.id in done:
        return ()
    for other in sorted(_opened_by(question)):
        below = questions.get(other)
        if isinstance(below, Question):
            circle = _circle(below, questions, (*path, question.id), done)
            if circle:
                return circle
    done.add(question.id)
    return ()
