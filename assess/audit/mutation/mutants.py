"""Every mutant of the knowledge: one edit of one file, built as the file would be read with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from assess.audit.mutation.edits import BAR, TAG, Edit, Lookup, edits, replaced
from assess.errors import Place
from assess.inference.compile import rules_about
from assess.loading.conditions import Index
from assess.loading.documents import Document, schema_errors
from assess.loading.items import make
from assess.loading.source import FOLDERS
from assess.loading.vocabulary import Vocabulary
from assess.model import words
from assess.model.conditions import Compare, Is
from assess.model.knowledge import Item, KnowledgeBase
from assess.rules.nodes import Leaf, Rule, walk

FIRST, BARS, REST = "triage", "bars and tags", "the rest"
"""What a mutant is about: who is sent to whom, what is kept from whom, and everything else."""
GROUPS = (FIRST, BARS, REST)
FIELD = {kind: folder for folder, kind in FOLDERS.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Mutant:
    """One edit, the item as it stands, the file and the knowledge with the edit, the items that read differently."""

    edit: Edit
    item: Item
    place: Place
    document: Document
    base: KnowledgeBase
    changed: tuple[Item, ...]

    @property
    def group(self) -> str:
        """Triage: its rows and the lines that they read. Bars: what modifiers, bars and tags keep away."""
        if self.edit.operator in (BAR, TAG) or self.item.kind == words.MODIFIER:
            return BARS
        return FIRST if self.item.kind in (words.TRIAGE, words.QUESTION) else REST

    def rules(self) -> Iterator[Rule]:
        """The rules that may be written otherwise."""
        for item in self.changed:
            yield from rules_about(item, self.base)


def mutants(base: KnowledgeBase, documents: Sequence[Document], only: Collection[str] = ()) -> Iterator[Mutant]:
    """Every mutant that is sound knowledge, file by file; of some items, if `only` names them."""
    by_name = {(d.kind, d.id): d for d in documents}
    by_kind = {kind: {d.id: d for d in documents if d.kind == kind} for kind in FIELD}
    vocabulary = Vocabulary(list(documents))
    lookup = Lookup(by_name)
    readers = _Readers(base, by_name)
    for document in documents:
        if document.kind not in FIELD or document.kind == words.INVARIANT or (only and document.id not in only):
            continue
        item = readers.item(document)
        for edit in edits(document, lookup):
            data = replaced(document.data, edit.path, edit.value)
            mutated = Document(document.kind, document.id, replace(document.located, data=data))
            if schema_errors(_brief(mutated)):
                continue
            group = {**by_kind[document.kind], document.id: mutated}
            index = Index({**by_kind, document.kind: group}, vocabulary)
            made = [make(mutated, index), *(make(d, index) for d in readers.beyond(document, edit))]
            if not index.problems:
                there = [*made, *readers.lowered(document, edit)]
                yield Mutant(edit, item, document.located.place(edit.at), mutated, _with(base, made), tuple(there))


def _brief(document: Document) -> Document:
    """The file with few of its cases: whether they have the right shape, no edit changes."""
    data = {**document.data, "cases": document.data["cases"][:3]} if "cases" in document.data else document.data
    return replace(document, located=replace(document.located, data=data))


def _with(base: KnowledgeBase, made: Sequence[Item]) -> KnowledgeBase:
    for item in made:
        field = FIELD[item.kind]
        now: dict[str, Any] = {field: MappingProxyType({**getattr(base, field), item.id: item})}
        base = replace(base, **now)
    return base


class _Readers:
    """Which files say something else once another one does."""

    def __init__(self, base: KnowledgeBase, by_name: Mapping[tuple[str, str], Document]) -> None:
        self._base, self._by_name = base, by_name
        self._items = {(item.kind, item.id): item for item in base.items()}
        self._beyond: dict[str, list[Document]] = {}
        for document in by_name.values():
            for check in dict.fromkeys(_beyond(document.data)):
                if check != document.id:
                    self._beyond.setdefault(check, []).append(document)

    def item(self, document: Document) -> Item:
        """The item as it stands."""
        return self._items[document.kind, document.id]

    def beyond(self, document: Document, edit: Edit) -> list[Document]:
        """The other files that use the limits of a check."""
        return self._beyond.get(document.id, []) if edit.at[0] == "cutoffs" else []

    def lowered(self, document: Document, edit: Edit) -> Iterator[Item]:
        """The rows that read a line whose "can't tell" counts otherwise."""
        if edit.at[0] == "clarifier":
            for row in self._base.rows.values():
                if any(_asks(node.test, document.id) for node in walk(row.when) if isinstance(node, Leaf)):
                    yield row


def _asks(test: object, question: str) -> bool:
    return isinstance(test, Is | Compare) and test.of == question


def _beyond(raw: Any) -> Iterator[str]:
    if isinstance(raw, dict):
        if "beyond" in raw:
            yield str(raw["of"]).partition(".")[0]
        for member in raw.values():
            yield from _beyond(member)
    elif isinstance(raw, list):
        for member in raw:
            yield from _beyond(member)
