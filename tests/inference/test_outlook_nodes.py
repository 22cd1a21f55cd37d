"""The outlook of conditions of every kind, on small knowledge bases of our own; held against the exact oracle."""

from __future__ import annotations

from datetime import datetime
from random import Random

import pytest
from support.random_programs import Maker
from support.sessions import yes
from support.sheets import Endings, Sheets
from support.small import check, line, measure, row, small
from support.three_valued import FALSE, OPEN, TRUE

from assess.inference import outlook
from assess.inference.compile import compile_rules
from assess.inference.outlook import Outlook
from assess.model.answers import Answers, Value
from assess.model.conditions import Compare, Key
from assess.model.knowledge import Clarifier, KnowledgeBase
from assess.rules.nodes import AllOf, AnyOf, AtLeast, Known, Leaf, Node, Not, Score, Weighted

NAMES = ("a", "b", "c", "d", "e")
FLAG = {TRUE: outlook.TRUE, FALSE: outlook.FALSE, OPEN: outlook.UNKNOWN}
ANSWERS = ("yes", "no", "unsure")
ROW = Key("triage", "row")


def base_of(knowledge: KnowledgeBase, when: Node) -> KnowledgeBase:
    """Five lines and one row that reads unsure as not known."""
    return small(knowledge, *map(line, NAMES), row("row", when, level="caution"))


def looked(base: KnowledgeBase, said: dict[str, Value], at: datetime) -> tuple[int, set[str], Endings]:
    """The outlook of the row and its live lines; and what the oracle says."""
    look = Outlook(base, Answers(said), at)
    sheets = Sheets(base, compile_rules(base).rules, at, dict.fromkeys(NAMES, ANSWERS))
    endings = sheets.endings(ROW, said, 20_000)
    assert endings is not None
    return look.of(ROW), set(look.live([ROW])), endings


def flags_of(endings: Endings) -> int:
    return sum(FLAG[outcome] for outcome in endings.outcomes())


@pytest.mark.parametrize("seed", range(4))
def test_of_any_condition_nothing_that_can_happen_and_nothing_that_can_matter_is_missing(
    seed: int, knowledge: KnowledgeBase, at: datetime
) -> None:
    rng = Random(seed)
    for _ in range(60):
        when = Maker(rng, list(map(yes, NAMES))).node(3)
        base = base_of(knowledge, when)
        for _ in range(3):
            said: dict[str, Value] = {name: rng.choice(ANSWERS) for name in NAMES if rng.random() < 0.4}
            flags, live, endings = looked(base, said, at)
            assert flags_of(endings) & ~flags == 0, (when, said)
            assert endings.deciding() - live == set(), (when, said)


def read_once(rng: Random, leaves: list[Leaf]) -> Node:
    """A condition that holds each leaf once, of the kinds for which the outlook is exact then."""
    if len(leaves) == 1:
        return rng.choice((leaves[0], Not(leaves[0]), Known(leaves[0])))
    cut = rng.randint(1, len(leaves) - 1)
    kind = rng.choice((AllOf, AnyOf))
    node: Node = kind((read_once(rng, leaves[:cut]), read_once(rng, leaves[cut:])))
    return rng.choice((node, node, Not(node)))


@pytest.mark.parametrize("seed", range(2))
def test_of_a_condition_that_reads_every_line_once_the_outlook_is_exact(
    seed: int, knowledge: KnowledgeBase, at: datetime
) -> None:
    rng = Random(seed)
    for _ in range(60):
        when = read_once(rng, list(map(yes, NAMES)))
        base = base_of(knowledge, when)
        for _ in range(3):
            said: dict[str, Value] = {name: rng.choice(ANSWERS) for name in NAMES if rng.random() < 0.4}
            flags, live, endings = looked(base, said, at)
            assert flags == flags_of(endings), (when, said)
            assert endings.deciding() - live == set(), (when, said)


A, B, C, D = (yes(name) for name in "abcd")
SUPPORTS, OPPOSES = (Weighted(2, "posture", A), Weighted(1, "length", B)), (Weighted(2, "length", C),)
SCORE = Score(SUPPORTS, OPPOSES, (D,), percent=50, cover=60, kinds=1)


@pytest.mark.parametrize(
    ("when", "said", "flags"),
    [
        (SCORE, {}, outlook.TRUE | outlook.FALSE),
        (SCORE, {"d": "yes"}, outlook.FALSE),
        (SCORE, {"a": "no"}, outlook.FALSE),
        (SCORE, {"a": "unsure"}, outlook.FALSE),
        (SCORE, {"a": "yes", "c": "yes"}, outlook.FALSE),
        (SCORE, {"a": "yes", "b": "yes", "c": "no", "d": "no"}, outlook.TRUE),
        (SCORE, {"a": "yes", "b": "unsure", "c": "no", "d": "no"}, outlook.TRUE),
        (SCORE, {"a": "yes", "c": "no", "d": "no"}, outlook.TRUE),
        (SCORE, {"a": "yes", "c": "no"}, outlook.TRUE | outlook.FALSE),
        (AtLeast(2, (A, B, C)), {"a": "yes", "b": "yes"}, outlook.TRUE),
        (AtLeast(2, (A, B, C)), {"a": "no", "b": "no"}, outlook.FALSE),
        (AtLeast(2, (A, B, C)), {"a": "yes", "b": "no"}, outlook.ANY),
        (AtLeast(2, (A, B, C)), {"a": "unsure", "b": "unsure"}, outlook.UNKNOWN),
        (AtLeast(2, (A, B, C)), {"a": "unsure", "b": "no"}, outlook.FALSE | outlook.UNKNOWN),
        (Known(A), {"a": "unsure"}, outlook.FALSE),
        (Known(A), {}, outlook.TRUE | outlook.FALSE),
    ],
)
def test_a_condition_is_decided_as_soon_as_it_is(
    when: Node, said: dict[str, Value], flags: int, knowledge: KnowledgeBase, at: datetime
) -> None:
    found, _, endings = looked(base_of(knowledge, when), said, at)
    assert found == flags
    assert flags_of(endings) == flags


def test_below_what_is_decided_nothing_is_asked(knowledge: KnowledgeBase, at: datetime) -> None:
    base = base_of(knowledge, AnyOf((AllOf((A, Not(B))), AtLeast(2, (C, D, yes("e"))))))
    for said, live in (
        ({}, {"a", "b", "c", "d", "e"}),
        ({"a": "no"}, {"c", "d", "e"}),
        ({"b": "yes", "c": "no"}, {"d", "e"}),
        ({"c": "no", "d": "no"}, {"a", "b"}),
        ({"a": "no", "c": "no", "d": "no"}, set()),
        ({"a": "yes", "b": "no"}, set()),
    ):
        assert looked(base, dict(said), at)[1] == live, said


def test_of_the_signs_that_a_stem_opens_only_those_that_apply_are_asked(knowledge: KnowledgeBase, at: datetime) -> None:
    """And of a line that is in doubt the clarifier, once none of its signs is left to ask."""
    clarifier = Clarifier("The same as last month?", "emergency")
    lines = (
        line("male"), line("stem", clarifier=clarifier), line("one", stem="stem", clarifier=clarifier),
        line("two", stem="stem", when=yes("male")), line("more", follows="one"),
    )  # fmt: skip
    base = small(knowledge, *lines, row("unplaced", yes("stem")), row("first", AllOf((yes("one"), yes("more")))))
    keys = [Key("triage", "unplaced"), Key("triage", "first")]
    for said, unplaced, first in (
        ({"male": "no"}, {"stem"}, {"stem"}),
        ({"male": "no", "stem": "yes"}, {"one"}, {"one"}),
        ({"male": "yes", "stem": "yes"}, {"one", "two"}, {"one"}),
        ({"male": "no", "stem": "yes", "one": "no"}, {"stem.compared"}, set()),
        ({"male": "no", "stem": "no"}, set(), set()),
        ({"male": "no", "stem": "yes", "one": "unsure"}, {"one.compared"}, {"one.compared"}),
        ({"male": "no", "stem": "yes", "one": "unsure", "one.compared": "different"}, set(), {"more"}),
        ({"male": "no", "stem": "yes", "one": "yes", "more": "yes"}, set(), set()),
    ):
        look = Outlook(base, Answers(dict(said)), at)
        assert [set(look.live([key])) for key in keys] == [unplaced, first], said


# -- what the oracle has found once ------------------------------------------------------------------------------


def test_a_line_is_live_as_soon_as_it_may_be_asked_whatever_else_its_condition_mentions(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    """Asked `when` a or b: with a yes it is asked, and b is not asked for its sake."""
    either = AnyOf((A, B))
    base = small(
        knowledge,
        line("a"),
        line("b"),
        line("c", when=either),
        row("bad", C),
    )
    assert set(Outlook(base, Answers({}), at).live([Key("level", "bad")])) == {"a", "b"}
    assert set(Outlook(base, Answers({"a": "yes"}), at).live([Key("level", "bad")])) == {"c"}
    assert set(Outlook(base, Answers({"a": "no"}), at).live([Key("level", "bad")])) == {"b"}


def test_a_result_is_not_decided_while_another_measure_can_still_void_it(
    knowledge: KnowledgeBase, at: datetime
) -> None:
    high = Leaf(Compare("bend.angle", "at_least", 50, "points"))
    base = small(knowledge, check("bend", (measure("angle", "number"), measure("flat", counts_if="yes")), high))
    found = Key("finding", "bend-found")

    def look(**said: Value) -> tuple[int, set[str]]:
        outlook_now = Outlook(base, Answers({f"bend.{name}": value for name, value in said.items()}), at)
        return outlook_now.of(found), set(outlook_now.live([found]))

    assert look() == (outlook.ANY, {"bend.angle", "bend.flat"})
    assert look(angle=60) == (outlook.TRUE | outlook.UNKNOWN, {"bend.flat"})
    assert look(angle=40) == (outlook.FALSE | outlook.UNKNOWN, set())
    assert look(angle=60, flat="yes") == (outlook.TRUE, set())
    assert look(angle=60, flat="no") == (outlook.UNKNOWN, set())
    assert look(flat="no") == (outlook.UNKNOWN, set())
    assert look(flat="yes") == (outlook.ANY, {"bend.angle"})
