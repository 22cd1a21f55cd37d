"""The formats that leave the machine, by name; what each holds is said before it is written."""

from __future__ import annotations

from importlib import import_module

from assess.export.record import Record
from assess.model import words

FORMATS = {
    "ics": "assess.export.calendar",
    "fhir": "assess.export.fhir.bundle",
    "letter": "assess.export.letter",
    "letter-pdf": "assess.export.letter_pdf",
}
FILES = {"ics": "plan.ics", "fhir": "plan.fhir.json", "letter": "letter.txt", "letter-pdf": "letter.pdf"}
"""What each format is called in a directory of all of them."""
PAPER = ("letter-pdf",)
"""PDF: bytes, and an extra to be installed."""


def render(record: Record, fmt: str) -> str | bytes:
    """One of these formats. Its module is imported when it is asked for."""
    made: str | bytes = import_module(FORMATS[fmt]).render(record)
    return made


def holds(record: Record, fmt: str) -> tuple[str, ...]:
    """What somebody who is given this can read in it, a sentence each."""
    said: tuple[str, ...] = import_module(FORMATS[fmt]).holds(record)
    return said


def answered_on(record: Record) -> str:
    """The topics that the answers are about, in the person's words."""
    knowledge = record.knowledge
    given = {knowledge.questions[key].topic for key in record.answers.values if key in knowledge.questions}
    topics = [str(t["title"]) for t in knowledge.terms.topics if t["id"] in given]
    checks = any(key.partition(".")[0] in knowledge.checks for key in record.answers.values)
    return "; ".join([*topics, *(("what you measured in the checks",) if checks else ())])


def blocked(record: Record) -> bool:
    """Whether somebody must look at the person before any exercise."""
    return record.triage.level in words.BLOCKING
