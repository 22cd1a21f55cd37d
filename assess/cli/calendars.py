"""The calendar at the end of an interview: the person's own times are asked, and a stop takes it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from textwrap import wrap
from typing import TYPE_CHECKING

from assess.cli.output import note
from assess.cli.plain import WIDTH
from assess.errors import AssessError, UsageError
from assess.interview.prompter import Prompter
from assess.interview.store import Store
from assess.model.answers import Answers
from assess.model.knowledge import KnowledgeBase
from assess.model.week import Week, faults, usual

if TYPE_CHECKING:
    from assess.export.record import Record
    from assess.interview.outcome import Outcome
    from assess.model.plan import Schedule

ASKED = "When do you want to do it? Enter keeps what stands there."
SHORT = re.compile(r"^(?=\d:)")
"""Where a nought is missing before the hour."""
AGAIN = "Open the file again after the next review: it takes the place of this one."
TAKEN_BACK = "Your exercises stand in a calendar. Open this file in it, and they are cancelled: {file}"
RENEWED = "Your calendar holds an earlier plan. Open this file in it, and it holds this one: {file}"
BY_HAND = "Exercises that stand in your calendar do not count any more: take them out."


def ask_week(knowledge: KnowledgeBase, prompter: Prompter, week: Week, schedule: Schedule) -> Week:
    """The person's own times and days, of what there is in the plan; asked until they go together."""
    program = knowledge.program
    used = {slot.id for slot in schedule.slots} | ({program["exercise_slot"]} if schedule.strengthening else set())
    prompter.show(["", *wrap(ASKED, WIDTH)])
    chosen = Week(dict(week.over(usual(program)).times), week.over(usual(program)).days)
    while True:
        for slot in (s for s in program["slots"] if s["id"] in used):
            typed = prompter.text(f"{slot['title']} [{chosen.times[slot['id']]}]")
            if typed:
                chosen = Week({**chosen.times, slot["id"]: SHORT.sub("0", typed)}, chosen.days)
        typed = prompter.text(f"Exercise days [{','.join(chosen.days)}]") if schedule.strengthening else ""
        if typed:
            chosen = Week(chosen.times, tuple(day.strip().lower()[:3] for day in typed.split(",")))
        wrong = list(faults(program, chosen))
        if not wrong:
            return chosen
        prompter.show([line for fault in wrong for line in wrap(f"{fault.says}. {fault.hint}", WIDTH)])
        chosen = _without(chosen, usual(program), {fault.where for fault in wrong})


def _without(chosen: Week, usual_week: Week, wrong: set[tuple[str, ...]]) -> Week:
    """With the usual ones in place of those that are wrong, to be offered again."""
    times = usual_week.times if any(where[0] == "times" for where in wrong) else chosen.times
    return Week(dict(times), usual_week.days if ("days",) in wrong else chosen.days)


def ask_start(prompter: Prompter, record: Record) -> Record:
    """The record with the day on which the person begins; asked until it is one of the plan."""
    from assess.cli.weeks import parse_start
    from assess.export.calendar import first_and_last

    while True:
        typed = prompter.text(f"First day [{record.on}]")
        try:
            chosen = replace(record, start=parse_start(typed or None))
            first_and_last(chosen)
        except UsageError as error:
            prompter.show(wrap(f"{error.message.removeprefix('--start ')}. {error.hint}", WIDTH))
        else:
            return chosen


def write_calendar(record: Record, prompter: Prompter, store: Store) -> bool:
    """Say what the calendar holds, ask, and write it beside the plan; whether it was written."""
    from assess.export.calendar import holds, render

    made = render(record)
    prompter.show(["", "In the calendar:", *_bullets(holds(record))])
    if prompter.choose("Write it?", {"y": "yes", "n": "no"}) != "y":
        return False
    store.save_calendar(made)
    prompter.show(["", f"Open this file in your calendar: {store.calendar_file}", AGAIN])
    return True


def renew(knowledge: KnowledgeBase, outcome: Outcome, store: Store, now: datetime) -> None:
    """Where a calendar was written before: write it anew for what holds now, and say so below everything.

    Where there are to be no exercises, it cancels those of before. It comes after what to do, and whatever goes wrong
    here must not cost that.
    """
    if not store.calendar_file.is_file():
        return
    try:
        store.save_calendar(_anew(knowledge, outcome, now))
    except (AssessError, OSError):
        note(BY_HAND)
    else:
        note((RENEWED if outcome.plan.schedule else TAKEN_BACK).format(file=store.calendar_file))


def _anew(knowledge: KnowledgeBase, outcome: Outcome, now: datetime) -> bytes:
    from assess.cli.share import record_of
    from assess.export.calendar import render

    return render(record_of(knowledge, outcome.read, outcome, now.date(), now))


def _bullets(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        yield from wrap(line, WIDTH, initial_indent=" - ", subsequent_indent="   ")


def with_week(answers: Answers, week: Week, program_week: Week) -> Answers:
    """The answers with a week; what is as the program has it is not kept, so that it can change with the program."""
    times = {slot: time for slot, time in week.times.items() if program_week.times.get(slot) != time}
    return replace(answers, week=Week(times, () if week.days == program_week.days else week.days))
