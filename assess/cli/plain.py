"""The plain front end: numbered lines, nothing that moves. For screen readers, dumb terminals and pipes."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TextIO

from assess.interview import steps
from assess.interview.dates import EXAMPLE
from assess.interview.prompter import Given, Move, Reply, either, keys_help, opened, opening, parse
from assess.interview.steps import Ask
from assess.model import words
from assess.model.answers import Unable

WIDTH = 76
UNABLE_WORDS = {
    "pain": "it hurts",
    "position": "I cannot get into that position",
    words.NO_HELPER: "I have nobody to help",
    "weakness": "I am not strong enough for it",
}


def layout(ask: Ask) -> list[str]:
    """A line to ask, as wrapped text: topic and what is left, the words, help, and the numbered answers."""
    left = f" — about {ask.more} more" if ask.more else ""
    out = ["", f"{ask.topic}{left}", *wrap(ask.text, WIDTH)]
    if ask.help:
        out += wrap(ask.help, WIDTH, initial_indent="  ", subsequent_indent="  ")
    out += numbered(ask)
    if ask.before is not None:
        out += wrap(f"(before, you said: {_before(ask)})", WIDTH, initial_indent="  ", subsequent_indent="  ")
    return out


def numbered(ask: Ask) -> list[str]:
    """The answers to choose from, with their numbers."""
    out = []
    for i, label in enumerate((ask.options or {}).values(), 1):
        lead = f"  {i:>2}. "
        out += wrap(label, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
    return [*out, "   0. None of these"] if ask.kind == steps.CHECKLIST else out


def _before(ask: Ask) -> str:
    if isinstance(ask.before, Unable):
        return f"I can't do it, {UNABLE_WORDS[ask.before.reason]}"
    said = str(ask.before)
    return (ask.options or {}).get(said, "not sure" if said == words.UNSURE else said)


def hint(ask: Ask) -> str:
    """The keys of this line, short."""
    match ask.kind:
        case words.YES_NO:
            keys = ["y", "n"]
        case words.CHOICE:
            keys = [f"1-{len(ask.options or {})}"]
        case words.NUMBER:
            keys = [f"{ask.minimum:g} to {ask.maximum:g}" + (f" {ask.unit}" if ask.unit != "0-10" else "")]
        case words.BIRTH_DATE:
            keys = [f"like {EXAMPLE}"]
        case steps.CHECKLIST:
            keys = ["the numbers that apply, like 2 5", "0 = none"]
        case _:
            keys = ["your own words; Enter alone leaves it out"]
    if ask.unsure and ask.kind not in (words.TEXT, words.BIRTH_DATE):
        keys.append("u = not sure")
    if ask.unable:
        keys += ["c = can't", "s = skip"]
    elif ask.optional and ask.kind != words.TEXT:
        keys.append("s = leave it out")
    return ", ".join([*keys, "? = keys"])


def ways(text: str, options: Mapping[str, str]) -> list[str]:
    """A few ways to go on, as lines: the question, and each key with what it does."""
    return ["", *wrap(text, WIDTH), *(f"  {key or 'Enter'} = {label}" for key, label in options.items())]


class PlainPrompter:
    """Asks on `out` (the error stream), reads lines from `source`."""

    scrolls = True

    def __init__(self, source: TextIO | None = None, out: TextIO | None = None) -> None:
        self._source = source or sys.stdin
        self._out = out or sys.stderr

    def _line(self, prompt: str) -> str:
        print(prompt, end=" ", file=self._out, flush=True)
        line = self._source.readline() if self._source else ""  # no input at all is its end
        if not line:
            print(file=self._out)
            raise EOFError
        return line.rstrip("\n")

    def show(self, lines: Sequence[str]) -> None:
        """Print lines as they are."""
        for line in lines:
            print(line, file=self._out)

    def wait(self, lines: Sequence[str], then: str) -> None:
        """Print lines, without a stop."""
        self.show(lines)

    def pages(self, lines: Sequence[str]) -> None:
        """Print everything: a screen reader goes through it by itself."""
        self.show(lines)

    def wipe(self) -> None:
        """Push everything off the screen."""
        self.show([""] * 100)

    def ask(self, ask: Ask) -> Reply:
        """Ask until there is a reply. A list is opened by a yes, so that most people need not hear it."""
        if ask.kind != steps.CHECKLIST:
            self.show(layout(ask))
            return self._reply(ask)
        first = opening(ask)
        self.show(layout(first))
        while True:
            reply = self._reply(first)
            if not isinstance(reply, Given):
                return reply
            done = opened(reply)
            if done:
                return done
            self.show(numbered(ask))
            reply = self._reply(ask)
            if reply != Move("back"):
                return reply
            self.show(layout(first))

    def _reply(self, ask: Ask) -> Reply:
        while True:
            reply = parse(ask, self._line(f"[{hint(ask)}] >"))
            if reply == Move("keys"):
                self.show(wrap(keys_help(ask), WIDTH))
            elif isinstance(reply, str):
                self.show([reply])
            else:
                return reply

    def choose(self, text: str, options: Mapping[str, str], also: Mapping[str, str] | None = None) -> str:
        """Ask for one of the keys in `options`."""
        self.show(ways(text, options))
        keys = [key or "Enter" for key in options]
        while True:
            typed = self._line(f"[{', '.join(keys)}] >").strip().lower()
            chosen = (also or {}).get(typed, typed)
            if chosen in options:
                return chosen
            self.show([either(keys)])

    def text(self, text: str) -> str:
        """A free line."""
        return self._line(f"{text} >").strip()
