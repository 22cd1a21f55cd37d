"""The terminal front end on questionary: one key a line, nothing chosen beforehand, the cursor where you type.

questionary's own prompts have no "back" and take Enter as the first choice; so each line is a text prompt whose
keys answer at once, and lists are its checkbox with Enter on nothing refused (docs/adr/0005). A key that was pressed
before its line was on the screen answers nothing, nor does an Enter pressed out of habit after a key that answered.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from assess.cli.keys import allowed, bind, drop_typed_ahead, flush_input, instant
from assess.cli.plain import WIDTH, hint, layout, ways
from assess.interview.prompter import (
    BACK_KEY,
    Given,
    Move,
    Reply,
    Ticked,
    either,
    keys_help,
    opened,
    opening,
    parse,
    short_hint,
)
from assess.interview.steps import CHECKLIST, Ask
from assess.model import words

NONE, UNSURE = "none of these", "not sure about one of these"
TICK_KEYS = "Arrows move, Space ticks, Enter goes on, b = back."
LABEL = WIDTH - 6


class TerminalPrompter:
    """Asks with questionary on the error stream, so that results on the output stream stay clean."""

    scrolls = False

    def __init__(self, output: Any = None) -> None:
        self._output = output
        self._by_key = False
        """Whether the last line was answered by a single key: some press Enter after it all the same."""

    def _session(self) -> Any:
        """Draw on the error stream. questionary is imported here: the question is on the screen before that."""
        from prompt_toolkit.application import create_app_session

        return create_app_session(output=self._screen())

    def _screen(self) -> Any:
        from prompt_toolkit.output import create_output

        self._output = self._output or create_output(stdout=sys.stderr)
        return self._output

    def show(self, lines: Sequence[str]) -> None:
        """Print lines as they are."""
        for line in lines:
            print(line, file=sys.stderr)

    def wait(self, lines: Sequence[str], then: str) -> None:
        """Print lines and wait for Enter, without questionary: the first question comes sooner."""
        self.show(lines)
        flush_input()
        print(f"> [Enter = {then}]", end=" ", file=sys.stderr, flush=True)
        if not sys.stdin.readline():
            raise EOFError

    def pages(self, lines: Sequence[str]) -> None:
        """One screen at a time, broken at empty lines where that is possible."""
        pages = in_pages(lines, self._rows() - 3)
        many, at = len(pages) > 1, 0
        while at < len(pages):
            self.show(["", *pages[at]])
            keys = "Enter = on, b = page before, q = to the end" if many else "Enter = go on"
            number = f"page {at + 1} of {len(pages)}: " if many else ""
            hint = either(["Enter", "b", "q"] if many else ["Enter"])
            typed = self._prompt(f"[{number}{keys}]", " bq" if many else " ", "", hint, announced=True)
            if typed == "q":
                return
            at = max(at - 1, 0) if typed in (BACK_KEY, Move("back")) else at + 1

    def wipe(self) -> None:
        """Clear the screen and what has scrolled off it."""
        print("\x1b[H\x1b[2J\x1b[3J", end="", file=sys.stderr, flush=True)

    def _rows(self) -> int:
        return int(self._screen().get_size().rows)

    def ask(self, ask: Ask) -> Reply:
        """Ask until there is a reply. A list is opened by a yes, so that most people need not read it."""
        if ask.kind != CHECKLIST:
            return self._line(ask)
        while True:
            reply = self._line(opening(ask))
            if not isinstance(reply, Given):
                return reply
            ticked = opened(reply) or self._list(ask)
            if ticked:
                return ticked

    def _line(self, ask: Ask) -> Reply:
        self.show(layout(ask))
        while True:
            announced = ask.kind == words.TEXT  # "Enter alone leaves it out"
            typed = self._prompt(f"[{hint(ask)}]", instant(ask), allowed(ask), short_hint(ask), announced=announced)
            reply = typed if isinstance(typed, Move) else parse(ask, typed)
            if reply == Move("keys"):
                self.show(wrap(keys_help(ask), WIDTH))
            elif isinstance(reply, str):
                self.show([reply])
            else:
                return reply

    def choose(self, text: str, options: Mapping[str, str], also: Mapping[str, str] | None = None) -> str:
        """Ask for one of the keys in `options`."""
        self.show(ways(text, options))
        meant = {**{key: key for key in options}, **(also or {})}
        keys = [key or "Enter" for key in options]
        while True:
            typed = self._prompt(f"[{', '.join(keys)}]", "".join(meant), "", either(keys), announced="" in options)
            if isinstance(typed, str) and typed in meant:
                return meant[typed]
            self.show([either(keys)])

    def text(self, text: str) -> str:
        """A free line."""
        typed = self._prompt(text)
        return typed.strip() if isinstance(typed, str) else BACK_KEY if typed == Move("back") else ""

    # -- one prompt ---------------------------------------------------------------------------------------------

    def _prompt(
        self, message: str, at_once: str = "", begins: str | None = None, short: str = "", *, announced: bool = False
    ) -> str | Move:
        """One text prompt. Keys `at_once` answer without Enter; those of `begins` are typed; others show a short hint.

        `announced` says that the line gives Enter alone a meaning; elsewhere one after a one-key answer does nothing.
        """
        import questionary

        with self._session():
            style = questionary.Style([("validation-toolbar", "noinherit")])
            question = questionary.text(message, qmark=">", instruction="", style=style)
            bind(question.application, at_once, begins, short=short, habit=self._by_key and not announced)
            drop_typed_ahead()
            answer: Any = question.unsafe_ask()
        self._by_key = isinstance(answer, str) and answer != "" and answer in at_once
        return answer if isinstance(answer, Move) else str(answer)

    # -- a list -------------------------------------------------------------------------------------------------

    def _list(self, ask: Ask) -> Ticked | None:
        """Tick what applies, a screen at a time; None goes back to the line that opened the list."""
        parts = _parts(ask.options or {}, self._rows() - 8)
        chosen = [tuple(code for code in part if code in ask.ticked) for part in parts]
        at = 0
        while 0 <= at < len(parts):
            self.show(["", f"Part {at + 1} of {len(parts)}"] if len(parts) > 1 else [""])
            ticked = self._tick(parts[at], chosen[at])
            if ticked == Move("back"):
                at -= 1
            elif isinstance(ticked, Move):
                self.show(wrap(ask.why, WIDTH))
            elif UNSURE in ticked:
                self.show(["You are not sure about one of these."])
                return Ticked((), unsure=True)
            elif NONE in ticked and len(ticked) > 1:
                chosen[at] = tuple(code for code in ticked if code != NONE)  # no tick is lost
                self.show(["You ticked “none of these” and something else. Please tick one or the other."])
            else:
                chosen[at] = tuple(code for code in ticked if code != NONE)
                at += 1
        if at < 0:
            return None
        codes = tuple(code for part in chosen for code in part)
        self.show([] if codes else ["You ticked none of these."])
        return Ticked(codes)

    def _tick(self, entries: Mapping[str, str], before: Sequence[str]) -> tuple[str, ...] | Move:
        import questionary
        from questionary import Choice

        # The two short ways out stand first.
        choices = [Choice("None of these", NONE), Choice("I'm not sure about one of these", UNSURE)]
        for code, label in entries.items():
            choices.append(Choice("\n     ".join(wrap(label, LABEL)), code, checked=code in before))
        with self._session():
            question = questionary.checkbox(
                "Which of these?", choices=choices, qmark=">", instruction=TICK_KEYS, validate=_something
            )
            question.application.erase_when_done = True  # what was ticked is said in words
            bind(question.application, "", dead="ai")  # questionary's "all" and "invert"
            drop_typed_ahead()
            ticked: Any = question.unsafe_ask()
        self._by_key = False
        return ticked if isinstance(ticked, Move) else tuple(ticked)


def in_pages(lines: Sequence[str], rows: int) -> list[list[str]]:
    """Lines in parts of at most `rows`, whole paragraphs together; no part begins with an empty line."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line and paragraphs[-1]:
            paragraphs.append([])
        if line or paragraphs[-1]:
            paragraphs[-1].append(line)
    pages: list[list[str]] = [[]]
    for paragraph in (p for p in paragraphs if p):
        if pages[-1] and len(pages[-1]) + 1 + len(paragraph) > rows:
            pages.append([])
        pages[-1] += ["", *paragraph] if pages[-1] else paragraph
    return [page[i : i + rows] for page in pages for i in range(0, len(page), rows)]


def _parts(entries: Mapping[str, str], rows: int) -> list[dict[str, str]]:
    """The entries of a list in parts that fit a screen."""
    parts: list[dict[str, str]] = [{}]
    used = 0
    for code, label in entries.items():
        height = len(wrap(label, LABEL))
        if parts[-1] and used + height > rows:
            parts.append({})
            used = 0
        parts[-1][code] = label
        used += height
    return parts


def _something(ticked: Sequence[str]) -> bool | str:
    return bool(ticked) or "Please tick what applies, or “None of these”."
