"""Run every audit rule. One broken file never hides what is wrong with the others."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.resources.abc import Traversable

from assess.audit import rules
from assess.errors import Problem
from assess.loading import links
from assess.loading.links import Linked
from assess.loading.load import inspect_index, shown_as
from assess.loading.source import locate


@dataclass(frozen=True, slots=True)
class Context(Linked):
    """What a rule may look at. `sound` says that every file has the right shape and every reference holds.

    `runs` says that the program can be run on it. `root` is the directory of the knowledge, `shown` its name as
    messages give it.
    """

    sound: bool
    runs: bool
    root: Traversable
    shown: str


def names() -> tuple[str, ...]:
    """The rules, by name."""
    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(rules.__path__)))


def audit(directory: str | None = None) -> tuple[list[Problem], int]:
    """Every problem, sorted by place, and the number of files looked at."""
    base, problems, documents, index = inspect_index(directory)
    by_name = {(d.kind, d.id): d for d in documents}
    found = {*problems, *links.problems(base, index, documents)}
    context = Context(base, index, by_name, not problems, not found, locate(directory), shown_as(directory))
    for name in names():
        found |= set(_checked(name, context))
    return sorted(found), len(documents)


def _checked(name: str, context: Context) -> Iterator[Problem]:
    module = import_module(f"assess.audit.rules.{name.replace('-', '_')}")
    if getattr(module, "NEEDS_SOUND", False) and not context.sound:
        return
    yield from module.check(context)
