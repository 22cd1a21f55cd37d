"""Which lines are asked, and in which order: the person, the warning signs, today, checks, goals."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from healthy_path import branch, healthy_path
from support.walker import walk

from assess.inference.compile import compile_rules
from assess.inference.infer import infer, triage
from assess.inference.outlook import Outlook
from assess.interview.machine import Interview, measures_of
from assess.interview.order import order_of_asking
from assess.interview.outcome import assess_answers
from assess.interview.steps import Ask, Done, OfferChecks, ReadBack, Today
from assess.model.answers import Answers
from assess.model.conclusions import Triage
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase


def triage_of(state: Interview) -> Triage:
    return triage(state.knowledge, infer(state.knowledge, state.answers, state.now), state.answers, state.now)


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
    sheet = {"both-legs-change": "yes", "both-legs-since": "long"}
    asked = branch(knowledge, at, "both-legs-change", sheet, until="leg-weakness").asked
    assert asked == ["both-legs-change", "both-legs-since", "both-legs-known"]


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
    asked = list(healthy_path(knowledge, at))
    assert [a for a in asked if "pregnan" in a or a == "gave-birth"] == []


def test_no_injury_no_line_of_the_neck_rule(knowledge: KnowledgeBase, at: datetime) -> None:
    asked = list(healthy_path(knowledge, at))
    assert "injury" in asked
    assert [a for a in asked if a.startswith(("injury-", "neck-"))] == []


@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_a_stem_opens_one_line_a_sign(said: str, knowledge: KnowledgeBase, at: datetime) -> None:
    sheet = {"cauda-equina-signs": said}
    asked = branch(knowledge, at, "cauda-equina-signs", sheet, until="both-legs-change").asked
    assert asked[:5] == ["cauda-equina-signs", *CAUDA]


def test_a_no_to_a_stem_opens_none_of_its_signs(knowledge: KnowledgeBase, at: datetime) -> None:
    assert set(healthy_path(knowledge, at)) & set(CAUDA) == set()


def test_a_yes_whose_signs_are_all_no_goes_to_the_stems_own_clarifier(knowledge: KnowledgeBase, at: datetime) -> None:
    sheet = {"cauda-equina-signs": "yes"}
    walked = branch(knowledge, at, "cauda-equina-signs", sheet, until="cauda-equina-signs.compared")
    assert walked.asked[-4:] == CAUDA
    assert isinstance(walked.end, Ask)
    assert walked.end.options == {"same": "The same", "different": "Different", "cant-tell": "I can't tell"}
    assert not walked.end.unsure


def test_an_unsure_whose_signs_are_all_no_is_a_no(knowledge: KnowledgeBase, at: datetime) -> None:
    sheet = {"cauda-equina-signs": "unsure"}
    walked = branch(knowledge, at, "cauda-equina-signs", sheet, until="both-legs-change")
    assert walked.asked == ["cauda-equina-signs", *CAUDA]
    said = walked.state.answers.values
    assert {said[sign] for sign in CAUDA} == {"no"}
    assert [r.row.id for r in triage_of(walked.state).reasons] == []


def test_what_is_left_counts_down_to_today_line_by_line(knowledge: KnowledgeBase, at: datetime) -> None:
    """For a healthy person "about N more" is at most two too many, and never too few."""
    steps = [state.next_step() for state in list(healthy_path(knowledge, at).values())[:38]]
    counts = [step.more for step in steps if isinstance(step, Ask)]
    assert counts[0] == 0  # the very first line does not wait for the count
    assert {more - left for more, left in zip(counts[1:], range(36, -1, -1), strict=True)} <= {0, 1, 2}
    assert counts[1:] == sorted(counts[1:], reverse=True)
    assert counts[-1] == 0


def test_triage_ends_with_a_read_back_of_every_no_and_of_nothing_else(knowledge: KnowledgeBase, at: datetime) -> None:
    """A yes, an unsure, what was not asked and what is private are not read back."""
    state = branch(knowledge, at, "worry-signs", {"worry-signs": "yes"}, until="safe-at-home").state
    private = state.answers.having("safe-at-home", "no")  # as a file written by hand may say
    step = replace(state, answers=private).next_step()
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
    assert {"low-mood", "injury"} <= set(expected)
    assert {"worry-signs", "numb-hands", "safe-at-home", "spine-procedure"} & set(expected) == set()
    assert dict(step.noes)["injury"] == knowledge.questions["injury"].ask


def test_triaged_at_is_the_moment_of_the_confirmation(knowledge: KnowledgeBase, at: datetime) -> None:
    path = healthy_path(knowledge, at)
    assert path["safe-at-home"].answers.triaged_at is None
    later = replace(path["safe-at-home"].skip("safe-at-home"), now=at + timedelta(minutes=6))
    assert isinstance(later.next_step(), ReadBack)
    assert later.confirm().answers.triaged_at == at + timedelta(minutes=6)


@pytest.mark.parametrize(
    ("site", "regions"),
    [
        ("lower-back", {"lower", "both"}),
        ("neck", {"upper", "both"}),
        ("upper-back", {"upper", "both"}),
        ("several", {"lower", "upper", "both"}),
    ],
)
def test_the_checks_are_those_of_the_place_that_hurts(
    site: str, regions: set[str], knowledge: KnowledgeBase, at: datetime
) -> None:
    walked = walk(knowledge, at, {"pain-site": site}, checks=True)
    assert isinstance(walked.end, Done)
    done = {c.region for c in knowledge.checks.values() if set(measures_of(c)) & set(walked.asked)}
    assert done & {"lower", "upper"} == regions & {"lower", "upper"}
    plan = assess_answers(knowledge, walked.state.finish().answers, at).plan
    assert {knowledge.terms.muscles[e.muscle].region for e in plan.exercises} <= regions
    assert plan.program == "corrective"


def test_clinician_first_ends_after_today_without_checks(knowledge: KnowledgeBase, at: datetime) -> None:
    walked = walk(knowledge, at, {"long-conditions": "yes", "long-illness": "yes"}, checks=True)
    assert isinstance(walked.end, Done)
    assert walked.before_today == len(walked.asked)
    outcome = assess_answers(knowledge, walked.state.finish().answers, at)
    assert (outcome.triage.level, outcome.exit_code, outcome.plan.program) == ("clinician-first", 10, "comfort")


def test_today_is_shown_before_any_check_is_offered(knowledge: KnowledgeBase, at: datetime) -> None:
    asked = healthy_path(knowledge, at)["worse-bending"]
    assert isinstance(replace(asked, today_shown=False).next_step(), Today)
    answered = healthy_path(knowledge, at)["main-goal"]
    assert isinstance(replace(answered, checks=None).next_step(), OfferChecks)
    assert isinstance(replace(answered, checks=None, today_shown=False).next_step(), Today)
