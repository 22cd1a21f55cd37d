"""The one interface between the interview and a person, and what they may reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assess.interview import steps
from assess.interview.dates import EXAMPLE, read_date
from assess.interview.steps import Ask
from assess.model import words
from assess.model.free_text import LIMIT

KEYS = {"y": words.YES, "n": words.NO, "u": words.UNSURE}
BACK_KEY, WHY_KEY, HELP_KEY, CANT_KEY, SKIP_KEY = "b", "w", "?", "c", "s"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: a code, a number, or text."""

    value: str | int | float


@dataclass(frozen=True, slots=True)
class Ticked:
    """The ticked entries of a list; `unsure` asks them one by one."""

    codes: tuple[str, ...]
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """No answer: `back`, `why`, `keys`, `cant` or `skip`."""

    to: str


Reply = Given | Ticked | Move


class Prompter(Protocol):
    """A front end. `KeyboardInterrupt` and `EOFError` pass through: they are never an answer.

    `scrolls` says that something long runs past without a stop, so that what matters most is to be said once more.
    """

    scrolls: bool

    def ask(self, ask: Ask) -> Reply:
        """One line."""

    def choose(self, text: str, options: Mapping[str, str], also: Mapping[str, str] | None = None) -> str:
        """One of a few ways to go on; no default, unless the key of one is empty: that is Enter.

        `also` maps a further key to the one that it stands for.
        """

    def text(self, text: str) -> str:
        """A free line; may be empty. Going back gives the key for back."""

    def show(self, lines: Sequence[str]) -> None:
        """Say something."""

    def wait(self, lines: Sequence[str], then: str) -> None:
        """Say something that should be read before what `then` names; a plain front end does not wait."""

    def pages(self, lines: Sequence[str]) -> None:
        """Say something long; where a screen is small, one screen at a time."""

    def wipe(self) -> None:
        """Leave nothing to read on the screen."""


def opening(ask: Ask) -> Ask:
    """The yes-or-no line that comes before a list is shown: most people need not read the list."""
    return replace(ask, kind=words.YES_NO, options=None)


def opened(reply: Given) -> Ticked | None:
    """What the answer to the opening line means; None shows the list."""
    return None if reply.value == words.YES else Ticked((), unsure=reply.value == words.UNSURE)


def keys_help(ask: Ask) -> str:
    """What each key does on this line."""
    match ask.kind:
        case words.YES_NO:
            keys = ["y = yes", "n = no"]
        case words.CHOICE:
            keys = ["the number of an answer"]
        case words.NUMBER:
            keys = ["a number, then Enter"]
        case words.BIRTH_DATE:
            keys = ["a date, then Enter"]
        case steps.CHECKLIST:
            keys = ["the numbers that apply, then Enter", "0 = none of these"]
        case _:
            keys = ["your own words, then Enter"]
    if ask.unsure and ask.kind not in (words.TEXT, words.BIRTH_DATE):
        keys.append("u = not sure")
    if ask.unable:
        keys += ["c = I can't do it", "s = skip this check"]
    elif ask.optional:
        keys.append("Enter alone leaves it out" if ask.kind == words.TEXT else "s = leave it out")
    return "; ".join([*keys, "w = why this is asked", "b = back", "? = these keys", "Ctrl-C = stop, saved"]) + "."


def short_hint(ask: Ask) -> str:
    """What would be an answer, for somebody who pressed something else."""
    match ask.kind:
        case words.YES_NO:
            keys = ["y", "n"]
        case words.CHOICE if len(ask.options or {}) <= 9:
            keys = [str(number) for number in range(1, len(ask.options or {}) + 1)]
        case words.CHOICE:
            keys = [f"a number from 1 to {len(ask.options or {})}"]
        case words.NUMBER:
            keys = [f"a number from {ask.minimum:g} to {ask.maximum:g}"]
        case _:
            keys = [f"a date like {EXAMPLE}"]
    return either([*keys, "u"] if ask.unsure and ask.kind != words.BIRTH_DATE else keys)


def either(keys: Sequence[str]) -> str:
    """The keys that answer as a short hint, such as “1, 2 or 3, please”."""
    *most, last = keys
    said = f"{', '.join(most)} or {last}" if most else last
    return f"{said[0].upper()}{said[1:]}, please." if len(keys[0]) > 1 else f"{said}, please."


def parse(ask: Ask, typed: str) -> Reply | str:
    """What somebody typed, as a reply; a string is what is wrong with it."""
    word = typed.strip()
    low = word.lower()
    move = _move(ask, low)
    if move:
        return move
    if not word:
        return "An empty line is no answer. Press ? for the keys."
    match ask.kind:
        case words.YES_NO:
            return _yes_no(ask, low)
        case words.CHOICE:
            return _choice(ask, low)
        case words.NUMBER:
            return _number(ask, low)
        case words.BIRTH_DATE:
            return _date(ask, word)
        case steps.CHECKLIST:
            return _ticked(ask, low)
        case _:
            return Given("".join(c for c in word if c.isprintable())[:LIMIT])


def _move(ask: Ask, low: str) -> Move | None:
    words_too = ask.kind != words.TEXT  # "back" may be what somebody wants to get well
    if low == BACK_KEY or (words_too and low == "back"):
        return Move("back")
    if low == WHY_KEY or (words_too and low == "why"):
        return Move("why")
    if low == HELP_KEY:
        return Move("keys")
    if ask.unable and low == CANT_KEY:
        return Move("cant")
    leaves_out = "" if ask.kind == words.TEXT else SKIP_KEY
    if (ask.unable or ask.optional) and low == leaves_out:
        return Move("skip")
    return None


def _picked(codes: Sequence[str], typed: str) -> str | None:
    """The entry with a number; none for thousands of digits, which Python would not read."""
    number = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    return codes[number - 1] if 1 <= number <= len(codes) else None


def _yes_no(ask: Ask, low: str) -> Reply | str:
    value = KEYS.get(low, low)
    if value in (words.YES, words.NO) or (value == words.UNSURE and ask.unsure):
        return Given(value)
    return "Please answer y (yes), n (no)" + (" or u (not sure)." if ask.unsure else ".")


def _choice(ask: Ask, low: str) -> Reply | str:
    codes = list(ask.options or {})
    if low == "u" and ask.unsure:
        return Given(words.UNSURE)
    picked = _picked(codes, low)
    if picked is not None:
        return Given(picked)
    return f"Please type a number from 1 to {len(codes)}" + (", or u (not sure)." if ask.unsure else ".")


def _number(ask: Ask, low: str) -> Reply | str:
    if low == "u" and ask.unsure:
        return Given(words.UNSURE)
    try:
        number = float(low.replace(",", "."))
    except ValueError:
        number = float("nan")
    if ask.age is not None and number > ask.age:
        return f"You are {ask.age}; please check."
    if not ask.minimum <= number <= ask.maximum:
        return f"Please type a number from {ask.minimum:g} to {ask.maximum:g}" + (
            ", or u (not sure)." if ask.unsure else "."
        )
    return Given(int(number) if number == int(number) else number)


def _date(ask: Ask, word: str) -> Reply | str:
    day = read_date(word)
    if isinstance(day, str):
        return day
    if not date(1900, 1, 1) <= day <= (ask.latest or date.max):
        return "That is no possible date of birth. Please check the year."
    return Given(day.isoformat())


def _ticked(ask: Ask, low: str) -> Reply | str:
    codes = list(ask.options or {})
    if low in ("0", "none"):
        return Ticked(())
    if low == "u":
        return Ticked((), unsure=True)
    picked = [_picked(codes, number) for number in low.replace(",", " ").split()]
    chosen = dict.fromkeys(code for code in picked if code is not None)
    if picked and None not in picked:
        return Ticked(tuple(chosen))
    return "Please type the numbers that apply, like 2 5; or 0 for none of these, or u if you are not sure."
