"""The plan as plain text for a terminal: at most 78 columns, no control characters."""

from __future__ import annotations

from textwrap import wrap

from assess.export.blocks import Bullets, Heading, Paragraph, blocks
from assess.model.plan import Plan

WIDTH = 78


def render(plan: Plan, level_titles: dict[str, str]) -> str:
    """The text, ending in a newline."""
    out: list[str] = []
    for block in blocks(plan, level_titles):
        match block:
            case Heading(text, level):
                title = text.upper() if level == 1 else text
                under = {1: "=", 2: "-"}.get(level)
                out += ["", *wrap(title, WIDTH)]
                if under:
                    out.append(under * min(WIDTH, len(title)))
            case Paragraph(text, quiet, loud):
                lead = "!! " if loud else "   " if quiet else ""
                out += wrap(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
            case Bullets(lines, numbered):
                for i, line in enumerate(lines, 1):
                    lead = f" {i}. " if numbered else " - "
                    out += wrap(line, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
    return "\n".join(out).strip("\n") + "\n"
