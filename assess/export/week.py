"""The week as rows: one for each part of the day and one for the exercise days; what to do, and on which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assess.export.blocks import DAYS, minutes
from assess.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Row:
    """`does` are ids and titles of exercises in their order; `days` the days as the plan names them."""

    title: str
    tied: str
    minutes: str
    does: tuple[tuple[str, str], ...]
    rest: str
    days: tuple[str, ...]


def rows(plan: Plan) -> Iterator[Row]:
    """The rows of a plan with a timetable."""
    schedule = plan.schedule
    assert schedule is not None
    titles = {e.id: e.title for e in plan.exercises}
    for slot in schedule.slots:
        does = tuple((e, titles[e]) for e in slot.exercises)
        yield Row(slot.title, slot.tied_to, minutes(slot.seconds), does, slot.rest, slot.days or tuple(DAYS))
    if schedule.strengthening:
        does = tuple((e, titles[e]) for e in schedule.strengthening)
        yield Row("Exercise days", "", minutes(schedule.strengthening_seconds), does, "", schedule.exercise_days)


def notes(plan: Plan) -> tuple[str, ...]:
    """What is said below the rows."""
    schedule = plan.schedule
    assert schedule is not None
    longest = f"At most {-(-schedule.most_seconds_a_day // 60)} min a day, walking not counted."
    return tuple(t for t in (longest, schedule.ladder, *schedule.notes) if t)
