"""Everything that can go wrong for a person, as one tree: each class owns its exit code and says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass, field
from difflib import get_close_matches

EXCERPT = 160
"""How many characters of a source line are shown; of a longer one, those around the caret."""


ERROR, WARNING, NOTE = "error", "warning", "note"
"""How bad a problem is: it must not be used so; it is probably not meant so; it is worth a look."""
SEVERITIES = (ERROR, WARNING, NOTE)
"""From the worst to the least."""

STOPPED = 10
"""Exit code: triage allows no exercise plan. No error, so no class below owns it."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file a problem lies; line and column count from 1, 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding about a file: where, which rule, what is wrong, and what to do about it.

    `related` are other places that belong to it, each with a word on why; `example` are the answers that show it,
    as (answer id, value) pairs.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    _: KW_ONLY
    severity: str = ERROR
    related: tuple[tuple[Place, str], ...] = ()
    example: tuple[tuple[str, str], ...] = ()
    excerpt: str = field(default="", compare=False)

    def render(self) -> str:
        """The problem in compiler style: place, rule, message, the source line with a caret, the hint."""
        lines = [f"{self.place}: {self.severity}[{self.code}] {self.message}"]
        if self.excerpt and self.place.line:
            number = str(self.place.line)
            start = max(0, self.place.column - EXCERPT // 2) if len(self.excerpt) > EXCERPT else 0
            shown = "".join(c if c.isprintable() else " " for c in self.excerpt[start : start + EXCERPT])
            lines += [
                f"{' ' * len(number)} |",
                f"{number} | {shown}".rstrip(),
                f"{' ' * len(number)} | {' ' * (self.place.column - 1 - start)}^",
            ]
        lines += [f"  see: {place}: {why}" for place, why in self.related]
        if self.example:
            lines.append("  for example: " + ", ".join(f"{answer}: {value}" for answer, value in self.example))
        if self.hint:
            lines.append(f"  help: {self.hint}")
        return "\n".join(lines)


class AssessError(Exception):
    """Base of every error that a person is meant to read."""

    exit_code = 70

    def __init__(self, message: str, *, hint: str = "", problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.problems = tuple(problems)

    def render(self) -> str:
        """The message, its problems and its hint, ready for the error stream."""
        parts = [problem.render() for problem in self.problems]
        parts.append(f"error: {self.message}")
        if self.hint:
            parts.append(f"  help: {self.hint}")
        return "\n".join(parts)


class UsageError(AssessError):
    """The command line asks for something that does not exist or does not fit together."""

    exit_code = 2


class KnowledgeError(AssessError):
    """The knowledge base is missing, broken, or does not hang together."""

    exit_code = 3


class AnswersError(AssessError):
    """An answers file cannot be read, or says something that the knowledge base does not know."""

    exit_code = 3


class AnswerNeeded(AssessError):
    """A line that must be answered before going on is open, or the triage is too old."""

    exit_code = 4


class CannotWrite(AssessError):
    """The output cannot be written; nothing half-written is left behind."""

    exit_code = 5


class EngineDisagreement(AssessError):
    """The engine of record and the evaluator differ: no plan is given."""

    exit_code = 70


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming the closest known words, or an empty string."""
    close = get_close_matches(word, list(known), n=2, cutoff=0.6)
    return f"Did you mean {' or '.join(repr(c) for c in close)}?" if close else ""
