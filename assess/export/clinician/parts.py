"""The pieces that a letter is put together from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Length(IntEnum):
    """How much of the lesser parts is told; what a letter leads with, and what was found, is always whole."""

    WHOLE = 0
    SHORTER = 1
    SHORT = 2
    SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One statement, with a word or two before it that say what it is about."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it; `loud` leads the letter."""

    title: str
    lines: tuple[Line, ...]
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """All of it: `about` is whom it is about, `made` by what it was made."""

    title: str
    example: str
    about: str
    made: str
    parts: tuple[Part, ...]


def lines(*pairs: tuple[str, str]) -> tuple[Line, ...]:
    """Lines of what there is something to say about."""
    return tuple(Line(label, text) for label, text in pairs if text)


def listed(texts: Iterable[str]) -> str:
    """A list on one line."""
    return "; ".join(texts)


def counted(number: int, one: str) -> str:
    """A number of things."""
    return f"{number} {one}" + ("" if number == 1 else "s")
