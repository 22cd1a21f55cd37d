"""The texts of a file that a person reads, each with its path: what rules on wording look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assess.loading.documents import Document
from assess.loading.yaml12 import Path

READ = (
    "title", "ask", "help", "why", "options", "clarifier", "shows", "say", "act", "lay", "purpose", "setup", "steps",
    "stop", "measures", "feel", "easier", "harder", "elsewhere", "honesty", "advice", "dose", "evidence",
)  # fmt: skip
"""The fields of an item that reach a person."""
NAMES = ("answer", "unit", "unable_means", "counts_if", "cant_tell", "grade")
"""Keys below them whose values are names, not words."""


def texts(document: Document) -> Iterator[tuple[Path, str]]:
    """Every text of an item that a person reads, in the order of the file."""
    for key, value in document.data.items():
        names_a_dose = key == "dose" and document.kind == "exercise"
        if key in READ and not names_a_dose:
            yield from _below(value, (key,))


def _below(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in NAMES:
                yield from _below(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _below(inner, (*path, i))
