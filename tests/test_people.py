"""Whole people: what must be in their plan and what must never be. One YAML file a person in tests/people/."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from conftest import AT

from assess.audit.mutation.witnesses import story_person
from assess.errors import AnswerNeeded
from assess.interview.outcome import Outcome, assess_answers
from assess.loading.yaml12 import read
from assess.model.knowledge import KnowledgeBase

PEOPLE = sorted((Path(__file__).parent / "people").glob("*.yaml"))
KEYS = {
    "says",
    "ref",
    "start",
    "answers",
    "cleared",
    "days_later",
    "unfinished",
    "level",
    "program",
    "exit",
    "must",
    "never",
    "why",
}


def facts(outcome: Outcome) -> set[str]:
    """Everything a story may speak of, in its words."""
    plan = outcome.plan
    said = {f"reason {r['id']}" for r in plan.triage.reasons} | {f"refer {r['id']}" for r in plan.refer}
    said |= {f"relief {r.id}" for r in plan.relief} | {f"relief use {r.use}" for r in plan.relief}
    said |= {f"finding {f.id}" + (f" {f.side}" if f.side else "") for f in plan.findings}
    for p in plan.patterns:
        said |= {f"pattern {p.id}", f"pattern {p.id} {p.likelihood}"}
    for e in plan.exercises:
        said |= {"exercise", f"exercise {e.id}", f"{e.kind} {e.muscle}", e.kind, f"{e.kind} {e.muscle} {e.side}"}
    said |= {f"left out {entry.code} {entry.id}" for entry in plan.left_out}
    return said


def tags(knowledge: KnowledgeBase, outcome: Outcome) -> set[str]:
    """The tags of everything that the plan gives."""
    items = [knowledge.exercises[e.id].tags for e in outcome.plan.exercises]
    items += [knowledge.relief[r.id].tags for r in outcome.plan.relief]
    return {f"tag {tag}" for group in items for tag in group}


@pytest.mark.parametrize("file", PEOPLE, ids=[p.stem for p in PEOPLE])
def test_person(file: Path, knowledge: KnowledgeBase) -> None:
    story = read(file.read_bytes(), file.name).data
    assert set(story) <= KEYS, f"unknown keys: {set(story) - KEYS}"
    answers = story_person(knowledge, story, AT)
    on = AT + timedelta(days=story.get("days_later", 0))
    if story["exit"] == 4:
        with pytest.raises(AnswerNeeded):
            assess_answers(knowledge, answers, on)
        return
    outcome = assess_answers(knowledge, answers, on)
    assert (outcome.triage.level, outcome.exit_code) == (story["level"], story["exit"]), facts(outcome)
    if "program" in story:
        assert outcome.plan.program == story["program"]
    said = facts(outcome) | tags(knowledge, outcome)
    assert set(story.get("must", ())) - said == set()
    assert set(story.get("never", ())) & said == set()
    if outcome.triage.stops:
        assert (outcome.plan.exercises, outcome.plan.relief, outcome.plan.program) == ((), (), "none")


def test_every_story_of_this_issue_is_told() -> None:
    told = {ref for file in PEOPLE for ref in read(file.read_bytes(), file.name).data["ref"]}
    wanted = {f"V{i}" for i in (*range(1, 12), 17, 18, 19, 20)} | {f"more-{i}" for i in range(1, 11)}
    assert wanted - told == set()
