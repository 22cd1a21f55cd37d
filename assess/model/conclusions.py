"""What follows from a person's answers, as both engines say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assess.model import words
from assess.model.conditions import Key
from assess.model.knowledge import Refer, Row


@dataclass(frozen=True, slots=True)
class Conclusions:
    """Every conclusion with (known true, known false)."""

    pairs: Mapping[Key, tuple[bool, bool]]

    def holds(self, kind: str, item_id: str, side: str = "") -> bool:
        """Known true."""
        return self.pairs[Key(kind, item_id, side)][0]

    def refuted(self, kind: str, item_id: str, side: str = "") -> bool:
        """Known false."""
        return self.pairs[Key(kind, item_id, side)][1]

    def state(self, key: Key) -> str:
        """`yes`, `no` or `open`."""
        true, false = self.pairs[key]
        return words.YES if true else words.NO if false else "open"

    def sides_of(self, kind: str, item_id: str) -> tuple[str, ...]:
        """The sides (or the empty side) on which a conclusion is known true."""
        return tuple(side for side in ("", *words.SIDES) if self.pairs.get(Key(kind, item_id, side), (False, False))[0])


@dataclass(frozen=True, slots=True)
class Reason:
    """A row that counts: its level here (a "can't tell" may lower it), and whether a clinician cleared it.

    `certain` if it holds by what the person knows; otherwise it holds because unsure is read the safer way.
    """

    row: Row
    level: str
    cleared: bool = False
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Triage:
    """The outcome of triage. `open` lists rows that stop or block and are not decided, highest level first."""

    level: str
    reasons: tuple[Reason, ...]
    open: tuple[Row, ...]
    refer: tuple[tuple[Row, Refer], ...]

    @property
    def within(self) -> str:
        """How soon, for clinician-first; a stop says itself that it is now or today."""
        if self.stops:
            return ""
        withins = [r.row.within for r in self.reasons if r.level == words.CLINICIAN_FIRST and not r.cleared]
        return "days" if "days" in withins else "weeks" if withins else ""

    @property
    def stops(self) -> bool:
        """Whether there is no plan and no relief, only the action."""
        return self.level in words.STOPPING
