"""What a person can notice of a conclusion, and the four ways in which that can be otherwise in the new version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assess.model import words
from assess.model.conditions import Key
from assess.rules.evaluate import Element, Pair

GAINED, LOST, OPENED, CLOSED = "gained", "lost", "opened", "closed"
"""It holds where it did not; it no longer holds; it is open instead of ruled out; it is ruled out instead of open."""

LEVELS, BARS, REST = "levels", "bars", "rest"
SECTIONS: Mapping[str, tuple[str, ...]] = {
    LEVELS: (words.LEVEL, words.TRIAGE, words.GATE),
    BARS: (words.BAR,),
    REST: (words.MODIFIER, words.FINDING, words.PATTERN, words.UNLOCKED, words.ELIGIBLE),
}
"""The kinds of conclusions that are looked at, safety first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which one conclusion can differ: wherever all of `sets` hold at once."""

    key: Key
    way: str
    sets: tuple[Element, ...]


def section(key: Key) -> str:
    """Where a conclusion is reported; empty if nobody notices it, or notices it by another one that is reported.

    The level of a single row is that row; what is needed, withheld or a sign shows in what is found and given.
    """
    if key.kind == words.LEVEL and key.id not in words.LEVELS:
        return ""
    return next((name for name, kinds in SECTIONS.items() if key.kind in kinds), "")


def differences(key: Key, old: Pair, new: Pair) -> Iterator[Difference]:
    """What to look for. A bar bars unless it is known not to apply; a row or level that is open holds up a plan."""
    (was, was_not), (now, now_not) = old, new
    if key.kind == words.BAR:
        yield Difference(key, GAINED, (was_not, ~now_not))
        yield Difference(key, LOST, (now_not, ~was_not))
        return
    yield Difference(key, GAINED, (now, ~was))
    yield Difference(key, LOST, (was, ~now))
    if key.kind in (words.LEVEL, words.TRIAGE):
        yield Difference(key, OPENED, (was_not, ~now_not, ~now))
        yield Difference(key, CLOSED, (now_not, ~was_not, ~was))
