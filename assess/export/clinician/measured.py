"""Measurements: each with sides, unit and home error, and the mark from which the rules count it for this person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assess.export.clinician.parts import Length, Line, Part, listed
from assess.export.clinician.said import Said, amount, in_words, measured, named, sentence
from assess.export.record import Record
from assess.inference.leaves import voiding
from assess.inference.readings import on_side, over_sides
from assess.model import words
from assess.model.answers import Unable
from assess.model.conditions import Compare, Is, answer_id
from assess.model.knowledge import Check, Finding, Measure
from assess.rules.evaluate import PERSON, value
from assess.rules.nodes import AllOf, Atom, Leaf, Node, Not, children, walk

OPS = {"at_least": "from", "above": "above", "at_most": "up to", "below": "below"}
TAKEN = {"difference": "sides differing ", "highest": "higher side ", "lowest": "lower side "}


def measurements(record: Record, said: Said, length: Length) -> Part:
    """Every check that was begun; where it must be short, those without a finding by name only."""
    done = [c for c in record.knowledge.checks.values() if any(k.partition(".")[0] == c.id for k in said.values)]
    told, plain = [], []
    for check in done:
        found = _found(record, check)
        unable = any(isinstance(said.values.get(a), Unable) for m in check.measures for a in _answers(check, m))
        if length >= Length.SHORT and not found and not unable:
            plain.append(named(check))
            continue
        norms = length < Length.SHORTEST
        text = listed(t for m in check.measures if (t := _measure(said, check, m, norms=norms)))
        came_to = f"Finding: {listed(found)}." if found else "No finding."
        told.append(Line(sentence(named(check)), f"{text}. {came_to}"))
    if plain:
        told.append(Line("Done, without a finding", listed(plain)))
    return Part("Self-measured", tuple(told or [Line("", "No check was done.")]))


def _found(record: Record, check: Check) -> list[str]:
    """The findings of a check that hold, by side."""
    out = []
    for finding in check.findings:
        sides = record.conclusions.sides_of(words.FINDING, finding.id)
        if sides:
            out.append(" ".join((in_words(finding.id), " and ".join(s for s in sides if s))).strip())
    return out


def _answers(check: Check, measure: Measure) -> tuple[str, ...]:
    return tuple(answer_id(f"{check.id}.{measure.id}", side) for side in over_sides(check.sided))


def _measure(said: Said, check: Check, measure: Measure, *, norms: bool) -> str:
    """One measure: `thigh left 5°, right 0° (±5°; hip flexors short above 0°)`."""
    values, numbers = {}, False
    for side in over_sides(check.sided):
        answer = answer_id(f"{check.id}.{measure.id}", side)
        if answer in said.values:
            numbers |= isinstance(said.values[answer], int | float)
            values[side] = measured(said.values[answer], measure.unit) + _means(said, check, measure, side)
    if not values:
        return ""
    same = len(values) == len(words.SIDES) and len(set(values.values())) == 1 and not measure.unit
    shown = f"{values[words.LEFT]} on both sides" if same else ", ".join(f"{s} {v}".strip() for s, v in values.items())
    notes = [f"±{amount(measure.error, measure.unit)}"] if measure.error and numbers else []
    notes += _norms(said, check, measure) if norms and numbers else []
    name = "" if measure.id == measure.unit else f"{in_words(measure.id)} "
    return f"{name}{shown}" + (f" ({'; '.join(notes)})" if notes else "")


def _means(said: Said, check: Check, measure: Measure, side: str) -> str:
    """Where an answer counts otherwise than it looks."""
    value = said.values[answer_id(f"{check.id}.{measure.id}", side)]
    if isinstance(value, Unable):
        return f", counts as {measure.unable_means}" if measure.unable_means and value.reason != words.NO_HELPER else ""
    for of, word in voiding(said.knowledge).get(check.id, ()):
        given = said.values.get(answer_id(of, side))
        if given is not None and given != word and of != f"{check.id}.{measure.id}":
            return " [not counted]"
    return ""


def _norms(said: Said, check: Check, measure: Measure) -> list[str]:
    """From where each finding counts, at this person's age and sex; the same mark is said once."""
    marks: dict[str, str] = {}
    for finding in check.findings:
        own = applying(said, check, finding, measure)
        tests = " and ".join(dict.fromkeys(_mark(mark.test) for mark in own))
        beside = " and ".join(dict.fromkeys(b for mark in own for b in mark.beside))
        if own:
            marks.setdefault(f"{tests} with {beside}" if beside else tests, in_words(finding.id))
    return [f"{name} {mark}" for mark, name in marks.items()]


def _mark(test: Compare) -> str:
    return f"{TAKEN.get(test.take, '')}{OPS[test.op]} {amount(test.limit, test.unit)}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A number from which a finding counts: for whom (`given`), and what must be so `beside` it."""

    test: Compare
    given: tuple[Node, ...]
    beside: tuple[str, ...]


def applying(said: Said, check: Check, finding: Finding, measure: Measure) -> tuple[Mark, ...]:
    """The marks of a finding on a measure that are those of this person.

    Marks for an age or a sex stand beside it. The most particular ones whose conditions are known to hold are taken;
    those that hold for nobody in particular are the ones of somebody of whom neither is known.
    """
    node = on_side(finding.when, words.LEFT)
    of = f"{check.id}.{measure.id}"
    marks = [m for m in _marks(node, check, (), ()) if m.test.of == of and m.test.side in ("", words.LEFT)]
    known = [m for m in marks if all(value(n, PERSON, said.leaves, {})[0] for n in m.given)]
    most = max((len(m.given) for m in known), default=0)
    return tuple(m for m in known if len(m.given) == most)


def _marks(node: Node, check: Check, given: tuple[Node, ...], beside: tuple[str, ...]) -> Iterator[Mark]:
    """Every comparison of a measure, with the conditions on the person and on the check that stand beside it."""
    match node:
        case Leaf(Compare() as test) if test.of != words.AGE:
            yield Mark(test, given, beside)
        case AllOf(members):
            person = tuple(m for m in members if _of_the_person(m))
            words_beside = tuple(b for m in members if (b := _beside(m, check)))
            for member in members:
                if member not in person:
                    yield from _marks(member, check, (*given, *person), (*beside, *words_beside))
        case Not():
            return
        case _:
            for child in children(node):
                yield from _marks(child, check, given, beside)


def _beside(node: Node, check: Check) -> str:
    """Another measure of the check that must have a word; one that voids the check if not, is told where it does."""
    if not isinstance(node, Leaf) or not isinstance(node.test, Is):
        return ""
    measure = next((m for m in check.measures if f"{check.id}.{m.id}" == node.test.of), None)
    if measure is None or measure.counts_if:
        return ""
    return f"{in_words(measure.id)} {in_words(node.test.value)}" + (
        " on the other side" if node.test.side == words.RIGHT else ""
    )


def _of_the_person(node: Node) -> bool:
    """Whether a condition reads nothing but questions and the age."""
    tests = [n.test for n in walk(node) if isinstance(n, Leaf)]
    plain = all(isinstance(t, Is | Compare) and "." not in t.of for t in tests)
    return bool(tests) and plain and not any(isinstance(n, Atom) for n in walk(node))
