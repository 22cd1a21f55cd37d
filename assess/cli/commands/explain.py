"""`assess explain ITEM --answers FILE`."""

from __future__ import annotations

from datetime import datetime

import click

from assess.cli.commands.common import knowledge_of, mistakes, parse_on, read_file, stop_in
from assess.cli.output import note, put
from assess.errors import UsageError, did_you_mean
from assess.model.answers import Answers
from assess.model.knowledge import KnowledgeBase


@click.command("explain")
@click.argument("item", required=False)
@click.option("--answers", required=True, metavar="FILE", help="The answers file.")
@click.option("--on", metavar="DATE", help="The day; today if not given.")
@click.pass_context
def command(ctx: click.Context, item: str | None, answers: str, on: str | None) -> int:
    """Say why ITEM is in the plan or why not, down to the answers; without ITEM, every line of the plan.

    + holds, - does not, ? is not known. Not known counts as barred.
    """
    from assess.export.formats import render
    from assess.inference.explain import explain, keys_of, lines
    from assess.inference.infer import closed
    from assess.inference.session import Session
    from assess.interview.outcome import assess_answers

    knowledge = knowledge_of(ctx)
    found, moment = read_file(knowledge, answers, parse_on(on))
    stop = stop_in(knowledge, found, moment)
    if stop:
        put(render(knowledge, stop.plan, "text") + "\n", urgent=True)
    if found.problems and stop:
        note(mistakes(answers, found).render())
        return stop.exit_code
    if found.problems:
        raise mistakes(answers, found)
    at = found.answers.triaged_at or moment
    session = Session(knowledge, at)
    session.load(closed(knowledge, found.answers, at))
    if item is None:
        plan = assess_answers(knowledge, found.answers, moment).plan
        names = [r["id"] for r in plan.triage.reasons] + [r.id for r in plan.relief] + [e.id for e in plan.exercises]
    else:
        names = [item]
    for name in names:
        keys = keys_of(session, name)
        if not keys:
            known = [i.id for i in knowledge.items()] + list(knowledge.findings) + list(knowledge.terms.muscles)
            raise UsageError(
                f"nothing is called {name!r}", hint=did_you_mean(name, known) or "`assess show KIND` lists ids."
            )
        for key in keys:
            put("\n".join(lines(explain(session, key))) + "\n", urgent=stop is not None)
        if item and name in knowledge.exercises:
            _place(knowledge, found.answers, moment, name)
    return stop.exit_code if stop else 0


def _place(knowledge: KnowledgeBase, answers: Answers, moment: datetime, name: str) -> None:
    """Whether an eligible exercise was chosen; choosing is ranking and caps, not rules."""
    from assess.errors import AnswerNeeded
    from assess.interview.outcome import assess_answers

    try:
        plan = assess_answers(knowledge, answers, moment).plan
    except AnswerNeeded:
        return
    for exercise in plan.exercises:
        if exercise.id == name:
            put(f"In the plan: {' '.join(exercise.because)}\n")
    for entry in plan.left_out:
        if entry.id == name:
            side = f" ({entry.side})" if entry.side else ""
            put(f"Not in the plan{side}: {entry.text} {' '.join(entry.because)}".rstrip() + "\n")
