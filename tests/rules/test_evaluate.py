"""What each kind of node means, one at a time: (known true, known false) from the pairs of its members."""

from __future__ import annotations

from itertools import product

import pytest

from assess.rules.evaluate import PERSON, Algebra, evaluate, linear, value
from assess.rules.nodes import FALSE, TRUE, AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Node, Not, Rule, Score, Weighted
from assess.rules.strata import stratify

YES, NO, OPEN = (True, False), (False, True), (False, False)
A, B, C, D = (Leaf(name) for name in "abcd")


def meaning(node: Node, **leaves: tuple[bool, bool]) -> tuple[bool, bool]:
    """The pair of a node for one person; leaves that are not named are open."""
    true, false = value(node, PERSON, lambda leaf: tuple(-int(x) for x in leaves.get(str(leaf.test), OPEN)), {})
    return bool(true), bool(false)


# -- connectives -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", [YES, NO, OPEN])
def test_a_leaf_is_what_it_is_told_to_be(pair: tuple[bool, bool]) -> None:
    assert meaning(A, a=pair) == pair


@pytest.mark.parametrize(("pair", "expected"), [(YES, NO), (NO, YES), (OPEN, OPEN)])
def test_not_swaps_the_rails_and_leaves_open_open(pair: tuple[bool, bool], expected: tuple[bool, bool]) -> None:
    assert meaning(Not(A), a=pair) == expected


@pytest.mark.parametrize(("pair", "expected"), [(YES, YES), (NO, NO), (OPEN, NO)])
def test_known_is_false_where_its_member_is_not_known_true(
    pair: tuple[bool, bool], expected: tuple[bool, bool]
) -> None:
    assert meaning(Known(A), a=pair) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (YES, YES, YES),
        (YES, NO, NO),
        (YES, OPEN, OPEN),
        (NO, NO, NO),
        (NO, OPEN, NO),
        (OPEN, OPEN, OPEN),
    ],
)
def test_all_is_false_by_one_and_true_by_every_member(a: object, b: object, expected: object) -> None:
    assert meaning(AllOf((A, B)), a=a, b=b) == expected
    assert meaning(AllOf((B, A)), a=a, b=b) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (YES, YES, YES),
        (YES, NO, YES),
        (YES, OPEN, YES),
        (NO, NO, NO),
        (NO, OPEN, OPEN),
        (OPEN, OPEN, OPEN),
    ],
)
def test_any_is_true_by_one_and_false_by_every_member(a: object, b: object, expected: object) -> None:
    assert meaning(AnyOf((A, B)), a=a, b=b) == expected
    assert meaning(AnyOf((B, A)), a=a, b=b) == expected


def test_an_empty_all_is_true_and_an_empty_any_is_false() -> None:
    assert meaning(AllOf(())) == meaning(TRUE) == YES
    assert meaning(AnyOf(())) == meaning(FALSE) == NO


def test_members_may_be_conditions_themselves() -> None:
    node = AllOf((Not(A), AnyOf((B, Known(C)))))
    assert meaning(node, a=NO, b=OPEN, c=YES) == YES
    assert meaning(node, a=NO, b=OPEN, c=OPEN) == OPEN
    assert meaning(node, a=NO, b=NO, c=OPEN) == NO


# -- at least ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", range(-1, 6))
@pytest.mark.parametrize("pairs", list(product((YES, NO, OPEN), repeat=3)))
def test_at_least_counts_what_is_known_and_what_is_still_possible(
    count: int, pairs: tuple[tuple[bool, bool], ...]
) -> None:
    node = AtLeast(count, (A, B, C))
    known, possible = pairs.count(YES), len(pairs) - pairs.count(NO)
    assert meaning(node, **dict(zip("abc", pairs, strict=True))) == (known >= count, possible < count)


def test_a_member_of_at_least_that_stands_there_twice_counts_twice() -> None:
    assert meaning(AtLeast(2, (A, A, B)), a=YES) == YES
    assert meaning(AtLeast(2, (A, A, B)), a=NO) == NO


def test_at_least_none_of_nothing_is_true_and_one_of_nothing_is_false() -> None:
    assert meaning(AtLeast(0, ())) == YES
    assert meaning(AtLeast(1, ())) == NO


# -- scores ------------------------------------------------------------------------------------------------------


def score(
    *weights: tuple[int, str], percent: int = 0, cover: int = 0, kinds: int = 0, **more: tuple[Node, ...]
) -> Score:
    """A score over leaves a, b, c ... with these weights and kinds."""
    supports = tuple(Weighted(w, kind, Leaf(name)) for (w, kind), name in zip(weights, "abcdefgh", strict=False))
    opposes = tuple(Weighted(1, "against", node) for node in more.get("opposes", ()))
    return Score(supports, opposes, more.get("vetoes", ()), percent, cover, kinds)


def test_a_score_is_reached_or_not_and_never_open() -> None:
    node = score((1, "posture"), percent=50, cover=60)
    assert meaning(node, a=YES) == YES
    assert meaning(node, a=NO) == NO
    assert meaning(node, a=OPEN) == NO


def test_a_score_with_nothing_to_reach_is_reached() -> None:
    assert meaning(score()) == YES
    assert meaning(score(kinds=1)) == NO


def test_points_are_compared_with_the_weight_that_is_known_on_the_mark_and_just_below_it() -> None:
    """7 of 10 known points is 70 %; 7 of 11 is not; a support that is not known is not in the base."""
    node = score((7, "posture"), (3, "length"), (1, "strength"), percent=70)
    assert meaning(node, a=YES, b=NO) == YES
    assert meaning(node, a=YES, b=NO, c=NO) == NO
    assert meaning(node, a=YES, b=NO, c=YES) == YES


def test_the_base_must_cover_its_share_of_all_support_weight_on_the_mark_and_just_below_it() -> None:
    """Known false covers as well as known true."""
    node = score((3, "posture"), (3, "length"), (2, "strength"), (2, "symptom"), percent=50, cover=60)
    assert meaning(node, a=YES, b=YES) == YES
    assert meaning(node, a=YES, b=NO) == YES
    assert meaning(node, a=YES, c=YES) == NO
    assert meaning(node, a=YES, c=YES, d=NO) == YES


def test_two_kinds_must_be_among_the_true_supports() -> None:
    node = score((1, "posture"), (1, "posture"), (1, "length"), kinds=2)
    assert meaning(node, a=YES, b=YES) == NO
    assert meaning(node, a=YES, b=YES, c=NO) == NO
    assert meaning(node, a=YES, c=YES) == YES


def test_what_opposes_takes_points_away_only_if_known_true() -> None:
    node = score((2, "posture"), percent=50, opposes=(C, D))
    assert meaning(node, a=YES) == YES
    assert meaning(node, a=YES, c=NO) == YES
    assert meaning(node, a=YES, c=YES) == YES
    assert meaning(node, a=YES, c=YES, d=YES) == NO


def test_what_opposes_is_not_in_the_base() -> None:
    node = score((1, "posture"), (1, "length"), cover=60, opposes=(C,))
    assert meaning(node, a=YES, c=YES) == NO


def test_a_veto_counts_only_if_known_true() -> None:
    node = score((1, "posture"), vetoes=(C,))
    assert meaning(node, a=YES) == YES
    assert meaning(node, a=YES, c=NO) == YES
    assert meaning(node, a=YES, c=YES) == NO


def test_more_points_against_than_for_is_not_reached_at_any_percentage() -> None:
    assert meaning(score((1, "posture"), opposes=(C, D)), a=YES, c=YES, d=YES) == NO
    assert meaning(score((1, "posture"), opposes=(C,)), a=NO, c=YES) == NO


# -- linear ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("algebra", [PERSON, Algebra(-1, 0)], ids=["skips-zeros", "never-looks"])
@pytest.mark.parametrize("bound", range(-8, 9))
def test_linear_is_where_the_points_add_up_to_the_bound(bound: int, algebra: Algebra) -> None:
    """Every choice of one alternative in each item, as one bit of a column."""
    points = ((3, -1, 0), (2, 0), (-4, 1), (1, 0, -2))
    choices = list(product(*points))
    items = [
        [(p, sum(1 << i for i, choice in enumerate(choices) if choice[place] == p)) for p in alternatives]
        for place, alternatives in enumerate(points)
    ]
    found = linear(items, bound, algebra)
    assert [bool(found >> i & 1) for i in range(len(choices))] == [sum(choice) >= bound for choice in choices]


# -- programs ----------------------------------------------------------------------------------------------------


def by_rules(*rules: Rule, **leaves: tuple[bool, bool]) -> dict[object, tuple[bool, bool]]:
    found = evaluate(stratify(rules), PERSON, lambda leaf: tuple(-int(x) for x in leaves.get(str(leaf.test), OPEN)))
    return {head: (bool(t), bool(f)) for head, (t, f) in found.items()}


@pytest.mark.parametrize(
    ("a", "b", "expected"), [(YES, NO, YES), (YES, OPEN, YES), (NO, NO, NO), (NO, OPEN, OPEN), (OPEN, OPEN, OPEN)]
)
def test_a_head_is_true_by_any_of_its_rules_and_false_by_all_of_them(a: object, b: object, expected: object) -> None:
    assert by_rules(Rule("head", A), Rule("head", B), a=a, b=b)["head"] == expected


def test_an_atom_is_its_head_whatever_the_written_order() -> None:
    rules = (Rule("top", Not(Atom("low"))), Rule("low", A))
    for pair, expected in ((YES, NO), (NO, YES), (OPEN, OPEN)):
        assert by_rules(*rules, a=pair) == {"low": pair, "top": expected}
        assert by_rules(*reversed(rules), a=pair) == {"low": pair, "top": expected}


def test_a_score_over_heads_reads_heads_that_are_settled() -> None:
    rules = (
        Rule("seen", Score((Weighted(1, "posture", Atom("sign")),), (), (Atom("stop"),), 50, 60, 1)),
        Rule("sign", A),
        Rule("stop", Known(B)),
    )
    assert by_rules(*rules, a=YES)["seen"] == YES
    assert by_rules(*rules, a=YES, b=YES)["seen"] == NO
    assert by_rules(*rules, a=OPEN)["seen"] == NO
