"""What leaves the machine: its record, and that somebody was told what it holds before it is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime

import click

from assess.cli.output import note, on_a_terminal
from assess.errors import UsageError
from assess.export import shared
from assess.export.formats import look_of
from assess.export.record import Record, without_private
from assess.interview.outcome import Outcome
from assess.model.answers import Answers
from assess.model.knowledge import KnowledgeBase

UNNAMED = (
    "note: these answers have no name, so the calendar of changed answers will stand beside this one. To have it take "
    "its place, add this line to the answers file: id: {whose}"
)
NAMES = {"ics": "calendar", "fhir": "record for clinical software", "letter": "letter", "letter-pdf": "letter (PDF)"}


def record_of(
    knowledge: KnowledgeBase,
    answers: Answers,
    outcome: Outcome,
    on: date,
    at: datetime,
    *,
    directory: str | None = None,
    paper: str = "a4",
    start: date | None = None,
    alarms: bool = True,
) -> Record:
    """What the formats that are handed on are made from, for a day and at a moment."""
    look = look_of(knowledge, outcome.plan, directory, paper)
    mine = without_private(knowledge, answers)
    return Record(knowledge, outcome.plan, mine, outcome.conclusions, outcome.triage, on, at, look, start, alarms)


def agreed_to(record: Record, formats: Sequence[str], *, yes: bool, no_input: bool) -> bool:
    """Say what the formats hold and ask whether to write them. Raises `UsageError` where nobody can be asked."""
    told: dict[tuple[str, ...], list[str]] = {}
    for fmt in formats:
        told.setdefault(shared.holds(record, fmt), []).append(NAMES[fmt])
    for lines, names in told.items():  # a letter says the same as text and as PDF: once is enough
        note(f"This {' and this '.join(names)} is made to be handed on. In it:")
        for line in lines:
            note(f" - {line}")
    if "ics" in formats and not (record.answers.id or record.plan.example or record.stops):
        note(UNNAMED.format(whose=record.whose))
    if yes:
        return True
    if no_input or not (on_a_terminal(sys.stdin) and on_a_terminal(sys.stderr)):
        raise UsageError("nobody is here to be asked whether to hand this on", hint="Add --yes if you want that.")
    return click.confirm("Write it?", default=False, err=True)
