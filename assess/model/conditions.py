"""What the leaves and atoms of our rules are: tests on answers, and the keys of conclusions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from assess.model import words


class Key(NamedTuple):
    """A conclusion: its kind, the item's id, and a side (`left`, `right`, or empty for the person as a whole)."""

    kind: str
    id: str
    side: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" + (f"@{self.side}" if self.side else "")


class Reading(StrEnum):
    """How a test reads an answer that is unsure."""

    PLAIN = "plain"
    """Unsure is not known."""
    SUSPECTING = "suspecting"
    """Unsure counts as what the row looks for: triage, read the safer way."""
    CERTAIN = "certain"
    """Unsure counts as its opposite: the same, below a `not`."""


@dataclass(frozen=True, slots=True)
class Is:
    """The answer `of` has the value. `of` is a question, a clarifier, `cleared.<row>`, or a check's measure.

    `cant_tell` names the grades of "can't tell" that count when suspecting. `side` stays `this` or `other`
    until a rule is written out for each side.
    """

    of: str
    value: str
    side: str = ""
    reading: Reading = Reading.PLAIN
    cant_tell: frozenset[str] = frozenset({words.EMERGENCY, words.SAME_DAY})


@dataclass(frozen=True, slots=True)
class Compare:
    """The number `of` compares as `op` (`at_least`, `above`, `at_most`, `below`) with `limit` in `unit`.

    `take` is `value`, or `difference` / `highest` / `lowest` of the two sides of a measure.
    With `any_day` the test holds if it holds on any day that the plan is valid for.
    """

    of: str
    op: str
    limit: float
    unit: str
    take: str = "value"
    side: str = ""
    reading: Reading = Reading.PLAIN
    any_day: bool = False


Test = Is | Compare

OPPOSITE = {"at_least": "below", "above": "at_most", "at_most": "above", "below": "at_least"}


def answer_id(of: str, side: str) -> str:
    """The id under which an answer is kept: `question`, or `check.measure.side`."""
    return f"{of}.{side}" if side else of


def holds(op: str, value: float, limit: float) -> bool:
    """One comparison."""
    match op:
        case "at_least":
            return value >= limit
        case "above":
            return value > limit
        case "at_most":
            return value <= limit
        case _:
            return value < limit
