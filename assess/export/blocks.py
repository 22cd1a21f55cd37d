"""A plan as a short list of headings, paragraphs and lists: the one order in which every reading format shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assess.model import words
from assess.model.plan import LeftOut, Plan, PlannedExercise, Slot

DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
KINDS = {
    words.STRETCH: "push, relax, stretch",
    words.ACTIVATION: "wake-up work",
    words.STRENGTHENING: "build up",
    words.AEROBIC: "walking",
}
HOW_SURE = {words.POSSIBLE: "possibly", words.LIKELY: "fits well"}
EXAMPLE = "Example, not a real person"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title. Where it is that of an item, what has pictures draws it for its side."""

    text: str
    level: int = 2
    item: str = field(default="", compare=False)
    side: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; `quiet` is for sources and reasons, `loud` for warnings."""

    text: str
    quiet: bool = False
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `numbered` where the order matters."""

    lines: tuple[str, ...]
    numbered: bool = False


Block = Heading | Paragraph | Bullets


def blocks(plan: Plan, level_titles: dict[str, str]) -> Iterator[Block]:
    """The whole plan in reading order: what to do and when to stop first, sources last."""
    if plan.example:
        yield Paragraph(EXAMPLE, loud=True)
    yield Heading(level_titles[plan.triage.level], 1)
    yield from _triage(plan)
    if plan.program == "none":
        yield Paragraph(plan.notice, quiet=True)
        return
    if plan.valid_until:
        yield Paragraph(until(plan), loud=True)
    if plan.goal or plan.activities:
        yield Heading("What you want to get back to")
        yield Bullets(tuple(t for t in (plan.goal, *plan.activities) if t))
    yield from _relief(plan)
    if plan.exercises:
        yield from _schedule(plan)
        yield from _exercises(plan)
    yield Heading("Stop, and when to see somebody")
    if plan.stop_signs and plan.exercises:
        yield Paragraph("Stop an exercise at:")
        yield Bullets(plan.stop_signs)
    yield Paragraph("From now on, whatever else you do:")
    yield Bullets(plan.watch_list)
    if plan.refer:
        yield Heading("Who else should look at this")
        yield Bullets(tuple(f"{r['text']} See {r['to']} {within_words(r['within'])}." for r in plan.refer))
    yield from _found(plan)
    yield Heading("What to expect")
    yield Bullets((*plan.expect, *plan.advice))
    if plan.exercises:
        yield Heading("If it flares up")
        yield Bullets(plan.flare_card)
        yield Heading("Back to sitting, lifting and work")
        yield Bullets(plan.graded_return)
    yield from _left_out(plan)
    yield Heading("Review")
    yield Paragraph(f"On {plan.review['on']}. {plan.review['text']}")
    yield Bullets(tuple(plan.review["steps"]))
    yield from _sources(plan)


def until(plan: Plan) -> str:
    """Until when the plan holds, and what to do after: whatever it is written on lives on after its day."""
    day = plan.valid_until
    return f"Valid until {day}. After that day answer the questions again before you go on." if day else ""


def titled(exercise: PlannedExercise) -> str:
    """An exercise with the side that it is for."""
    side = {"both": ", both sides", "": ""}.get(exercise.side, f", {exercise.side} side")
    return f"{exercise.title}{side}"


def reason_words(reason: Mapping[str, Any]) -> str:
    """A reason of triage, and whether a clinician has agreed in spite of it."""
    return str(reason["text"]) + (" (A clinician has agreed.)" if reason["cleared"] else "")


def within_words(within: str) -> str:
    """How soon, as a sentence goes on."""
    return {"days": "within a few days", "weeks": "within the next weeks"}[within]


def _triage(plan: Plan) -> Iterator[Block]:
    triage = plan.triage
    for line in triage.action:
        yield Paragraph(line, loud=plan.program == "none")
    if triage.within:
        yield Paragraph(f"See them {within_words(triage.within)}.")
    if triage.reasons:
        yield Paragraph("Why:")
        yield Bullets(tuple(reason_words(r) for r in triage.reasons))
    waiting = [str(r["id"]) for r in triage.reasons if r["clearable"] and not r["cleared"]]
    if waiting:
        yield Paragraph("When a clinician has agreed to exercise, record it, once for each reason:", quiet=True)
        yield Bullets(tuple(f"assess agreed {reason} --by WHO --about WHAT" for reason in waiting))
    if triage.open and plan.program == "none":
        yield Paragraph("Not answered yet, and to be asked there: " + ", ".join(triage.open) + ".", quiet=True)


def _relief(plan: Plan) -> Iterator[Block]:
    yield Heading("Today, for the pain")
    if not plan.relief:
        yield Paragraph("Nothing can be advised for the pain before more lines are answered.")
    for relief in plan.relief:
        yield Heading(relief.title, 3, relief.id)
        yield Bullets(relief.steps, numbered=len(relief.steps) > 1)
        if relief.dose:
            yield Paragraph(f"How much: {relief.dose}.")
        if relief.stop_signs:
            yield Paragraph("Stop at: " + "; ".join(relief.stop_signs) + ".")
        yield Paragraph(_why(relief.because, relief.evidence, relief.evidence_note, relief.sources), quiet=True)


def _why(because: tuple[str, ...], grade: str, note: str, sources: tuple[str, ...]) -> str:
    return f"Why: {' '.join(because)} Evidence {grade}: {note} [{', '.join(sources)}]"


def minutes(seconds: int) -> str:
    """Seconds as the nearest whole minutes, at least one; only the bound of a day is rounded up."""
    return f"about {max(1, round(seconds / 60))} min"


def _schedule(plan: Plan) -> Iterator[Block]:
    schedule = plan.schedule
    assert schedule is not None
    titles = {e.id: e.title for e in plan.exercises}
    yield Heading("Your week")
    lines = [
        f"{slot.title} ({minutes(slot.seconds)}), {slot.tied_to}{_days(slot)}: "
        f"{', then '.join(titles[e] for e in slot.exercises)}. Then rest: {slot.rest}."
        for slot in schedule.slots
    ]
    if schedule.strengthening:
        days = ", ".join(DAYS[d] for d in schedule.exercise_days)
        names = ", ".join(titles[e] for e in schedule.strengthening)
        lines.append(f"Exercise days ({minutes(schedule.strengthening_seconds)}) on {days}: {names}.")
    lines += [f"{e.title}: {e.dose.text}." for e in plan.exercises if e.kind == words.AEROBIC]
    yield Bullets(tuple(lines))
    longest = f"{-(-schedule.most_seconds_a_day // 60)} min"
    yield Paragraph(
        " ".join(t for t in (f"At most {longest} a day, walking not counted.", schedule.ladder, *schedule.notes) if t)
    )


def _days(slot: Slot) -> str:
    return "" if len(slot.days) == len(DAYS) else f", on {', '.join(DAYS[d] for d in slot.days)}"


def _exercises(plan: Plan) -> Iterator[Block]:
    yield Heading("Your exercises")
    for e in plan.exercises:
        yield Heading(f"{titled(e)} ({KINDS[e.kind]})", 3, e.figure or e.id, e.side)
        yield Paragraph(f"{e.dose.text}." if e.kind != words.AEROBIC else f"{e.dose.text}.".capitalize())
        yield Bullets(e.steps, numbered=True)
        yield Paragraph(f"Where you feel it: {e.feel}")
        yield Bullets((f"Easier: {e.easier}", f"Harder: {e.harder}", f"In bed or on a chair: {e.elsewhere}"))
        yield Paragraph("Stop at: " + "; ".join(e.stop_signs) + ".")
        yield Paragraph(_exercise_why(e), quiet=True)


def _exercise_why(e: PlannedExercise) -> str:
    return _why(e.because, e.evidence, e.evidence_note, e.sources)


def _found(plan: Plan) -> Iterator[Block]:
    if not plan.found and not plan.patterns:
        return
    yield Heading("What your checks found")
    yield Bullets(tuple(f"{f.text}{value_words(f.value, f.unit)}" for f in plan.found))
    for p in plan.patterns:
        side = f", {p.side}" if p.side else ""
        yield Heading(f"{p.title}{side} ({HOW_SURE[p.likelihood]})", 3)
        yield Paragraph(f"{p.lay} {p.honesty}")
        yield Paragraph(f"Evidence {p.evidence}. Speaks for it: {'; '.join(p.supports)}.", quiet=True)
        if p.against:
            yield Paragraph(f"Speaks against it: {'; '.join(p.against)}.", quiet=True)
        if p.unknown:
            yield Paragraph(f"Not known: {'; '.join(p.unknown)}.", quiet=True)
    yield Paragraph(plan.honesty)


def value_words(value: object, unit: str) -> str:
    """What was measured, behind a finding; nothing where it is no number."""
    if not isinstance(value, int | float) or not unit:
        return ""
    return f": {value:g} {unit.removesuffix('s') if value in (1, -1) else unit}"


def _left_out(plan: Plan) -> Iterator[Block]:
    if not plan.left_out:
        return
    yield Heading("What was left out, and why")
    for text, by_reason in grouped(plan.left_out):
        yield Paragraph(text)
        if not any(by_reason):
            yield Paragraph("; ".join(by_reason[""]) + ".", quiet=True)
            continue
        yield Bullets(tuple(f"{because} — {'; '.join(titles)}" for because, titles in by_reason.items()))


def grouped(left_out: Sequence[LeftOut]) -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    """What was left out, once for each kind of reason: its text, and by the person's own reason the titles."""
    groups: dict[str, list[LeftOut]] = {}
    for entry in left_out:
        groups.setdefault(entry.code, []).append(entry)
    result = []
    for entries in groups.values():
        reasons = dict.fromkeys(" ".join(entry.because) for entry in entries)
        titles = {r: tuple(dict.fromkeys(e.title for e in entries if " ".join(e.because) == r)) for r in reasons}
        result.append((entries[0].text, titles))
    return result


def _sources(plan: Plan) -> Iterator[Block]:
    yield Heading("Sources and how this was made")
    yield Bullets(tuple(f"[{key}] {title}" for key, title in plan.sources.items()))
    k = plan.knowledge
    yield Paragraph(
        f"Answers of {plan.triaged_at or 'an open triage'}. "
        f"Knowledge {k['name']} {k['version']} ({k['sha256'][:12]}), answers {plan.answers_sha256[:12]}.",
        quiet=True,
    )
    yield Paragraph(plan.notice)
