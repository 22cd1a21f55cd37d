"""Annotations of a GitHub workflow: each finding is shown at its line of the change that is looked at."""

from __future__ import annotations

from collections.abc import Iterator

from assess.audit.report import Report
from assess.audit.reports.places import relative
from assess.errors import ERROR, NOTE, WARNING, Problem

COMMANDS = {ERROR: "error", WARNING: "warning", NOTE: "notice"}


def render(report: Report) -> str:
    """One workflow command a finding, and one for each reason why rules were not looked at; often nothing."""
    lines = [_annotation(report, problem) for problem in report.findings]
    for why, rules in report.not_looked_at().items():
        lines.append(f"::notice title=not looked at::{_data(', '.join(rules))}: {_data(why)}")
    return "".join(f"{line}\n" for line in lines)


def _annotation(report: Report, problem: Problem) -> str:
    properties = {"file": relative(report, problem.place.file)}
    if problem.place.line:
        properties |= {"line": str(problem.place.line), "col": str(problem.place.column)}
    named = ",".join(f"{key}={_property(value)}" for key, value in {**properties, "title": problem.code}.items())
    return f"::{COMMANDS[problem.severity]} {named}::{_data(chr(10).join(_said(report, problem)))}"


def _said(report: Report, problem: Problem) -> Iterator[str]:
    yield problem.message
    for place, why in problem.related:
        yield f"see: {relative(report, place.file)}:{place.line}: {why}"
    if problem.example:
        yield "for example: " + ", ".join(f"{answer}: {value}" for answer, value in problem.example)
    if problem.hint:
        yield problem.hint


def _data(text: str) -> str:
    """Signs that would end a command, or begin another, as the workflow commands want them."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
