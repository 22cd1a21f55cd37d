"""Where the knowledge lies, and its bytes. Works from a wheel, a zip, an editable install and a checkout."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from assess.errors import KnowledgeError

FOLDERS = {
    "questions": "question",
    "triage": "triage",
    "modifiers": "modifier",
    "checks": "check",
    "patterns": "pattern",
    "exercises": "exercise",
    "relief": "relief",
    "invariants": "invariant",
}
"""Folder of `knowledge/` -> kind of the items in it."""

SINGLES = ("manifest", "sources", "terms", "program")
"""Files at the top of `knowledge/`."""

FIGURES = "figures"
"""Folder of the poses: data of the renderer, no items, and not part of the knowledge's hash."""

PACKAGED = "_knowledge"
BUNDLED = "_knowledge.json"


def locate(directory: str | None = None) -> Traversable:
    """The knowledge directory: the one named, `$ASSESS_KNOWLEDGE`, the installed one, or the checkout's."""
    named = directory or os.environ.get("ASSESS_KNOWLEDGE")
    if named:
        path = Path(named)
        if not path.is_dir():
            raise KnowledgeError(f"there is no directory {named}", hint="Name a directory that holds manifest.yaml.")
        if not (path / "manifest.yaml").is_file():
            raise KnowledgeError(
                f"{named} holds no knowledge: manifest.yaml is missing",
                hint="Copy this project's knowledge/ and change it; directories are never merged.",
            )
        return path
    installed = files("assess") / PACKAGED
    if (installed / "manifest.yaml").is_file():
        return installed
    checkout = Path(__file__).resolve().parents[2] / "knowledge"
    if (checkout / "manifest.yaml").is_file():
        return checkout
    raise KnowledgeError("no knowledge was found with this installation", hint="Name a directory with --knowledge.")


def read_all(root: Traversable) -> dict[str, bytes]:
    """Relative path -> bytes of every YAML file that belongs to the knowledge, sorted by path."""
    found: dict[str, bytes] = {}
    for single in SINGLES:
        entry = root / f"{single}.yaml"
        if entry.is_file():
            found[f"{single}.yaml"] = entry.read_bytes()
    for folder in FOLDERS:
        under = root / folder
        if under.is_dir():
            for entry in sorted(under.iterdir(), key=lambda e: e.name):
                if entry.name.endswith(".yaml") and not entry.name.startswith("."):
                    found[f"{folder}/{entry.name}"] = entry.read_bytes()
    return found


def belonging(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of files by their path those that belong to the knowledge, in the order of `read_all`."""
    singles = [f"{single}.yaml" for single in SINGLES]
    found = {path: files[path] for path in singles if path in files}
    for folder in FOLDERS:
        inside = (path for path in sorted(files) if path.rpartition("/")[0] == folder)
        names = ((path, path.rpartition("/")[2]) for path in inside)
        found |= {path: files[path] for path, name in names if name.endswith(".yaml") and not name.startswith(".")}
    return found


def digest(contents: dict[str, bytes]) -> str:
    """SHA-256 over paths and bytes, in order."""
    total = hashlib.sha256()
    for path, raw in contents.items():
        total.update(f"{path}\0{len(raw)}\0".encode())
        total.update(raw)
    return total.hexdigest()
