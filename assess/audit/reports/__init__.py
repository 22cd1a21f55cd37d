"""The report of an audit, one format a module; nothing of a format is imported until it is asked for."""

from __future__ import annotations

from importlib import import_module

from assess.audit.report import Report

FORMATS = ("text", "json", "sarif", "junit", "github", "html", "factcheck")
"""What `--format` offers; a format's module has its name and `render(report)`."""


def render(report: Report, fmt: str) -> str:
    """The report in a format, ending in a newline."""
    text: str = import_module(f"{__name__}.{fmt}_format").render(report)
    return text
