"""The one way in: a directory of knowledge -> a `KnowledgeBase`, quickly if it is known to be sound."""

from __future__ import annotations

import json
import os
import tempfile
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from assess.errors import KnowledgeError, Problem
from assess.loading import links
from assess.loading.build import build
from assess.loading.conditions import Index
from assess.loading.documents import Document, kind_of, parse_all
from assess.loading.source import BUNDLED, digest, locate, read_all
from assess.loading.yaml12 import Located
from assess.model.knowledge import KnowledgeBase


@lru_cache(maxsize=4)
def load(directory: str | None = None) -> KnowledgeBase:
    """The knowledge, or a `KnowledgeError` that names every problem with its place.

    A bundle (parsed and validated data, keyed by the hash of the YAML) saves parsing; it is used only if the
    hash of the YAML as it lies there now is the bundle's. A changed file is therefore never ignored.
    """
    root = locate(directory)
    contents = read_all(root)
    sha256 = digest(contents)
    bundled = _from_bundle(sha256, contents)
    if bundled is not None:
        return bundled
    base, problems, documents = inspect(directory)
    if problems:
        raise KnowledgeError(
            f"the knowledge has {len(problems)} problem{'s' if len(problems) != 1 else ''}",
            hint="Run `assess audit` to see them all; every line above names file, line and column.",
            problems=problems[:20],
        )
    _keep(sha256, documents)
    return base


def _from_bundle(sha256: str, contents: dict[str, bytes]) -> KnowledgeBase | None:
    """The knowledge from what was kept of these very files, or None if there is nothing that can be used."""
    bundle = _bundle(sha256)
    if bundle is None or bundle.keys() != contents.keys():
        return None
    documents = [
        Document(kind_of(path), path.rpartition("/")[2].removesuffix(".yaml"), Located(f"knowledge/{path}", data))
        for path, data in bundle.items()
    ]
    try:
        base, index = build(documents, sha256)
    except (KeyError, TypeError, AttributeError, ValueError):  # a damaged file: parse the YAML instead
        return None
    return None if index.problems else base


def inspect(directory: str | None = None) -> tuple[KnowledgeBase, list[Problem], list[Document]]:
    """Parse, validate and link everything from the YAML, and return whatever is wrong instead of raising."""
    base, problems, documents, index = inspect_index(directory)
    return base, sorted({*problems, *links.problems(base, index, documents)}), documents


def inspect_index(
    directory: str | None = None,
) -> tuple[KnowledgeBase, list[Problem], list[Document], Index]:
    """Shape and references only, with the index of what refers to what: for whoever looks further."""
    root = locate(directory)
    contents = read_all(root)
    documents, problems = parse_all(contents, shown_as(directory))
    base, index = build(documents, digest(contents))
    return base, sorted({*problems, *index.problems}), documents, index


def inspect_contents(contents: dict[str, bytes], shown: str) -> tuple[KnowledgeBase, list[Problem]]:
    """The knowledge in files that need not lie in a directory, and whatever is wrong with it."""
    documents, problems = parse_all(contents, shown)
    base, index = build(documents, digest(contents))
    return base, sorted({*problems, *index.problems, *links.problems(base, index, documents)})


def shown_as(directory: str | None) -> str:
    """What is put before the paths of the knowledge in messages."""
    named = directory or os.environ.get("ASSESS_KNOWLEDGE")
    return named.rstrip("/") if named else "knowledge"


def bundle_text(directory: str) -> str:
    """What the wheel ships beside the YAML: the parsed data under the hash of the YAML. Raises if unsound."""
    _, problems, documents = inspect(directory)
    if problems:
        raise KnowledgeError("only sound knowledge is bundled", problems=problems)
    return _dump(digest(read_all(locate(directory))), documents)


def _dump(sha256: str, documents: list[Document]) -> str:
    from assess.loading.source import FOLDERS

    folder = {kind: name for name, kind in FOLDERS.items()}
    paths = {(f"{folder[d.kind]}/" if d.kind in folder else "") + f"{d.id}.yaml": d.located.data for d in documents}
    return json.dumps({"sha256": sha256, "files": paths}, ensure_ascii=False, separators=(",", ":"))


def _bundle(sha256: str) -> dict[str, Any] | None:
    for place in (files("assess") / BUNDLED, _cache_file(sha256)):
        try:
            if place is not None and place.is_file():
                kept = json.loads(place.read_text("utf-8"))
                if kept["sha256"] == sha256:
                    found: dict[str, Any] = kept["files"]
                    return found
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return None


def _cache_file(sha256: str) -> Path | None:
    if os.environ.get("ASSESS_NO_CACHE"):
        return None
    from platformdirs import user_cache_path

    from assess import __version__

    return user_cache_path("assess") / f"{__version__}-{sha256[:16]}.json"


def _keep(sha256: str, documents: list[Document]) -> None:
    """Remember parsed knowledge in the user's cache; a read-only home only costs time."""
    target = _cache_file(sha256)
    if target is None:
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=target.parent, delete=False, encoding="utf-8") as handle:
            handle.write(_dump(sha256, documents))
        os.replace(handle.name, target)
        for old in target.parent.glob("*.json"):
            if old != target:
                old.unlink(missing_ok=True)
    except OSError:
        return
