"""A console without a character, a full disk, a closed stream, a reader that goes away: a stop is never lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runs import EXAMPLES, ROOT, copy_knowledge, healthy_file, program

EMERGENCY, DESK = str(EXAMPLES / "emergency.yaml"), str(EXAMPLES / "desk-worker.yaml")
ACTION = b"THIS NEEDS HELP NOW"
FULL = "error: cannot write: No space left on device\n"
CLOSED = "error: cannot write: standard output is closed\n"
ELSE = "  help: Write to a file, or free some space.\n"


def shell(command: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """A command line for `sh`, in which `assess` is this program."""
    words = command.replace("assess ", f"{sys.executable} -m assess ")
    return subprocess.run(
        ["bash", "-c", words], capture_output=True, check=False, cwd=ROOT, env={**os.environ, **env}, timeout=120
    )


@pytest.mark.parametrize("encoding", ["latin-1", "cp850", "ascii", "utf-8"])
@pytest.mark.parametrize("fmt", ["text", "md", "json"])
def test_a_console_that_lacks_a_character_still_shows_an_emergency(encoding: str, fmt: str) -> None:
    """“?” in the place of what it lacks; never an internal error in the place of the action."""
    told = program("plan", EMERGENCY, "--format", fmt, PYTHONIOENCODING=encoding)
    assert (told.returncode, told.stderr) == (10, b"")
    whole = program("plan", EMERGENCY, "--format", fmt, PYTHONIOENCODING="utf-8").stdout.decode()
    assert told.stdout == whole.encode(encoding, "replace")


@pytest.mark.parametrize("encoding", ["latin-1", "cp850", "ascii"])
def test_the_interview_asks_and_stops_on_any_console(encoding: str, tmp_path: Path) -> None:
    file = healthy_file(tmp_path, {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"})
    told = program("--plain", "--save", str(file), PYTHONIOENCODING=encoding)
    assert told.returncode == 10
    assert ACTION in told.stdout
    assert b"internal error" not in told.stderr
    fresh = program("--plain", "--save", str(tmp_path / "new.yaml"), stdin=b"\xff\n", PYTHONIOENCODING=encoding)
    assert (fresh.returncode, b"internal error" in fresh.stderr) == (4, False)


def test_what_somebody_types_in_another_encoding_is_no_internal_error(tmp_path: Path) -> None:
    told = program("--plain", "--save", str(tmp_path / "new.yaml"), stdin=b"\xe9\n", PYTHONIOENCODING="utf-8")
    assert told.returncode == 4
    assert b"Please type the date like" in told.stderr


@pytest.mark.parametrize(
    ("where", "command", "said"),
    [
        (">/dev/full", f"assess plan {DESK}", FULL + ELSE),
        (">/dev/full", f"assess export {DESK} --format json", FULL + ELSE),
        (">/dev/full", "assess show exercise", FULL + ELSE),
        (">/dev/full", f"assess explain bridge --answers {DESK}", FULL + ELSE),
        (">/dev/full", "assess audit", FULL + ELSE),
        (">/dev/full", "assess --help", FULL + ELSE),
        (">&-", f"assess plan {DESK}", CLOSED + ELSE),
        (">&-", "assess show exercise", CLOSED + ELSE),
    ],
)
def test_5_standard_output_cannot_be_written(where: str, command: str, said: str) -> None:
    told = shell(f"{command} {where}")
    assert (told.returncode, told.stdout, told.stderr.decode()) == (5, b"", said)


@pytest.mark.parametrize("where", [">/dev/full", ">&-", "> >(exec <&-; true)"])
@pytest.mark.parametrize(
    "command", [f"plan {EMERGENCY}", f"export {EMERGENCY} --format md", f"explain bridge --answers {EMERGENCY}"]
)
def test_a_stop_that_cannot_be_written_is_said_on_the_error_stream(where: str, command: str) -> None:
    """The exit code is that of the stop: somebody must act, whatever becomes of the stream."""
    told = shell(f"assess {command} {where}")
    assert told.returncode == 10
    assert where.startswith("> >") or ACTION in told.stderr.upper()
    assert b"Traceback" not in told.stderr


def test_a_stop_in_the_interview_does_not_need_standard_output(tmp_path: Path) -> None:
    file = healthy_file(tmp_path, {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"})
    for where in (">/dev/full", ">&-"):
        told = shell(f"assess --plain --save {file} {where} </dev/null")
        assert (told.returncode, ACTION in told.stderr) == (10, True)


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_the_error_stream_is_not_needed_for_a_result(where: str) -> None:
    told = shell(f"assess plan {EMERGENCY} {where}")
    assert (told.returncode, ACTION in told.stdout) == (10, True)
    assert shell(f"assess plan no-such-file {where}").returncode == 3
    assert shell(f"assess plna {where}").returncode == 2


def test_standard_input_that_is_closed_is_one_clear_line() -> None:
    told = shell("assess plan - <&-")
    assert (told.returncode, told.stdout, told.stderr.decode()) == (
        2,
        b"",
        "error: standard input is closed\n"
        f"  help: Name an answers file, or send one: `{sys.executable} -m assess plan - < FILE`\n",
    )
    assert shell("assess --plain --save /dev/null/x <&-").returncode == 5


def test_a_reader_that_goes_away_changes_no_exit_code(tmp_path: Path) -> None:
    """Neither 1, which would mean that the audit found errors, nor a traceback; the code is the command's own."""
    knowledge = copy_knowledge(tmp_path)
    (knowledge / "triage" / "broken.yaml").write_text("- nothing\n", encoding="utf-8")
    for command, code in (
        ("assess show exercise", 0),
        ("assess --help", 0),
        (f"assess plan {DESK}", 0),
        (f"assess plan {EMERGENCY}", 10),
        (f"assess audit --knowledge {knowledge}", 1),
    ):
        told = shell(f"{{ sleep 0.2; {command}; echo $? >&3; }} 3>&2 | true")
        assert told.stderr.splitlines()[-1] == str(code).encode(), command
        assert b"Traceback" not in told.stderr
        assert code == 10 or told.stderr == f"{code}\n".encode(), command
