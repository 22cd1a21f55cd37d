"""The wall sheet: the week, at most five pictures, when to stop and whom to ring, on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.export.blocks import DAYS, EXAMPLE, until
from assess.export.look import Look
from assess.export.pdf import render as whole
from assess.export.stop_sheet import stop_sheet
from assess.export.typeset import drawn, typeset
from assess.export.week import Row, rows
from assess.model import words
from assess.model.plan import Plan, PlannedExercise

PICTURES = 5


def render(plan: Plan, level_titles: Mapping[str, str], look: Look) -> bytes:
    """The PDF of one page. Without exercises there is nothing to hang up: what to do instead is the whole plan."""
    if plan.program == "none":
        return stop_sheet(plan, level_titles, look)
    if plan.schedule is None:
        return whole(plan, level_titles, look)
    shown = [e for e in plan.exercises if e.kind != words.ACTIVATION][:PICTURES]
    data = {
        "title": "Your week on one page",
        "example": EXAMPLE if plan.example else "",
        "footer": plan.notice,
        "until": until(plan),
        "rows": [_row(row) for row in rows(plan)],
        "cards": [_card(e, plan, look) for e in shown],
        "stop": plan.stop_signs,
        "watch": plan.watch_list,
        "ring": look.ring,
        "review": plan.review["on"],
        "again": "Then answer the questions again.",
    }
    return typeset("wall", data, plan, look, one_page=True)


def _row(row: Row) -> dict[str, Any]:
    return {
        "title": row.title,
        "minutes": row.minutes,
        "tied": row.tied,
        "does": ", then ".join(title for _, title in row.does),
        "rest": row.rest,
        "days": [day in row.days for day in DAYS],
    }


def _card(e: PlannedExercise, plan: Plan, look: Look) -> dict[str, Any]:
    shown = drawn(look.pictures(e.figure or e.id, e.side))
    riding = [a.title for a in plan.exercises if a.rides_on == e.id]
    before = f"First: {riding[0]}. " if riding else ""
    side = {"both": "both sides", "": ""}.get(e.side, f"{e.side} side")
    return {"title": e.title, "side": side, "dose": f"{before}{e.dose.text}.", "picture": shown[-1] if shown else None}
