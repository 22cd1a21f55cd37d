"""The plan as Markdown (CommonMark); whatever could be markup in a person's own words is escaped."""

from __future__ import annotations

import re

from assess.export.blocks import Bullets, Heading, Paragraph, blocks
from assess.model.free_text import tidy
from assess.model.plan import Plan

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def render(plan: Plan, level_titles: dict[str, str]) -> str:
    """The Markdown text, ending in a newline."""
    out: list[str] = []
    for block in blocks(plan, level_titles):
        match block:
            case Heading(text, level):
                out.append(f"{'#' * level} {_plain(text)}")
            case Paragraph(text, quiet, loud):
                shown = _plain(text)
                out.append(f"**{shown}**" if loud else f"*{shown}*" if quiet else shown)
            case Bullets(lines, numbered):
                leads = [f"{i}. " if numbered else "- " for i in range(1, len(lines) + 1)]
                out.append("\n".join(lead + _plain(line) for lead, line in zip(leads, lines, strict=True)))
    return "\n\n".join(out) + "\n"


def _plain(text: str) -> str:
    escaped = _MARKUP.sub(r"\\\1", tidy(text))
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", escaped))
