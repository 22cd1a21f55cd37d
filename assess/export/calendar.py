"""The plan as a calendar (RFC 5545): floating times, one series for each part of the day, until the review.

A second import takes the place of the first: names stay, and the number of the version grows. What is not in the
plan any more is cancelled; where triage stops, everything is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from assess.errors import UsageError
from assess.export.blocks import EXAMPLE, KINDS, minutes, titled, until
from assess.export.record import Record
from assess.model import words
from assess.model.plan import Plan, PlannedExercise
from assess.model.week import WEEK, usual

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//assess//self-assessment for back and neck pain//EN"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Versions are the seconds since then: later is newer, and 68 years fit into the number that calendars read."""
WALKING, STRENGTH, REVIEW = "walking", "strengthening", "review"
REMIND_AT = timedelta(hours=9)
"""When on the day of the review it reminds."""
CANCELLED = "Cancelled: these exercises are not in your plan now"
STOPPED = "Cancelled: do not exercise. Read what your assessment says"


@dataclass(frozen=True, slots=True)
class Series:
    """One entry that comes back on some days of the week; all day long where there is no `at`."""

    name: str
    title: str
    tells: str
    days: tuple[str, ...]
    at: time | None = None
    lasts: timedelta = timedelta()


def render(record: Record) -> bytes:
    """The calendar, with the line ends that the format asks for."""
    try:
        from icalendar import Calendar
    except ImportError:
        hint = "Install it with: pip install 'assess[calendar]'."
        raise UsageError("a calendar needs the extra `calendar`, which is not installed", hint=hint) from None
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{EXAMPLE}: exercises" if record.plan.example else "Exercises for the back and neck")
    calendar.add("x-wr-caldesc", record.plan.notice)
    for event in _events(record):
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def holds(record: Record) -> tuple[str, ...]:
    """What somebody who looks into the calendar reads."""
    if record.stops and not record.answers.id:
        return ("That you are not to exercise. It cancels nothing: take exercises out of your calendar by hand.",)
    if record.stops:
        return ("That exercises which may stand in your calendar are cancelled; not why.",)
    return (
        "When you exercise, and the names of your exercises with how often and how long.",
        "When to stop, and on which day you answer the questions again.",
        "None of your answers, and nothing of what the checks found.",
    )


def first_and_last(record: Record) -> tuple[date, date]:
    """The days between which there are exercises. Raises `UsageError` where the start is no day of the plan."""
    last = date.fromisoformat(min(record.plan.review["on"], record.plan.valid_until))
    start = record.start or record.on
    if start < record.on:
        raise UsageError(f"--start {start} is in the past", hint=f"Name a day from {record.on} to {last}.")
    if start > last:
        hint = f"Name a day from {record.on} to {last}."
        raise UsageError(f"--start {start} is after the plan's last day, {last}", hint=hint)
    return start, last


def _events(record: Record) -> Iterator[Event]:
    """Every entry that a plan can have: those of this plan, and the rest as cancelled."""
    slots = [slot["id"] for slot in record.knowledge.program["slots"]]
    wanted = {} if record.stops else {s.name: s for s in _series(record)}
    start, last = (record.on, record.on) if record.stops else first_and_last(record)
    for name in (*slots, STRENGTH, WALKING):
        first = _first(wanted[name], start, last) if name in wanted else None
        yield _cancelled(record, name) if first is None else _repeated(record, wanted[name], first, last)
    yield _cancelled(record, REVIEW) if not record.plan.review.get("on") else _review(record)


def _series(record: Record) -> Iterator[Series]:
    plan, program = record.plan, record.knowledge.program
    schedule, times = plan.schedule, record.answers.week.over(usual(program)).times
    assert schedule is not None
    by_id = {e.id: e for e in plan.exercises}
    for slot in schedule.slots:
        tells = _tells(plan, [by_id[e] for e in slot.exercises], f"{slot.tied_to}. Then rest: {slot.rest}.")
        title = f"{slot.title}: exercises ({minutes(slot.seconds)})"
        yield Series(slot.id, title, tells, slot.days, time.fromisoformat(times[slot.id]), _lasts(slot.seconds))
    if schedule.strengthening:
        title = f"Exercise day ({minutes(schedule.strengthening_seconds)})"
        tells = _tells(plan, [by_id[e] for e in schedule.strengthening], program["time_note"])
        at, lasts = time.fromisoformat(times[program["exercise_slot"]]), _lasts(schedule.strengthening_seconds)
        yield Series(STRENGTH, title, tells, schedule.exercise_days, at, lasts)
    walks = [e for e in plan.exercises if e.kind == words.AEROBIC]
    if walks:
        yield Series(WALKING, walks[0].title, _tells(plan, walks, ""), WEEK)


def _lasts(seconds: int) -> timedelta:
    """Whole minutes, rounded up."""
    return timedelta(minutes=max(1, -(-seconds // 60)))


def _tells(plan: Plan, exercises: list[PlannedExercise], when: str) -> str:
    """What the entry says: which exercises, and when to stop; how each is done stands in the plan."""
    parts = [EXAMPLE] if plan.example else []
    parts += [f"{titled(e)} ({KINDS[e.kind]}): {e.dose.text}." for e in exercises]
    parts += [when] if when else []
    parts += ["How each is done stands in your plan.", "Stop at: " + "; ".join(plan.stop_signs)]
    parts += ["From now on, whatever else you do:\n" + "\n".join(plan.watch_list), until(plan), plan.notice]
    return "\n\n".join(parts)


def _first(series: Series, start: date, last: date) -> date | None:
    """The first day of a series, which must be one of its own days."""
    days = (start + timedelta(days=i) for i in range((last - start).days + 1))
    return next((day for day in days if WEEK[day.weekday()] in series.days), None)


def _repeated(record: Record, series: Series, first: date, last: date) -> Event:
    rule: dict[str, Any] = {"freq": "weekly", "byday": [day[:2].upper() for day in WEEK if day in series.days]}
    if series.at is None:
        return _event(record, series.name, series.title, series.tells, first, rrule={**rule, "until": last})
    begins = datetime.combine(first, series.at)
    rule["until"] = datetime.combine(last, time(23, 59, 59))
    event = _event(record, series.name, series.title, series.tells, begins, rrule=rule, dtend=begins + series.lasts)
    return _reminding(event, record, timedelta(), series.title)


def _review(record: Record) -> Event:
    plan = record.plan
    tells = "\n\n".join([*((EXAMPLE,) if plan.example else ()), plan.review["text"], until(plan), plan.notice])
    event = _event(record, REVIEW, "Answer the questions again", tells, date.fromisoformat(plan.review["on"]))
    return _reminding(event, record, REMIND_AT, "Answer the questions again")


def _cancelled(record: Record, name: str) -> Event:
    """One day, without repetition: what shows it all the same shows a single entry that says so."""
    title = STOPPED if record.stops else CANCELLED
    return _event(record, name, title, record.plan.notice, record.on, status="CANCELLED")


def _event(record: Record, name: str, title: str, tells: str, begins: date | datetime, **more: Any) -> Event:
    from icalendar import Event

    event = Event()
    fields: Mapping[str, Any] = {
        "uid": str(uuid5(record.whose, name)),
        "sequence": max(0, int((record.at - EPOCH).total_seconds())),
        "dtstamp": record.at.astimezone(UTC),
        "summary": title,
        "description": tells,
        "class": "PRIVATE",
        "transp": "OPAQUE" if isinstance(begins, datetime) else "TRANSPARENT",
        "dtstart": begins,
        **({} if isinstance(begins, datetime) else {"dtend": begins + timedelta(days=1)}),
        "status": "CONFIRMED",
        **more,
    }
    for key, value in fields.items():
        event.add(key, value)
    return event


def _reminding(event: Event, record: Record, after: timedelta, title: str) -> Event:
    """With an alarm, so long after the beginning."""
    if record.alarms:
        from icalendar import Alarm

        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", after)
        alarm.add("description", title)
        event.add_component(alarm)
    return event
