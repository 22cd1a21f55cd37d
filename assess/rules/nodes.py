"""The nodes of a condition. Frozen values; an atom's key and a leaf's test can be anything hashable."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Leaf:
    """A test on answers; what it means is the business of whoever evaluates.

    Its hash is kept: the leaves of a person are looked up in thousands for every line that is asked.
    """

    test: Hashable
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash(self.test))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Atom:
    """A conclusion of lower rules, by its key."""

    key: Hashable


@dataclass(frozen=True, slots=True)
class Not:
    """Known true where the member is known false, and the other way round; unknown stays unknown."""

    member: Node


@dataclass(frozen=True, slots=True)
class Known:
    """True where the member is known true, false everywhere else.

    The member holds tests on answers only (no atoms), so that absence never becomes the negation of a rule.
    """

    member: Node


@dataclass(frozen=True, slots=True)
class AllOf:
    """Conjunction; empty is true."""

    members: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Disjunction; empty is false."""

    members: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the members."""

    count: int
    members: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """A member of a score: positive integer weight, the kind of evidence it is, and its condition."""

    weight: int
    kind: str
    member: Node


@dataclass(frozen=True, slots=True)
class Score:
    """A weighed sum that is either reached or not, never unknown (so it can be refined by more answers).

    points = weights of `supports` known true - weights of `opposes` known true;
    base = weights of `supports` known true or known false. Reached when points >= percent % of base,
    base >= cover % of all support weight, at least `kinds` different kinds are among the true supports,
    and no member of `vetoes` is known true.
    """

    supports: tuple[Weighted, ...]
    opposes: tuple[Weighted, ...]
    vetoes: tuple[Node, ...]
    percent: int
    cover: int
    kinds: int


Node = Leaf | Atom | Not | Known | AllOf | AnyOf | AtLeast | Score

TRUE = AllOf(())
FALSE = AnyOf(())


@dataclass(frozen=True, slots=True)
class Rule:
    """`head` holds if `when` does. Several rules may share a head: any of them is enough."""

    head: Hashable
    when: Node


def children(node: Node) -> tuple[Node, ...]:
    """The direct members of a node, in the order in which they are written."""
    match node:
        case Not(member) | Known(member):
            return (member,)
        case AllOf(members) | AnyOf(members) | AtLeast(_, members):
            return members
        case Score():
            return (*(w.member for w in node.supports), *(w.member for w in node.opposes), *node.vetoes)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, depth first."""
    yield node
    for child in children(node):
        yield from walk(child)


def rebuild(
    node: Node,
    change: Callable[[Node, bool], Node],
    positive: bool = True,
    *,
    known: Callable[[Known, bool], Node] | None = None,
) -> Node:
    """A copy with every leaf and atom replaced by `change(node, positive)`; `positive` flips below each `Not`.

    With `known` that says what becomes of a `Known` as a whole: such a node has its own way with the unknown.
    """
    match node:
        case Leaf() | Atom():
            return change(node, positive)
        case Not(member):
            return Not(rebuild(member, change, not positive, known=known))
        case Known(member):
            return known(node, positive) if known else Known(rebuild(member, change, positive))
        case AllOf(members):
            return AllOf(tuple(rebuild(m, change, positive, known=known) for m in members))
        case AnyOf(members):
            return AnyOf(tuple(rebuild(m, change, positive, known=known) for m in members))
        case AtLeast(count, members):
            return AtLeast(count, tuple(rebuild(m, change, positive, known=known) for m in members))
        case Score():

            def again(items: tuple[Weighted, ...], sign: bool) -> tuple[Weighted, ...]:
                return tuple(Weighted(w.weight, w.kind, rebuild(w.member, change, sign, known=known)) for w in items)

            return Score(
                again(node.supports, positive),
                again(node.opposes, not positive),
                tuple(rebuild(v, change, not positive, known=known) for v in node.vetoes),
                node.percent,
                node.cover,
                node.kinds,
            )
