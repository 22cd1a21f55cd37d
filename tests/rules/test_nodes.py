"""Walking and rebuilding conditions."""

from __future__ import annotations

from assess.rules.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Atom,
    Known,
    Leaf,
    Node,
    Not,
    Score,
    Weighted,
    children,
    rebuild,
    walk,
)

A, B, C, D = (Leaf(name) for name in "abcd")
X = Atom("x")


def signed(node: Node) -> Node:
    """The node with the sign under which each leaf and atom stands written into it."""

    def change(part: Node, positive: bool) -> Node:
        sign = "+" if positive else "-"
        return Leaf(sign + str(part.test)) if isinstance(part, Leaf) else Atom(sign + str(part.key))

    return rebuild(node, change)


def plus(name: str) -> Leaf:
    return Leaf(f"+{name}")


def minus(name: str) -> Leaf:
    return Leaf(f"-{name}")


def test_a_leaf_and_an_atom_stand_positive() -> None:
    assert signed(A) == plus("a")
    assert signed(X) == Atom("+x")


def test_below_a_not_the_sign_flips_and_below_two_it_flips_back() -> None:
    assert signed(Not(A)) == Not(minus("a"))
    assert signed(Not(X)) == Not(Atom("-x"))
    assert signed(Not(Not(A))) == Not(Not(plus("a")))


def test_all_any_at_least_and_known_keep_the_sign_wherever_they_stand() -> None:
    node = AllOf((A, AnyOf((B, AtLeast(1, (C, X)))), Known(D)))
    assert signed(node) == AllOf((plus("a"), AnyOf((plus("b"), AtLeast(1, (plus("c"), Atom("+x"))))), Known(plus("d"))))
    assert signed(Not(node)) == Not(
        AllOf((minus("a"), AnyOf((minus("b"), AtLeast(1, (minus("c"), Atom("-x"))))), Known(minus("d"))))
    )


def test_one_branch_does_not_flip_its_neighbour() -> None:
    assert signed(AllOf((Not(A), A))) == AllOf((Not(minus("a")), plus("a")))


def test_in_a_score_what_opposes_and_vetoes_stands_negative_and_numbers_stay() -> None:
    def score(a: Node, b: Node, c: Node, d: Node) -> Score:
        return Score((Weighted(3, "posture", a),), (Weighted(1, "length", b),), (c, Not(d)), 70, 60, 2)

    assert signed(score(A, B, C, D)) == score(plus("a"), minus("b"), minus("c"), plus("d"))
    assert signed(Not(score(A, B, C, D))) == Not(score(minus("a"), plus("b"), plus("c"), minus("d")))


def test_rebuilding_with_no_change_gives_an_equal_node() -> None:
    node = AllOf((Not(AtLeast(1, (A, X))), Known(AnyOf((B, C))), Score((Weighted(1, "k", D),), (), (), 50, 60, 1)))
    assert rebuild(node, lambda part, _: part) == node


def test_children_are_the_direct_members_in_the_written_order() -> None:
    weigh = Score((Weighted(1, "k", A), Weighted(2, "k", B)), (Weighted(1, "k", C),), (D,), 50, 60, 1)
    assert children(weigh) == (A, B, C, D)
    assert children(AtLeast(1, (B, A))) == (B, A)
    assert children(Not(A)) == children(Known(A)) == (A,)
    assert children(A) == children(X) == ()


def test_walk_gives_the_node_and_everything_below_it_depth_first() -> None:
    inner = AnyOf((B, Not(C)))
    node = AllOf((A, inner, X))
    assert list(walk(node)) == [node, A, inner, B, Not(C), C, X]
