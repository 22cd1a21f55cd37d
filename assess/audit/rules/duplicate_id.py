"""Two items share an id, or an id is a word of the rule language: `assess show ID` could not tell them apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.loading.vocabulary import FINDINGS, MUSCLES
from assess.model import words
from assess.model.knowledge import Item

if TYPE_CHECKING:
    from assess.audit.run import Context


def closed_words() -> frozenset[str]:
    """Every word of `model.words`."""
    out: set[str] = set()
    for name, value in vars(words).items():
        if name.isupper():
            out |= {value} if isinstance(value, str) else set(value)
    return frozenset(out)


def check(context: Context) -> Iterator[Problem]:
    """Ids over all kinds, and the findings and muscles of terms.yaml, which `explain` and `show` name alike."""
    closed = closed_words()
    taken = {item.id for item in context.base.items()}
    yield from _terms(context, closed)
    seen: dict[str, Item] = {}
    for item in context.base.items():
        if item.id in closed:
            yield context.at(
                item, ("id",), "duplicate-id", f"{item.id!r} is a word of the rule language", "Choose another id."
            )
        if item.id in seen:
            yield context.at(
                item,
                ("id",),
                "duplicate-id",
                f"{item.id!r} is also a {seen[item.id].kind}",
                "Ids are unique over all kinds.",
            )
        seen[item.id] = item
        for old in item.was:
            if old in taken:
                yield context.at(
                    item, ("was",), "duplicate-id", f"the former id {old!r} is in use again", "Ids are never reused."
                )


def _terms(context: Context, closed: frozenset[str]) -> Iterator[Problem]:
    said = {item.id: f"also a {item.kind}" for item in context.base.items()}
    said |= dict.fromkeys(closed, "a word of the rule language")
    terms = context.base.terms
    for path in [
        *((MUSCLES, muscle) for muscle in terms.muscles),
        *((FINDINGS, finding) for finding in terms.findings),
    ]:
        word = path[1]
        if word in said:
            message = f"{word!r} is {said[word]}"
            located = context.single("terms").located
            yield located.problem(path, "duplicate-id", message, "Choose another id.", key=True)
