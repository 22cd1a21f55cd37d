"""The report as JSON, which is an interface: it keeps to the schema that ships with the package."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from made_reports import EMPTY, FULL, SHA

from assess.audit.report import Report
from assess.audit.reports import render
from assess.audit.reports.json_format import schema
from assess.audit.run import audit


def valid(data: Any) -> bool:
    return Draft202012Validator(schema()).is_valid(data)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("report", [FULL, EMPTY], ids=["full", "empty"])
def test_a_report_fits_the_schema(report: Report) -> None:
    assert valid(json.loads(render(report, "json")))


def test_the_report_on_our_own_knowledge_fits_the_schema() -> None:
    assert valid(json.loads(render(audit(), "json")))


@pytest.mark.parametrize("key", sorted(schema()["properties"]))
def test_a_report_without_one_of_its_parts_does_not_fit(key: str) -> None:
    data = json.loads(render(FULL, "json"))
    lacking = deepcopy(data)
    del lacking[key]
    assert (valid(data), valid(lacking), valid({**data, "more": 1})) == (True, False, False)


def test_everything_in_a_report_is_there() -> None:
    data = json.loads(render(FULL, "json"))
    row, line = ({"file": f"knowledge/{name}.yaml", "line": 4, "column": 7} for name in ("triage/a", "questions/b"))
    example = [{"answer": "leg-pain", "value": "yes"}, {"answer": "age", "value": "60"}]
    assert data["knowledge"] == {"name": "spine", "version": "1.2.0", "sha256": SHA}
    assert data["files"] == 12
    assert [f["severity"] for f in data["findings"]] == ["note", "warning", "error"]
    assert data["findings"][2] == {
        "rule": "undecidable-triage",
        "severity": "error",
        "place": row,
        "message": "100 % wrong: it\nleans, on this",
        "hint": "Mend it.",
        "related": [{"place": line, "why": "this line opens it"}],
        "example": example,
    }
    [accepted] = data["accepted"]
    assert (accepted["finding"]["rule"], accepted["why"]) == ("missing-case", "It is only told.")
    assert accepted["place"] == {**line, "line": 9, "column": 5}
    assert data["rules"]["run"] == list(FULL.run)
    assert [s["rule"] for s in data["rules"]["skipped"]] == ["impossible-case", "rule-cycle", "stray-file"]
    assert [(p["id"], p["verdict"], p["answer_sets"]) for p in data["proofs"]] == [
        ("no-heat", "proved", 1_459_999_999_999),
        ("no-cold", "proved", 4_096),
        ("no-bend", "refuted", 12),
        ("no-lift", "unknown", 0),
    ]
    assert data["proofs"][2]["example"] == example
