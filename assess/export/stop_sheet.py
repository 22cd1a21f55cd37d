"""What to do now, on one page of paper: what every paper format is where triage stops."""

from __future__ import annotations

from collections.abc import Mapping

from assess.export.blocks import EXAMPLE
from assess.export.look import Look, action_of
from assess.export.typeset import typeset
from assess.model.plan import Plan


def stop_sheet(plan: Plan, level_titles: Mapping[str, str], look: Look) -> bytes:
    """The page: whom to ring, what to say, what to do; nothing else."""
    action = action_of(plan, look)
    data = {
        "title": level_titles[plan.triage.level],
        "example": EXAMPLE if plan.example else "",
        "footer": "",
        "lead": action.lead,
        "first": action.first,
        "number": action.number,
        "say": action.say,
        "do": action.do,
        "reasons": [str(r["text"]) for r in plan.triage.reasons],
        "notice": plan.notice,
    }
    return typeset("stop", data, plan, look, one_page=True)
