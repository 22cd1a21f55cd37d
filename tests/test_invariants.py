"""What must hold for everybody, on 20,000 random people: complete and partial, unsure and unable included."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random

import pytest
from support.random_people import People

from assess.export.formats import FORMATS, render
from assess.inference.columns import COLUMNS, infer_all, person_of
from assess.inference.infer import closed, triage
from assess.inference.invariants import subjects, violations
from assess.interview.outcome import age
from assess.model import words
from assess.model.answers import Answers
from assess.model.conclusions import Conclusions
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan
from assess.plan.invariants import broken
from assess.plan.make import Person, make_plan

SEEDS = range(20)
PEOPLE_A_SEED = 1_000


def crowd(knowledge: KnowledgeBase, at: datetime, seed: int) -> list[Answers]:
    """Random people as a plan reads them."""
    rng, people = Random(seed), People(knowledge, at)
    return [
        closed(knowledge, Answers(people.person(rng), at, True, people.clearances(rng)), at)
        for _ in range(PEOPLE_A_SEED)
    ]


def plan_of(knowledge: KnowledgeBase, answers: Answers, at: datetime, found: Conclusions) -> Plan:
    outcome = triage(knowledge, found, answers, at)
    return make_plan(knowledge, Person(answers, age(knowledge, answers, at), at.date()), found, outcome)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_invariant_is_broken_by_anybody(seed: int, knowledge: KnowledgeBase, at: datetime) -> None:
    people = crowd(knowledge, at, seed)
    columns, leaves = infer_all(knowledge, people, [at] * len(people))
    everybody = (1 << len(people)) - 1
    wrong = {
        f"{b.invariant} {b.item} {b.side}": [i for i in range(len(people)) if where >> i & 1][:3]
        for b, where in violations(knowledge, COLUMNS, leaves, columns)
        if where & everybody
    }
    assert wrong == {}
    programs = set()
    for i, answers in enumerate(people):
        found = person_of(columns, i)
        outcome = triage(knowledge, found, answers, at)
        if outcome.open and not outcome.stops:
            continue  # no plan is made of an open triage
        plan = plan_of(knowledge, answers, at, found)
        programs.add(plan.program)
        assert list(broken(knowledge, plan)) == [], (seed, i)
        allowed = {k.id for k, (true, _) in found.pairs.items() if k.kind == words.ELIGIBLE and true}
        assert {e.id for e in plan.exercises} | {r.id for r in plan.relief} <= allowed, (seed, i)
    assert programs == {"none", "comfort", "corrective"}, "the crowd must reach every kind of plan"


def test_every_invariant_speaks_of_something(knowledge: KnowledgeBase) -> None:
    """An invariant whose selection is empty could not fail; the one on minor muscles waits for their exercises."""
    silent = {
        i.id for i in knowledge.invariants.values() if i.scope == "rules" and not list(subjects(knowledge, i.never))
    }
    assert silent == {"no-minor-muscle-unless-unlocked"}


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("seed", range(3))
def test_no_text_holds_a_word_that_must_not_be_there(
    fmt: str, seed: int, knowledge: KnowledgeBase, at: datetime
) -> None:
    people = crowd(knowledge, at, 100 + seed)[:150]
    columns, _ = infer_all(knowledge, people, [at] * len(people))
    patterns = {p: i.id for i in knowledge.invariants.values() if i.scope == "text" for p in i.no_match}
    for index, answers in enumerate(people):
        plan = plan_of(knowledge, answers, at, person_of(columns, index))
        shown = visible(render(knowledge, plan, fmt), plan, fmt)
        hits = {name: m.group(0) for p, name in patterns.items() if (m := re.search(p, shown))}
        assert hits == {}


def visible(text: str, plan: Plan, fmt: str) -> str:
    """What a person reads: titles of sources are citations, and JSON keys and ids are the field's own words."""
    for title in plan.sources.values():
        text = text.replace(title, "")
    if fmt == "json":
        return "\n".join(re.findall(r'"(?:text|title|say|lay|honesty|feel|easier|harder|elsewhere)": "([^"]*)"', text))
    return re.sub(r"\[[^\]]*\]", "", text.partition("Sources and how this was made")[0])


def test_time_never_turns_an_emergency_into_less(knowledge: KnowledgeBase, at: datetime) -> None:
    """Ages and durations are those of the triage, so the day of reading changes no level."""
    people = crowd(knowledge, at, 7)[:200]
    now, _ = infer_all(knowledge, people, [at] * len(people))
    for i, answers in enumerate(people):
        first = triage(knowledge, person_of(now, i), answers, at)
        later = closed(knowledge, answers, at + timedelta(days=400))
        assert later.values == answers.values
        assert first.level in words.LEVELS
