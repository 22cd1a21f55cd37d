"""Two versions over the same answers: both written out as rules, with what is written the same worked out once.

What a test on answers means is said by its question (its details, what opens it, its options), and that may differ
where the rules do not. A test that the old version reads in another way is therefore another leaf here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace

from assess.audit.proof.domains import AT, joint_domains
from assess.audit.proof.facts import Cells, Facts, Gathers
from assess.audit.proof.proofs import DEEPEST
from assess.audit.proof.seen import Seen
from assess.audit.proof.space import Space, Where
from assess.inference.compile import compile_rules
from assess.inference.leaves import Leaves
from assess.model import words
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import Pair
from assess.rules.memory import Memory
from assess.rules.nodes import AnyOf, Atom, Leaf, Node, Rule, Score, rebuild, walk
from assess.rules.strata import Program, stratify


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its name in messages, the bytes of its files by path, and the knowledge in them."""

    shown: str
    contents: Mapping[str, bytes]
    base: KnowledgeBase


@dataclass(frozen=True, slots=True)
class Former:
    """A test as the old version reads it, where the new one reads it differently or not at all."""

    test: Hashable


class Found(dict[Hashable, Pair]):
    """What one version concludes over some elements; a conclusion that it does not have never holds."""

    def __init__(self, pairs: Mapping[Hashable, Pair], never: Pair) -> None:
        super().__init__(pairs)
        self._never = never

    def __missing__(self, head: Hashable) -> Pair:
        return self._never


class Both:
    """Two versions; wherever there is one thing for each, the old comes first."""

    def __init__(self, old: KnowledgeBase, new: KnowledgeBase) -> None:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST))
        self.bases = old, new
        before, after = (_program(base) for base in self.bases)
        leaves = _leaves(before), _leaves(after)
        self.space = Space(new, (), joint_domains(((new, leaves[1]), (old, leaves[0]))))
        self.seen = Seen(old, AT.date()), Seen(new, AT.date())
        self._cells = [Cells(b, self.space.domains, s) for b, s in zip(self.bases, self.seen, strict=True)]
        was, now = self._readers(self.space)
        former = frozenset(leaf for leaf in leaves[0] if leaf not in leaves[1] or was(leaf) != now(leaf))
        self.programs = _renamed(before, former), after
        self.leaf = self._reader(self.space)
        self.memory = Memory(self.space.algebra, self.leaf)
        self.resting = self.memory.resting_on(self.programs[0]), self.memory.resting_on(self.programs[1])
        one, other = self.resting
        heads = dict.fromkeys((*after.by_head, *before.by_head))
        self.changed = tuple(head for head in heads if one.get(head) != other.get(head))
        """Conclusions that are not written the same in both, or that rest on such."""
        self._needed = [program.cone(self.changed) for program in self.programs]

    def over_all_answers(self) -> tuple[Found, Found]:
        """Both versions over all answers there can be."""
        old, new = (self.memory.evaluate(program, self._seal) for program in self._needed)
        never: Pair = self.space.nothing, self.space.everything
        return Found(old, never), Found(new, never)

    def over(self, people: Gathers) -> tuple[Found, Found]:
        """Both versions over many people."""
        memory = Memory(people.algebra, self._reader(people))
        old, new = (memory.evaluate(program) for program in self._needed)
        never: Pair = people.algebra.zero, people.algebra.one
        return Found(old, never), Found(new, never)

    def when(self, version: int, head: Hashable) -> Node | None:
        """The condition of a conclusion in the old (0) or the new (1) version, if it has one."""
        rules = self.programs[version].by_head.get(head, ())
        return AnyOf(tuple(rule.when for rule in rules)) if len(rules) > 1 else rules[0].when if rules else None

    def _readers(self, over: Gathers) -> tuple[Leaves, Leaves]:
        old, new = (
            Leaves(base, over.algebra, Facts(cells, over)) for base, cells in zip(self.bases, self._cells, strict=True)
        )
        return old, new

    def _reader(self, over: Gathers) -> Callable[[Leaf], Pair]:
        old, new = self._readers(over)
        return lambda leaf: old(Leaf(leaf.test.test)) if isinstance(leaf.test, Former) else new(leaf)

    def _seal(self, head: Hashable, pair: tuple[Where, Where]) -> None:
        """A score stays apart from what rests on it, as in the proofs."""
        rules = (rule for program in self.programs for rule in program.by_head.get(head, ()))
        if any(isinstance(rule.when, Score) for rule in rules):
            for where in pair:
                self.space.seal(where)


def _program(base: KnowledgeBase) -> Program:
    """The rules, and the level that stops nobody and that no rule therefore reads."""
    rows = (row for row in base.rows.values() if row.level == words.CAUTION)
    cautious = AnyOf(tuple(Atom(Key(words.LEVEL, row.id)) for row in rows))
    return stratify((*compile_rules(base).rules, Rule(Key(words.LEVEL, words.CAUTION), cautious)))


def _leaves(program: Program) -> dict[Leaf, None]:
    return {node: None for rule in program.rules for node in walk(rule.when) if isinstance(node, Leaf)}


def _renamed(program: Program, former: frozenset[Leaf]) -> Program:
    def change(node: Node, _: bool) -> Node:
        return Leaf(Former(node.test)) if isinstance(node, Leaf) and node in former else node

    rules = {rule: replace(rule, when=rebuild(rule.when, change)) for rule in program.rules} if former else {}
    by_head = {head: tuple(rules.get(rule, rule) for rule in group) for head, group in program.by_head.items()}
    return replace(program, rules=tuple(rules.get(rule, rule) for rule in program.rules), by_head=by_head)
