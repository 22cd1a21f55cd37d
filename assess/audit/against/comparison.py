"""What the comparison of two versions comes to, as one value: every format is written from it alone."""

from __future__ import annotations

from dataclasses import dataclass

from assess.audit.against.files import FileChange
from assess.audit.against.outcomes import section
from assess.model.conditions import Key


@dataclass(frozen=True, slots=True)
class Named:
    """One of the two versions: what was asked for, and what the knowledge says of itself."""

    shown: str
    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Member:
    """One outcome that differs, for which share of answers (0 to 1).

    `people` were drawn for an estimate; 0: the share is exact. With `at_most` it is an upper bound.
    """

    key: Key
    share: float
    people: int = 0
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What a version says to the person of an example: of the outcome (`yes`, `no`, `open`), and the level."""

    outcome: str
    level: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One person who shows a difference: the answers off those of somebody without trouble, and what is said."""

    key: Key
    answers: tuple[tuple[str, str], ...]
    was: State
    now: State


@dataclass(frozen=True, slots=True)
class Group:
    """Outcomes of one kind that differ in the same way because of the same files; `kind` of an item is the item's."""

    kind: str
    way: str
    because: tuple[str, ...]
    members: tuple[Member, ...]
    example: Shown

    @property
    def section(self) -> str:
        """Where it is reported."""
        return section(self.members[0].key)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions compared. `undecided` may differ or not; `same` are written differently and never differ."""

    old: Named
    new: Named
    files: tuple[FileChange, ...]
    groups: tuple[Group, ...] = ()
    undecided: tuple[Key, ...] = ()
    same: int = 0
