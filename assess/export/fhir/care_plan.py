"""The plan as a FHIR CarePlan, and what the person wants to get back to as Goals."""

from __future__ import annotations

from collections.abc import Iterator

from assess.export.blocks import EXAMPLE, reason_words, titled, until, within_words
from assess.export.fhir.questionnaire import Item
from assess.export.record import Record
from assess.model import words
from assess.model.free_text import tidy
from assess.model.plan import Plan, PlannedExercise
from assess.model.week import WEEK, usual


def care_plan(record: Record, subject: Item, goals: tuple[str, ...], response: str) -> Item:
    """The resource; on hold where somebody must look first. `goals` and `response` are what it refers to."""
    plan = record.plan
    title = str(record.knowledge.program["levels"][plan.triage.level]["title"])
    reasons = [reason_words(r) for r in plan.triage.reasons]
    told = [*plan.triage.action, *reasons, *((until(plan),) if plan.schedule else ())]
    activities = list(_activities(record))
    period = {"start": plan.triaged_at, "end": plan.valid_until} if plan.triaged_at else {}
    return {
        "resourceType": "CarePlan",
        "status": "on-hold" if record.stops else "active",
        "intent": "plan",
        "title": f"{EXAMPLE}: {title}" if plan.example else title,
        "description": "\n".join(told),
        "subject": subject,
        **({"period": period} if period else {}),
        "supportingInfo": [{"reference": response}],
        **({"goal": [{"reference": goal} for goal in goals]} if goals else {}),
        **({"activity": activities} if activities else {}),
        "note": [{"text": text} for text in (*_always(record), plan.notice, plan.honesty) if text],
    }


def _always(record: Record) -> Iterator[str]:
    """What every plan carries: when to stop, and when to see somebody; and what was taken back as a wrong key."""
    plan = record.plan
    if plan.stop_signs and plan.exercises:
        yield f"Stop an exercise at: {'; '.join(plan.stop_signs)}"
    yield f"From now on, whatever else you do: {' '.join(plan.watch_list)}"
    if record.answers.mistakes:
        yield f"Taken back as a wrong key: {', '.join(record.answers.mistakes)}"


def goals(plan: Plan, subject: Item) -> Iterator[Item]:
    """What the person wants to be able to do again, in their own words."""
    for text in (plan.goal, *plan.activities):
        if text:
            said = {"text": tidy(text)}
            yield {"resourceType": "Goal", "lifecycleStatus": "active", "description": said, "subject": subject}


def _activities(record: Record) -> Iterator[Item]:
    plan = record.plan
    for refer in plan.refer:
        yield _activity(f"See {refer['to']} {within_words(refer['within'])}", refer["text"])
    for relief in plan.relief:
        dose = f"How much: {relief.dose}." if relief.dose else ""
        yield _activity(relief.title, *relief.steps, dose, _stop(relief.stop_signs), when="today, for the pain")
    for exercise in plan.exercises:
        told = (f"{exercise.dose.text}.", *exercise.steps, _stop(exercise.stop_signs))
        yield _activity(titled(exercise), *told, when=_when(record, exercise))


def _activity(title: str, *told: str, when: str = "") -> Item:
    scheduled = {"scheduledString": when} if when else {}
    detail = {
        "code": {"text": title},
        "status": "not-started",
        **scheduled,
        "description": " ".join(filter(None, told)),
    }
    return {"detail": detail}


def _stop(signs: tuple[str, ...]) -> str:
    return f"Stop at: {'; '.join(signs)}." if signs else ""


def _when(record: Record, exercise: PlannedExercise) -> str:
    """The days and times, as words: they differ from one part of the day to the other."""
    schedule, program = record.plan.schedule, record.knowledge.program
    if schedule is None or exercise.kind == words.AEROBIC:
        return exercise.dose.text
    times = record.answers.week.over(usual(program)).times
    if exercise.id in schedule.strengthening:
        return f"{', '.join(schedule.exercise_days)} at {times[program['exercise_slot']]}"
    parts = []
    for slot in schedule.slots:
        if exercise.id in slot.exercises:
            days = "every day" if len(slot.days) == len(WEEK) else ", ".join(slot.days)
            parts.append(f"{days} at {times[slot.id]}")
    return "; ".join(parts)
