"""`assess show ID|KIND`, `assess show --table REGION`, `assess show --unreviewed`."""

from __future__ import annotations

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
@click.pass_context
def command(ctx: click.Context, what: str, table: str | None, fmt: str | None, unreviewed: bool) -> int:
    """Print an item as a page, or list a kind; with --unreviewed alone, every kind.

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


def _table(knowledge: KnowledgeBase, what: str) -> str:
    rows = {
        MUSCLE: {m.id: f"{m.name} ({m.seed}, {m.tier})" for m in knowledge.terms.muscles.values()},
        "source": {s.key: f"{s.title} [{s.verified}]" for s in knowledge.sources.values()},
        "finding": {f: str(entry["text"]) for f, entry in knowledge.terms.findings.items()},
        "tag": dict(knowledge.terms.tags),
    }[what]
    width = max(len(key) for key in rows)
    return "".join(f"{key:<{width}}  {text}\n" for key, text in rows.items())
