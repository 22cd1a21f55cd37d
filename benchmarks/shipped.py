"""experta as shipped, on our rules: its own matcher and strategy, two rails as facts, `not` as the other rail."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from itertools import combinations

from assess.inference.door import Fact, KnowledgeEngine, Rule
from assess.inference.leaves import Leaves, Person
from assess.model.answers import Answers
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import PERSON
from assess.rules.nodes import AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Node, Not, Score
from assess.rules.nodes import Rule as Condition
from assess.rules.strata import Program, stratify


def plain_program(program: Program, times: int) -> Program:
    """The rules `times` over with heads of their own, scores and `known` written as plain conditions."""
    return stratify(
        Condition((copy, rule.head), _plain(rule.when, copy)) for copy in range(times) for rule in program.rules
    )


def _plain(node: Node, copy: int) -> Node:
    match node:
        case Atom(key):
            return Atom((copy, key))
        case Not(member):
            return Not(_plain(member, copy))
        case Known(member):
            return _plain(member, copy)
        case AllOf(members):
            return AllOf(tuple(_plain(m, copy) for m in members))
        case AnyOf(members):
            return AnyOf(tuple(_plain(m, copy) for m in members))
        case AtLeast(count, members):
            return AtLeast(count, tuple(_plain(m, copy) for m in members))
        case Score():
            return AnyOf(tuple(_plain(w.member, copy) for w in node.supports))
        case _:
            return node


class L(Fact):  # type: ignore[misc]
    """A leaf's rail."""


class D(Fact):  # type: ignore[misc]
    """A head's rail."""


class ShippedEngine(KnowledgeEngine):  # type: ignore[misc]
    """experta's own Rete and depth strategy over the rules."""

    def __init__(self, program: Program) -> None:
        self._heads: dict[Hashable, str] = {head: f"h{i}" for i, head in enumerate(program.by_head)}
        self._leaves: dict[Leaf, str] = {}
        self._parts: dict[Hashable, str] = {}
        self._compiled: list[object] = []
        for head, rules in program.by_head.items():
            salience, name = -100 * program.stratum[head], self._heads[head]
            for rule in rules:
                self._rule(name, "t", self._conditions(rule.when, True, salience), salience)
            self._rule(name, "f", [c for r in rules for c in self._conditions(r.when, False, salience)], salience)
        super().__init__()

    def _rule(self, name: str, rail: str, conditions: list[object], salience: int) -> None:
        def conclude(engine: ShippedEngine) -> None:
            engine.declare(D(id=name, rail=rail))

        conclude.__name__ = f"{name}{rail}{len(self._compiled)}"
        self._compiled.append(Rule(*conditions, salience=salience)(conclude))

    def _conditions(self, node: Node, rail: bool, salience: int) -> list[object]:
        """experta's conditions (all of them) for a node being known true, or with `rail` false known false.

        A disjunction becomes a fact of its own with a rule a member: experta's OR would multiply out.
        """
        match node:
            case Leaf():
                name = self._leaves.setdefault(node, f"l{len(self._leaves)}")
                return [L(id=name, rail="t" if rail else "f")]
            case Atom(key):
                return [D(id=self._heads[key], rail="t" if rail else "f")]
            case Not(member):
                return self._conditions(member, not rail, salience)
            case AllOf(members) | AnyOf(members) if isinstance(node, AllOf) == rail:
                return [c for m in members for c in self._conditions(m, rail, salience)]
            case AllOf(members) | AnyOf(members):
                return self._either([(m,) for m in members], rail, salience)
            case AtLeast(count, members):
                need = count if rail else len(members) - count + 1
                return self._either(list(combinations(members, need)), rail, salience)
        raise TypeError(node)

    def _either(self, groups: list[tuple[Node, ...]], rail: bool, salience: int) -> list[object]:
        key = (tuple(groups), rail)
        if key not in self._parts:
            self._parts[key] = name = f"p{len(self._parts)}"
            for group in groups:
                self._rule(name, "t", [c for m in group for c in self._conditions(m, rail, salience + 1)], salience + 1)
        return [D(id=self._parts[key], rail="t")]

    def get_rules(self) -> list[object]:
        return list(self._compiled)

    def run_person(self, knowledge: KnowledgeBase, answers: Answers, at: datetime) -> set[tuple[str, str]]:
        """All answers in, all conclusions out."""
        leaves = Leaves(knowledge, PERSON, Person(knowledge, answers, at))
        self.reset()
        facts = []
        for leaf, name in self._leaves.items():
            true, false = leaves(leaf)
            facts += [L(id=name, rail="t")] if true else [L(id=name, rail="f")] if false else []
        self.declare(*facts)
        self.run()
        return {(f["id"], f["rail"]) for f in self.facts.values() if isinstance(f, D)}
