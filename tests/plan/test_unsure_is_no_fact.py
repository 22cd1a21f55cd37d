"""What somebody was not sure about is never told to them, or to the ambulance, as a fact."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from assess.interview.outcome import assess_answers
from assess.model.answers import Answers
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan


def plan_of(knowledge: KnowledgeBase, at: datetime, answers: dict[str, Any]) -> Plan:
    return assess_answers(knowledge, Answers({**healthy(knowledge), **answers}, at), at).plan


SADDLE = {"cauda-equina-signs": "yes", "saddle-since": "recent"}


def test_a_yes_is_said_as_it_was_said(knowledge: KnowledgeBase, at: datetime) -> None:
    plan = plan_of(knowledge, at, {**SADDLE, "saddle-change": "yes"})
    row = knowledge.triage["cauda-equina-saddle"]
    assert [r["text"] for r in plan.triage.reasons] == [row.say]
    assert set(row.act) <= set(plan.triage.action)


def test_not_sure_is_said_as_not_sure(knowledge: KnowledgeBase, at: datetime) -> None:
    answers = {**SADDLE, "saddle-change": "unsure", "saddle-change.compared": "cant-tell"}
    plan = plan_of(knowledge, at, answers)
    row = knowledge.triage["cauda-equina-saddle"]
    assert plan.triage.level == "emergency"
    said = f"You were not sure about this, so the safer way counts: {row.title}."
    assert [r["text"] for r in plan.triage.reasons] == [said]
    told = f"Say: “I have back or neck pain, and I am not sure about this: {row.title}.”"
    facts = [line for line in row.act if line.startswith("Say: ")]
    assert facts, "this row tells what to say"
    assert told in plan.triage.action
    assert set(facts) & set(plan.triage.action) == set()


def test_different_from_a_month_ago_is_an_answer(knowledge: KnowledgeBase, at: datetime) -> None:
    """The clarifier has settled it: this is no longer unsure."""
    answers = {**SADDLE, "saddle-change": "unsure", "saddle-change.compared": "different"}
    plan = plan_of(knowledge, at, answers)
    assert [r["text"] for r in plan.triage.reasons] == [knowledge.triage["cauda-equina-saddle"].say]
