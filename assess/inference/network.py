"""The project's matcher, as a network: one node per condition node, never per expanded conjunction.

Each node keeps how many of its members are known true and known false; a changed answer or a new conclusion
touches only the nodes that lean on it. Independent of `rules.evaluate`: the two are held equal by tests.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from heapq import heappop, heappush

from assess.rules.nodes import AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Node, Not, Score, children
from assess.rules.strata import Program

UNKNOWN = (False, False)


class Network:
    """Nodes shared by equal conditions. `nodes[i]` has `members[i]`, which come before it.

    `roots[i]` is rule i's node; `refuters[head]` is false if all rules of the head are.
    """

    def __init__(self, program: Program) -> None:
        self._index: dict[Node, int] = {}
        self.nodes: list[Node] = []
        self.members: list[tuple[int, ...]] = []
        self._parents: list[list[int]] = []
        self.roots = tuple(self._add(rule.when) for rule in program.rules)
        self.refuters = {
            head: self._add(AnyOf(tuple(rule.when for rule in rules))) for head, rules in program.by_head.items()
        }
        self.leaves = {node: i for node, i in self._index.items() if isinstance(node, Leaf)}
        self.atoms = {node.key: i for node, i in self._index.items() if isinstance(node, Atom)}
        self._distinct = dict.fromkeys((*self.roots, *self.refuters.values()))
        self.clear()

    def _add(self, node: Node) -> int:
        if node in self._index:
            return self._index[node]
        members = tuple(self._add(child) for child in children(node))
        here = self._index[node] = len(self.nodes)
        self.nodes.append(node)
        self.members.append(members)
        self._parents.append([])
        for member in dict.fromkeys(members):
            self._parents[member].append(here)
        return here

    def clear(self) -> None:
        """Nothing is known, but for what holds of nothing (an empty `all`, an unreached score)."""
        self.state: list[tuple[bool, bool]] = [UNKNOWN] * len(self.nodes)
        self._true = [0] * len(self.nodes)
        self._false = [0] * len(self.nodes)
        for here in range(len(self.nodes)):
            self._set(here, self._value(here))

    def feed(self, inputs: Iterable[tuple[int, tuple[bool, bool]]]) -> dict[int, tuple[bool, bool]]:
        """Set leaves and atoms; returns the former state of every node that changed."""
        former: dict[int, tuple[bool, bool]] = {}
        waiting: list[int] = []
        for here, pair in inputs:
            self._change(here, pair, former, waiting)
        while waiting:
            here = heappop(waiting)
            while waiting and waiting[0] == here:
                heappop(waiting)
            self._change(here, self._value(here), former, waiting)
        return former

    def _change(
        self, here: int, pair: tuple[bool, bool], former: dict[int, tuple[bool, bool]], waiting: list[int]
    ) -> None:
        if pair == self.state[here]:
            return
        former.setdefault(here, self.state[here])
        self._set(here, pair)
        for parent in self._parents[here]:
            heappush(waiting, parent)

    def _set(self, here: int, pair: tuple[bool, bool]) -> None:
        (was_true, was_false), (true, false) = self.state[here], pair
        for parent in self._parents[here]:
            times = self.members[parent].count(here)
            self._true[parent] += times * (true - was_true)
            self._false[parent] += times * (false - was_false)
        self.state[here] = pair

    def _value(self, here: int) -> tuple[bool, bool]:
        node, true, false = self.nodes[here], self._true[here], self._false[here]
        size = len(self.members[here])
        match node:
            case Leaf() | Atom():
                return self.state[here]
            case Not():
                return false > 0, true > 0
            case Known():
                return true > 0, true == 0
            case AllOf():
                return true == size, false > 0
            case AnyOf():
                return true > 0, false == size
            case AtLeast(count, _):
                return true >= count, size - false < count
            case Score():
                reached = self._reached(node, [self.state[m] for m in self.members[here]])
                return reached, not reached

    @staticmethod
    def _reached(node: Score, states: list[tuple[bool, bool]]) -> bool:
        supports = list(zip(node.supports, states, strict=False))
        opposes = list(zip(node.opposes, states[len(supports) :], strict=False))
        vetoed = any(true for true, _ in states[len(supports) + len(opposes) :])
        points = sum(w.weight for w, (true, _) in supports if true) - sum(w.weight for w, (true, _) in opposes if true)
        base = sum(w.weight for w, (true, false) in supports if true or false)
        whole = sum(w.weight for w, _ in supports)
        kinds = {w.kind for w, (true, _) in supports if true}
        return (
            not vetoed
            and 100 * points >= node.percent * base
            and 100 * base >= node.cover * whole
            and len(kinds) >= node.kinds
        )

    def rules_changed(self, former: dict[int, tuple[bool, bool]]) -> bool:
        """Whether any rule's root is among the changed nodes."""
        return any(here in self._distinct for here in former)

    def index_of(self, node: Node) -> int:
        """Where a condition node stands."""
        return self._index[node]

    def key_of(self, head: Hashable) -> int | None:
        """The node of an atom, if any rule reads it."""
        return self.atoms.get(head)
