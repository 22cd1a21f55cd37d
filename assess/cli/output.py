"""The standard streams: results on the output, everything else on the error stream. Losing one never loses a stop."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from assess.errors import CannotWrite

CLEAR = "\x1b[K"
"""Ends a line on a terminal: what stood there before goes."""


def prepare() -> None:
    """A character that the console lacks becomes “?”: it must not cost everything around it."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def put(text: str, *, urgent: bool = False) -> bool:
    """Write a result; whether it was written. What is urgent goes to the error stream if it cannot be.

    A reader that has gone away wanted no more: that is no error, and the exit code stays the command's own.
    """
    why = _written(text, sys.stdout)
    if why is None:
        return True
    if urgent:
        note(text)
    elif not isinstance(why, BrokenPipeError):
        raise cannot_write(why)
    return False


def cannot_write(why: OSError) -> CannotWrite:
    """A stream that does not take what is written to it, as an error to read."""
    message = f"cannot write: {why.strerror or why}"
    return CannotWrite(message, hint="Write to a file, or free some space.")


def note(text: str) -> None:
    """Say something on the error stream; where there is none, nobody can be told."""
    _written(text.rstrip("\n") + "\n", sys.stderr)


def on_a_terminal(stream: TextIO | None) -> bool:
    """Whether somebody reads this stream on a screen."""
    return stream is not None and stream.isatty()


@contextmanager
def progress(*, wanted: bool = True) -> Iterator[Callable[[str], None]]:
    """Says what long work is at, in one line that is written over and goes in the end; only where somebody watches."""
    watched = wanted and on_a_terminal(sys.stderr) and os.environ.get("TERM", "dumb") != "dumb"

    def say(text: str) -> None:
        if watched:
            _written(f"\r{text}{CLEAR}", sys.stderr)

    try:
        yield say
    finally:
        say("")


def _written(text: str, stream: TextIO | None) -> OSError | None:
    if stream is None:  # Python found it closed
        return OSError("standard output is closed")
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        give_up(stream)
        return error
    return None


def give_up(stream: TextIO) -> None:
    """What is left in its buffer would fail again when Python ends, with an exit code of Python's own."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
