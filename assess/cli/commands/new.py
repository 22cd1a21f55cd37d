"""`assess new KIND ID`."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import click

from assess.cli.commands.common import own_directory
from assess.cli.output import note
from assess.cli.typed import command as command_line
from assess.errors import CannotWrite, UsageError, did_you_mean
from assess.loading.answers_file import write_whole
from assess.loading.links.duplicate_id import closed_words
from assess.loading.load import inspect
from assess.loading.source import FIGURES, FOLDERS
from assess.model import words

DRAWN = (words.EXERCISE, words.CHECK)
"""Kinds whose items are never without a picture."""
TEMPLATES = {kind: folder for folder, kind in FOLDERS.items()}


@click.command("new")
@click.argument("kind")
@click.argument("item_id", metavar="ID")
@click.pass_context
def command(ctx: click.Context, kind: str, item_id: str) -> int:
    """Write a new item from a template. What is in angle brackets is to be filled; the audit names what is left."""
    if kind not in TEMPLATES:
        raise UsageError(
            f"there is no kind {kind!r}", hint=did_you_mean(kind, TEMPLATES) or f"Kinds: {', '.join(TEMPLATES)}."
        )
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", item_id):
        raise UsageError(
            f"{item_id!r} is no id", hint="Ids are lower-case words joined by hyphens, like side-leg-raise."
        )
    root = own_directory(ctx)
    base, _, _ = inspect(ctx.obj["knowledge"])
    finding = f"{item_id}-low" if kind == words.CHECK else ""
    taken = {*(item.id for item in base.items()), *base.terms.findings, *base.terms.muscles}
    for word in (item_id, finding):
        if word in taken:
            raise UsageError(f"{word!r} is in use already", hint="Ids are unique over all kinds and never reused.")
    if item_id in closed_words():
        raise UsageError(f"{item_id!r} is a word of the rule language", hint="Choose another id.")
    target = root / TEMPLATES[kind] / f"{item_id}.yaml"
    if target.exists():
        raise CannotWrite(f"{target} is there already", hint="Choose another id.")
    target.parent.mkdir(exist_ok=True)
    template = (files("assess.cli") / "templates" / f"{kind}.yaml").read_text("utf-8")
    write_whole(target, template.replace("<id>", item_id))
    note(f"written: {target}")
    if finding:
        _add_finding(root / "terms.yaml", finding, target)
    if kind in DRAWN and (root / FIGURES).is_dir():
        figure = root / FIGURES / f"{item_id}.yaml"
        template = (files("assess.cli") / "templates" / "figure.yaml").read_text("utf-8")
        write_whole(figure, template.replace("<id>", item_id))
        note(f"written: {figure}")
    named = ("--knowledge", ctx.obj["knowledge"]) if ctx.obj["knowledge"] else ()
    note(f"Fill what is in angle brackets, then run: {command_line('audit', *named)}")
    return 0


def _add_finding(terms: Path, finding: str, check: Path) -> None:
    """A check's finding has its words in terms.yaml: a line for it there, or no new check at all."""
    line = (
        f"  {finding}: {{text: <what the person reads when it is found>, told_only: <why nothing follows from it>}}\n"
    )
    try:
        text = terms.read_text("utf-8")
        write_whole(
            terms, re.sub(r"^findings:.*\n", lambda head: head.group() + line, text, count=1, flags=re.MULTILINE)
        )
    except (OSError, ValueError, CannotWrite):
        check.unlink()
        raise CannotWrite(f"cannot write {terms}; {check} is taken back", hint="Mend that file first.") from None
    note(f"written: {terms} (the finding {finding})")
