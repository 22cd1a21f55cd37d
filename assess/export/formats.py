"""The formats by name. A format's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from assess.errors import UsageError, did_you_mean
from assess.model import words
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan, as_data

FORMATS = {"text": "assess.export.text", "md": "assess.export.markdown", "json": "assess.export.json_format"}


def check_format(fmt: str) -> None:
    """Raise if there is no such format, before anything is worked out."""
    if fmt not in FORMATS:
        raise UsageError(
            f"there is no format {fmt!r}", hint=did_you_mean(fmt, FORMATS) or f"Formats: {', '.join(FORMATS)}."
        )


def render(knowledge: KnowledgeBase, plan: Plan, fmt: str) -> str:
    """The plan in a format. Every plan is validated against its schema, whatever it is written as.

    A stop is not: what to do now waits for no check of its form. The tests hold stops to the schema.
    """
    check_format(fmt)
    if plan.triage.level not in words.STOPPING:
        from assess.export.json_format import validate

        validate(as_data(plan))
    titles = {level: str(entry["title"]) for level, entry in knowledge.program["levels"].items()}
    text: str = import_module(FORMATS[fmt]).render(plan, titles)
    return text
