"""`assess audit`."""

from __future__ import annotations

import json

import click

from assess.audit.run import audit, names
from assess.cli.output import put


@click.command("audit")
@click.option("--format", "fmt", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, fmt: str) -> int:
    """Name every structural problem of the knowledge, with file, line, column and hint. Exit code 1 if there is any."""
    problems, files = audit(ctx.obj["knowledge"])
    if fmt == "json":
        data = [
            {
                "code": p.code,
                "file": p.place.file,
                "line": p.place.line,
                "column": p.place.column,
                "message": p.message,
                "hint": p.hint,
            }
            for p in problems
        ]
        put(json.dumps({"files": files, "problems": data}, indent=2, ensure_ascii=False) + "\n")
    else:
        for problem in problems:
            put(problem.render() + "\n")
        verdict = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}" if problems else "no problem"
        put(f"{verdict} in {files} files; {len(names())} audit rules beside shape and links.\n")
    return 1 if problems else 0
