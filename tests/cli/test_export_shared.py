"""What is handed on: what it holds is said before it is written, nothing is written otherwise, a stop comes first."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import icalendar
import pexpect
import pytest
from cli_runs import EXAMPLES, ROOT, healthy_file, program, run
from conftest import AT

from assess.export import shared
from assess.loading.load import load
from assess.model import form

ON = ("--on", "2026-11-03")
SADDLE = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}
CALENDAR = (
    "This calendar is made to be handed on. In it:\n"
    " - When you exercise, and the names of your exercises with how often and how long.\n"
    " - When to stop, and on which day you answer the questions again.\n"
    " - None of your answers, and nothing of what the checks found.\n"
)
NOBODY = "error: nobody is here to be asked whether to hand this on\n  help: Add --yes if you want that.\n"
UNNAMED = (
    "note: these answers have no name, so the calendar of changed answers will stand beside this one. To have it take "
    "its place, add this line to the answers file: id: "
)


def events(made: str | bytes) -> dict[str, list[str]]:
    """Days and times of each series by its title."""
    found = icalendar.Calendar.from_ical(made).walk("vevent")
    return {
        str(e["summary"]): [str(e["dtstart"].dt), *map(str, e["rrule"]["byday"] if "rrule" in e else [])] for e in found
    }


@pytest.mark.parametrize("fmt", [*shared.FORMATS, "all"])
def test_nothing_is_written_where_nobody_can_say_yes(fmt: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    told = run("export", str(healthy_file(tmp_path)), *ON, "--format", fmt, "-o", str(target))
    assert (told.code, told.out) == (2, "")
    assert told.err.endswith(NOBODY)
    assert "is made to be handed on. In it:\n - " in told.err
    assert not target.exists()
    assert run("--no-input", "export", str(healthy_file(tmp_path)), *ON, "--format", fmt, "-o", str(target)).code == 2


def test_what_it_holds_is_said_and_then_it_is_written(tmp_path: Path) -> None:
    target = tmp_path / "plan.ics"
    told = run("export", str(healthy_file(tmp_path)), *ON, "--format", "ics", "-o", str(target), "--yes")
    assert (told.code, told.out) == (0, "")
    assert told.err.startswith(CALENDAR)
    assert f"written: {target}\n" in told.err
    assert events(target.read_bytes())["Walking"] == ["2026-11-03", "MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@pytest.mark.parametrize(("typed", "there"), [("y", True), ("n", False), ("", False)])
def test_on_a_terminal_it_asks(typed: str, there: bool, tmp_path: Path) -> None:
    target = tmp_path / "plan.ics"
    answers = str(healthy_file(tmp_path))
    args = ["-m", "assess", "export", answers, *ON, "--format", "ics", "-o", str(target)]
    child = pexpect.spawn(sys.executable, args, cwd=str(ROOT), encoding="utf-8", timeout=60, dimensions=(24, 80))
    child.expect_exact("Write it? [y/N]: ")
    assert CALENDAR.replace("\n", "\r\n") in child.before
    assert not target.exists()
    child.sendline(typed)
    child.expect_exact(f"written: {target}" if there else "nothing was written")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert target.exists() == there


def test_the_persons_own_times_and_days_are_in_every_format(tmp_path: Path) -> None:
    answers, target = str(healthy_file(tmp_path)), tmp_path / "out"
    week = ("--morning", "06:30", "--day", "12:15", "--bedtime", "21:45", "--days", "Tue, sat", "--start", "2026-11-05")
    assert run("export", answers, *ON, "--format", "all", "-o", str(target), *week, "--yes").code == 0
    assert events((target / "plan.ics").read_bytes())["Exercise day (about 4 min)"] == [
        "2026-11-07 12:15:00",
        "TU",
        "SA",
    ]
    plan = json.loads((target / "plan.json").read_text())
    assert plan["schedule"]["exercise_days"] == ["tue", "sat"]
    assert "on Tuesday, Saturday:" in " ".join((target / "plan.txt").read_text().split())
    assert sorted(p.name for p in target.iterdir()) == sorted(
        [
            "checks.pdf",
            "flare.pdf",
            "letter.pdf",
            "letter.txt",
            "plan.fhir.json",
            "plan.html",
            "plan.ics",
            "plan.json",
            "plan.md",
            "plan.pdf",
            "plan.txt",
            "wall.pdf",
        ]
    )


@pytest.mark.parametrize(
    ("given", "said", "hint"),
    [
        (("--morning", "14:00"), "day at 13:00 is not after morning at 14:00", "Put them in order."),
        (("--day", "22:00"), "bedtime at 22:00 is not after day at 22:00", "Put them in order."),
        (
            ("--bedtime", "13:59"),
            "bedtime at 13:59 is only 59 minutes after day at 13:00",
            "Leave at least 60 minutes between them.",
        ),
        (("--morning", "7"), "'7' is no time of the day", "Write hours and minutes, like 07:00."),
        (("--morning", "24:00"), "'24:00' is no time of the day", "Write hours and minutes, like 07:00."),
        (
            ("--days", "mon,tue"),
            "mon and tue follow each other; muscles need a day between",
            "Write 2 to 3 of mon,tue,wed,thu,fri,sat,sun, with a day between, like mon,wed,fri.",
        ),
        (
            ("--days", "mon,wed,sun"),
            "sun and mon follow each other; muscles need a day between",
            "Write 2 to 3 of mon,tue,wed,thu,fri,sat,sun, with a day between, like mon,wed,fri.",
        ),
        (
            ("--days", "monday"),
            "'monday' is no day of the week",
            "Write 2 to 3 of mon,tue,wed,thu,fri,sat,sun, with a day between, like mon,wed,fri.",
        ),
        (
            ("--days", "mon"),
            "1 exercise day a week",
            "Write 2 to 3 of mon,tue,wed,thu,fri,sat,sun, with a day between, like mon,wed,fri.",
        ),
        (
            ("--days", "mon,mon"),
            "a day stands twice",
            "Write 2 to 3 of mon,tue,wed,thu,fri,sat,sun, with a day between, like mon,wed,fri.",
        ),
        (("--start", "soon"), "--start 'soon' is no date", "Write 2026-11-24."),
        (("--start", "2026-11-02"), "--start 2026-11-02 is in the past", "Name a day from 2026-11-03 to 2026-11-16."),
        (
            ("--start", "2026-11-17"),
            "--start 2026-11-17 is after the plan's last day, 2026-11-16",
            "Name a day from 2026-11-03 to 2026-11-16.",
        ),
    ],
)
def test_a_week_that_cannot_be_is_one_error_and_nothing_is_written(
    given: tuple[str, str], said: str, hint: str, tmp_path: Path
) -> None:
    target = tmp_path / "plan.ics"
    told = run("export", str(healthy_file(tmp_path)), *ON, "--format", "ics", "-o", str(target), "--yes", *given)
    assert told[:3] == (2, "", f"error: {said}\n  help: {hint}\n")
    assert not target.exists()


def test_answers_without_a_name_get_one_to_write_down(tmp_path: Path) -> None:
    """With the line that it names the calendar is the same, and later ones keep its names."""
    answers, target = healthy_file(tmp_path), tmp_path / "plan.ics"
    export = ("export", str(answers), *ON, "--format", "ics", "-o", str(target), "--yes")
    told = run(*export)
    assert told.err.startswith(CALENDAR + UNNAMED)
    name = told.err.removeprefix(CALENDAR + UNNAMED).splitlines()[0]
    names = {str(e["uid"]) for e in icalendar.Calendar.from_ical(target.read_bytes()).walk("vevent")}
    answers.write_text(f"id: {name}\n{answers.read_text()}", encoding="utf-8")
    assert run(*export).err == f"{CALENDAR}written: {target}\n"
    assert {str(e["uid"]) for e in icalendar.Calendar.from_ical(target.read_bytes()).walk("vevent")} == names
    answers.write_text(f"id: me\n{answers.read_text().partition(chr(10))[2]}", encoding="utf-8")
    told = run(*export)
    assert (told.code, told.out) == (3, "")
    assert "error[not-an-id]: 'me' is no random name (UUID)" in told.err or "'me' is no random name (UUID)" in told.err


def test_what_stops_comes_before_a_wrong_week(tmp_path: Path) -> None:
    told = run("export", str(healthy_file(tmp_path, SADDLE)), *ON, "--format", "ics", "--morning", "25:00", "--yes")
    assert told.code == 2
    assert told.both.startswith("THIS NEEDS HELP NOW\n")


@pytest.mark.parametrize("fmt", shared.FORMATS)
def test_an_emergency_is_said_first_also_where_nobody_says_yes(fmt: str, tmp_path: Path) -> None:
    answers, target = str(healthy_file(tmp_path, SADDLE)), tmp_path / "out"
    told = run("export", answers, *ON, "--format", fmt, "-o", str(target))
    assert told.both.startswith("THIS NEEDS HELP NOW\n")
    assert told.code == 2
    told = run("export", answers, *ON, "--format", fmt, "-o", str(target), "--yes")
    assert told.both.startswith("THIS NEEDS HELP NOW\n")
    assert told.code == 10
    assert target.exists()


def test_on_the_output_the_format_alone_stands_and_the_action_beside_it(tmp_path: Path) -> None:
    told = run("export", str(healthy_file(tmp_path, SADDLE)), *ON, "--format", "ics", "--yes")
    assert told.code == 10
    assert told.err.startswith("THIS NEEDS HELP NOW\n")
    assert set(events(told.out)) == {"Cancelled: do not exercise. Read what your assessment says"}


def test_old_triage_is_not_planned_from_and_nothing_is_written(tmp_path: Path) -> None:
    answers = str(healthy_file(tmp_path, at=AT - timedelta(days=20)))
    for fmt in (*shared.FORMATS, "all"):
        target = tmp_path / f"out-{fmt}"
        told = run("export", answers, *ON, "--format", fmt, "-o", str(target), "--yes")
        assert (told.code, told.out) == (4, "")
        assert told.err == (
            "error: this assessment is more than 14 days old (valid until 2026-10-27)\n"
            "  help: Run `assess` again; things may have changed.\n"
        )
        assert not target.exists()


def test_the_questionnaire_needs_no_answers_and_takes_none(tmp_path: Path) -> None:
    told = run("export", "--format", "questionnaire")
    assert (told.code, told.err) == (0, "")
    assert json.loads(told.out)["version"] == form.version(load())
    target = tmp_path / "questions.json"
    assert run("export", "--format", "questionnaire", "-o", str(target))[:3] == (0, "", f"written: {target}\n")
    assert target.read_text("utf-8") == told.out
    assert run("export", "--format", "questionnaire", "-o", str(target)).code == 5
    with_answers = run("export", str(healthy_file(tmp_path)), "--format", "questionnaire")
    assert with_answers[:3] == (
        2,
        "",
        "error: the questionnaire is the questions, without answers\n  help: Leave the answers file out.\n",
    )


def test_a_record_read_back_is_planned_as_the_answers_are(tmp_path: Path) -> None:
    """The response of an example's record, by itself, gives the plan of the example's answers."""
    answers = str(EXAMPLES / "desk-worker.yaml")
    bundle = json.loads(run("export", answers, "--format", "fhir", "--yes").out)
    (response,) = (e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == form.RESPONSE)
    file = tmp_path / "response.json"
    file.write_text(json.dumps(response), encoding="utf-8")
    ours = json.loads(run("plan", answers, "--format", "json").out)
    theirs = json.loads(run("plan", str(file), "--on", ours["triaged_at"], "--format", "json").out)
    for plan in (ours, theirs):
        plan.pop("example")
    assert theirs == ours


def test_an_emergency_in_answers_to_another_version_is_told(tmp_path: Path) -> None:
    bundle = json.loads(run("export", str(EXAMPLES / "emergency.yaml"), "--format", "fhir", "--yes").out)
    (response,) = (e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == form.RESPONSE)
    response["questionnaire"] = response["questionnaire"].partition("|")[0] + "|old"
    told = run("plan", "-", stdin=json.dumps(response, indent=1).encode())
    assert told.code == 10
    assert told.out.startswith("THIS NEEDS HELP NOW\n")
    assert "these are answers to another version of the questions (old)" in told.err


def test_what_is_handed_on_is_exported_and_not_printed_as_a_plan() -> None:
    told = run("plan", str(EXAMPLES / "desk-worker.yaml"), "--format", "ics")
    said = "error: ics is made to be handed on\n  help: assess export --format ics -o plan.ics\n"
    assert told[:3] == (2, "", said)


def test_an_unknown_format_is_named_with_what_is_near() -> None:
    told = run("export", str(EXAMPLES / "desk-worker.yaml"), "--format", "icz")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("error: there is no format 'icz'\n  help: Did you mean 'ics'?\n")


def test_the_same_program_twice_gives_the_same_bytes_of_an_example(tmp_path: Path) -> None:
    """Whatever order sets have: what is handed on does not depend on it."""
    for fmt in ("ics", "fhir", "letter"):
        told: list[Any] = [
            program("export", str(EXAMPLES / "desk-worker.yaml"), "--format", fmt, "--yes", PYTHONHASHSEED=seed)
            for seed in ("1", "2")
        ]
        assert told[0].stdout == told[1].stdout != b""
