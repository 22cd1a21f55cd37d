"""The letter for a clinician as PDF: one page."""

from __future__ import annotations

from typing import Any

from assess.export.clinician.parts import Length, Letter
from assess.export.clinician.whole import holds, letter
from assess.export.record import Record
from assess.export.typeset import typeset_shortest

__all__ = ["holds", "render"]

SIZES = (10.5, 10, 9.5, 9, 8.5, 8)
"""Sizes of type in points that a letter is read in."""
SMALLEST = 7.5
"""Of the shortest letter, where it does not fit in any of them."""


def render(record: Record) -> bytes:
    """The page: the longest letter that fits in a size that can be read."""
    versions = ((_data(letter(record, length)), _sizes(length)) for length in Length)
    return typeset_shortest("letter", versions, record.plan, record.look)


def _sizes(length: Length) -> tuple[float, ...]:
    return (*SIZES, SMALLEST) if length == max(Length) else SIZES


def _data(told: Letter) -> dict[str, Any]:
    return {
        "title": told.title,
        "example": told.example,
        "about": told.about,
        "made": told.made,
        "footer": told.title,
        "parts": [
            {
                "title": part.title,
                "loud": part.loud,
                "lines": [{"label": line.label, "text": line.text} for line in part.lines],
            }
            for part in told.parts
        ],
    }
