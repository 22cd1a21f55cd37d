"""Invariants of scope `plan`: bounds and presences that every plan must keep, by the names used in the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assess.model import words
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan, PlannedExercise, PlannedRelief
from assess.model.week import WEEK


def _stretches(plan: Plan) -> set[str]:
    return {e.id for e in plan.exercises if e.kind == words.STRETCH}


def _strengthening(plan: Plan) -> set[str]:
    return {e.id for e in plan.exercises if e.kind == words.STRENGTHENING}


BOUNDS: dict[str, Callable[[Plan], float]] = {
    "stretches": lambda plan: len(_stretches(plan)),
    "strengthening": lambda plan: len(_strengthening(plan)),
    "items": lambda plan: len([e for e in plan.exercises if not e.rides_on]),
    "seconds_a_slot": lambda plan: max((s.seconds for s in plan.schedule.slots), default=0) if plan.schedule else 0,
    "seconds_a_day": lambda plan: plan.schedule.most_seconds_a_day if plan.schedule else 0,
}
"""What `at_most` can bound: counts, and seconds."""


def _activation_with_each(plan: Plan) -> bool:
    return _stretches(plan) == {e.rides_on for e in plan.exercises if e.rides_on}


def _review_date(plan: Plan) -> bool:
    return plan.program == "none" or bool(plan.review.get("on"))


def _reasons(plan: Plan) -> bool:
    lines: list[PlannedExercise | PlannedRelief] = [*plan.exercises, *plan.relief]
    return all(line.because and line.sources and line.evidence for line in lines)


def _bedtime_kept(plan: Plan) -> bool:
    slots = plan.schedule.slots if plan.schedule else ()
    return not _stretches(plan) or any(s.id == plan.schedule.keep for s in slots if plan.schedule)


def _apart(plan: Plan) -> bool:
    slots = plan.schedule.slots if plan.schedule else ()
    return not any(set(slot.exercises) & _strengthening(plan) for slot in slots)


def _rest_between(plan: Plan) -> bool:
    """No two exercise days follow each other, Sunday and Monday neither."""
    days = plan.schedule.exercise_days if plan.schedule else ()
    return not any(WEEK[(WEEK.index(day) + 1) % len(WEEK)] in days for day in days)


PRESENT: dict[str, Callable[[Plan], bool]] = {
    "activation_with_each_stretch": _activation_with_each,
    "strengthening_for_each_stretch": lambda plan: len(_stretches(plan)) <= len(_strengthening(plan)),
    "watch_list": lambda plan: bool(plan.watch_list),
    "stop_signs": lambda plan: (
        not plan.exercises or (bool(plan.stop_signs) and all(e.stop_signs for e in plan.exercises))
    ),
    "review_date": _review_date,
    "notice": lambda plan: bool(plan.notice),
    "reasons": _reasons,
    "bedtime_kept": _bedtime_kept,
    "strengthening_apart": _apart,
    "rest_between_exercise_days": _rest_between,
}
"""What `present` can ask for."""


def broken(knowledge: KnowledgeBase, plan: Plan) -> Iterator[str]:
    """The invariants of scope `plan` that a plan breaks, each with what is wrong."""
    for invariant in knowledge.invariants.values():
        for name, bound in invariant.at_most.items():
            if BOUNDS[name](plan) > bound:
                yield f"{invariant.id}: {name} is {BOUNDS[name](plan):g}, at most {bound:g}"
        for name in invariant.present:
            if not PRESENT[name](plan):
                yield f"{invariant.id}: {name} is missing"
