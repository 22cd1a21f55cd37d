"""The plan as plain text for a terminal: at most 78 columns, no control characters."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from unicodedata import combining, east_asian_width

from assess.export.blocks import Bullets, Heading, Paragraph, blocks
from assess.model.free_text import tidy
from assess.model.plan import Plan

WIDTH = 78


def render(plan: Plan, level_titles: dict[str, str]) -> str:
    """The text, ending in a newline."""
    out: list[str] = []
    for block in blocks(plan, level_titles):
        match block:
            case Heading(text, level):
                title = tidy(text.upper() if level == 1 else text)
                under = {1: "=", 2: "-"}.get(level)
                out += ["", *fill(title)]
                if under:
                    out.append(under * min(WIDTH, columns(title)))
            case Paragraph(text, quiet, loud):
                lead = "!! " if loud else "   " if quiet else ""
                out += fill(text, lead)
            case Bullets(lines, numbered):
                for i, line in enumerate(lines, 1):
                    out += fill(line, f" {i}. " if numbered else " - ")
    return "\n".join(out).strip("\n") + "\n"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide letters, none for marks on other letters."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def fill(text: str, lead: str = "") -> list[str]:
    """The text in lines of at most 78 columns, the later ones indented as far as the lead is wide."""
    text, indent = tidy(text), " " * len(lead)
    if columns(text) == len(text):
        return wrap(text, WIDTH, initial_indent=lead, subsequent_indent=indent)
    lines = [lead]
    for piece in _pieces(text, WIDTH - len(lead)):
        begun = len(lines[-1]) > len(lead)
        if begun and columns(lines[-1]) + 1 + columns(piece) > WIDTH:
            lines.append(indent)
            begun = False
        lines[-1] += f" {piece}" if begun else piece
    return lines


def _pieces(text: str, width: int) -> Iterator[str]:
    """The words; one that is too long for a line, in parts."""
    for word in text.split():
        part = ""
        for c in word:
            if columns(part + c) > width:
                yield part
                part = ""
            part += c
        yield part
