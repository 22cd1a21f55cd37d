"""The audit's rules by name, each with what it says of itself: how bad its findings are, what it needs, its page.

A rule is a module of `assess.audit.rules`. Problems of loading have no rule, but a name and a sentence like one.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from assess.audit import rules
from assess.errors import ERROR, Problem, UsageError, did_you_mean
from assess.loading.codes import codes

if TYPE_CHECKING:
    from assess.audit.run import Context

FILES, SOUND, RUNS, PROOFS, MUTANTS, FINDINGS = "files", "sound", "runs", "proofs", "mutants", "findings"
"""What a rule needs before it can be looked at: nothing; files of the right shape whose references hold; knowledge
that the program can run on; what was proved over all answers; what became of every mutant; sound files, and what all
other rules found."""

BAD, GOOD = "Bad:", "Good:"
"""What stands alone on a line of a docstring, before an example."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One name that a finding can have. `says` is its short statement, `about` the rest in Markdown.

    `bad` and `good` are files to lay over the knowledge: one brings exactly this finding, the other none. Without
    `acceptable` no `accept` silences it. What comes from loading has no `check`.
    """

    name: str
    severity: str
    says: str
    about: str = ""
    bad: str = ""
    good: str = ""
    needs: str = FILES
    acceptable: bool = False
    check: Callable[[Context], Iterator[Problem]] | None = None


@lru_cache(maxsize=1)
def known() -> Mapping[str, Rule]:
    """Every name that a finding can have, in the order of the alphabet."""
    found = {name: Rule(name, ERROR, says) for name, says in codes().items()}
    found |= {rule.name: rule for rule in map(_rule, pkgutil.iter_modules(rules.__path__))}
    return MappingProxyType(dict(sorted(found.items())))


def looked_at() -> tuple[Rule, ...]:
    """The rules with a module of their own, in the order of the alphabet."""
    return tuple(rule for rule in known().values() if rule.check)


def find(name: str) -> Rule:
    """A rule by its name; `UsageError` where there is none."""
    if name not in known():
        raise UsageError(
            f"there is no audit rule {name!r}",
            hint=did_you_mean(name, known()) or f"Rules: {', '.join(rule.name for rule in looked_at())}.",
        )
    return known()[name]


def choose(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> frozenset[str]:
    """The names to look for: those selected, or else all, without those ignored."""
    selected = {find(name).name for name in select} or known().keys()
    chosen = frozenset(selected - {find(name).name for name in ignore})
    if not chosen:
        raise UsageError("nothing is left to look for", hint="What is selected is also ignored.")
    return chosen


def _rule(module_info: pkgutil.ModuleInfo) -> Rule:
    module = import_module(f"{rules.__name__}.{module_info.name}")
    text, _, good = inspect.cleandoc(module.__doc__ or "").partition(f"\n{GOOD}\n")
    text, _, bad = text.partition(f"\n{BAD}\n")
    says, _, about = text.partition("\n")
    return Rule(
        module_info.name.replace("_", "-"),
        module.SEVERITY,
        says,
        about.strip(),
        inspect.cleandoc(bad),
        inspect.cleandoc(good),
        module.NEEDS,
        getattr(module, "ACCEPTABLE", True),
        module.check,
    )
