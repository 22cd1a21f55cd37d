"""The comparison of two versions, one format a module; nothing of a format is imported until it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assess.audit.against.comparison import Comparison

FORMATS = ("text", "markdown", "json")
"""What `--format` offers beside `--against`; a format's module has its name and `render(comparison)`."""


def render(comparison: Comparison, fmt: str) -> str:
    """The comparison in a format, ending in a newline."""
    text: str = import_module(f"{__package__}.{fmt}_format").render(comparison)
    return text
