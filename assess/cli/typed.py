"""Commands to type next, as this program was started: what is printed must work when it is pasted."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

NAME = "assess"


def command(*args: str) -> str:
    """A command of this program as one line for a shell; never to be wrapped."""
    return " ".join([*_started_as(), *map(shlex.quote, args)])


def as_typed(text: str) -> str:
    """A text in which the commands between backticks begin as this program was started."""
    return re.sub(rf"`{NAME}(?=[ `])", lambda _: f"`{command()}", text)


def _started_as() -> list[str]:
    """The words that start this program. A shell gives a program that it found by its name the whole path."""
    program = sys.argv[0] if sys.argv else NAME
    name = Path(program).name
    if name == "__main__.py":
        return [shlex.quote(sys.orig_argv[0] or "python"), "-m", NAME]
    found = shutil.which(name)
    if name == program or (found is not None and Path(program).is_absolute() and Path(found) == Path(program)):
        return [name]
    return [shlex.quote(program)]
