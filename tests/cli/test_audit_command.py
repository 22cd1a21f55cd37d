"""`assess audit` on the command line: what is looked for, when it fails, where it is written."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import bad_files
import pytest
from cli_runs import EXAMPLES, copy_knowledge, program, run

from assess.audit.pages import page
from assess.audit.registry import find
from assess.audit.reports import FORMATS
from assess.cli import output

MINI = bad_files.ROOT / "tests" / "knowledge" / "mini"
LINE = "questions/new-line.yaml"
TOLD = (
    b"id: new-line\ntopic: behaviour\norder: 900\nanswer: yes-no\nask: Is it so?\nwhy: It matters.\n"
    b"sources: {design: design-value}\n"
)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_knowledge(tmp_path_factory.mktemp("audit"))


def found(*args: str, knowledge: Path, files: dict[str, bytes]) -> tuple[int, list[str]]:
    """The exit code, and the rules of the findings."""
    with bad_files.laid_over(knowledge, files):
        told = run("audit", "--knowledge", str(knowledge), "--format", "json", *args)
    assert told.err == ""
    return told.code, [finding["rule"] for finding in json.loads(told.out)["findings"]]


def test_rules_are_selected_and_ignored_by_name_in_one_list_or_several(copied: Path) -> None:
    files = {LINE: TOLD.replace(b"Is it so?", b"Is it <so>?")}

    def rules(*args: str) -> list[str]:
        return found(*args, knowledge=copied, files=files)[1]

    assert rules() == ["unused-item", "blank-left"]
    assert rules("--select", "blank-left,stray-file") == ["blank-left"]
    assert rules("--select", "stray-file", "--select", " blank-left , unused-item ") == ["unused-item", "blank-left"]
    assert rules("--ignore", "blank-left", "--ignore", "unused-item") == []
    assert rules("--select", "blank-left,unused-item", "--ignore", "blank-left") == ["unused-item"]


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
def test_a_rule_that_there_is_not_is_a_usage_error(option: str) -> None:
    told = run("audit", option, "unused-itm")
    said = "error: there is no audit rule 'unused-itm'\n  help: Did you mean 'unused-item' or 'unused-accept'?\n"
    assert (told.code, told.out, told.err) == (2, "", said)


@pytest.mark.parametrize(
    ("file", "codes"),
    [
        (TOLD, {"error": 1, "warning": 1, "note": 1, "never": 0}),
        (
            TOLD + b"accept: [{rule: unused-item, why: Soon.}, {rule: blank-left, why: Soon.}]\n",
            {"error": 0, "warning": 1, "note": 1, "never": 0},
        ),
        (TOLD + b"accept: [{rule: unused-item, why: Soon.}]\n", {"error": 0, "warning": 0, "note": 0, "never": 0}),
    ],
    ids=["an error", "a warning", "accepted"],
)
def test_the_audit_fails_at_the_level_that_is_asked_for(file: bytes, codes: dict[str, int], copied: Path) -> None:
    given = {level: found("--fail-level", level, knowledge=copied, files={LINE: file})[0] for level in codes}
    assert given == codes
    assert found(knowledge=copied, files={LINE: file})[0] == codes["error"]


def test_a_page_is_printed_as_it_stands_in_docs() -> None:
    told = run("audit", "--explain", "unused-item")
    assert (told.code, told.out, told.err) == (0, page(find("unused-item")), "")


def test_a_report_is_written_to_a_file_whole_and_the_exit_code_stays(copied: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    command = ("audit", "--knowledge", str(copied), "--select", "unused-item", "--format", "json")
    with bad_files.laid_over(copied, {LINE: TOLD}):
        printed, told = run(*command), run(*command, "-o", str(target))
    assert (told.code, told.out, told.err) == (1, "", f"written: {target}\n")
    assert target.read_text("utf-8") == printed.out
    again = run(*command, "-o", str(target))
    said = f"error: {target} is there already\n  help: Add --yes to write over it, or choose another name.\n"
    assert (again.code, again.out, again.err) == (5, "", said)
    assert target.read_text("utf-8") == printed.out
    over = run(*command, "-o", str(target), "--yes")
    assert (over.code, over.err) == (0, f"written: {target}\n")
    assert json.loads(target.read_text("utf-8"))["findings"] == []
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_where_nothing_can_be_written_the_exit_code_is_5() -> None:
    told = run("audit", "-o", "/no/such/place/report.txt")
    said = "error: cannot write /no/such/place/report.txt: No such file or directory\n"
    assert (told.code, told.out) == (5, "")
    assert told.err == said + "  help: Name another file with -o, or leave it out to print.\n"


def test_an_unknown_format_is_a_usage_error() -> None:
    told = run("audit", "--format", "sariff")
    assert (told.code, told.out) == (2, "")
    assert told.err.endswith(
        "'sariff' is not one of 'text', 'json', 'sarif', 'junit', 'github', 'html', 'factcheck', 'markdown'.\n"
    )


def test_the_same_knowledge_gives_the_same_bytes_in_every_format(copied: Path) -> None:
    """Whatever seed Python hashes by: no order comes from a set."""
    files = bad_files.overlays("blank-left", "not-yaml", "unknown-key", "invariant-of-nothing", "dangling-muscle")
    with bad_files.laid_over(copied, files):
        told = {fmt: {_of_seed(seed, fmt, copied) for seed in ("1", "2")} for fmt in FORMATS}
    assert {fmt: len(outputs) for fmt, outputs in told.items()} == dict.fromkeys(FORMATS, 1)
    assert all(b"not-yaml" in out for outputs in told.values() for out in outputs)


def _of_seed(seed: str, fmt: str, knowledge: Path) -> bytes:
    told = program("audit", "--knowledge", knowledge.name, "--format", fmt, cwd=knowledge.parent, PYTHONHASHSEED=seed)
    return told.stdout


class Screen(io.StringIO):
    """An error stream that somebody watches."""

    def isatty(self) -> bool:
        return True


def test_somebody_who_watches_sees_what_is_looked_at_and_it_goes_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with output.progress() as say:
        say("blank-left")
        say("stray-file")
    assert screen.getvalue() == "\rblank-left\x1b[K\rstray-file\x1b[K\r\x1b[K"


@pytest.mark.parametrize(
    ("stream", "term", "wanted"),
    [(io.StringIO(), "xterm", True), (Screen(), "dumb", True), (None, "xterm", True), (Screen(), "xterm", False)],
    ids=["a pipe", "a terminal that cannot clear a line", "a stream that is closed", "not wanted"],
)
def test_nobody_else_gets_progress(
    stream: io.StringIO | None, term: str, wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", term)
    with output.progress(wanted=wanted) as say:
        say("blank-left")
    assert stream is None or stream.getvalue() == ""


@pytest.mark.parametrize(("fmt", "told"), [("text", True), ("json", False)])
def test_progress_is_told_where_people_read_the_report(
    fmt: str, told: bool, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(output, "on_a_terminal", lambda _: True)
    monkeypatch.setattr(output, "_written", lambda text, _: screen.write(text))
    run("audit", "--knowledge", str(copied), "--select", "blank-left", "--format", fmt)
    assert ("\rblank-left" in screen.getvalue()) == told


LYING = "modifiers/pregnant-16-weeks.yaml"
"""Bars lying on the back and on the front; without it somebody pregnant would be laid there."""


def test_who_breaks_an_invariant_is_written_and_can_be_planned_for(copied: Path, tmp_path: Path) -> None:
    """The file is read back by the program; a second run does not write over it unasked."""
    real = (copied / LYING).read_bytes()
    opened = real.replace(b"bars: [supine, prone]", b"bars: [prone]")
    assert opened != real
    asked = ("audit", "--knowledge", str(copied), "--select", "refuted-invariant", "--examples", str(tmp_path))
    file = tmp_path / "no-back-lying-late-in-pregnancy.yaml"
    with bad_files.laid_over(copied, {LYING: opened}):
        told = run(*asked)
        assert (told.code, told.err) == (1, f"written: {file}\n")
        assert "error[refuted-invariant] this does not hold for everybody: eligible:" in told.out
        assert "  for example: pregnant: yes, pregnancy-weeks: 16\n" in told.out
        again = run(*asked)
        assert (again.code, again.err.splitlines()[-2]) == (5, f"error: {file} is there already")
        plan = run("plan", str(file), "--knowledge", str(copied))
    assert plan.out.startswith("EXAMPLE") or "Example, not a real person" in plan.out


def test_where_nobody_breaks_anything_nothing_is_written_and_that_is_said(tmp_path: Path) -> None:
    told = run("audit", "--prove", "--select", "refuted-invariant", "--examples", str(tmp_path))
    assert (told.code, told.err) == (0, "nobody breaks an invariant: nothing is written\n")
    assert list(tmp_path.iterdir()) == []
    told = run("audit", "--select", "blank-left", "--examples", str(tmp_path))
    assert (told.code, told.err) == (0, "no invariant was looked at: nothing is written\n")


def test_what_was_proved_is_printed_with_the_number_of_answer_sets() -> None:
    told = run("audit", "--select", "refuted-invariant")
    assert told.code == 0
    proved = [line for line in told.out.splitlines() if line.startswith("proved ")]
    assert f"{len(proved)} of {len(proved)} properties are proved." in told.out.splitlines()
    assert any(
        re.fullmatch(r"proved for all \d\.\d x 10\^\d+ answer sets: Nobody under 16, .*", line) for line in proved
    )


def test_small_mistakes_are_tried_and_the_sum_of_it_is_told() -> None:
    told = run("audit", "--knowledge", str(MINI), "--mutate", "very-hot,late-child", "--select", "surviving-mutant")
    lines = told.out.splitlines()
    assert told.code == 0
    assert lines[:5] == [
        f"{MINI}/modifiers/late-child.yaml:3:14: note[surviving-mutant] nothing notices it without this condition",
        "  |",
        "3 | when: {all: [{answer: {child: yes}}, {number: {of: child-weeks, at_least: 16, unit: weeks}}]}",
        "  |              ^",
        "  help: Under 'late-child' this would: - {says: <what this is about>, given: {child: unsure, "
        "child-weeks: 14}, expect: open}",
    ]
    assert lines[-5:-1] == [
        "triage: 5 of 12 mutants are noticed (41.6 %): 5 by a case, 7 by nothing.",
        "bars and tags: 4 of 7 mutants are noticed (57.1 %): 4 by a case, 3 by nothing.",
        "Cases show 44 of 53 conditions (83.0 %) both ways: known true, and known false.",
        "No stories were tried; --stories DIR names whole people who are to notice, too.",
    ]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--mutate", "bag-lft"), "there is no item 'bag-lft'"),
        (("--mutate", "pain-now"), "nothing in pain-now can be changed by a small mistake"),
        (("--mutate", "--select", "blank-left"), "--mutate is of no use here"),
        (("--stories", "tests/people"), "--stories goes with --mutate"),
        (("--mutate", "bag-lift", "--stories", str(EXAMPLES)), "has no 'says' and no 'exit' and no 'level'"),
        (("--mutate", "bag-lift", "--stories", "/no/such/place"), "there are no stories in /no/such/place"),
        (("--against", " "), "--against names nothing"),
        (("--against", "HEAD", "--mutate"), "--against goes with no --mutate"),
    ],
)
def test_what_cannot_be_tried_is_a_usage_error(args: tuple[str, ...], message: str) -> None:
    told = run("audit", *args)
    assert (told.code, told.out) == (2, "")
    assert message in told.err
