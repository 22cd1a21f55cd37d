"""What a body could not do: lie in the floor, or reach for what is too far away."""

from __future__ import annotations

from collections.abc import Iterator

from assess.figures.body import ANKLE_HEIGHT, PALM
from assess.figures.draw import framed, posed
from assess.figures.flesh import spheres
from assess.figures.geometry import Vector, add, apply, length, sub
from assess.figures.things import spot
from assess.model.figures import Frame

SUNK, MISSED = 0.03, 0.03
"""In heights: what the eye forgives."""


def faults(frame: Frame) -> Iterator[str]:
    """In words, what is impossible in a picture."""
    body = framed(frame)
    lowest = min(point[2] - radius for point, radius in spheres(body))
    if lowest < -SUNK:
        yield f"the body lies {-100 * lowest:.0f} hundredths of its height below the floor"
    start = posed(frame.start) if frame.planted else body
    for limb, wanted in frame.pose.reach.items():
        if limb not in frame.planted:
            goal = spot(body, wanted.to)
            if wanted.foot is not None:
                goal = add(goal, (0.0, 0.0, ANKLE_HEIGHT))
            at, turned = body.at[limb]
            there: Vector = at
            if limb.endswith("hand") and not wanted.fingers:
                there = add(at, apply(turned, (0.0, 0.0, -PALM)))
            yield from _missed(limb, there, goal)
    for limb in frame.planted:
        yield from _missed(limb, body.point(limb), start.point(limb))


def _missed(limb: str, there: Vector, goal: Vector) -> Iterator[str]:
    far = length(sub(goal, there))
    if far > MISSED:
        yield f"{limb} ends {100 * far:.0f} hundredths of the height from where it should be"
