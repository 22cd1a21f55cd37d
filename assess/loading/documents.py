"""Every file of the knowledge as located data, checked against the schema of its kind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from assess.errors import Place, Problem
from assess.loading.shape import broken_keys, explain
from assess.loading.source import FOLDERS, SINGLES
from assess.loading.yaml12 import Located, YamlError, read


@dataclass(slots=True)
class Document:
    """One file: its kind (or the name of a single file), its id, and its located data.

    `sound` says that the file has the right shape; `broken` holds the keys at its top that cannot be relied on.
    """

    kind: str
    id: str
    located: Located
    sound: bool = True
    broken: frozenset[str] = frozenset()

    @property
    def data(self) -> dict[str, Any]:
        """The data; a document whose root is no mapping never gets this far as sound."""
        return self.located.data if isinstance(self.located.data, dict) else {}

    def tells(self, *keys: str) -> bool:
        """Whether what the file says under these keys, or that it says nothing, can be relied on."""
        return isinstance(self.located.data, dict) and not self.broken & set(keys)


def kind_of(path: str) -> str:
    """`triage/x.yaml` -> `triage`; `terms.yaml` -> `terms`."""
    folder, _, name = path.rpartition("/")
    return FOLDERS[folder] if folder else name.removesuffix(".yaml")


def parse_all(contents: dict[str, bytes], shown: str) -> tuple[list[Document], list[Problem]]:
    """Documents in order, and every problem of YAML, schema and file name. `shown` is put before each path."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for path, raw in contents.items():
        stem = path.rpartition("/")[2].removesuffix(".yaml")
        name = f"{shown}/{path}" if shown else path
        try:
            document = Document(kind_of(path), stem, read(raw, name))
        except YamlError as error:
            problems.append(error.problem)
            documents.append(Document(kind_of(path), stem, Located(name, None), sound=False))
            continue
        found = schema_problems(document)
        document.sound = not found
        problems += found
        documents.append(document)
    for single in SINGLES:
        if f"{single}.yaml" not in contents:
            problems.append(Problem(Place(f"{shown}/{single}.yaml"), "missing-file", "this file is missing"))
    return documents, problems


_VALIDATORS: dict[str, Any] = {}


def schema() -> dict[str, Any]:
    """The JSON Schema of all kinds."""
    text = (files("assess.loading") / "schemas" / "knowledge.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _validator(kind: str) -> Any:
    if kind not in _VALIDATORS:
        from jsonschema import Draft202012Validator

        whole = schema()
        _VALIDATORS[kind] = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": whole["$defs"]})
    return _VALIDATORS[kind]


def schema_errors(document: Document) -> list[Any]:
    """What the schema says against a document, as it says it."""
    return list(_validator(document.kind).iter_errors(document.located.data))


def schema_problems(document: Document) -> list[Problem]:
    """What the schema says against a document, in the order of the file; notes which keys are broken."""
    located = document.located
    errors = schema_errors(document)
    document.broken = frozenset(key for error in errors for key in broken_keys(error))
    see = "knowledge/README.md" if document.kind != "answers" else "a file in examples/"
    problems = [p for error in errors for p in explain(error, located, see)]
    data = document.data
    if document.kind in FOLDERS.values() and "id" in data and data["id"] != document.id:
        problems.append(
            located.problem(
                ("id",),
                "id-is-not-file-name",
                f"the id {data['id']!r} is not the file's name {document.id!r}",
                f"Write `id: {document.id}` or rename the file.",
            )
        )
    return sorted(set(problems))
