"""The whole plan as PDF, in the order of the other reading formats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assess.export.blocks import EXAMPLE, Bullets, Heading, Paragraph, blocks, until
from assess.export.look import MAP_LEGEND, MAP_TITLE, Look
from assess.export.stop_sheet import stop_sheet
from assess.export.typeset import drawn, typeset
from assess.model.plan import Plan


def render(plan: Plan, level_titles: Mapping[str, str], look: Look) -> bytes:
    """The PDF; on a stop the one page of what to do."""
    if plan.program == "none":
        return stop_sheet(plan, level_titles, look)
    titles = dict(level_titles)
    parts = [b for b in _parts(plan, titles, look) if b.get("text") != EXAMPLE]
    parts += _map(look)
    data = {"title": titles[plan.triage.level], "example": EXAMPLE if plan.example else "", "footer": until(plan)}
    return typeset("plan", {**data, "blocks": parts}, plan, look)


def _map(look: Look) -> Iterator[dict[str, Any]]:
    """The map of the body closes the paper: it explains, and nothing is to be done with it."""
    shown = drawn(look.body_map())
    if shown:
        yield {"kind": "heading", "text": MAP_TITLE, "level": 2, "pictures": shown}
        yield {"kind": "paragraph", "text": MAP_LEGEND, "quiet": True, "loud": False}


def _parts(plan: Plan, titles: dict[str, str], look: Look) -> Iterator[dict[str, Any]]:
    for block in blocks(plan, titles):
        match block:
            case Heading(text, level, item, side):
                shown = drawn(look.pictures(item, side)) if item else []
                yield {"kind": "heading", "text": text, "level": level, "pictures": shown}
            case Paragraph(text, quiet, loud):
                yield {"kind": "paragraph", "text": text, "quiet": quiet, "loud": loud}
            case Bullets(lines, numbered):
                if lines:
                    yield {"kind": "bullets", "lines": list(lines), "numbered": numbered}
