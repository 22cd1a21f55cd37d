"""What differs between the files of two versions: rules, numbers of the plan, or nothing but words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assess.loading.documents import kind_of
from assess.loading.source import FOLDERS
from assess.loading.yaml12 import read
from assess.model import words

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
RULE, PLAN, WORDING = "rule", "plan", "wording"
"""What a difference can be about: who gets what; how much and in which order; nothing but what is read."""

_TEXT = frozenset(
    (
        *("title", "ref", "sources", "evidence", "cases", "accept", "reviewed_on", "reviewed_by", "reviewed_sha256"),
        *("reviewed_note", "ask", "help", "why", "say", "act", "purpose", "setup", "steps", "stop", "feel", "lay"),
        *("honesty", "advice", "elsewhere", "text", "says", "name", "note", "was"),
    )
)
"""Keys below which nothing but words stands."""
_NUMBERS = frozenset(
    (
        *("dose", "dose_caps", "order", "easier", "harder", "activation", "focus", "minutes", "first", "alone"),
        *("position", "refer", "within", "muscles", "stretches", "for_clinician"),
    )
)
"""Keys that say how much, in which order and to whom, and decide nothing about who gets what."""
_WORDS_ONLY = ("sources", "manifest")
_RULES_OF_PROGRAM = ("sites", "unlock_minor")


@dataclass(frozen=True, slots=True)
class Detail:
    """One value that differs; `was` or `now` is None where there is none."""

    at: str
    about: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that differs. Without details only its layout does, or all of it came or went."""

    path: str
    change: str
    details: tuple[Detail, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """What its differences are about, what matters most first; a whole file is a rule."""
        if self.change != CHANGED:
            return (WORDING,) if self.path.removesuffix(".yaml") in _WORDS_ONLY else (RULE,)
        return tuple(about for about in (RULE, PLAN, WORDING) if any(d.about == about for d in self.details))

    @property
    def item(self) -> tuple[str, str]:
        """Kind and id of the item in it; of a file at the top its name twice."""
        return kind_of(self.path), self.path.rpartition("/")[2].removesuffix(".yaml")


def file_changes(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[FileChange, ...]:
    """Every file that differs, by path. Both versions have been loaded, so every file can be read."""
    found = []
    for path in sorted({**old, **new}):
        if path not in new:
            found.append(FileChange(path, REMOVED))
        elif path not in old:
            found.append(FileChange(path, ADDED))
        elif old[path] != new[path]:
            was, now = (read(raw, path).data for raw in (old[path], new[path]))
            found.append(FileChange(path, CHANGED, tuple(_details(path, (), was, now))))
    return tuple(found)


def _details(path: str, at: tuple[str, ...], was: Any, now: Any) -> Iterator[Detail]:
    """Value by value; lists of the same length entry by entry, of others what came and what went."""
    if type(was) is type(now) and was == now:
        return
    if isinstance(was, dict) and isinstance(now, dict):
        for key in {**was, **now}:
            yield from _details(path, (*at, str(key)), was.get(key), now.get(key))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for i, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _details(path, (*at, str(i + 1)), one, other)
    elif isinstance(was, list) and isinstance(now, list) and not any(isinstance(e, dict | list) for e in (*was, *now)):
        about = _about(kind_of(path), at, was, now)
        yield from (Detail(" / ".join(at), about, _said(one), None) for one in was if one not in now)
        yield from (Detail(" / ".join(at), about, None, _said(one)) for one in now if one not in was)
    else:
        yield Detail(" / ".join(at), _about(kind_of(path), at, was, now), _said(was), _said(now))


def _about(kind: str, at: tuple[str, ...], was: Any, now: Any) -> str:
    if kind in _WORDS_ONLY or (_TEXT & set(at) and not (kind == words.CHECK and at[0] == "findings" and len(at) < 3)):
        return WORDING
    reworded = isinstance(was, str) and isinstance(now, str)
    if kind == "program":
        return RULE if at[0] in _RULES_OF_PROGRAM else WORDING if reworded else PLAN
    if reworded and ("options" in at[:-1] or at[0] in ("tags", "positions", "topics")):
        return WORDING
    if kind == words.INVARIANT:
        return RULE
    own = set(at) if kind in FOLDERS.values() else set()
    return PLAN if _NUMBERS & own and not (kind == words.PATTERN and "muscles" in own) else RULE


def _said(value: Any) -> str | None:
    """A value in one line."""
    match value:
        case None:
            return None
        case dict():
            return "{" + ", ".join(f"{k}: {_said(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(str(_said(v)) for v in value) + "]"
        case bool():
            return str(value).lower()
        case _:
            return str(value)
