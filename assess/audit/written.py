"""The conditions as people wrote them: where each stands, and how the program reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from assess.inference.compile import any_day, on_side, suspecting
from assess.loading.yaml12 import Path
from assess.model import words
from assess.model.knowledge import Check, Exercise, Item, KnowledgeBase, Pattern, Question, Relief, Row
from assess.rules.nodes import AllOf, AnyOf, AtLeast, Known, Node, Not


@dataclass(frozen=True, slots=True)
class Written:
    """A condition of an item, and how it is read: on one side, with unsure counted as the item's level counts it.

    One side is enough: what is written for each side is written the same for both.
    """

    item: Item
    path: Path
    node: Node
    read: Callable[[Node], Node]


def conditions(base: KnowledgeBase) -> Iterator[Written]:
    """Every condition of every item that decides something."""
    for item in base.items():
        match item:
            case Row():
                yield from _of_row(item)
            case Question():
                yield Written(item, ("when",), item.when, _plain)
            case Check():
                yield Written(item, ("only_when",), item.only_when, _plain)
                for finding in item.findings:
                    yield Written(item, ("findings", finding.id), finding.when, _sided(finding.sided))
            case Pattern():
                for name, signs in ((words.FOR, item.supports), (words.AGAINST, item.opposes)):
                    for i, sign in enumerate(signs):
                        yield Written(item, (name, i, "when"), sign.when, _sided(item.sided))
                for i, veto in enumerate(item.vetoes):
                    yield Written(item, ("vetoes", i), veto, _sided(item.sided))
            case Exercise():
                yield Written(item, ("needs",), item.needs, _sided(item.sides == "each"))
            case Relief():
                yield Written(item, ("needs",), item.needs, _plain)


def _of_row(row: Row) -> Iterator[Written]:
    sided = _sided(row.each_side)
    if row.kind == words.TRIAGE and row.level in words.BLOCKING:
        yield Written(row, ("when",), row.when, suspecting)
    elif row.kind == words.MODIFIER:
        yield Written(row, ("when",), row.when, lambda node: any_day(sided(node)))
    else:
        yield Written(row, ("when",), row.when, sided)
    if row.level_when is not None:
        yield Written(row, ("level_when",), row.level_when, sided)


def _plain(node: Node) -> Node:
    return node


def _sided(sided: bool) -> Callable[[Node], Node]:
    return (lambda node: on_side(node, words.LEFT)) if sided else _plain


def members(raw: Any, node: Node, path: Path) -> Iterator[tuple[Any, Node, Path]]:
    """The direct members of a written condition with their places; none of an answer, a number, a check, a finding.

    Below those one written test may be several nodes (a list of answers, a table of cut-offs).
    """
    match node, raw:
        case AllOf(inner), {"all": list(written)}:
            yield from _listed(written, inner, (*path, "all"))
        case AnyOf(inner), {"any": list(written)}:
            yield from _listed(written, inner, (*path, "any"))
        case AtLeast(_, inner), {"of": list(written)}:
            yield from _listed(written, inner, (*path, "of"))
        case Not(member), {"not": written}:
            yield written, member, (*path, "not")
        case Known(member), {"known": written}:
            yield written, member, (*path, "known")


def _listed(written: list[Any], inner: tuple[Node, ...], path: Path) -> Iterator[tuple[Any, Node, Path]]:
    for i, (raw, node) in enumerate(zip(written, inner, strict=True)):
        yield raw, node, (*path, i)


def parts(raw: Any, node: Node, path: Path) -> Iterator[tuple[Any, Node, Path]]:
    """The condition and everything written below it, with its place."""
    yield raw, node, path
    for member in members(raw, node, path):
        yield from parts(*member)
