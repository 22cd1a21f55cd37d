"""The checks of a printed sheet: nobody asks there what comes before a check, so only what is known to be allowed."""

from __future__ import annotations

from datetime import datetime
from random import Random

import pytest
from support.random_people import MOODS, People

from assess.errors import AnswerNeeded
from assess.inference.infer import infer
from assess.interview.machine import measures_of
from assess.interview.offer import for_the_floor
from assess.interview.outcome import Outcome, assess_answers
from assess.model import words
from assess.model.answers import Answers, Unable
from assess.model.healthy import healthy
from assess.model.knowledge import Check, KnowledgeBase


def sheet_of(knowledge: KnowledgeBase, answers: Answers, at: datetime) -> tuple[Outcome, tuple[Check, ...]]:
    outcome = assess_answers(knowledge, answers, at)
    return outcome, for_the_floor(knowledge, answers, outcome.conclusions, at)


def test_at_most_six_and_each_is_known_to_be_allowed_for_whoever_it_is(knowledge: KnowledgeBase, at: datetime) -> None:
    people, sizes = People(knowledge, at), set()
    for seed in range(60):
        answers = Answers(people.person(Random(seed), MOODS[seed % 3]), at, True)
        try:
            outcome, sheet = sheet_of(knowledge, answers, at)
        except AnswerNeeded:
            continue
        assert all(outcome.conclusions.holds(words.ELIGIBLE, c.id) for c in sheet)
        sizes.add(len(sheet))
    assert len(sizes) > 1


@pytest.mark.parametrize("bones", ["yes", "unsure", None])
def test_thin_bones_known_unsure_or_unasked_leave_out_what_bends_the_back(
    bones: str | None, knowledge: KnowledgeBase, at: datetime
) -> None:
    bends = {"lumbar-flexion-end-range", "lumbar-flexion-loaded"}
    given = healthy(knowledge)
    usual = sheet_of(knowledge, Answers(given, at, True), at)[1]
    assert any(bends & set(c.tags) for c in usual)
    given = {**given, "long-conditions": "yes" if bones else "unsure"}
    given = {**given, "thin-bones": bones} if bones else {k: v for k, v in given.items() if k != "thin-bones"}
    try:
        sheet = sheet_of(knowledge, Answers(given, at, True), at)[1]
    except AnswerNeeded:
        assert bones is None  # then there is no plan, and no sheet
        return
    assert not any(bends & set(c.tags) for c in sheet)


def test_where_nothing_is_left_to_decide_those_that_were_done_stand_there(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    """To be measured again at the review; here all of them, each left undone for want of a helper."""
    tried = {m: Unable("no-helper") for check in knowledge.checks.values() for m in measures_of(check)}
    answers = Answers({**healthy(knowledge), **tried}, at, True)
    conclusions = infer(knowledge, answers, at)
    sheet = for_the_floor(knowledge, answers, conclusions, at)
    allowed = [c.id for c in knowledge.checks.values() if conclusions.holds(words.ELIGIBLE, c.id)]
    assert len(sheet) > 6
    assert sorted(c.id for c in sheet) == sorted(allowed)
