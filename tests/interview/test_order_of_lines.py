"""Which lines are asked, and in which order: the person, the warning signs, today, checks, goals."""

from __future__ import annotations

from datetime import datetime

import pytest
from support.walker import walk

from assess.inference.compile import compile_rules
from assess.inference.outlook import Outlook
from assess.interview.machine import Interview, measures_of
from assess.interview.order import order_of_asking
from assess.interview.outcome import assess_answers
from assess.interview.steps import Ask, Done, OfferChecks, ReadBack, Today
from assess.model.answers import Answers
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase

OUTCOMES = ("level", "eligible", "needed", "pattern", "finding", "modifier")
CAUDA = ["saddle-change", "bladder-change", "bowel-change", "sexual-change"]


@pytest.mark.parametrize(("sex", "lines"), [("male", 38), ("female", 40)])
def test_a_healthy_person_of_40_meets_at_most_40_lines_before_today(
    sex: str, lines: int, knowledge: KnowledgeBase, at: datetime
) -> None:
    walked = walk(knowledge, at, {"sex-at-birth": sex})
    assert walked.before_today == lines
    assert lines <= 40
    assert isinstance(walked.end, Done)


@pytest.mark.parametrize("sheet", [{}, {"leg-pain": "left", "long-conditions": "unsure"}, {"cord-signs": "yes"}])
def test_up_to_the_read_back_topics_come_in_order(
    sheet: dict[str, str], knowledge: KnowledgeBase, at: datetime
) -> None:
    topics = {topic["id"]: (i, topic["phase"]) for i, topic in enumerate(knowledge.terms.topics)}
    asked = [topics[knowledge.questions[a.removesuffix(".compared")].topic] for a in walk(knowledge, at, sheet).asked]
    places = [i for i, phase in asked if phase in ("person", "triage")]
    assert places == sorted(places)
    assert [phase for _, phase in asked[:2]] == ["person", "person"]
    assert {phase for _, phase in asked[-4:]} == {"goals"}


def test_within_a_topic_a_line_that_another_line_opens_comes_right_after_it(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    asked = walk(knowledge, at, {"both-legs-change": "yes", "both-legs-since": "long"}).asked
    first = asked.index("both-legs-change")
    assert asked[first : first + 3] == ["both-legs-change", "both-legs-since", "both-legs-known"]


@pytest.mark.parametrize(
    "sheet",
    [
        {"sex-at-birth": "female", "pregnant": "yes", "pregnancy-weeks": 20},
        {"leg-pain": "left", "leg-below-knee": "yes", "long-conditions": "yes", "diabetes": "yes"},
        {"cord-signs": "unsure", "numb-hands": "yes", "worry-signs": "yes"},
    ],
)
def test_nothing_is_asked_that_no_open_outcome_leans_on(
    sheet: dict[str, object], knowledge: KnowledgeBase, at: datetime
) -> None:
    """At every line of triage, relief and checks some rule that is not decided can still be changed by it."""
    phases = {topic["id"]: topic["phase"] for topic in knowledge.terms.topics}
    keys = [key for key in compile_rules(knowledge).by_head if isinstance(key, Key) and key.kind in OUTCOMES]
    state = Interview(knowledge, Answers(), at)
    for line in walk(knowledge, at, sheet, checks=True).asked:
        state = walk(knowledge, at, sheet, checks=True, until=line, state=state).state
        question = knowledge.questions.get(line.removesuffix(".compared"))
        if question and (question.private or phases[question.topic] in ("person", "goals")):
            continue
        outlook = Outlook(knowledge, state.answers, state.answers.triaged_at or at)
        assert line in outlook.lines(keys), line


def test_a_man_is_not_asked_about_pregnancy(knowledge: KnowledgeBase, at: datetime) -> None:
    asked = walk(knowledge, at, {"sex-at-birth": "male"}).asked
    assert [a for a in asked if "pregnan" in a or a == "gave-birth"] == []


def test_no_injury_no_line_of_the_neck_rule(knowledge: KnowledgeBase, at: datetime) -> None:
    asked = walk(knowledge, at).asked
    assert [a for a in asked if a.startswith(("injury-", "neck-"))] == []


@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_a_stem_opens_one_line_a_sign(said: str, knowledge: KnowledgeBase, at: datetime) -> None:
    asked = walk(knowledge, at, {"cauda-equina-signs": said}, until="both-legs-change").asked
    first = asked.index("cauda-equina-signs")
    assert asked[first + 1 : first + 5] == CAUDA


def test_a_no_to_a_stem_opens_none_of_its_signs(knowledge: KnowledgeBase, at: datetime) -> None:
    asked = walk(knowledge, at, {"cauda-equina-signs": "no"}).asked
    assert set(asked) & set(CAUDA) == set()


def test_a_yes_whose_signs_are_all_no_goes_to_the_stems_own_clarifier(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, {"cauda-equina-signs": "yes"}, until="cauda-equina-signs.compared")
    assert walked.asked[-4:] == CAUDA
    assert isinstance(walked.end, Ask)
    assert walked.end.options == {"same": "The same", "different": "Different", "cant-tell": "I can't tell"}
    assert not walked.end.unsure


def test_an_unsure_whose_signs_are_all_no_is_a_no(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, {"cauda-equina-signs": "unsure"})
    assert "cauda-equina-signs.compared" not in walked.asked
    assert isinstance(walked.end, Done)


def test_what_is_left_counts_down_to_today_line_by_line(knowledge: KnowledgeBase, at: datetime) -> None:
    """For a healthy person "about N more" is exact: N lines later comes what to do today."""
    state, counts = Interview(knowledge, Answers(), at), []
    for line in walk(knowledge, at).asked[:38]:
        walked = walk(knowledge, at, until=line, state=state)
        state = walked.state
        assert isinstance(walked.end, Ask)
        counts.append(walked.end.more)
    assert counts == [0, *range(36, -1, -1)]  # the very first line does not wait for the count


def test_triage_ends_with_a_read_back_of_every_no_and_of_nothing_else(knowledge: KnowledgeBase, at: datetime) -> None:
    """A yes, an unsure, what was not asked and what is private are not read back."""
    sheet = {"worry-signs": "yes", "low-mood": "no", "numb-hands": "no", "safe-at-home": "no"}
    state = walk(knowledge, at, sheet, until="ease-direction").state
    before = Interview(knowledge, Answers({k: v for k, v in state.answers.values.items()}), at, skipped=state.skipped)
    step = before.next_step()
    assert isinstance(step, ReadBack)
    said = state.answers.values
    phases = {t["id"]: t["phase"] for t in knowledge.terms.topics}
    expected = [
        line
        for line in order_of_asking(knowledge)
        if said.get(line) == "no"
        and line in knowledge.questions
        and phases[knowledge.questions[line].topic] == "triage"
        and not knowledge.questions[line].private
    ]
    assert [line for line, _ in step.noes] == expected
    assert "low-mood" in expected
    assert {"worry-signs", "numb-hands", "safe-at-home"} & set(expected) == set()
    assert dict(step.noes)["injury"] == knowledge.questions["injury"].ask


def test_triaged_at_is_the_moment_of_the_confirmation(knowledge: KnowledgeBase, at: datetime) -> None:
    state = walk(knowledge, at, until="ease-direction").state
    assert state.answers.triaged_at == at


def test_a_place_above_the_low_back_ends_after_today_with_the_note(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, {"pain-site": "neck"}, checks=True)
    assert isinstance(walked.end, Done)
    checks = {m for c in knowledge.checks.values() for m in measures_of(c)}
    assert set(walked.asked) & checks == set()
    assert walked.before_today == len(walked.asked)
    plan = assess_answers(knowledge, walked.state.finish().answers, at).plan
    assert plan.covered == knowledge.program["covered"]["otherwise"]


def test_clinician_first_ends_after_today_without_checks(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, {"long-conditions": "yes", "long-illness": "yes"}, checks=True)
    assert isinstance(walked.end, Done)
    assert walked.before_today == len(walked.asked)
    outcome = assess_answers(knowledge, walked.state.finish().answers, at)
    assert (outcome.triage.level, outcome.exit_code, outcome.plan.program) == ("clinician-first", 10, "comfort")


def test_today_is_shown_before_any_check_is_offered(knowledge: KnowledgeBase, at: datetime) -> None:
    state = walk(knowledge, at, until="worse-bending").state
    values = dict(state.answers.values)
    assert isinstance(Interview(knowledge, Answers(values, at), at).next_step(), Today)
    shown = Interview(knowledge, Answers({**values, "worse-bending": "no", "buttock-when-sitting": "none"}, at), at)
    assert isinstance(shown.shown_today().next_step(), OfferChecks)
