"""What experta 1.9.4 leaves behind in a process, and what it makes of names (D10, D13, D16 in docs/adr/0003).

Our session does neither.
"""

from __future__ import annotations

import gc
import logging
import weakref
from datetime import datetime
from random import Random

import pytest
from support.random_people import People
from support.sessions import key, lines, number_line, yes

from assess.inference.session import Session
from assess.model.answers import Answers
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import Atom, Rule
from assess.rules.strata import stratify


def test_d10_a_session_that_is_let_go_is_gone_and_no_cache_of_experta_has_grown(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    from experta.matchers.rete import ReteMatcher, check
    from experta.strategies import DepthStrategy

    def sizes() -> list[int]:
        kinds = (check.TypeCheck, check.FactCapture, check.FeatureCheck, check.WhereCheck)
        caches = (DepthStrategy.get_key, ReteMatcher._get_conflict_set_nodes)
        return [len(kind._instances) for kind in kinds] + [cache.cache_info().currsize for cache in caches]

    before, people, gone = sizes(), People(knowledge, at), []
    for seed in range(3):
        session = Session(knowledge, at)
        session.load(Answers(people.person(Random(seed))))
        session.answer(number_line(knowledge), seed)
        gone.append(weakref.ref(session))
        del session
    gc.collect()
    assert [ref() for ref in gone] == [None, None, None]
    assert sizes() == before


def test_d13_a_session_leaves_the_loggers_of_the_process_alone(knowledge: KnowledgeBase, at: datetime) -> None:
    def levels() -> dict[str, int]:
        names = ["", *(name for name in logging.root.manager.loggerDict if name.startswith("experta"))]
        return {name: logging.getLogger(name).level for name in names}

    before = levels()
    assert len(before) > 3
    session = Session(knowledge, at)
    session.answer(lines(knowledge)[0], "yes")
    session.withdraw(lines(knowledge)[0])
    assert levels() == before
    assert {name for name, level in before.items() if level != logging.NOTSET} <= {""}


@pytest.mark.parametrize("name", ["inner__part", "_0", "__class__", "0", ""])
def test_d16_ids_may_have_any_characters(name: str, knowledge: KnowledgeBase, at: datetime) -> None:
    """Ids are values of facts, never their keys."""
    program = stratify([Rule(key(f"low{name}"), yes(name)), Rule(key(name), Atom(key(f"low{name}")))])
    loaded, session = Session(knowledge, at, program), Session(knowledge, at, program)
    loaded.load(Answers({name: "yes"}))
    session.answer(name, "yes")
    assert session.conclusions().pairs == {key(f"low{name}"): (True, False), key(name): (True, False)}
    assert loaded.conclusions() == session.conclusions()
    session.withdraw(name)
    assert session.conclusions().pairs == {key(f"low{name}"): (False, True), key(name): (False, True)}
