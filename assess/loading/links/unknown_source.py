"""An item names a source that sources.yaml does not have: nobody could look it up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem, did_you_mean
from assess.loading.vocabulary import SOURCES

if TYPE_CHECKING:
    from assess.loading.links import Linked


def check(linked: Linked) -> Iterator[Problem]:
    """Every key of `sources` in every item."""
    vocabulary = linked.index.vocabulary
    for item in linked.base.items():
        for key in item.sources:
            if not vocabulary.has(SOURCES, key):
                hint = (
                    did_you_mean(key, vocabulary.known(SOURCES)) or "Add it to sources.yaml, with what of it was read."
                )
                message = f"{key!r} is not in sources.yaml"
                yield linked.at(item, ("sources", key), "unknown-source", message, hint, key=True)
