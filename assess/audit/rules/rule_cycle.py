"""Rules, or lines that open each other, lean on each other in a circle: no order of evaluation exists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from assess.errors import Place, Problem
from assess.inference.compile import compile_rules
from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import Item, KnowledgeBase, Question
from assess.rules.nodes import Atom, Leaf, Node, walk
from assess.rules.strata import Cycle, Undefined

if TYPE_CHECKING:
    from assess.audit.run import Context
    from assess.loading.yaml12 import Path

Name = tuple[str, str]
"""A conclusion as people write it: kind and id, whatever the side."""


def check(context: Context) -> Iterator[Problem]:
    """The rules as they are written, then who opens whom among the questions, then the rules as compiled."""
    rules = dict(_rules(context.base))
    reads = {name: tuple(dict.fromkeys(_read(when))) for name, (_, _, when) in rules.items()}
    circles = list(_circles(reads))
    for circle in circles:
        item, path, _ = rules[circle[0]]
        said = " -> ".join(f"{kind}:{name}" for kind, name in circle)
        yield context.at(item, path, "rule-cycle", f"these rules lean on each other in a circle: {said}", key=True)
    questions = context.base.questions
    for line in _circles({q.id: tuple(sorted(_opened_by(q))) for q in questions.values()}):
        yield context.at(questions[line[0]], ("id",), "rule-cycle", f"these lines open each other: {' -> '.join(line)}")
    if context.sound and not circles:
        yield from _compiled(context.base)


def _rules(base: KnowledgeBase) -> Iterator[tuple[Name, tuple[Item, Path, Node]]]:
    for row in base.rows.values():
        yield (row.kind, row.id), (row, ("when",), row.when)
    for check_ in base.checks.values():
        for finding in check_.findings:
            yield (words.FINDING, finding.id), (check_, ("findings", finding.id), finding.when)
    for pattern in base.patterns.values():
        for key, conditions in (
            ("supports", [s.when for s in pattern.supports]),
            ("opposes", [s.when for s in pattern.opposes]),
            ("vetoes", list(pattern.vetoes)),
        ):
            if any(name == (words.PATTERN, pattern.id) for when in conditions for name in _read(when)):
                yield (words.PATTERN, pattern.id), (pattern, (key,), _together(conditions))
                break
        else:
            every = [*(s.when for s in (*pattern.supports, *pattern.opposes)), *pattern.vetoes]
            yield (words.PATTERN, pattern.id), (pattern, ("supports",), _together(every))
