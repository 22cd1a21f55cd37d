"""Rules, or lines that open each other, lean on each other in a circle: no order of evaluation exists."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from assess.errors import Problem
from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import Item, KnowledgeBase, Question
from assess.rules.nodes import Atom, Leaf, Node, walk

if TYPE_CHECKING:
    from assess.loading.links import Linked
    from assess.loading.yaml12 import Path

Name = tuple[str, str]
"""A conclusion as it is written: its kind and id, whatever the side."""
N = TypeVar("N", bound=Hashable)


def check(linked: Linked) -> Iterator[Problem]:
    """The rules as they are written, and who opens whom among the questions."""
    reads: dict[Name, dict[Name, tuple[Item, Path]]] = {}
    for name, item, path, condition in _conditions(linked.base):
        below = reads.setdefault(name, {})
        for read in _read(condition, linked.base):
            below.setdefault(read, (item, path))
    for circle in _circles(reads):
        item, path = reads[circle[0]][circle[1]]
        said = " -> ".join(f"{kind}:{name}" for kind, name in circle)
        yield linked.at(item, path, "rule-cycle", f"these rules lean on each other in a circle: {said}", key=True)
    questions = linked.base.questions
    for line in _circles({q.id: sorted(_opened_by(q)) for q in questions.values()}):
        yield linked.at(questions[line[0]], ("id",), "rule-cycle", f"these lines open each other: {' -> '.join(line)}")


def _conditions(base: KnowledgeBase) -> Iterator[tuple[Name, Item, Path, Node]]:
    """Every condition that concludes something which another condition can read."""
    for row in base.rows.values():
        yield (row.kind, row.id), row, ("when",), row.when
        if row.level_when:
            yield (row.kind, row.id), row, ("level_when",), row.level_when
    for check_ in base.checks.values():
        for finding in check_.findings:
            yield (words.FINDING, finding.id), check_, ("findings", finding.id), finding.when
    for pattern in base.patterns.values():
        for key, signs in (("supports", pattern.supports), ("opposes", pattern.opposes)):
            for i, sign in enumerate(signs):
                yield (words.PATTERN, pattern.id), pattern, (key, i, "when"), sign.when
        for i, veto in enumerate(pattern.vetoes):
            yield (words.PATTERN, pattern.id), pattern, ("vetoes", i), veto


def _read(condition: Node, base: KnowledgeBase) -> Iterator[Name]:
    for node in walk(condition):
        if isinstance(node, Atom) and isinstance(node.key, Key):
            if node.key.kind == words.LEVEL:
                yield from ((row.kind, row.id) for row in base.rows.values() if row.level == node.key.id)
            elif node.key.kind == words.PATTERN:
                yield words.PATTERN, node.key.id.partition(".")[0]
            else:
                yield node.key.kind, node.key.id


def _opened_by(question: Question) -> set[str]:
    tests = (node.test for node in walk(question.when) if isinstance(node, Leaf))
    return {t.of for t in tests if isinstance(t, Is | Compare)} | {p for p in (question.stem, question.follows) if p}


def _circles(reads: Mapping[N, Iterable[N]]) -> Iterator[tuple[N, ...]]:
    """Every circle once, from its first member in the order of the files back to it."""
    done: set[N] = set()

    def visit(name: N, path: tuple[N, ...]) -> Iterator[tuple[N, ...]]:
        if name in path:
            yield (*path[path.index(name) :], name)
        elif name not in done:
            for below in reads.get(name, ()):
                yield from visit(below, (*path, name))
            done.add(name)

    for name in reads:
        yield from visit(name, ())
