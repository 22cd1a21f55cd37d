"""The timetable: parts of the day, exercise days, minutes, and how to make it fit (safety-decisions, The plan 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assess.model import words
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Dose, Schedule, Slot
from assess.model.week import WEEK
from assess.plan.choose import Chosen
from assess.plan.dose import dose_for


@dataclass(frozen=True, slots=True)
class Timetable:
    """The schedule, the dose of each item, and the items that there was no time for."""

    schedule: Schedule
    doses: Mapping[str, Dose]
    dropped: tuple[Chosen, ...]


def fit(
    knowledge: KnowledgeBase,
    items: tuple[Chosen, ...],
    caps: Mapping[str, float],
    age: int | None,
    days: tuple[str, ...],
) -> Timetable:
    """Put the items into the day. Order of giving way: one activation set, fewer parts of the day, a stretch less.

    `days` are those of strengthening.
    """
    program = knowledge.program
    most_slot = program["caps"]["minutes_a_slot"]["most"] * 60
    most_day = program["caps"]["minutes_a_day"]["most"] * 60
    kept = list(items)
    dropped: list[Chosen] = []
    while True:
        for single_set in (False, True):
            doses = {c.exercise.id: _dose(knowledge, c, caps, age, single_set) for c in kept}
            if _slot_seconds(kept, doses) <= most_slot:
                break
        if _slot_seconds(kept, doses) <= most_slot:
            break
        last = [c for c in kept if _in_slot(c) and not c.rides_on][-1]
        gone = [c for c in kept if c is last or c.rides_on == last.exercise.id]
        dropped += gone
        kept = [c for c in kept if c not in gone]
    slots = [slot["id"] for slot in program["slots"]]
    for give_way in ("", *program["drop_order"]):
        slots = [s for s in slots if s != give_way]
        if _day_seconds(kept, doses, slots, program) <= most_day:
            break
    return Timetable(_schedule(knowledge, kept, doses, slots, days), doses, tuple(dropped))


def _dose(knowledge: KnowledgeBase, c: Chosen, caps: Mapping[str, float], age: int | None, single_set: bool) -> Dose:
    changes = {"sets": 1.0} if single_set and c.exercise.use == words.ACTIVATION else {}
    return dose_for(knowledge, c.exercise, c.sides, caps, age, **changes)


def _in_slot(c: Chosen) -> bool:
    return c.exercise.use in (words.STRETCH, words.ACTIVATION)


def _slot_seconds(items: list[Chosen], doses: Mapping[str, Dose]) -> int:
    return sum(doses[c.exercise.id].seconds for c in items if _in_slot(c))


def _strong_seconds(items: list[Chosen], doses: Mapping[str, Dose]) -> int:
    return sum(doses[c.exercise.id].seconds for c in items if c.exercise.use == words.STRENGTHENING)


def _day_seconds(items: list[Chosen], doses: Mapping[str, Dose], slots: list[str], program: Mapping[str, Any]) -> int:
    """The longest kind of day: every slot, or strengthening in the place of one of them."""
    each, strong = _slot_seconds(items, doses), _strong_seconds(items, doses)
    with_strength = len([s for s in slots if s != program["exercise_slot"]]) * each + strong
    return max(len(slots) * each, with_strength)


def _schedule(
    knowledge: KnowledgeBase,
    items: list[Chosen],
    doses: Mapping[str, Dose],
    slots: list[str],
    strong_days: tuple[str, ...],
) -> Schedule:
    program = knowledge.program
    moving = tuple(c.exercise.id for c in items if _in_slot(c))
    order = sorted(moving, key=lambda i: knowledge.exercises[i].use == words.STRETCH)
    strong = tuple(c.exercise.id for c in items if c.exercise.use == words.STRENGTHENING)
    days = strong_days if strong else ()
    each = _slot_seconds(items, doses)
    out = []
    for slot in program["slots"]:
        if slot["id"] in slots and moving:
            on = tuple(d for d in WEEK if not (strong and slot["id"] == program["exercise_slot"] and d in days))
            out.append(Slot(slot["id"], slot["title"], slot["tied_to"], _paired(items, order), each, on, slot["rest"]))
    notes = (program["time_note"], program["daily_life"]) if moving else (program["daily_life"],)
    return Schedule(
        tuple(out),
        days,
        strong,
        _strong_seconds(items, doses),
        _day_seconds(items, doses, slots, program),
        program["keep"],
        program["ladder"] if moving else "",
        notes,
    )


def _paired(items: list[Chosen], order: list[str]) -> tuple[str, ...]:
    """Each activation just before the stretch that it rides on."""
    riding = {c.rides_on: c.exercise.id for c in items if c.rides_on}
    out: list[str] = []
    for item in order:
        if item in riding.values():
            continue
        if item in riding:
            out.append(riding[item])
        out.append(item)
    return tuple(dict.fromkeys(out))
