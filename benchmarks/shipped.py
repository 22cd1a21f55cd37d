"""experta as shipped, on our rules: its own matcher and strategy, two rails as facts, `not` as the other rail."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from itertools import combinations

from assess.inference.door import Fact, KnowledgeEngine, Rule, experta
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
        self._compiled = []
        for rule in program.rules:
            self._rule(rule.head, self._condition(rule.when, True), program.stratum[rule.head], "t")
        for head, rules in program.by_head.items():
            self._rule(head, _join(experta.AND, [self._condition(r.when, False) for r in rules]), program.stratum[head], "f")
        super().__init__()

    def _rule(self, head: Hashable, condition: object, stratum: int, rail: str) -> None:
        name = self._heads[head]

        def conclude(engine: ShippedEngine) -> None:
            engine.declare(D(id=name, rail=rail))

        conclude.__name__ = f"{name}{rail}{len(self._compiled)}"
        parts = [condition] if condition is not None else []
        self._compiled.append(Rule(*parts, salience=-stratum)(conclude))

    def _condition(self, node: Node, rail: bool) -> object:
        """experta's condition for a node being known true (or, with `rail` false, known false); None holds always."""
        match node:
            case Leaf():
                name = self._leaves.setdefault(node, f"l{len(self._leaves)}")
                return L(id=name, rail="t" if rail else "f")
            case Atom(key):
                return D(id=self._heads[key], rail="t" if rail else "f")
            case Not(member):
                return self._condition(member, not rail)
            case AllOf(members) | AnyOf(members):
                conjunction = isinstance(node, AllOf) == rail
                parts = [self._condition(m, rail) for m in members]
                if not parts:
                    return None if conjunction else L(id="never", rail="t")
                return _join(experta.AND if conjunction else experta.OR, parts)
            case AtLeast(count, members):
                need = count if rail else len(members) - count + 1
                sets = [_join(experta.AND, [self._condition(m, rail) for m in some]) for some in combinations(members, need)]
                return _join(experta.OR, sets)
        raise TypeError(node)

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


def _join(kind: object, parts: list[object]) -> object:
    kept = [p for p in parts if p is not None]
    return kept[0] if len(kept) == 1 else kind(*kept) if kept else None  # type: ignore[operator]
