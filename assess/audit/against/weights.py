"""How likely each answer is taken to be where a share of answers is said (ADR 15).

Every line is answered for itself. A yes-or-no line, and a check that may send somebody to a clinician, is answered
as somebody without trouble does in 199 of 200, and in any other way equally often. Of everything else (where, since
when, how old, what a check showed) nine in ten are told, every answer equally likely; the rest is left out, not sure
or not done. With less health than that nobody of whom everything is random would ever get a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assess.audit.proof.domains import ABSENT, Cell, Domain
from assess.inference.compile import compile_rules
from assess.inference.leaves import inputs
from assess.model import words
from assess.model.answers import Unable
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import Leaf, walk

USUAL = 0.995
TOLD = 0.9

MEANS = (
    "A share is of people who answer each line for itself: yes-or-no lines and checks that may send them to a "
    "clinician as somebody without trouble in 199 of 200, everything else in any way, equally likely. Shares compare "
    "changes; they are no forecast."
)


def weights(domains: Iterable[Domain], bases: Sequence[KnowledgeBase]) -> list[tuple[float, ...]]:
    """For each domain a weight for each cell; they sum to 1."""
    rare = {q.id for base in bases for q in base.questions.values() if q.answer == words.YES_NO}
    rare |= {answer for base in bases for answer in _alarming(base)}
    prefix = f"{words.CLEARED}."
    return [_mostly_usual(d) if d.answer in rare or d.answer.startswith(prefix) else _any(d) for d in domains]


def _mostly_usual(domain: Domain) -> tuple[float, ...]:
    other = (1 - USUAL) / (domain.size - 1)
    return tuple(
        size * other + (USUAL - other if cell == domain.usual else 0) for cell, size in enumerate(domain.sizes)
    )


def _any(domain: Domain) -> tuple[float, ...]:
    untold = [sum(map(_says_nothing, values)) for values in domain.stand_for]
    told = [size - nothing for size, nothing in zip(domain.sizes, untold, strict=True)]
    some = TOLD if sum(told) else 0
    return tuple(some * t / max(1, sum(told)) + (1 - some) * u / sum(untold) for t, u in zip(told, untold, strict=True))


def _says_nothing(value: Cell) -> bool:
    return value is ABSENT or isinstance(value, Unable) or value in (words.UNSURE, words.VOID)


def _alarming(base: KnowledgeBase) -> frozenset[str]:
    """The results of checks that a level which stops or sends to a clinician rests on."""
    program = compile_rules(base).cone(Key(words.LEVEL, level) for level in words.BLOCKING)
    leaves = {n.test for group in program.by_head.values() for r in group for n in walk(r.when) if isinstance(n, Leaf)}
    read = frozenset().union(*(inputs(base, test) for test in leaves if isinstance(test, Is | Compare)))
    return frozenset(answer for answer in read if answer.partition(".")[0] in base.checks)
