"""The order in which rules may be evaluated: a rule reads only heads of lower strata."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from assess.errors import KnowledgeError
from assess.rules.nodes import Atom, Rule, walk


class Cycle(KnowledgeError):
    """Rules that lean on each other in a circle; `heads` names the circle in order."""

    def __init__(self, heads: tuple[Hashable, ...]) -> None:
        super().__init__(" -> ".join(str(h) for h in heads))
        self.heads = heads


class Undefined(KnowledgeError):
    """A rule reads a head that no rule concludes."""

    def __init__(self, head: Hashable, key: Hashable) -> None:
        super().__init__(f"{head} reads {key}, which no rule concludes")
        self.head, self.key = head, key


@dataclass(frozen=True, slots=True)
class Program:
    """Rules in an order in which each reads only what stands before it, with the stratum of every head.

    `by_head` is in the same order.
    """

    rules: tuple[Rule, ...]
    stratum: dict[Hashable, int]
    by_head: dict[Hashable, tuple[Rule, ...]]

    def cone(self, heads: Iterable[Hashable]) -> Program:
        """The part of the program that some heads rest on; heads that it does not have are left out."""
        needed: set[Hashable] = set()
        waiting = [head for head in heads if head in self.by_head]
        while waiting:
            head = waiting.pop()
            if head not in needed:
                needed.add(head)
                nodes = (node for rule in self.by_head[head] for node in walk(rule.when))
                waiting += [node.key for node in nodes if isinstance(node, Atom)]
        by_head = {head: rules for head, rules in self.by_head.items() if head in needed}
        return Program(tuple(rule for rules in by_head.values() for rule in rules), self.stratum, by_head)


def stratify(rules: Iterable[Rule]) -> Program:
    """Sort rules by stratum, keeping the written order inside one. Raises `Cycle` or `Undefined`."""
    by_head: dict[Hashable, list[Rule]] = {}
    for rule in rules:
        by_head.setdefault(rule.head, []).append(rule)
    reads = {
        head: tuple(dict.fromkeys(node.key for rule in group for node in walk(rule.when) if isinstance(node, Atom)))
        for head, group in by_head.items()
    }
    stratum: dict[Hashable, int] = {}
    for start in by_head:
        _visit(start, reads, stratum, [])
    heads = sorted(by_head, key=lambda head: stratum[head])
    return Program(
        tuple(rule for head in heads for rule in by_head[head]),
        stratum,
        {head: tuple(by_head[head]) for head in heads},
    )


def _visit(
    head: Hashable,
    reads: dict[Hashable, tuple[Hashable, ...]],
    stratum: dict[Hashable, int],
    path: list[Hashable],
) -> int:
    if head in stratum:
        return stratum[head]
    if head in path:
        raise Cycle((*path[path.index(head) :], head))
    if head not in reads:
        raise Undefined(path[-1] if path else head, head)
    path.append(head)
    level = max((_visit(key, reads, stratum, path) + 1 for key in reads[head]), default=0)
    path.pop()
    stratum[head] = level
    return level
