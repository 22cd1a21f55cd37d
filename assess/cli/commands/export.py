"""`assess export [ANSWERS] --format FORMAT -o FILE`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from assess.cli.commands.common import Told, answers_of, knowledge_of, parse_on, told
from assess.cli.output import note, put
from assess.cli.run import local_now
from assess.cli.share import agreed_to, record_of
from assess.cli.weeks import chosen_week, parse_start
from assess.errors import CannotWrite, UsageError, did_you_mean
from assess.export import shared
from assess.export.formats import FILES, FORMATS, PAPER, PAPERS, render, text_of
from assess.interview.outcome import assess_answers
from assess.loading.answers_file import write_whole
from assess.model import words
from assess.model.knowledge import Check, KnowledgeBase
from assess.model.week import Week, faults

ALL = "all"
QUESTIONNAIRE = "questionnaire"
ELSEWHERE = "Name another file with -o, or leave it out to print."
EVERY = {**FILES, **shared.FILES}
"""Every format that a plan can be written in, with its name in a directory of all."""
ON_FILE = (*PAPER, *shared.PAPER)


def _week_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a calendar."""
    for option in reversed(
        (
            click.option("--morning", metavar="TIME", help="When your morning part begins, like 07:00."),
            click.option("--day", metavar="TIME", help="When your daytime part begins."),
            click.option("--bedtime", metavar="TIME", help="When your bedtime part begins."),
            click.option("--days", metavar="DAYS", help="Your exercise days, like mon,wed,fri."),
            click.option("--start", metavar="DATE", help="The first day in the calendar; today if not given."),
            click.option("--no-alarms", is_flag=True, help="A calendar that does not remind."),
        )
    ):
        command = option(command)
    return command


@click.command("export")
@click.argument("answers", required=False)
@click.option(
    "--format",
    "fmt",
    default="text",
    show_default=True,
    help="To read: text, md, json, html; on paper (PDF): pdf, wall, checks, flare; to hand on: ics, fhir, letter, "
    "letter-pdf; all of them into a directory; or questionnaire, the questions themselves.",
)
@click.option("-o", "--output", metavar="FILE", help="Where to write; standard output if not given.")
@click.option("--on", metavar="DATE", help="The day to plan for; today if not given.")
@click.option("--paper", type=click.Choice(list(PAPERS)), default="a4", show_default=True, help="The size of a PDF.")
@_week_options
@click.option("--yes", is_flag=True, help="Do not ask: hand on what a format holds, and write over a file.")
@click.pass_context
def command(
    ctx: click.Context, /, answers: str | None, fmt: str, output: str | None, on: str | None, **more: Any
) -> int:
    """Write the plan of an answers file in a format, or else of the saved assessment: whole or not at all.

    pdf is the whole plan, wall one page for the wall, checks a sheet for the floor with boxes to write in, flare a card
    for a bad day. ics is a calendar, fhir a record for clinical software, letter a page for a clinician: these leave
    your machine when you hand them on, so what they hold is said first.
    """
    knowledge = knowledge_of(ctx)
    if fmt == QUESTIONNAIRE:
        return _questionnaire(knowledge, answers, output, yes=more["yes"])
    _check_format(fmt, output)
    week = chosen_week(more)
    found = told(knowledge, answers_of(answers), parse_on(on))
    _say_stop(knowledge, found, fmt, output)
    found = _with_week(knowledge, found, week)
    wanted = list(EVERY) if fmt == ALL else [fmt]
    made = _made(ctx, knowledge, found, wanted, more)
    if made is None:
        note("nothing was written")
        return found.outcome.exit_code
    if output is None or output == "-":
        only = made[fmt]
        put(only if isinstance(only, str) else only.decode(), urgent=found.outcome.triage.stops)
    else:
        _write({Path(output, EVERY[f]) if fmt == ALL else Path(output): made[f] for f in wanted}, yes=more["yes"])
        note(f"written: {output}")
    found.say_notes()
    return found.outcome.exit_code


def _check_format(fmt: str, output: str | None) -> None:
    """Before anything is worked out: whether there is the format, and whether it can go where it is to go."""
    names = (*EVERY, ALL, QUESTIONNAIRE)
    if fmt not in names:
        hint = did_you_mean(fmt, names) or f"Formats: {', '.join(names)}."
        raise UsageError(f"there is no format {fmt!r}", hint=hint)
    if output in (None, "-") and fmt in (*ON_FILE, ALL):
        name = "plan" if fmt == ALL else EVERY[fmt]
        raise UsageError(f"{fmt} goes to a file", hint=f"assess export --format {fmt} -o {name}")


def _say_stop(knowledge: KnowledgeBase, found: Told, fmt: str, output: str | None) -> None:
    """What to do now is said at once, whatever becomes of the file; beside the output where that is not for reading."""
    if found.outcome.triage.stops:
        text = text_of(knowledge, found.outcome.plan)
        if output not in (None, "-"):
            put(text, urgent=True)
        elif fmt in shared.FORMATS:
            note(text)


def _with_week(knowledge: KnowledgeBase, found: Told, chosen: Week) -> Told:
    """With the times and days of the command line over those of the file. Raises `UsageError` for wrong ones."""
    if chosen == Week():
        return found
    week = chosen.over(found.answers.week)
    for fault in faults(knowledge.program, week):
        raise UsageError(fault.says, hint=fault.hint)
    answers = replace(found.answers, week=week)
    if not found.sound:
        return replace(found, answers=answers)
    return replace(found, answers=answers, outcome=assess_answers(knowledge, answers, found.on))


def _made(
    ctx: click.Context, knowledge: KnowledgeBase, found: Told, wanted: list[str], more: dict[str, Any]
) -> dict[str, str | bytes] | None:
    """Every wanted format; None where somebody, told what is in those that are handed on, does not want them."""
    directory, paper, plan = ctx.obj["knowledge"], more["paper"], found.outcome.plan
    checks = _checks(knowledge, found)
    handed_on = [f for f in wanted if f in shared.FORMATS]
    made = {f: render(knowledge, plan, f, directory, paper, checks) for f in wanted if f in FORMATS}
    if handed_on:
        at = found.on if found.answers.example else local_now()  # an example stays the same
        record = record_of(
            knowledge,
            found.answers,
            found.outcome,
            found.on.date(),
            at,
            directory=directory,
            paper=paper,
            start=parse_start(more["start"]),
            alarms=not more["no_alarms"],
        )
        made |= {f: shared.render(record, f) for f in handed_on}
        if not agreed_to(record, handed_on, yes=more["yes"], no_input=ctx.obj["no_input"]):
            return None
    return made


def _questionnaire(knowledge: KnowledgeBase, answers: str | None, output: str | None, *, yes: bool) -> int:
    """The questions as a form for clinical software: nobody's answers are in it."""
    if answers is not None:
        raise UsageError("the questionnaire is the questions, without answers", hint="Leave the answers file out.")
    from assess.export.fhir.questionnaire import render as questions

    if output is None or output == "-":
        put(questions(knowledge))
    else:
        _write({Path(output): questions(knowledge)}, yes=yes)
        note(f"written: {output}")
    return 0


def _checks(knowledge: KnowledgeBase, found: Told) -> tuple[Check, ...]:
    """The checks of the sheet for the floor; none where somebody must be seen first."""
    from assess.interview.offer import for_the_floor

    if found.outcome.triage.level in words.BLOCKING:
        return ()
    return for_the_floor(knowledge, found.answers, found.outcome.conclusions, found.at)


def _write(files: dict[Path, str | bytes], *, yes: bool) -> None:
    """All files, or none where one is there already."""
    for target in files:
        if target.exists() and not target.is_dir() and not yes:
            raise CannotWrite(f"{target} is there already", hint="Add --yes to write over it, or choose another name.")
    for target, made in files.items():
        if len(files) > 1:
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise CannotWrite(f"cannot make {target.parent}: {error.strerror}", hint=ELSEWHERE) from None
        write_whole(target, made, elsewhere=ELSEWHERE)
