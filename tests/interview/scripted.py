"""A front end that replies from a script and writes down what it was asked and shown."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from unittest import mock

from assess.cli.run import Runner
from assess.interview.prompter import Given, Move, Reply, Ticked
from assess.interview.steps import CHECKLIST, Ask
from assess.interview.store import Store
from assess.model import words
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase

ESC = Move("back")

# Far above any sitting that ends: a script whose replies lead round in a circle fails instead of hanging.
MOST_REPLIES = 2_000


@dataclass
class Scripted:
    """Replies to a line from `sheet`, else as in health; to a choice or a free line by a piece of its text.

    A list in the sheet holds one reply for each time that the line is asked, the last one for ever after. An
    exception is raised: Ctrl-C, or the end of the input.
    """

    knowledge: KnowledgeBase
    sheet: Mapping[str, Any] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    offered: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    wiped: bool = False
    replies: int = 0
    scrolls: ClassVar[bool] = False

    def ask(self, ask: Ask) -> Reply:
        self._count()
        self.asked.append(ask.id)
        value = self.sheet.get(ask.id, healthy(self.knowledge).get(ask.id))
        if isinstance(value, list):
            value = value.pop(0) if len(value) > 1 else value[0]
        if isinstance(value, type) and issubclass(value, BaseException):
            raise value
        if isinstance(value, Given | Move | Ticked):
            return value
        if ask.kind == CHECKLIST:
            return Ticked(tuple(e for e in ask.options or {} if self.sheet.get(e) == words.YES))
        return Move("skip") if value is None else Given(value)

    def choose(self, text: str, options: Mapping[str, str], also: Mapping[str, str] | None = None) -> str:
        self.offered.append((text, dict(options)))
        typed = self._said(text, next(key for key in ("l", "", next(iter(options))) if key in options))
        return (also or {}).get(typed, typed)

    def text(self, text: str) -> str:
        return self._said(text, "OK" if "OK" in text else "")

    def _count(self) -> None:
        self.replies += 1
        assert self.replies <= MOST_REPLIES, f"the sitting goes round in a circle: …, {', '.join(self.asked[-6:])}"

    def _said(self, text: str, otherwise: str) -> str:
        self._count()
        said: Any = next((typed for piece, typed in self.says.items() if piece in text), otherwise)
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(said, type):
            raise said
        return str(said)

    def show(self, lines: Sequence[str]) -> None:
        self.shown += lines

    def wait(self, lines: Sequence[str], then: str) -> None:
        self.shown += lines

    def pages(self, lines: Sequence[str]) -> None:
        self.shown += lines

    def wipe(self) -> None:
        self.wiped = True


@dataclass
class Clock:
    """A clock that moves when it is told to."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def sit(
    knowledge: KnowledgeBase,
    file: Path,
    at: datetime,
    sheet: Mapping[str, Any] | None = None,
    says: Mapping[str, Any] | None = None,
) -> tuple[int, Scripted]:
    """One sitting at a moment; its exit code and what was asked and shown."""
    prompter = Scripted(knowledge, {"sex-at-birth": "male", **(sheet or {})}, says or {})
    with mock.patch.object(sys, "argv", ["assess"]):
        return Runner(knowledge, prompter, Store(knowledge, file), Clock(at)).go(), prompter
