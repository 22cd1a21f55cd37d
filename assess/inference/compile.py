"""The knowledge written out as rules: each side, each reading, every bar and gate. Nothing medical is decided here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from assess.model import words
from assess.model.conditions import Compare, Is, Key, Reading
from assess.model.knowledge import Check, Exercise, KnowledgeBase, Pattern, Question, Relief, Row
from assess.rules.nodes import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    Atom,
    Known,
    Leaf,
    Node,
    Not,
    Rule,
    Score,
    Weighted,
    rebuild,
    walk,
)
from assess.rules.strata import Program, stratify

CANT_TELL_SUFFIX = f".{words.CANT_TELL}"
ONLY_EMERGENCY = frozenset({words.EMERGENCY})


@lru_cache(maxsize=8)
def compile_rules(knowledge: KnowledgeBase) -> Program:
    """Every rule of the knowledge, in strata. Raises `Cycle` or `Undefined` if the knowledge does not hang together."""
    return stratify(
        (
            *_findings(knowledge),
            *_patterns(knowledge),
            *_rows(knowledge),
            *_levels(knowledge),
            *_bars(knowledge),
            *_gates(knowledge),
            *_eligible(knowledge),
        )
    )


def on_side(node: Node, side: str) -> Node:
    """Real sides in the place of `this` and `other`; as an answer, `this` means that side or both."""
    other = {words.LEFT: words.RIGHT, words.RIGHT: words.LEFT}.get(side, "")
    real = {words.THIS: side, words.OTHER: other}

    def change(part: Node, _: bool) -> Node:
        match part:
            case Atom(Key(kind, item_id, at)) if at in real:
                return Atom(Key(kind, item_id, real[at]))
            case Leaf(Is() as test) if test.value == words.THIS:
                chosen = [replace(test, value=v) for v in (side, "both")]
                return AnyOf(tuple(Leaf(t) for t in chosen))
            case Leaf(Is() as test) if test.side in real:
                return Leaf(replace(test, side=real[test.side]))
            case Leaf(Compare() as test) if test.side in real:
                return Leaf(replace(test, side=real[test.side]))
            case _:
                return part

    return rebuild(node, change)


def suspecting(node: Node, cant_tell: frozenset[str] = frozenset(words.STOPPING)) -> Node:
    """The node as triage reads it: unsure counts as what is looked for, and below a `not` as its opposite.

    What must be `known` counts only if it is said for certain. An answer that is still to come leaves it open all the
    same: otherwise a row would be decided, and triage with it, before the line was asked. Only a check, which may
    never be done, is not waited for.
    """

    def change(part: Node, positive: bool) -> Node:
        if isinstance(part, Leaf):
            reading = Reading.SUSPECTING if positive else Reading.CERTAIN
            if isinstance(part.test, Is):
                return Leaf(replace(part.test, reading=reading, cant_tell=cant_tell))
            if isinstance(part.test, Compare):
                return Leaf(replace(part.test, reading=reading))
        return part

    def certain(part: Node, _: bool) -> Node:
        if isinstance(part, Leaf) and isinstance(part.test, Is | Compare):
            return Leaf(replace(part.test, reading=Reading.CERTAIN))
        return part

    def known(part: Known, _: bool) -> Node:
        leaves = [n.test for n in walk(part.member) if isinstance(n, Leaf)]
        waits = all(isinstance(test, Is | Compare) and "." not in test.of for test in leaves)
        return rebuild(part.member, certain) if waits else part

    return rebuild(node, change, known=known)


def any_day(node: Node) -> Node:
    """The node with every number read over all the days that a plan is valid for."""

    def change(part: Node, _: bool) -> Node:
        if isinstance(part, Leaf) and isinstance(part.test, Compare):
            return Leaf(replace(part.test, any_day=True))
        return part

    return rebuild(node, change)


def _over_sides(sided: bool) -> tuple[str, ...]:
    return words.SIDES if sided else ("",)


def _findings(knowledge: KnowledgeBase) -> Iterator[Rule]:
    for finding in knowledge.findings.values():
        for side in _over_sides(finding.sided):
            yield Rule(Key(words.FINDING, finding.id, side), on_side(finding.when, side))


def _patterns(knowledge: KnowledgeBase) -> Iterator[Rule]:
    for pattern in knowledge.patterns.values():
        for side in _over_sides(pattern.sided):
            for name, signs in ((words.FOR, pattern.supports), (words.AGAINST, pattern.opposes)):
                for i, sign in enumerate(signs):
                    when = AllOf((*_regions(pattern.region), on_side(sign.when, side)))
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


def _rows(knowledge: KnowledgeBase) -> Iterator[Rule]:
    for row in knowledge.triage.values():
        if row.level not in words.BLOCKING:
            yield from _plain_row(row, words.TRIAGE, any_day_too=False)
        elif row.level == words.EMERGENCY and _lowers(row, knowledge):
            yield Rule(Key(words.TRIAGE, row.id), suspecting(row.when, ONLY_EMERGENCY))
            yield Rule(Key(words.TRIAGE, row.id + CANT_TELL_SUFFIX), suspecting(row.when))
        else:
            yield Rule(Key(words.TRIAGE, row.id), suspecting(row.when))
        yield Rule(Key(words.LEVEL, row.id), Atom(Key(words.TRIAGE, row.id)))
    for row in knowledge.modifiers.values():
        yield from _plain_row(row, words.MODIFIER, any_day_too=True)
        yield Rule(Key(words.LEVEL, row.id), _modifier_level(row))


def _modifier_level(row: Row) -> Node:
    """A modifier's level holds only if known true; where its row says so, unsure is enough."""
    if row.level == words.SELF_CARE:
        return FALSE
    holds = row.level_when or row.when
    read = suspecting(holds) if row.unsure_level else holds
    return AnyOf(tuple(Known(on_side(read, side)) for side in _over_sides(row.each_side)))


def _levels(knowledge: KnowledgeBase) -> Iterator[Rule]:
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


def _plain_row(row: Row, kind: str, *, any_day_too: bool) -> Iterator[Rule]:
    for side in _over_sides(row.each_side):
        node = on_side(row.when, side)
        yield Rule(Key(kind, row.id, side), any_day(node) if any_day_too else node)


def _lowers(row: Row, knowledge: KnowledgeBase) -> bool:
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
    return tuple(r for r in knowledge.triage.values() if r.level == words.EMERGENCY and _lowers(r, knowledge))


def _bars(knowledge: KnowledgeBase) -> Iterator[Rule]:
    """A tag is barred by any row that names it. On a side, by that side's rows and those of the whole person."""
    for tag in knowledge.terms.tags:
        whole: list[Node] = []
        sided: dict[str, list[Node]] = {side: [] for side in words.SIDES}
        for kind, rows in ((words.TRIAGE, knowledge.triage), (words.MODIFIER, knowledge.modifiers)):
            for row in rows.values():
                if tag in row.bars:
                    for side in _over_sides(row.each_side):
                        (sided[side] if side else whole).append(Atom(Key(kind, row.id, side)))
        for side in words.SIDES:
            yield Rule(Key(words.BAR, tag, side), AnyOf((*whole, *sided[side])))
        yield Rule(Key(words.BAR, tag), AnyOf((*whole, *sided[words.LEFT], *sided[words.RIGHT])))


def _gates(knowledge: KnowledgeBase) -> Iterator[Rule]:
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


def _eligible(knowledge: KnowledgeBase) -> Iterator[Rule]:
    short: dict[str, list[str]] = {}
    for finding in knowledge.findings.values():
        if finding.muscle and finding.quality == words.SHORT:
            short.setdefault(finding.muscle, []).append(finding.id)
    for muscle in knowledge.terms.muscles:
        for side in words.SIDES:
            yield Rule(Key(words.WITHHELD, muscle, side), _withheld(knowledge, muscle, side))
        both = tuple(Atom(Key(words.WITHHELD, muscle, side)) for side in words.SIDES)
        yield Rule(Key(words.WITHHELD, muscle), AnyOf(both))
    yield Rule(Key(words.UNLOCKED, words.MINOR), knowledge.unlock_minor)
    for exercise in knowledge.exercises.values():
        for side in _over_sides(exercise.sides == "each"):
            yield Rule(Key(words.NEEDED, exercise.id, side), AllOf(tuple(_needs(knowledge, exercise, side, short))))
            gates = [_gate(words.CORRECTIVE), *_regions(knowledge.region(exercise))]
            if exercise.use == words.STRETCH:
                gates.append(Not(Atom(Key(words.WITHHELD, exercise.muscle, side))))
            if knowledge.terms.muscles[exercise.muscle].tier == words.MINOR:
                gates.append(Atom(Key(words.UNLOCKED, words.MINOR)))
            yield _allowed(exercise, side, gates)
    for check in knowledge.checks.values():
        yield Rule(Key(words.NEEDED, check.id), check.only_when)
        yield _allowed(check, "", [_gate(words.CORRECTIVE), *_regions(check.region)])
    for relief in knowledge.relief.values():
        yield Rule(Key(words.NEEDED, relief.id), relief.needs)
        yield _allowed(relief, "", [_gate(words.COMFORT)])


def _allowed(item: Exercise | Check | Relief, side: str, gates: list[Node]) -> Rule:
    """Eligible: every gate is open, it is needed, and every bar on it is known not to apply."""
    unbarred = [Not(Atom(Key(words.BAR, tag, side))) for tag in item.tags]
    return Rule(Key(words.ELIGIBLE, item.id, side), AllOf((*gates, Atom(Key(words.NEEDED, item.id, side)), *unbarred)))


def _withheld(knowledge: KnowledgeBase, muscle: str, side: str) -> Node:
    """A reported pattern of any grade that marks the muscle long withholds its stretch."""
    long = [p for p in knowledge.patterns.values() if p.muscles.get(muscle) in (words.LONG, words.LONG_WEAK)]
    return AnyOf(tuple(Atom(Key(words.PATTERN, f"{p.id}.{words.POSSIBLE}", side if p.sided else "")) for p in long))


def _gate(gate: str) -> Node:
    return Atom(Key(words.GATE, gate))


def _regions(region: str) -> tuple[Node, ...]:
    """The gate of the half of the back that something is for, if it is not for both."""
    return (_gate(region),) if region in words.REGIONS else ()


def _needs(knowledge: KnowledgeBase, exercise: Exercise, side: str, short: dict[str, list[str]]) -> Iterator[Node]:
    """What an exercise itself asks for; a stretch also needs its own muscle found short, there where it is done."""
    yield on_side(exercise.needs, side)
    if exercise.use == words.STRETCH:
        found = [
            Atom(Key(words.FINDING, f, at))
            for f in short.get(exercise.muscle, [])
            for at in ((side,) if side and knowledge.findings[f].sided else _over_sides(knowledge.findings[f].sided))
        ]
        yield AnyOf(tuple(found))
