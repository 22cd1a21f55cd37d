"""The knowledge written out as rules: each side, each reading, every bar and gate. Nothing medical is decided here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assess.inference.gates import (
    CANT_TELL_SUFFIX,
    bars,
    check_rules,
    exercise_rules,
    gate_rules,
    levels,
    lowers,
    regions,
    relief_rules,
    withheld,
)
from assess.inference.readings import any_day, on_side, over_sides, suspecting
from assess.model import words
from assess.model.conditions import Key
from assess.model.knowledge import Check, Exercise, Finding, Item, KnowledgeBase, Pattern, Relief, Row
from assess.rules.nodes import FALSE, AllOf, AnyOf, Atom, Known, Node, Rule, Score, Weighted
from assess.rules.strata import Program, stratify

ONLY_EMERGENCY = frozenset({words.EMERGENCY})


@lru_cache(maxsize=8)
def compile_rules(knowledge: KnowledgeBase) -> Program:
    """Every rule of the knowledge, in strata. Raises `Cycle` or `Undefined` if the knowledge does not hang together."""
    return stratify(_rules(knowledge))


def _rules(knowledge: KnowledgeBase) -> Iterator[Rule]:
    for finding in knowledge.findings.values():
        yield from _finding(finding)
    for pattern in knowledge.patterns.values():
        yield from _pattern(pattern)
    for row in knowledge.rows.values():
        yield from _row(row, knowledge)
    yield from levels(knowledge)
    yield from bars(knowledge)
    yield from gate_rules(knowledge)
    yield from withheld(knowledge)
    yield Rule(Key(words.UNLOCKED, words.MINOR), knowledge.unlock_minor)
    for exercise in knowledge.exercises.values():
        yield from exercise_rules(exercise, knowledge)
    for check in knowledge.checks.values():
        yield from check_rules(check)
    for relief in knowledge.relief.values():
        yield from relief_rules(relief)


def rules_about(item: Item, knowledge: KnowledgeBase) -> Iterator[Rule]:
    """All rules that are written otherwise once this item is: its own, and those that several items share with it."""
    match item:
        case Row():
            yield from _row(item, knowledge)
            yield from levels(knowledge)
            yield from bars(knowledge)
            yield from gate_rules(knowledge)
        case Check():
            for finding in item.findings:
                yield from _finding(finding)
            yield from check_rules(item)
        case Pattern():
            yield from _pattern(item)
            yield from withheld(knowledge)
        case Exercise():
            yield from exercise_rules(item, knowledge)
        case Relief():
            yield from relief_rules(item)


def _finding(finding: Finding) -> Iterator[Rule]:
    for side in over_sides(finding.sided):
        yield Rule(Key(words.FINDING, finding.id, side), on_side(finding.when, side))


def _pattern(pattern: Pattern) -> Iterator[Rule]:
    for side in over_sides(pattern.sided):
        for name, signs in ((words.FOR, pattern.supports), (words.AGAINST, pattern.opposes)):
            for i, sign in enumerate(signs):
                when = AllOf((*regions(pattern.region), on_side(sign.when, side)))
                yield Rule(Key(words.SIGN, f"{pattern.id}.{name}.{i}", side), when)
        possible = _score(pattern, side, 50)
        likely = FALSE if pattern.cap == words.POSSIBLE else _score(pattern, side, 70)
        enough = Score(_weighted(pattern, side, words.FOR), (), (), 0, 60, 0)
        yield Rule(Key(words.PATTERN, f"{pattern.id}.{words.POSSIBLE}", side), possible)
        yield Rule(Key(words.PATTERN, f"{pattern.id}.{words.LIKELY}", side), likely)
        yield Rule(Key(words.PATTERN, f"{pattern.id}.{words.ENOUGH}", side), enough)


def _weighted(pattern: Pattern, side: str, name: str) -> tuple[Weighted, ...]:
    signs = pattern.supports if name == words.FOR else pattern.opposes
    return tuple(
        Weighted(sign.weight, sign.kind, Atom(Key(words.SIGN, f"{pattern.id}.{name}.{i}", side)))
        for i, sign in enumerate(signs)
    )


def _score(pattern: Pattern, side: str, percent: int) -> Node:
    return Score(
        _weighted(pattern, side, words.FOR),
        _weighted(pattern, side, words.AGAINST),
        tuple(on_side(v, side) for v in pattern.vetoes),
        percent,
        cover=60,
        kinds=2,
    )


def _row(row: Row, knowledge: KnowledgeBase) -> Iterator[Rule]:
    holds = Key(row.kind, row.id)
    if row.kind == words.MODIFIER:
        for side in over_sides(row.each_side):
            yield Rule(holds._replace(side=side), any_day(on_side(row.when, side)))
        yield Rule(Key(words.LEVEL, row.id), _modifier_level(row))
        return
    if row.level not in words.BLOCKING:
        for side in over_sides(row.each_side):
            yield Rule(holds._replace(side=side), on_side(row.when, side))
    elif row.level == words.EMERGENCY and lowers(row, knowledge):
        yield Rule(holds, suspecting(row.when, ONLY_EMERGENCY))
        yield Rule(Key(words.TRIAGE, row.id + CANT_TELL_SUFFIX), suspecting(row.when))
    else:
        yield Rule(holds, suspecting(row.when))
    yield Rule(Key(words.LEVEL, row.id), Atom(holds) if row.level != words.SELF_CARE else FALSE)


def _modifier_level(row: Row) -> Node:
    """A modifier's level holds only if known true; where its row says so, unsure is enough."""
    if row.level == words.SELF_CARE:
        return FALSE
    holds = row.level_when or row.when
    read = suspecting(holds) if row.unsure_level else holds
    return AnyOf(tuple(Known(on_side(read, side)) for side in over_sides(row.each_side)))
