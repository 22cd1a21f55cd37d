"""An item names a source that sources.yaml does not have: nobody could look it up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem, did_you_mean

if TYPE_CHECKING:
    from assess.audit.run import Context


def check(context: Context) -> Iterator[Problem]:
    """Every key of `sources` in every item."""
    known = context.base.sources
    for item in context.base.items():
        for key in item.sources:
            if key not in known:
                hint = did_you_mean(key, known) or "Add it to sources.yaml, with what of it was read."
                yield context.at(
                    item, ("sources", key), "unknown-source", f"{key!r} is not in sources.yaml", hint, key=True
                )
