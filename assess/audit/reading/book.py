"""The whole knowledge in the order in which it is read: chapters of entries, one a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assess.audit.reading.blocks import Block, blocks, tree
from assess.audit.reading.cases import Told, told
from assess.audit.reading.drawing import Picture, draw
from assess.audit.reading.graph import TAG, Edge, Graph, Point, graph, point_of
from assess.audit.report import Report
from assess.errors import Problem
from assess.model import words
from assess.model.knowledge import Item, KnowledgeBase
from assess.model.outline import Line, outline
from assess.model.terms import Source

SURE = {
    "verified": "verified: the record itself was read",
    "secondary": "secondary: read in a secondary page",
    "standard-teaching": "standard teaching: what textbooks and teachers agree on, not checked in a source",
    "design-value": "design value: chosen here, so that the rule can be computed; no source gives it",
}
"""What the knowledge says of how sure a source makes an item."""

UNLOCK = "unlock_minor"


@dataclass(frozen=True, slots=True)
class Step:
    """What leads to an item, or follows from it, in words and with where to read on; `verdict` of an invariant."""

    why: str
    kind: str
    id: str
    title: str
    anchor: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything about one item; `held` are the invariants that speak of it."""

    item: Item
    anchor: str
    blocks: tuple[Block, ...]
    cases: tuple[Told, ...]
    sources: tuple[tuple[str, str, Source], ...]
    into: tuple[Step, ...]
    out_of: tuple[Step, ...]
    held: tuple[Step, ...]
    picture: Picture
    findings: tuple[Problem, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Entries of one kind, or of one level. `kind` says which words introduce it; `part` names a chapter's level."""

    kind: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Chapters, the numbers of the program, and the vocabulary."""

    chapters: tuple[Chapter, ...]
    program: tuple[Line, ...]
    muscles: tuple[tuple[str, ...], ...]
    tags: tuple[tuple[str, ...], ...]
    barred: Mapping[str, tuple[Step, ...]]


def anchor(point: Point) -> str:
    """Where in the document a point is read. What a check finds is read in the vocabulary of findings."""
    return f"{point.kind}-{point.id}"


def book(report: Report, base: KnowledgeBase) -> Book:
    """The book of a report's knowledge."""
    whole = graph(base)
    verdicts = {proof.id: proof.verdict for proof in report.proofs}
    by_file: dict[str, list[Problem]] = {}
    for problem in report.findings:
        by_file.setdefault(problem.place.file, []).append(problem)

    def chapter(kind: str, title: str, items: Iterable[Item]) -> Chapter:
        return Chapter(kind, title, tuple(_entry(item, base, whole, verdicts, by_file) for item in items))

    triage = (
        chapter(words.TRIAGE, f"Warning signs: {level}", (r for r in base.triage.values() if r.level == level))
        for level in words.LEVELS
    )
    chapters = (
        *triage,
        chapter(words.MODIFIER, "Conditions that leave something out", base.modifiers.values()),
        chapter(words.CHECK, "Checks and what they find", base.checks.values()),
        chapter(words.PATTERN, "Patterns", base.patterns.values()),
        chapter(words.EXERCISE, "Exercises", base.exercises.values()),
        chapter(words.RELIEF, "Relief for today", base.relief.values()),
        chapter(words.QUESTION, "Questions", base.questions.values()),
        chapter(words.INVARIANT, "What must hold for everybody", base.invariants.values()),
    )
    terms = base.terms
    return Book(
        tuple(c for c in chapters if c.entries),
        tuple(_program(base)),
        tuple((m.id, m.name, m.seed, m.region, m.tier, m.not_stretched) for m in terms.muscles.values()),
        tuple(terms.tags.items()),
        {tag: _steps(whole.into.get(Point(TAG, tag), ()), whole, verdicts, back=True) for tag in terms.tags},
    )


def findings(base: KnowledgeBase) -> Iterator[tuple[str, ...]]:
    """Every finding: id, words, muscle, quality, who is told, and the anchor of what makes it."""
    makers = {row.finding.id: Point(words.MODIFIER, row.id) for row in base.modifiers.values() if row.finding}
    for f in base.findings.values():
        maker = Point(words.CHECK, f.check) if f.check else makers[f.id]
        muscle = base.terms.muscles[f.muscle].name if f.muscle else ""
        shown = "the clinician only" if f.for_clinician else "the person"
        yield f.id, f.text, muscle, f.quality.replace("-", " and "), shown, anchor(maker)


def _entry(
    item: Item,
    base: KnowledgeBase,
    whole: Graph,
    verdicts: Mapping[str, str],
    by_file: Mapping[str, list[Problem]],
) -> Entry:
    point = point_of(item)
    made = [
        Point(words.FINDING, f.id) for f in base.findings.values() if item.kind == words.CHECK and f.check == item.id
    ]
    follows = [*whole.out_of.get(point, ()), *(edge for p in made for edge in whole.out_of.get(p, ()))]
    leads = _steps(whole.into.get(point, ()), whole, verdicts, back=True)
    return Entry(
        item,
        anchor(point),
        blocks(item, base),
        told(item, base),
        tuple((key, SURE[tag], base.sources[key]) for key, tag in item.sources.items()),
        tuple(step for step in leads if step.kind != words.INVARIANT),
        _steps(follows, whole, verdicts, back=False),
        tuple(step for step in leads if step.kind == words.INVARIANT),
        draw(whole, point),
        tuple(by_file.get(item.place.file, ())),
        verdicts.get(item.id, "") if item.kind == words.INVARIANT else "",
    )


def _steps(edges: Iterable[Edge], whole: Graph, verdicts: Mapping[str, str], *, back: bool) -> tuple[Step, ...]:
    """One end of each edge; the nearest kinds of steps stand together."""
    found = []
    for edge in edges:
        other = edge.source if back else edge.target
        verdict = verdicts.get(other.id, "") if other.kind == words.INVARIANT else ""
        found.append(Step(edge.why, *other, whole.titles[other], anchor(other), verdict))
    return tuple(found)


def _program(base: KnowledgeBase) -> Iterator[Line]:
    for key, value in base.program.items():
        if key == UNLOCK:
            yield Line("The smaller muscles are opened if:", (outline(base.unlock_minor, base),))
        else:
            yield tree(key, value)
