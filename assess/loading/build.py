"""Documents -> the linked `KnowledgeBase`, collecting every problem instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from assess.loading.conditions import Index, Parser
from assess.loading.documents import Document
from assess.loading.items import make
from assess.loading.signature import WHOLE, Reviews, Seals
from assess.loading.source import FOLDERS
from assess.loading.vocabulary import Vocabulary, sound_part
from assess.model import knowledge as k
from assess.model import words
from assess.model.terms import Manifest, Muscle, Source, Terms
from assess.rules.nodes import FALSE, Node


def build(documents: list[Document], sha256: str) -> tuple[k.KnowledgeBase, Index]:
    """The knowledge of all sound documents; `index.problems` says what does not link."""
    single = {d.kind: sound_part(d) for d in documents if d.kind not in FOLDERS.values()}
    by_kind: dict[str, dict[str, Document]] = {kind: {} for kind in FOLDERS.values()}
    for d in documents:
        if d.kind in by_kind:
            by_kind[d.kind][d.id] = d
    index = Index(by_kind, Vocabulary(documents))
    built: dict[str, dict[str, Any]] = {kind: {} for kind in by_kind}
    for kind, group in by_kind.items():
        for item_id, document in group.items():
            if document.sound:
                built[kind][item_id] = make(document, index)
    seals = Seals(documents)
    manifest = single.get("manifest", {})
    base = k.KnowledgeBase(
        Manifest(
            str(manifest.get("name", "")),
            str(manifest.get("version", "")),
            str(manifest.get("language", "en")),
            sha256,
            next((seals.review(d) for d in documents if d.kind == WHOLE), None),
        ),
        _terms(single.get("terms", {})),
        _frozen(single.get("program", {})),
        _unlock(documents, index),
        MappingProxyType(
            {
                key: Source(key, s["title"], s.get("year"), s.get("doi") or "", s["verified"])
                for key, s in single.get("sources", {}).items()
            }
        ),
        *(MappingProxyType(built[kind]) for kind in FOLDERS.values()),
    )
    items = [d for group in by_kind.values() for d in group.values()]
    return replace(base, reviews=Reviews(seals, items)), index


def _unlock(documents: list[Document], index: Index) -> Node:
    """When the minor muscles are opened."""
    for document in documents:
        raw = document.data.get("unlock_minor") if document.kind == "program" and document.sound else None
        if isinstance(raw, dict):
            return Parser(index, document, sides=False).parse(raw.get("when"), ("unlock_minor", "when"))
    return FALSE


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(v) for key, v in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(v) for v in value)
    return value


def _terms(raw: Mapping[str, Any]) -> Terms:
    groups = raw.get("seed_groups", [])
    of_unit = {unit: group for group in groups for unit in group["units"]}
    muscles = {}
    for muscle, entry in raw.get("muscles", {}).items():
        group = of_unit.get(muscle, {})
        muscles[muscle] = Muscle(
            muscle,
            entry["name"],
            group.get("name", entry["name"]),
            entry.get("region", group.get("region", words.WHOLE)),
            group.get("tier", entry.get("tier", words.SUPPORT)),
            entry.get("not_stretched", ""),
        )
    return Terms(
        MappingProxyType(muscles),
        _frozen(groups),
        tuple(raw.get("tiers", {}).get("order", ())),
        _frozen(raw.get("tags", {})),
        _frozen(raw.get("topics", [])),
        _frozen(raw.get("positions", {})),
        _frozen(raw.get("findings", {})),
    )
