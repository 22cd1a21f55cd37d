"""The questions as a form of FHIR: what it is called, and how its lines are named. Written and read back by this."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID, uuid5

from assess.model import words
from assess.model.conditions import answer_id
from assess.model.knowledge import Check, KnowledgeBase, Measure

NAMES = UUID("8c0e54f1-3f0e-5d5d-9a53-6a1f5c8a2f3e")
"""The namespace of what has no address: the project owns no domain, and a made-up one could be somebody else's."""
UUID_URN = "urn:uuid:"
QUESTIONNAIRE, RESPONSE = "Questionnaire", "QuestionnaireResponse"
READ_BACK = "read-back"
"""The line that confirms every no; without its yes triage is open, as in the interview."""
UNKNOWN = "unknown"
"""What can be said beside a number: `pain-now/unknown`."""


def name_of(what: str) -> str:
    """A stable name for something of this project, as a URI."""
    return f"{UUID_URN}{uuid5(NAMES, what)}"


def url(knowledge: KnowledgeBase) -> str:
    """The canonical name of the questionnaire."""
    return name_of(f"{QUESTIONNAIRE}/{knowledge.manifest.name}")


def version(knowledge: KnowledgeBase) -> str:
    """A new one with every change of the knowledge."""
    return f"{knowledge.manifest.version}-{knowledge.manifest.sha256[:12]}"


def canonical(knowledge: KnowledgeBase) -> str:
    """What a response says that it answers."""
    return f"{url(knowledge)}|{version(knowledge)}"


def codes(what: str) -> str:
    """The system of our own codes, of one line or of one kind; none of them is a code of a terminology."""
    return name_of(f"codes/{what}")


def beside(line: str) -> str:
    """The line on which something is said instead of a number."""
    return f"{line}/{UNKNOWN}"


class Measured(NamedTuple):
    """One measure of a check as a line."""

    line: str
    check: Check
    measure: Measure
    side: str


def measured(knowledge: KnowledgeBase) -> Iterator[Measured]:
    """Every measure of every check, for each side that it has."""
    for check in knowledge.checks.values():
        for side in words.SIDES if check.sided else ("",):
            for measure in check.measures:
                yield Measured(answer_id(f"{check.id}.{measure.id}", side), check, measure, side)
