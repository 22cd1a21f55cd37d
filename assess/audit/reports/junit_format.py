"""JUnit XML, which CI servers read: a test for every property looked at over all answers, and one for every rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from xml.etree import ElementTree as ET

from assess.audit.report import PROVED, UNKNOWN, Proof, Report
from assess.audit.reports.numbers import figure
from assess.audit.reports.places import relative
from assess.errors import ERROR, Place, Problem

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand in XML, not even escaped."""


def render(report: Report) -> str:
    """The XML text, ending in a newline. Warnings and notes are output of a test that passes; errors fail it."""
    suites = [
        _suite("proofs", report, [_proof(report, proof) for proof in report.proofs]),
        _suite("rules", report, [*_loading(report), *_rules(report), *_skipped(report)]),
    ]
    root = ET.Element("testsuites", name="assess audit")
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(name: str, report: Report, cases: list[ET.Element]) -> ET.Element:
    counts = {kind: str(sum(case.find(kind) is not None for case in cases)) for kind in ("failure", "error", "skipped")}
    suite = ET.Element(
        "testsuite",
        name=name,
        tests=str(len(cases)),
        failures=counts["failure"],
        errors=counts["error"],
        skipped=counts["skipped"],
        package=_safe(f"{report.name} {report.version}"),
    )
    suite.extend(cases)
    return suite


def _proof(report: Report, proof: Proof) -> ET.Element:
    """One that is refuted fails; one that nobody knows is an error, and no pass."""
    case = ET.Element("testcase", classname="proofs", name=_safe(proof.id))
    looked_at = f"{proof.says}\n{figure(proof.answer_sets)} answer sets, {proof.spoken_of} items and sides"
    if proof.verdict == PROVED:
        ET.SubElement(case, "system-out").text = _safe(looked_at)
        return case
    kind, message = ("error", "not decided") if proof.verdict == UNKNOWN else ("failure", "refuted")
    lines = [looked_at, *(f"{answer}: {value}" for answer, value in proof.example), _at(report, proof.place)]
    wrong = ET.SubElement(case, kind, type=proof.verdict, message=_safe(f"{message}: {proof.says}"))
    wrong.text = _safe("\n".join(lines))
    return case


def _loading(report: Report) -> list[ET.Element]:
    """What is found by no rule that was looked at, which is what is found when the files are read."""
    return [_rule("loading", report, [p for p in report.findings if p.code not in report.run])]


def _rules(report: Report) -> list[ET.Element]:
    return [_rule(name, report, [p for p in report.findings if p.code == name]) for name in report.run]


def _rule(name: str, report: Report, findings: list[Problem]) -> ET.Element:
    case = ET.Element("testcase", classname="rules", name=name)
    for problem in findings:
        if problem.severity == ERROR:
            failure = ET.SubElement(case, "failure", type=problem.code, message=_safe(_said(report, problem)))
            failure.text = _safe(problem.render())
    mild = [_said(report, problem) for problem in findings if problem.severity != ERROR]
    _output(
        case,
        mild + [f"accepted: {_said(report, a.finding)}: {a.why}" for a in report.accepted if a.finding.code == name],
    )
    return case


def _output(case: ET.Element, lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    if text:
        ET.SubElement(case, "system-out").text = _safe(text)


def _skipped(report: Report) -> list[ET.Element]:
    cases = []
    for skipped in report.skipped:
        case = ET.Element("testcase", classname="rules", name=skipped.rule)
        ET.SubElement(case, "skipped", message=skipped.why)
        cases.append(case)
    return cases


def _said(report: Report, problem: Problem) -> str:
    return f"{_at(report, problem.place)}: {problem.severity}[{problem.code}] {problem.message}"


def _at(report: Report, place: Place) -> str:
    return str(replace(place, file=relative(report, place.file)))


def _safe(text: str) -> str:
    """A sign that XML does not have becomes a question mark: one such must not cost the whole report."""
    return NOT_IN_XML.sub("?", text)
