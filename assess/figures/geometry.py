"""Vectors, rotations, a limb of two bones that reaches a point, and the outline round several circles.

A vector is (ahead, left, up): x to the front, y to the person's left, z up. One unit is the person's height.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import acos, cos, hypot, pi, radians, sin, sqrt

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]
Circle = tuple[float, float, float]
"""x, y, radius on the paper."""

IDENTITY: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
SAMPLES = 48


def add(a: Vector, b: Vector) -> Vector:
    """The sum."""
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def sub(a: Vector, b: Vector) -> Vector:
    """The way from b to a."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def scale(a: Vector, by: float) -> Vector:
    """A vector made longer or shorter."""
    return a[0] * by, a[1] * by, a[2] * by


def dot(a: Vector, b: Vector) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """The vector product."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def length(a: Vector) -> float:
    """How long a vector is."""
    return sqrt(dot(a, a))


def unit(a: Vector) -> Vector:
    """The same direction with length 1; a vector without a direction points ahead."""
    size = length(a)
    return scale(a, 1 / size) if size > 1e-9 else (1.0, 0.0, 0.0)


def between(a: Vector, b: Vector, part: float) -> Vector:
    """The point that lies this part of the way from a to b."""
    return add(a, scale(sub(b, a), part))


def apply(m: Matrix, v: Vector) -> Vector:
    """A vector turned by a matrix."""
    return dot(m[0], v), dot(m[1], v), dot(m[2], v)


def compose(*matrices: Matrix) -> Matrix:
    """One turn that does all of them, the last one first."""
    result = IDENTITY
    for m in matrices:
        columns = [tuple(row[i] for row in m) for i in range(3)]
        result = tuple(tuple(dot(row, c) for c in columns) for row in result)  # type: ignore[arg-type,assignment]
    return result


def transpose(m: Matrix) -> Matrix:
    """The turn back."""
    (a, b, c), (d, e, f), (g, h, i) = m
    return (a, d, g), (b, e, h), (c, f, i)


def about_x(degrees: float) -> Matrix:
    """A turn about the axis that points ahead: left goes up."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c)


def about_y(degrees: float) -> Matrix:
    """A turn about the axis that points left: up goes ahead."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c)


def about_z(degrees: float) -> Matrix:
    """A turn about the axis that points up: ahead goes left."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0)


def two_bones(root: Vector, goal: Vector, upper: float, lower: float, pole: Vector) -> tuple[Vector, Vector]:
    """The middle joint and the end of a limb that reaches for a goal, the middle joint towards the pole.

    Where the goal is out of reach the limb points at it, nearly straight.
    """
    way = sub(goal, root)
    far = min(max(length(way), abs(upper - lower) + 1e-6), (upper + lower) * 0.9995)
    axis = unit(way)
    at_root = acos(min(1.0, max(-1.0, (upper**2 + far**2 - lower**2) / (2 * upper * far))))
    aside = unit(sub(pole, scale(axis, dot(pole, axis))))
    middle = add(root, add(scale(axis, upper * cos(at_root)), scale(aside, upper * sin(at_root))))
    return middle, add(root, scale(axis, far))


def outline(circles: Sequence[Circle]) -> str:
    """The SVG path round circles, as a thread pulled tight round them: straight lines and arcs."""
    points = sorted(
        (x + r * cos(2 * pi * i / SAMPLES), y + r * sin(2 * pi * i / SAMPLES), here)
        for here, (x, y, r) in enumerate(circles)
        for i in range(SAMPLES)
    )
    hull = _half(points)[:-1] + _half(points[::-1])[:-1]
    first = next((i for i in range(len(hull)) if hull[i][2] != hull[i - 1][2]), 0)
    hull = hull[first:] + hull[:first]
    parts: list[str] = []
    for here, run in groupby(hull, key=lambda p: p[2]):
        arc = list(run)
        radius = circles[here][2]
        parts.append(f"{'L' if parts else 'M'}{_at(arc[0])}")
        middle = arc[len(arc) // 2]
        if len(arc) > 2 and hypot(middle[0] - arc[0][0], middle[1] - arc[0][1]) > 0.05:
            large = int(len(arc) > SAMPLES / 2 + 1)
            if len(arc) > SAMPLES - 2:  # a whole circle is drawn as two halves
                parts.append(f"A{_n(radius)} {_n(radius)} 0 0 1 {_at(middle)}")
                large = 0
            parts.append(f"A{_n(radius)} {_n(radius)} 0 {large} 1 {_at(arc[-1])}")
        elif len(arc) > 1:
            parts.append(f"L{_at(arc[-1])}")
    return "".join(parts) + "Z"


def _half(points: Sequence[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
    """One half of the convex hull (Andrew's monotone chain)."""
    hull: list[tuple[float, float, int]] = []
    for p in points:
        while len(hull) > 1:
            (ax, ay, _), (bx, by, _) = hull[-2:]
            if (bx - ax) * (p[1] - ay) - (by - ay) * (p[0] - ax) > 1e-9:
                break
            hull.pop()
        hull.append(p)
    return hull


def _at(p: tuple[float, float, int]) -> str:
    return f"{_n(p[0])} {_n(p[1])}"


def _n(value: float) -> str:
    """A number in as few signs as a picture needs."""
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")
