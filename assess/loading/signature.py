"""What a signature is over, and whether it still stands. See docs/adr/0013.

An item's hash is over all that its file says but the signature itself, and over what each word in it means: the entries
of terms.yaml and sources.yaml, doses, the lines and measures that it reads. Comments and layout are not in it. That of
the manifest is over the whole knowledge.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assess.loading.documents import Document
from assess.loading.source import FOLDERS
from assess.model import words
from assess.model.review import Review

ON, BY, SHA256, NOTE = KEYS = ("reviewed_on", "reviewed_by", "reviewed_sha256", "reviewed_note")
WHOLE = "manifest"
"""The file whose signature is over everything."""

VOCABULARY = ("muscles", "tags", "positions", "findings")
"""What terms.yaml says of a word by its name."""
LISTED = {"seed_groups": "units", "topics": "id"}
"""What it says in lists, and where in an entry the words stand that it is about."""

MEANS = {
    words.QUESTION: ("ask", "help", "answer", "options", "unit", "min", "max", "step", "clarifier", "stem", "follows"),
    words.CHECK: ("title", "sided", "measures", "cutoffs"),
}
"""What of an item others lean on when they name it; of all other kinds that is the title, or the statement."""


class Seals:
    """The hashes of one state of the knowledge."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {(d.kind, d.id): d for d in documents}
        self._meanings: dict[str, list[Any]] | None = None

    def of(self, document: Document) -> str:
        """The hash that a signature in this file must have."""
        if document.kind == WHOLE:
            everything = sorted(self._documents.items())
            return _hash([[kind, name, content(d)] for (kind, name), d in everything])
        meanings = self._meant()
        named = sorted({*_words(content(document))} & meanings.keys() - {document.id})
        return _hash([document.kind, content(document), [[word, meanings[word]] for word in named]])

    def review(self, document: Document) -> Review | None:
        """The signature in a file, if there is any part of one."""
        data = document.data
        on, by, sha256, note = (str(data.get(key) or "") for key in KEYS)
        if not (on or by or sha256):
            return None
        return Review(on, by, note, bool(on and by) and sha256 == self.of(document))

    def _meant(self) -> Mapping[str, list[Any]]:
        if self._meanings is None:
            self._meanings = {}
            for word, meaning in self._entries():
                self._meanings.setdefault(word, []).append(meaning)
        return self._meanings

    def _entries(self) -> Iterator[tuple[str, Any]]:
        for (kind, name), document in self._documents.items():
            data = document.data
            match kind:
                case "terms":
                    for section in VOCABULARY:
                        yield from data.get(section, {}).items()
                    for section, key in LISTED.items():
                        for entry in data.get(section, ()):
                            about = entry.get(key, ())
                            yield from ((word, entry) for word in ([about] if isinstance(about, str) else about))
                case "sources":
                    yield from data.items()
                case "program":
                    yield from data.get("doses", {}).items()
                case _ if kind in FOLDERS.values():
                    keys = MEANS.get(kind, ("title", "says"))
                    yield name, {key: data[key] for key in keys if key in data}


class Reviews(Mapping[str, Review]):
    """The signatures under items, by id. Each is looked at when it is wanted: a plan wants none of them."""

    def __init__(self, seals: Seals, items: Iterable[Document]) -> None:
        self._seals = seals
        self._signed = {d.id: d for d in items if any(d.data.get(key) for key in (ON, BY, SHA256))}
        self._found: dict[str, Review] = {}

    def __getitem__(self, item_id: str) -> Review:
        if item_id not in self._found:
            review = self._seals.review(self._signed[item_id])
            assert review is not None
            self._found[item_id] = review
        return self._found[item_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._signed)

    def __len__(self) -> int:
        return len(self._signed)


def content(document: Document) -> dict[str, Any]:
    """All that a file says but its signature. In what order its keys stand is layout; within them it may be shown."""
    return {key: value for key, value in sorted(document.data.items()) if key not in KEYS}


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _words(value: Any) -> Iterator[str]:
    """Every text in data, keys too; of `check.measure` and the like also what stands before the first dot."""
    match value:
        case str():
            yield value
            yield value.partition(".")[0]
        case dict():
            for key, inner in value.items():
                yield from _words(key)
                yield from _words(inner)
        case list():
            for inner in value:
                yield from _words(inner)
