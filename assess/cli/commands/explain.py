"""`assess explain [ITEM] [--answers FILE] [--what-if]`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from assess.cli.commands.common import Told, answers_of, knowledge_of, parse_on, told
from assess.cli.output import put
from assess.errors import UsageError, did_you_mean
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan


@click.command("explain")
@click.argument("item", required=False)
@click.option("--answers", metavar="FILE", help="The answers file; the saved assessment if not given.")
@click.option("--on", metavar="DATE", help="The day; today if not given.")
@click.option("--what-if", is_flag=True, help="Also the fewest other results or wishes that would change it.")
@click.pass_context
def command(ctx: click.Context, item: str | None, answers: str | None, on: str | None, what_if: bool) -> int:
    """Say why ITEM is in the plan or why not, down to the answers; without ITEM, every line of the plan.

    + holds, - does not, ? is not known. Not known counts as barred. Where there is no plan there is nothing to
    explain, and the exit code is that of `assess plan`. --what-if never touches an answer about safety.
    """
    from assess.export.formats import text_of
    from assess.inference.explain import explain, keys_of, lines
    from assess.inference.infer import closed
    from assess.inference.session import Session

    if what_if and item is None:
        raise UsageError("--what-if needs an item", hint="Name one, for example `assess explain bridge --what-if`.")
    knowledge = knowledge_of(ctx)
    found = told(knowledge, answers_of(answers), parse_on(on))
    plan, stops = found.outcome.plan, found.outcome.triage.stops
    if stops:
        put(text_of(knowledge, plan) + "\n", urgent=True)
    if found.sound:
        session = Session(knowledge, found.at)
        session.load(closed(knowledge, found.answers, found.at))
        for name in [item] if item else _lines_of(plan):
            keys = keys_of(session, name)
            if not keys:
                known = [i.id for i in knowledge.items()] + list(knowledge.findings) + list(knowledge.terms.muscles)
                hint = did_you_mean(name, known) or "`assess show KIND` lists ids."
                raise UsageError(f"nothing is called {name!r}", hint=hint)
            for key in keys:
                put("\n".join(lines(explain(session, key))) + "\n", urgent=stops)
                if what_if:
                    put(_supposed(found, knowledge, key), urgent=stops)
        if item in knowledge.exercises:
            put("".join(f"{line}\n" for line in _place(plan, item)), urgent=stops)
    found.say_notes()
    return found.outcome.exit_code


def _supposed(found: Told, knowledge: KnowledgeBase, key: Key) -> str:
    from assess.cli.supposing import supposed
    from assess.inference.what_if import what_if

    outcome = found.outcome
    return supposed(knowledge, what_if(knowledge, outcome.read, found.at, (outcome.conclusions, outcome.triage), key))


def _lines_of(plan: Plan) -> list[str]:
    return [r["id"] for r in plan.triage.reasons] + [r.id for r in plan.relief] + [e.id for e in plan.exercises]


def _place(plan: Plan, name: str | None) -> Iterator[str]:
    """Whether an eligible exercise was chosen; choosing is ranking and caps, not rules."""
    for exercise in plan.exercises:
        if exercise.id == name:
            yield f"In the plan: {' '.join(exercise.because)}"
    for entry in plan.left_out:
        if entry.id == name:
            side = f" ({entry.side})" if entry.side else ""
            yield f"Not in the plan{side}: {entry.text} {' '.join(entry.because)}".rstrip()
