"""A clinician's signature under an item, or under the knowledge as a whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Review:
    """Who signed, when, with what remark. It `stands` as long as what was signed is what is there now."""

    on: str
    by: str
    note: str
    stands: bool
