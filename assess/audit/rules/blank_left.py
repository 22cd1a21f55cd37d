"""A template's blank (`<like this>`) is still there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assess.errors import Problem

if TYPE_CHECKING:
    from assess.audit.run import Context

BLANK = re.compile(r"<[a-z][^<>]*>")


def check(context: Context) -> Iterator[Problem]:
    """Every text of every file."""
    for document in context.documents.values():
        for path, text in _texts(document.data, ()):
            if BLANK.search(text):
                yield document.located.problem(path, "blank-left", f"this blank is not filled: {text}")


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _texts(inner, (*path, i))
