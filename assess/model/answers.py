"""What one person answered. An unfinished assessment is the same thing with fewer answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from assess.model import words
from assess.model.week import Week

VALID_DAYS = 14
"""How long a finished triage may be planned from (safety-decisions, Triage 4)."""
UNFINISHED_HOURS = 24
"""How long an unfinished assessment may be planned from, and resumed without asking again (Triage 4)."""
CLEARED_WEEKS = 12
"""How long a clinician's agreement counts (safety-decisions, Triage 13; a design value)."""


@dataclass(frozen=True, slots=True)
class Unable:
    """A check that could not be done, and why."""

    reason: str


Value = str | int | float | Unable


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clinician agreed to exercise in spite of one clinician-first row; `inputs` is a hash of what the row read."""

    reason: str
    by: str
    on: date
    about: str
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """The content of an answers file. `values` maps answer ids to values; not asked is not in it.

    `id` is a random name by which a calendar or a record knows what came before; `week` is when somebody likes to
    exercise. Neither says anything of health, and no rule reads them.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    triaged_at: datetime | None = None
    complete: bool = False
    cleared: tuple[Clearance, ...] = ()
    knowledge: Mapping[str, str] = field(default_factory=dict)
    example: bool = False
    mistakes: tuple[str, ...] = ()
    id: str = ""
    week: Week = field(default_factory=Week)

    def having(self, answer_id: str, value: Value) -> Answers:
        """A copy with one answer given or changed."""
        return replace(self, values={**self.values, answer_id: value})

    def without(self, *answer_ids: str) -> Answers:
        """A copy with answers taken back."""
        return replace(self, values={k: v for k, v in self.values.items() if k not in answer_ids})

    def standing(self, day: date) -> frozenset[str]:
        """The rows that a clinician cleared and whose agreement is not older than twelve weeks (Triage 13)."""
        return frozenset(c.reason for c in self.cleared if day - c.on <= timedelta(weeks=CLEARED_WEEKS))

    @property
    def valid_until(self) -> date | None:
        """The last day on which a plan may be made from this triage."""
        return last_day(self.triaged_at.date()) if self.triaged_at else None

    def sha256(self, private: frozenset[str] = frozenset()) -> str:
        """A hash of everything that is not private, the same for the same answers."""
        return hashlib.sha256(json.dumps(plain(self, private), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def last_day(first: date) -> date:
    """The last day of a plan that begins on a day; the calendar itself may end before."""
    return first + timedelta(days=min(VALID_DAYS, (date.max - first).days))


def plain(answers: Answers, private: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The answers as JSON-ready data in a fixed order, private ones left out."""
    return {
        "triaged_at": answers.triaged_at.isoformat() if answers.triaged_at else None,
        "complete": answers.complete,
        "cleared": [
            {"reason": c.reason, "by": c.by, "on": c.on.isoformat(), "about": c.about}
            | ({"inputs": c.inputs} if c.inputs else {})
            for c in answers.cleared
        ],
        "answers": {
            key: {words.UNABLE: value.reason} if isinstance(value, Unable) else value
            for key, value in answers.values.items()
            if key.split(".")[0] not in private
        },
    }
