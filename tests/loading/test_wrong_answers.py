"""Every way in which an answers file can be wrong: one message word for word, exit code 3, and an emergency first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from wrong_answers import DOUBTFUL, NOTHING, SOMETHING, without_notes

from assess.cli.main import main

BOOK = Path(__file__).with_name("wrong_answers.txt").read_text("utf-8")
SAID = dict(re.findall(r"^== (.*)\n((?:(?!== ).*\n)*)", BOOK, re.MULTILINE))
EMERGENCY = (
    b"  cauda-equina-signs: yes\n  saddle-change: yes\n  saddle-since: recent\n",
    "  cauda-equina-signs: yes",
)
ACTION = "THIS NEEDS HELP NOW"


def plan(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *args: str) -> tuple[int, str, str]:
    """Exit code and streams of `assess plan answers.yaml`."""
    monkeypatch.setattr("sys.argv", ["assess", "plan", "answers.yaml", "--on", "2026-11-03", *args])
    with pytest.raises(SystemExit) as end:
        main()
    out, err = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, out, err


@pytest.mark.parametrize("name", [*NOTHING, *SOMETHING])
def test_a_wrong_file_is_one_clear_error(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exactly the text of `wrong_answers.txt` on the error stream; exit code 3 and no output, or the action and 10."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.yaml").write_bytes({**NOTHING, **SOMETHING}[name])
    code, out, err = plan(capsys, monkeypatch)
    assert without_notes(err) == SAID[name]
    assert (code, out.partition("\n")[0]) == ((10, ACTION) if name in DOUBTFUL else (3, ""))
    assert (err != SAID[name]) == (name in DOUBTFUL)
    assert [p.name for p in tmp_path.iterdir()] == ["answers.yaml"]


def test_the_book_of_messages_has_no_other_entry() -> None:
    assert list(SAID) == [*NOTHING, *SOMETHING]


READABLE = [name for name, raw in SOMETHING.items() if raw.rstrip().split(b"\n")[-1].startswith(b"  ")]


@pytest.mark.parametrize("name", READABLE)
def test_an_emergency_in_a_wrong_file_comes_first(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The action is printed, the mistake after it, and the exit code is that of the emergency."""
    monkeypatch.chdir(tmp_path)
    lines = EMERGENCY[0].replace(b"\n", b"\r\n") if b"\r\n" in SOMETHING[name] else EMERGENCY[0]
    (tmp_path / "answers.yaml").write_bytes(SOMETHING[name] + lines)
    code, out, err = plan(capsys, monkeypatch)
    assert (code, out.splitlines()[0]) == (10, ACTION)
    assert "cauda equina" in out
    assert err.startswith(SAID[name])
    assert err.count("note: not answered, and to be asked where you go: ") == 1


def test_most_kinds_of_mistakes_are_tried_beside_an_emergency() -> None:
    assert len(READABLE) > 50


def test_the_action_reaches_a_terminal_before_the_mistakes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both streams in one place, as a terminal shows them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.yaml").write_bytes(SOMETHING["an unknown id"] + EMERGENCY[0])
    monkeypatch.setattr("sys.argv", ["assess", "plan", "answers.yaml"])
    import sys

    monkeypatch.setattr(sys, "stderr", sys.stdout)
    with pytest.raises(SystemExit):
        main()
    shown = capfd.readouterr().out
    assert 0 <= shown.index(ACTION) < shown.index("injurie") < shown.index("note: not answered")


@pytest.mark.parametrize("name", list(NOTHING))
def test_nothing_is_guessed_from_a_file_that_cannot_be_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From standard input it is the same error under another name."""
    monkeypatch.chdir(tmp_path)

    class Stdin:
        class buffer:  # noqa: N801
            @staticmethod
            def read(size: int) -> bytes:
                return NOTHING[name][:size]

    monkeypatch.setattr("sys.stdin", Stdin)
    monkeypatch.setattr("sys.argv", ["assess", "plan", "-", "--on", "2026-11-03"])
    with pytest.raises(SystemExit) as end:
        main()
    out, err = capsys.readouterr()
    assert (end.value.code, out, err) == (3, "", SAID[name].replace("answers.yaml", "(standard input)"))


def emergency(*lines: bytes, top: bytes = b"") -> bytes:
    return top + b"answers:\n" + b"".join(b"  " + line + b"\n" for line in lines)


SIGNS = (b"cauda-equina-signs: yes", b"saddle-change: yes", b"saddle-since: recent")
JSON = b'"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"'
ESC = b'"main-goal": "\\ud83d\\ude00"'
"""An escape that YAML has not, so that JSON is read as JSON."""


@pytest.mark.parametrize(
    ("raw", "on"),
    [
        (b'{"answers": {' + ESC + b', "pain-now": ' + b"9" * 400 + b", " + JSON + b"}}", "2026-11-03"),
        (
            b'{"answers": {"main-goal": "\\ud83d\\ude00", "pain-now": ' + b"9" * 5000 + b", " + JSON + b"}}",
            "2026-11-03",
        ),
        (emergency(*SIGNS, b'date-of-birth: "1960-01-01"'), "9999-12-31"),
        (emergency(*SIGNS, b"pain-now: 3", b"pain-now: 4"), "2026-11-03"),
        (emergency(*SIGNS, b"injury: no", b"injury: no"), "2026-11-03"),
        (emergency(*SIGNS, SIGNS[1]), "2026-11-03"),
        (emergency(*SIGNS, b"saddle-change: no"), "2026-11-03"),
        (emergency(*SIGNS) + b"answers: {}\n", "2026-11-03"),
        (b"answers: {}\n" + emergency(*SIGNS), "2026-11-03"),
        (emergency(*SIGNS) + b"answers: 5\n", "2026-11-03"),
        (emergency(*SIGNS, top=b"complete: true\ncomplete: false\n"), "2026-11-03"),
        (b'{"answers": {' + JSON + b', "saddle-change": "no"' + b", " + ESC + b"}}", "2026-11-03"),
        (
            b'{"answers": {' + JSON + b'}, "answers": {' + ESC + b', "saddle-change": "no"}}',
            "2026-11-03",
        ),
        (emergency(b"cauda-equina-signs: Yes"), "2026-11-03"),
        (emergency(b"cauda-equina-signs: y"), "2026-11-03"),
        (emergency(b"cauda-equina-signs: true"), "2026-11-03"),
        (b"answers: 5\n" + emergency(*SIGNS), "2026-11-03"),
        (emergency(b"cauda-equina-signs: yes", b"saddle-change: yess", SIGNS[2]), "2026-11-03"),
        (emergency(*SIGNS[:2], b"saddle-since: Recent"), "2026-11-03"),
        (emergency(*SIGNS[:2], b"saddle-since: newly"), "2026-11-03"),
    ],
)
def test_one_damaged_value_never_costs_an_emergency(
    raw: bytes, on: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.yaml").write_bytes(raw)
    code, out, err = plan(capsys, monkeypatch, "--on", on)
    assert (code, out.partition("\n")[0]) == (10, ACTION)
    assert "internal error" not in err


def test_a_plan_on_the_last_day_of_the_calendar_is_too_late_and_no_internal_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.yaml").write_bytes(emergency(b'date-of-birth: "1960-01-01"'))
    assert plan(capsys, monkeypatch, "--on", "9999-12-31")[:2] == (4, "")


def test_a_no_in_capitals_is_a_mistake_and_no_alarm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.yaml").write_bytes(emergency(b"cauda-equina-signs: NO", b"injury:"))
    assert plan(capsys, monkeypatch)[:2] == (3, "")
