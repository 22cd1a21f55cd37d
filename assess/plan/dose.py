"""How much of an exercise: numbers from `program.yaml`, bounded by what the person's modifiers allow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.model.knowledge import Exercise, KnowledgeBase
from assess.model.plan import Dose

EACH_SIDE = " each side"
ONE_SIDE = " on the {side}"


def dose_text(exercise: Exercise, knowledge: KnowledgeBase) -> str:
    """The dose of an exercise in words, for nobody in particular."""
    given: Mapping[str, Any] = knowledge.program["doses"][exercise.dose]
    numbers = {k: f"{v:g}" for k, v in given.items() if isinstance(v, int | float)}
    return str(given["text"]).format(each=EACH_SIDE if exercise.sides == "each" else "", **numbers)


def dose_for(
    knowledge: KnowledgeBase,
    exercise: Exercise,
    sides: tuple[str, ...],
    caps: Mapping[str, float],
    age: int | None,
    **changes: float,
) -> Dose:
    """The dose of one exercise on the given sides.

    `caps` are upper bounds (`effort_percent`, `hold_s`);
    `changes` overrule single numbers, as fitting a slot does. Units: seconds, counts, percent, minutes.
    """
    given: Mapping[str, Any] = knowledge.program["doses"][exercise.dose]
    numbers: dict[str, float] = {k: v for k, v in given.items() if isinstance(v, int | float)}
    if "cycles_first_weeks" in numbers:
        numbers["cycles"] = numbers.pop("cycles_first_weeks")
    older = numbers.pop("hold_s_from_65", None)
    if older is not None and (age is None or age >= knowledge.program["quotas"]["from_65"]["age"]):
        numbers["hold_s"] = older
    numbers.update(changes)
    if "effort_percent" in numbers and "effort_percent" in caps:
        numbers["effort_percent"] = min(numbers["effort_percent"], caps["effort_percent"])
    # A cap on holding is about pushing and about holds under load; the still part of a stretch is no effort.
    pushed = "push_s" if "push_s" in numbers else "hold_s"
    if pushed in numbers and "hold_s" in caps:
        numbers[pushed] = min(numbers[pushed], caps["hold_s"])
    each = EACH_SIDE if len(sides) > 1 else ONE_SIDE.format(side=sides[0]) if sides[0] else ""
    text = str(given["text"]).format(each=each, **{k: f"{v:g}" for k, v in numbers.items()})
    return Dose(exercise.dose, numbers, text, round(_seconds(numbers) * max(1, len(sides))))


def _seconds(n: Mapping[str, float]) -> float:
    """The time of one side, rests included."""
    if "minutes" in n:
        return n["minutes"] * 60
    if "cycles" in n:
        return n["cycles"] * (n["ease_s"] + n["push_s"] + n["let_go_s"] + n["hold_s"])
    sets = n.get("sets", 1)
    each = n.get("rep_s", n.get("hold_s", 0) + n.get("pause_s", 0))
    return sets * n.get("reps", 1) * each + (sets - 1) * n.get("rest_s", 0)


def dose_caps(knowledge: KnowledgeBase, applies: tuple[str, ...]) -> Mapping[str, float]:
    """The tightest of the caps that the modifiers in `applies` set."""
    caps: dict[str, float] = {}
    for modifier in applies:
        for name, bound in knowledge.modifiers[modifier].dose_caps.items():
            caps[name] = min(bound, caps.get(name, bound))
    return caps
