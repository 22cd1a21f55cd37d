"""`assess audit`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.audit.against.formats import FORMATS as COMPARED
from assess.audit.against.formats import render as render_compared
from assess.audit.pages import page
from assess.audit.registry import MUTANTS, PROOFS, choose, find
from assess.audit.report import NEVER
from assess.audit.reports import FORMATS, render
from assess.audit.run import Progress, audit
from assess.cli.output import note, progress, put
from assess.errors import ERROR, SEVERITIES, CannotWrite, UsageError, did_you_mean
from assess.loading.answers_file import write_whole
from assess.model.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from assess.audit.mutation.trial import Trial
    from assess.audit.proof.proofs import Proofs
    from assess.loading.documents import Document

LISTED = "RULE[,RULE]"
EVERY = ""
"""What `--mutate` means where it names no item."""


@click.command("audit")
@click.option("--select", multiple=True, metavar=LISTED, help="Look for these only.")
@click.option("--ignore", multiple=True, metavar=LISTED, help="Do not look for these.")
@click.option("--prove", is_flag=True, help="Look at all answers there can be, too; takes some seconds.")
@click.option(
    "--mutate",
    metavar="[ITEM[,ITEM]]",
    is_flag=False,
    flag_value=EVERY,
    help="Try every small wrong change, of all rules or of an item, on all cases; all of them take some minutes.",
)
@click.option("--stories", metavar="DIR", help="With --mutate: whole people who must notice, too.")
@click.option(
    "--fail-level",
    type=click.Choice([*SEVERITIES, NEVER]),
    default=ERROR,
    show_default=True,
    help="How bad a finding must be for exit code 1.",
)
@click.option(
    "--against",
    metavar="OLD",
    help="Say which outcomes differ from another version of the knowledge: a directory, or a git revision.",
)
@click.option(
    "--format",
    "fmt",
    type=click.Choice(list(dict.fromkeys((*FORMATS, *COMPARED)))),
    default=FORMATS[0],
    show_default=True,
    help=f"With --against: {', '.join(COMPARED)}.",
)
@click.option("-o", "--output", metavar="FILE", help="Where to write; standard output if not given.")
@click.option("--yes", is_flag=True, help="Write over a file that is there.")
@click.option("--examples", metavar="DIR", help="Where to write the people who break an invariant, as answers files.")
@click.option("--explain", metavar="RULE", help="Print what a rule looks at, why, and how to mend it.")
@click.pass_context
def command(
    ctx: click.Context,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    prove: bool,
    mutate: str | None,
    stories: str | None,
    fail_level: str,
    against: str | None,
    fmt: str,
    output: str | None,
    yes: bool,
    examples: str | None,
    explain: str | None,
) -> int:
    """Name every fault of the knowledge, with file, line, column and hint. Exit code 1 at --fail-level or worse."""
    if explain is not None:
        put(page(find(explain)))
        return 0
    if against is not None:
        alone: dict[str, object] = {"--select": select, "--ignore": ignore, "--prove": prove, "--examples": examples}
        alone |= {"--fail-level": fail_level != ERROR, "--mutate": mutate is not None, "--stories": stories}
        _fits("--against", fmt, COMPARED, [name for name, value in alone.items() if value])
    else:
        _fits("the audit", fmt, FORMATS, [])
    chosen = choose(_names(select), _names(ignore))
    if mutate is None and any(find(name).needs == MUTANTS for name in _names(select)):
        mutate = EVERY
    if stories is not None and mutate is None:
        raise UsageError("--stories goes with --mutate", hint="Add --mutate: the stories are to notice mutants.")
    if mutate is not None and not any(find(name).needs == MUTANTS for name in chosen):
        raise UsageError("--mutate is of no use here", hint="No rule is chosen that is about mutants.")
    target = Path(output) if output not in (None, "-") else None
    if target is not None:
        _free(target, yes)
    if against is not None:
        _write(_compared(ctx.obj["knowledge"], against, fmt), target)
        return 0
    wanted = prove or examples is not None or any(find(name).needs == PROOFS for name in _names(select))
    prover = _Prover()
    with progress(wanted=fmt == FORMATS[0]) as say:
        report = audit(
            ctx.obj["knowledge"],
            chosen=chosen,
            prove=prover if wanted else None,
            mutate=None if mutate is None else _trial(_names((mutate,)), stories),
            progress=say,
        )
    text = render(report, fmt)
    _write(text, target)
    if examples is not None:
        prover.write(Path(examples), over=yes)
    return 1 if report.fails(fail_level) else 0


def _compared(knowledge: str | None, against: str, fmt: str) -> str:
    """What differs from another version. A difference is no failure: somebody is to read it."""
    from assess.audit.against.compare import compare
    from assess.cli.versions import this_version, version_named

    new = this_version(knowledge)
    with progress(wanted=fmt == COMPARED[0]) as say:
        return render_compared(compare(version_named(against, knowledge), new, say), fmt)


def _fits(what: str, fmt: str, formats: tuple[str, ...], beside: list[str]) -> None:
    if fmt not in formats:
        raise UsageError(f"{what} has no format {fmt!r}", hint=f"Formats: {', '.join(formats)}.")
    if beside:
        raise UsageError(
            f"{what} goes with no {', '.join(beside)}", hint="It compares two versions and looks for nothing else."
        )


def _write(text: str, target: Path | None) -> None:
    if target is None:
        put(text)
    else:
        write_whole(target, text, elsewhere="Name another file with -o, or leave it out to print.")
        note(f"written: {target}")


def _trial(only: list[str], stories: str | None) -> Callable[[KnowledgeBase, Sequence[Document], Progress], Trial]:
    def tried(base: KnowledgeBase, documents: Sequence[Document], say: Progress) -> Trial:
        from assess.audit.mutation.trial import trial

        for item in only:
            if base.find(item) is None:
                raise UsageError(f"there is no item {item!r}", hint=did_you_mean(item, (i.id for i in base.items())))
        return trial(base, documents, only=only, told=Path(stories) if stories else None, progress=say)

    return tried


class _Prover:
    """Makes the proofs when the audit wants them, and keeps them for the people in them."""

    def __init__(self) -> None:
        self._proofs: Proofs | None = None

    def __call__(self, base: KnowledgeBase, shown: str, say: Progress) -> Proofs:
        from assess.audit.proof.proofs import Proofs

        say("working out what holds over all answers")
        self._proofs = Proofs(base, shown)
        return self._proofs

    def write(self, directory: Path, *, over: bool) -> None:
        """One answers file for each claim that does not hold; over one that is there only if that is wanted."""
        from assess.audit.proof.replay import written

        proofs = self._proofs
        if proofs is None or not proofs.proofs:  # knowledge that cannot be run, or none of these rules chosen
            note("no invariant was looked at: nothing is written")
            return
        for proof in (p for p in proofs.proofs if p.id in proofs.broken):
            target = directory / f"{proof.id}.yaml"
            _free(target, over)
            text = written(proofs.knowledge, proof.says, *proofs.broken[proof.id])
            write_whole(target, text, elsewhere="Name another directory with --examples.")
            note(f"written: {target}")
        if not proofs.broken:
            note("nobody breaks an invariant: nothing is written")


def _free(target: Path, over: bool) -> None:
    if target.exists() and not target.is_dir() and not over:
        raise CannotWrite(f"{target} is there already", hint="Add --yes to write over it, or choose another name.")


def _names(listed: tuple[str, ...]) -> list[str]:
    return [name.strip() for names in listed for name in names.split(",") if name.strip()]
