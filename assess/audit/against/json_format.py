"""For programs: the comparison as JSON, and the schema of it that ships with the package."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assess.audit.against.comparison import Comparison, Group, Named
from assess.audit.against.files import FileChange
from assess.model.conditions import Key

SCHEMA_VERSION = 1
DIGITS = 4
"""Significant digits of a share: what floating point adds in another order does not show."""


def render(found: Comparison) -> str:
    """The JSON text, ending in a newline."""
    return json.dumps(as_data(found), ensure_ascii=False, indent=2) + "\n"


def as_data(found: Comparison) -> dict[str, Any]:
    """The comparison as plain data; the same versions always give the same."""
    return {
        "schema_version": SCHEMA_VERSION,
        "old": _named(found.old),
        "new": _named(found.new),
        "files": [_file(file) for file in found.files],
        "differences": [_group(group) for group in found.groups],
        "undecided": [_key(key) for key in found.undecided],
        "same": found.same,
    }


def _named(named: Named) -> dict[str, str]:
    return {"shown": named.shown, "name": named.name, "version": named.version, "sha256": named.sha256}


def _file(file: FileChange) -> dict[str, Any]:
    details = [{"at": d.at, "about": d.about, "was": d.was, "now": d.now} for d in file.details]
    return {"path": file.path, "change": file.change, "details": details}


def _key(key: Key) -> dict[str, str]:
    return {"kind": key.kind, "id": key.id, "side": key.side}


def _group(group: Group) -> dict[str, Any]:
    shown = group.example
    return {
        "section": group.section,
        "kind": group.kind,
        "way": group.way,
        "because": list(group.because),
        "outcomes": [
            {
                **_key(member.key),
                "share": float(f"{member.share:.{DIGITS}g}"),
                "people": member.people,
                "at_most": member.at_most,
            }
            for member in group.members
        ],
        "example": {
            **_key(shown.key),
            "answers": [{"answer": answer, "value": value} for answer, value in shown.answers],
            "was": {"outcome": shown.was.outcome, "level": shown.was.level},
            "now": {"outcome": shown.now.outcome, "level": shown.now.level},
        },
    }


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The JSON Schema of a comparison."""
    loaded: dict[str, Any] = json.loads((files("assess.audit.against") / "comparison.schema.json").read_text("utf-8"))
    return loaded
