"""Knowledge bases of a few items, for one behaviour at a time. What is not given is not there."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from assess.errors import Place
from assess.model.knowledge import Check, Finding, Item, KnowledgeBase, Measure, Question, Row
from assess.rules.nodes import FALSE, Node

HERE = Place("test")


def small(real: KnowledgeBase, *items: Item) -> KnowledgeBase:
    """A knowledge base that holds these questions, triage rows and checks only."""

    def of(kind: type[Item]) -> MappingProxyType[str, Any]:
        return MappingProxyType({item.id: item for item in items if isinstance(item, kind)})

    none: MappingProxyType[str, Any] = MappingProxyType({})
    return replace(
        real,
        unlock_minor=FALSE,
        questions=of(Question),
        triage=of(Row),
        checks=of(Check),
        modifiers=none,
        patterns=none,
        exercises=none,
        relief=none,
        invariants=none,
    )


def line(name: str, **more: Any) -> Question:
    """A yes-no line."""
    return Question(name, "question", HERE, name, **more)


def row(name: str, when: Node, level: str = "emergency") -> Row:
    """A triage row."""
    return Row(name, "triage", HERE, name, when=when, level=level)


def check(name: str, measures: tuple[Measure, ...], finding: Node) -> Check:
    """A check without sides that makes one finding, named after it."""
    found = Finding(f"{name}-found", "", sided=False, when=finding, check=name)
    return Check(name, "check", HERE, name, measures=measures, findings=(found,))


def measure(name: str, answer: str = "yes-no", **more: Any) -> Measure:
    """One measure."""
    return Measure(name, name, answer, {}, 0, 100, 1, "points", 0, **more)
