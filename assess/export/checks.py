"""The check sheet for the floor: pictures, steps, and boxes to write the measures in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.export.blocks import EXAMPLE, until
from assess.export.look import Look
from assess.export.stop_sheet import stop_sheet
from assess.export.typeset import drawn, typeset
from assess.model import words
from assess.model.knowledge import Check, Measure
from assess.model.plan import Plan

LEAD = (
    "Do one side, then the other. Write down what you measure, then enter it with: assess. Leave out what hurts, and "
    "enter that too."
)
YES_NO = ("yes", "no", "not sure")
NONE_NOW = "There is no check to do at home now."


def render(plan: Plan, level_titles: Mapping[str, str], look: Look) -> bytes:
    """The PDF. Where somebody must be seen first there is no check."""
    if plan.program == "none":
        return stop_sheet(plan, level_titles, look)
    data = {
        "title": "Checks on the floor and at the wall",
        "example": EXAMPLE if plan.example else "",
        "footer": until(plan),
        "lead": LEAD if look.checks else NONE_NOW,
        "notice": plan.notice,
        "checks": [_check(c, look) for c in look.checks],
    }
    return typeset("checks", data, plan, look)


def _check(check: Check, look: Look) -> dict[str, Any]:
    return {
        "title": check.title,
        "purpose": check.purpose,
        "setup": check.setup,
        "steps": check.steps,
        "stop": " ".join(check.stop),
        "pictures": drawn(look.pictures(check.id, words.RIGHT if check.sided else "")),
        "measures": [_measure(m, check) for m in check.measures],
    }


def _measure(measure: Measure, check: Check) -> dict[str, Any]:
    return {
        "ask": measure.ask,
        "unit": measure.unit,
        "options": tuple(measure.options.values()) or (YES_NO if measure.answer == words.YES_NO else ()),
        "sides": words.SIDES if check.sided else ("",),
    }
