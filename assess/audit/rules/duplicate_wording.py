"""Two things say the same to a person in the same words.

Looks at what tells items apart: titles, the words of a question, the reason that a row gives, what a check looks at,
what a pattern looks like, what an invariant says, the words of findings, muscles, tags and topics, and citations. And
within one item at the labels of one set of options, the questions of one check, the lines of one list, and the easier,
harder and other versions of an exercise. Capitals, spaces and punctuation do not count. Steps, stop signs and actions
may well be the same in two items.

A person who meets the same words twice thinks that the program did not listen, or answers by chance; a reader of the
proofs cannot tell two of them apart. Mostly a file was copied and a line forgotten.

Mend it by saying what is different, or by making one of the two.

Bad:
    # questions/a-new-line.yaml
    id: a-new-line
    title: Where to
    topic: goals
    order: 90
    answer: choice
    ask: Where would you like to walk first?
    why: It helps you to begin.
    options: {park: In the park, woods: in the park.}
    healthy: park
    role: activity
    sources: {design: design-value}

Good:
    # questions/a-new-line.yaml
    id: a-new-line
    title: Where to
    topic: goals
    order: 90
    answer: choice
    ask: Where would you like to walk first?
    why: It helps you to begin.
    options: {park: In the park, woods: In the woods}
    healthy: park
    role: activity
    sources: {design: design-value}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assess.errors import Problem
from assess.loading.documents import Document
from assess.loading.yaml12 import Path
from assess.model import words

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "warning"
NEEDS = "sound"

TELLING = ("title", "ask", "say", "lay", "purpose", "says")
"""The fields of an item by which a person tells it from others."""
ROWS, DONE = (words.TRIAGE, words.MODIFIER), (words.EXERCISE, words.RELIEF, words.CHECK)
"""Kinds that a person meets side by side."""
LISTS = ("act", "advice", "setup", "steps", "stop", "shows")
VERSIONS = ("easier", "harder", "elsewhere")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, where it stands, and whom it must differ from: all of the same `scope`."""

    scope: tuple[str, ...]
    document: Document
    path: Path
    said: Any
    called: str


def check(context: Context) -> Iterator[Problem]:
    """Every text that has a scope; of those that say the same, each but the first."""
    first: dict[tuple[tuple[str, ...], str], _Text] = {}
    for document in context.documents.values():
        for text in _texts(document):
            words_of_it = " ".join(WORD.findall(str(text.said or "").casefold()))
            before = first.setdefault((text.scope, words_of_it), text)
            if before is not text and words_of_it:
                problem = text.document.located.problem(
                    text.path,
                    "duplicate-wording",
                    f"{text.called} says the same as {before.called}",
                    "Say what is different, or make one of the two.",
                )
                yield replace(
                    problem, related=((before.document.located.place(before.path), "the same words stand here"),)
                )


def _texts(document: Document) -> Iterator[_Text]:
    data, kind = document.data, document.kind
    if kind == "terms":
        for section, field in (("findings", "text"), ("muscles", "name"), ("tags", ""), ("positions", "")):
            for key, entry in data[section].items():
                path: Path = (section, key, field) if field else (section, key)
                yield _Text((section,), document, path, entry[field] if field else entry, repr(key))
        for i, topic in enumerate(data["topics"]):
            yield _Text(("topics",), document, ("topics", i, "title"), topic["title"], repr(topic["id"]))
    elif kind == "sources":
        for key, entry in data.items():
            for field in ("title", "doi"):
                yield _Text(("sources", field), document, (key, field), entry.get(field), repr(key))
    elif "id" in data:
        met_with = "/".join(next((group for group in (ROWS, DONE) if kind in group), (kind,)))
        for field in TELLING:
            yield _Text((met_with, field), document, (field,), data.get(field), repr(document.id))
        yield from _within(document)


def _within(document: Document) -> Iterator[_Text]:
    """What must be told apart inside one item."""
    data, name = document.data, document.id
    measures = data.get("measures", {})
    sets: list[Path] = [("options",), *(("measures", m, "options") for m in measures)]
    for path in sets:
        options = data.get("options", {}) if len(path) == 1 else measures[path[1]].get("options", {})
        for code, label in options.items():
            yield _Text((name, *map(str, path)), document, (*path, code), label, f"the option {code!r}")
    for measure, entry in measures.items():
        yield _Text((name, "ask"), document, ("measures", measure, "ask"), entry["ask"], f"the measure {measure!r}")
    for field in VERSIONS:
        yield _Text((name, "versions"), document, (field,), data.get(field), repr(field))
    for field in LISTS:
        for i, line in enumerate(data.get(field, ())):
            yield _Text((name, field), document, (field, i), line, f"line {i + 1} of {field!r}")
