"""Every exit code of the command line, and what goes with it."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from cli_runs import EXAMPLES, ROOT, copy_knowledge, program, run

from assess.inference.session import Session
from assess.model.conclusions import Conclusions
from assess.model.conditions import Key

DESK = str(EXAMPLES / "desk-worker.yaml")
EMERGENCY = 'answers: {cauda-equina-signs: "yes", bladder-change: "yes", bladder-since: recent}\n'


def test_a_plan_is_0_and_goes_to_the_output_stream_only() -> None:
    done = run("plan", DESK)
    assert (done.code, done.err) == (0, "")
    assert "Hip-front stretch on one knee, both sides" in done.out


@pytest.mark.parametrize(
    ("example", "code"), [("emergency", 10), ("pregnant", 10), ("three-weeks", 0), ("leg-pain", 0)]
)
def test_triage_that_allows_no_exercise_is_10(example: str, code: int) -> None:
    done = run("plan", str(EXAMPLES / f"{example}.yaml"), "--format", "json")
    assert done.code == code
    assert ('"exercises": []' in done.out) == (code == 10)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("pln", DESK), "Error: there is no command 'pln'. Did you mean 'plan' or 'explain'?"),
        (("plan", DESK, "--format", "jsn"), "error: there is no format 'jsn'\n  help: Did you mean 'json'?"),
        (("show", "hip-front-strech"), "error: nothing is called 'hip-front-strech'\n  help: Did you mean"),
        (("new", "chek", "x"), "error: there is no kind 'chek'\n  help: Did you mean 'check'?"),
        (("explain", "no-such-thing-at-all", "--answers", DESK), "error: nothing is called 'no-such-thing-at-all'"),
        (("plan", DESK, "--on", "tomorrow"), "error: --on 'tomorrow' is no date\n  help: Write 2026-11-24"),
    ],
)  # fmt: skip
def test_usage_is_2_and_says_what_was_probably_meant(args: tuple[str, ...], message: str) -> None:
    done = run(*args)
    assert done.code == 2
    assert message in done.err
    assert done.out == ""


def test_a_missing_or_empty_knowledge_directory_is_3(tmp_path: Path) -> None:
    gone = run("--knowledge", str(tmp_path / "gone"), "plan", DESK)
    assert (gone.code, gone.err.splitlines()[0]) == (3, f"error: there is no directory {tmp_path / 'gone'}")
    empty = run("--knowledge", str(tmp_path), "audit")
    assert (empty.code, empty.err.splitlines()[0]) == (
        3,
        f"error: {tmp_path} holds no knowledge: manifest.yaml is missing",
    )


def test_broken_knowledge_is_3_for_a_plan_and_1_for_the_audit(tmp_path: Path) -> None:
    base = copy_knowledge(tmp_path)
    (base / "relief" / "heat.yaml").write_text("id: heat\ntitle: [\n", encoding="utf-8")
    assert run("--knowledge", str(base), "plan", DESK).code == 3
    audited = run("--knowledge", str(base), "audit")
    assert audited.code == 1
    assert "heat.yaml:3:1: error[not-yaml]" in audited.out


def test_an_emergency_in_a_file_with_mistakes_prints_first_and_is_10() -> None:
    done = run("plan", "-", stdin=EMERGENCY.encode() + b"wrong: 1\n")
    assert done.code == 10
    assert done.both.index("THIS NEEDS HELP NOW") < done.both.index("unknown-key")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("answers: {}\n", "error: needed and not answered: date-of-birth, sex-at-birth"),
        ("answers: {date-of-birth: '1980-01-01', sex-at-birth: male}\n", "error: triage is not finished: "),
    ],
)
def test_a_needed_line_that_is_missing_is_4(text: str, message: str) -> None:
    done = run("plan", "-", stdin=text.encode())
    assert done.code == 4
    assert message in done.err
    assert done.out == ""


def test_a_triage_that_is_too_old_is_4_and_still_plans_on_its_last_day() -> None:
    assert run("plan", DESK, "--on", "2026-11-16").code == 0
    late = run("plan", DESK, "--on", "2026-11-17")
    assert late.code == 4
    assert "error: this assessment is more than 14 days old (valid until 2026-11-16)" in late.err


def test_what_cannot_be_written_is_5_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("kept", encoding="utf-8")
    under = run("export", DESK, "-o", str(file / "plan.md"))
    there = run("export", DESK, "-o", str(file))
    directory = run("export", DESK, "-o", str(tmp_path))
    assert (under.code, there.code, directory.code) == (5, 5, 5)
    assert "is there already" in there.err
    assert "is a directory" in directory.err
    assert {p.name: p.read_text("utf-8") for p in tmp_path.iterdir()} == {"a-file": "kept"}
    assert run("export", DESK, "--yes", "--format", "md", "-o", str(file)).code == 0
    assert file.read_text("utf-8").startswith("**Example, not a real person**")


def disagreeing(self: Session) -> Conclusions:
    """A session that has lost one conclusion."""
    right = ORIGINAL(self)
    key = next(k for k in right.pairs if k.kind == "eligible")
    return Conclusions({**right.pairs, key: (not right.pairs[key][0], right.pairs[key][1])})


ORIGINAL = Session.conclusions


def test_engines_that_disagree_give_no_plan_and_are_70() -> None:
    with mock.patch.object(Session, "conclusions", disagreeing):
        done = run("plan", DESK)
    assert done.code == 70
    assert "error: the two engines disagree on 1 conclusions, first eligible:" in done.err
    assert done.out == ""


def all_clear(self: Session) -> Conclusions:
    """A session that misses every warning sign."""
    levels = {k: (False, True) for k in ORIGINAL(self).pairs if isinstance(k, Key) and k.kind in ("level", "triage")}
    return Conclusions({**ORIGINAL(self).pairs, **levels})


def test_a_stop_that_only_one_engine_sees_is_still_a_stop() -> None:
    with mock.patch.object(Session, "conclusions", all_clear):
        done = run("plan", "-", stdin=EMERGENCY.encode())
    assert done.code == 10
    assert "THIS NEEDS HELP NOW" in done.out


def test_a_fault_is_70_without_a_traceback_and_with_one_under_debug() -> None:
    with mock.patch("assess.cli.commands.plan.render", side_effect=RuntimeError("boom")):
        quiet, loud = run("plan", DESK), run("--debug", "plan", DESK)
    assert (quiet.code, loud.code) == (70, 70)
    assert "internal error: RuntimeError: boom" in quiet.err
    assert "Traceback" not in quiet.err
    assert "Traceback" in loud.err


def test_no_input_is_4_with_the_way_out() -> None:
    done = run("--no-input")
    assert done.code == 4
    assert "assess plan FILE" in done.err


def test_the_program_runs_as_a_module_and_names_its_version() -> None:
    done = program("--version")
    assert (done.returncode, done.stdout) == (0, b"assess, version 0.1.0\n")


def test_the_same_answers_on_the_same_day_give_the_same_bytes() -> None:
    first = program("plan", DESK, "--format", "json", PYTHONHASHSEED="1")
    second = program("plan", DESK, "--format", "json", PYTHONHASHSEED="2")
    assert first.stdout == second.stdout
    assert first.stdout.decode() == (ROOT / "examples" / "desk-worker.plan.json").read_text("utf-8")


def test_explain_says_why_and_why_not() -> None:
    why = run("explain", "hip-front-stretch", "--answers", DESK).out
    assert "+ Hip-front stretch on one knee may be given (left)" in why
    assert "+ Leg hang at the edge of the bed (left) above 0° (you: 5)" in why
    assert "In the plan: Your check found: the front of the hip is a bit tight (both)." in why
    why_not = run("explain", "hamstring-stretch-strap", "--answers", DESK).out
    assert "- Back-of-thigh stretch" in why_not
    assert "(you: 15)" in why_not
