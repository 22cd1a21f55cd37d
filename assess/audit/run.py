"""Run the audit's rules. One broken file never hides what is wrong with the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from assess.audit.accepts import Accept, accepts, part
from assess.audit.proof.diagram import OutOfBudget
from assess.audit.registry import FINDINGS, MUTANTS, PROOFS, RUNS, SOUND, Rule, choose, looked_at
from assess.audit.report import NOT_CHOSEN, Report, Skipped
from assess.errors import Problem
from assess.loading import links
from assess.loading.documents import Document
from assess.loading.links import Linked
from assess.loading.load import inspect_index, shown_as
from assess.loading.source import locate
from assess.model.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from assess.audit.mutation.trial import Trial
    from assess.audit.proof.proofs import Proofs

NOT_SOUND = "it needs files of the right shape whose references all hold"
NOT_RUNNING = "it needs knowledge that the program can run on"
NOT_PROVED = "it needs the proofs over all answers: --prove"
NOT_TRIED = "it needs every mutant tried: --mutate"
NOT_WORKED_OUT = "too many answers hang together for it to be worked out"

Progress = Callable[[str], None]
"""Is told what is looked at next."""


@dataclass(frozen=True, slots=True)
class Context(Linked):
    """What a rule may look at. `sound` says that every file has the right shape and every reference holds.

    `runs` says that the program can be run on it. `root` is the directory of the knowledge, `shown` its name as
    messages give it. `proofs` and `trial` are there for rules that need them, `idle` (what is accepted and was not
    found) for those that are looked at last.
    """

    sound: bool
    runs: bool
    root: Traversable
    shown: str
    proofs: Proofs | None = None
    trial: Trial | None = None
    idle: tuple[Accept, ...] = ()

    @property
    def proven(self) -> Proofs:
        """The proofs, for rules that are looked at only where there are any."""
        assert self.proofs is not None
        return self.proofs

    @property
    def tried(self) -> Trial:
        """What became of every mutant, for rules that are looked at only where that is known."""
        assert self.trial is not None
        return self.trial

    def why_not(self, rule: Rule) -> str:
        """Why a rule cannot be looked at here; empty if it can."""
        if rule.needs in (SOUND, FINDINGS) and not self.sound:
            return NOT_SOUND
        if rule.needs in (RUNS, PROOFS, MUTANTS) and not self.runs:
            return NOT_RUNNING
        if rule.needs == MUTANTS and self.trial is None:
            return NOT_TRIED
        return NOT_PROVED if rule.needs == PROOFS and self.proofs is None else ""


def audit(
    directory: str | None = None,
    *,
    chosen: Collection[str] | None = None,
    prove: Callable[[KnowledgeBase, str, Progress], Proofs] | None = None,
    mutate: Callable[[KnowledgeBase, Sequence[Document], Progress], Trial] | None = None,
    progress: Progress = lambda _: None,
) -> Report:
    """Look at everything, or for what is `chosen` by name.

    `prove` works out what holds over all answers there can be, `mutate` what becomes of every small wrong change.
    What keeps a chosen rule from being looked at is always found, chosen or not: silence is no "all is well".
    """
    names = choose() if chosen is None else chosen
    progress("reading the files")
    base, problems, documents, index = inspect_index(directory)
    by_name = {(d.kind, d.id): d for d in documents}
    loading = {*problems, *links.problems(base, index, documents)}
    context = Context(base, index, by_name, not problems, not loading, locate(directory), shown_as(directory))
    if prove and context.runs and any(rule.needs == PROOFS and rule.name in names for rule in looked_at()):
        context = replace(context, proofs=prove(base, context.shown, progress))
    if mutate and context.runs and any(rule.needs == MUTANTS and rule.name in names for rule in looked_at()):
        context = replace(context, trial=mutate(base, documents, progress))
    skipped = {rule.name: context.why_not(rule) if rule.name in names else NOT_CHOSEN for rule in looked_at()}
    rules = [rule for rule in looked_at() if not skipped[rule.name]]
    found: set[Problem] = set()
    for rule in [rule for rule in rules if rule.needs != FINDINGS]:
        try:
            found |= _found(rule, context, progress)
        except OutOfBudget:  # said, and never called well; what is about safety has a rule of its own for this
            skipped[rule.name] = NOT_WORKED_OUT
            rules.remove(rule)
    entries = [entry for entry in accepts(documents) if not skipped.get(entry.rule)]
    standing, accepted, idle = part(found, entries)
    context = replace(context, idle=idle)
    standing += [p for rule in rules if rule.needs == FINDINGS for p in _found(rule, context, progress)]
    hidden = {NOT_SOUND, NOT_RUNNING} & set(skipped.values())
    standing += [p for p in loading if hidden or p.code in names]
    manifest = base.manifest
    return Report(
        manifest.name,
        manifest.version,
        manifest.sha256,
        shown_as(directory),
        len(documents),
        tuple(sorted(set(standing))),
        tuple(accepted),
        tuple(rule.name for rule in rules),
        tuple(Skipped(name, why) for name, why in skipped.items() if why),
        context.proofs.proofs if context.proofs else (),
        context.trial.tallies() if context.trial else (),
        context.trial.coverage if context.trial else None,
        context.trial.stories if context.trial else False,
        base if context.runs else None,
    )


def _found(rule: Rule, context: Context, progress: Progress) -> set[Problem]:
    """What a rule finds; how bad that is, the rule says once for all of it."""
    progress(rule.name)
    return {replace(problem, severity=rule.severity) for problem in rule.check(context)} if rule.check else set()
