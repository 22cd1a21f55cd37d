"""Two items share an id, two checks make one finding, or an id is a word of the rule language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.loading.vocabulary import FINDINGS, MUSCLES
from assess.model import words
from assess.model.knowledge import Check, Item

if TYPE_CHECKING:
    from assess.loading.links import Linked


def closed_words() -> frozenset[str]:
    """Every word of `model.words`."""
    out: set[str] = set()
    for name, value in vars(words).items():
        if name.isupper():
            out |= {value} if isinstance(value, str) else set(value)
    return frozenset(out)


def check(linked: Linked) -> Iterator[Problem]:
    """Ids over all kinds, and the findings and muscles of terms.yaml, which `explain` and `show` name alike."""
    closed = closed_words()
    where: dict[str, list[Item]] = {}
    for item in linked.base.items():
        where.setdefault(item.id, []).append(item)
    yield from _terms(linked, closed)
    yield from _findings(linked)
    for item in linked.base.items():
        if item.id in closed:
            message = f"{item.id!r} is a word of the rule language"
            yield linked.at(item, ("id",), "duplicate-id", message, "Choose another id.")
        for other in where[item.id]:
            if other is not item:
                message = f"{item.id!r} is also the id of {other.place.file}"
                yield linked.at(item, ("id",), "duplicate-id", message, "Ids are unique over all kinds.")
        for old in item.was:
            if old in where:
                yield linked.at(
                    item, ("was",), "duplicate-id", f"the former id {old!r} is in use again", "Ids are never reused."
                )


def _findings(linked: Linked) -> Iterator[Problem]:
    """The rule of one check would take the place of the other's without a word."""
    makers: dict[str, list[Check]] = {}
    for check_ in linked.base.checks.values():
        for finding in check_.findings:
            makers.setdefault(finding.id, []).append(check_)
    for finding_id, checks in makers.items():
        for check_ in checks if len(checks) > 1 else ():
            others = ", ".join(c.place.file for c in checks if c is not check_)
            message = f"{finding_id!r} is also found in {others}"
            hint = "Give each check a finding of its own in terms.yaml."
            yield linked.at(check_, ("findings", finding_id), "duplicate-id", message, hint, key=True)


def _terms(linked: Linked, closed: frozenset[str]) -> Iterator[Problem]:
    said = {item.id: f"also a {item.kind}" for item in linked.base.items()}
    said |= dict.fromkeys(closed, "a word of the rule language")
    terms = linked.base.terms
    for path in [
        *((MUSCLES, muscle) for muscle in terms.muscles),
        *((FINDINGS, finding) for finding in terms.findings),
    ]:
        word = path[1]
        if word in said:
            message = f"{word!r} is {said[word]}"
            located = linked.single("terms").located
            yield located.problem(path, "duplicate-id", message, "Choose another id.", key=True)
