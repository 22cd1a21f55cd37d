"""What other rules change is what evaluating everything again would find, and nothing else."""

from __future__ import annotations

from random import Random

import pytest
from support.random_programs import Maker, opaque, truths

from assess.model.conditions import Key
from assess.rules.delta import Delta, Evaluated, Laid
from assess.rules.evaluate import PERSON, Pair, evaluate
from assess.rules.nodes import Atom, Leaf, Not, Rule
from assess.rules.strata import stratify

LEAVES = opaque(8)


def pairs(values: dict[Leaf, bool | None]) -> dict[Leaf, Pair]:
    return {leaf: (-1, 0) if v else (0, 0) if v is None else (0, -1) for leaf, v in values.items()}


@pytest.mark.parametrize("seed", range(60))
def test_a_change_of_rules_is_worked_out_as_if_everything_were(seed: int) -> None:
    rng = Random(seed)
    maker = Maker(rng, LEAVES)
    program = maker.program(4, 5)
    leaf = pairs(truths(rng, LEAVES)).__getitem__
    before = evaluate(program, PERSON, leaf)
    delta = Delta(program)
    for _ in range(5):
        head = rng.choice(list(program.by_head))
        fresh = Maker(rng, LEAVES, deep=2)
        other = {head: (Rule(head, fresh.node(2)),)}
        after = evaluate(stratify(r for h, own in (program.by_head | other).items() for r in own), PERSON, leaf)
        wanted = {h: pair for h, pair in after.items() if pair != before[h]}
        assert delta.changed(Evaluated(PERSON, leaf, before), other) == wanted


@pytest.mark.parametrize("seed", range(30))
def test_tests_that_mean_something_else_are_followed_from_the_heads_that_make_them(seed: int) -> None:
    rng = Random(seed)
    program = Maker(rng, LEAVES).program(4, 5)
    old, new = pairs(truths(rng, LEAVES)), pairs(truths(rng, LEAVES))
    before, after = (evaluate(program, PERSON, leaf.__getitem__) for leaf in (old, new))
    delta = Delta(program)
    touched = delta.testing(leaf for leaf in LEAVES if old[leaf] != new[leaf])
    changed = delta.changed(Evaluated(PERSON, old.__getitem__, before), {}, touched, new.__getitem__)
    assert changed == {h: pair for h, pair in after.items() if pair != before[h]}


def test_only_what_is_wanted_is_followed_and_a_new_head_is_always_found() -> None:
    a, b, c, new = (Key("head", name) for name in ("a", "b", "c", "new"))
    leaf = LEAVES[0]
    program = stratify((Rule(a, leaf), Rule(b, Atom(a)), Rule(c, Atom(b))))
    before = Evaluated(PERSON, {leaf: (-1, 0)}.__getitem__, evaluate(program, PERSON, {leaf: (-1, 0)}.__getitem__))
    rules = {a: (Rule(a, Not(leaf)),), b: (Rule(b, Atom(new)),), new: (Rule(new, Not(Atom(a))),)}
    assert Delta(program).changed(before, rules, only={a}) == {a: (0, -1), new: (-1, 0)}
    assert Delta(program).changed(before, {a: rules[a]}) == {a: (0, -1), b: (0, -1), c: (0, -1)}


def test_rules_that_are_written_the_same_do_not_differ() -> None:
    a, b = Key("head", "a"), Key("head", "b")
    program = stratify((Rule(a, LEAVES[0]), Rule(a, LEAVES[1]), Rule(b, LEAVES[2])))
    same = (Rule(a, LEAVES[0]), Rule(a, LEAVES[1]))
    assert Delta(program).differing((*same, Rule(b, LEAVES[3]))) == {b: (Rule(b, LEAVES[3]),)}
    assert Delta(program).differing(same) == {}


def test_what_is_laid_over_comes_first() -> None:
    laid = Laid({"a": (1, 0), "b": (0, 1)}, {"b": (1, 0)})
    assert (laid["a"], laid["b"], dict(laid)) == ((1, 0), (1, 0), {"b": (1, 0)})
