"""The flare card: what to do on a bad day, to keep in a pocket."""

from __future__ import annotations

from collections.abc import Mapping

from assess.export.blocks import EXAMPLE, until
from assess.export.look import Look
from assess.export.stop_sheet import stop_sheet
from assess.export.typeset import typeset
from assess.model.plan import Plan


def render(plan: Plan, level_titles: Mapping[str, str], look: Look) -> bytes:
    """The PDF of one small page; where a clinician comes first it says that instead of exercises."""
    if plan.program == "none":
        return stop_sheet(plan, level_titles, look)
    data = {
        "title": "If it flares up" if plan.flare_card else level_titles[plan.triage.level],
        "example": EXAMPLE if plan.example else "",
        "footer": until(plan),
        "card": plan.flare_card or plan.triage.action,
        "watch": plan.watch_list,
        "ring": look.ring,
        "notice": plan.notice,
    }
    return typeset("flare", data, plan, look, one_page=True)
