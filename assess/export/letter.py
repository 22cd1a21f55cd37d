"""The letter for a clinician as plain text: at most 78 columns, and about a page."""

from __future__ import annotations

from collections.abc import Iterator

from assess.export.clinician.parts import Length, Letter
from assess.export.clinician.whole import holds, letter
from assess.export.record import Record
from assess.export.text import WIDTH, fill

__all__ = ["holds", "render"]

MOST = 90
"""Lines; a longer letter tells less of its lesser parts."""


def render(record: Record) -> str:
    """The text, ending in a newline: the longest letter that is short enough, or else the shortest."""
    for length in Length:
        told = list(_lines(letter(record, length)))
        if len(told) <= MOST:
            break
    return "\n".join(told) + "\n"


def _lines(told: Letter) -> Iterator[str]:
    if told.example:
        yield from fill(told.example, "!! ")
    yield from fill(told.title.upper())
    yield "=" * min(WIDTH, len(told.title))
    yield from fill(told.about)
    yield from fill(told.made)
    for part in told.parts:
        yield ""
        yield from fill(part.title.upper(), "!! " if part.loud else "")
        for line in part.lines:
            yield from _line(f"{line.label}: {line.text}" if line.label else line.text, loud=part.loud)


def _line(text: str, *, loud: bool) -> Iterator[str]:
    yield from fill(text, "!! " if loud else " - ")
