"""What must hold between the files before any command runs on them; one kind of problem a module.

The audit looks further, at what is missing, unused or badly said; with these nothing can be worked out at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module

from assess.errors import Place, Problem
from assess.loading.conditions import Index
from assess.loading.documents import Document
from assess.loading.yaml12 import Path
from assess.model.knowledge import Item, KnowledgeBase


@dataclass(frozen=True, slots=True)
class Linked:
    """The knowledge as built, the index of what refers to what, and the files that all of it came from."""

    base: KnowledgeBase
    index: Index
    documents: dict[tuple[str, str], Document]

    def at(
        self,
        item: Item,
        path: Path,
        code: str,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        related: tuple[tuple[Place, str], ...] = (),
        example: tuple[tuple[str, str], ...] = (),
    ) -> Problem:
        """A problem inside an item's file, with what belongs to it elsewhere and the answers that show it."""
        problem = self.documents[item.kind, item.id].located.problem(path, code, message, hint, key=key)
        return replace(problem, related=related, example=example) if related or example else problem

    def single(self, name: str) -> Document:
        """One of the files at the top: terms, sources, program, manifest."""
        return self.documents[name, name]


CHECKS = (
    "circle",
    "duplicate_id",
    "unknown_source",
    "unknown_word_in_item",
    "unknown_word_in_program",
    "unknown_word_in_terms",
    "unmade_finding",
)
"""The modules beside this one, each with a `check`."""


def problems(base: KnowledgeBase, index: Index, documents: list[Document]) -> Iterator[Problem]:
    """Every such problem. Imported late: knowledge that is known to be sound is not looked at again."""
    linked = Linked(base, index, {(d.kind, d.id): d for d in documents})
    for name in CHECKS:
        yield from import_module(f"{__name__}.{name}").check(linked)
