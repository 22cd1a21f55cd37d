"""The words that the files at the top of `knowledge/` give to all the others, as far as they can be read.

A list that cannot be read knows every word: its own file says what is wrong with it, and no other file has to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from assess.loading.documents import Document, schema_errors

MUSCLES, TAGS, FINDINGS, POSITIONS, TOPICS = "muscles", "tags", "findings", "positions", "topics"
"""Lists of terms.yaml."""
DOSES = "doses"
"""The list of program.yaml."""
SOURCES = "sources"
"""The keys of sources.yaml."""


class Vocabulary:
    """Which words there are, and what is said of them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        single = {d.id: d for d in documents if d.kind == d.id}
        terms, program, sources = (single.get(name) for name in ("terms", "program", SOURCES))
        self._lists: dict[str, Mapping[str, Any] | None] = {
            name: _entries(terms, name) for name in (MUSCLES, TAGS, FINDINGS, POSITIONS, TOPICS)
        }
        self._lists[DOSES] = _entries(program, DOSES)
        self._lists[SOURCES] = sources.data if sources and sources.tells() else None

    def has(self, name: str, word: str) -> bool:
        """Whether the list knows the word."""
        entries = self._lists[name]
        return entries is None or word in entries

    def known(self, name: str) -> tuple[str, ...]:
        """The words of a list, to suggest one."""
        return tuple(self._lists[name] or ())

    def entry(self, name: str, word: str) -> Mapping[str, Any] | None:
        """What a list says of a word; None where that cannot be read."""
        found = (self._lists[name] or {}).get(word)
        return found if isinstance(found, dict) else None


def _entries(document: Document | None, key: str) -> Mapping[str, Any] | None:
    if document is None or not document.tells():
        return None
    found = document.data.get(key)
    if isinstance(found, dict):
        return found
    if isinstance(found, list):
        return {str(entry["id"]): entry for entry in found if isinstance(entry, dict) and "id" in entry}
    return {} if document.tells(key) else None


def sound_part(document: Document) -> dict[str, Any]:
    """The data of a file at the top without the entries that have the wrong shape."""
    if document.sound:
        return document.data
    depth = 1 if document.id == SOURCES else 2
    data = deepcopy(document.data)
    wrong = {tuple(error.absolute_path)[:depth] for error in schema_errors(document)} - {()}
    for path in sorted(wrong, key=str, reverse=True):
        holder = data if len(path) == 1 else data.get(path[0])
        if isinstance(holder, list) and isinstance(path[-1], int):
            holder[path[-1]] = None
        elif isinstance(holder, dict):
            holder.pop(path[-1], None)
    return {key: [e for e in v if e is not None] if isinstance(v, list) else v for key, v in data.items()}
