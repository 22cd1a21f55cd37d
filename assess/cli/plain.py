"""The plain front end: numbered lines, nothing that moves. For screen readers, dumb terminals and pipes."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TextIO

from assess.interview.prompter import CHECK_KEYS_HELP, KEYS_HELP, Move, Reply, parse
from assess.interview.steps import Ask
from assess.model import words

WIDTH = 76


def layout(ask: Ask) -> list[str]:
    """A line to ask, as wrapped text: topic and what is left, the words, help, and the numbered answers."""
    left = f" — about {ask.more} more" if ask.more else ""
    out = ["", f"{ask.topic}{left}", *wrap(ask.text, WIDTH)]
    if ask.help:
        out += wrap(ask.help, WIDTH, initial_indent="  ", subsequent_indent="  ")
    for i, label in enumerate((ask.options or {}).values(), 1):
        lead = f"  {i:>2}. "
        out += wrap(label, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
    if ask.kind == "checklist":
        out.append("   0. None of these")
    if ask.before is not None:
        out.append(f"  (before, you said: {_before(ask)})")
    return out


def _before(ask: Ask) -> str:
    options = ask.options or {}
    return options.get(str(ask.before), str(ask.before)).replace(words.UNSURE, "not sure")


def hint(ask: Ask) -> str:
    """The keys of this line, short."""
    unsure = ["u"] if ask.unsure else []
    match ask.kind:
        case words.YES_NO:
            keys = ["y", "n", *unsure]
        case words.CHOICE:
            keys = [f"1-{len(ask.options or {})}", *unsure]
        case words.NUMBER:
            keys = [f"{ask.minimum:g} to {ask.maximum:g}" + (f" {ask.unit}" if ask.unit != "0-10" else ""), *unsure]
        case words.BIRTH_DATE:
            keys = ["like 1980-05-17 or 17-05-1980"]
        case "checklist":
            keys = ["the numbers that apply", "0 none", "u not sure"]
        case _:
            keys = ["your own words, or an empty line"]
    return ", ".join(keys)


class PlainPrompter:
    """Asks on `out` (the error stream), reads lines from `source`."""

    def __init__(self, source: TextIO | None = None, out: TextIO | None = None) -> None:
        self._source = source or sys.stdin
        self._out = out or sys.stderr

    def _line(self, prompt: str) -> str:
        print(prompt, end=" ", file=self._out, flush=True)
        line = self._source.readline()
        if not line:
            print(file=self._out)
            raise EOFError
        return line.rstrip("\n")

    def show(self, lines: Sequence[str]) -> None:
        """Print lines as they are."""
        for line in lines:
            print(line, file=self._out)

    def ask(self, ask: Ask) -> Reply:
        """Ask until there is a reply."""
        self.show(layout(ask))
        while True:
            reply = parse(ask, self._line(f"[{hint(ask)}] >"))
            if isinstance(reply, Move) and reply.to == "keys":
                self.show(wrap(CHECK_KEYS_HELP if ask.unable else KEYS_HELP, WIDTH))
            elif isinstance(reply, str):
                if not reply:
                    return Move("skip")
                self.show([reply])
            else:
                return reply

    def choose(self, text: str, options: Mapping[str, str]) -> str:
        """Ask for one of the keys in `options`."""
        self.show(["", *wrap(text, WIDTH), *(f"  {key} = {label}" for key, label in options.items())])
        while True:
            typed = self._line(f"[{', '.join(options)}] >").strip()
            for key in options:
                if typed.lower() == key.lower():
                    return key
            self.show([f"Please type one of: {', '.join(options)}."])

    def text(self, text: str) -> str:
        """A free line."""
        return self._line(f"{text} >").strip()
