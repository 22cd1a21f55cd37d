"""The report as JUnit XML: proofs that pass are tests that pass, so that their number is seen."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from made_reports import EMPTY, FULL

from assess.audit.report import Report
from assess.audit.reports import render
from assess.audit.run import audit

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parents[1] / "schemas" / "junit-10.xsd"))


def root_of(report: Report) -> ET.Element:
    return ET.fromstring(render(report, "junit"))


@pytest.mark.parametrize("report", [FULL, EMPTY], ids=["full", "empty"])
def test_a_report_fits_the_schema_that_ci_servers_read_it_by(report: Report) -> None:
    assert [str(e.reason) for e in SCHEMA.iter_errors(render(report, "junit"))] == []


def test_every_proof_and_every_rule_is_a_test() -> None:
    """Refuted fails; not decided is an error, for it is no pass; not looked at is skipped; a warning passes."""
    ends = [
        (case.get("classname"), case.get("name"), next((c.tag for c in case if c.tag != "system-out"), "passed"))
        for case in root_of(FULL).iter("testcase")
    ]
    assert ends == [
        ("proofs", "no-heat", "passed"),
        ("proofs", "no-cold", "passed"),
        ("proofs", "no-bend", "failure"),
        ("proofs", "no-lift", "error"),
        ("rules", "loading", "passed"),
        ("rules", "blank-left", "passed"),
        ("rules", "missing-case", "passed"),
        ("rules", "undecidable-triage", "failure"),
        ("rules", "unused-item", "passed"),
        ("rules", "impossible-case", "skipped"),
        ("rules", "rule-cycle", "skipped"),
        ("rules", "stray-file", "skipped"),
    ]


def test_the_counts_add_up() -> None:
    root = root_of(FULL)
    counts = [{k: suite.get(k) for k in ("name", "tests", "failures", "errors", "skipped")} for suite in root]
    assert counts == [
        {"name": "proofs", "tests": "4", "failures": "1", "errors": "1", "skipped": "0"},
        {"name": "rules", "tests": "8", "failures": "1", "errors": "0", "skipped": "3"},
    ]
    assert {k: root.get(k) for k in ("tests", "failures", "errors")} == {"tests": "12", "failures": "2", "errors": "1"}


def test_what_was_looked_at_and_what_was_found_stands_in_the_test() -> None:
    cases = {case.get("name"): case for case in root_of(FULL).iter("testcase")}
    assert cases["no-heat"].findtext("system-out") == ("No heat when hurt.\n1.4 x 10^12 answer sets, 3 items and sides")
    assert cases["no-bend"].findtext("failure") == (
        "No bending.\n12 answer sets, 5 items and sides\nleg-pain: yes\nage: 60\nknowledge/invariants/c.yaml:4:7"
    )
    failure = cases["undecidable-triage"].find("failure")
    assert failure is not None
    assert failure.get("type") == "undecidable-triage"
    assert "help: Mend it." in (failure.text or "")
    assert cases["missing-case"].findtext("system-out") == (
        "accepted: knowledge/questions/b.yaml:4:7: error[missing-case] no case of b: It is only told."
    )


def test_a_sign_that_xml_does_not_have_does_not_cost_the_report() -> None:
    cases = {case.get("name"): case for case in root_of(FULL).iter("testcase")}
    said = cases["unused-item"].findtext("system-out")
    assert said == "knowledge/terms.yaml: warning[unused-item] nothing? uses ‘it’ & <that>"


def test_our_own_knowledge_passes() -> None:
    root = root_of(audit())
    assert (root.get("failures"), root.get("errors")) == ("0", "0")
    assert int(root.get("tests", "0")) > 10
