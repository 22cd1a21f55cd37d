"""A person's own words: how long they may be, and in what form they are kept and printed."""

from __future__ import annotations

LIMIT = 200
"""In characters."""


def tidy(text: str) -> str:
    """A person's own words on one line, without characters that are not seen."""
    return " ".join("".join(c if c.isprintable() else " " if c.isspace() else "" for c in text).split())
