"""Every file of the knowledge as located data, checked against the schema of its kind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from assess.errors import Place, Problem, did_you_mean
from assess.loading.source import FOLDERS, SINGLES
from assess.loading.yaml12 import Located, YamlError, read


@dataclass(slots=True)
class Document:
    """One file: its kind (or the name of a single file), its id, and its located data."""

    kind: str
    id: str
    located: Located
    sound: bool = True

    @property
    def data(self) -> dict[str, Any]:
        """The data; a document whose root is no mapping never gets this far as sound."""
        return self.located.data if isinstance(self.located.data, dict) else {}


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
            documents.append(Document(kind_of(path), stem, Located(name, {}), sound=False))
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


def schema_problems(document: Document) -> list[Problem]:
    """What the schema says against a document, in the order of the file."""
    located = document.located
    problems = [p for error in _validator(document.kind).iter_errors(located.data) for p in _explain(error, located)]
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


def _explain(error: Any, located: Located) -> Iterable[Problem]:
    path = tuple(error.absolute_path)
    match error.validator:
        case "additionalProperties":
            known = list(error.schema.get("properties", {}))
            for key in error.instance:
                if key not in known:
                    yield located.problem(
                        (*path, key),
                        "unknown-key",
                        f"{key!r} is not a key here",
                        did_you_mean(key, known) or f"Keys here: {', '.join(known)}.",
                        key=True,
                    )
        case "required":
            for key in error.validator_value:
                if key not in error.instance:
                    yield located.problem(
                        path,
                        "missing-" + key.replace("_", "-"),
                        f"{key!r} is missing",
                        f"Add `{key}:`; knowledge/README.md shows how.",
                        key=True,
                    )
        case "enum":
            words = [str(w) for w in error.validator_value]
            yield located.problem(
                path,
                "unknown-word",
                f"{error.instance!r} is not one of: {', '.join(words)}",
                did_you_mean(str(error.instance), words),
            )
        case "type":
            yield located.problem(
                path, "wrong-type", f"expected {_type_words(error.validator_value)}, found {error.instance!r}"
            )
        case "minItems" if path and path[-1] == "cases":
            yield located.problem(
                path, "missing-case", "at least two cases are needed: one that fires and one that must not", key=True
            )
        case _:
            yield located.problem(path, "schema", error.message)


def _type_words(types: Any) -> str:
    names = {
        "object": "a mapping",
        "array": "a list",
        "string": "text",
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "null": "nothing",
    }
    return " or ".join(names[t] for t in ([types] if isinstance(types, str) else types))
