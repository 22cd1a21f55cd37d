"""What several commands share: reading an answers file, and the day that it is read on."""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from pathlib import Path

import click

from assess.errors import AnswersError, UsageError
from assess.interview.outcome import Outcome, assess_answers
from assess.loading.answers_file import ReadAnswers, read_answers
from assess.loading.load import load
from assess.model.knowledge import KnowledgeBase


def knowledge_of(ctx: click.Context) -> KnowledgeBase:
    """The knowledge that the command line names."""
    return load(ctx.obj["knowledge"])


def parse_on(on: str | None) -> datetime | None:
    """`--on`: a date (its end) or a date and time; without an offset it is local time."""
    if on is None:
        return None
    try:
        if len(on) == len("2026-01-01"):
            return datetime.combine(date.fromisoformat(on), time(23, 59, 59)).astimezone()
        moment = datetime.fromisoformat(on)
    except ValueError:
        raise UsageError(f"--on {on!r} is no date", hint="Write 2026-11-24, or 2026-11-24T09:30.") from None
    return moment if moment.tzinfo else moment.astimezone()


def read_file(knowledge: KnowledgeBase, file: str, on: datetime | None) -> tuple[ReadAnswers, datetime]:
    """The answers and the moment they are read at; an example is read at its own time of triage."""
    now = datetime.now().astimezone().replace(microsecond=0)
    if file == "-":
        raw, shown = sys.stdin.buffer.read(2_000_000), "(standard input)"
    else:
        try:
            raw, shown = Path(file).read_bytes(), file
        except OSError as error:
            raise AnswersError(
                f"cannot read {file}: {error.strerror}", hint="examples/ has answers files to try."
            ) from None
    found = read_answers(knowledge, raw, shown, max(now, on) if on else now)
    moment = on or (found.answers.triaged_at if found.answers.example else None) or now
    return found, moment


def outcome_of(knowledge: KnowledgeBase, file: str, on: datetime | None) -> Outcome:
    """The outcome of a file. A stop in it counts even if the file has mistakes; otherwise mistakes are errors."""
    found, moment = read_file(knowledge, file, on)
    if not found.problems:
        _notice(knowledge, found)
        return assess_answers(knowledge, found.answers, moment)
    wrong = AnswersError(
        f"{file} has {len(found.problems)} problem{'s' if len(found.problems) != 1 else ''}",
        hint="Correct the lines above; nothing was planned.",
        problems=found.problems,
    )
    try:
        outcome = assess_answers(knowledge, found.answers, moment)
    except Exception:
        raise wrong from None
    if outcome.triage.stops:
        click.echo(wrong.render(), err=True)
        return outcome
    raise wrong


def _notice(knowledge: KnowledgeBase, found: ReadAnswers) -> None:
    made = found.answers.knowledge.get("sha256")
    if made and made != knowledge.manifest.sha256:
        click.echo(
            "note: these answers were given to another version of the knowledge; new lines count as open.", err=True
        )


def note_open(outcome: Outcome) -> None:
    """After a stop: the emergency lines that were not answered."""
    if outcome.triage.stops and outcome.triage.open:
        names = ", ".join(row.id for row in outcome.triage.open if row.level == "emergency")
        if names:
            click.echo(f"note: not answered, and to be asked where you go: {names}", err=True)
