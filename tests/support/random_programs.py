"""Seeded random stratified programs over opaque leaves: every kind of node, shared heads, several strata."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from assess.model.conditions import Key
from assess.rules import nodes as n
from assess.rules.strata import Program, stratify
from support.three_valued import Truth

KINDS = ("all", "any", "not", "known", "at-least", "score")


def opaque(count: int) -> list[n.Leaf]:
    """Leaves that mean nothing."""
    return [n.Leaf(f"leaf-{i}") for i in range(count)]


def truths(rng: Random, leaves: Sequence[n.Leaf]) -> dict[n.Leaf, Truth]:
    """A value for each leaf; how much is known differs from person to person."""
    known = rng.choice((0.3, 0.6, 0.9, 1.0))
    return {leaf: rng.random() < 0.5 if rng.random() < known else None for leaf in leaves}


class Maker:
    """Makes one program. `wide` is how many members a node may have, `deep` how deep a condition may be."""

    def __init__(self, rng: Random, leaves: Sequence[n.Leaf], wide: int = 4, deep: int = 3) -> None:
        self._rng = rng
        self._leaves = leaves
        self._wide = wide
        self._deep = deep
        self._below: list[Key] = []

    def program(self, strata: int, heads: int) -> Program:
        """A program with `heads` heads in (at most) each of `strata` layers, one in four with several rules."""
        rules: list[n.Rule] = []
        for layer in range(strata):
            keys = [Key("head", f"h{layer}-{i}") for i in range(heads)]
            for key in keys:
                for _ in range(self._rng.choice((1, 1, 1, 2, 3)) if layer else 1):
                    rules.append(n.Rule(key, self.node(self._deep)))
            self._below += keys
        self._rng.shuffle(rules)
        return stratify(rules)

    def node(self, depth: int, *, atoms: bool = True) -> n.Node:
        """A condition; below a `Known` without atoms, as the rule language demands."""
        rng = self._rng
        kind = rng.choice(KINDS) if depth and rng.random() < 0.8 else ""
        match kind:
            case "not":
                return n.Not(self.node(depth - 1, atoms=atoms))
            case "known":
                return n.Known(self.node(depth - 1, atoms=False))
            case "all":
                return n.AllOf(self._members(depth, atoms))
            case "any":
                return n.AnyOf(self._members(depth, atoms))
            case "at-least":
                members = self._members(depth, atoms)
                return n.AtLeast(rng.randint(0, len(members) + 1), members)
            case "score":
                return self._score(depth, atoms)
            case _:
                if atoms and self._below and rng.random() < 0.5:
                    return n.Atom(rng.choice(self._below))
                return rng.choice(self._leaves)

    def _members(self, depth: int, atoms: bool) -> tuple[n.Node, ...]:
        members = [self.node(depth - 1, atoms=atoms) for _ in range(self._rng.randint(0, self._wide))]
        if members and self._rng.random() < 0.15:
            members.append(members[0])  # the same member twice counts twice
        return tuple(members)

    def _score(self, depth: int, atoms: bool) -> n.Score:
        rng = self._rng
        kinds = ("posture", "length", "strength")

        def weighted(most: int) -> tuple[n.Weighted, ...]:
            return tuple(
                n.Weighted(rng.randint(1, 3), rng.choice(kinds), self.node(depth - 1, atoms=atoms))
                for _ in range(rng.randint(0, most))
            )

        vetoes = tuple(self.node(depth - 1, atoms=atoms) for _ in range(rng.choice((0, 0, 1, 2))))
        return n.Score(
            weighted(self._wide),
            weighted(2),
            vetoes,
            percent=rng.choice((0, 33, 50, 70, 100)),
            cover=rng.choice((0, 50, 60, 100)),
            kinds=rng.randint(0, 2),
        )
