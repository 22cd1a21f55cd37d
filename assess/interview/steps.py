"""What the interview can ask for next: plain values that any front end can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assess.model.answers import Value
from assess.model.conclusions import Triage
from assess.model.knowledge import Check

CHECKLIST = "checklist"
"""The kind of a line that is answered yes or no, and after a yes by ticking what applies."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One line. `kind` is yes-no, choice, number, birth-date, text or checklist; `options` code -> words.

    `more` is about how many lines follow before what they are for; `before` is the earlier answer when the person
    came back to it; `optional` may be left out; `unable` is a check's measure; `latest` is the last date that can be;
    `ticked` are the entries of a list that were ticked before; `age` is the person's, where it bounds a number.
    """

    id: str
    text: str
    kind: str
    topic: str
    help: str = ""
    why: str = ""
    options: Mapping[str, str] | None = None
    unsure: bool = True
    minimum: float = 0
    maximum: float = 0
    unit: str = ""
    more: int = 0
    before: Value | None = None
    optional: bool = False
    unable: bool = False
    private: bool = False
    latest: date | None = None
    ticked: tuple[str, ...] = ()
    age: int | None = None


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Triage is answered: every "no" is read back, to be confirmed or changed."""

    noes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """An emergency (at once) or a same-day reason (when every emergency line has been asked)."""

    triage: Triage


@dataclass(frozen=True, slots=True)
class Today:
    """What to do today can be shown."""


@dataclass(frozen=True, slots=True)
class OfferChecks:
    """The self-checks that would help most, now or later."""

    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class DoCheck:
    """Show how one check is done; its measures are asked next."""

    check: Check
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing more to ask."""


Step = Ask | ReadBack | Stop | Today | OfferChecks | DoCheck | Done
"""Everything that `next_step` may return."""
