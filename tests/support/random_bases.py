"""Seeded small knowledge bases with everything that a proof speaks of, few enough answers to try every one."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from types import MappingProxyType
from typing import Any

from assess.model.conditions import Compare, Is
from assess.model.knowledge import Invariant, KnowledgeBase, Question, Relief, Row, Selection
from assess.rules import nodes as n
from support.small import HERE, line, small

LEVELS = ("emergency", "same-day", "clinician-first", "caution")
TAGS = ("tag-a", "tag-b", "tag-c")


def base(real: KnowledgeBase, seed: int) -> KnowledgeBase:
    """Five lines (one a choice, one a number), rows of every level with bars, relief with tags, invariants."""
    rng = Random(seed)
    made = _Maker(rng)
    rows = [
        replace(made.row(f"row-{i}", "triage", rng.choice(LEVELS)), within="days", clearable=rng.random() < 0.5)
        for i in range(rng.randint(2, 4))
    ]
    modifiers = [made.row(f"mod-{i}", "modifier", rng.choice(("self-care", "caution"))) for i in range(2)]
    relief = [
        Relief(f"item-{i}", "relief", HERE, f"item-{i}", tags=made.tags(), needs=made.node(1), use="ease")
        for i in range(3)
    ]
    stated = [made.invariant(f"never-{i}") for i in range(4)]
    start = small(real, *made.questions, *rows)
    return replace(
        start,
        program=MappingProxyType({}),
        terms=replace(start.terms, tags=MappingProxyType(dict.fromkeys(TAGS, "")), muscles=MappingProxyType({})),
        modifiers=_by_id(modifiers),
        relief=_by_id(relief),
        invariants=_by_id(stated),
    )


def _by_id(items: list[Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType({item.id: item for item in items})


class _Maker:
    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self.questions = [
            line("q0"),
            line("q1", stem="q0") if rng.random() < 0.4 else line("q1"),
            line("q2"),
            Question(
                "which", "question", HERE, "which", answer="choice", options={"a": "", "b": "", "c": ""}, healthy="a"
            ),
            Question("much", "question", HERE, "much", answer="number", minimum=0, maximum=4, unit="points", healthy=0),
        ]

    def tags(self) -> tuple[str, ...]:
        return tuple(tag for tag in TAGS if self._rng.random() < 0.5)

    def row(self, name: str, kind: str, level: str) -> Row:
        return Row(name, kind, HERE, name, when=self.node(2), level=level, bars=self.tags())

    def invariant(self, name: str) -> Invariant:
        whenever = self.node(1) if self._rng.random() < 0.8 else None
        unless = self.node(1) if self._rng.random() < 0.4 or whenever is None else None
        never = Selection(tags=(self._rng.choice(TAGS),))
        return Invariant(name, "invariant", HERE, name, scope="rules", whenever=whenever, unless=unless, never=never)

    def node(self, depth: int) -> n.Node:
        rng = self._rng
        if depth == 0 or rng.random() < 0.3:
            return self.leaf()
        inner = tuple(self.node(depth - 1) for _ in range(rng.randint(2, 3)))
        return rng.choice(
            (n.AllOf(inner), n.AnyOf(inner), n.Not(inner[0]), n.AtLeast(rng.randint(1, len(inner)), inner))
        )

    def leaf(self) -> n.Leaf:
        rng = self._rng
        which = rng.choice(self.questions)
        if which.answer == "number":
            return n.Leaf(Compare("much", rng.choice(("at_least", "above", "below")), rng.randint(1, 3), "points"))
        return n.Leaf(Is(which.id, rng.choice(tuple(which.options) or ("yes", "no"))))
