"""For a terminal: the files first, then what differs, safety first, the sum last."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from assess.audit.against import phrases
from assess.audit.against.comparison import Comparison
from assess.audit.against.outcomes import SECTIONS

WIDTH = 118


def render(found: Comparison) -> str:
    """The text, ending in a newline."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Comparison) -> Iterator[str]:
    yield f"old: {phrases.head(found.old)}"
    yield f"new: {phrases.head(found.new)}"
    if found.files:
        yield from ("", "Files that differ")
        yield from (f"  {phrases.file_line(file)}" for file in found.files)
    causes = phrases.several_causes(found)
    for section in SECTIONS:
        groups = [group for group in found.groups if group.section == section]
        if groups:
            yield from ("", phrases.HEADINGS[section])
        for group in groups:
            yield from _wrapped(phrases.group_line(group), "  ", "      ")
            if causes:
                yield from _wrapped(phrases.because_line(group), "    ", "      ")
            yield from _wrapped(phrases.example_line(group), "    ", "      ")
    if found.undecided:
        yield ""
        yield from _wrapped(phrases.undecided_line(found), "", "  ")
    yield ""
    for line in phrases.means_lines(found):
        yield from _wrapped(line, "", "")
    yield phrases.sum_line(found)


def _wrapped(text: str, first: str, then: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False
    )
