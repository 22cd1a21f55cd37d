"""`--on`, examples and staleness: which day a plan is made for, and from how old a triage."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from cli_runs import EXAMPLES, Run, healthy_file, run
from conftest import AT

from assess.cli.commands.common import parse_on
from assess.inference import session
from assess.model import words
from assess.model.conclusions import Conclusions
from assess.model.conditions import Key

STALE = (
    "error: this assessment is more than 14 days old (valid until 2026-11-16)\n"
    "  help: Run `assess` again; things may have changed.\n"
)
UNFINISHED = (
    "error: this assessment was not finished and is more than a day old\n"
    "  help: Run `assess`: pain and warning signs are asked again first, then it goes on.\n"
)
SADDLE = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}
NAMES = sorted(p.stem for p in EXAMPLES.glob("*.yaml"))


def plan(file: Path, on: str, *more: str) -> Run:
    return run("plan", str(file), "--on", on, *more)


@pytest.mark.parametrize(
    ("on", "code", "said"),
    [
        ("2026-11-02", 0, ""),
        ("2026-11-02T09:00:00+00:00", 0, ""),
        ("2026-11-16", 0, ""),
        ("2026-11-17", 4, STALE),
        ("2027-11-02", 4, STALE),
    ],
)
def test_a_triage_is_good_for_fourteen_days(on: str, code: int, said: str, tmp_path: Path) -> None:
    """The fifteenth day later is too late: exit code 4, and no plan."""
    told = plan(healthy_file(tmp_path), on)
    assert (told.code, told.err, bool(told.out)) == (code, said, code == 0)


@pytest.mark.parametrize(
    ("on", "code", "said"),
    [("2026-11-03T08:59:00+00:00", 0, ""), ("2026-11-03T09:01:00+00:00", 4, UNFINISHED)],
)
def test_an_unfinished_assessment_is_good_for_a_day(on: str, code: int, said: str, tmp_path: Path) -> None:
    told = plan(healthy_file(tmp_path, complete=False), on)
    assert (told.code, told.err) == (code, said)


def test_a_triage_that_was_never_confirmed_gives_no_plan(tmp_path: Path) -> None:
    assert plan(healthy_file(tmp_path, at=None), "2026-11-03")[:3] == (
        4,
        "",
        "error: triage has not been confirmed: `triaged_at` is missing\n"
        "  help: Run `assess`; after the warning signs it reads your answers back and writes the time.\n",
    )


def test_a_needed_line_that_is_missing_is_named(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("answers:\n  sex-at-birth: female\n", encoding="utf-8")
    assert plan(file, "2026-11-03")[:3] == (
        4,
        "",
        "error: needed and not answered: date-of-birth\n"
        "  help: Run `assess` to be asked, or add the lines to the answers file.\n",
    )


def test_a_warning_sign_that_was_not_answered_is_named(tmp_path: Path) -> None:
    file = healthy_file(tmp_path)
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("  chest-signs:")]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = plan(file, "2026-11-03")
    assert told[:2] == (4, "")
    assert told.err.splitlines()[0] == "error: triage is not finished: chest-signs"
    assert told.err.endswith("  help: These lines decide whether exercise is safe. Run `assess` to be asked.\n")


@pytest.mark.parametrize("on", ["2026-11-03", "2026-11-17", "2028-01-01"])
def test_an_emergency_is_never_too_old_and_never_incomplete(on: str, tmp_path: Path) -> None:
    """10 outranks 4; what was not answered is listed after the action."""
    file = tmp_path / "answers.yaml"
    file.write_text("answers:\n" + "".join(f"  {k}: {v}\n" for k, v in SADDLE.items()), encoding="utf-8")
    told = plan(file, on)
    assert (told.code, told.out.splitlines()[0]) == (10, "THIS NEEDS HELP NOW")
    assert told.err.startswith("note: not answered, and to be asked where you go: ")
    assert told.both.index("THIS NEEDS HELP NOW") < told.both.index("note: ")


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_read_on_its_own_day_and_says_that_it_is_one(name: str) -> None:
    """However long ago it was written; in every format."""
    for fmt in ("text", "md"):
        told = run("plan", str(EXAMPLES / f"{name}.yaml"), "--format", fmt)
        assert told.code in (0, 10)
        assert told.out.splitlines()[0].strip("!* ") == "Example, not a real person"
    data = json.loads(run("plan", str(EXAMPLES / f"{name}.yaml"), "--format", "json").out)
    assert data["example"] is True


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("emergency", "pregnant")])
def test_an_example_grows_stale_on_a_day_that_is_named(name: str) -> None:
    assert plan(EXAMPLES / f"{name}.yaml", "2027-06-01").code == 4


def test_a_date_means_its_end_and_a_moment_itself() -> None:
    local = datetime(2026, 11, 24, 23, 59, 59).astimezone()
    assert parse_on("2026-11-24") == local
    assert parse_on("2026-11-24T09:30") == datetime(2026, 11, 24, 9, 30).astimezone()
    east = timezone(timedelta(hours=5, minutes=30))
    assert parse_on("2026-11-24T09:30:00+05:30") == datetime(2026, 11, 24, 9, 30, tzinfo=east)
    assert parse_on("2026-11-24T04:00:00Z") == datetime(2026, 11, 24, 4, tzinfo=UTC)
    assert parse_on(None) is None


def test_on_decides_only_whether_it_is_too_old(tmp_path: Path) -> None:
    """Ages are those of the day of triage: a birthday in between changes nothing."""
    file = healthy_file(tmp_path, {"date-of-birth": "1961-11-05"})
    assert plan(file, "2026-11-03").out == plan(file, "2026-11-10").out


def test_answers_to_another_knowledge_are_planned_with_a_notice_after_the_plan(tmp_path: Path) -> None:
    file = healthy_file(tmp_path)
    same = plan(file, "2026-11-03")
    text = file.read_text("utf-8")
    stamp = text.split('sha256: "')[1][:64]
    file.write_text(text.replace(stamp, "0" * 64), encoding="utf-8")
    told = plan(file, "2026-11-03")
    note = "note: these answers were given to another version of the knowledge; new lines count as open.\n"
    assert (same.code, same.err, told.code, told.err) == (0, "", 0, note)
    assert told.out == same.out
    assert told.both.endswith(note)


@pytest.mark.parametrize("command", [("plan",), ("export",), ("explain", "--answers")])
@pytest.mark.parametrize("on", ["2026-11-01", "2026-11-02T08:59:59+00:00"])
def test_no_plan_is_made_for_a_day_before_the_triage(command: tuple[str, ...], on: str, tmp_path: Path) -> None:
    told = run(*command, str(healthy_file(tmp_path)), "--on", on)
    assert told[:2] == (2, "")
    assert re.fullmatch(
        r"error: --on 2026-11-0\S+ lies before the triage of 2026-11-02T09:00:00\+00:00\n"
        r"  help: Name the day of the triage or a later one, or leave --on out\.\n",
        told.err,
    )


def test_an_emergency_is_said_whatever_the_day_that_is_named(tmp_path: Path) -> None:
    told = plan(healthy_file(tmp_path, SADDLE), "2020-01-01")
    assert (told.code, told.out.splitlines()[0]) == (10, "THIS NEEDS HELP NOW")
    assert "error: --on 2020-01-01T23:59:59" in told.err


def test_explain_passes_the_same_gate_as_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too old, not finished, clinician-first, engines that differ: its exit code and its words."""

    def explained(file: Path, on: str) -> tuple[Run, Run]:
        return run("explain", "bridge", "--answers", str(file), "--on", on), plan(file, on)

    file = healthy_file(tmp_path)
    told, planned = explained(file, "2026-11-17")
    assert (told[:3], told.err) == (planned[:3], STALE)
    assert explained(file, "2026-11-03")[0].code == 0
    real = session.Session.conclusions
    bridge = Key(words.FINDING, "bridge-low")
    with monkeypatch.context() as patch:
        patch.setattr(session.Session, "conclusions", lambda s: Conclusions({**real(s).pairs, bridge: (True, False)}))
        told, planned = explained(file, "2026-11-03")
        assert told[:3] == planned[:3]
        assert told.code == 70
    told, planned = explained(healthy_file(tmp_path, complete=False), "2026-11-04")
    assert (told[:3], told.err) == (planned[:3], UNFINISHED)
    pregnant = {"sex-at-birth": "female", "pregnant": "yes", "pregnancy-weeks": 10}
    told, planned = explained(healthy_file(tmp_path, pregnant), "2026-11-03")
    assert (told.code, planned.code, told.err) == (10, 10, "")
    assert told.out.startswith("- ")


def test_the_moment_of_the_stories_is_in_the_past() -> None:
    """Otherwise the tests above would be read as triage in the future."""
    assert datetime.now(UTC) > AT
