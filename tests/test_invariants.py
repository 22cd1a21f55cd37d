"""What must hold for everybody, on 20,000 random people: complete and partial, unsure and unable included."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from random import Random

import pytest
from support.as_text import READ, as_text
from support.random_people import People

from assess.errors import AnswerNeeded
from assess.export.formats import render
from assess.inference.cases import answers_of
from assess.inference.columns import COLUMNS, infer_all, person_of
from assess.inference.infer import closed, infer, triage
from assess.inference.invariants import subjects, violations
from assess.interview.outcome import age, assess_answers
from assess.model import words
from assess.model.answers import Answers
from assess.model.conclusions import Conclusions
from assess.model.conditions import Compare
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase, Row
from assess.model.plan import Plan
from assess.plan.invariants import broken
from assess.plan.make import Person, make_plan
from assess.rules.nodes import Leaf, walk

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
    """An invariant whose selection is empty cannot fail: these two say that there is no such exercise at all."""
    silent = {
        i.id for i in knowledge.invariants.values() if i.scope == "rules" and not list(subjects(knowledge, i.never))
    }
    assert silent == {"no-neck-exercise-to-the-limit", "no-stretch-of-the-holding-muscles-above"}


@pytest.mark.parametrize("fmt", READ)
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


ELSEWHERE = {
    "id",
    "sources",
    "muscle",
    "role",
    "tier",
    "kind",
    "code",
    "side",
    "level",
    "likelihood",
    "evidence",
    "name",
    "answers",
    "knowledge",
    "rides_on",
    "program",
}
"""Keys of the plan JSON under which ids, codes and citations stand: the field's own words, which nobody reads."""


def visible(made: str | bytes, plan: Plan, fmt: str) -> str:
    """What a person reads, on one line: wrapped lines are joined, and titles of sources are citations."""
    text = as_text(made, fmt)
    if fmt == "json":
        return "\n".join(said(json.loads(text)))
    shown = " ".join(re.sub(r"\\(.)", r"\1", text).split())
    for title in plan.sources.values():
        shown = shown.replace(title, "")
    return re.sub(r"\[[^\[\]]*\]", "", shown)


def said(value: object, key: str = "") -> Iterator[str]:
    """Every string of a plan's JSON that a person reads."""
    if isinstance(value, dict):
        for inner, part in value.items():
            if inner not in ELSEWHERE:
                yield from said(part, inner)
    elif isinstance(value, list):
        for part in value:
            if key != "findings" or isinstance(part, dict):  # of a target they are ids, of a plan they have texts
                yield from said(part, key)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("fmt", [*READ, "pdf"])
def test_a_word_that_must_not_be_there_is_seen_wherever_it_stands(
    fmt: str, knowledge: KnowledgeBase, at: datetime
) -> None:
    """In any text of the plan, and also where it is wrapped over two lines."""
    answers = Answers(healthy(knowledge), at, True)
    plan = plan_of(knowledge, answers, at, infer(knowledge, answers, at))
    first, *others = plan.exercises
    bad = f"{'x' * 50} This has a success rate"  # the last words fall on the next line
    assert "success rate" not in visible(render(knowledge, plan, fmt), plan, fmt)
    for changed in (
        replace(plan, watch_list=(*plan.watch_list, bad)),
        replace(plan, flare_card=(bad,)),
        replace(plan, stop_signs=(bad,)),
        replace(plan, exercises=(replace(first, steps=(bad,)), *others)),
        replace(plan, exercises=(replace(first, because=(bad,)), *others)),
        replace(plan, triage=replace(plan.triage, action=(bad,))),
        replace(plan, notice=bad),
        replace(plan, expect=(bad,)),
    ):
        assert re.search(r"\bsuccess rate", visible(render(knowledge, changed, fmt), changed, fmt)), fmt


# -- time -----------------------------------------------------------------------------------------------------


def ages(row: Row) -> set[float]:
    """The ages at which a row begins or ends to hold."""
    tests = [n.test for n in walk(row.when) if isinstance(n, Leaf) and isinstance(n.test, Compare)]
    return {t.limit + (t.op in ("above", "at_most")) for t in tests if t.of == words.AGE}


def born(at: datetime, age: float, days: int) -> str:
    """The birth date of somebody who reaches an age so many days after a moment."""
    birthday = at.date() + timedelta(days=days)
    return birthday.replace(year=birthday.year - int(age)).isoformat()


def level_on(knowledge: KnowledgeBase, answers: Answers, on: datetime) -> tuple[str, ...]:
    """Level and reasons on a day, or what keeps a plan from being made."""
    try:
        found = assess_answers(knowledge, answers, on).triage
    except AnswerNeeded as error:
        return ("needed", error.message)
    return (found.level, *(r.row.id for r in found.reasons))


def test_time_never_turns_an_emergency_into_less(knowledge: KnowledgeBase, at: datetime) -> None:
    """Ages and durations are those of the triage: a birthday on the way changes no level, up or down.

    Everybody is somebody of a row's own cases, one for each thing that they expect, and reaches one of the row's ages
    on the day after the triage.
    """
    birth = knowledge.by_role(words.BIRTH_DATE)
    assert birth is not None
    levels = set()
    for row in knowledge.triage.values():
        for age_reached, case in product(sorted(ages(row)), {case.expect: case for case in row.cases}.values()):
            values = answers_of(knowledge, case, at).values
            answers = Answers({**values, birth.id: born(at, age_reached, 1)}, at, True)
            first, soon, late = (level_on(knowledge, answers, at + timedelta(days=days)) for days in (0, 13, 400))
            levels.add(first[0])
            assert soon == first, (row.id, case.says)
            assert late == first if first[0] in words.STOPPING else late[0] == "needed", (row.id, case.says)
    assert {words.EMERGENCY, words.SAME_DAY, words.SELF_CARE} <= levels
