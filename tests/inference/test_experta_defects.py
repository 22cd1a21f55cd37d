"""What experta 1.9.4 gets wrong and our session does not; D1 ... D16 are numbered as in docs/adr/0003.

D10, D13 and D16 stand in `test_experta_process.py`, the traps of the import in `test_door.py`. Where it is cheap
the shipped behaviour is shown too, so that the reason for our own matcher and strategy stays visible.
"""

from __future__ import annotations

from datetime import datetime
from random import Random

import pytest
from support.random_people import MOODS, People
from support.sessions import key, lines, number_line, yes

from assess.inference import door
from assess.inference.infer import infer
from assess.inference.leaves import Leaves
from assess.inference.session import Answer, Derived, Session
from assess.model.answers import Answers, Unable
from assess.model.conditions import Compare
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import AllOf, AnyOf, Atom, Known, Leaf, Not, Rule
from assess.rules.strata import stratify

EXPERTA = door.experta
MANY = 9
"""Rules that wait at once with one key: the shipped strategy looks at three of them only."""


# -- D1, D2: the agenda ------------------------------------------------------------------------------------------


class Pain(EXPERTA.Fact):
    """Somebody has pain."""


class Flag(EXPERTA.Fact):
    """A red flag, by its number."""


def test_d1_the_shipped_engine_fires_a_rule_although_its_red_flag_is_there() -> None:
    """The rule is one that waits in the middle of the agenda, wherever the shipped engine happened to put it."""
    fired: list[int] = []

    def rule(i: int) -> object:
        return EXPERTA.Rule(Pain(), EXPERTA.NOT(Flag(n=i)))(lambda engine: fired.append(i))

    class Shipped(EXPERTA.KnowledgeEngine):
        def get_rules(self) -> list[object]:
            return rules

    rules = [rule(i) for i in range(MANY)]
    engine = Shipped()
    engine.reset()
    engine.declare(Pain())
    waiting = [rules.index(activation.rule) for activation in engine.agenda.activations]
    assert sorted(waiting) == list(range(MANY))
    flagged = waiting[MANY // 2]
    engine.declare(Flag(n=flagged))
    engine.run()
    assert flagged in fired


def stale_after_a_change(kind: type[Session], knowledge: KnowledgeBase, at: datetime) -> list[int]:
    """Heads that hold in spite of the answer. Head n is `not known: the number is n`; while it changes, all wait."""
    line = number_line(knowledge)

    def at_least(limit: int) -> Leaf:
        return Leaf(Compare(line, "at_least", limit, ""))

    def head(n: int) -> Rule:
        is_n = Known(AllOf((at_least(n), Not(at_least(n + 1)))))
        return Rule(key(str(n)), Not(AnyOf((is_n, Known(at_least(100))))))

    program = stratify(head(n) for n in range(MANY))
    wrong = []
    for n in range(MANY):
        session = kind(knowledge, at, program)
        session.answer(line, 100)
        assert not any(session.conclusions().pairs[key(str(m))][0] for m in range(MANY))
        session.answer(line, n)
        held = [m for m in range(MANY) if session.conclusions().pairs[key(str(m))][0]]
        assert set(held) >= set(range(MANY)) - {n}
        wrong += [n] if n in held else []
    return wrong


def test_d1_our_session_with_the_shipped_strategy_would_conclude_what_does_not_hold(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    class WithShippedStrategy(Session):
        __strategy__ = EXPERTA.KnowledgeEngine.__strategy__

    assert stale_after_a_change(WithShippedStrategy, knowledge, at) != []


def test_d1_our_session_drops_every_rule_that_no_longer_holds(knowledge: KnowledgeBase, at: datetime) -> None:
    assert stale_after_a_change(Session, knowledge, at) == []


def test_d2_rules_fire_lower_strata_first_and_then_in_the_order_of_the_program(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    """One order, whatever addresses and hashes the rules have."""
    session = Session(knowledge, at)
    session.load(Answers(People(knowledge, at).person(Random(2), MOODS[1])))
    place = {(rule.head, rule.rail): i for i, rule in enumerate(session.get_rules())}
    order = [(f["key"], f["rail"]) for f in session.facts.values() if isinstance(f, Derived)]
    asked_of_nobody = [(f["key"], f["rail"]) for f in Session(knowledge, at).facts.values() if isinstance(f, Derived)]
    for fired in (asked_of_nobody, [c for c in order if c not in set(asked_of_nobody)]):
        assert len(fired) > 10
        assert fired == sorted(fired, key=lambda c: (session.program.stratum[session.keys[c[0]]], place[c]))


# -- D3, D4: errors ----------------------------------------------------------------------------------------------


def test_d3_an_error_while_a_rule_fires_does_not_outlive_a_reset(
    knowledge: KnowledgeBase, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(knowledge, at)
    answers = Answers(People(knowledge, at).person(Random(3), MOODS[1]))
    with monkeypatch.context() as patch:
        patch.setattr(Session, "declare", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            session.load(answers)
    session.reset()
    assert not session.running
    assert session.conclusions() == infer(knowledge, Answers(), at)
    session.load(answers)
    assert session.conclusions() == infer(knowledge, answers, at)


def test_d3_the_only_thing_that_a_rule_does_is_to_conclude(knowledge: KnowledgeBase, at: datetime) -> None:
    """One action for all rules: it declares its conclusion and notes its support."""
    session = Session(knowledge, at)
    assert len({rule._wrapped.__code__ for rule in session.get_rules()}) == 1


def test_d4_an_error_while_a_test_is_read_leaves_nothing_to_the_next_person(
    knowledge: KnowledgeBase, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(knowledge, at)
    answers = Answers(People(knowledge, at).person(Random(4), MOODS[4]))
    with monkeypatch.context() as patch:
        patch.setattr(Leaves, "_compare", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            session.load(answers)
    session.reset()
    assert session.agenda.activations == []
    assert session.conclusions() == infer(knowledge, Answers(), at)
    healthy = Answers(People(knowledge, at).person(Random(4), MOODS[0]))
    session.load(healthy)
    assert session.conclusions() == infer(knowledge, healthy, at)


def test_d4_a_reset_forgets_the_person_before(knowledge: KnowledgeBase, at: datetime) -> None:
    session, people = Session(knowledge, at), People(knowledge, at)
    for seed, mood in enumerate((MOODS[0], MOODS[4], MOODS[2])):
        answers = Answers(people.person(Random(seed), mood), cleared=people.clearances(Random(seed)))
        session.load(answers)
        assert session.conclusions() == infer(knowledge, answers, at)
        session.reset()
        assert session.conclusions() == infer(knowledge, Answers(), at)


@pytest.mark.parametrize("value", ["unsure", "a word", Unable("pain"), "7", True, 7.5], ids=str)
def test_d4_a_number_line_that_holds_no_number_raises_nothing(
    value: object, knowledge: KnowledgeBase, at: datetime
) -> None:
    session, line = Session(knowledge, at), number_line(knowledge)
    session.answer(line, value)  # type: ignore[arg-type]
    assert session.conclusions() == infer(knowledge, Answers({line: value}), at)  # type: ignore[dict-item]


# -- D5, D6, D7: the same fact, the same rule --------------------------------------------------------------------


def test_d5_the_same_answer_again_changes_nothing_and_can_still_be_taken_back(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    session, line = Session(knowledge, at), lines(knowledge)[0]
    before = session.conclusions()
    session.answer(line, "yes")
    told = session.conclusions()
    session.answer(line, "yes")
    assert session.conclusions() == told
    session.withdraw(line)
    assert session.conclusions() == before
    session.withdraw(line)
    assert session.conclusions() == before


def test_d5_one_and_true_and_one_point_nought_are_three_answers_and_never_two_facts(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    session, line = Session(knowledge, at), number_line(knowledge)
    kept = []
    for value in (1, True, 1.0, 1):
        session.answer(line, value)
        (fact,) = (f for f in session.facts.values() if isinstance(f, Answer))
        kept.append(fact["value"])
        assert session.given[line] is value
        assert session.conclusions() == infer(knowledge, Answers({line: value}), at)
    assert len(set(kept)) == 3


def test_d6_a_head_with_several_true_disjuncts_is_concluded_once(knowledge: KnowledgeBase, at: datetime) -> None:
    asked = lines(knowledge)[:4]
    program = stratify([Rule(key("any"), AnyOf(tuple(map(yes, asked))))])
    session = Session(knowledge, at, program)
    for line in asked:
        session.answer(line, "yes")
    assert [f["rail"] for f in session.facts.values() if isinstance(f, Derived)] == ["true"]


def test_d7_rules_that_look_alike_are_all_kept(knowledge: KnowledgeBase, at: datetime) -> None:
    """Two heads with one condition both hold, and a head with two equal rules has both as its proof."""
    line = lines(knowledge)[0]
    twice = [Rule(key("one"), yes(line)), Rule(key("two"), yes(line)), Rule(key("two"), yes(line))]
    session = Session(knowledge, at, stratify(twice))
    session.answer(line, "yes")
    assert session.conclusions().pairs == {key("one"): (True, False), key("two"): (True, False)}
    assert session.proof(key("one")) == (twice[0],)
    assert session.proof(key("two")) == (twice[1], twice[2])


# -- D8, D9: facts that stay, facts that are shared ----------------------------------------------------------------


def test_d8_what_followed_from_an_answer_goes_with_it_but_not_before_its_last_support(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    one, two, *_ = lines(knowledge)
    program = stratify(
        [Rule(key("low"), yes(one)), Rule(key("low"), yes(two)), Rule(key("top"), AllOf((Atom(key("low")),)))]
    )
    session = Session(knowledge, at, program)
    session.answer(one, "yes")
    session.answer(two, "yes")
    assert session.conclusions().pairs == {key("low"): (True, False), key("top"): (True, False)}
    session.withdraw(one)
    assert session.conclusions().pairs == {key("low"): (True, False), key("top"): (True, False)}
    session.withdraw(two)
    assert session.conclusions().pairs == {key("low"): (False, False), key("top"): (False, False)}
    session.answer(one, "no")
    session.answer(two, "no")
    assert session.conclusions().pairs == {key("low"): (False, True), key("top"): (False, True)}


def test_d9_two_sessions_with_the_same_answers_share_no_fact(knowledge: KnowledgeBase, at: datetime) -> None:
    """Taking an answer back in one leaves the other as it was."""
    answers = Answers(People(knowledge, at).person(Random(9), MOODS[2]))
    one, other = Session(knowledge, at), Session(knowledge, at)
    other.answer(number_line(knowledge), 3)
    one.load(answers)
    other.withdraw(number_line(knowledge))
    other.load(answers)
    assert {id(f) for f in one.facts.values()} & {id(f) for f in other.facts.values()} == set()
    for answer in list(answers.values)[::2]:
        one.withdraw(answer)
    left = {a: v for a, v in answers.values.items() if a in one.given}
    assert one.conclusions() == infer(knowledge, Answers(left), at)
    assert other.conclusions() == infer(knowledge, answers, at)
