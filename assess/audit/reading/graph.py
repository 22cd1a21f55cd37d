"""What leads to what: answers to findings, findings to patterns, conditions to levels and bars, bars to items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assess.inference.invariants import subjects
from assess.model import words
from assess.model.knowledge import (
    Check,
    Exercise,
    Finding,
    Invariant,
    Item,
    KnowledgeBase,
    Pattern,
    Question,
    Relief,
    Row,
)
from assess.model.outline import reads
from assess.rules.nodes import Node

MUSCLE, TAG = "muscle", "tag"
MARKS = {
    words.SHORT: "marks as short",
    words.WEAK: "marks as weak",
    words.LONG: "marks as long, so withholds its stretch",
    words.LONG_WEAK: "marks as long and weak, so withholds its stretch",
    words.UNCLEAR: "names, as unclear",
}


class Point(NamedTuple):
    """An item, or a finding, a muscle, a tag or a level, by kind and id."""

    kind: str
    id: str


class Edge(NamedTuple):
    """One step: what `source` does to `target`."""

    source: Point
    target: Point
    why: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Every step, by where it begins and by where it ends, and the words for every point."""

    titles: Mapping[Point, str]
    into: Mapping[Point, tuple[Edge, ...]]
    out_of: Mapping[Point, tuple[Edge, ...]]


def graph(knowledge: KnowledgeBase) -> Graph:
    """The graph of a knowledge base. Steps of one point stand in the order of the files."""
    into: dict[Point, list[Edge]] = defaultdict(list)
    out_of: dict[Point, list[Edge]] = defaultdict(list)
    for edge in dict.fromkeys(_edges(knowledge)):
        into[edge.target].append(edge)
        out_of[edge.source].append(edge)
    return Graph(
        dict(_titles(knowledge)),
        {point: tuple(edges) for point, edges in into.items()},
        {point: tuple(edges) for point, edges in out_of.items()},
    )


def point_of(item: Item) -> Point:
    """The point of an item."""
    return Point(item.kind, item.id)


def _titles(knowledge: KnowledgeBase) -> Iterator[tuple[Point, str]]:
    yield from ((Point(words.LEVEL, level), level) for level in words.LEVELS)
    yield from ((Point(TAG, tag), text) for tag, text in knowledge.terms.tags.items())
    yield from ((Point(MUSCLE, m.id), m.name) for m in knowledge.terms.muscles.values())
    yield from ((Point(words.FINDING, f.id), f.text) for f in knowledge.findings.values())
    yield from ((point_of(item), item.title) for item in knowledge.items())


def _edges(knowledge: KnowledgeBase) -> Iterator[Edge]:
    for item in knowledge.items():
        point = point_of(item)
        match item:
            case Question():
                yield from _read([item.when], point, "decides whether it is asked")
                opens = ((item.stem, "opens"), (item.follows, "is followed by"))
                yield from (Edge(Point(words.QUESTION, of), point, why) for of, why in opens if of)
            case Row():
                yield from _row(item, point)
            case Check():
                yield from _read([item.only_when], point, "decides whether it is offered")
                yield from _tags(item.tags, point)
                for finding in item.findings:
                    yield from _read([finding.when], Point(words.FINDING, finding.id), "decides")
                    yield from _finding(finding, point)
            case Pattern():
                yield from _pattern(item, point)
            case Exercise():
                yield from _read([item.needs], point, "decides whether it may be given")
                yield Edge(Point(MUSCLE, item.muscle), point, "is worked on by it")
                yield from _tags(item.tags, point)
                if item.activation:
                    yield Edge(point, Point(words.EXERCISE, item.activation), "is followed at once by")
            case Relief():
                yield from _read([item.needs], point, "decides whether it may be advised")
                yield from _tags(item.tags, point)
            case Invariant():
                yield from _read([n for n in (item.whenever, item.unless) if n is not None], point, "is the case for")
                if item.scope == "rules":
                    held = subjects(knowledge, item.never)
                    yield from (Edge(point, point_of(subject), "holds back") for subject in held)


def _read(nodes: Iterable[Node], point: Point, why: str) -> Iterator[Edge]:
    """What conditions look up. A measure leads to the finding of its own check by way of that check alone."""
    for node in nodes:
        yield from (Edge(Point(*ref), point, why) for ref in reads(node))


def _tags(tags: Iterable[str], point: Point) -> Iterator[Edge]:
    yield from (Edge(Point(TAG, tag), point, "is asked of the body by it") for tag in tags)


def _finding(finding: Finding, point: Point) -> Iterator[Edge]:
    found = Point(words.FINDING, finding.id)
    yield Edge(point, found, "makes the finding")
    if finding.muscle:
        yield Edge(found, Point(MUSCLE, finding.muscle), MARKS.get(finding.quality, "is about"))


def _row(row: Row, point: Point) -> Iterator[Edge]:
    yield from _read([row.when, *([row.level_when] if row.level_when else [])], point, "decides")
    if row.level != words.SELF_CARE:
        yield Edge(point, Point(words.LEVEL, row.level), "has the level")
    yield from (Edge(point, Point(TAG, tag), "bars") for tag in row.bars)
    if row.finding:
        yield from _finding(row.finding, point)


def _pattern(pattern: Pattern, point: Point) -> Iterator[Edge]:
    yield from _read((sign.when for sign in pattern.supports), point, "speaks for")
    yield from _read((sign.when for sign in pattern.opposes), point, "speaks against")
    yield from _read(pattern.vetoes, point, "rules out")
    yield from (Edge(point, Point(MUSCLE, muscle), MARKS[mark]) for muscle, mark in pattern.muscles.items())
