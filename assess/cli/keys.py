"""The keys of a terminal prompt: which answer at once, which begin something longer, what any other one shows."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

from assess.interview.prompter import Move
from assess.interview.steps import Ask
from assess.model import words


def instant(ask: Ask) -> str:
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


def allowed(ask: Ask) -> str | None:
    """The keys that begin something longer; any key where words are wanted."""
    match ask.kind:
        case words.TEXT:
            return None
        case words.NUMBER:
            return "0123456789.,-"  # a minus that may not be is refused in words, never dropped
        case words.BIRTH_DATE:
            return "0123456789-./ "
        case words.CHOICE if len(ask.options or {}) > 9:
            return "0123456789"
        case _:
            return ""


def bind(
    app: Any, at_once: str, begins: str | None = None, dead: str = "", *, short: str = "", habit: bool = False
) -> None:
    """Give a questionary prompt its keys; with `begins`, every character that is not in it only shows a short hint.

    With `habit` the first Enter on nothing belongs to the line before and does nothing.
    """
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
    from prompt_toolkit.validation import ValidationError

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
        if event.data in (begins or ""):
            event.app.current_buffer.insert_text(event.data)
        else:
            event.app.current_buffer.validation_error = ValidationError(message=short)

    @Condition
    def bare() -> bool:
        return habit and not app.current_buffer.text

    def forgive(event: Any) -> None:
        nonlocal habit
        habit = False

    keys.add("enter", eager=True, filter=bare)(forgive)
    if begins is not None:
        keys.add("<any>")(typed)
    for key in at_once:
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


def drop_typed_ahead() -> None:
    """Forget keys that were pressed before this line was shown: a held or doubled key must not answer it."""
    from prompt_toolkit.application.current import get_app_session
    from prompt_toolkit.input.typeahead import clear_typeahead

    clear_typeahead(get_app_session().input)
    flush_input()


def flush_input() -> None:
    """Forget what is still in the terminal's own buffer."""
    try:
        import termios
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError, termios.error):  # the input is no terminal
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
