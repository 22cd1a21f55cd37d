"""For programs: everything that the audit came to, as JSON, and the schema of it that ships with the package."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assess.audit.report import Proof, Report
from assess.errors import Place, Problem

SCHEMA_VERSION = 1


def render(report: Report) -> str:
    """The JSON text, ending in a newline."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=2) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain data; the same report always gives the same."""
    return {
        "schema_version": SCHEMA_VERSION,
        "knowledge": {"name": report.name, "version": report.version, "sha256": report.sha256},
        "files": report.files,
        "findings": [_finding(problem) for problem in report.findings],
        "accepted": [{"finding": _finding(a.finding), "why": a.why, "place": _place(a.place)} for a in report.accepted],
        "rules": {
            "run": list(report.run),
            "skipped": [{"rule": skipped.rule, "why": skipped.why} for skipped in report.skipped],
        },
        "proofs": [_proof(proof) for proof in report.proofs],
        "mutants": [
            {"group": tally.group, "counts": dict(sorted(tally.counts.items())), "noticed_percent": tally.share}
            for tally in report.tallies
        ],
        "coverage": (
            {"conditions": report.coverage.conditions, "both": report.coverage.both, "percent": report.coverage.share}
            if report.coverage
            else None
        ),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column}


def _example(example: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"answer": answer, "value": value} for answer, value in example]


def _finding(problem: Problem) -> dict[str, Any]:
    return {
        "rule": problem.code,
        "severity": problem.severity,
        "place": _place(problem.place),
        "message": problem.message,
        "hint": problem.hint,
        "related": [{"place": _place(place), "why": why} for place, why in problem.related],
        "example": _example(problem.example),
    }


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "id": proof.id,
        "says": proof.says,
        "verdict": proof.verdict,
        "spoken_of": proof.spoken_of,
        "answer_sets": proof.answer_sets,
        "place": _place(proof.place),
        "example": _example(proof.example),
    }


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    loaded: dict[str, Any] = json.loads((files("assess.audit.reports") / "report.schema.json").read_text("utf-8"))
    return loaded
