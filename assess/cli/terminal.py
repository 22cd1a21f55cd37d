"""The terminal front end on questionary: one key a line, nothing chosen beforehand, the cursor where you type.

questionary's own prompts have no "back" and take Enter as the first choice; so each line is a text prompt whose
keys answer at once, and lists are its checkbox with Enter on nothing refused (docs/adr/0005).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from assess.cli.plain import WIDTH, hint, layout
from assess.interview.prompter import CHECK_KEYS_HELP, KEYS_HELP, Move, Reply, Ticked, parse
from assess.interview.steps import Ask
from assess.model import words

NONE, UNSURE = "none of these", "not sure about one of these"


class TerminalPrompter:
    """Asks with questionary on the error stream, so that results on the output stream stay clean."""

    def __init__(self) -> None:
        self._output: Any = None

    def _session(self) -> Any:
        """Draw on the error stream. questionary is imported here: the question is on the screen before that."""
        from prompt_toolkit.application import create_app_session
        from prompt_toolkit.output import create_output

        self._output = self._output or create_output(stdout=sys.stderr)
        return create_app_session(output=self._output)

    def show(self, lines: Sequence[str]) -> None:
        """Print lines as they are."""
        for line in lines:
            print(line, file=sys.stderr)

    def ask(self, ask: Ask) -> Reply:
        """Ask until there is a reply."""
        if ask.kind == "checklist":
            return self._checklist(ask)
        self.show(layout(ask))
        while True:
            typed = self._prompt(f"[{hint(ask)}]", instant=_instant(ask), only=_only_keys(ask))
            reply = typed if isinstance(typed, Move) else parse(ask, typed)
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
        single = all(len(key) == 1 for key in options)
        while True:
            typed = self._prompt(f"[{', '.join(options)}]", instant="".join(options) if single else "", only=single)
            for key in options:
                if isinstance(typed, str) and typed.strip().lower() == key.lower():
                    return key
            self.show([f"Please type one of: {', '.join(options)}."])

    def text(self, text: str) -> str:
        """A free line."""
        typed = self._prompt(text, instant="")
        return typed.strip() if isinstance(typed, str) else ""

    def _prompt(self, message: str, *, instant: str, only: bool = False) -> str | Move:
        """One text prompt; keys in `instant` answer without Enter, with `only` other letters do nothing."""
        import questionary

        with self._session():
            question = questionary.text(message, qmark=">", instruction="")
            self._bind(question.application, instant, only=only)
            answer: Any = question.unsafe_ask()
        return answer if isinstance(answer, Move) else str(answer)

    @staticmethod
    def _bind(app: Any, instant: str, *, only: bool = False) -> None:
        from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings

        keys = KeyBindings()
        if only:
            keys.add("<any>")(lambda event: None)

        def answer_with(key: str) -> Any:
            def handler(event: Any) -> None:
                alone = not event.app.current_buffer.text
                event.app.current_buffer.insert_text(key)
                if alone:
                    event.app.exit(result=key)

            return handler

        for key in instant:
            keys.add(key, eager=True)(answer_with(key))

        def back(event: Any) -> None:
            if event.app.current_buffer.text:
                event.app.current_buffer.cursor_left()
            else:
                event.app.exit(result=Move("back"))

        keys.add("left", eager=True)(back)

        @keys.add("escape", eager=True)
        def _(event: Any) -> None:
            event.app.exit(result=Move("back"))

        @keys.add("f1", eager=True)
        def _(event: Any) -> None:
            event.app.exit(result=Move("why"))

        app.key_bindings = merge_key_bindings([b for b in (app.key_bindings, keys) if b])
        app.ttimeoutlen = 0.05  # Esc without half a second of waiting

    def _checklist(self, ask: Ask) -> Reply:
        import questionary
        from questionary import Choice

        entries = dict(ask.options or {})
        short = Ask(**{**{f: getattr(ask, f) for f in ask.__slots__}, "options": None})
        self.show([line for line in layout(short) if not line.startswith("   0.")])
        self.show(["  Space ticks, Enter goes on. Esc = back, F1 = why."])
        # The two short ways out stand first: the list may be longer than the screen.
        choices = [Choice("None of these", value=NONE), Choice("I'm not sure about one of these", value=UNSURE)]
        choices += [Choice(_cut(label), value=code) for code, label in entries.items()]
        while True:
            with self._session():
                question = questionary.checkbox("", choices=choices, qmark=">", instruction=" ", validate=_something)
                self._bind(question.application, "")
                ticked: Any = question.unsafe_ask()
            if isinstance(ticked, Move):
                return ticked
            if UNSURE in ticked:
                return Ticked((), unsure=True)
            codes = tuple(c for c in ticked if c != NONE)
            if codes and NONE in ticked:
                self.show(["You ticked “none of these” and something else. Please tick one or the other."])
                continue
            return Ticked(codes)


def _something(ticked: Sequence[str]) -> bool | str:
    return bool(ticked) or "Please tick what applies, or “None of these”."


def _cut(label: str, width: int = 70) -> str:
    return label if len(label) <= width else label[: width - 1] + "…"


def _only_keys(ask: Ask) -> bool:
    """Whether the line is answered by one key, so that a stray letter must not be left standing."""
    return ask.kind == words.YES_NO or (ask.kind == words.CHOICE and len(ask.options or {}) <= 9)


def _instant(ask: Ask) -> str:
    """The keys that answer without Enter; none where a letter or digit may begin something longer."""
    moves = "wb?" + ("cs" if ask.unable else "")
    match ask.kind:
        case words.YES_NO:
            return "ynYN" + ("uU" if ask.unsure else "") + moves
        case words.CHOICE if len(ask.options or {}) <= 9:
            return "".join(str(i) for i in range(1, len(ask.options or {}) + 1)) + ("u" if ask.unsure else "") + moves
        case words.TEXT:
            return ""
        case _:
            return "wb?"
