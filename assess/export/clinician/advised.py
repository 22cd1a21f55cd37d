"""What the person was advised and why, what was left out and why, and who else is to look at it."""

from __future__ import annotations

from collections.abc import Iterator

from assess.export.clinician.parts import Length, Line, Part, counted, lines, listed
from assess.export.clinician.said import in_words, named, sentence
from assess.export.record import Record
from assess.model import words
from assess.model.plan import LeftOut, PlannedExercise, Schedule
from assess.plan.left_out import BARRED, LATER_LEVEL, NOT_KNOWN, NOT_NOW, barred_by

ROLES = {words.STRETCH: words.STRETCH, words.STRENGTHENING: words.STRENGTHENING}
"""The kinds of exercise that answer a finding, and the role of its target."""


def advised(record: Record, length: Length) -> Part:
    """What the plan gives. Where somebody must look first, that is what the person was told, and comfort."""
    plan = record.plan
    if plan.schedule is None:
        kept = "No exercise was given." if plan.program == words.COMFORT else "Neither exercise nor relief was given."
        first = (("The person was told", " ".join(plan.triage.action)), ("Exercise", kept))
        return Part("Advised", lines(*first, ("Comfort", _relief(record, length)), *_refer(record)))
    exercises = tuple(Line(sentence(_name(e)), _exercise(record, e, length)) for e in plan.exercises)
    given = "when to stop an exercise, and a watch list of warning signs with what to do"
    week = ("Week", _week(record, plan.schedule))
    told = lines(week, ("Relief", _relief(record, length)), ("Told as well", given), *_refer(record))
    return Part("Advised, and why", (*exercises, *told))


def _week(record: Record, schedule: Schedule) -> str:
    """How often, how long a day, and when it is looked at again."""
    parts = [f"in the parts of the day {', '.join(s.id for s in schedule.slots)}"] if schedule.slots else []
    parts += [f"strengthening on {', '.join(schedule.exercise_days)}"] if schedule.strengthening else []
    most = -(-schedule.most_seconds_a_day // 60)
    parts += [f"at most {most} min a day, walking not counted"] if most else []
    return listed([*parts, f"review on {record.plan.review['on']}"])


def _name(e: PlannedExercise) -> str:
    return in_words(e.id)


def _exercise(record: Record, e: PlannedExercise, length: Length) -> str:
    """Kind, muscle, side, dose, and the findings that call for it."""
    side = {"both": ", both sides", "": ""}.get(e.side, f", {e.side}")
    why = _why(record, e)
    dose = f". Dose: {e.dose.text}" if length < Length.SHORTEST else ""
    return f"{e.kind}, {in_words(e.muscle)}{side}{dose}. Why: {why} [{e.evidence}]"


def _why(record: Record, e: PlannedExercise) -> str:
    """The findings by name; an activation goes with its stretch; else what the plan itself says."""
    if e.rides_on:
        return f"goes with {in_words(e.rides_on)}."
    found = [
        " ".join((in_words(f["id"]), f["side"])).strip()
        for t in record.plan.targets
        if t.muscle == e.muscle and t.role == ROLES.get(e.kind)
        for f in t.findings
    ]
    return f"{listed(found)}." if found else " ".join(e.because[:1])


def _relief(record: Record, length: Length) -> str:
    """The relief by use; why is the same for all of a use."""
    by_use: dict[str, list[str]] = {}
    for relief in record.plan.relief:
        grade = f" [{relief.evidence}]" if length < Length.SHORT else ""
        by_use.setdefault(relief.use, []).append(in_words(relief.id) + grade)
    return listed(f"{in_words(use)}: {', '.join(names)}" for use, names in by_use.items())


def _refer(record: Record) -> Iterator[tuple[str, str]]:
    """Who else should look, and how soon."""
    said = []
    for entry in record.plan.refer:
        item = record.knowledge.find(entry["id"])
        said.append(f"{named(item) if item else in_words(entry['id'])}: {entry['to']}, within {entry['within']}")
    yield "Referral advised", listed(said)


def left_out(record: Record, length: Length) -> Part | None:
    """What could have been given and was not: by the rows that bar it, and else by the kind of reason."""
    entries = record.plan.left_out
    if not entries:
        return None
    told = [Line(sentence(in_words(code)), _barred(record, code, length)) for code in (BARRED, NOT_KNOWN)]
    codes = dict.fromkeys(e.code for e in entries if e.code not in (BARRED, NOT_KNOWN))
    told += [Line(sentence(in_words(code)), _others(record, code, length)) for code in codes]
    return Part("Left out, and why", tuple(line for line in told if line.text))


def _barred(record: Record, code: str, length: Length) -> str:
    """Row by row what it keeps out; an item that several rows keep out stands under each."""
    by_row: dict[str, dict[str, None]] = {}
    for entry in record.plan.left_out:
        item = record.knowledge.exercises.get(entry.id) or record.knowledge.relief.get(entry.id)
        if entry.code != code or item is None:
            continue
        for row, known in barred_by(record.knowledge, record.conclusions, item, entry.side).values():
            if known == (code == BARRED):
                by_row.setdefault(named(row), {})[in_words(entry.id)] = None
    return listed(_items(row, tuple(names), length, Length.SHORTER) for row, names in by_row.items())


def _items(why: str, names: tuple[str, ...], length: Length, from_when: Length) -> str:
    return f"{why}: {counted(len(names), 'item') if length >= from_when else ', '.join(names)}"


def _others(record: Record, code: str, length: Length) -> str:
    """What no row keeps out. What is merely later is counted; a muscle stands with what was found in it."""
    names = dict.fromkeys(_entry(record, e) for e in record.plan.left_out if e.code == code)
    if code in (LATER_LEVEL, NOT_NOW) or length >= Length.SHORT:
        return counted(len(names), "item")
    return ", ".join(names)


def _entry(record: Record, e: LeftOut) -> str:
    side = {"both": " both sides", "": ""}.get(e.side, f" {e.side}")
    if e.id in record.knowledge.terms.muscles:
        return in_words(e.id) + side
    return in_words(e.id)
