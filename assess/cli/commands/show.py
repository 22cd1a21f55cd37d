"""`assess show ID|KIND`, `assess show --table REGION`, `assess show --unreviewed`."""

from __future__ import annotations

from pathlib import Path

import click

from assess.cli.commands.common import knowledge_of
from assess.cli.decision_table import FORMATS, written
from assess.cli.output import put
from assess.cli.pages import listing, page, seed_table
from assess.errors import UsageError, did_you_mean
from assess.model import words
from assess.model.knowledge import KnowledgeBase

KINDS = ("question", "triage", "modifier", "check", "pattern", "exercise", "relief", "invariant")
MUSCLE = "muscle"
FIGURES = "figures"
TABLES = (MUSCLE, "source", "finding", "tag")


@click.command("show")
@click.argument("what", required=False, default="")
@click.option(
    "--table",
    is_flag=False,
    flag_value="",
    metavar="[REGION]",
    help="lower, upper or both: which checks decide which pattern. For muscle: the lists of major and minor muscles.",
)
@click.option("--format", "fmt", type=click.Choice(FORMATS), help="Of the table of a region; text if not given.")
@click.option("--unreviewed", is_flag=True, help="Only what no clinician has signed.")
@click.option("-o", "--output", "target", type=click.Path(), help="Where the sheet of figures goes.")
@click.option("--only", default="", metavar="ID[,ID]", help="Figures of these items only.")
@click.option("--without-names", is_flag=True, help="Figures with numbers only, to ask a stranger what each shows.")
@click.pass_context
def command(
    ctx: click.Context,
    what: str,
    table: str | None,
    fmt: str | None,
    unreviewed: bool,
    target: str | None,
    only: str,
    without_names: bool,
) -> int:
    """Print an item as a page, or list a kind; with --unreviewed alone, every kind.

    `show figures -o sheet.html` draws every picture there is on one page.

    Kinds: question, triage, modifier, check, pattern, exercise, relief, invariant, muscle, source, finding, tag.
    """
    region = table in (*words.REGIONS, words.WHOLE)
    if table == MUSCLE and not what:  # `--table muscle` names the kind
        what, table = table, ""
    elif table and not region:
        regions = (*words.REGIONS, words.WHOLE)
        hint = did_you_mean(table, regions) or f"There are: {', '.join(regions)}."
        raise UsageError(f"there is no table of {table!r}", hint=hint)
    if what if region else fmt or table:
        hint = f"The table of a region: `assess show --table lower`, with --format {', '.join(FORMATS)}."
        raise UsageError("these do not go together", hint=hint)
    knowledge = knowledge_of(ctx)
    if what == FIGURES:
        return _sheet(ctx, knowledge, target, [i for i in only.split(",") if i], named=not without_names)
    if target or only or without_names:
        raise UsageError(
            "-o, --only and --without-names go with `show figures`", hint="assess show figures -o sheet.html"
        )
    if table and region:
        put(written(knowledge, table, fmt or "text"))
    elif what == MUSCLE and table is not None:
        put(seed_table(knowledge))
    elif what in KINDS or (unreviewed and not what):
        items = [i for i in knowledge.items() if what in ("", i.kind)]
        put(listing(knowledge, items, unreviewed=unreviewed))
    elif not what:
        raise UsageError("nothing was named", hint="Name an id or a kind, for example `assess show exercise`.")
    elif what in TABLES:
        put(_table(knowledge, what))
    else:
        items = [i for i in knowledge.items() if i.id == what]
        if not items:
            known = [*KINDS, *TABLES, *(i.id for i in knowledge.items())]
            raise UsageError(
                f"nothing is called {what!r}",
                hint=did_you_mean(what, known) or "`assess show exercise` lists exercises.",
            )
        put("\n".join(page(knowledge, i) for i in items))
    return 0


def _sheet(ctx: click.Context, knowledge: KnowledgeBase, target: str | None, only: list[str], *, named: bool) -> int:
    """Every figure on one page; refuses a name that has none."""
    from assess.figures.load import figures_of
    from assess.figures.sheet import sheet
    from assess.loading.answers_file import write_whole

    if not target:
        raise UsageError("the sheet of figures needs a file", hint="assess show figures -o sheet.html")
    figures = figures_of(knowledge, ctx.obj["knowledge"])
    figures.refuse(*only)
    for item in only:
        if item not in figures.by_id:
            raise UsageError(f"there is no figure of {item!r}", hint=did_you_mean(item, figures.by_id))
    write_whole(Path(target), sheet(knowledge, figures, only, named=named))
    return 0


def _table(knowledge: KnowledgeBase, what: str) -> str:
    rows = {
        MUSCLE: {m.id: f"{m.name} ({m.seed}, {m.tier})" for m in knowledge.terms.muscles.values()},
        "source": {s.key: f"{s.title} [{s.verified}]" for s in knowledge.sources.values()},
        "finding": {f: str(entry["text"]) for f, entry in knowledge.terms.findings.items()},
        "tag": dict(knowledge.terms.tags),
    }[what]
    width = max(len(key) for key in rows)
    return "".join(f"{key:<{width}}  {text}\n" for key, text in rows.items())
