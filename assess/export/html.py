"""The plan as one HTML file: no script, nothing fetched, for a phone, a large screen and paper alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assess.export.blocks import DAYS, EXAMPLE, HOW_SURE, KINDS, grouped, minutes, value_words, within_words
from assess.export.look import Look, action_of
from assess.model import words
from assess.model.free_text import tidy
from assess.model.plan import Plan, Schedule, Slot

if TYPE_CHECKING:
    from jinja2 import Environment

NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""What cannot stand in HTML, not even escaped."""


def render(plan: Plan, level_titles: Mapping[str, str], look: Look) -> str:
    """The HTML, ending in a newline; the same plan always gives the same bytes."""
    stop = plan.program == "none"
    text = (
        _environment()
        .get_template("stop.html" if stop else "plan.html")
        .render(
            plan=plan,
            title=level_titles[plan.triage.level],
            example=EXAMPLE if plan.example else "",
            pictures=look.pictures,
            action=action_of(plan, look) if stop else None,
            week=_week(plan.schedule, plan) if plan.schedule else None,
            left_out=grouped(plan.left_out),
            kinds=KINDS,
            how_sure=HOW_SURE,
            minutes=minutes,
            within=within_words,
            value=value_words,
            days=DAYS,
            aerobic=words.AEROBIC,
        )
    )
    return NOT_IN_HTML.sub("?", text.strip()) + "\n"


def _week(schedule: Schedule, plan: Plan) -> dict[str, Any]:
    """The week as a table: a row for each part of the day and for strengthening, a column for each day."""
    titles = {e.id: e.title for e in plan.exercises}

    def row(slot: Slot) -> dict[str, Any]:
        return {
            "title": slot.title,
            "tied": slot.tied_to,
            "minutes": minutes(slot.seconds),
            "does": [(e, titles[e]) for e in slot.exercises],
            "rest": slot.rest,
            "days": slot.days or tuple(DAYS),
        }

    rows = [row(slot) for slot in schedule.slots]
    if schedule.strengthening:
        rows.append(
            {
                "title": "Exercise days",
                "tied": "",
                "minutes": minutes(schedule.strengthening_seconds),
                "does": [(e, titles[e]) for e in schedule.strengthening],
                "rest": "",
                "days": schedule.exercise_days,
            }
        )
    notes = [f"At most {-(-schedule.most_seconds_a_day // 60)} min a day, walking not counted."]
    return {"rows": rows, "notes": [*notes, *(t for t in (schedule.ladder, *schedule.notes) if t)]}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Everything is escaped: what a person wrote is text, never markup."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("assess.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["tidy"] = tidy
    return environment
