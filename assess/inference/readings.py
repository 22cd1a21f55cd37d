"""How a written condition is read: on one side, with unsure as the safer answer, over all the days of a plan."""

from __future__ import annotations

from dataclasses import replace

from assess.model import words
from assess.model.conditions import Compare, Is, Key, Reading
from assess.rules.nodes import AnyOf, Atom, Known, Leaf, Node, rebuild, walk


def on_side(node: Node, side: str) -> Node:
    """Real sides in the place of `this` and `other`; as an answer, `this` means that side or both."""
    other = {words.LEFT: words.RIGHT, words.RIGHT: words.LEFT}.get(side, "")
    real = {words.THIS: side, words.OTHER: other}

    def change(part: Node, _: bool) -> Node:
        match part:
            case Atom(Key(kind, item_id, at)) if at in real:
                return Atom(Key(kind, item_id, real[at]))
            case Leaf(Is() as test) if test.value == words.THIS:
                chosen = [replace(test, value=v) for v in (side, "both")]
                return AnyOf(tuple(Leaf(t) for t in chosen))
            case Leaf(Is() as test) if test.side in real:
                return Leaf(replace(test, side=real[test.side]))
            case Leaf(Compare() as test) if test.side in real:
                return Leaf(replace(test, side=real[test.side]))
            case _:
                return part

    return rebuild(node, change)


def suspecting(node: Node, cant_tell: frozenset[str] = frozenset(words.STOPPING)) -> Node:
    """The node as triage reads it: unsure counts as what is looked for, and below a `not` as its opposite.

    What must be `known` counts only if it is said for certain. An answer that is still to come leaves it open all the
    same: otherwise a row would be decided, and triage with it, before the line was asked. Only a check, which may
    never be done, is not waited for.
    """

    def change(part: Node, positive: bool) -> Node:
        if isinstance(part, Leaf):
            reading = Reading.SUSPECTING if positive else Reading.CERTAIN
            if isinstance(part.test, Is):
                return Leaf(replace(part.test, reading=reading, cant_tell=cant_tell))
            if isinstance(part.test, Compare):
                return Leaf(replace(part.test, reading=reading))
        return part

    def certain(part: Node, _: bool) -> Node:
        if isinstance(part, Leaf) and isinstance(part.test, Is | Compare):
            return Leaf(replace(part.test, reading=Reading.CERTAIN))
        return part

    def known(part: Known, _: bool) -> Node:
        leaves = [n.test for n in walk(part.member) if isinstance(n, Leaf)]
        waits = all(isinstance(test, Is | Compare) and "." not in test.of for test in leaves)
        return rebuild(part.member, certain) if waits else part

    return rebuild(node, change, known=known)


def any_day(node: Node) -> Node:
    """The node with every number read over all the days that a plan is valid for."""

    def change(part: Node, _: bool) -> Node:
        if isinstance(part, Leaf) and isinstance(part.test, Compare):
            return Leaf(replace(part.test, any_day=True))
        return part

    return rebuild(node, change)


def over_sides(sided: bool) -> tuple[str, ...]:
    """The sides for which something is written out: both, or only the person as a whole."""
    return words.SIDES if sided else ("",)
