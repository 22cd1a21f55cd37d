"""SARIF 2.1.0, which code review sites and editors read: every rule with its page, every finding with its place."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import Any
from urllib.parse import quote

from assess import __version__
from assess.audit.pages import page
from assess.audit.registry import Rule, known
from assess.audit.report import Accepted, Report
from assess.audit.reports.json_format import as_data
from assess.audit.reports.places import inside, relative
from assess.errors import Place, Problem

SCHEMA = "https://json.schemastore.org/sarif-2.1.0-rtm.5.json"
FINGERPRINT = "rulePathMessage/v1"
"""What two runs tell a finding by: its rule, its file and its words, whatever lines stand above it now."""


def render(report: Report) -> str:
    """The JSON text, ending in a newline."""
    ids, data = list(known()), as_data(report)
    seen: Counter[str] = Counter()
    results = [_result(report, problem, ids, seen) for problem in report.findings]
    results += [_suppressed(report, accepted, ids, seen) for accepted in report.accepted]
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "assess audit",
                        "semanticVersion": __version__,
                        "rules": [_rule(rule) for rule in known().values()],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _not_looked_at(report)}],
                "properties": {key: data[key] for key in ("knowledge", "proofs")},
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    text = page(rule)
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.says},
        "fullDescription": {"text": f"{rule.says}\n\n{rule.about}".strip()},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": rule.severity},
    }


def _not_looked_at(report: Report) -> list[dict[str, Any]]:
    """One notification for each reason: without it, no result would look like no fault."""
    return [
        {"level": "warning", "message": {"text": f"not looked at: {', '.join(rules)} ({why})"}}
        for why, rules in report.not_looked_at().items()
    ]


def _result(report: Report, problem: Problem, ids: list[str], seen: Counter[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "level": problem.severity,
        "message": {"text": problem.message + (f"\n{problem.hint}" if problem.hint else "")},
        "locations": [_location(report, problem.place)],
        "partialFingerprints": {FINGERPRINT: _fingerprint(report, problem, seen)},
    }
    if problem.code in ids:
        result["ruleIndex"] = ids.index(problem.code)
    if problem.related:
        result["relatedLocations"] = [
            {"id": i, **_location(report, place, why)} for i, (place, why) in enumerate(problem.related)
        ]
    if problem.example:
        result["codeFlows"] = [_flow(report, problem)]
    return result


def _suppressed(report: Report, accepted: Accepted, ids: list[str], seen: Counter[str]) -> dict[str, Any]:
    """A finding that the knowledge accepts is told, and counts as dealt with."""
    suppression = {
        "kind": "inSource",
        "justification": accepted.why,
        "location": _location(report, accepted.place),
    }
    return {**_result(report, accepted.finding, ids, seen), "suppressions": [suppression]}


def _location(report: Report, place: Place, says: str = "") -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(relative(report, place.file))}}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return {"physicalLocation": physical} | ({"message": {"text": says}} if says else {})


def _flow(report: Report, problem: Problem) -> dict[str, Any]:
    """From the answers, over what they bring about, to the finding. An answer has no place but the finding's."""
    steps = [(problem.place, f"{answer}: {value}") for answer, value in problem.example]
    steps += [*problem.related, (problem.place, problem.message)]
    return {"threadFlows": [{"locations": [{"location": _location(report, *step)} for step in steps]}]}


def _fingerprint(report: Report, problem: Problem, seen: Counter[str]) -> str:
    """Numbers of lines in a message are left out; findings that are alike are counted."""
    words = re.sub(r"\b(line|byte) \d+", r"\1", problem.message)
    key = "\0".join((problem.code, inside(report, problem.place.file), words))
    seen[key] += 1
    return hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()
