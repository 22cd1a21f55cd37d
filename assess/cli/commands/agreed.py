"""`assess agreed`: a clinician agreed to exercise in spite of a clinician-first reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from assess.cli.commands.common import knowledge_of
from assess.cli.output import note
from assess.cli.say import ABOUT, BY
from assess.errors import AnswersError, UsageError, did_you_mean
from assess.inference.infer import closed, infer
from assess.interview import agreements
from assess.interview.store import Store, default_file
from assess.loading.answers_file import read_answers
from assess.model import words
from assess.model.answers import Answers, Clearance
from assess.model.conditions import Key
from assess.model.free_text import tidy
from assess.model.knowledge import KnowledgeBase

SAY = "Write who agreed, and to what."


@click.command("agreed")
@click.argument("reason")
@click.option("--by", required=True, help="Who agreed, for example: physiotherapist, Dr Singh.")
@click.option("--about", required=True, help="What they agreed to, for example: gentle exercise at home.")
@click.option("--answers", metavar="FILE", help="The answers file; the saved assessment if not given.")
@click.pass_context
def command(ctx: click.Context, reason: str, by: str, about: str, answers: str | None) -> int:
    """Record that a clinician agreed to exercise. REASON is the id that the plan names. It holds for twelve weeks."""
    knowledge = knowledge_of(ctx)
    row = knowledge.rows.get(reason)
    clearable = [r.id for r in knowledge.rows.values() if r.level == words.CLINICIAN_FIRST and r.clearable]
    if row is None or reason not in clearable:
        hint = did_you_mean(reason, clearable) or "Only reasons of level clinician-first can be cleared; bars stay."
        raise UsageError(f"{reason!r} cannot be cleared", hint=hint)
    for option, said in (("--by", by), ("--about", about)):
        if not tidy(said):
            raise UsageError(f"{option} is empty", hint=SAY)
        if tidy(said).strip("<>\"' ").upper() in (BY, ABOUT, "NAME"):
            raise UsageError(f"{option} {said} is only where your own words go", hint=SAY)
    store = Store(knowledge, Path(answers) if answers else default_file(), "--answers")
    if not store.exists():
        raise AnswersError(f"there is no {store.file}", hint="Run `assess` first.")
    now = datetime.now().astimezone()
    found = read_answers(knowledge, store.file.read_bytes(), str(store.file), now)
    if found.problems:
        raise AnswersError(f"{store.file} has problems", problems=found.problems)
    if not _holds(knowledge, found.answers, reason, now):
        hint = "Nothing has to be agreed for it. `assess plan` names the reasons that hold."
        raise UsageError(f"{reason!r} does not hold with the answers in {store.file}", hint=hint)
    kept = tuple(c for c in found.answers.cleared if c.reason != reason)
    read = agreements.about(knowledge, found.answers, reason)
    new = Clearance(reason, tidy(by), now.date(), tidy(about), read)
    store.save(replace(found.answers, cleared=(*kept, new)), given_to=found.answers.knowledge)
    note(f"recorded: {row.title}; agreed by {tidy(by)}. It holds for twelve weeks, and bars stay.")
    return 0


def _holds(knowledge: KnowledgeBase, answers: Answers, row: str, now: datetime) -> bool:
    at = answers.triaged_at or now
    return infer(knowledge, closed(knowledge, answers, at), at).state(Key(words.LEVEL, row)) == words.YES
