"""A command that is printed works when it is pasted: it begins as the program was started, and is one line."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from cli_runs import ROOT, healthy_file, run

from assess.cli.main import main
from assess.cli.typed import as_typed, command
from assess.interview import store

PLACE = "a place with blanks"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A home in which `.venv/bin/assess` is installed."""
    script = tmp_path / ".venv" / "bin" / "assess"
    script.parent.mkdir(parents=True)
    script.write_text(f"#!{sys.executable}\nfrom assess.cli.main import main\nmain()\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return tmp_path


def shell(line: str, home: Path, typed: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """One line, pasted into a shell that stands in the home."""
    more = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home / "cache")}
    return subprocess.run(
        ["/bin/sh", "-c", line],
        input=typed,
        capture_output=True,
        text=True,
        cwd=home,
        env={**os.environ, **more, "PYTHONPATH": str(ROOT), **env},
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("how", [".venv/bin/assess", "assess", f"{sys.executable} -m assess"])
@pytest.mark.parametrize("place", ["", f" --save '{PLACE}/mine.yaml'"], ids=["default", "elsewhere"])
def test_how_to_go_on_can_be_pasted(how: str, place: str, installed: Path) -> None:
    path = f"{installed / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    broken_off = shell(f"{how}{place}", installed, "1986-06-01\n", PATH=path)
    said = broken_off.stderr.splitlines()[-1].removeprefix("Go on with: ")
    assert said == f"{how}{place}"
    assert "There is an unfinished assessment" in shell(said, installed, "g\n", PATH=path).stderr


def test_help_names_the_program_as_it_was_started(installed: Path) -> None:
    told = shell(".venv/bin/assess plan", installed)
    assert told.returncode == 3
    assert told.stderr == (
        "error: there is no saved assessment\n  help: Run `.venv/bin/assess` first, or name an answers file.\n"
    )


def test_click_names_the_program_and_not_what_runs_the_tests(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever started this process: pytest by its name, `python -m pytest`, a debugger."""
    with mock.patch.object(sys, "argv", ["/lib/pytest/__main__.py", "plna"]), pytest.raises(SystemExit):
        main()
    assert capsys.readouterr().err.startswith("Usage: assess [OPTIONS] ")


def test_a_long_command_is_one_line_and_its_words_are_quoted() -> None:
    with mock.patch.object(sys, "argv", ["./my tools/assess"]):
        assert command("export", "x" * 200, "a b") == f"'./my tools/assess' export {'x' * 200} 'a b'"
        assert as_typed("Run `assess` or `assess audit`; assess it.") == (
            "Run `'./my tools/assess'` or `'./my tools/assess' audit`; assess it."
        )


@pytest.mark.parametrize("args", [("plan",), ("export",), ("explain",), ("explain", "walking")])
def test_without_a_file_the_saved_assessment_is_read(
    args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    store.default_file().parent.mkdir()
    file = healthy_file(tmp_path)
    named = run(*args, *(("--answers",) if args[0] == "explain" else ()), str(file), "--on", "2026-11-03")
    file.rename(store.default_file())
    assert run(*args, "--on", "2026-11-03") == named
    assert named.code == 0
