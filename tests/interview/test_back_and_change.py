"""Going back, changing answers, and what a change takes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from healthy_path import branch, healthy_path
from support.walker import walk

from assess.interview.machine import Interview
from assess.interview.steps import Ask, DoCheck, ReadBack, Today
from assess.model.answers import Answers, Clearance, Unable, Value
from assess.model.knowledge import KnowledgeBase


def asked(state: Interview) -> Ask:
    """The line that is asked next."""
    step = state.next_step()
    assert isinstance(step, Ask)
    return step


def finished(knowledge: KnowledgeBase, at: datetime) -> Interview:
    """A healthy person at the end: triage confirmed, today shown."""
    return walk(knowledge, at, {"sex-at-birth": "male"}, state=healthy_path(knowledge, at)["main-goal"]).state.finish()


# -- an age -------------------------------------------------------------------------------------------------------


def test_an_age_is_asked_for_up_to_the_persons_own(knowledge: KnowledgeBase, at: datetime) -> None:
    state = Interview(knowledge, Answers({"date-of-birth": "1980-05-17"}), at)
    ask = state.line("pain-began-age")
    assert (ask.age, ask.maximum) == (46, 46)
    assert Interview(knowledge, Answers(), at).line("pain-began-age").maximum == 110


def test_a_later_date_of_birth_takes_back_an_age_that_it_makes_impossible(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    state = Interview(knowledge, Answers({"date-of-birth": "1980-05-17", "pain-began-age": 40}), at)
    assert "pain-began-age" in state.answer("date-of-birth", "1986-11-02").answers.values
    assert "pain-began-age" not in state.answer("date-of-birth", "1986-11-03").answers.values


# -- back -----------------------------------------------------------------------------------------------------


def test_back_asks_the_line_before_again_with_what_was_said(knowledge: KnowledgeBase, at: datetime) -> None:
    before = healthy_path(knowledge, at)["injury"]
    again = before.back()
    assert (asked(again).id, asked(again).before) == ("skin-joint-signs", "no")
    assert again.answers == before.answers


def test_the_same_answer_again_leads_to_where_one_was(knowledge: KnowledgeBase, at: datetime) -> None:
    before = healthy_path(knowledge, at)["injury"]
    assert before.back().back().answer("very-ill-signs", "no") == before


def test_back_goes_on_line_by_line_to_the_first_and_stays_there(knowledge: KnowledgeBase, at: datetime) -> None:
    state = healthy_path(knowledge, at)["pain-stage"]
    seen = []
    for _ in range(3):
        state = state.back()
        seen.append(asked(state).id)
    assert seen == ["pain-site", "sex-at-birth", "date-of-birth"]
    assert state.back() is state


def test_a_line_that_was_passed_on_the_way_back_can_be_gone_back_to_again(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    """Two back, one answered: the one in between keeps its place."""
    state = healthy_path(knowledge, at)["injury"].back().back().answer("very-ill-signs", "no")
    assert asked(state).id == "injury"
    assert asked(state.back()).id == "skin-joint-signs"


def test_back_from_a_measure_of_a_new_check_shows_how_the_check_before_is_done(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    stood: dict[str, Value] = {f"one-leg-stand.seconds.{side}": 30 for side in ("left", "right")}
    stood |= {f"one-leg-stand.drops.{side}": "no" for side in ("left", "right")}
    path = branch(knowledge, at, "worse-bending", stood, until="wall-gap.gap", checks=True).state
    assert path.check_shown == "wall-gap"
    back = path.back()
    step = back.next_step()
    assert isinstance(step, DoCheck)
    assert (step.check.id, step.number) == ("one-leg-stand", 1)
    assert asked(back.shown_check(step.check)).id == path.history[-1]


def test_what_was_ticked_before_is_said_when_a_list_is_asked_again(knowledge: KnowledgeBase, at: datetime) -> None:
    state = healthy_path(knowledge, at)["long-conditions"].answer_checklist("long-conditions", ["diabetes"])
    again = asked(state.back())
    assert (again.id, again.before, again.ticked) == ("long-conditions", "Diabetes", ("diabetes",))


# -- what a change takes with it ------------------------------------------------------------------------------


def test_a_stem_changed_to_no_drops_its_details_and_nothing_else(knowledge: KnowledgeBase, at: datetime) -> None:
    sheet: dict[str, Value] = {"worry-signs": "yes", "low-mood": "yes"}
    state = branch(knowledge, at, "worry-signs", sheet, until="ease-direction").state
    changed = state.change("worry-signs").answer("worry-signs", "no")
    details = {q.id for q in knowledge.questions.values() if q.stem == "worry-signs"}
    assert set(state.answers.values) - set(changed.answers.values) == details & set(state.answers.values)
    assert "low-mood" in state.answers.values
    assert set(changed.history) == set(state.history) - details


def test_details_of_details_go_too(knowledge: KnowledgeBase, at: datetime) -> None:
    sheet: dict[str, Value] = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "long"}
    state = branch(knowledge, at, "cauda-equina-signs", sheet, until="both-legs-change").state
    assert state.answers.values["saddle-known"] == "no"
    changed = state.answer("cauda-equina-signs", "no")
    assert [a for a in changed.answers.values if a.startswith(("saddle", "bladder", "bowel", "sexual"))] == []


def test_a_line_that_no_longer_applies_is_dropped(knowledge: KnowledgeBase, at: datetime) -> None:
    """ "Known to a doctor" was about a numbness of months; a fresh one is another matter."""
    sheet: dict[str, Value] = {"both-legs-change": "yes", "both-legs-since": "long", "both-legs-known": "yes"}
    state = branch(knowledge, at, "both-legs-change", sheet, until="leg-weakness").state
    changed = state.answer("both-legs-since", "weeks")
    assert "both-legs-known" not in changed.answers.values
    assert "both-legs-change" in changed.answers.values


def test_another_sex_drops_the_pregnancy(knowledge: KnowledgeBase, at: datetime) -> None:
    values = {"date-of-birth": "1990-01-01", "sex-at-birth": "female", "pregnant": "yes", "pregnancy-weeks": 12}
    state = Interview.resumed(knowledge, Answers(values), at).answer("sex-at-birth", "male")
    assert state.answers.values == {"date-of-birth": "1990-01-01", "sex-at-birth": "male"}
    assert state.history == ("date-of-birth", "sex-at-birth")


def test_yes_or_no_makes_an_earlier_clarifier_void(knowledge: KnowledgeBase, at: datetime) -> None:
    sheet: dict[str, Value] = {"both-legs-change": "unsure", "both-legs-change.compared": "same"}
    state = branch(knowledge, at, "both-legs-change", sheet, until="leg-weakness").state
    assert "both-legs-change.compared" in state.answers.values
    assert "both-legs-change.compared" not in state.answer("both-legs-change", "yes").answers.values
    assert "both-legs-change.compared" in state.answer("both-legs-change", "unsure").answers.values


# -- the read-back --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "value"),
    [("not-clear-headed", "yes"), ("pain-now", 5), ("worry-signs", "unsure")],
    ids=["a warning sign", "the person", "unsure"],
)
def test_a_changed_line_before_the_read_back_needs_a_new_one(
    line: str, value: Value, knowledge: KnowledgeBase, at: datetime
) -> None:
    state = finished(knowledge, at)
    assert state.answers.triaged_at == at
    changed = state.answer(line, value)
    assert (changed.answers.triaged_at, changed.answers.complete) == (None, False)
    assert not changed.today_shown


def test_after_the_new_read_back_today_is_shown_again(knowledge: KnowledgeBase, at: datetime) -> None:
    changed = finished(knowledge, at).answer("not-clear-headed", "yes")
    assert isinstance(changed.next_step(), ReadBack)
    assert isinstance(changed.confirm().next_step(), Today)


def test_a_changed_clarifier_needs_a_new_read_back(knowledge: KnowledgeBase, at: datetime) -> None:
    sheet: dict[str, Value] = {"leg-weakness": "unsure", "leg-weakness.compared": "same"}
    state = branch(knowledge, at, "leg-weakness", sheet, until="ease-direction").state
    assert state.answers.triaged_at == at
    assert state.answer("leg-weakness.compared", "cant-tell").answers.triaged_at is None


def test_the_same_answer_or_a_later_line_keeps_the_read_back(knowledge: KnowledgeBase, at: datetime) -> None:
    state = finished(knowledge, at)
    assert state.answer("not-clear-headed", "no").answers == state.answers
    assert state.answer("cold-helped", "yes").answers.triaged_at == at
    assert state.answer("main-goal", "gardening").answers.triaged_at == at


# -- a clinician's agreement ----------------------------------------------------------------------------------


@pytest.fixture
def agreed(knowledge: KnowledgeBase, at: datetime) -> Interview:
    """A lasting illness; a GP agreed to walking."""
    clearance = Clearance("exercise-to-be-agreed", "a GP", at.date(), "walking")
    sheet: dict[str, Value] = {"long-conditions": "yes", "long-illness": "yes"}
    state = branch(knowledge, at, "long-conditions", sheet).state
    return replace(state, answers=replace(state.answers, cleared=(clearance,)))


def test_it_falls_when_an_answer_of_its_row_changes(agreed: Interview) -> None:
    assert agreed.answer("long-illness", "no").answers.cleared == ()
    assert agreed.answer_checklist("long-conditions", ["diabetes"]).answers.cleared == ()


def test_it_stays_when_another_answer_changes(agreed: Interview) -> None:
    assert agreed.answer("not-clear-headed", "yes").answers.cleared == agreed.answers.cleared
    assert agreed.answer("long-illness", "yes").answers.cleared == agreed.answers.cleared
    assert agreed.answer("worse-bending", "yes").answers.cleared == agreed.answers.cleared


def test_it_stays_when_the_warning_signs_are_asked_again_and_say_the_same(agreed: Interview) -> None:
    again = agreed.reopen_triage()
    assert again.answers.cleared == agreed.answers.cleared
    assert again.answer("injury", "no").answers.cleared == agreed.answers.cleared


def test_asked_again_and_answered_otherwise_it_falls(knowledge: KnowledgeBase, at: datetime) -> None:
    """The old answer was taken back before the new one was given; it counts as changed all the same."""
    clearance = Clearance("leg-strength-long", "a GP", at.date(), "walking")
    sheet: dict[str, Value] = {"leg-weakness": "yes", "leg-weakness-since": "long"}
    state = branch(knowledge, at, "leg-weakness", sheet, until="fever-recent").state
    state = replace(state, answers=replace(state.answers, cleared=(clearance,))).reopen_triage()
    assert state.answer("leg-weakness", "yes").answers.cleared == (clearance,)
    assert state.answer("leg-weakness", "no").answers.cleared == ()


# -- checks ---------------------------------------------------------------------------------------------------


def test_a_measure_given_after_all_asks_what_was_unable_with_it(knowledge: KnowledgeBase, at: datetime) -> None:
    check = knowledge.checks["side-leg-lift"]
    state = Interview(knowledge, Answers(), at).unable(check, "pain")
    first, *others = (m for m, v in state.answers.values.items() if v == Unable("pain"))
    assert state.history == (first,)
    changed = state.change(first).answer(first, 10)
    assert changed.answers.values == {first: 10}
    assert len(others) > 0
