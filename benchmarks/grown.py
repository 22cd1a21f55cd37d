"""Our knowledge several times over, as one base: the shape of what is real, at the size of what may come.

Every copy has its own lines, rows, checks, patterns, muscles, items and invariants; who the person is, where it hurts,
what unlocks the minor muscles, and the tags are shared. So each level, each bar and each gate rests on all copies at
once. What holds of one copy holds of many: there are only more bars.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from assess.inference.invariants import subjects
from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import (
    Check,
    Exercise,
    Invariant,
    Item,
    KnowledgeBase,
    Pattern,
    Question,
    Relief,
    Row,
    Selection,
)
from assess.rules.nodes import Atom, Leaf, Node, rebuild, walk

GROUPS = ("questions", "triage", "modifiers", "checks", "patterns", "exercises", "relief", "invariants")


def grown(knowledge: KnowledgeBase, times: int) -> KnowledgeBase:
    """The knowledge with `times - 1` copies of everything but what is about the person."""
    groups: dict[str, dict[str, Item]] = {name: dict(getattr(knowledge, name)) for name in GROUPS}
    groups["invariants"] = {}
    for number in range(times):
        copy = _Copy(knowledge, number)
        for name in GROUPS:
            for item in getattr(knowledge, name).values():
                if name == "invariants" or (number and not copy.shared(item.id)):
                    made = copy.item(item)
                    groups[name][made.id] = made
    muscles = {
        name: replace(muscle, id=name)
        for number in range(times)
        for old, muscle in knowledge.terms.muscles.items()
        if (name := _named(old, number))
    }
    terms = replace(knowledge.terms, muscles=MappingProxyType(muscles))
    return replace(knowledge, terms=terms, **{name: MappingProxyType(group) for name, group in groups.items()})


def _named(name: str, number: int) -> str:
    return f"{name}-{number}" if number and name else name


class _Copy:
    def __init__(self, knowledge: KnowledgeBase, number: int) -> None:
        self._knowledge, self._number = knowledge, number
        self._shared = {q.id for q in knowledge.questions.values() if q.role or q.required}
        self._shared |= {n.test.of for n in walk(knowledge.unlock_minor) if isinstance(n, Leaf)}

    def shared(self, question: str) -> bool:
        return question in self._shared or question == words.AGE

    def _name(self, of: str) -> str:
        head, dot, rest = of.partition(".")
        return of if self.shared(head) else f"{_named(head, self._number)}{dot}{rest}"

    def _muscle(self, muscle: str) -> str:
        return _named(muscle, self._number)

    def _part(self, part: Node, _: bool) -> Node:
        match part:
            case Leaf(Is() | Compare() as test):
                return Leaf(replace(test, of=self._name(test.of)))
            case Atom(Key(kind, name, side)) if kind != words.LEVEL:
                return Atom(Key(kind, self._name(name), side))
            case _:
                return part

    def _node(self, node: Any) -> Any:
        return None if node is None else rebuild(node, self._part)

    def item(self, item: Any) -> Any:
        more: dict[str, Any] = {"id": self._name(item.id)}
        match item:
            case Question():
                more |= {
                    "stem": self._name(item.stem),
                    "follows": self._name(item.follows),
                    "when": self._node(item.when),
                }
            case Row():
                more |= {"when": self._node(item.when), "level_when": self._node(item.level_when)}
                if item.finding:
                    more["finding"] = self._finding(item.finding)
            case Check():
                more |= {
                    "only_when": self._node(item.only_when),
                    "muscles": tuple(map(self._muscle, item.muscles)),
                }
                more["findings"] = tuple(self._finding(f) for f in item.findings)
            case Pattern():
                for name in ("supports", "opposes"):
                    more[name] = tuple(replace(s, when=self._node(s.when)) for s in getattr(item, name))
                more["vetoes"] = tuple(self._node(v) for v in item.vetoes)
                more["muscles"] = {self._muscle(m): quality for m, quality in item.muscles.items()}
            case Exercise() | Relief():
                more["needs"] = self._node(item.needs)
                if isinstance(item, Exercise):
                    more |= {"activation": self._name(item.activation), "muscle": self._muscle(item.muscle)}
            case Invariant():
                # of the copy's items alone, as the original speaks of its own
                ids = tuple(self._name(subject.id) for subject in subjects(self._knowledge, item.never))
                never = Selection(ids=ids or ("nothing",))
                more |= {"whenever": self._node(item.whenever), "unless": self._node(item.unless), "never": never}
        return replace(item, **more)

    def _finding(self, finding: Any) -> Any:
        named = {
            "id": self._name(finding.id),
            "check": self._name(finding.check),
            "muscle": self._muscle(finding.muscle),
        }
        return replace(finding, when=self._node(finding.when), **named)
