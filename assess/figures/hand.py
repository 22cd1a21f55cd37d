"""A hand with its fingers, open or closed, for pictures that come near enough to tell one finger from the next."""

from __future__ import annotations

from math import cos, radians, sin

from assess.figures.geometry import Vector, add, between

Finger = tuple[tuple[Vector, float], ...]
"""A chain of spheres in the frame of the hand: thumb side, back or palm, towards the wrist; with their radii."""

FIST = 85.0
"""From here on the hand is a fist; below, its fingers are somewhere on the way."""
KNUCKLES = ((0.0175, -0.049, 6.0), (0.006, -0.052, 1.0), (-0.0055, -0.05, -4.0), (-0.0165, -0.045, -10.0))
"""First finger to little finger: to the thumb side, down the hand, degrees that the open finger fans out."""
LONG = (0.94, 1.0, 0.94, 0.76)
BONES = ((0.022, 1.0), (0.015, 2.0), (0.011, 2.5))
"""How long each bone of the middle finger is, and how many times the bend of the knuckle it is turned."""
PALM: Finger = (
    ((0.01, 0.0, -0.002), 0.0115),
    ((-0.01, 0.0, -0.002), 0.0115),
    ((0.0155, 0.0, -0.046), 0.0085),
    ((-0.0145, 0.0, -0.042), 0.0085),
)
WEB: Finger = (((0.011, 0.0, -0.01), 0.0105), ((0.0165, 0.0, -0.036), 0.0075), ((0.026, 0.0, -0.026), 0.0065))
"""The muscle between thumb and first finger."""


def fingers(curl: float, palm: float) -> list[Finger]:
    """The four fingers, bent by so many degrees at the knuckle; `palm` is the side to which they close."""
    result = []
    for (x, z, fan), long in zip(KNUCKLES, LONG, strict=True):
        at: Vector = (x, 0.0, z)
        aside = sin(radians(fan)) * max(0.0, cos(radians(curl)))  # a fist does not fan
        chain = [(at, 0.0064)]
        for bone, turned in BONES:
            angle = radians(curl * turned)
            step = bone * long
            at = add(at, (aside * step, palm * sin(angle) * step, -cos(angle) * step))
            chain.append((at, 0.0056))
        result.append(tuple(chain))
    return result


def thumb(curl: float, palm: float) -> Finger:
    """The thumb: beside the open hand, across the fingers of a fist."""
    closed = min(curl / FIST, 1.0)
    middle = between((0.0305, palm * 0.004, -0.031), (0.025, palm * 0.014, -0.034), closed)
    tip = between((0.0375, palm * 0.006, -0.05), (0.008, palm * 0.029, -0.049), closed)
    return ((0.013, 0.0, -0.011), 0.009), (middle, 0.0072), (tip, 0.006)
