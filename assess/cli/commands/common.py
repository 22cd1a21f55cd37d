"""What several commands share: reading an answers file, and the day that it is read on."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import click

from assess.cli import output
from assess.cli.typed import as_typed
from assess.errors import AnswerNeeded, AnswersError, AssessError, CannotWrite, UsageError
from assess.interview.agreements import why_void
from assess.interview.outcome import Outcome, assess_answers
from assess.interview.store import default_file
from assess.loading.answers_file import ReadAnswers, read_answers
from assess.loading.load import load
from assess.loading.source import PACKAGED, locate
from assess.loading.yaml12 import MAX_BYTES
from assess.model import words
from assess.model.answers import Answers
from assess.model.knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Told:
    """What a file comes to, and the notes about it. The outcome is printed first: it may be an emergency.

    `on` is the moment that it is read for, `at` that of its triage or else the same. `sound` says that nothing was
    wrong with the file or with the day; if something was, the outcome is a stop.
    """

    answers: Answers
    at: datetime
    on: datetime
    outcome: Outcome
    notes: tuple[str, ...]
    sound: bool = True

    def say_notes(self) -> None:
        """The notes, on the error stream."""
        for note in self.notes:
            output.note(as_typed(note))


def answers_of(named: str | None) -> str:
    """The answers file that the command line names; without one, the saved assessment."""
    if named is not None:
        return named
    saved = default_file()
    if not saved.is_file():
        raise AnswersError("there is no saved assessment", hint="Run `assess` first, or name an answers file.")
    return str(saved)


def knowledge_of(ctx: click.Context) -> KnowledgeBase:
    """The knowledge that the command line names."""
    return load(ctx.obj["knowledge"])


def own_directory(ctx: click.Context) -> Path:
    """The directory of the knowledge, where it is the user's own to change."""
    root = locate(ctx.obj["knowledge"])
    if not isinstance(root, Path) or root.name == PACKAGED:
        raise CannotWrite(
            "the installed knowledge cannot be changed", hint="Name a directory of your own with --knowledge."
        )
    return root


def parse_on(on: str | None) -> datetime | None:
    """`--on`: a date (its end) or a date and time; without an offset it is local time."""
    if on is None:
        return None
    try:
        if len(on) == len("2026-01-01"):
            return datetime.combine(date.fromisoformat(on), time(23, 59, 59)).astimezone()
        moment = datetime.fromisoformat(on)
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError):
        raise UsageError(f"--on {on!r} is no date", hint="Write 2026-11-24, or 2026-11-24T09:30.") from None


def read_file(knowledge: KnowledgeBase, file: str, on: datetime | None) -> tuple[ReadAnswers, datetime]:
    """The answers and the moment they are read at; an example is read at its own time of triage."""
    now = datetime.now().astimezone().replace(microsecond=0)
    if file == "-":
        if sys.stdin is None:
            raise UsageError(
                "standard input is closed", hint="Name an answers file, or send one: `assess plan - < FILE`"
            )
        raw, shown = sys.stdin.buffer.read(MAX_BYTES + 1), "(standard input)"
    else:
        try:
            with open(file, "rb") as handle:
                raw, shown = handle.read(MAX_BYTES + 1), file
        except OSError as error:
            raise AnswersError(
                f"cannot read {file}: {error.strerror}", hint="examples/ has answers files to try."
            ) from None
    found = read_answers(knowledge, raw, shown, max(now, on) if on else now)
    moment = on or (found.answers.triaged_at if found.answers.example else None) or now
    return found, moment


def told(knowledge: KnowledgeBase, file: str, on: datetime | None) -> Told:
    """The outcome of a file. A stop in it counts even if the file has mistakes; otherwise mistakes are errors."""
    found, moment = read_file(knowledge, file, on)
    wrong, at = _wrong(file, found, on), found.answers.triaged_at or moment
    if wrong is None:
        outcome = assess_answers(knowledge, found.answers, moment)
        notes = (*_other_knowledge(knowledge, found), *_void(knowledge, found.answers, moment), *_open_lines(outcome))
        return Told(found.answers, at, moment, outcome, notes)
    stop = stop_in(knowledge, found, moment)
    if stop is None:
        raise wrong
    return Told(found.answers, at, moment, stop, (wrong.render(), *_open_lines(stop)), sound=False)


def _wrong(file: str, found: ReadAnswers, on: datetime | None) -> AssessError | None:
    """Why nothing may be planned from a file on the day that is named, whatever it says."""
    if found.problems:
        return mistakes(file, found)
    triaged_at = found.answers.triaged_at
    if on is not None and triaged_at is not None and on < triaged_at:
        message = f"--on {on.isoformat()} lies before the triage of {triaged_at.isoformat()}"
        return UsageError(message, hint="Name the day of the triage or a later one, or leave --on out.")
    return None


def stop_in(knowledge: KnowledgeBase, found: ReadAnswers, moment: datetime) -> Outcome | None:
    """An emergency or same-day outcome of what could be read, whatever else is wrong with it or missing."""
    try:
        outcome = assess_answers(knowledge, found.at_worst, moment)
    except AnswerNeeded:
        return None
    return outcome if outcome.triage.stops else None


def mistakes(file: str, found: ReadAnswers) -> AnswersError:
    """The error that names every mistake of a file."""
    count = len(found.problems)
    return AnswersError(
        f"{'(standard input)' if file == '-' else file} has {count} problem{'s' if count != 1 else ''}",
        hint="Correct the lines above; nothing was planned.",
        problems=found.problems,
    )


def _other_knowledge(knowledge: KnowledgeBase, found: ReadAnswers) -> tuple[str, ...]:
    made = found.answers.knowledge.get("sha256")
    if not made or made == knowledge.manifest.sha256:
        return ()
    return ("note: these answers were given to another version of the knowledge; new lines count as open.",)


def _void(knowledge: KnowledgeBase, answers: Answers, on: datetime) -> tuple[str, ...]:
    """The agreements that do not count, and why: somebody believes that they do."""
    found = ((c.reason, why_void(knowledge, answers, c, on)) for c in answers.cleared)
    return tuple(f"note: the agreement on {reason} does not count: {why}." for reason, why in found if why)


def _open_lines(outcome: Outcome) -> tuple[str, ...]:
    """After a stop: the emergency lines that were not answered."""
    names = [row.id for row in outcome.triage.open if row.level == words.EMERGENCY] if outcome.triage.stops else []
    return (f"note: not answered, and to be asked where you go: {', '.join(names)}",) if names else ()
