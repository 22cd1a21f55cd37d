"""From the room to the paper: where a point is seen, how near it is, and the order in which shapes are painted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin

from assess.figures.geometry import Circle, Vector, dot

SIZE = 300.0
"""How many units of the paper a person's height takes."""

VIEWS = {
    "side": (0.0, 0.0),
    "other-side": (180.0, 0.0),
    "front": (90.0, 0.0),
    "back": (-90.0, 0.0),
    "half-front": (50.0, 14.0),
    "half-back": (-50.0, 14.0),
    "front-high": (90.0, 40.0),
    "back-high": (-90.0, 40.0),
    "side-high": (0.0, 40.0),
    "above": (0.0, 90.0),
}
"""By name: degrees round the person from the side that is meant, and degrees above the horizon."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks at the person from far away, so that equal lengths look equal. `mirrored` shows the left side.

    `fine` is how much smaller arrows and marks are drawn, so that they keep their size where a picture is enlarged.
    """

    right: Vector
    up: Vector
    near: Vector
    mirrored: bool = False
    fine: float = 1.0

    @classmethod
    def of(cls, view: str, *, mirrored: bool = False, fine: float = 1.0) -> Camera:
        """The camera of a named view."""
        round_by, above = (radians(v) for v in VIEWS[view])
        near = (sin(round_by) * cos(above), -cos(round_by) * cos(above), sin(above))
        right = (cos(round_by), sin(round_by), 0.0)
        up = (-sin(round_by) * sin(above), cos(round_by) * sin(above), cos(above))
        return cls(right, up, near, mirrored, fine)

    def place(self, point: Vector) -> tuple[float, float]:
        """Where a point is seen: to the right and down."""
        x = dot(self.right, point) * SIZE
        return (-x if self.mirrored else x), -dot(self.up, point) * SIZE

    def depth(self, point: Vector) -> float:
        """How near a point is, in heights."""
        return dot(self.near, point)


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Something to paint, how near it is, and what it covers."""

    depth: float
    svg: str
    box: Box


def covered(circles: Iterable[Circle]) -> Box:
    """What circles cover; a point is a circle of no size."""
    every = list(circles)
    return (
        min(x - r for x, _, r in every),
        min(y - r for _, y, r in every),
        max(x + r for x, _, r in every),
        max(y + r for _, y, r in every),
    )


def painted(shapes: list[Shape]) -> str:
    """All shapes, the farthest first."""
    return "".join(s.svg for s in sorted(shapes, key=lambda s: s.depth))


def around(shapes: list[Shape]) -> Box:
    """What all of them cover."""
    boxes = [s.box for s in shapes]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
