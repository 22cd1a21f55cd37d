"""The calendar at the end of an interview: asked for, in the person's own times, and taken back by a stop."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from conftest import AT
from scripted import Scripted, sit

from assess.loading.answers_file import read_answers
from assess.model.knowledge import KnowledgeBase
from assess.model.week import Week

READY, ASKS = "Your plan is ready.", "Write it?"
SADDLE = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}


def fine() -> dict[str, Any]:
    """Replies of somebody who wants a calendar; lists are used up, so each sitting has its own."""
    return {READY: ["c", ""], ASKS: "y"}


def held(file: Path) -> list[Any]:
    made = file.with_name(f"{file.stem}-plan.ics")
    return list(icalendar.Calendar.from_ical(made.read_bytes()).walk("vevent")) if made.exists() else []


def answers_in(knowledge: KnowledgeBase, file: Path) -> Any:
    return read_answers(knowledge, file.read_bytes(), str(file), AT + timedelta(days=30)).answers


def strength(file: Path) -> Any:
    (found,) = (e for e in held(file) if str(e["summary"]).startswith("Exercise day"))
    return found


def test_it_is_offered_and_not_written_unasked(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    code, prompter = sit(knowledge, file, AT)
    assert code == 0
    assert (READY, {"r": "read it now", "c": "put it into your calendar", "": "end"}) in prompter.offered
    assert held(file) == []


def test_enter_keeps_the_usual_week_and_it_says_what_is_in_it_first(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    code, prompter = sit(knowledge, file, AT, says=fine())
    assert code == 0
    assert strength(file)["dtstart"].dt.isoformat() == "2026-11-02T13:00:00"
    assert strength(file)["rrule"]["byday"] == ["MO", "WE", "FR"]
    assert answers_in(knowledge, file).week == Week()
    shown = prompter.shown
    assert shown.index("In the calendar:") < shown.index(f"Open this file in your calendar: {tmp_path}/mine-plan.ics")
    assert " - None of your answers, and nothing of what the checks found." in shown
    assert (file.with_name("mine-plan.ics").stat().st_mode & 0o777) == 0o600


def test_no_means_that_nothing_is_written(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    sit(knowledge, file, AT, says={**fine(), ASKS: "n"})
    assert held(file) == []


def test_the_persons_own_times_and_days_are_kept_for_the_next_time(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    own = {"Daytime [": "9:15", "Exercise days [": "Tuesday, sat", "First day [": "2026-11-05"}
    sit(knowledge, file, AT, says={**fine(), **own})
    assert strength(file)["dtstart"].dt.isoformat() == "2026-11-07T09:15:00"
    assert strength(file)["rrule"]["byday"] == ["TU", "SA"]
    week = answers_in(knowledge, file).week
    assert week == Week({"day": "09:15"}, ("tue", "sat"))
    assert "on Tuesday, Saturday:" in " ".join(file.with_name("mine-plan.txt").read_text().split())
    sit(knowledge, file, AT + timedelta(hours=1), says={"There is": "g", **fine()})
    assert strength(file)["rrule"]["byday"] == ["TU", "SA"]


def test_only_what_the_plan_has_is_asked_for(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    """Somebody without a stretch has no morning part and no bedtime part."""
    file = tmp_path / "mine.yaml"
    sit(knowledge, file, AT, says={"Morning [": KeyboardInterrupt, "Bedtime [": KeyboardInterrupt, **fine()})
    assert strength(file)["dtstart"].dt.isoformat() == "2026-11-02T13:00:00"


def test_wrong_times_are_said_and_asked_again(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    wrong = {
        "Daytime [": ["23:00", "12:00"],
        "Exercise days [": ["mon,tue", "mon,thu"],
        "First day [": ["2026-11-01", "tomorrow", "2026-11-03"],
    }
    _, prompter = sit(knowledge, file, AT, says={**fine(), **wrong})
    said = " ".join(prompter.shown)
    assert "bedtime at 22:00 is not after day at 23:00. Put them in order." in said
    assert "mon and tue follow each other; muscles need a day between." in said
    assert "2026-11-01 is in the past. Name a day from 2026-11-02 to 2026-11-16." in said
    assert "'tomorrow' is no date. Write 2026-11-24." in said
    assert strength(file)["dtstart"].dt.date() == date(2026, 11, 5)
    assert answers_in(knowledge, file).week == Week({"day": "12:00"}, ("mon", "thu"))


@pytest.mark.parametrize(
    ("sheet", "code"),
    [(SADDLE, 10), ({"fever-recent": "yes"}, 10), ({"long-conditions": "yes", "cancer-treatment": "yes"}, 10)],
    ids=["emergency", "same-day", "clinician-first"],
)
@pytest.mark.parametrize("begins", ["g", "f"])
def test_a_stop_later_on_takes_it_back_also_after_a_fresh_start(
    sheet: dict[str, str], code: int, begins: str, knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    sit(knowledge, file, AT, says=fine())
    before = {str(e["uid"]): int(e["sequence"]) for e in held(file)}
    later = AT + timedelta(days=3)
    ended, _ = sit(knowledge, file, later, sheet, says={"There is": begins})
    assert ended == code
    after = {str(e["uid"]): int(e["sequence"]) for e in held(file)}
    assert after.keys() == before.keys()
    assert all(after[uid] > before[uid] for uid in before)
    left = {str(e["summary"]) for e in held(file) if e["status"] != "CANCELLED"}
    assert left <= {"Answer the questions again"}


def test_another_plan_later_on_is_written_over_it_and_said(
    knowledge: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody whose new plan is another one: the old calendar would go on with what is left out now."""
    file = tmp_path / "mine.yaml"
    sit(knowledge, file, AT, says=fine())
    before = int(strength(file)["sequence"])
    capsys.readouterr()
    sit(knowledge, file, AT + timedelta(days=3), says={"There is": "f"})
    assert int(strength(file)["sequence"]) > before
    said = f"Your calendar holds an earlier plan. Open this file in it, and it holds this one: {tmp_path}/mine-plan.ics"
    assert said in capsys.readouterr().err


def test_where_none_was_written_a_stop_writes_none(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    sit(knowledge, file, AT, SADDLE)
    assert held(file) == []


def test_a_stop_says_where_the_cancelled_calendar_is_below_what_to_do(
    knowledge: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.yaml"
    sit(knowledge, file, AT, says=fine())
    capsys.readouterr()
    sit(knowledge, file, AT + timedelta(hours=2), SADDLE, says={"There is": "f"})
    told = capsys.readouterr()
    assert told.out.startswith("THIS NEEDS HELP NOW\n")
    assert told.err.endswith(
        f"Your exercises stand in a calendar. Open this file in it, and they are cancelled: {tmp_path}/mine-plan.ics\n"
    )


def test_nothing_about_a_calendar_can_cost_the_action(
    knowledge: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the file cannot be written any more."""
    file = tmp_path / "mine.yaml"
    sit(knowledge, file, AT, says=fine())
    capsys.readouterr()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assess.interview.store.Store.save_calendar", _fails)
        code, _ = sit(knowledge, file, AT + timedelta(hours=2), SADDLE, says={"There is": "f"})
    told = capsys.readouterr()
    assert code == 10
    assert told.out.startswith("THIS NEEDS HELP NOW\n")
    assert told.err.endswith("Exercises that stand in your calendar do not count any more: take them out.\n")


def _fails(*_: object) -> None:
    raise OSError("no space")


def test_a_name_is_given_once_and_outlives_a_fresh_start(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    file, other = tmp_path / "mine.yaml", tmp_path / "other.yaml"
    sit(knowledge, file, AT)
    first = answers_in(knowledge, file).id
    assert len(first) == 36
    sit(knowledge, file, AT + timedelta(hours=1), says={"There is": "g"})
    assert answers_in(knowledge, file).id == first
    sit(knowledge, file, AT + timedelta(hours=2), says={"There is": "f"})
    assert answers_in(knowledge, file).id == first
    sit(knowledge, other, AT)
    assert answers_in(knowledge, other).id != first


def test_without_the_extra_the_plan_stands_and_one_line_says_what_is_missing(
    knowledge: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "icalendar", None)
    code, prompter = sit(knowledge, tmp_path / "mine.yaml", AT, says=fine())
    assert isinstance(prompter, Scripted)
    assert code == 0
    assert "error: a calendar needs the extra `calendar`, which is not installed" in prompter.shown
    assert held(tmp_path / "mine.yaml") == []
