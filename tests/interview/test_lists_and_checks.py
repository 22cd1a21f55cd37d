"""Lists of conditions, checks that cannot be done, and which checks are offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from healthy_path import branch, healthy_path

from assess.inference.infer import infer
from assess.interview.machine import Interview, measures_of
from assess.interview.steps import CHECKLIST, Ask, DoCheck, OfferChecks
from assess.model import words
from assess.model.answers import Answers, Unable, Value
from assess.model.knowledge import KnowledgeBase

FIRST = "one-leg-stand.seconds.left"
"""The first measure of the first check that a healthy person is offered."""


def before_list(knowledge: KnowledgeBase, at: datetime) -> Interview:
    return healthy_path(knowledge, at)["long-conditions"]


def entries(knowledge: KnowledgeBase, at: datetime) -> dict[str, str]:
    """The list as it is asked."""
    step = before_list(knowledge, at).next_step()
    assert isinstance(step, Ask)
    assert step.kind == CHECKLIST
    assert step.options is not None
    return dict(step.options)


def next_id(state: Interview) -> str:
    step = state.next_step()
    assert isinstance(step, Ask)
    return step.id


# -- lists ----------------------------------------------------------------------------------------------------


def test_a_list_names_every_condition_with_its_own_words(knowledge: KnowledgeBase, at: datetime) -> None:
    expected = {q.id: q.title for q in knowledge.questions.values() if q.stem == "long-conditions"}
    assert entries(knowledge, at) == expected


def test_what_is_ticked_is_yes_and_the_others_are_no(knowledge: KnowledgeBase, at: datetime) -> None:
    state = before_list(knowledge, at).answer_checklist("long-conditions", ["diabetes", "heart-condition"])
    said = state.answers.values
    assert said["long-conditions"] == "yes"
    ticked = {"diabetes", "heart-condition"}
    assert {e: said[e] for e in entries(knowledge, at)} == {
        e: "yes" if e in ticked else "no" for e in entries(knowledge, at)
    }
    assert next_id(state) == "heart-lately"


def test_none_is_one_no_that_stands_for_all(knowledge: KnowledgeBase, at: datetime) -> None:
    state = before_list(knowledge, at).answer_checklist("long-conditions", [])
    assert state.answers.values["long-conditions"] == "no"
    assert set(entries(knowledge, at)) & set(state.answers.values) == set()
    assert next_id(state) == "medicines"


def test_unsure_asks_one_line_each(knowledge: KnowledgeBase, at: datetime) -> None:
    sheet: dict[str, Value] = {"long-conditions": "unsure"}
    walked = branch(knowledge, at, "long-conditions", sheet, until="medicines")
    assert walked.asked[0] == "long-conditions"
    assert sorted(walked.asked[1:]) == sorted(entries(knowledge, at))
    step = branch(knowledge, at, "long-conditions", sheet, until="diabetes").end
    assert isinstance(step, Ask)
    assert (step.kind, step.text) == ("yes-no", "Does this apply to you? Diabetes")


def test_unsure_after_ticking_asks_everything_anew(knowledge: KnowledgeBase, at: datetime) -> None:
    state = before_list(knowledge, at).answer_checklist("long-conditions", ["diabetes"])
    again = state.answer_checklist("long-conditions", (), unsure=True)
    assert set(entries(knowledge, at)) & set(again.answers.values) == set()
    assert next_id(again) == next(iter(entries(knowledge, at)))


def test_unsure_once_more_keeps_the_lines_that_were_answered(knowledge: KnowledgeBase, at: datetime) -> None:
    state = before_list(knowledge, at).answer_checklist("long-conditions", (), unsure=True)
    state = state.answer("cancer-ever", "no")
    assert state.answer_checklist("long-conditions", (), unsure=True).answers == state.answers


def test_other_ticks_after_the_read_back_need_a_new_one(knowledge: KnowledgeBase, at: datetime) -> None:
    state = branch(knowledge, at, "long-conditions", {"long-conditions": "yes", "diabetes": "yes"}).state
    assert state.answers.triaged_at == at
    assert state.answer_checklist("long-conditions", ["diabetes"]).answers.triaged_at == at
    assert state.answer_checklist("long-conditions", ["numb-skin"]).answers.triaged_at is None


def test_an_unticked_condition_drops_what_followed_from_it(knowledge: KnowledgeBase, at: datetime) -> None:
    state = before_list(knowledge, at).answer_checklist("long-conditions", ["heart-condition"])
    state = state.answer("heart-lately", "no")
    assert "heart-lately" not in state.answer_checklist("long-conditions", ["diabetes"]).answers.values


# -- a check that cannot be done ------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", words.UNABLE_REASONS)
def test_unable_with_its_reason_is_said_of_every_measure(reason: str, knowledge: KnowledgeBase, at: datetime) -> None:
    check = knowledge.checks["modified-thomas"]
    state = Interview(knowledge, Answers(), at).unable(check, reason)
    assert state.answers.values == {m: Unable(reason) for m in measures_of(check)}


def test_what_was_measured_before_it_hurt_stays(knowledge: KnowledgeBase, at: datetime) -> None:
    check = knowledge.checks["modified-thomas"]
    state = Interview(knowledge, Answers(), at).answer("modified-thomas.thigh.left", -5).unable(check, "pain")
    assert state.answers.values["modified-thomas.thigh.left"] == -5
    assert state.answers.values["modified-thomas.thigh.right"] == Unable("pain")
    assert state.history == ("modified-thomas.thigh.left", "modified-thomas.knee.left")


def test_back_from_unable_asks_the_check_again(knowledge: KnowledgeBase, at: datetime) -> None:
    state = branch(knowledge, at, "worse-bending", {}, until=FIRST, checks=True).state
    back = (
        state.unable(knowledge.checks["one-leg-stand"], "position")
        .back()
        .shown_check(knowledge.checks["one-leg-stand"])
    )
    step = back.next_step()
    assert isinstance(step, Ask)
    assert (step.id, step.before) == (FIRST, Unable("position"))


def test_a_skipped_check_is_left_out_and_nothing_is_noted(knowledge: KnowledgeBase, at: datetime) -> None:
    state = branch(knowledge, at, "worse-bending", {}, until=FIRST, checks=True).state
    skipped = state.skip(*measures_of(knowledge.checks["one-leg-stand"]))
    assert skipped.answers == state.answers
    step = skipped.next_step()
    assert isinstance(step, DoCheck)
    assert step.check.id == "wall-gap"


# -- which checks are offered ---------------------------------------------------------------------------------

PEOPLE: list[dict[str, Value]] = [
    {},
    {"can-kneel": "no", "up-from-floor": "no", "pain-now": 5},
    {"leg-pain": "both", "leg-below-knee": "yes", "leg-worse-than-back": "yes", "leg-tingling": "both"},
    {"date-of-birth": "1951-01-01", "worse-standing": "yes"},
    {"buttock-when-sitting": "left", "buttock-tender": "yes", "pain-stage": "persistent"},
]


@pytest.mark.parametrize("sheet", PEOPLE)
def test_at_most_six_checks_in_twelve_minutes_none_barred_by_position(
    sheet: dict[str, Value], knowledge: KnowledgeBase, at: datetime
) -> None:
    state = branch(knowledge, at, "date-of-birth", sheet).state
    step = replace(state, checks=None, skipped=frozenset()).next_step()
    while isinstance(step, Ask):
        state = replace(state, checks=None).answer(step.id, sheet.get(step.id, "no"))
        step = state.next_step()
    assert isinstance(step, OfferChecks)
    assert 1 <= len(step.checks) <= 6
    assert sum(c.minutes for c in step.checks) <= 12
    conclusions = infer(knowledge, state.answers, at)
    assert [c.id for c in step.checks if conclusions.refuted(words.ELIGIBLE, c.id)] == []
    assert [c.id for c in step.checks if not conclusions.holds(words.NEEDED, c.id)] == []
    places = [list(knowledge.terms.positions).index(c.position) for c in step.checks]
    assert places == sorted(places, reverse=True)


def test_a_bar_takes_its_checks_off_the_list(knowledge: KnowledgeBase, at: datetime) -> None:
    """Pain over 4: no holding against the clock; over 6: no checks. The same person at 3 is offered them."""

    def offered(pain: int) -> list[str]:
        state = branch(knowledge, at, "pain-now", {"pain-now": pain}, until="main-goal").state
        step = replace(state, checks=None).next_step()
        return [c.id for c in step.checks] if isinstance(step, OfferChecks) else []

    efforts = {c.id for c in knowledge.checks.values() if "effort-test" in c.tags}
    assert set(offered(3)) & efforts != set()
    assert set(offered(5)) & efforts == set()
    assert offered(5) != []
    assert offered(7) == []


def test_a_check_whose_bar_turns_up_is_passed_over(knowledge: KnowledgeBase, at: datetime) -> None:
    """The lines before the checks can still rule one out: nobody who cannot lie on the floor is shown how."""
    state = branch(knowledge, at, "worse-bending", {}, until="main-goal").state
    state = replace(state, checks=("bird-dog-hold",))
    for _ in range(20):
        step = state.next_step()
        if not isinstance(step, Ask) or step.id == "main-goal":
            break
        state = state.answer(step.id, "no")
    assert state.answers.values["can-kneel"] == "no"
    assert not isinstance(state.next_step(), DoCheck)


def test_later_means_no_checks_now(knowledge: KnowledgeBase, at: datetime) -> None:
    state = healthy_path(knowledge, at)["main-goal"]
    assert state.checks == ()
    assert next_id(state) == "main-goal"
