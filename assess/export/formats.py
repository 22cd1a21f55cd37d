"""The formats by name. A format's module is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from assess.errors import UsageError, did_you_mean
from assess.model import words
from assess.model.describe import whom_to_ring
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan, as_data

if TYPE_CHECKING:
    from assess.export.look import Look
    from assess.figures.draw import Picture
    from assess.model.knowledge import Check

FORMATS = {
    "text": "assess.export.text",
    "md": "assess.export.markdown",
    "json": "assess.export.json_format",
    "html": "assess.export.html",
    "pdf": "assess.export.pdf",
    "wall": "assess.export.wall",
    "checks": "assess.export.checks",
    "flare": "assess.export.flare",
}
PAPER = ("pdf", "wall", "checks", "flare")
"""PDF: bytes, and an extra to be installed."""
DRAWN = ("html", *PAPER)
"""Formats that are laid out and have pictures: their `render` takes a `Look`."""
FILES = {
    "text": "plan.txt",
    "md": "plan.md",
    "json": "plan.json",
    "html": "plan.html",
    "pdf": "plan.pdf",
    "wall": "wall.pdf",
    "checks": "checks.pdf",
    "flare": "flare.pdf",
}
"""What each format is called in a directory of all of them."""
PAPERS = {"a4": "a4", "letter": "us-letter"}
Checks = Sequence["Check"]


def check_format(fmt: str) -> None:
    """Raise if there is no such format, before anything is worked out."""
    if fmt not in FORMATS:
        raise UsageError(
            f"there is no format {fmt!r}", hint=did_you_mean(fmt, FORMATS) or f"Formats: {', '.join(FORMATS)}."
        )


def render(
    knowledge: KnowledgeBase, plan: Plan, fmt: str, directory: str | None = None, paper: str = "a4", checks: Checks = ()
) -> str | bytes:
    """The plan in a format. Every plan is validated against its schema, whatever it is written as.

    Figures are those of `directory`, where the knowledge lies; `checks` are for the check sheet. A stop is not
    validated: what to do now waits for no check of its form. The tests hold stops to the schema.
    """
    check_format(fmt)
    if plan.triage.level not in words.STOPPING:
        from assess.export.json_format import validate

        validate(as_data(plan))
    titles = {level: str(entry["title"]) for level, entry in knowledge.program["levels"].items()}
    look = (look_of(knowledge, plan, directory, paper, checks),) if fmt in DRAWN else ()
    made: str | bytes = import_module(FORMATS[fmt]).render(plan, titles, *look)
    return made


def text_of(knowledge: KnowledgeBase, plan: Plan) -> str:
    """The plan as plain text, for a screen."""
    return str(render(knowledge, plan, "text"))


def look_of(
    knowledge: KnowledgeBase, plan: Plan, directory: str | None = None, paper: str = "a4", checks: Checks = ()
) -> Look:
    """What a laid-out format needs beside the plan; the figures are read when the first picture is asked for."""
    from assess.export.look import MAP_TITLE, Look

    def pictures(item: str, side: str) -> list[Picture]:
        from assess.figures.load import figures_of

        return figures_of(knowledge, directory).pictures(item, side)

    def body_map() -> list[Picture]:
        from assess.figures.load import figures_of

        site = knowledge.by_role(words.SITE)
        where = str(plan.answers.get(site.id, "")) if site else ""
        muscles = [(e.muscle, e.side) for e in plan.exercises if e.muscle]
        return figures_of(knowledge, directory).body_map(where, muscles, MAP_TITLE)

    program = knowledge.program
    return Look(
        pictures,
        body_map,
        str(program["unsure"]["instead_of"]),
        str(program["numbers"].get(plan.triage.level, {"lead": ""})["lead"]),
        whom_to_ring(knowledge, words.EMERGENCY),
        PAPERS[paper],
        tuple(checks),
    )
