"""`assess run`."""

from __future__ import annotations

import click

from assess.cli.commands.common import knowledge_of
from assess.cli.run import run


@click.command("run")
@click.option("--plain", is_flag=True, help="Ask in plain numbered lines.")
@click.option("--save", metavar="FILE", help="Keep the answers in this file.")
@click.pass_context
def command(ctx: click.Context, plain: bool = False, save: str | None = None) -> int:
    """Answer the questions. Every answer is saved at once; start again to go on."""
    return run(
        knowledge_of(ctx),
        plain=plain or ctx.obj["plain"],
        save=save or ctx.obj["save"],
        no_input=ctx.obj["no_input"],
    )
