"""What a mutant changes over one algebra, and which invariants it breaks there."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator
from dataclasses import dataclass

from assess.audit.mutation.mutants import Mutant
from assess.inference.compile import compile_rules, rules_about
from assess.inference.invariants import Broken, Subject, forbidden, parts, speaks_of
from assess.inference.leaves import Elements, Leaves, inputs
from assess.inference.readings import on_side
from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import Invariant, Item, KnowledgeBase, Question
from assess.rules.delta import Delta, Evaluated, Laid, Rules
from assess.rules.evaluate import Element, Pair
from assess.rules.nodes import FALSE, Atom, Leaf, Node, Rule, walk


@dataclass(frozen=True, slots=True)
class Change:
    """The conclusions whose pairs are others with a mutant, and the tests that mean something else."""

    pairs: dict[Hashable, Pair]
    leaves: Leaves
    touched: frozenset[Leaf]


@dataclass(frozen=True, slots=True)
class Over:
    """Everything concluded over one algebra: its building blocks, the tests made of them, and the pairs."""

    elements: Elements
    leaves: Leaves
    evaluated: Evaluated


class Ground:
    """One knowledge base, of which mutants are looked at over whatever algebra."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.delta = Delta(compile_rules(knowledge))
        self._rules: dict[Mutant, Rules] = {}
        stated = [part for i in knowledge.invariants.values() if i.scope == "rules" for part in parts(i)]
        self._stated = tuple((part, frozenset(_reads(part))) for part in stated)
        self._written: dict[Item, frozenset[Hashable]] = {}
        self._speaking: dict[str, tuple[Invariant, ...]] = {}
        self._tests: dict[str, list[Leaf]] = {}
        made = (n for rule in compile_rules(knowledge).rules for n in walk(rule.when) if isinstance(n, Leaf))
        for leaf in dict.fromkeys((*made, *(n for _, reads in self._stated for n in reads if isinstance(n, Leaf)))):
            assert isinstance(leaf.test, Is | Compare)
            for answer in inputs(knowledge, leaf.test):
                self._tests.setdefault(answer, []).append(leaf)

    def rules(self, mutant: Mutant) -> Rules:
        """The rules that are written otherwise with a mutant."""
        if mutant not in self._rules:
            found = list(mutant.rules())
            gone = self._heads(mutant.item) - {rule.head for rule in found}
            self._rules[mutant] = self.delta.differing((*found, *(Rule(head, FALSE) for head in gone)))
        return self._rules[mutant]

    def tested(self, mutant: Mutant) -> Iterator[Leaf]:
        """Every test that a mutant brings: in its rules, and in what decides whether its line is asked."""
        conditions = [rule.when for rules in self.rules(mutant).values() for rule in rules]
        if isinstance(mutant.item, Question):
            conditions.append(mutant.base.questions[mutant.item.id].when)
        yield from (node for when in conditions for node in walk(when) if isinstance(node, Leaf))

    def _heads(self, item: Item) -> frozenset[Hashable]:
        if item not in self._written:
            self._written[item] = frozenset(rule.head for rule in rules_about(item, self.knowledge))
        return self._written[item]

    def tests(self, answer: str) -> list[Leaf]:
        """The tests that an answer can matter to."""
        return self._tests.get(answer, [])

    def change(self, mutant: Mutant, over: Over, only: Container[Hashable] | None = None) -> Change:
        """What is concluded otherwise with a mutant."""
        rules, before = self.rules(mutant), over.evaluated
        if not isinstance(mutant.item, Question):
            return Change(self.delta.changed(before, rules, only=only), over.leaves, frozenset())
        leaves = Leaves(mutant.base, before.algebra, over.elements)
        touched = [leaf for leaf in self.tests(mutant.item.id) if leaves(leaf) != over.leaves(leaf)]
        pairs = self.delta.changed(before, rules, self.delta.testing(touched), leaves, only)
        return Change(pairs, leaves, frozenset(touched))

    def broken(self, mutant: Mutant, change: Change, over: Over) -> Iterator[tuple[Broken, Element]]:
        """Where a mutant may break an invariant: an item may be given where it must not be."""
        now = Laid(over.evaluated.found, change.pairs)
        for part, key in self._concerned(mutant, change):
            given = now[key][0]
            if given != 0:
                where = given & forbidden(part, key.side, over.evaluated.algebra, change.leaves, now)
                yield Broken(part.id, key.id, key.side), where

    def _concerned(self, mutant: Mutant, change: Change) -> Iterator[tuple[Invariant, Key]]:
        base, moved = mutant.base, set[Invariant]()
        if change.touched or any(isinstance(key, Key) and key.kind != words.ELIGIBLE for key in change.pairs):
            for part, reads in self._stated:
                if not reads.isdisjoint(change.touched) or any(
                    isinstance(node, Atom) and node.key in change.pairs for node in reads
                ):
                    moved.add(part)
        items: dict[str, Subject] = {**base.exercises, **base.checks, **base.relief}
        for part in moved:
            for item in items.values():
                if speaks_of(base, part.never, item):
                    keys = (Key(words.ELIGIBLE, item.id, side) for side in ("", *words.SIDES))
                    yield from ((part, key) for key in keys if key in compile_rules(self.knowledge).by_head)
        for key in change.pairs:
            if isinstance(key, Key) and key.kind == words.ELIGIBLE:
                yield from ((part, key) for part in self._about(items[key.id], mutant) if part not in moved)

    def _about(self, item: Subject, mutant: Mutant) -> tuple[Invariant, ...]:
        """The invariants that speak of an item, as it is with the mutant."""
        if item in mutant.changed:
            return tuple(part for part, _ in self._stated if speaks_of(mutant.base, part.never, item))
        if item.id not in self._speaking:
            about = (part for part, _ in self._stated if speaks_of(self.knowledge, part.never, item))
            self._speaking[item.id] = tuple(about)
        return self._speaking[item.id]


def _reads(part: Invariant) -> Iterator[Node]:
    for node in (node for node in (part.whenever, part.unless) if node is not None):
        for side in words.SIDES:
            yield from (n for n in walk(on_side(node, side)) if isinstance(n, Leaf | Atom))
