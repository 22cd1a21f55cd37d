"""`assess plan [ANSWERS]`."""

from __future__ import annotations

import click

from assess.cli.commands.common import answers_of, knowledge_of, parse_on, told
from assess.cli.output import put
from assess.errors import UsageError
from assess.export import shared
from assess.export.formats import FILES, PAPER, check_format, render


@click.command("plan")
@click.argument("answers", required=False)
@click.option("--on", metavar="DATE", help="The day to plan for; today if not given.")
@click.option("--format", "fmt", default="text", show_default=True, help="text, md, json or html.")
@click.pass_context
def command(ctx: click.Context, answers: str | None, on: str | None, fmt: str) -> int:
    """Print the plan of an answers file (YAML or JSON; - is standard input), or else of the saved assessment."""
    knowledge = knowledge_of(ctx)
    if fmt in (*PAPER, *shared.FORMATS):
        what = "goes to a file" if fmt in PAPER else "is made to be handed on"
        raise UsageError(f"{fmt} {what}", hint=f"assess export --format {fmt} -o {({**FILES, **shared.FILES})[fmt]}")
    check_format(fmt)
    found = told(knowledge, answers_of(answers), parse_on(on))
    text = str(render(knowledge, found.outcome.plan, fmt, ctx.obj["knowledge"]))
    put(text, urgent=found.outcome.triage.stops)
    found.say_notes()
    return found.outcome.exit_code
