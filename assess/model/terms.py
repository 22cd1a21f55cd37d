"""The vocabulary, the citations and the name of a knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assess.model.review import Review


@dataclass(frozen=True, slots=True)
class Source:
    """A citation; `verified` says what of it was read."""

    key: str
    title: str
    year: int | None
    doi: str
    verified: str


@dataclass(frozen=True, slots=True)
class Muscle:
    """A unit of the muscle model; `seed` is the name that the person sees."""

    id: str
    name: str
    seed: str
    region: str
    tier: str
    not_stretched: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The vocabulary: muscles, tags, topics, positions."""

    muscles: Mapping[str, Muscle]
    seed_groups: tuple[Mapping[str, Any], ...]
    tiers: tuple[str, ...]
    tags: Mapping[str, str]
    topics: tuple[Mapping[str, str], ...]
    positions: Mapping[str, str]
    findings: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which knowledge base this is; `review` is the signature under the whole of it."""

    name: str
    version: str
    language: str
    sha256: str
    review: Review | None = None
