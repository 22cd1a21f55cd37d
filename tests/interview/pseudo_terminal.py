"""The real program in a pseudo-terminal of 80 columns and 24 rows, answered line by line from a sheet."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pexpect

import assess
from assess.loading.yaml12 import read
from assess.model import words
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase

ROOT = Path(assess.__file__).parents[1]
CONFIRM = "Type OK if that is right, or a number to change that line"
BEGIN = r"> \[Enter = begin\]"
PROMPTS = 90
"""More than any sitting of these tests needs: a line that is refused for ever is a failure, not a loop."""
KEYS = {"yes": "y", "no": "n", "unsure": "u"}


def environment(home: Path, **more: str) -> dict[str, str]:
    """A home of its own; nothing of the person who runs the tests."""
    own = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home / "cache")}
    kept = {k: v for k, v in os.environ.items() if k not in ("ACCESSIBLE", "NO_COLOR", "ASSESS_KNOWLEDGE")}
    # pexpect does not answer when prompt_toolkit asks where the cursor is; each line would wait for that.
    return {**kept, **own, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", **more}


def file_of(home: Path) -> Path:
    """Where the answers are kept."""
    return home / "data" / "assess" / "current.yaml"


def answers_in(home: Path) -> dict[str, Any]:
    """What is on disk now."""
    data = read(file_of(home).read_bytes(), "current.yaml").data
    out: dict[str, Any] = data["answers"]
    return out


def bare(text: str) -> str:
    """Without escape sequences and line breaks."""
    return " ".join(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|[\r\x07]", "", text).split())


class Terminal:
    """`assess`, started in a terminal."""

    def __init__(self, knowledge: KnowledgeBase, home: Path, *args: str, to: Path | None = None, **env: str) -> None:
        self.knowledge = knowledge
        command = (
            "exec " + shlex.join([sys.executable, "-m", "assess", *args]) + (f" > {shlex.quote(str(to))}" if to else "")
        )
        self.child = pexpect.spawn(
            "/bin/sh",
            ["-c", command],
            env=environment(home, **env),
            dimensions=(24, 80),
            timeout=60,
            encoding="utf-8",
        )
        self.seen = ""
        self.lines = {q.id: bare(q.ask) for q in knowledge.questions.values()}
        self.lines |= {f"{q.id}.compared": bare(q.clarifier.ask) for q in knowledge.questions.values() if q.clarifier}
        self.healthy = {**healthy(knowledge), "sex-at-birth": "male"}

    def prompt(self) -> str | None:
        """Wait until a prompt is on the screen; what was shown since the last one, or None at the end.

        A prompt switches bracketed paste on when it begins, and shows the cursor when it is drawn; the first screen
        waits without one.
        """
        what = self.child.expect([r"\x1b\[\?2004h", pexpect.EOF, BEGIN])
        if what:
            self.seen += self.child.before or ""
            return bare(f"{self.child.before}{self.child.after}") if what == 2 else None
        shown = self.child.before or ""
        self.child.expect(r"\x1b\[\?25h")
        shown += self.child.before or ""
        self.seen += shown
        return bare(shown)

    def line(self, shown: str) -> str:
        """Which line is asked; empty for everything else."""
        read_back = shown.endswith(CONFIRM)  # it holds many lines and asks none
        found = [line for line, text in self.lines.items() if text in shown and not read_back]
        return max(found, key=lambda line: (shown.rindex(self.lines[line]), len(self.lines[line])), default="")

    def send(self, keys: str) -> None:
        self.child.send(keys)

    def answer(self, sheet: Mapping[str, Any], says: Mapping[str, str] | None = None, *, until: str = "") -> str:
        """Answer until the line `until` is asked, or to the end; what is then on the screen."""
        shown = self.prompt()
        for _ in range(PROMPTS):
            if shown is None:
                return ""
            said = next((keys for piece, keys in (says or {}).items() if piece in shown), None)
            line = self.line(shown)
            if until and (line == until or until in shown):
                return shown
            self.send(said if said is not None else self.keys(line, shown, {**self.healthy, **sheet}))
            shown = self.prompt()
        raise AssertionError(f"still asking: {shown}")

    def keys(self, line: str, shown: str, sheet: Mapping[str, Any]) -> str:
        """What somebody presses who answers from a sheet."""
        if not line:
            return "OK\r" if shown.endswith(CONFIRM) else "\r"
        question = self.knowledge.questions[line.removesuffix(".compared")]
        value = sheet.get(line, "no")
        if line.endswith(".compared"):
            return str(words.CLARIFIED.index(value) + 1)
        if value == words.UNSURE or question.answer == words.YES_NO:
            return KEYS[str(value)]
        if question.answer == words.CHOICE:
            return str(list(question.options).index(value) + 1)
        return f"{value if line in sheet else ''}\r"

    def code(self) -> int:
        """The exit code, when the program has ended."""
        self.child.expect(pexpect.EOF)
        self.seen += self.child.before or ""
        self.child.close()
        assert self.child.exitstatus is not None
        return int(self.child.exitstatus)
