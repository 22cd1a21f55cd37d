"""The terminal front end on questionary: one key a line, nothing chosen beforehand, the cursor where you type.

questionary's own prompts have no "back" and take Enter as the first choice; so each line is a text prompt whose
keys answer at once, and lists are its checkbox with Enter on nothing refused (docs/adr/0005). A key that was pressed
before its line was on the screen answers nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from textwrap import wrap
from typing import Any

from assess.cli.plain import WIDTH, hint, layout
from assess.interview.prompter import BACK_KEY, Given, Move, Reply, Ticked, keys_help, opened, opening, parse
from assess.interview.steps import CHECKLIST, Ask
from assess.model import words

NONE, UNSURE = "none of these", "not sure about one of these"
LABEL = WIDTH - 6


class TerminalPrompter:
    """Asks with questionary on the error stream, so that results on the output stream stay clean."""

    def __init__(self, output: Any = None) -> None:
        self._output = output

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

    def pages(self, lines: Sequence[str]) -> None:
        """One screen at a time, broken at empty lines where that is possible; Enter goes on."""
        pages = in_pages(lines, self._rows() - 3)
        for number, page in enumerate(pages, 1):
            self.show(["", *page])
            self._prompt(f"[page {number} of {len(pages)}, Enter = go on]", instant=" ", allowed="")

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
            typed = self._prompt(f"[{hint(ask)}]", instant=_instant(ask), allowed=_allowed(ask))
            reply = typed if isinstance(typed, Move) else parse(ask, typed)
            if reply == Move("keys"):
                self.show(wrap(keys_help(ask), WIDTH))
            elif isinstance(reply, str):
                self.show([reply])
            else:
                return reply

    def choose(self, text: str, options: Mapping[str, str], also: Mapping[str, str] | None = None) -> str:
        """Ask for one of the keys in `options`."""
        self.show(["", *wrap(text, WIDTH), *(f"  {key} = {label}" for key, label in options.items())])
        meant = {**{key: key for key in options}, **(also or {})}
        while True:
            typed = self._prompt(f"[{', '.join(options)}]", instant="".join(meant), allowed="")
            if isinstance(typed, str) and typed in meant:
                return meant[typed]
            self.show([f"Please type one of: {', '.join(options)}."])

    def text(self, text: str) -> str:
        """A free line."""
        typed = self._prompt(text, instant="")
        return typed.strip() if isinstance(typed, str) else BACK_KEY if typed == Move("back") else ""

    # -- one prompt ---------------------------------------------------------------------------------------------

    def _prompt(self, message: str, *, instant: str, allowed: str | None = None) -> str | Move:
        """One text prompt. Keys in `instant` answer without Enter; others do nothing unless they are `allowed`."""
        import questionary

        with self._session():
            question = questionary.text(message, qmark=">", instruction="")
            _bind(question.application, instant, allowed)
            _drop_typed_ahead()
            answer: Any = question.unsafe_ask()
        return answer if isinstance(answer, Move) else str(answer)

    # -- a list -------------------------------------------------------------------------------------------------

    def _list(self, ask: Ask) -> Ticked | None:
        """Tick what applies, a screen at a time; None goes back to the line that opened the list."""
        parts = _parts(ask.options or {}, self._rows() - 8)
        chosen = [tuple(code for code in part if code in ask.ticked) for part in parts]
        at = 0
        while 0 <= at < len(parts):
            of = f" (part {at + 1} of {len(parts)})" if len(parts) > 1 else ""
            self.show(["", f"Which of these{of}? Arrows move, Space ticks, Enter goes on, b = back."])
            ticked = self._tick(parts[at], chosen[at])
            if ticked == Move("back"):
                at -= 1
            elif isinstance(ticked, Move):
                self.show(wrap(ask.why, WIDTH))
            elif UNSURE in ticked:
                return Ticked((), unsure=True)
            elif NONE in ticked and len(ticked) > 1:
                chosen[at] = tuple(code for code in ticked if code != NONE)  # no tick is lost
                self.show(["You ticked “none of these” and something else. Please tick one or the other."])
            else:
                chosen[at] = tuple(code for code in ticked if code != NONE)
                at += 1
        return None if at < 0 else Ticked(tuple(code for part in chosen for code in part))

    def _tick(self, entries: Mapping[str, str], before: Sequence[str]) -> tuple[str, ...] | Move:
        import questionary
        from questionary import Choice

        # The two short ways out stand first.
        choices = [Choice("None of these", NONE), Choice("I'm not sure about one of these", UNSURE)]
        for code, label in entries.items():
            choices.append(Choice("\n     ".join(wrap(label, LABEL)), code, checked=code in before))
        with self._session():
            question = questionary.checkbox("", choices=choices, qmark=">", instruction=" ", validate=_something)
            _bind(question.application, "", dead="ai")  # questionary's "all" and "invert"
            _drop_typed_ahead()
            ticked: Any = question.unsafe_ask()
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


def _instant(ask: Ask) -> str:
    """The keys that answer without Enter; none where a letter or digit may begin something longer."""
    moves = "wb?" + ("cs" if ask.unable else "s" if ask.optional else "") + ("u" if ask.unsure else "")
    match ask.kind:
        case words.YES_NO:
            return "yn" + moves
        case words.CHOICE if len(ask.options or {}) <= 9:
            return "".join(str(i) for i in range(1, len(ask.options or {}) + 1)) + moves
        case words.TEXT:
            return ""
        case _:
            return moves


def _allowed(ask: Ask) -> str | None:
    """The keys that begin something longer; any key where words are wanted."""
    match ask.kind:
        case words.TEXT:
            return None
        case words.NUMBER:
            return "0123456789.," + ("-" if ask.minimum < 0 else "")
        case words.BIRTH_DATE:
            return "0123456789-./ "
        case words.CHOICE if len(ask.options or {}) > 9:
            return "0123456789"
        case _:
            return ""


def _bind(app: Any, instant: str, allowed: str | None = None, dead: str = "") -> None:
    """Give a questionary prompt its keys; with `allowed`, every other character does nothing."""
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings

    keys = KeyBindings()

    def answer_with(key: str) -> Any:
        def handler(event: Any) -> None:
            if not event.app.current_buffer.text:
                event.app.current_buffer.insert_text(key)
                event.app.exit(result=key)

        return handler

    def move(to: str) -> Any:
        return lambda event: event.app.exit(result=Move(to))

    def left(event: Any) -> None:
        if event.app.current_buffer.text:
            event.app.current_buffer.cursor_left()
        else:
            event.app.exit(result=Move("back"))

    def typed(event: Any) -> None:
        if event.data in (allowed or ""):
            event.app.current_buffer.insert_text(event.data)

    if allowed is not None:
        keys.add("<any>")(typed)
    for key in instant:
        for case in {key, key.upper()}:
            keys.add(case, eager=True)(answer_with(key))
    if dead:  # a list: letters are not typed there
        for key in dead:
            keys.add(key, eager=True)(lambda event: None)
        keys.add("b", eager=True)(move("back"))
        keys.add("w", eager=True)(move("why"))
    keys.add("left", eager=True)(left)
    keys.add("escape", eager=True)(move("back"))
    keys.add("f1", eager=True)(move("why"))
    app.key_bindings = merge_key_bindings([b for b in (app.key_bindings, keys) if b])
    app.ttimeoutlen = 0.05  # Esc without half a second of waiting


def _drop_typed_ahead() -> None:
    """Forget keys that were pressed before this line was shown: a held or doubled key must not answer it."""
    from prompt_toolkit.application.current import get_app_session
    from prompt_toolkit.input.typeahead import clear_typeahead

    clear_typeahead(get_app_session().input)
    try:
        import termios
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError, termios.error):  # the input is no terminal
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
