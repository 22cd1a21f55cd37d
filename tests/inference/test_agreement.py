"""The engines agree: experta's session, the evaluator (one person, and columns of people), the network, CLIPS, and
a tiny interpreter; on the real knowledge and on random programs; with answers given, changed and taken back.

CLIPS and the interpreter read answers through `support.leaf_reference`, written apart from `assess.inference.leaves`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clips_judge import ClipsJudge
from support.feeding import Fed
from support.leaf_reference import LeafReference
from support.random_people import MOODS, People
from support.random_programs import Maker, opaque, truths
from support.sessions import plain_lines, tell
from support.three_valued import Interpreter, Truth, by_head, number, pair

from assess.inference.columns import infer_all, person_of
from assess.inference.compile import compile_rules
from assess.inference.infer import infer
from assess.inference.leaves import Leaves, Person
from assess.inference.session import Answer, Session
from assess.model.answers import Answers, Clearance, Value
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import PERSON, Algebra, evaluate
from assess.rules.nodes import Leaf, walk
from assess.rules.strata import Program

SEEDS, STEPS, JUDGED_EVERY, PERSON_CHANGES_EVERY = range(10), 500, 16, 125
PROGRAM_SEEDS, PROGRAMS, CHANGES = range(8), 25, 12
assert len(SEEDS) * STEPS >= 5_000
assert len(SEEDS) * (STEPS // JUDGED_EVERY) >= 300
assert len(PROGRAM_SEEDS) * PROGRAMS * CHANGES >= 2_000
COLUMN = 64
"""People in one bit column."""

Pairs = Mapping[Hashable, tuple[bool, bool]]


@pytest.fixture(scope="module")
def people(knowledge: KnowledgeBase, at: datetime) -> People:
    return People(knowledge, at)


@pytest.fixture(scope="module")
def judge(knowledge: KnowledgeBase) -> Iterator[ClipsJudge]:
    """CLIPS on the real rules, built once in a process."""
    clips = ClipsJudge(compile_rules(knowledge))
    yield clips
    clips.close()


def differing(one: Pairs, other: Pairs) -> dict[Hashable, tuple[object, object]]:
    """The heads on which two sets of conclusions differ, with both pairs."""
    return {head: (one.get(head), other.get(head)) for head in {*one, *other} if one.get(head) != other.get(head)}


# -- the real knowledge ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_session_says_what_the_evaluator_and_clips_say_after_every_change(
    seed: int, knowledge: KnowledgeBase, at: datetime, people: People, judge: ClipsJudge
) -> None:
    """One session, one answer at a time; odd seeds begin with a loaded file that holds clinicians' agreements."""
    rng = Random(seed)
    values: dict[str, Value] = {}
    cleared: tuple[Clearance, ...] = ()
    session = Session(knowledge, at)
    if seed % 2:
        values, cleared = people.person(rng), people.clearances(rng)
        session.load(Answers(values, cleared=cleared))
    rules = by_head(compile_rules(knowledge).rules)
    toward: Mapping[str, Value] = {}
    for step in range(STEPS):
        if step % PERSON_CHANGES_EVERY == 0:
            toward = people.person(rng, MOODS[(seed + step // PERSON_CHANGES_EVERY) % len(MOODS)])
        answer, value = people.change(rng, values, toward)
        if value is None:
            values.pop(answer, None)
            session.withdraw(answer)
        else:
            values[answer] = value
            session.answer(answer, value)
        by_rules = infer(knowledge, Answers(values, cleared=cleared), at)
        assert session.conclusions() == by_rules, (step, answer, differing(session.conclusions().pairs, by_rules.pairs))
        if step % JUDGED_EVERY == JUDGED_EVERY - 1:
            leaf = LeafReference(knowledge, values, at, standing(cleared, at))
            assert differing(by_rules.pairs, judge.conclusions(leaf)) == {}, (step, values)
            assert differing(by_rules.pairs, Interpreter(rules, leaf).everything()) == {}, (step, values)
    assert {fact["id"] for fact in session.facts.values() if isinstance(fact, Answer)} >= set(values)
    assert session.agenda.activations == []


@pytest.mark.parametrize("seed", range(4))
def test_every_test_on_answers_means_what_the_reference_says(
    seed: int, knowledge: KnowledgeBase, at: datetime, people: People
) -> None:
    """Leaf by leaf, on people who answer everything at random."""
    rng = Random(seed)
    nodes = {node for rule in compile_rules(knowledge).rules for node in walk(rule.when) if isinstance(node, Leaf)}
    for _ in range(100):
        answers = Answers(people.person(rng, MOODS[rng.choice((3, 4, 5))]), cleared=people.clearances(rng))
        leaves = Leaves(knowledge, PERSON, Person(knowledge, answers, at))
        reference = LeafReference(knowledge, answers.values, at, standing(answers.cleared, at))
        by_leaves = {node: tuple(map(bool, leaves(node))) for node in nodes}
        assert differing(by_leaves, {node: pair(number(reference(node))) for node in nodes}) == {}


def standing(cleared: tuple[Clearance, ...], at: datetime) -> set[str]:
    """The agreements that are not older than twelve weeks."""
    return {c.reason for c in cleared if at.date() <= c.on + timedelta(days=84)}


def test_the_random_people_get_everything_from_an_emergency_to_a_plan(
    knowledge: KnowledgeBase, at: datetime, people: People
) -> None:
    """The states compared above are worth comparing: all kinds of conclusion come out true, false and not known."""
    rng = Random(0)
    seen: set[tuple[str, tuple[bool, bool]]] = set()
    plans = stops = 0
    for i in range(120):
        pairs = infer(knowledge, Answers(people.person(rng, MOODS[i % len(MOODS)])), at).pairs
        seen |= {(key.kind, p) for key, p in pairs.items()}
        stops += any(
            pairs[Key("level", row.id)][0] for row in knowledge.rows.values() if row.level in ("emergency", "same-day")
        )
        plans += pairs[Key("gate", "corrective")][0] and any(p[0] for k, p in pairs.items() if k.kind == "eligible")
    true, false, open_ = (True, False), (False, True), (False, False)
    decidable = {key.kind for key in compile_rules(knowledge).by_head if isinstance(key, Key)}
    assert {kind for kind, p in seen if p == true} == decidable
    assert {kind for kind, p in seen if p == false} == decidable
    assert {kind for kind, p in seen if p == open_} >= {"triage", "level", "modifier", "bar", "finding", "eligible"}
    assert plans >= 10
    assert stops >= 40


@settings(max_examples=12, deadline=None, database=None)
@given(seed=st.integers(0, 10**9), order=st.integers(0, 10**9))
def test_a_loaded_file_and_the_same_answers_one_by_one_in_any_order_come_to_the_same(
    seed: int, order: int, knowledge: KnowledgeBase, at: datetime, people: People
) -> None:
    values = people.person(Random(seed))
    loaded, asked = Session(knowledge, at), Session(knowledge, at)
    loaded.load(Answers(values))
    answers = list(values)
    Random(order).shuffle(answers)
    for answer in answers:
        asked.answer(answer, values[answer])
    assert differing(loaded.conclusions().pairs, asked.conclusions().pairs) == {}
    for key in compile_rules(knowledge).by_head:
        assert isinstance(key, Key)
        assert loaded.proof(key) == asked.proof(key)


@settings(max_examples=12, deadline=None, database=None)
@given(seeds=st.lists(st.integers(0, 10**9), min_size=2, max_size=4), days=st.integers(0, 400))
def test_a_session_keeps_nothing_of_who_was_there_before(
    seeds: list[int], days: int, knowledge: KnowledgeBase, at: datetime, people: People
) -> None:
    """Also not of a person in the middle of being asked, and each at a moment of their own."""
    session = Session(knowledge, at)
    for seed in seeds:
        session.begin(at)
        session.load(Answers(people.person(Random(seed)), cleared=people.clearances(Random(seed))))
        session.answer(*next(iter(people.person(Random(seed + 1)).items())))
    later, values = at + timedelta(days=days), people.person(Random(days))
    fresh = Session(knowledge, later)
    fresh.load(Answers(values))
    session.begin(later)
    session.load(Answers(values))
    assert differing(session.conclusions().pairs, fresh.conclusions().pairs) == {}
    for key in compile_rules(knowledge).by_head:
        assert isinstance(key, Key)
        assert session.proof(key) == fresh.proof(key)


def test_answers_all_taken_back_leave_what_holds_of_nobodys_answers(
    knowledge: KnowledgeBase, at: datetime, people: People
) -> None:
    rng = Random(5)
    values = people.person(rng, MOODS[0])
    session = Session(knowledge, at)
    before = session.conclusions()
    session.load(Answers(values))
    assert session.conclusions() != before
    for answer in rng.sample(list(values), len(values)):
        session.withdraw(answer)
    assert session.conclusions() == before == infer(knowledge, Answers(), at)


@pytest.mark.parametrize("seed", range(2))
def test_a_cohort_in_columns_comes_to_the_same_as_its_people_one_by_one(
    seed: int, knowledge: KnowledgeBase, people: People, at: datetime
) -> None:
    """Each person at a moment of their own."""
    rng = Random(seed)
    crowd = [Answers(people.person(rng), cleared=people.clearances(rng)) for _ in range(COLUMN)]
    moments = [at + timedelta(days=rng.randint(0, 400)) for _ in crowd]
    columns, _ = infer_all(knowledge, crowd, moments)
    for i, (answers, moment) in enumerate(zip(crowd, moments, strict=True)):
        assert differing(person_of(columns, i).pairs, infer(knowledge, answers, moment).pairs) == {}


# -- random programs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", PROGRAM_SEEDS)
def test_on_random_programs_all_engines_agree_after_every_change(
    seed: int, knowledge: KnowledgeBase, at: datetime
) -> None:
    """Evaluator, network, experta's session, CLIPS and the interpreter, on leaves that change a few at a time."""
    rng = Random(seed)
    leaves = plain_lines(knowledge)[:9]
    for _ in range(PROGRAMS):
        program = Maker(rng, leaves).program(strata=rng.randint(1, 4), heads=rng.randint(1, 4))
        clips, fed, session = ClipsJudge(program), Fed(program), Session(knowledge, at, program)
        now: dict[Leaf, Truth] = dict.fromkeys(leaves)
        for _ in range(CHANGES):
            change = truths(rng, rng.sample(leaves, rng.choice((1, 1, 2, 4, 9))))
            now |= change
            fed.tell(change)
            tell(session, change)
            expected = Interpreter(by_head(program.rules), now.__getitem__).everything()
            told = (program.rules, now)
            assert differing(by_evaluator(program, now), expected) == {}, told
            assert differing(fed.conclusions(), expected) == {}, told
            assert differing(session.conclusions().pairs, expected) == {}, told
            assert differing(clips.conclusions(now.__getitem__), expected) == {}, told
        clips.close()


def by_evaluator(program: Program, leaves: Mapping[Leaf, Truth]) -> Pairs:
    """The evaluator on one person."""
    found = evaluate(program, PERSON, elements_of(leaves.__getitem__))
    return {head: (bool(true), bool(false)) for head, (true, false) in found.items()}


def elements_of(leaf: Callable[[Leaf], Truth]) -> Callable[[Leaf], tuple[int, int]]:
    """Truths as the elements of one person: -1 and 0."""
    return lambda node: tuple(-int(known) for known in pair(number(leaf(node))))


@pytest.mark.parametrize("algebra", [PERSON, Algebra(-1, 0)], ids=["skips-zeros", "never-looks"])
@pytest.mark.parametrize("seed", PROGRAM_SEEDS)
def test_sixty_four_people_in_bit_columns_come_to_the_same_as_one_by_one(seed: int, algebra: Algebra) -> None:
    rng = Random(100 + seed)
    leaves = opaque(10)
    for _ in range(6):
        program = Maker(rng, leaves).program(strata=3, heads=3)
        crowd = [truths(rng, leaves) for _ in range(COLUMN)]
        columns = {
            leaf: tuple(sum((person[leaf] is want) << i for i, person in enumerate(crowd)) for want in (True, False))
            for leaf in leaves
        }
        found = evaluate(program, algebra, columns.__getitem__)
        for i, person in enumerate(crowd):
            mine = {head: (bool(t >> i & 1), bool(f >> i & 1)) for head, (t, f) in found.items()}
            assert mine == by_evaluator(program, person)


def test_random_programs_hold_every_kind_of_node() -> None:
    """And rules that share a head, and several strata: the programs above are worth comparing."""
    rng = Random(0)
    kinds: set[str] = set()
    shared = strata = 0
    for _ in range(PROGRAMS):
        program = Maker(rng, opaque(9)).program(strata=4, heads=4)
        kinds |= {type(node).__name__ for rule in program.rules for node in walk(rule.when)}
        shared += len(program.rules) > len(program.by_head)
        strata = max(strata, *program.stratum.values())
    assert kinds == {"Leaf", "Atom", "Not", "Known", "AllOf", "AnyOf", "AtLeast", "Score"}
    assert shared > 5
    assert strata >= 3
