"""`assess sign ITEM|KIND|all`."""

from __future__ import annotations

from datetime import date

import click

from assess.audit.run import audit
from assess.audit.sign import Signature, signed
from assess.cli.commands.common import own_directory
from assess.cli.output import note, progress
from assess.errors import ERROR, CannotWrite, KnowledgeError, UsageError, did_you_mean
from assess.loading.answers_file import write_whole
from assess.loading.documents import Document
from assess.loading.load import inspect_index
from assess.loading.signature import WHOLE, Seals
from assess.loading.source import FOLDERS

EVERYTHING = "all"
FOLDER = {kind: folder for folder, kind in FOLDERS.items()}
WHO = "Name, profession"


@click.command("sign")
@click.argument("what", metavar="ITEM|KIND|all")
@click.option("--by", required=True, metavar=f'"{WHO.upper()}"', help="Who signs, and as what.")
@click.option("--on", metavar="DATE", help="The day of the signature; today if not given.")
@click.option("--note", "remark", default="", metavar="TEXT", help="A remark that goes with the signature.")
@click.pass_context
def command(ctx: click.Context, what: str, by: str, on: str | None, remark: str) -> int:
    """Sign rules as a clinician who has read them; `all` signs every item and the knowledge as a whole.

    A signature is over what the rule says and what its words mean; whatever changes that later withdraws it. Read
    them first: `assess audit --format factcheck -o to-sign.html`.
    """
    signature = Signature(_day(on), _who(by), " ".join(remark.split()))
    root = own_directory(ctx)
    _, _, documents, _ = inspect_index(ctx.obj["knowledge"])
    chosen = _chosen(what, documents)
    with progress() as say:
        report = audit(ctx.obj["knowledge"], progress=say)
    files = {document.located.file for document in chosen}
    errors = [p for p in report.findings if p.severity == ERROR and (report.base is None or p.place.file in files)]
    if errors:
        raise KnowledgeError("nothing is signed: the audit finds errors", hint="Mend them first.", problems=errors)
    seals = Seals(documents)
    texts = {}
    for document in chosen:
        target = root / FOLDER.get(document.kind, "") / f"{document.id}.yaml"
        if not target.stat().st_mode & 0o222:
            raise CannotWrite(f"cannot write {target}: it is read-only", hint="Nothing was signed.")
        texts[target] = signed(document, target.read_bytes(), seals, signature)
    for target, text in texts.items():
        write_whole(target, text, elsewhere="What stands before it in the alphabet is signed; sign the rest again.")
    note(f"signed: {len(texts)} file{'' if len(texts) == 1 else 's'}, {signature.on}, {signature.by}")
    return 0


def _chosen(what: str, documents: list[Document]) -> list[Document]:
    items = [d for d in documents if d.kind in FOLDER]
    if what == EVERYTHING:
        return [*items, *(d for d in documents if d.kind == WHOLE)]
    chosen = [d for d in items if what in (d.kind, d.id)]
    if not chosen:
        known = [EVERYTHING, *FOLDER, *(d.id for d in items)]
        raise UsageError(
            f"nothing is called {what!r}", hint=did_you_mean(what, known) or f"Kinds: {', '.join(FOLDER)}; or `all`."
        )
    return chosen


def _who(by: str) -> str:
    name, _, profession = " ".join(by.split()).partition(", ")
    if not name or not profession or f"{name}, {profession}" == WHO:
        raise UsageError(
            f"--by {by!r} does not say who signs and as what",
            hint=f'Write --by "{WHO}", for example "Jo Field, physiotherapist".',
        )
    return f"{name}, {profession}"


def _day(on: str | None) -> str:
    try:
        day = date.fromisoformat(on) if on is not None else date.today()
    except ValueError:
        raise UsageError(f"--on {on!r} is no date", hint="Write 2026-11-24.") from None
    if day > date.today():
        raise UsageError(f"--on {on} lies in the future", hint="A signature is dated on the day on which it is given.")
    return day.isoformat()
