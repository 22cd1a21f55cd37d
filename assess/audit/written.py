"""The conditions as people wrote them: where each stands, and how the program reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assess.inference.readings import any_day, on_side, suspecting
from assess.loading.documents import Document
from assess.loading.yaml12 import Path
from assess.model import words
from assess.model.knowledge import Check, Exercise, Item, KnowledgeBase, Pattern, Question, Relief, Row
from assess.rules.nodes import FALSE, TRUE, AllOf, AnyOf, AtLeast, Known, Node, Not


@dataclass(frozen=True, slots=True)
class Written:
    """A condition in a file: as data, as nodes, and how it is read: on one side, with unsure as its item counts it.

    One side is enough: what is written for each side is written the same for both.
    """

    document: Document
    path: Path
    raw: Any
    node: Node
    read: Callable[[Node], Node]


def conditions(base: KnowledgeBase, documents: Mapping[tuple[str, str], Document]) -> Iterator[Written]:
    """Every condition that is written and decides something. `KeyError` if this looks for one in a wrong place."""
    stated = [(documents[item.kind, item.id], *rule) for item in base.items() for rule in _rules(item)]
    stated.append((documents["program", "program"], ("unlock_minor", "when"), base.unlock_minor, _plain))
    for document, path, node, read in stated:
        if node in (TRUE, FALSE) and path[0] not in document.data:
            continue
        raw: Any = document.data
        for step in path:
            raw = raw[step]
        yield Written(document, path, raw, node, read)


def _rules(item: Item) -> Iterator[tuple[Path, Node, Callable[[Node], Node]]]:
    match item:
        case Row():
            yield ("when",), item.when, _of_row(item)
            if item.level_when is not None:
                yield ("level_when",), item.level_when, _sided(item.each_side)
        case Question():
            yield ("when",), item.when, _plain
        case Check():
            yield ("only_when",), item.only_when, _plain
            for finding in item.findings:
                yield ("findings", finding.id), finding.when, _sided(finding.sided)
        case Pattern():
            for name, signs in (("supports", item.supports), ("opposes", item.opposes)):
                for i, sign in enumerate(signs):
                    yield (name, i, "when"), sign.when, _sided(item.sided)
            for i, veto in enumerate(item.vetoes):
                yield ("vetoes", i), veto, _sided(item.sided)
        case Exercise():
            yield ("needs",), item.needs, _sided(item.sides == "each")
        case Relief():
            yield ("needs",), item.needs, _plain


def _of_row(row: Row) -> Callable[[Node], Node]:
    sided = _sided(row.each_side)
    if row.kind == words.TRIAGE:
        return suspecting if row.level in words.BLOCKING else sided
    return lambda node: any_day(sided(node))


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
