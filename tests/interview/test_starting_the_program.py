"""How the program is started: which front end, where the answers are kept, and when it does not start at all."""

from __future__ import annotations

import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pexpect
import pytest
from pseudo_terminal import Terminal, answers_in, environment, file_of

from assess.errors import CannotWrite
from assess.interview.store import Store
from assess.model.knowledge import KnowledgeBase

QUESTION = "What is your date of birth?"
PLAIN = "[like 1986-04-23, ? = keys] >"
RING = "If one of these is true now, stop here and ring your emergency number:"


def start(home: Path, *args: str, typed: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """`assess` with its input from a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "assess", *args],
        input=typed,
        capture_output=True,
        text=True,
        env=environment(home, **env),
        timeout=120,
        check=False,
    )


def test_from_a_pipe_it_asks_in_plain_lines_saves_and_ends_with_4(tmp_path: Path) -> None:
    """The end of the input is no answer."""
    done = start(tmp_path, typed="1986-06-01\n2\n\n")
    assert done.returncode == 4
    assert done.stdout == ""
    assert f"\n{QUESTION}\n" in done.stderr
    assert "An empty line is no answer. Press ? for the keys." in done.stderr
    go_on = f"Go on with: {sys.executable} -m assess\n"
    assert f"The input ended. Your answers are saved in {file_of(tmp_path)}\n{go_on}" in done.stderr
    assert answers_in(tmp_path) == {"date-of-birth": "1986-06-01", "sex-at-birth": "male"}


def test_without_any_input_nothing_is_kept(tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m assess <&-"],
        capture_output=True,
        text=True,
        env=environment(tmp_path),
        timeout=120,
        check=False,
    )
    assert done.returncode == 4
    assert done.stderr.endswith("The input ended. Nothing was answered yet, and nothing is saved.\n")
    assert not file_of(tmp_path).exists()


@pytest.mark.parametrize(
    ("args", "env"),
    [(["--plain"], {}), ([], {"ACCESSIBLE": "1"}), ([], {"TERM": "dumb"}), (["run", "--plain"], {})],
    ids=["--plain", "ACCESSIBLE", "TERM=dumb", "run --plain"],
)
def test_plain_lines_on_request_and_in_a_dumb_terminal(
    args: list[str], env: dict[str, str], knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    terminal = Terminal(knowledge, tmp_path, *args, **env)
    terminal.child.expect_exact(PLAIN)
    assert "\x1b" not in terminal.child.before
    assert QUESTION in terminal.child.before
    terminal.send("\x03")
    assert terminal.code() == 130


def test_a_terminal_gets_the_keys(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    terminal = Terminal(knowledge, tmp_path)
    assert (terminal.prompt() or "").endswith("> [Enter = begin]")
    terminal.send("\r")
    assert (terminal.prompt() or "").endswith(f"{QUESTION} Year, month and day, for example 1986-04-23. > {PLAIN[:-2]}")
    terminal.send("\x03")
    assert terminal.code() == 130


@pytest.mark.parametrize("args", [[], ["--plain"]], ids=["keys", "plain"])
def test_first_of_all_stands_when_to_ring_and_a_small_screen_holds_it(
    args: list[str], knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    """Before the first question; a plain front end goes on without a stop."""
    terminal = Terminal(knowledge, tmp_path, *args)
    terminal.child.expect_exact(QUESTION if args else "begin")
    shown = terminal.child.before.splitlines()
    assert RING in shown
    assert [s for s in knowledge.program["before_start"]["signs"] if f" - {s}" not in shown] == []
    assert "The emergency number: 999 (UK), 112 (Europe), 911 (US)." in shown
    assert "stop here" not in "".join(shown[shown.index(RING) + 1 :])
    assert len(shown) <= 24
    terminal.send("\x03")
    assert terminal.code() == 130


def test_where_the_prompts_would_not_be_seen_in_a_terminal_they_are_plain(tmp_path: Path) -> None:
    """The error stream in a file: no escape sequences land there."""
    log = tmp_path / "log.txt"
    quoted = f"exec {sys.executable} -m assess 2> {log}"
    child = pexpect.spawn("/bin/sh", ["-c", quoted], env=environment(tmp_path), timeout=60, encoding="utf-8")
    child.sendline("1986-06-01")
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 4
    assert "\x1b" not in log.read_text("utf-8")
    assert PLAIN in log.read_text("utf-8")


def test_no_input_asks_nothing_and_ends_with_4(tmp_path: Path) -> None:
    done = start(tmp_path, "--no-input", typed="1986-06-01\n")
    assert done.returncode == 4
    assert done.stderr == (
        f"error: `{sys.executable} -m assess` asks questions, and --no-input forbids it\n"
        f"  help: Give an answers file: `{sys.executable} -m assess plan FILE` (examples/ has some).\n"
    )
    assert not file_of(tmp_path).parent.exists()


@pytest.mark.parametrize("args", [["--save"], ["run", "--save"]], ids=["--save", "run --save"])
def test_save_keeps_the_answers_elsewhere_and_says_so(args: list[str], tmp_path: Path) -> None:
    mine = tmp_path / "new folder" / "mine.yaml"
    done = start(tmp_path, *args, str(mine), typed="1986-06-01\n")
    assert done.returncode == 4
    go_on = f"Go on with: {sys.executable} -m assess --save '{mine}'\n"
    assert done.stderr.endswith(f"Your answers are saved in {mine}\n{go_on}")
    assert stat.S_IMODE(mine.stat().st_mode) == 0o600
    assert stat.S_IMODE(mine.parent.stat().st_mode) == 0o700
    assert not file_of(tmp_path).parent.exists()


def test_a_directory_that_cannot_be_made_is_5_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    done = start(tmp_path, typed="1986-06-01\n")
    assert done.returncode == 5
    assert done.stderr == (
        f"error: cannot make {tmp_path / 'data' / 'assess'}: Not a directory\n"
        "  help: Save elsewhere with --save FILE.\n"
    )


def test_a_directory_in_the_place_of_the_file_is_5_before_the_first_question(tmp_path: Path) -> None:
    done = start(tmp_path, "--save", str(tmp_path), typed="1986-06-01\n")
    assert done.returncode == 5
    assert done.stderr == f"error: {tmp_path} is no file\n  help: Save elsewhere with --save FILE.\n"


def test_a_directory_that_may_not_be_written_is_5_before_the_first_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knowledge: KnowledgeBase
) -> None:
    """Refused by a stand-in, because who runs the tests may be allowed everything."""

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    with pytest.raises(CannotWrite, match=f"cannot write in {tmp_path}: Permission denied") as error:
        Store(knowledge, tmp_path / "mine.yaml").prepare()
    assert error.value.hint == "Save elsewhere with --save FILE."


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="there is no place that allows and then cannot")
def test_a_place_that_seems_to_allow_it_and_cannot_is_5_before_a_word_is_said(tmp_path: Path) -> None:
    done = start(tmp_path, "--save", "/proc/a.yaml", typed="1986-06-01\n")
    assert done.returncode == 5
    assert done.stderr == (
        "error: cannot write in /proc: No such file or directory\n  help: Save elsewhere with --save FILE.\n"
    )


def test_trying_the_place_leaves_nothing_there(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    Store(knowledge, tmp_path / "mine.yaml").prepare()
    assert list(tmp_path.iterdir()) == []
