"""For a comment on a change: what it does, with everything that was written in a file as code."""

from __future__ import annotations

from collections.abc import Iterator

from assess.audit.against import phrases
from assess.audit.against.comparison import Comparison
from assess.audit.against.outcomes import SECTIONS


def render(found: Comparison) -> str:
    """The Markdown, ending in a newline."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Comparison) -> Iterator[str]:
    yield "## Who would get a different answer"
    yield from ("", f"{_code(phrases.head(found.old))} -> {_code(phrases.head(found.new))}", "")
    yield f"**{phrases.sum_line(found)}**"
    causes = phrases.several_causes(found)
    for section in SECTIONS:
        groups = [group for group in found.groups if group.section == section]
        if groups:
            yield from ("", f"### {phrases.HEADINGS[section]}", "")
        for group in groups:
            yield f"- {phrases.group_line(group, _code)}"
            if causes:
                yield f"  - {phrases.because_line(group, _code)}"
            yield f"  - {phrases.example_line(group, _code)}"
    if found.undecided:
        yield from ("", f"- {phrases.undecided_line(found, _code)}")
    if found.files:
        yield from ("", "### Files", "")
        yield from (f"- {_plain(phrases.file_line(file))}" for file in found.files)
    for line in phrases.means_lines(found):
        yield from ("", line)


def _code(text: str) -> str:
    """As code; a backtick in it would end it."""
    return f"`{text.replace('`', chr(39))}`"


def _plain(text: str) -> str:
    """Words of the knowledge as text: no sign of them is markup."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|~" else sign for sign in text)
