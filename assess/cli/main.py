"""The command group. Each command's module is imported when it is called; `--help` imports click only."""

from __future__ import annotations

import sys
from importlib import import_module
from io import StringIO
from typing import Any

import click

from assess import __version__
from assess.cli import output
from assess.errors import AssessError

COMMANDS = {
    "run": ("assess.cli.commands.run", "Answer the questions; goes on where you stopped."),
    "plan": ("assess.cli.commands.plan", "Print the plan of an answers file."),
    "export": ("assess.cli.commands.export", "Write the plan of an answers file in a format."),
    "explain": ("assess.cli.commands.explain", "Say why something is in a plan, and why not."),
    "agreed": ("assess.cli.commands.agreed", "Record that a clinician agreed to exercise."),
    "audit": ("assess.cli.commands.audit", "Name every problem of the knowledge."),
    "sign": ("assess.cli.commands.sign", "Sign rules as a clinician who has read them."),
    "show": ("assess.cli.commands.show", "Print an item, a kind or a table to read."),
    "new": ("assess.cli.commands.new", "Write a new item from a template."),
}


def _everywhere() -> list[click.Option]:
    """The options that may also stand behind the name of a command."""

    def remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value and ctx.obj is not None:
            ctx.obj[param.name] = value

    def option(name: str, help_text: str, **more: Any) -> click.Option:
        return click.Option([name], help=help_text, expose_value=False, callback=remember, **more)

    return [
        option("--knowledge", "Use this knowledge instead of the installed one.", metavar="DIR"),
        option("--no-input", "Never ask; fail instead.", is_flag=True),
        option("--debug", "Show the traceback of an error.", is_flag=True),
    ]


class Lazy(click.Group):
    """A group whose commands are imported when they are used, with "did you mean" for a wrong name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        have = {param.name for param in command.params}
        command.params += [option for option in _everywhere() if option.name not in have]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for `--help`, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command, or say which one was probably meant."""
        from assess.errors import did_you_mean

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            hint = did_you_mean(args[0], COMMANDS)
            raise click.UsageError(f"there is no command {args[0]!r}. {hint}".strip(), ctx) from None


@click.group(cls=Lazy, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--knowledge", metavar="DIR", help="Use this knowledge instead of the installed one.")
@click.option("--no-input", is_flag=True, help="Never ask; fail instead.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option("--plain", is_flag=True, help="Ask in plain numbered lines (screen readers, simple terminals).")
@click.option("--save", metavar="FILE", help="Keep the answers in this file.")
@click.version_option(__version__, prog_name="assess")
@click.pass_context
def cli(ctx: click.Context, knowledge: str | None, no_input: bool, debug: bool, plain: bool, save: str | None) -> Any:
    """Self-assessment for back and neck pain: warning signs first, then a small plan with a reason for every line.

    `assess` alone asks the questions. Exit codes: 0 done, 1 the audit found errors, 2 usage, 3 knowledge or answers
    invalid, 4 an answer is missing or triage is too old, 5 cannot write, 10 no exercise plan because of a warning
    sign, 70 internal error, 130 interrupted and saved.
    """
    ctx.obj = {"knowledge": knowledge, "no_input": no_input, "debug": debug, "plain": plain, "save": save}
    if ctx.invoked_subcommand is None:
        return ctx.invoke(cli.get_command(ctx, "run"))  # type: ignore[arg-type]
    return None


def main() -> None:
    """Run the command line and exit with the error's own code; no traceback without --debug."""
    output.prepare()
    args = sys.argv[1:]
    try:
        sys.exit(_called(args))
    except AssessError as error:
        from assess.cli.typed import as_typed

        _trace(args)
        output.note(as_typed(error.render()))
        sys.exit(error.exit_code)
    except click.ClickException as error:
        said = StringIO()
        error.show(said)
        output.note(said.getvalue())
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        output.note("Stopped.")
        sys.exit(130)
    except Exception as error:
        _trace(args)
        output.note(f"internal error: {type(error).__name__}: {error}")
        output.note("  help: This is a fault of the program. Run it again with --debug and report what it prints.")
        sys.exit(70)


def _called(args: list[str]) -> int:
    """One call. Not by click's own `main`, which ends with 1 where a reader has gone away: that is a finding here."""
    try:
        with cli.make_context("assess", list(args)) as ctx:
            code = cli.invoke(ctx)
    except click.exceptions.Exit as end:  # after --help and --version
        code = end.exit_code
    except BrokenPipeError:  # only click's own pages come here; what we write is written by `output`
        output.give_up(sys.stdout)
        code = 0
    except OSError as error:
        if error.filename is not None:
            raise
        output.give_up(sys.stdout)
        raise output.cannot_write(error) from None
    return code if isinstance(code, int) else 0


def _trace(args: list[str]) -> None:
    """The traceback of the error at hand, with --debug."""
    if "--debug" in args:
        import traceback

        output.note(traceback.format_exc())
