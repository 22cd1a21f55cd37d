"""The calendar, read back and expanded by two readers that share no code with what wrote it."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any
from uuid import UUID

import icalendar
import pytest
import recurring_ical_events
from conftest import AT
from many_plans import BLOCKING, record_for, records
from support.node import run as run_node

from assess.errors import UsageError
from assess.export import shared
from assess.export.record import Record
from assess.model.answers import Answers
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase
from assess.model.week import Week

SUMMER = datetime(2026, 10, 19, 9, 0, tzinfo=timezone(timedelta(hours=2)))
"""The clocks of Europe go back within the two weeks after it, those of America just after them."""
EXPAND = """
const ICAL = require("ical.js");
const text = require("fs").readFileSync(process.argv[1], "utf8");
const found = [];
for (const part of new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(part), each = event.iterator();
  for (let next = each.next(); next && found.length < 1000; next = each.next()) {
    const details = event.getOccurrenceDetails(next);
    const when = [String(details.startDate), String(details.endDate)];
    found.push([...when, event.summary, part.getFirstPropertyValue("status")]);
  }
}
console.log(JSON.stringify(found.sort()));
"""
DESK = {
    "pain-site": "lower-back",
    "wall-gap.gap": "fist",
    **{f"modified-thomas.{m}.{s}": v for s in ("left", "right") for m, v in (("thigh", 5), ("knee", 85))},
    **{f"modified-thomas.{m}.{s}": "yes" for s in ("left", "right") for m in ("back-flat", "repeated")},
    "bridge-hold.seconds": 12,
}
NAME = "2f6f1c2e-4f0a-4b51-9a50-6a9f0c5ad001"


def desk(knowledge: KnowledgeBase, on: datetime = AT, week: Week | None = None, **more: Any) -> Record:
    """Somebody with stretches, strengthening and walking."""
    answers = Answers({**healthy(knowledge), **DESK}, on, True, id=NAME, week=week or Week())
    return record_for(answers, on, **more)


def stopped(knowledge: KnowledgeBase, answers: dict[str, str]) -> Record:
    return record_for(Answers({**healthy(knowledge), **answers}, AT, True, id=NAME))


def calendar_of(record: Record) -> icalendar.Calendar:
    made = shared.render(record, "ics")
    assert isinstance(made, bytes)
    return icalendar.Calendar.from_ical(made)


def by_python(record: Record) -> list[list[str]]:
    """Start, end, title and status of every occurrence."""
    found = recurring_ical_events.of(calendar_of(record)).between(date(2026, 1, 1), date(2027, 12, 31))
    return sorted([str(e.start), str(e.end), str(e["summary"]), str(e["status"])] for e in found)


def by_javascript(record: Record, tmp_path: Any) -> list[list[str]]:
    file = tmp_path / "plan.ics"
    file.write_bytes(shared.render(record, "ics"))
    return sorted(
        [start.replace("T", " "), end.replace("T", " "), *rest] for start, end, *rest in run_node(EXPAND, str(file))
    )


def expected(start: date, last: date, days: tuple[str, ...], times: tuple[str, str, str]) -> list[list[str]]:
    """What a person would write down: each day what belongs to it, by the clock on the wall."""
    morning, day, bedtime = times
    found = []
    for i in range((last - start).days + 1):
        on = start + timedelta(days=i)
        strong = f"{on:%a}".lower() in days
        found += [
            [f"{on} {morning}:00", f"{on} {morning[:3]}03:00", "Morning: exercises (about 2 min)", "CONFIRMED"],
            [f"{on} {bedtime}:00", f"{on} {bedtime[:3]}03:00", "Bedtime: exercises (about 2 min)", "CONFIRMED"],
            [str(on), str(on + timedelta(days=1)), "Walking", "CONFIRMED"],
            [f"{on} {day}:00", f"{on} {day[:3]}04:00", "Exercise day (about 4 min)", "CONFIRMED"]
            if strong
            else [f"{on} {day}:00", f"{on} {day[:3]}03:00", "Daytime: exercises (about 2 min)", "CONFIRMED"],
        ]
    return sorted([*found, [str(last), str(last + timedelta(days=1)), "Answer the questions again", "CONFIRMED"]])


def test_two_readers_see_each_day_by_the_clock_on_the_wall_also_when_the_clocks_change(
    knowledge: KnowledgeBase, tmp_path: Any
) -> None:
    record = desk(knowledge, SUMMER)
    wanted = expected(date(2026, 10, 19), date(2026, 11, 2), ("mon", "wed", "fri"), ("07:00", "13:00", "22:00"))
    assert by_python(record) == wanted
    assert by_javascript(record, tmp_path) == wanted


def test_the_persons_own_times_days_and_start(knowledge: KnowledgeBase, tmp_path: Any) -> None:
    week = Week({"morning": "06:00", "day": "12:00", "bedtime": "21:00"}, ("sat", "tue"))
    record = desk(knowledge, week=week, start=date(2026, 11, 4))
    wanted = expected(date(2026, 11, 4), date(2026, 11, 16), ("tue", "sat"), ("06:00", "12:00", "21:00"))
    assert by_python(record) == wanted
    assert by_javascript(record, tmp_path) == wanted


def test_every_time_floats_and_every_line_fits(knowledge: KnowledgeBase) -> None:
    made = shared.render(desk(knowledge), "ics")
    assert isinstance(made, bytes)
    assert b"TZID" not in made
    assert b"VTIMEZONE" not in made
    assert b"BYHOUR" not in made
    assert b"BYMINUTE" not in made
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in made.replace(b"\r\n", b"")


def test_it_ends_at_the_review_and_never_after_the_plan(knowledge: KnowledgeBase) -> None:
    for name, record in records():
        last = record.plan.review.get("on")
        for start, _, title, status in by_python(record):
            assert status == "CANCELLED" or start[:10] <= last <= record.plan.valid_until, (name, title)


def test_exercise_days_never_follow_each_other(knowledge: KnowledgeBase) -> None:
    for name, record in records():
        strong = sorted({start[:10] for start, _, title, _ in by_python(record) if title.startswith("Exercise day")})
        days = [date.fromisoformat(day) for day in strong]
        assert all((b - a).days > 1 for a, b in pairwise(days)), name


def together(*made: Record) -> dict[str, icalendar.Event]:
    """What stands in a calendar after one import after the other: of each name the newest."""
    held: dict[str, icalendar.Event] = {}
    for record in made:
        for event in calendar_of(record).walk("vevent"):
            old = held.get(str(event["uid"]))
            if old is None or int(event["sequence"]) >= int(old["sequence"]):
                held[str(event["uid"])] = event
    return held


def shown(held: dict[str, icalendar.Event]) -> set[str]:
    return {str(e["summary"]) for e in held.values() if e["status"] != "CANCELLED"}


def test_a_second_import_takes_the_place_of_the_first(knowledge: KnowledgeBase) -> None:
    first, later = desk(knowledge), desk(knowledge, AT + timedelta(days=7), Week({"morning": "08:00"}))
    held, alone = together(first, later), together(later)
    assert {uid: e.to_ical() for uid, e in held.items()} == {uid: e.to_ical() for uid, e in alone.items()}
    assert together(later, first).keys() == held.keys()
    assert {uid: e.to_ical() for uid, e in together(later, first).items()} == {u: e.to_ical() for u, e in alone.items()}


def test_names_are_the_persons_own(knowledge: KnowledgeBase) -> None:
    mine, other = desk(knowledge), desk(knowledge)
    other = replace(other, answers=replace(other.answers, id=str(UUID(int=7))))
    assert not together(mine).keys() & together(other).keys()
    unnamed = replace(mine, answers=replace(mine.answers, id=""))
    assert not together(mine).keys() & together(unnamed).keys()
    assert together(unnamed).keys() == together(replace(unnamed, at=AT + timedelta(days=1))).keys()


@pytest.mark.parametrize("answers", BLOCKING.values(), ids=BLOCKING)
def test_a_plan_that_stops_cancels_its_calendar(
    answers: dict[str, str], knowledge: KnowledgeBase, tmp_path: Any
) -> None:
    record = stopped(knowledge, answers)
    later = replace(record, at=AT + timedelta(days=3))
    left = shown(together(desk(knowledge), later))
    assert left == (set() if record.triage.stops else {"Answer the questions again"})
    titles = {e.title for e in knowledge.exercises.values()}
    text = str(calendar_of(record).to_ical().decode())
    assert [t for t in titles if t in text] == []
    assert all(row[3] == "CANCELLED" or row[2] in left for row in by_javascript(record, tmp_path))
    assert {row[2] for row in by_python(record) if row[3] == "CANCELLED"} == {
        "Cancelled: do not exercise. Read what your assessment says"
    }
    assert b"RRULE" not in shared.render(record, "ics")
    assert len(list(calendar_of(record).walk("valarm"))) == len(left)


def test_without_a_name_no_cancelling_is_promised(knowledge: KnowledgeBase) -> None:
    stop = stopped(knowledge, BLOCKING["same-day"])
    assert shared.holds(stop, "ics") == ("That exercises which may stand in your calendar are cancelled; not why.",)
    unnamed = replace(stop, answers=replace(stop.answers, id=""))
    assert shared.holds(unnamed, "ics") == (
        "That you are not to exercise. It cancels nothing: take exercises out of your calendar by hand.",
    )


def test_what_is_no_more_in_the_plan_is_cancelled(knowledge: KnowledgeBase) -> None:
    plain = record_for(Answers(healthy(knowledge), AT + timedelta(days=1), True, id=NAME), AT + timedelta(days=1))
    held = together(desk(knowledge), plain)
    assert plain.plan.schedule is not None
    assert plain.plan.schedule.slots == ()
    assert shown(held) == {"Exercise day (about 4 min)", "Walking", "Answer the questions again"}
    assert [str(e["summary"]) for e in held.values() if e["status"] == "CANCELLED"] == [
        "Cancelled: these exercises are not in your plan now"
    ] * 3


def test_it_reminds_at_the_time_unless_it_should_not(knowledge: KnowledgeBase) -> None:
    calendar = calendar_of(desk(knowledge))
    alarms = {
        str(e["summary"]).partition(":")[0]: [a["trigger"].dt for a in e.walk("valarm")]
        for e in calendar.walk("vevent")
    }
    now = [timedelta()]
    assert alarms == {
        "Morning": now,
        "Daytime": now,
        "Bedtime": now,
        "Exercise day (about 4 min)": now,
        "Walking": [],
        "Answer the questions again": [timedelta(hours=9)],
    }
    assert list(calendar_of(desk(knowledge, alarms=False)).walk("valarm")) == []


def test_each_entry_says_when_to_stop_until_when_it_holds_and_who_signed(knowledge: KnowledgeBase) -> None:
    record = desk(knowledge)
    for event in calendar_of(record).walk("vevent"):
        told = str(event["description"])
        assert record.plan.notice in told
        assert "Valid until 2026-11-16. After that day answer the questions again before you go on." in told
        if event["summary"] != "Answer the questions again":
            assert all(line in told for line in record.plan.watch_list)
            assert "Stop at: sharp or electric pain; " in told
        assert event["class"] == "PRIVATE"


def test_no_answer_is_in_it(knowledge: KnowledgeBase) -> None:
    record = desk(knowledge)
    goal = record_for(replace(record.answers, values={**record.answers.values, "main-goal": "to dance <b>"}))
    text = b"".join(shared.render(goal, "ics").split(b"\r\n "))  # type: ignore[arg-type]
    assert b"dance" not in text
    assert b"1986" not in text
    found = [f.text.encode() for f in record.plan.findings]
    assert found
    assert [f for f in found if f in text] == []


def test_the_same_moment_gives_the_same_bytes(knowledge: KnowledgeBase) -> None:
    assert shared.render(desk(knowledge), "ics") == shared.render(desk(knowledge), "ics")


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (date(2026, 11, 1), "--start 2026-11-01 is in the past"),
        (date(2026, 11, 17), "--start 2026-11-17 is after the plan's last day, 2026-11-16"),
    ],
)
def test_a_start_outside_the_plan_is_refused(start: date, said: str, knowledge: KnowledgeBase) -> None:
    with pytest.raises(UsageError) as error:
        shared.render(desk(knowledge, start=start), "ics")
    assert error.value.render() == f"error: {said}\n  help: Name a day from 2026-11-02 to 2026-11-16."


def test_without_its_extra_one_line_says_so(knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(UsageError) as error:
        shared.render(desk(knowledge), "ics")
    assert error.value.render() == (
        "error: a calendar needs the extra `calendar`, which is not installed\n"
        "  help: Install it with: pip install 'assess[calendar]'."
    )
