"""`assess export [ANSWERS] --format FORMAT -o FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from assess.cli.commands.common import answers_of, knowledge_of, parse_on, told
from assess.cli.output import note, put
from assess.errors import CannotWrite
from assess.export.formats import check_format, render
from assess.loading.answers_file import write_whole


@click.command("export")
@click.argument("answers", required=False)
@click.option("--format", "fmt", default="text", show_default=True, help="text, md or json.")
@click.option("-o", "--output", metavar="FILE", help="Where to write; standard output if not given.")
@click.option("--on", metavar="DATE", help="The day to plan for; today if not given.")
@click.option("--yes", is_flag=True, help="Write over a file that is there.")
@click.pass_context
def command(ctx: click.Context, answers: str | None, fmt: str, output: str | None, on: str | None, yes: bool) -> int:
    """Write the plan of an answers file in a format, or else of the saved assessment: whole or not at all."""
    knowledge = knowledge_of(ctx)
    check_format(fmt)
    found = told(knowledge, answers_of(answers), parse_on(on))
    outcome = found.outcome
    if output is None or output == "-":
        put(render(knowledge, outcome.plan, fmt, ctx.obj["knowledge"]), urgent=outcome.triage.stops)
    else:
        if outcome.triage.stops:  # what to do now is said at once, whatever becomes of the file
            put(render(knowledge, outcome.plan, "text"), urgent=True)
        text = render(knowledge, outcome.plan, fmt, ctx.obj["knowledge"])
        target = Path(output)
        if target.exists() and not target.is_dir() and not yes:
            raise CannotWrite(f"{output} is there already", hint="Add --yes to write over it, or choose another name.")
        write_whole(target, text, elsewhere="Name another file with -o, or leave it out to print.")
        note(f"written: {output}")
    found.say_notes()
    return outcome.exit_code
