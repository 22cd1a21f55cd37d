"""When in the week somebody exercises: what the person chose, over what the program says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
"""A time of the day as it is written: 07:00."""


class Fault(NamedTuple):
    """What is wrong with a week, where (`times.<slot>` or `days`), and what could be written."""

    where: tuple[str, ...]
    code: str
    says: str
    hint: str


@dataclass(frozen=True, slots=True)
class Week:
    """Times by part of the day, like `{"morning": "07:00"}`, and the days of strengthening, like `("mon", "thu")`.

    What is not in it is as the program says. It changes when something is done, never what.
    """

    times: Mapping[str, str] = field(default_factory=dict)
    days: tuple[str, ...] = ()

    def over(self, other: Week) -> Week:
        """What is chosen here, and the other where nothing is."""
        return Week({**other.times, **self.times}, self.days or other.days)


def usual(program: Mapping[str, Any]) -> Week:
    """The week of the program."""
    return Week({slot["id"]: slot["at"] for slot in program["slots"]}, tuple(program["exercise_days"]["days"]))


def faults(program: Mapping[str, Any], chosen: Week) -> Iterator[Fault]:
    """Everything that is wrong with a choice, read together with what it leaves as it is."""
    slots = [slot["id"] for slot in program["slots"]]
    unknown = [slot for slot in chosen.times if slot not in slots]
    for slot in unknown:
        hint = f"There are: {', '.join(slots)}."
        yield Fault(("times", slot), "unknown-word", f"{slot!r} is no part of the day of this knowledge", hint)
    wrong = [slot for slot, time in chosen.times.items() if slot in slots and not TIME.fullmatch(time)]
    for slot in wrong:
        said = f"{chosen.times[slot]!r} is no time of the day"
        yield Fault(("times", slot), "not-a-time", said, "Write hours and minutes, like 07:00.")
    if not wrong:
        yield from _order(program, chosen, slots)
    yield from _days(program["exercise_days"], chosen.days)


def _order(program: Mapping[str, Any], chosen: Week, slots: list[str]) -> Iterator[Fault]:
    """Parts of the day follow each other, with room between stretching and strengthening."""
    times, apart = chosen.over(usual(program)).times, program["slots_apart"]["minutes"]
    for before, after in pairwise(slots):
        gap = _minutes(times[after]) - _minutes(times[before])
        where = ("times", after if after in chosen.times else before)
        told = f"{after} at {times[after]}"
        if gap <= 0:
            yield Fault(where, "backwards", f"{told} is not after {before} at {times[before]}", "Put them in order.")
        elif gap < apart:
            said = f"{told} is only {gap} minutes after {before} at {times[before]}"
            yield Fault(where, "too-close", said, f"Leave at least {apart} minutes between them.")


def _days(program: Mapping[str, Any], days: tuple[str, ...]) -> Iterator[Fault]:
    if not days:
        return
    fewest, most = program["fewest"], len(program["days"])
    hint = f"Write {fewest} to {most} of {','.join(WEEK)}, with a day between, like {','.join(program['days'])}."
    unknown = [day for day in days if day not in WEEK]
    if unknown:
        yield Fault(("days",), "unknown-word", f"{unknown[0]!r} is no day of the week", hint)
    elif len(set(days)) < len(days):
        yield Fault(("days",), "duplicate", "a day stands twice", hint)
    elif not fewest <= len(days) <= most:
        said = f"{len(days)} exercise day{'' if len(days) == 1 else 's'} a week"
        yield Fault(("days",), "out-of-range", said, hint)
    else:
        for day in in_order(days):
            following = WEEK[(WEEK.index(day) + 1) % len(WEEK)]
            if following in days:
                said = f"{day} and {following} follow each other; muscles need a day between"
                yield Fault(("days",), "consecutive-days", said, hint)


def in_order(days: tuple[str, ...]) -> tuple[str, ...]:
    """Days from Monday on."""
    return tuple(day for day in WEEK if day in days)


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)
