"""One exit code for each way of ending, one clear message for each mistake, and no traceback unless asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_runs import EXAMPLES, copy_knowledge, healthy_file, program, run

from assess.cli.commands import run as run_command
from assess.export import formats

DESK = str(EXAMPLES / "desk-worker.yaml")
USAGE = "Usage: assess [OPTIONS] [COMMAND] [ARGS]...\nTry 'assess --help' for help.\n\nError: "
PLAN_USAGE = "Usage: assess plan [OPTIONS] [ANSWERS]\nTry 'assess plan --help' for help.\n\nError: "


@pytest.mark.parametrize("args", [("--help",), ("-h",), ("plan", "--help"), ("--version",), ("show", "bridge")])
def test_0_done(args: tuple[str, ...]) -> None:
    told = run(*args)
    assert (told.code, told.err) == (0, "")
    assert told.out


def test_0_a_plan_of_a_person_without_trouble(tmp_path: Path) -> None:
    told = run("plan", str(healthy_file(tmp_path)), "--on", "2026-11-03")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("YOU CAN START\n")


def test_1_the_audit_found_errors(tmp_path: Path) -> None:
    """In text and in JSON; a file that is broken is a finding, not a failure of the audit."""
    knowledge = copy_knowledge(tmp_path)
    file = knowledge / "triage" / "broken.yaml"
    file.write_text("- nothing\n", encoding="utf-8")
    told = run("audit", "--knowledge", str(knowledge))
    problem, message = f"{file}:1:1: error[wrong-type] ", "expected a mapping, found a list"
    assert (told.code, told.err) == (1, "")
    assert re.fullmatch(
        re.escape(f"{problem}{message}\n  |\n1 | - nothing\n  | ^\n")
        + r"not looked at: [a-z, -]*rule-cycle[a-z, -]* \(it needs knowledge that the program can run on\)\n"
        + r"not looked at: [a-z, -]*impossible-case[a-z, -]* "
        + r"\(it needs files of the right shape whose references all hold\)\n"
        + r"1 error in \d+ files; \d+ audit rules beside shape and links\.\n",
        told.out,
    )
    as_json = run("--knowledge", str(knowledge), "audit", "--format", "json")
    assert (as_json.code, as_json.err) == (1, "")
    place = {"file": str(file), "line": 1, "column": 1}
    found = {"rule": "wrong-type", "severity": "error", "place": place, "message": message, "hint": ""}
    assert json.loads(as_json.out)["findings"] == [{**found, "related": [], "example": []}]


def test_0_our_own_knowledge_has_no_problem() -> None:
    told = run("audit")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[-1].startswith("2 accepted in ")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("plna",), USAGE + "there is no command 'plna'. Did you mean 'plan'?\n"),
        (("zzz",), USAGE + "there is no command 'zzz'.\n"),
        (("plan", "a", "b"), PLAN_USAGE + "Got unexpected extra argument (b)\n"),
        (("plan", DESK, "--format", "jsn"), "error: there is no format 'jsn'\n  help: Did you mean 'json'?\n"),
        (
            ("plan", DESK, "--format", "docx"),
            "error: there is no format 'docx'\n  help: Formats: text, md, json, html, pdf, wall, checks, flare.\n",
        ),
        (
            ("plan", DESK, "--format", "wall"),
            "error: wall goes to a file\n  help: assess export --format wall -o wall.pdf\n",
        ),
        (
            ("export", DESK, "--format", "all"),
            "error: all goes to a file\n  help: assess export --format all -o plan\n",
        ),
        (
            ("export", "no-such-file", "--format", "mdd"),
            "error: there is no format 'mdd'\n  help: Did you mean 'md'?\n",
        ),
        (
            ("plan", DESK, "--on", "tomorrow"),
            "error: --on 'tomorrow' is no date\n  help: Write 2026-11-24, or 2026-11-24T09:30.\n",
        ),
        (
            ("plan", DESK, "--on", "2026-02-30"),
            "error: --on '2026-02-30' is no date\n  help: Write 2026-11-24, or 2026-11-24T09:30.\n",
        ),
        (
            ("plan", DESK, "--on", "0001-01-01"),
            "error: --on '0001-01-01' is no date\n  help: Write 2026-11-24, or 2026-11-24T09:30.\n",
        ),
        (("show", "brigde"), "error: nothing is called 'brigde'\n  help: Did you mean 'bridge' or 'triage'?\n"),
        (("show", "zzzz"), "error: nothing is called 'zzzz'\n  help: `assess show exercise` lists exercises.\n"),
        (
            ("explain", "brigde", "--answers", DESK),
            "error: nothing is called 'brigde'\n  help: Did you mean 'bridge' or 'bridge-low'?\n",
        ),
        (
            ("agreed", "pregnancie", "--by", "a midwife", "--about", "walking"),
            "error: 'pregnancie' cannot be cleared\n  help: Did you mean 'pregnancy'?\n",
        ),
        (
            ("agreed", "under-16", "--by", "a doctor", "--about", "walking"),
            "error: 'under-16' cannot be cleared\n"
            "  help: Only reasons of level clinician-first can be cleared; bars stay.\n",
        ),
    ],
)
def test_2_usage(args: tuple[str, ...], said: str) -> None:
    assert run(*args)[:3] == (2, "", said)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ("plan", "no-such-file.yaml"),
            "error: cannot read no-such-file.yaml: No such file or directory\n"
            "  help: examples/ has answers files to try.\n",
        ),
        *(
            (
                args,
                "error: there is no saved assessment\n  help: Run `assess` first, or name an answers file.\n",
            )
            for args in (("plan",), ("export",), ("explain",))
        ),
        (
            ("plan", str(EXAMPLES)),
            f"error: cannot read {EXAMPLES}: Is a directory\n  help: examples/ has answers files to try.\n",
        ),
        (
            ("--knowledge", "/no/such/place", "plan", DESK),
            "error: there is no directory /no/such/place\n  help: Name a directory that holds manifest.yaml.\n",
        ),
        (
            ("audit", "--knowledge", "/no/such/place"),
            "error: there is no directory /no/such/place\n  help: Name a directory that holds manifest.yaml.\n",
        ),
        (
            ("show", "bridge", "--knowledge", str(EXAMPLES)),
            f"error: {EXAMPLES} holds no knowledge: manifest.yaml is missing\n"
            "  help: Copy this project's knowledge/ and change it; directories are never merged.\n",
        ),
        (
            ("--knowledge", DESK, "show", "bridge"),
            f"error: there is no directory {DESK}\n  help: Name a directory that holds manifest.yaml.\n",
        ),
    ],
)
def test_3_knowledge_or_answers_invalid(args: tuple[str, ...], said: str) -> None:
    assert run(*args)[:3] == (3, "", said)


def test_3_broken_knowledge_gives_no_plan_and_names_its_problems(tmp_path: Path) -> None:
    knowledge = copy_knowledge(tmp_path)
    file = knowledge / "modifiers" / "broken.yaml"
    file.write_text("- nothing\n", encoding="utf-8")
    told = run("plan", DESK, "--knowledge", str(knowledge))
    assert told[:3] == (
        3,
        "",
        f"{file}:1:1: error[wrong-type] expected a mapping, found a list\n  |\n1 | - nothing\n  | ^\n"
        "error: the knowledge has 1 problem\n"
        "  help: Run `assess audit` to see them all; every line above names file, line and column.\n",
    )


def test_4_an_answer_is_missing_without_input() -> None:
    told = run("--no-input")
    assert told[:3] == (
        4,
        "",
        "error: `assess` asks questions, and --no-input forbids it\n"
        "  help: Give an answers file: `assess plan FILE` (examples/ has some).\n",
    )
    assert run("run", "--no-input") == told


@pytest.mark.parametrize("code", [0, 4, 10, 130])
@pytest.mark.parametrize("args", [(), ("run",), ("--plain",)])
def test_assess_alone_ends_with_the_code_of_the_interview(
    args: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An emergency or an interruption in `assess` without a command reaches the shell as in `assess run`."""
    monkeypatch.setattr(run_command, "run", lambda *_, **__: code)
    assert run(*args).code == code


def test_10_no_exercise_plan() -> None:
    for name, first in (("emergency", "THIS NEEDS HELP NOW"), ("pregnant", "TALK TO A CLINICIAN BEFORE YOU EXERCISE")):
        told = run("plan", str(EXAMPLES / f"{name}.yaml"))
        assert told.code == 10
        assert told.out.splitlines()[:3] == ["!! Example, not a real person", "", first]


def test_70_an_internal_error_is_said_in_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise ZeroDivisionError("by chance")

    monkeypatch.setattr(formats, "import_module", fail)
    told = run("plan", DESK)
    assert told[:2] == (70, "")
    assert told.err == (
        "internal error: ZeroDivisionError: by chance\n"
        "  help: This is a fault of the program. Run it again with --debug and report what it prints.\n"
    )
    traced = run("plan", DESK, "--debug")
    assert traced.code == 70
    assert traced.err.startswith("Traceback (most recent call last):\n")
    assert traced.err.endswith(told.err)


@pytest.mark.parametrize("where", ["before", "behind"])
def test_a_traceback_is_printed_only_with_debug_and_the_exit_code_stays(where: str) -> None:
    plain = run("plan", "no-such-file.yaml")
    args = ("--debug", "plan", "no-such-file.yaml") if where == "before" else ("plan", "no-such-file.yaml", "--debug")
    traced = run(*args)
    assert "Traceback" not in plain.both
    assert (plain.code, traced.code, traced.out) == (3, 3, "")
    assert traced.err.startswith("Traceback (most recent call last):\n")
    assert traced.err.endswith(plain.err)


def test_the_codes_reach_the_shell(tmp_path: Path) -> None:
    """As a program of its own: `python -m assess`, both streams as bytes."""
    ended = program("plan", "no-such-file.yaml", cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (3, b"")
    assert ended.stderr.startswith(b"error: cannot read no-such-file.yaml")
    ended = program("plan", str(EXAMPLES / "emergency.yaml"), cwd=tmp_path)
    assert ended.returncode == 10
    assert ended.stdout.startswith(b"!! Example, not a real person\n\nTHIS NEEDS HELP NOW\n")
