"""Emergencies and same-day answers: when the interview stops, what it asks before, and the way back."""

from __future__ import annotations

from datetime import datetime

import pytest
from healthy_path import branch, healthy_path

from assess.errors import AnswerNeeded
from assess.interview.machine import Interview
from assess.interview.outcome import assess_answers
from assess.interview.steps import Ask, DoCheck, ReadBack, Step, Stop
from assess.model.answers import Answers, Unable, Value
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase

SADDLE: dict[str, Value] = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}


def reasons(step: Step | None, *levels: str) -> list[str]:
    """The rows of these levels that a stop names."""
    assert isinstance(step, Stop)
    return [r.row.id for r in step.triage.reasons if r.level in (levels or ("emergency", "same-day"))]


def test_an_emergency_stops_at_once_in_the_middle_of_its_topic(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = branch(knowledge, at, "cauda-equina-signs", SADDLE)
    assert walked.asked == ["cauda-equina-signs", "saddle-change", "saddle-since"]
    assert reasons(walked.end) == ["cauda-equina-saddle"]


def test_an_emergency_stops_also_when_an_earlier_line_is_asked_again(knowledge: KnowledgeBase, at: datetime) -> None:
    later = healthy_path(knowledge, at)["ease-direction"].change("cauda-equina-signs")
    state = later.answer("cauda-equina-signs", "yes").answer("saddle-change", "yes").change("injury")
    assert isinstance(state.next_step(), Ask)
    assert reasons(state.answer("saddle-since", "recent").change("injury").next_step()) == ["cauda-equina-saddle"]


def test_a_same_day_answer_does_not_end_triage_every_emergency_line_is_still_asked(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    """The same lines follow as for a healthy person, up to those that can only mean a clinician or a note."""
    walked = branch(knowledge, at, "fever-recent", {"fever-recent": "yes"})
    healthy = list(healthy_path(knowledge, at))
    after = healthy[healthy.index("fever-recent") : healthy.index("worry-signs")]
    assert walked.asked == after
    assert walked.asked[-1] == "dark-thoughts"
    assert reasons(walked.end) == ["fever-with-pain"]


def test_after_a_same_day_answer_lines_that_mean_less_are_not_asked(knowledge: KnowledgeBase, at: datetime) -> None:
    asked = branch(knowledge, at, "fever-recent", {"fever-recent": "yes"}).asked
    assert {"worry-signs", "not-clear-headed", "safe-at-home", "ease-direction"} & set(asked) == set()


def test_an_emergency_after_a_same_day_answer_is_still_found(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = branch(knowledge, at, "fever-recent", {"fever-recent": "yes", "stroke-signs": "yes", "face-drop": "yes"})
    assert walked.asked[-1] == "face-drop"
    assert reasons(walked.end, "emergency") == ["stroke-face-arm-speech"]


def test_an_unsure_emergency_line_asks_its_clarifier_next_and_has_no_level_meanwhile(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    sheet: dict[str, Value] = {"both-legs-change": "unsure"}
    walked = branch(knowledge, at, "both-legs-change", sheet, until="both-legs-change.compared")
    assert walked.asked == ["both-legs-change"]
    assert isinstance(walked.end, Ask)
    assert walked.end.text == knowledge.questions["both-legs-change"].clarifier.ask  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("compared", "stops"), [("same", False), ("different", True), ("cant-tell", True)], ids=["same", "other", "unclear"]
)
def test_the_clarifier_decides_what_unsure_means(
    compared: str, stops: bool, knowledge: KnowledgeBase, at: datetime
) -> None:
    """Of the legs, "can't tell" is as serious as "different"; the same as before is a no."""
    sheet: dict[str, Value] = {"both-legs-change": "unsure", "both-legs-change.compared": compared}
    walked = branch(knowledge, at, "both-legs-change", {**sheet, "both-legs-since": "recent"}, until="leg-weakness")
    assert isinstance(walked.end, Stop) == stops
    assert walked.asked[:2] == ["both-legs-change", "both-legs-change.compared"]


def test_an_open_clarifier_means_yes_when_the_interview_breaks_off(knowledge: KnowledgeBase, at: datetime) -> None:
    state = branch(knowledge, at, "both-legs-change", {"both-legs-change": "unsure"}, until="both-legs-change.compared")
    outcome = assess_answers(knowledge, state.state.answers, at)
    assert (outcome.triage.level, outcome.exit_code) == ("emergency", 10)


@pytest.mark.parametrize(
    "given",
    [
        {"sex-at-birth": "female", "pregnant": "yes"},
        {"long-conditions": "yes", "sickle-cell": "yes"},
        {"long-conditions": "unsure", "pain-new": "unsure"},
        {"spine-procedure": "yes"},
    ],
    ids=["pregnant", "sickle cell", "unsure of the list", "epidural"],
)
def test_breaking_off_after_a_condition_is_no_emergency(
    given: dict[str, Value], knowledge: KnowledgeBase, at: datetime
) -> None:
    """What follows from a condition was not asked yet; it is neither a yes nor an unsure."""
    values: dict[str, Value] = {"date-of-birth": "1986-06-01", "sex-at-birth": "male", **given}
    state = Interview(knowledge, Answers(values), at)
    assert isinstance(state.next_step(), Ask)
    with pytest.raises(AnswerNeeded, match=r"^(needed and not answered|triage is not finished): "):
        assess_answers(knowledge, state.answers, at)


def test_the_action_names_only_what_was_said(knowledge: KnowledgeBase, at: datetime) -> None:
    """Signs that were not asked before the stop are not among its reasons."""
    walked = branch(knowledge, at, "cauda-equina-signs", SADDLE)
    outcome = assess_answers(knowledge, walked.state.answers, at)
    assert [r["id"] for r in outcome.plan.triage.reasons] == ["cauda-equina-saddle"]
    assert outcome.plan.triage.within == ""


def test_an_emergency_beside_a_clinician_first_reason_does_not_say_within_days(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    values = {**healthy_path(knowledge, at)["safe-at-home"].answers.values, "spine-procedure": "no"}
    values |= {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}
    values |= {"bowel-change": "yes", "bowel-since": "long", "bowel-known": "no"}
    plan = assess_answers(knowledge, Answers(values), at).plan
    assert (plan.triage.level, plan.triage.within) == ("emergency", "")


# -- a wrong key ----------------------------------------------------------------------------------------------


def test_a_wrong_key_goes_back_to_the_line_and_is_recorded(knowledge: KnowledgeBase, at: datetime) -> None:
    stopped = branch(knowledge, at, "cauda-equina-signs", SADDLE).state
    back = stopped.mistake()
    assert back.answers.mistakes == ("saddle-since",)
    step = back.next_step()
    assert isinstance(step, Ask)
    assert (step.id, step.before) == ("saddle-since", None)
    after = back.answer("saddle-since", "long").next_step()
    assert isinstance(after, Ask)
    assert after.id == "saddle-known"


def test_from_there_back_goes_to_the_lines_before(knowledge: KnowledgeBase, at: datetime) -> None:
    back = branch(knowledge, at, "cauda-equina-signs", SADDLE).state.mistake().back()
    step = back.next_step()
    assert isinstance(step, Ask)
    assert (step.id, step.before) == ("saddle-change", "yes")


def test_a_wrong_key_at_the_end_of_triage_goes_to_the_line_that_meant_the_same_day(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    """Not to the last line that was asked: that one was right."""
    stopped = branch(knowledge, at, "fever-recent", {"fever-recent": "yes"}).state
    back = stopped.mistake()
    step = back.next_step()
    assert isinstance(step, Ask)
    assert step.id == "fever-recent"
    assert back.answers.mistakes == ("fever-recent",)
    assert stopped.history[-1] == "dark-thoughts"
    onward = back.answer("fever-recent", "no").next_step()
    assert isinstance(onward, Ask)
    assert onward.id == "worry-signs"


def test_a_wrong_key_on_a_clarifier_goes_back_to_its_line(knowledge: KnowledgeBase, at: datetime) -> None:
    sheet: dict[str, Value] = {"cauda-equina-signs": "yes", "cauda-equina-signs.compared": "cant-tell"}
    stopped = branch(knowledge, at, "cauda-equina-signs", sheet).state
    assert reasons(stopped.next_step()) == ["unplaced-cauda-equina"]
    back = stopped.mistake()
    assert back.answers.mistakes == ("cauda-equina-signs.compared",)
    step = back.next_step()
    assert isinstance(step, Ask)
    assert step.id == "cauda-equina-signs"
    onward = back.answer("cauda-equina-signs", "no").next_step()
    assert isinstance(onward, Ask)
    assert onward.id == "both-legs-change"


# -- checks ---------------------------------------------------------------------------------------------------


def feet(knowledge: KnowledgeBase, at: datetime) -> Interview:
    """Somebody with leg pain who is about to walk on the heels."""
    sheet: dict[str, Value] = {"leg-pain": "left", "leg-below-knee": "yes"}
    return branch(knowledge, at, "leg-pain", sheet, until="heel-toe-walk.heels-uneven", checks=True).state


def test_a_check_that_finds_an_uneven_foot_stops_with_the_same_day(knowledge: KnowledgeBase, at: datetime) -> None:
    state = feet(knowledge, at)
    assert isinstance(state.answer("heel-toe-walk.heels-uneven", "no").next_step(), Ask)
    stopped = state.answer("heel-toe-walk.heels-uneven", "yes")
    assert reasons(stopped.next_step()) == ["foot-check-uneven"]
    again = stopped.mistake()
    assert again.answers.mistakes == ("heel-toe-walk.heels-uneven",)
    assert again.answers.triaged_at == at
    step = again.next_step()
    assert isinstance(step, Ask)
    assert step.id == "heel-toe-walk.heels-uneven"


def test_not_being_able_to_walk_on_the_heels_is_abnormal_and_can_be_a_wrong_key(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    stopped = feet(knowledge, at).unable(knowledge.checks["heel-toe-walk"], "weakness")
    assert reasons(stopped.next_step()) == ["foot-check-uneven"]
    again = stopped.mistake()
    assert [v for v in again.answers.values.values() if isinstance(v, Unable)] == []
    assert isinstance(again.next_step(), Ask | DoCheck)


def test_for_want_of_a_helper_it_is_not_known_and_nothing_stops(knowledge: KnowledgeBase, at: datetime) -> None:
    after = feet(knowledge, at).unable(knowledge.checks["heel-toe-walk"], "no-helper")
    assert not isinstance(after.next_step(), Stop | ReadBack)


def test_a_same_day_that_hangs_on_an_open_line_is_not_planned_from(knowledge: KnowledgeBase, at: datetime) -> None:
    """ "Can't tell" makes an emergency row mean the same day at most; with its other line open nothing is known yet."""
    values = {**healthy(knowledge), "injury-cannot-stand": "unsure", "injury-cannot-stand.compared": "cant-tell"}
    del values["injury"]
    with pytest.raises(AnswerNeeded, match=r"^triage is not finished: injury$") as needed:
        assess_answers(knowledge, Answers(values, at, True), at)
    assert needed.value.exit_code == 4
    step = Interview(knowledge, Answers(values), at).next_step()
    assert isinstance(step, Ask)
    assert step.id == "injury"


def test_the_read_back_waits_for_a_line_that_can_mean_the_same_day(knowledge: KnowledgeBase, at: datetime) -> None:
    """Before `triaged_at` is written, never after it."""
    values: dict[str, Value] = {
        **healthy(knowledge),
        "cord-signs": "yes",
        "clumsy-hands": "unsure",
        "clumsy-hands.compared": "cant-tell",
        "safe-at-home": "yes",
    }
    del values["clumsy-since"]
    state = Interview(knowledge, Answers(values), at)
    step = state.next_step()
    assert isinstance(step, Ask)
    assert step.id == "clumsy-since"
    assert reasons(state.answer("clumsy-since", "days").next_step()) != []
