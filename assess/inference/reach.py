"""What a conclusion leans on: the heads, the tests and the answers below it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from assess.inference.compile import compile_rules
from assess.inference.leaves import inputs
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import Atom, Leaf, Node, walk


def heads_below(knowledge: KnowledgeBase, keys: Iterable[Hashable], stop: str = "") -> frozenset[Hashable]:
    """The keys and every head that they lean on; those of the kind `stop` are not gone into."""
    rules = compile_rules(knowledge).by_head
    seen: set[Hashable] = set()
    waiting = list(keys)
    while waiting:
        head = waiting.pop()
        if head in seen or (stop and isinstance(head, Key) and head.kind == stop):
            continue
        seen.add(head)
        waiting += [n.key for rule in rules[head] for n in walk(rule.when) if isinstance(n, Atom)]
    return frozenset(seen)


def leaves_below(knowledge: KnowledgeBase, keys: Iterable[Hashable], stop: str = "") -> tuple[Leaf, ...]:
    """Every test that the keys lean on, each once, in the order of the rules."""
    heads = heads_below(knowledge, keys, stop)
    rules = (rule for head, group in compile_rules(knowledge).by_head.items() if head in heads for rule in group)
    return tuple(dict.fromkeys(n for rule in rules for n in walk(rule.when) if isinstance(n, Leaf)))


def inputs_of(knowledge: KnowledgeBase, leaves: Iterable[Node]) -> frozenset[str]:
    """The answers that can change what these tests mean."""
    tests = (leaf.test for leaf in leaves if isinstance(leaf, Leaf))
    return frozenset(a for test in tests if isinstance(test, Is | Compare) for a in inputs(knowledge, test))


def inputs_below(knowledge: KnowledgeBase, keys: Iterable[Hashable], stop: str = "") -> frozenset[str]:
    """The answers that the keys lean on."""
    return inputs_of(knowledge, leaves_below(knowledge, keys, stop))
