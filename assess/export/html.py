"""The plan as one HTML file: no script, nothing fetched, for a phone, a large screen and paper alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from assess.export.blocks import DAYS, EXAMPLE, HOW_SURE, KINDS, grouped, minutes, until, value_words, within_words
from assess.export.look import MAP_LEGEND, MAP_TITLE, Look, action_of
from assess.export.week import notes, rows
from assess.model import words
from assess.model.free_text import tidy
from assess.model.plan import Plan

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
            body_map=[] if stop else look.body_map(),
            action=action_of(plan, look) if stop else None,
            map_title=MAP_TITLE,
            map_legend=MAP_LEGEND,
            week=tuple(rows(plan)) if plan.schedule else None,
            notes=notes(plan) if plan.schedule else (),
            left_out=grouped(plan.left_out),
            until=until(plan),
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
