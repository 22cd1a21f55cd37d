"""Every code that loading can give has its sentence, and no other has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from assess.loading.codes import CODES, NEEDED, codes

LOADING = Path(__file__).parents[2] / "assess" / "loading"
OF_ANSWERS = {"answers_file.py", "answer_values.py", "response.py"}
POSITIONS = {"Problem": 1, "problem": 1, "_bad": 1, "_refuse": 2, "at": 2}
"""Which argument of a call is the code; in `shape.py` an `at` of its own has it first."""


def given() -> Iterator[str]:
    """The constants that are handed over as codes anywhere in assess/loading, but for answers files."""
    for file in sorted(LOADING.rglob("*.py")):
        if file.name in OF_ANSWERS:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CODE":
                yield str(ast.literal_eval(node.value))
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            position = 0 if (file.name, name) == ("shape.py", "at") else POSITIONS.get(name)
            if position is not None and len(node.args) > position:
                inner = node.args[position]
                parts = [inner.body, inner.orelse] if isinstance(inner, ast.IfExp) else [inner]
                yield from (p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str))


def test_every_code_of_loading_has_a_sentence() -> None:
    found = set(given())
    assert {"tab", "one-operator", "side-unknown", "rule-cycle", "unknown-word-in-item"} <= found
    assert found == set(CODES)


def test_the_keys_that_only_some_answers_need_are_those_that_the_loader_asks_for() -> None:
    text = (LOADING / "items.py").read_text("utf-8")
    asked = {
        key
        for keys in re.findall(r"for key in \(([^)]*)\):\n +if key not in raw", text)
        for key in re.findall(r'"(\w+)"', keys)
    }
    assert asked == set(NEEDED)


def test_a_key_that_the_schema_asks_for_has_a_code_of_its_own() -> None:
    assert codes()["missing-sources"] == "The key `sources` is missing where it is needed."
    assert "missing-answers" not in codes()
