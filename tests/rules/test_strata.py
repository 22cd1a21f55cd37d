"""The order of rules: a rule reads only heads of lower strata; a circle and an unknown head are named."""

from __future__ import annotations

from random import Random

import pytest

from assess.rules.nodes import TRUE, AllOf, AtLeast, Atom, Leaf, Node, Not, Rule, Score, Weighted, walk
from assess.rules.strata import Cycle, Undefined, stratify

A = Leaf("a")


def reads(*heads: str) -> Node:
    return AllOf(tuple(Atom(head) for head in heads))


def test_every_rule_stands_after_all_rules_of_the_heads_that_it_reads_whatever_the_written_order() -> None:
    rules = [
        Rule("a", A),
        Rule("b", A),
        Rule("c", reads("a")),
        Rule("c", reads("b")),
        Rule("d", reads("c", "a")),
        Rule("e", Not(Atom("d"))),
        Rule("e", TRUE),
        Rule("f", reads("e", "b")),
    ]
    for seed in range(50):
        shuffled = Random(seed).sample(rules, len(rules))
        program = stratify(shuffled)
        settled: set[object] = set()
        for i, rule in enumerate(program.rules):
            read = {node.key for node in walk(rule.when) if isinstance(node, Atom)}
            assert read <= settled, (seed, rule)
            if all(later.head != rule.head for later in program.rules[i + 1 :]):
                settled.add(rule.head)
        assert sorted(map(repr, program.rules)) == sorted(map(repr, rules))


def test_the_stratum_is_one_above_the_highest_head_that_is_read() -> None:
    program = stratify([Rule("c", reads("b", "a")), Rule("b", reads("a")), Rule("a", A), Rule("d", reads("a"))])
    assert program.stratum == {"a": 0, "b": 1, "d": 1, "c": 2}


def test_the_stratum_of_a_head_with_several_rules_is_that_of_its_highest_rule() -> None:
    program = stratify([Rule("b", A), Rule("b", reads("a")), Rule("a", A)])
    assert program.stratum == {"a": 0, "b": 1}


def test_inside_a_stratum_the_written_order_is_kept_and_the_rules_of_one_head_stand_together() -> None:
    z1, a, z2, m = Rule("z", A), Rule("a", A), Rule("z", TRUE), Rule("m", A)
    program = stratify([z1, a, z2, m])
    assert program.rules == (z1, z2, a, m)
    assert program.by_head == {"z": (z1, z2), "a": (a,), "m": (m,)}


def test_atoms_are_found_in_every_kind_of_node() -> None:
    deep = Score((Weighted(1, "k", Atom("s")),), (Weighted(1, "k", Atom("o")),), (Atom("v"),), 50, 60, 1)
    top = Rule("top", Not(AtLeast(1, (deep, Atom("l")))))
    program = stratify([top, *(Rule(head, A) for head in "sovl")])
    assert program.stratum["top"] == 1
    assert program.rules[-1] == top


def test_no_rules_are_a_program() -> None:
    assert stratify([]).rules == ()


def test_a_circle_is_named_from_where_it_closes() -> None:
    rules = [Rule("in", reads("a")), Rule("a", reads("b")), Rule("b", Not(Atom("c"))), Rule("c", reads("a"))]
    with pytest.raises(Cycle) as caught:
        stratify(rules)
    assert caught.value.heads == ("a", "b", "c", "a")
    assert str(caught.value) == "a -> b -> c -> a"


def test_a_rule_that_reads_its_own_head_is_a_circle_of_one() -> None:
    with pytest.raises(Cycle) as caught:
        stratify([Rule("a", AllOf((A, Atom("a"))))])
    assert caught.value.heads == ("a", "a")


def test_a_circle_behind_a_second_rule_of_a_head_is_found_too() -> None:
    with pytest.raises(Cycle) as caught:
        stratify([Rule("a", A), Rule("a", reads("b")), Rule("b", reads("a"))])
    assert caught.value.heads == ("a", "b", "a")


def test_a_diamond_is_no_circle() -> None:
    rules = [Rule("top", reads("l", "r")), Rule("l", reads("base")), Rule("r", reads("base")), Rule("base", A)]
    assert stratify(rules).stratum == {"base": 0, "l": 1, "r": 1, "top": 2}


def test_a_head_that_no_rule_concludes_is_named_with_the_rule_that_reads_it() -> None:
    with pytest.raises(Undefined) as caught:
        stratify([Rule("a", reads("b")), Rule("b", AllOf((A, Not(Atom("nowhere")))))])
    assert (caught.value.head, caught.value.key) == ("b", "nowhere")
    assert str(caught.value) == "b reads nowhere, which no rule concludes"
