"""The interview from the first line to the end, answered from a sheet."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from support.walker import walk

from assess.interview.machine import Interview, measures_of
from assess.interview.outcome import assess_answers
from assess.interview.steps import Ask, Done, OfferChecks, ReadBack, Stop
from assess.loading.answers_file import dump_answers, read_answers
from assess.model.answers import Answers, Clearance
from assess.model.knowledge import KnowledgeBase

SADDLE = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}


@pytest.mark.parametrize(("sex", "lines"), [("male", 38), ("female", 40)])
def test_a_healthy_person_of_40_meets_at_most_40_lines_before_today(
    sex: str, lines: int, knowledge: KnowledgeBase, at: datetime
) -> None:
    walked = walk(knowledge, at, {"sex-at-birth": sex})
    assert walked.before_today == lines
    assert lines <= 40
    assert isinstance(walked.end, Done)


def test_who_and_where_come_first_then_the_warning_signs(knowledge: KnowledgeBase, at: datetime) -> None:
    phases = {t["id"]: t["phase"] for t in knowledge.terms.topics}
    asked = [phases[knowledge.questions[a].topic] for a in walk(knowledge, at).asked if a in knowledge.questions]
    assert asked[:2] == ["person", "person"]
    assert asked.index("triage") > max(i for i, p in enumerate(asked) if p == "person")
    assert "goals" in asked[-4:]


def test_an_emergency_stops_at_once(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, SADDLE)
    assert isinstance(walked.end, Stop)
    assert walked.end.triage.level == "emergency"
    assert walked.asked[-1] == "saddle-since"


def test_a_same_day_answer_does_not_end_triage(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, {"fever-recent": "yes"})
    assert isinstance(walked.end, Stop)
    assert walked.end.triage.level == "same-day"
    later = {"injury", "heart-ache", "chest-signs", "stroke-signs", "leg-vessel-signs", "dark-thoughts"}
    assert later <= set(walked.asked)


def test_an_emergency_after_a_same_day_answer_is_still_found(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, {"fever-recent": "yes", "stroke-signs": "yes", "face-drop": "yes"})
    assert isinstance(walked.end, Stop)
    assert walked.end.triage.level == "emergency"


def test_an_unsure_emergency_line_asks_its_clarifier_next_and_has_no_level_meanwhile(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    sheet = {"cauda-equina-signs": "unsure", "bladder-change": "unsure"}
    walked = walk(knowledge, at, sheet, until="bladder-change.compared")
    assert isinstance(walked.end, Ask)
    assert walked.end.options is not None
    assert list(walked.end.options) == ["same", "different", "cant-tell"]
    assert walked.state.answer("bladder-change.compared", "same").next_step() != walked.end
    same = walk(knowledge, at, {**sheet, "bladder-change.compared": "same", "saddle-change": "no"})
    assert isinstance(same.end, Done)


def test_a_yes_whose_signs_are_all_no_goes_to_the_stems_own_clarifier(knowledge: KnowledgeBase, at: datetime) -> None:
    sheet = {"cauda-equina-signs": "yes"}
    walked = walk(knowledge, at, sheet, until="cauda-equina-signs.compared")
    assert isinstance(walked.end, Ask)
    stopped = walk(knowledge, at, {**sheet, "cauda-equina-signs.compared": "cant-tell"})
    assert isinstance(stopped.end, Stop)
    assert [r.row.id for r in stopped.end.triage.reasons] == ["unplaced-cauda-equina"]


def test_back_asks_again_and_loses_nothing(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, until="injury")
    before = walked.state
    again = before.back()
    step = again.next_step()
    assert isinstance(step, Ask)
    assert (step.id, step.before) == (walked.asked[-1], before.answers.values[walked.asked[-1]])
    assert again.answers == before.answers
    assert again.answer(step.id, before.answers.values[step.id]).next_step() == before.next_step()


def test_a_stem_changed_to_no_drops_only_its_own_details(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, {"worry-signs": "yes", "low-mood": "yes"}, until="ease-direction")
    changed = walked.state.change("worry-signs").answer("worry-signs", "no")
    gone = set(walked.state.answers.values) - set(changed.answers.values)
    assert "low-mood" in gone
    assert gone == {
        q
        for q in walked.state.answers.values
        if q in knowledge.questions and knowledge.questions[q].stem == "worry-signs"
    }


def test_a_changed_triage_line_needs_a_new_read_back(knowledge: KnowledgeBase, at: datetime) -> None:
    finished = walk(knowledge, at).state.finish()
    assert finished.answers.triaged_at == at
    changed = finished.answer("not-clear-headed", "yes")
    assert (changed.answers.triaged_at, changed.answers.complete) == (None, False)
    assert isinstance(changed.next_step(), ReadBack)


def test_an_agreement_falls_with_the_answers_it_was_about(knowledge: KnowledgeBase, at: datetime) -> None:
    agreed = (Clearance("exercise-to-be-agreed", "a GP", at.date(), "walking"),)
    values = walk(knowledge, at, {"long-conditions": "yes", "long-illness": "yes"}).state.answers.values
    state = Interview(knowledge, Answers(values, at, cleared=agreed), at)
    assert state.answer("not-clear-headed", "yes").answers.cleared == agreed
    assert state.answer("long-illness", "no").answers.cleared == ()


def test_a_wrong_key_is_recorded_and_the_line_asked_again(knowledge: KnowledgeBase, at: datetime) -> None:
    stopped = walk(knowledge, at, SADDLE).state
    back = stopped.mistake()
    assert back.answers.mistakes == ("saddle-since",)
    step = back.next_step()
    assert isinstance(step, Ask)
    assert step.id == "saddle-since"
    assert not isinstance(back.answer("saddle-since", "long").next_step(), Stop)


def test_at_most_six_checks_in_twelve_minutes_none_barred(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, {"can-kneel": "no", "pain-now": 5})
    state = walked.state
    reopened = Interview(knowledge, state.answers, at, today_shown=True)
    step = reopened.next_step()
    assert isinstance(step, OfferChecks)
    assert len(step.checks) <= 6
    assert sum(c.minutes for c in step.checks) <= 12
    assert [c.id for c in step.checks if "kneeling" in c.tags or "effort-test" in c.tags] == []


def test_a_check_that_finds_a_foot_drop_stops_the_same_day(knowledge: KnowledgeBase, at: datetime) -> None:
    sheet = {"leg-pain": "left", "leg-below-knee": "yes", "heel-toe-walk.heels-uneven": "yes"}
    walked = walk(knowledge, at, {**sheet, "heel-toe-walk.toes-uneven": "no"}, checks=True)
    assert isinstance(walked.end, Stop)
    assert [r.row.id for r in walked.end.triage.reasons if r.level == "same-day"] == ["foot-check-uneven"]


def test_neck_pain_ends_after_today_without_checks(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, {"pain-site": "neck"}, checks=True)
    assert isinstance(walked.end, Done)
    checks = {m for c in knowledge.checks.values() for m in measures_of(c)}
    assert set(walked.asked) & checks == set()
    plan = assess_answers(knowledge, walked.state.finish().answers, at).plan
    assert plan.covered.startswith("Exercises for the neck and the upper back are not covered yet.")


@pytest.mark.parametrize("stop", range(3, 43, 6))
def test_a_saved_interview_goes_on_where_it_was(stop: int, knowledge: KnowledgeBase, at: datetime) -> None:
    """The file alone brings back the next line, wherever it broke off."""
    full = walk(knowledge, at, {"leg-pain": "left", "long-conditions": "yes", "diabetes": "yes"})
    sheet = {"leg-pain": "left", "long-conditions": "yes", "diabetes": "yes"}
    line = full.asked[stop]
    broken_off = walk(knowledge, at, sheet, until=line).state
    read = read_answers(knowledge, dump_answers(knowledge, broken_off.answers).encode(), "saved", at)
    assert read.problems == ()
    resumed = Interview.resumed(knowledge, read.answers, at + timedelta(hours=1))
    again = walk(knowledge, at, sheet, until=line, state=resumed)
    assert isinstance(again.end, Ask)
    assert again.end.id == line


def test_private_answers_are_asked_and_never_written(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at)
    assert "safe-at-home" in walked.asked
    told = walked.state.answers.having("safe-at-home", "no")
    assert "safe-at-home" not in dump_answers(knowledge, told)
    assert "safe-at-home" not in assess_answers(knowledge, told, at).plan.answers
