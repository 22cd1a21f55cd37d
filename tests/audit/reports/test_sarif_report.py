"""The report as SARIF 2.1.0: it fits the published schema, and an alert stays the same while lines move."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import bad_files
import pytest
from jsonschema import Draft4Validator
from made_reports import EMPTY, FULL

from assess.audit.registry import choose, known
from assess.audit.report import Report
from assess.audit.reports import render
from assess.audit.run import audit
from assess.errors import Place, Problem

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))


def run_of(report: Report) -> dict[str, Any]:
    [run] = json.loads(render(report, "sarif"))["runs"]
    return dict(run)


@pytest.mark.parametrize("report", [FULL, EMPTY], ids=["full", "empty"])
def test_a_report_fits_the_published_schema(report: Report) -> None:
    assert [e.message for e in Draft4Validator(SCHEMA).iter_errors(json.loads(render(report, "sarif")))] == []


def test_every_rule_has_its_statement_its_page_and_its_level() -> None:
    rules = run_of(EMPTY)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(known())
    by_id = {rule["id"]: rule for rule in rules}
    said = by_id["unused-accept"]
    assert said["defaultConfiguration"] == {"level": "warning"}
    assert said["shortDescription"]["text"] == known()["unused-accept"].says
    assert said["help"]["markdown"].startswith("# unused-accept\n")
    assert "## Good" in said["help"]["markdown"]
    assert by_id["not-yaml"]["shortDescription"] == {"text": "The text is no YAML."}


def test_a_result_has_its_rule_level_words_place_and_what_belongs_to_it() -> None:
    run = run_of(FULL)
    result = next(r for r in run["results"] if r["ruleId"] == "undecidable-triage")
    row, line = ({"uri": f"knowledge/{name}.yaml"} for name in ("triage/a", "questions/b"))
    region = {"startLine": 4, "startColumn": 7}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "undecidable-triage"
    assert result["level"] == "error"
    assert result["message"] == {"text": "100 % wrong: it\nleans, on this\nMend it."}
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": row, "region": region}}]
    assert result["relatedLocations"] == [
        {
            "id": 0,
            "physicalLocation": {"artifactLocation": line, "region": region},
            "message": {"text": "this line opens it"},
        }
    ]


def test_a_finding_with_answers_has_a_flow_from_them_over_what_belongs_to_it_to_the_finding() -> None:
    results = run_of(FULL)["results"]
    [[flow]] = [[thread["threadFlows"][0] for thread in r["codeFlows"]] for r in results if "codeFlows" in r]
    steps = [step["location"] for step in flow["locations"]]
    assert [s["message"]["text"] for s in steps] == [
        "leg-pain: yes",
        "age: 60",
        "this line opens it",
        "100 % wrong: it\nleans, on this",
    ]
    files = [s["physicalLocation"]["artifactLocation"]["uri"] for s in steps]
    assert files == [f"knowledge/{name}.yaml" for name in ("triage/a", "triage/a", "questions/b", "triage/a")]


def test_a_finding_about_a_whole_file_has_no_region() -> None:
    result = next(r for r in run_of(FULL)["results"] if r["ruleId"] == "unused-item")
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "knowledge/terms.yaml"}}}]


def test_what_is_accepted_is_told_as_suppressed_with_its_reason() -> None:
    results = run_of(FULL)["results"]
    assert [r["ruleId"] for r in results if "suppressions" in r] == ["missing-case"]
    [suppression] = results[-1]["suppressions"]
    assert (suppression["kind"], suppression["justification"]) == ("inSource", "It is only told.")


def test_what_was_not_looked_at_and_what_was_proved_is_told() -> None:
    run = run_of(FULL)
    [invocation] = run["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    why = "it needs files of the right shape whose references all hold"
    assert notification["message"] == {"text": f"not looked at: impossible-case, rule-cycle ({why})"}
    assert [(p["id"], p["verdict"]) for p in run["properties"]["proofs"]] == [
        ("no-heat", "proved"),
        ("no-cold", "proved"),
        ("no-bend", "refuted"),
        ("no-lift", "unknown"),
    ]


def test_moving_a_rule_within_its_file_keeps_the_fingerprint_and_another_fault_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two blanks alike in one file are two alerts; a directory of another name makes no new ones."""
    copied = bad_files.copy_into(tmp_path)
    (tmp_path / "kb").symlink_to(copied)
    monkeypatch.chdir(tmp_path)
    bad_files.read_once(monkeypatch)
    [(path, raw)] = bad_files.overlays("blank-left").items()
    twice = raw.replace(b"act: [Show it to somebody.]", b"act: [Show it., <again>, <again>]")

    def prints(files: dict[str, bytes], knowledge: str = "knowledge") -> list[tuple[int, str]]:
        with bad_files.laid_over(copied, files):
            results = run_of(audit(knowledge, chosen=choose(["blank-left"])))["results"]
        return [
            (
                r["locations"][0]["physicalLocation"]["region"]["startLine"],
                r["partialFingerprints"]["rulePathMessage/v1"],
            )
            for r in results
        ]

    before, moved = prints({path: twice}), prints({path: b"# a\n# line\n" + twice})
    assert [line + 2 for line, _ in before] == [line for line, _ in moved]
    assert [p for _, p in before] == [p for _, p in moved] == [p for _, p in prints({path: twice}, "kb")]
    assert len({p for _, p in before}) == len(before) == 3
    other = prints({path.replace("blank-left", "other"): twice.replace(b"id: blank-left", b"id: other")})
    assert not {p for _, p in other} & {p for _, p in before}


@pytest.mark.parametrize(
    ("root", "file", "uri"),
    [
        ("knowledge", "knowledge/triage/a.yaml", "knowledge/triage/a.yaml"),
        ("./kb", "./kb/triage/a.yaml", "kb/triage/a.yaml"),
        ("data/kb", "data/kb/a b#.yaml", "data/kb/a%20b%23.yaml"),
        ("/home/me/kb", "/home/me/kb/triage/a.yaml", "kb/triage/a.yaml"),
        ("../kb", "../kb/triage/a.yaml", "kb/triage/a.yaml"),
    ],
)
def test_paths_are_relative_and_never_leave_the_directory(root: str, file: str, uri: str) -> None:
    report = replace(EMPTY, root=root, findings=(Problem(Place(file, 1, 1), "blank-left", "x"),))
    [result] = run_of(report)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}
