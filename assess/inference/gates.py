"""What all rows say together, and what that opens and closes: levels, bars, gates, and who may be given what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from assess.inference.readings import on_side, over_sides
from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import Check, Exercise, KnowledgeBase, Question, Relief, Row
from assess.rules.nodes import TRUE, AllOf, AnyOf, Atom, Leaf, Node, Not, Rule, walk

CANT_TELL_SUFFIX = f".{words.CANT_TELL}"
"""What the same-day twin of an emergency row is called by."""


def lowers(row: Row, knowledge: KnowledgeBase) -> bool:
    """Whether an emergency row reads a line whose "can't tell" counts as same-day only."""
    for node in walk(row.when):
        if isinstance(node, Leaf) and isinstance(node.test, Is):
            question = knowledge.questions.get(node.test.of)
            if question and question.clarifier and question.clarifier.cant_tell == words.SAME_DAY:
                return True
    return False


@lru_cache(maxsize=8)
def lowered(knowledge: KnowledgeBase) -> tuple[Row, ...]:
    """The emergency rows that have a same-day twin for "can't tell"."""
    return tuple(r for r in knowledge.triage.values() if r.level == words.EMERGENCY and lowers(r, knowledge))


def levels(knowledge: KnowledgeBase) -> Iterator[Rule]:
    """A level as a whole: any row of it that holds, "can't tell" twins included; cleared rows do not count."""
    for level in words.BLOCKING:
        holds: list[Node] = []
        for row in knowledge.rows.values():
            if row.level == level:
                at = Atom(Key(words.LEVEL, row.id))
                agreed = Leaf(Is(f"{words.CLEARED}.{row.id}", words.YES))
                lifts = level == words.CLINICIAN_FIRST and row.clearable
                holds.append(AllOf((at, Not(agreed))) if lifts else at)
        if level == words.SAME_DAY:
            holds += [Atom(Key(words.TRIAGE, row.id + CANT_TELL_SUFFIX)) for row in lowered(knowledge)]
        yield Rule(Key(words.LEVEL, level), AnyOf(tuple(holds)))


def bars(knowledge: KnowledgeBase) -> Iterator[Rule]:
    """A tag is barred by any row that names it. On a side, by that side's rows and those of the whole person."""
    for tag in knowledge.terms.tags:
        whole: list[Node] = []
        sided: dict[str, list[Node]] = {side: [] for side in words.SIDES}
        for kind, rows in ((words.TRIAGE, knowledge.triage), (words.MODIFIER, knowledge.modifiers)):
            for row in rows.values():
                if tag in row.bars:
                    for side in over_sides(row.each_side):
                        (sided[side] if side else whole).append(Atom(Key(kind, row.id, side)))
        for side in words.SIDES:
            yield Rule(Key(words.BAR, tag, side), AnyOf((*whole, *sided[side])))
        yield Rule(Key(words.BAR, tag), AnyOf((*whole, *sided[words.LEFT], *sided[words.RIGHT])))


def gate_rules(knowledge: KnowledgeBase) -> Iterator[Rule]:
    """Comfort: who it is is known, no row stops, none is open. Corrective: also, no clinician-first row stands."""
    known = tuple(_answered(q) for q in knowledge.questions.values() if q.required)
    stops = tuple(Not(Atom(Key(words.LEVEL, level))) for level in words.STOPPING)
    first = [row for row in knowledge.rows.values() if row.level == words.CLINICIAN_FIRST]
    levels = [Atom(Key(words.LEVEL, row.id)) for row in first]
    decided = tuple(AnyOf((level, Not(level))) for level in levels)
    yield Rule(Key(words.GATE, words.COMFORT), AllOf((*known, *stops, *decided)))
    agreed = Not(Atom(Key(words.LEVEL, words.CLINICIAN_FIRST)))
    yield Rule(Key(words.GATE, words.CORRECTIVE), AllOf((Atom(Key(words.GATE, words.COMFORT)), agreed)))
    site = knowledge.by_role(words.SITE)
    for region in words.REGIONS:
        at = [s for s, entry in knowledge.program.get("sites", {}).items() if region in entry["regions"]]
        here = AnyOf(tuple(Leaf(Is(site.id, s)) for s in at)) if site else TRUE
        yield Rule(Key(words.GATE, region), here)


def _answered(question: Question) -> Node:
    """Known true once a line that nobody may leave out has been answered."""
    if question.answer == words.BIRTH_DATE:
        return Leaf(Compare(words.AGE, "at_least", 0, "years"))
    return AnyOf(tuple(Leaf(Is(question.id, option)) for option in question.options or (words.YES, words.NO)))


def withheld(knowledge: KnowledgeBase) -> Iterator[Rule]:
    """A reported pattern of any grade that marks the muscle long withholds its stretch."""
    for muscle in knowledge.terms.muscles:
        long = [p for p in knowledge.patterns.values() if p.muscles.get(muscle) in (words.LONG, words.LONG_WEAK)]
        for side in words.SIDES:
            keys = (Key(words.PATTERN, f"{p.id}.{words.POSSIBLE}", side if p.sided else "") for p in long)
            yield Rule(Key(words.WITHHELD, muscle, side), AnyOf(tuple(map(Atom, keys))))
        both = tuple(Atom(Key(words.WITHHELD, muscle, side)) for side in words.SIDES)
        yield Rule(Key(words.WITHHELD, muscle), AnyOf(both))


def exercise_rules(exercise: Exercise, knowledge: KnowledgeBase) -> Iterator[Rule]:
    """On each side: what it is needed for, and whether it may be given."""
    for side in over_sides(exercise.sides == "each"):
        yield Rule(Key(words.NEEDED, exercise.id, side), AllOf(tuple(_needs(knowledge, exercise, side))))
        gates = [_gate(words.CORRECTIVE), *regions(knowledge.region(exercise))]
        if exercise.use == words.STRETCH:
            gates.append(Not(Atom(Key(words.WITHHELD, exercise.muscle, side))))
        if knowledge.terms.muscles[exercise.muscle].tier == words.MINOR:
            gates.append(Atom(Key(words.UNLOCKED, words.MINOR)))
        yield _allowed(exercise, side, gates)


def check_rules(check: Check) -> Iterator[Rule]:
    """Whether a check is offered."""
    yield Rule(Key(words.NEEDED, check.id), check.only_when)
    yield _allowed(check, "", [_gate(words.CORRECTIVE), *regions(check.region)])


def relief_rules(relief: Relief) -> Iterator[Rule]:
    """Whether a relief may be given: a clinician-first row does not keep it back."""
    yield Rule(Key(words.NEEDED, relief.id), relief.needs)
    yield _allowed(relief, "", [_gate(words.COMFORT)])


def _allowed(item: Exercise | Check | Relief, side: str, gates: list[Node]) -> Rule:
    """Eligible: every gate is open, it is needed, and every bar on it is known not to apply."""
    unbarred = [Not(Atom(Key(words.BAR, tag, side))) for tag in item.tags]
    return Rule(Key(words.ELIGIBLE, item.id, side), AllOf((*gates, Atom(Key(words.NEEDED, item.id, side)), *unbarred)))


def _gate(gate: str) -> Node:
    return Atom(Key(words.GATE, gate))


def regions(region: str) -> tuple[Node, ...]:
    """The gate of the half of the back that something is for, if it is not for both."""
    return (_gate(region),) if region in words.REGIONS else ()


@lru_cache(maxsize=8)
def _short(knowledge: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """Muscle -> the findings that say that it is short."""
    short: dict[str, tuple[str, ...]] = {}
    for finding in knowledge.findings.values():
        if finding.muscle and finding.quality == words.SHORT:
            short[finding.muscle] = (*short.get(finding.muscle, ()), finding.id)
    return short


def _needs(knowledge: KnowledgeBase, exercise: Exercise, side: str) -> Iterator[Node]:
    """What an exercise itself asks for; a stretch also needs its own muscle found short, there where it is done."""
    yield on_side(exercise.needs, side)
    if exercise.use == words.STRETCH:
        findings = knowledge.findings
        found = [
            Atom(Key(words.FINDING, f, at))
            for f in _short(knowledge).get(exercise.muscle, ())
            for at in ((side,) if side and findings[f].sided else over_sides(findings[f].sided))
        ]
        yield AnyOf(tuple(found))
