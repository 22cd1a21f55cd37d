"""What is chosen of what may be given: sides kept apart, nothing twice, nothing dropped in silence."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

import pytest
from support.random_people import MOODS, People

from assess.errors import AnswerNeeded
from assess.interview.outcome import assess_answers
from assess.model.answers import Answers
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan
from assess.plan.choose import Chosen, _no_more_stretches_than


def plan_of(knowledge: KnowledgeBase, at: datetime, **answers: Any) -> Plan:
    given = {name.replace("__", ".").replace("_", "-"): value for name, value in answers.items()}
    return assess_answers(knowledge, Answers({**healthy(knowledge), **given}, at), at).plan


def because(plan: Plan, exercise: str) -> tuple[str, ...]:
    return next(e.because for e in plan.exercises if e.id == exercise)


def test_each_finding_keeps_the_side_on_which_it_was_made(knowledge: KnowledgeBase, at: datetime) -> None:
    """Two checks of one muscle, one positive on the right only, the other on both sides."""
    plan = plan_of(
        knowledge,
        at,
        one_leg_stand__drops__left="no",
        one_leg_stand__drops__right="yes",
        side_leg_lift__reps__left=5,
        side_leg_lift__reps__right=5,
    )
    target = next(t for t in plan.targets if t.muscle == "glute-med-min")
    assert target.side == "both"
    assert list(target.findings) == [
        {"id": "pelvis-drops", "side": "right"},
        {"id": "side-hip-weak", "side": "both"},
    ]
    said = [line for e in plan.exercises if e.muscle == "glute-med-min" for line in e.because]
    assert "Your check found: the pelvis drops when you stand on one leg (right)." in said
    assert "Your check found: the side of the hip needs building up (both)." in said


def corrective_plans(knowledge: KnowledgeBase, at: datetime, count: int) -> list[Plan]:
    people, rng, out = People(knowledge, at), Random(11), []
    while len(out) < count:
        try:
            plan = assess_answers(knowledge, Answers(people.person(rng, MOODS[0]), at), at).plan
        except AnswerNeeded:
            continue
        if plan.program == "corrective":
            out.append(plan)
    return out


@pytest.fixture(scope="module")
def plans(knowledge: KnowledgeBase) -> list[Plan]:
    from conftest import AT

    return corrective_plans(knowledge, AT, 60)


def test_no_exercise_stands_in_a_plan_twice(plans: list[Plan]) -> None:
    for plan in plans:
        ids = [e.id for e in plan.exercises]
        assert len(ids) == len(set(ids))


def test_every_target_is_worked_on_or_says_why_not(knowledge: KnowledgeBase, plans: list[Plan]) -> None:
    """For each target an item of its muscle is in the plan, or the muscle or one of its items is listed as left out."""
    for plan in plans:
        given = {e.muscle for e in plan.exercises}
        listed = {entry.id for entry in plan.left_out}
        listed |= {knowledge.exercises[i].muscle for i in listed if i in knowledge.exercises}
        assert [t.muscle for t in plan.targets if t.muscle not in given | listed] == []


def test_of_the_small_muscles_at_most_two_are_worked_on(knowledge: KnowledgeBase, plans: list[Plan]) -> None:
    tiers = {m.id: m.tier for m in knowledge.terms.muscles.values()}
    for plan in plans:
        assert len({e.muscle for e in plan.exercises if tiers[e.muscle] == "minor"}) <= 2


def test_a_stretch_without_strength_beside_it_waits_with_its_activation(knowledge: KnowledgeBase) -> None:
    """One strengthening item carries one stretch; the second goes, and with it the activation that rides on it."""
    stretches = [e for e in knowledge.exercises.values() if e.use == "stretch"][:2]
    items = []
    for stretch in stretches:
        items.append(Chosen(stretch, ("left",), None))
        items.append(Chosen(knowledge.exercises[stretch.activation], ("left",), None, rides_on=stretch.id))
    assert _no_more_stretches_than(1, items) == (items[:2], items[2:])
    assert _no_more_stretches_than(2, items) == (items, [])
