"""`assess export [ANSWERS] --format FORMAT -o FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from assess.cli.commands.common import Told, answers_of, knowledge_of, parse_on, told
from assess.cli.output import note, put
from assess.errors import CannotWrite, UsageError
from assess.export.formats import FILES, PAPER, PAPERS, check_format, render, text_of
from assess.loading.answers_file import write_whole
from assess.model import words
from assess.model.knowledge import Check, KnowledgeBase

ALL = "all"
ELSEWHERE = "Name another file with -o, or leave it out to print."


@click.command("export")
@click.argument("answers", required=False)
@click.option(
    "--format",
    "fmt",
    default="text",
    show_default=True,
    help="text, md, json, html; on paper (PDF): pdf, wall, checks, flare; or all of them into a directory.",
)
@click.option("-o", "--output", metavar="FILE", help="Where to write; standard output if not given.")
@click.option("--on", metavar="DATE", help="The day to plan for; today if not given.")
@click.option("--paper", type=click.Choice(list(PAPERS)), default="a4", show_default=True, help="The size of a PDF.")
@click.option("--yes", is_flag=True, help="Write over a file that is there.")
@click.pass_context
def command(
    ctx: click.Context, answers: str | None, fmt: str, output: str | None, on: str | None, paper: str, yes: bool
) -> int:
    """Write the plan of an answers file in a format, or else of the saved assessment: whole or not at all.

    pdf is the whole plan, wall one page for the wall, checks a sheet for the floor with boxes to write in, flare a card
    for a bad day.
    """
    knowledge = knowledge_of(ctx)
    if fmt != ALL:
        check_format(fmt)
    printed = output is None or output == "-"
    if printed and fmt in (*PAPER, ALL):
        name = "plan" if fmt == ALL else FILES[fmt]
        raise UsageError(f"{fmt} goes to a file", hint=f"assess export --format {fmt} -o {name}")
    found = told(knowledge, answers_of(answers), parse_on(on))
    outcome = found.outcome
    if not printed and outcome.triage.stops:  # what to do now is said at once, whatever becomes of the file
        put(text_of(knowledge, outcome.plan), urgent=True)
    checks = _checks(knowledge, found)
    wanted = list(FILES) if fmt == ALL else [fmt]
    made = {f: render(knowledge, outcome.plan, f, ctx.obj["knowledge"], paper, checks) for f in wanted}
    if output is None or output == "-":
        put(str(made[fmt]), urgent=outcome.triage.stops)
    else:
        _write({Path(output, FILES[f]) if fmt == ALL else Path(output): made[f] for f in wanted}, yes=yes)
        note(f"written: {output}")
    found.say_notes()
    return outcome.exit_code


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
