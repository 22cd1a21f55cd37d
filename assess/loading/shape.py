"""What the JSON Schema says against a file, in plain words, at the place that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from assess.errors import Problem, did_you_mean
from assess.loading.yaml12 import Located

SHOWN = 60
"""How many characters of a wrong value a message repeats."""

ONE_OPERATOR = "Put several conditions under `all:` or `any:`; `at_least` goes with `of`."


def shown(value: Any) -> str:
    """A value as a message names it: short, and in the words of the file, not of Python."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def broken_keys(error: Any) -> frozenset[str]:
    """The keys at the top of a file that cannot be relied on because of an error."""
    if error.absolute_path:
        return frozenset({str(error.absolute_path[0])})
    if error.validator == "required":
        return frozenset(error.validator_value) - frozenset(error.instance)
    if error.validator == "additionalProperties":  # a misspelt key may be any of those that are not there
        return frozenset(error.schema.get("properties", {})) - frozenset(error.instance)
    return frozenset()


def explain(error: Any, located: Located, see: str) -> Iterable[Problem]:
    """The problems of one error of the schema; `see` names where somebody finds how it should be."""
    path = tuple(error.absolute_path)
    value, limit = error.instance, error.validator_value

    def at(code: str, message: str, hint: str = "", *, key: bool = False) -> Problem:
        return located.problem(path, code, message, hint, key=key)

    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(error, located)
        case "required":
            for key in limit:
                if key not in value:
                    code, hint = "missing-" + key.replace("_", "-"), f"Add `{key}:`; {see} shows how."
                    yield at(code, f"{key!r} is missing", hint, key=True)
        case "enum":
            words = [str(w) for w in limit]
            if "propertyNames" in error.absolute_schema_path:
                path = (*path, str(value))
            message = f"{shown(value)} is not one of: {', '.join(words)}"
            yield at("unknown-word", message, did_you_mean(str(value), words), key=path != tuple(error.absolute_path))
        case "type":
            yield at("wrong-type", f"expected {_type_words(limit)}, found {shown(value)}")
        case "anyOf":
            yield from _any_of(error, located, see)
        case "minItems" if path and path[-1] == "cases":
            message = "at least two cases are needed: one that fires and one that must not"
            yield at("missing-case", message, key=True)
        case "minProperties" | "maxProperties" if "at_least" in error.schema.get("properties", {}):
            found = ", ".join(value) or "nothing"
            yield at("one-operator", f"a condition has one operator, found: {found}", ONE_OPERATOR)
        case "minItems" | "minProperties":
            yield at("too-few", f"at least {limit} {_entries(limit)} needed here, found {len(value)}", key=True)
        case "maxProperties":
            message = f"at most {limit} {_entries(limit)} allowed here, found: {', '.join(value)}"
            yield at("too-many", message, "Put several conditions under `all:` or `any:`.")
        case "minLength":
            yield at("empty-text", "this text is empty")
        case "maxLength":
            yield at("too-long", f"this has {len(value)} characters; the limit is {limit}")
        case "minimum" | "maximum":
            bound = "least" if error.validator == "minimum" else "most"
            yield at("out-of-range", f"{shown(value)} is out of range: {limit:g} is the {bound}")
        case "pattern":
            hint = "Ids are lower-case words joined by hyphens, like side-leg-raise."
            yield at("not-an-id", f"{shown(value)} is no id", hint)
        case _:
            yield at("schema", error.message[:200])


def _entries(count: int) -> str:
    return "entry is" if count == 1 else "entries are"


def _unknown_keys(error: Any, located: Located) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key not in known:
            hint = did_you_mean(key, known) or f"Keys here: {', '.join(known)}."
            path = (*error.absolute_path, key)
            yield located.problem(path, "unknown-key", f"{key!r} is not a key here", hint, key=True)


def _any_of(error: Any, located: Located, see: str) -> Iterable[Problem]:
    """What the one branch that fits the value's type says; if none fits, the types that would."""
    branches: dict[int, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    types: list[str] = []
    for inners in branches.values():
        wrong = [i for i in inners if i.validator == "type" and i.absolute_path == error.absolute_path]
        if not wrong:
            return [problem for inner in inners for problem in explain(inner, located, see)]
        types += [t for i in wrong for t in _listed(i.validator_value)]
    message = f"expected {_type_words(types)}, found {shown(error.instance)}"
    return [located.problem(tuple(error.absolute_path), "wrong-type", message)]


def _listed(types: Any) -> list[str]:
    return [types] if isinstance(types, str) else list(types)


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
    return " or ".join(names[t] for t in _listed(types))
