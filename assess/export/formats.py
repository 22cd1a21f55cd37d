"""The formats by name. A format's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from assess.errors import UsageError, did_you_mean
from assess.model import words
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan, as_data

if TYPE_CHECKING:
    from assess.export.look import Look
    from assess.figures.draw import Picture

FORMATS = {
    "text": "assess.export.text",
    "md": "assess.export.markdown",
    "json": "assess.export.json_format",
    "html": "assess.export.html",
}
DRAWN = ("html",)
"""Formats that are laid out and have pictures: their `render` takes a `Look`."""


def check_format(fmt: str) -> None:
    """Raise if there is no such format, before anything is worked out."""
    if fmt not in FORMATS:
        raise UsageError(
            f"there is no format {fmt!r}", hint=did_you_mean(fmt, FORMATS) or f"Formats: {', '.join(FORMATS)}."
        )


def render(knowledge: KnowledgeBase, plan: Plan, fmt: str, directory: str | None = None) -> str:
    """The plan in a format. Every plan is validated against its schema, whatever it is written as.

    Figures are those of `directory`, where the knowledge lies. A stop is not validated: what to do now waits for no
    check of its form. The tests hold stops to the schema.
    """
    check_format(fmt)
    if plan.triage.level not in words.STOPPING:
        from assess.export.json_format import validate

        validate(as_data(plan))
    titles = {level: str(entry["title"]) for level, entry in knowledge.program["levels"].items()}
    look = (look_of(knowledge, plan, directory),) if fmt in DRAWN else ()
    text: str = import_module(FORMATS[fmt]).render(plan, titles, *look)
    return text


def look_of(knowledge: KnowledgeBase, plan: Plan, directory: str | None) -> Look:
    """What a drawn format needs beside the plan; the figures are read when the first picture is asked for."""
    from assess.export.look import Look

    def pictures(item: str, side: str) -> list[Picture]:
        from assess.figures.load import figures_of

        return figures_of(knowledge, directory).pictures(item, side)

    numbers = knowledge.program["numbers"].get(plan.triage.level, {"lead": ""})
    return Look(pictures, str(knowledge.program["unsure"]["instead_of"]), str(numbers["lead"]))
