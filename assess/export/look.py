"""What a laid-out format needs beside the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assess.figures.draw import Picture
from assess.model.knowledge import Check
from assess.model.plan import Plan

MAP_TITLE = "Where it hurts, and what the plan works on"
MAP_LEGEND = "Orange, with a broken rim: where it hurts. Red: the muscles that your exercises are meant for."


@dataclass(frozen=True, slots=True)
class Look:
    """What can be drawn, and how a page is laid out.

    `pictures` draws an item for a side, `body_map` where it hurts and what the plan works on; `checks` are those of a
    check sheet; `paper` is a4 or us-letter. A line of an action that begins with `says` is to be said aloud, one that
    begins with `number` names whom to ring; `ring` is the line of the emergency number.
    """

    pictures: Callable[[str, str], list[Picture]]
    body_map: Callable[[], list[Picture]]
    says: str
    number: str
    ring: str
    paper: str = "a4"
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What to do now, taken apart for a page that is read in seconds: in the order of the plan within each part.

    `first` is what to do first of all, `number` whom to ring, `say` what to say aloud, `do` everything else.
    """

    lead: str
    first: str
    number: str
    say: tuple[str, ...]
    do: tuple[str, ...]


def action_of(plan: Plan, look: Look) -> Action:
    """The action of a stop. Nothing of it is left out."""
    lead, *lines = plan.triage.action
    number = next((line for line in lines if look.number and line.startswith(look.number)), "")
    say = tuple(line for line in lines if line.startswith(look.says))
    do = [line for line in lines if line not in say and line != number]
    return Action(lead, do[0] if do else "", number, say, tuple(do[1:]))
