"""What if: the smallest changes, exactly; never over an answer about safety."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import combinations, product
from random import Random

import pytest
from support.random_people import MOODS, People
from support.small import HERE, check, line, measure, row, small

from assess.inference import what_if as module
from assess.inference.compile import compile_rules
from assess.inference.infer import closed, infer, triage
from assess.inference.leaves import inputs
from assess.inference.what_if import Change, WhatIf, safety_answers, what_if
from assess.model.answers import Answers, Unable, Value
from assess.model.conditions import Compare, Is, Key
from assess.model.healthy import healthy
from assess.model.knowledge import Exercise, KnowledgeBase, Measure
from assess.rules.nodes import FALSE, AllOf, AnyOf, Atom, Leaf, Node, Not, walk

OUTCOMES = ("finding", "pattern", "eligible")
SEEDS = 45
KEYS = 12


def found(knowledge: KnowledgeBase, answers: Answers, at: datetime, key: Key) -> WhatIf:
    conclusions = infer(knowledge, answers, at)
    return what_if(knowledge, answers, at, (conclusions, triage(knowledge, conclusions, answers, at)), key)


def changed(answers: Answers, changes: tuple[Change, ...]) -> Answers:
    for change in changes:
        answers = answers.having(change.answer, change.to)
    return answers


def read_by_safety(knowledge: KnowledgeBase) -> set[str]:
    """What triage, modifiers, levels and bars read, found apart from the module under test."""
    rules = compile_rules(knowledge).by_head
    waiting = [h for h in rules if isinstance(h, Key) and h.kind in ("triage", "modifier", "level", "bar")]
    seen: set[object] = set(waiting)
    read: set[str] = set()
    while waiting:
        for rule in rules[waiting.pop()]:
            for node in walk(rule.when):
                if isinstance(node, Atom) and node.key not in seen:
                    assert isinstance(node.key, Key)
                    seen.add(node.key)
                    waiting.append(node.key)
                elif isinstance(node, Leaf):
                    assert isinstance(node.test, Is | Compare)
                    read |= inputs(knowledge, node.test)
    return read


def people(knowledge: KnowledgeBase, at: datetime) -> list[tuple[Random, Answers]]:
    out = []
    domain = People(knowledge, at)
    for seed in range(SEEDS):
        rng = Random(seed)
        mood = MOODS[0] if seed % 3 else rng.choice(MOODS)
        values = domain.person(rng, mood)
        if seed % 3 == 1:  # a healthy person who did every check
            values = healthy(knowledge) | {k: v for k, v in values.items() if "." in k and not k.endswith("compared")}
        out.append((rng, closed(knowledge, Answers(values, at, complete=True), at)))
    return out


def test_a_change_flips_the_outcome_and_leaves_all_of_safety_as_it_is(knowledge: KnowledgeBase, at: datetime) -> None:
    """Of random people and random outcomes. Some changes were found, of one and of two answers."""
    never = read_by_safety(knowledge) | {q.id for q in knowledge.questions.values() if q.private or q.required}
    birth = knowledge.by_role("birth-date")
    assert birth
    assert birth.id in never
    assert never <= safety_answers(knowledge)
    sizes = {1: 0, 2: 0}
    for rng, answers in people(knowledge, at):
        before = infer(knowledge, answers, at)
        level = triage(knowledge, before, answers, at)
        keys = [k for k in before.pairs if k.kind in OUTCOMES]
        keys = [*rng.sample(keys, KEYS), *rng.sample([k for k in keys if k.kind == "finding"], KEYS)]
        for key in keys:
            told = what_if(knowledge, answers, at, (before, level), key)
            assert told.holds == before.pairs[key][0]
            for changes in told.changes[:3]:
                sizes[len(changes)] += 1
                assert not {c.answer for c in changes} & never
                assert [c.was for c in changes] == [answers.values.get(c.answer) for c in changes]
                after = infer(knowledge, changed(answers, changes), at)
                assert after.pairs[key][0] != told.holds, (key, changes)
                same = ("triage", "modifier", "level", "bar", "gate")
                assert {k: v for k, v in after.pairs.items() if k.kind in same} == {
                    k: v for k, v in before.pairs.items() if k.kind in same
                }
                assert triage(knowledge, after, changed(answers, changes), at) == level
    assert min(sizes.values()) > 10, sizes


def test_only_checks_that_may_be_done_are_proposed(knowledge: KnowledgeBase, at: datetime) -> None:
    """A result of a check that is barred, or was not possible for the person, is not for trying out."""
    for rng, answers in people(knowledge, at):
        before = infer(knowledge, answers, at)
        level = triage(knowledge, before, answers, at)
        for key in rng.sample([k for k in before.pairs if k.kind in OUTCOMES], KEYS):
            for change in (
                c for changes in what_if(knowledge, answers, at, (before, level), key).changes for c in changes
            ):
                name = change.answer.partition(".")[0]
                assert name in knowledge.questions or before.holds("eligible", name)
                assert not isinstance(change.was, Unable)


# -- on small knowledge, against every change there is -------------------------------------------------------------

RANGE = range(11)


def tiny(real: KnowledgeBase, seed: int) -> tuple[KnowledgeBase, dict[str, tuple[Value, ...]], Answers, Key]:
    """A check of three measures and a wish, a finding with a random rule, and a person."""
    rng = Random(seed)
    measures = (
        Measure("a", "a", "number", {}, 0, 10, 1, "points", 0),
        Measure("b", "b", "number", {}, 0, 10, 1, "points", 0),
        measure("c"),
    )

    def leaf() -> Node:
        name = rng.choice("abcw")
        if name in "ab":
            op = rng.choice(("at_least", "above", "at_most", "below"))
            return Leaf(Compare(f"look.{name}", op, rng.randint(1, 9), "points"))
        return Leaf(Is("wish" if name == "w" else "look.c", rng.choice(("yes", "no"))))

    def node(depth: int) -> Node:
        if depth == 0:
            return leaf()
        match rng.randrange(4):
            case 0:
                return AnyOf((node(depth - 1), node(depth - 1)))
            case 1:
                return Not(node(depth - 1))
            case _:
                return AllOf((node(depth - 1), node(depth - 1)))

    base = small(real, check("look", measures, node(3)), line("wish", topic="goals"))
    numbers = {f"look.{m}": tuple(RANGE) for m in "ab"}
    domain: dict[str, tuple[Value, ...]] = {**numbers, "look.c": ("yes", "no"), "wish": ("yes", "no")}
    values = {a: rng.choice(v) for a, v in domain.items() if rng.random() < 0.7}
    return base, domain, Answers(values), Key("finding", "look-found")


def flips(base: KnowledgeBase, answers: Answers, at: datetime, key: Key, change: dict[str, Value]) -> bool:
    now, then = (infer(base, a, at).pairs[key][0] for a in (answers, Answers({**answers.values, **change})))
    return now != then


@pytest.mark.parametrize("seed", range(60))
def test_there_is_no_smaller_and_no_nearer_change(seed: int, knowledge: KnowledgeBase, at: datetime) -> None:
    """Every change of one answer, then of two, tried one by one; a stretch of a number ends where it no longer does."""
    base, domain, answers, key = tiny(knowledge, seed)
    told = found(base, answers, at, key)
    ones = {
        (a, v)
        for a, values in domain.items()
        for v in values
        if v != answers.values.get(a) and flips(base, answers, at, key, {a: v})
    }
    assert not told.barriers
    if told.safety_only:
        assert not ones
        return
    if ones:
        assert {len(changes) for changes in told.changes} == {1}
        assert {changes[0].answer for changes in told.changes} == {a for a, _ in ones}
        for (change,) in told.changes:
            doing = {v for a, v in ones if a == change.answer}
            if change.least is None or change.most is None:
                assert change.to in doing
                continue
            assert {*range(int(change.least), int(change.most) + 1)} <= doing
            assert {change.least - 1, change.most + 1} & doing == set()
            if isinstance(change.was, int):
                assert abs(int(str(change.to)) - change.was) == min(abs(int(str(v)) - change.was) for v in doing)
        return
    pairs = {
        (a, b)
        for a, b in combinations(sorted(domain), 2)
        for v, w in product(domain[a], domain[b])
        if v != answers.values.get(a) and w != answers.values.get(b) and flips(base, answers, at, key, {a: v, b: w})
    }
    assert {tuple(sorted(c.answer for c in changes)) for changes in told.changes} == pairs


def test_the_small_ones_show_every_size(knowledge: KnowledgeBase, at: datetime) -> None:
    """The comparison above is not empty: changes of one and of two answers, and none at all, all occur."""
    sizes = set()
    for seed in range(60):
        base, _, answers, key = tiny(knowledge, seed)
        sizes.add(max((len(c) for c in found(base, answers, at, key).changes), default=0))
    assert sizes == {0, 1, 2}


def sided(real: KnowledgeBase, when: Node) -> KnowledgeBase:
    """A check with sides, for what lies between them."""
    look = check("look", (Measure("a", "a", "number", {}, 0, 20, 0.5, "points", 0),), when)
    return small(real, replace(look, sided=True))


def test_the_difference_of_the_sides_turns_where_the_other_side_says(knowledge: KnowledgeBase, at: datetime) -> None:
    base = sided(knowledge, Leaf(Compare("look.a", "at_least", 5, "points", take="difference")))
    key = Key("finding", "look-found")
    told = found(base, Answers({"look.a.left": 9, "look.a.right": 8}), at, key)
    assert told.changes == (
        (Change("look.a.left", 9, 13, 13, 20),),
        (Change("look.a.right", 8, 4, 0, 4),),
    )
    told = found(base, Answers(), at, key)
    assert [[c.answer for c in changes] for changes in told.changes] == [["look.a.left", "look.a.right"]]


def test_it_says_when_it_stopped_looking(
    knowledge: KnowledgeBase, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = sided(knowledge, Leaf(Compare("look.a", "at_least", 5, "points", take="difference")))
    key = Key("finding", "look-found")
    assert found(base, Answers(), at, key).tried_all
    monkeypatch.setattr(module, "MOST", 1)
    told = found(base, Answers(), at, key)
    assert (told.changes, told.tried_all) == ((), False)


# -- what is never offered ------------------------------------------------------------------------------------------


def test_a_measure_that_a_warning_sign_reads_is_never_proposed(knowledge: KnowledgeBase, at: datetime) -> None:
    """The same finding by another measure is; and a question in between does not hide what it stands for."""
    one, two = (Leaf(Is(f"look.{m}", "yes")) for m in "ab")
    measures = (measure("a"), measure("b"))
    key = Key("finding", "look-found")
    base = small(knowledge, check("look", measures, AnyOf((one, two))))
    assert {c.answer for (c,) in found(base, Answers(), at, key).changes} == {"look.a", "look.b"}
    base = small(knowledge, check("look", measures, AnyOf((one, two))), row("sign", one, level="caution"))
    assert {c.answer for (c,) in found(base, Answers(), at, key).changes} == {"look.b"}
    base = small(knowledge, check("look", measures, AnyOf((one, two))), row("sign", Atom(key), level="caution"))
    assert found(base, Answers(), at, key) == WhatIf(key, holds=False, safety_only=True)


def test_what_an_exercise_refuses_for_itself_is_not_talked_away(knowledge: KnowledgeBase, at: datetime) -> None:
    """What stands below a `not` of its needs is a bar of its own, for it and for all others."""
    electric, wish = Leaf(Is("look.felt", "yes")), Leaf(Is("wish", "yes"))
    muscle = next(m.id for m in knowledge.terms.muscles.values() if m.tier == "major")
    bend = Exercise("bend", "exercise", HERE, "bend", muscle=muscle, needs=AllOf((Not(electric), wish)))
    base = small(knowledge, check("look", (measure("felt"),), electric), line("wish", topic="goals"))
    base = replace(base, exercises={"bend": bend})
    key = Key("eligible", "bend")
    assert [c.answer for (c,) in found(base, Answers({"look.felt": "no"}), at, key).changes] == ["wish"]
    assert found(base, Answers({"look.felt": "yes"}), at, key).changes == ()
    assert found(base, Answers({"look.felt": "yes"}), at, Key("finding", "look-found")).safety_only


def test_a_stop_and_an_open_row_come_first(knowledge: KnowledgeBase, at: datetime) -> None:
    base = small(
        knowledge,
        check("look", (measure("a"),), Leaf(Is("look.a", "yes"))),
        row("sign", Leaf(Is("hurt", "yes"))),
        line("hurt"),
    )
    key = Key("finding", "look-found")
    sign = base.triage["sign"]
    told = found(base, Answers({"hurt": "yes"}), at, key)
    assert (told.barriers, told.changes) == ((module.Barrier(sign, known=True),), ())
    told = found(base, Answers(), at, key)
    assert (told.barriers, told.changes) == ((module.Barrier(sign, known=False),), ())
    assert found(base, Answers({"hurt": "no"}), at, key).changes == ((Change("look.a", None, "yes"),),)


def test_a_bar_is_named_and_nothing_is_offered(knowledge: KnowledgeBase, at: datetime) -> None:
    """On the side where it bars; not known is named as such."""
    key = Key("eligible", "hip-front-stretch", "left")
    thigh: dict[str, Value] = {"modified-thomas.thigh.left": -5, "modified-thomas.back-flat.left": "yes"}
    free = Answers({**healthy(knowledge), **thigh}, at)
    assert [c.answer for (c,) in found(knowledge, free, at, key).changes] == ["modified-thomas.thigh.left"]
    for answer, known in (("no", True), ("unsure", False)):
        told = found(knowledge, free.having("can-kneel", answer), at, key)
        assert [(b.row.id, b.known) for b in told.barriers] == [("cannot-kneel", known)]
        assert told.changes == ()


def test_a_rule_that_nobody_can_reach_has_no_change(knowledge: KnowledgeBase, at: datetime) -> None:
    base = small(knowledge, check("look", (measure("a"),), AllOf((Leaf(Is("look.a", "yes")), FALSE))))
    assert found(base, Answers(), at, Key("finding", "look-found")) == WhatIf(Key("finding", "look-found"), holds=False)


def test_who_somebody_is_and_what_is_private_is_never_proposed(knowledge: KnowledgeBase, at: datetime) -> None:
    when = AnyOf(tuple(Leaf(Is(name, "yes")) for name in ("free", "secret", "needed", "sign", "text")))
    lines = (
        line("free", topic="goals"),
        line("secret", topic="goals", private=True),
        line("needed", topic="goals", required=True),
        line("sign", topic=next(t["id"] for t in knowledge.terms.topics if t["phase"] == "triage")),
        line("text", topic="goals", answer="text"),
    )
    base = small(knowledge, check("look", (measure("a"),), when), *lines)
    key = Key("finding", "look-found")
    assert [c.answer for (c,) in found(base, Answers(), at, key).changes] == ["free"]


def test_a_bar_of_one_side_holds_back_that_side_and_what_is_done_with_both(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    """The row that spares a touchy nerve, on the right only."""
    answers = Answers({**healthy(knowledge), "leg-pain": "right", "slump.response.right": "stays"}, at)

    def barred(name: str, side: str) -> bool:
        return "sensitive-leg-nerve" in {
            b.row.id for b in found(knowledge, answers, at, Key("eligible", name, side)).barriers
        }

    assert [barred("hamstring-stretch-strap", side) for side in ("left", "right")] == [False, True]
    assert barred("slow-hinge", "")
