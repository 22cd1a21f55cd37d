"""Invariants of scope `rules`, over any algebra: for one person, for many at once, for a proof."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace

from assess.inference.leaves import Leaves
from assess.inference.readings import on_side
from assess.model import words
from assess.model.conditions import Key
from assess.model.knowledge import Check, Exercise, Invariant, KnowledgeBase, Relief, Selection
from assess.rules.evaluate import Algebra, Element, Pair, value
from assess.rules.nodes import AnyOf, Node

Subject = Exercise | Check | Relief


@dataclass(frozen=True, slots=True)
class Broken:
    """An item that may be given although an invariant forbids it."""

    invariant: str
    item: str
    side: str


def subjects(knowledge: KnowledgeBase, chosen: Selection) -> Iterator[Subject]:
    """The items that a selection speaks of."""
    every: list[Subject] = [*knowledge.exercises.values(), *knowledge.checks.values(), *knowledge.relief.values()]
    yield from (item for item in every if speaks_of(knowledge, chosen, item))


def speaks_of(knowledge: KnowledgeBase, chosen: Selection, item: Subject) -> bool:
    """Whether a selection speaks of an item."""
    muscle = item.muscle if isinstance(item, Exercise) else ""
    tier = knowledge.terms.muscles[muscle].tier if muscle else ""
    use = "" if isinstance(item, Check) else item.use
    region = item.region if isinstance(item, Check) else knowledge.terms.muscles[muscle].region if muscle else ""
    return (
        (not chosen.ids or item.id in chosen.ids)
        and (not chosen.kinds or item.kind in chosen.kinds)
        and (not chosen.uses or use in chosen.uses)
        and (not chosen.muscles or muscle in chosen.muscles)
        and (not chosen.tiers or tier in chosen.tiers)
        and (not chosen.regions or region in chosen.regions)
        and (not chosen.tags or set(chosen.tags) <= set(item.tags))
    )


def violations(
    knowledge: KnowledgeBase, algebra: Algebra, leaves: Leaves, found: Mapping[Key, Pair]
) -> Iterator[tuple[Broken, Element]]:
    """For every invariant of scope `rules` and every item it speaks of: where the item may be given all the same."""
    for invariant in knowledge.invariants.values():
        if invariant.scope == "rules":
            yield from violations_of(invariant, knowledge, algebra, leaves, found)


def violations_of(
    invariant: Invariant, knowledge: KnowledgeBase, algebra: Algebra, leaves: Leaves, found: Mapping[Key, Pair]
) -> Iterator[tuple[Broken, Element]]:
    """The same for one invariant."""
    pairs: dict[Hashable, Pair] = {key: pair for key, pair in found.items()}  # noqa: C416 - widens the key
    for part in parts(invariant):
        for item in subjects(knowledge, invariant.never):
            for side in ("", *words.SIDES):
                eligible = found.get(Key(words.ELIGIBLE, item.id, side))
                if eligible is not None:
                    yield (
                        Broken(invariant.id, item.id, side),
                        eligible[0] & forbidden(part, side, algebra, leaves, pairs),
                    )


def parts(invariant: Invariant) -> Iterator[Invariant]:
    """One invariant for each member of an `any`: they forbid independently."""
    members = invariant.whenever.members if isinstance(invariant.whenever, AnyOf) else (invariant.whenever,)
    yield from (replace(invariant, whenever=member) for member in members)


def forbidden(
    invariant: Invariant, side: str, algebra: Algebra, leaves: Leaves, found: dict[Hashable, Pair]
) -> Element:
    """Where an item on a side must not be given: `whenever` is not known false, or `unless` is not known true.

    An item without sides under an invariant for each side: one side is enough for `whenever`, and for `unless`.
    """
    sides = (side,) if side or not invariant.each_side else words.SIDES

    def pair(node: Node, at: str) -> Pair:
        return value(on_side(node, at), algebra, leaves, found)

    where = algebra.one
    if invariant.whenever is not None:
        for at in sides:
            where = where & pair(invariant.whenever, at)[1]
        where = ~where
    if invariant.unless is not None:
        enough = algebra.zero
        for at in sides:
            enough = enough | pair(invariant.unless, at)[0]
        where = where & ~enough
    return where
