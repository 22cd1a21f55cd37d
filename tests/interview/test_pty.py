"""The real program in a real terminal of 80 columns and 24 rows."""

from __future__ import annotations

import os
import re
import signal
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

import pexpect
import yaml

KEYS = {  # a piece of the question -> what is typed; everything else is answered as somebody without trouble would
    "date of birth": "1986-06-01\r",
    "recorded at birth|your sex": "2",
    "this spell of pain begin": "3",
    "0 to 10|out of 10|how strong": "3\r",
    "first time|ever had": "3",
    "Do them now": "l",
}


class Terminal:
    """`assess` in a pseudo-terminal, with data in `home`."""

    def __init__(self, home: Path, *args: str, redirect: str = "", **env: str) -> None:
        self.home = home
        own = {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
        environment = {**os.environ, **own, "TERM": "xterm-256color", "NO_COLOR": "1", **env}
        environment.pop("ACCESSIBLE", None)
        program = f"{sys.executable} -m assess {' '.join(args)}"
        self.child = pexpect.spawn(
            "/bin/sh",
            ["-c", f"{program} {redirect}"],
            env=environment,
            dimensions=(24, 80),
            timeout=30,
            encoding="utf-8",
        )
        self.seen = ""

    def prompt(self) -> str | None:
        """Wait until a prompt is drawn; returns what was shown since the last one, None at the end.

        A prompt switches bracketed paste on when it begins, and shows the cursor when it is drawn.
        """
        if self.child.expect([r"\x1b\[\?2004h", pexpect.EOF]):
            self.seen += self.child.before or ""
            return None
        shown = str(self.child.before)
        self.child.expect(r"\x1b\[\?25h")
        shown += str(self.child.before)
        self.seen += shown
        return plain(shown)

    def file(self) -> dict[str, object]:
        loaded: dict[str, object] = yaml.safe_load((self.home / "assess" / "current.yaml").read_text("utf-8"))
        return loaded

    def code(self) -> int:
        self.child.expect(pexpect.EOF)
        self.seen += self.child.before or ""
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)


def plain(text: str) -> str:
    """Without escape sequences, lines joined by single spaces."""
    return " ".join(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\r", "", text).split())


def answer(text: str, keys: Mapping[str, str]) -> str:
    """What to type at a prompt."""
    for piece, typed in {**KEYS, **keys}.items():
        if re.search(piece, text, re.IGNORECASE):
            return typed
    asked = text[-75:]  # what stands before it may be the echo of the last line
    if asked.endswith("change that line"):
        return "OK\r"
    return "n" if "[y, n" in asked else "1" if "[1-" in asked else "\r"


def test_a_healthy_person_gets_from_the_first_key_to_a_plan(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    for _ in range(80):
        text = terminal.prompt()
        if text is None:
            break
        terminal.child.send(answer(text[-700:], {}))
    assert terminal.code() == 0
    shown = plain(terminal.seen)
    assert "What to do today" in shown
    assert "Next: assess" in shown
    assert terminal.file()["complete"] is True
    kept = tmp_path / "assess"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in kept.glob("current*")} == {0o600}


def test_an_emergency_prints_its_action_on_the_output_stream_and_ends_with_10(tmp_path: Path) -> None:
    result = tmp_path / "result.txt"
    terminal = Terminal(tmp_path, redirect=f"> {result}")
    keys = {"new or changed when you pass water": "y", "feeling between your legs or in your seat|numb": "y",
            "passing water new": "n", "two weeks, or": "1", "wrong key": "no\r"}  # fmt: skip
    for _ in range(80):
        text = terminal.prompt()
        if text is None:
            break
        terminal.child.send(answer(text[-420:], keys))
    assert terminal.code() == 10
    assert result.read_text("utf-8").startswith("THIS NEEDS HELP NOW\n")
    assert "Your pain" not in result.read_text("utf-8")


def test_ctrl_c_saves_and_the_next_start_goes_on(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    for _ in range(6):
        terminal.child.send(answer((terminal.prompt() or "")[-700:], {}))
    terminal.prompt()
    terminal.child.send("\x03")
    assert terminal.code() == 130
    assert "Go on with: assess" in plain(terminal.seen)
    given = terminal.file()["answers"]
    assert isinstance(given, dict)
    assert len(given) == 6
    again = Terminal(tmp_path)
    assert "unfinished assessment" in (again.prompt() or "")
    again.child.send("r")
    assert "How you" not in (again.prompt() or "")
    again.child.send("\x03")
    assert again.code() == 130
    assert terminal.file()["answers"] == given


def test_every_answer_is_on_disk_at_once(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    for _ in range(4):
        terminal.child.send(answer((terminal.prompt() or "")[-700:], {}))
    terminal.prompt()
    terminal.child.kill(signal.SIGKILL)
    given = terminal.file()["answers"]
    assert isinstance(given, dict)
    assert len(given) == 4


def test_a_data_directory_that_cannot_be_made_is_5_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "assess").write_text("a file", encoding="utf-8")
    terminal = Terminal(tmp_path)
    assert terminal.code() == 5
    assert "--save FILE" in terminal.seen
    assert "date of birth" not in terminal.seen
