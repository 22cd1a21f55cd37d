"""What is painted over the body: the muscle that is meant, arrows for pushing and moving, what a check measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Any

from assess.figures.body import DIRECTIONS, SIDES, Body
from assess.figures.camera import SIZE, Camera, Shape
from assess.figures.geometry import Vector, add, cross, dot, outline, scale, sub, unit
from assess.figures.things import spot
from assess.model.figures import Arrow, Mark, Spot

MUSCLE, PUSH, MOVE, MEASURE = "#c8403a", "#1d3f8a", "#1c7a4a", "#7a3e9d"
HEAD = 11.0
CROSS = 24
"""Half the width of a cross, in hundredths of the height."""
OVER = 9.0
"""Arrows and marks lie over everything."""


def muscle(strips: Sequence[Sequence[Spot]], width: float, body: Body, camera: Camera) -> Iterator[Shape]:
    """The strips of one muscle; one that lies on the far side of the body shows through, with a broken line."""
    for strip in strips:
        circles = [(*camera.place(spot(body, at)), width / 100 * SIZE) for at in strip]
        outward = [_outward(body, at) for at in strip]
        facing = sum(camera.depth(o) for o in outward) / len(outward)
        depth = max(camera.depth(spot(body, at)) for at in strip) + 0.03
        pairs = [outline(circles[i : i + 2]) for i in range(len(circles) - 1)]
        xs, ys = [c[0] for c in circles], [c[1] for c in circles]
        box = (min(xs), min(ys), max(xs), max(ys))
        if facing > -0.45:
            lines = "".join(f'<path d="{d}" fill="#7e211d" stroke="#7e211d" stroke-width="2"/>' for d in pairs)
            yield Shape(depth, lines + "".join(f'<path d="{d}" fill="{MUSCLE}"/>' for d in pairs), box)
        else:
            shown = "".join(f'<path d="{d}" fill="{MUSCLE}"/>' for d in pairs)
            yield Shape(OVER - 1, f'<g opacity="0.4">{shown}</g>', box)


def _outward(body: Body, at: Spot) -> Vector:
    part, (ahead, left, _) = at
    return body.direction(part, unit((ahead, left, 0.0)))


def arrow(a: Arrow, body: Body, camera: Camera) -> Shape:
    """A push ends at its place, a movement begins there."""
    at = spot(body, a.at)
    if a.kind == "turn":
        return _turn(a, body, camera)
    way = _way(a.toward, body)
    x, y = camera.place(at)
    dx, dy = camera.place(add(at, way))
    size = max(hypot(dx - x, dy - y), 1e-6)
    reach = a.size / 100 * SIZE
    ux, uy = (dx - x) / size, (dy - y) / size
    reach *= camera.fine
    gap = 4.0 * camera.fine
    start = (x - ux * (reach + gap), y - uy * (reach + gap)) if a.kind == "push" else (x + ux * gap, y + uy * gap)
    colour, neck = (PUSH if a.kind == "push" else MOVE), reach - HEAD * camera.fine
    shaft = [start, (start[0] + ux * neck, start[1] + uy * neck)]
    tip = (start[0] + ux * reach, start[1] + uy * reach)
    return _drawn(shaft, tip, (ux, uy), colour, camera.fine, broken=a.kind != "push")


def _drawn(
    shaft: Sequence[tuple[float, float]],
    tip: tuple[float, float],
    way: tuple[float, float],
    colour: str,
    fine: float,
    *,
    broken: bool,
) -> Shape:
    """A shaft through points and a head with its tip, on a white rim so that it shows on everything."""
    (tx, ty), (ux, uy) = tip, way
    long, wide = HEAD * fine, 8 * fine
    wings = [(tx - ux * long - uy * s * wide, ty - uy * long + ux * s * wide) for s in (1, -1)]
    head = f"M{tx:.1f} {ty:.1f}" + "".join(f"L{wx:.1f} {wy:.1f}" for wx, wy in wings) + "Z"
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shaft)
    dashes = f' stroke-dasharray="{7 * fine:.1f} {5 * fine:.1f}"' if broken else ""
    svg = (
        f'<path d="{line}" stroke="#fff" stroke-width="{9 * fine:.1f}"/>'
        f'<path d="{head}" fill="{colour}" stroke="#fff" stroke-width="{2 * fine:.1f}"/>'
        f'<path d="{line}" stroke="{colour}" stroke-width="{5 * fine:.1f}"{dashes}/>'
    )
    every = [*shaft, tip, *wings]
    xs, ys = [p[0] for p in every], [p[1] for p in every]
    return Shape(OVER, svg, (min(xs), min(ys), max(xs), max(ys)))


def _way(toward: str, body: Body) -> Vector:
    if toward in DIRECTIONS:
        return DIRECTIONS[toward]
    if toward in {"headward", "footward"}:
        return body.direction("chest", (0.0, 0.0, 1.0 if toward == "headward" else -1.0))
    part, direction = toward.split(".")
    return body.direction(part, DIRECTIONS[direction])


def _turn(a: Arrow, body: Body, camera: Camera) -> Shape:
    """A bow round an axis, on the side that faces us; seen along the axis, on its upper side."""
    centre, axis = spot(body, a.at), unit(_way(a.about, body))
    facing = sub(camera.near, scale(axis, dot(camera.near, axis)))
    if dot(facing, facing) < 0.1:
        facing = sub(camera.up, scale(axis, dot(camera.up, axis)))
    front, side = unit(facing), cross(axis, unit(facing))
    if dot(side, _way(a.toward, body)) < 0:
        side = scale(side, -1)
    steps = [radians(-65 + 10 * i) for i in range(14)]
    bow = [add(centre, scale(add(scale(front, cos(t)), scale(side, sin(t))), a.size / 100)) for t in steps]
    places = [camera.place(p) for p in bow]
    (tx, ty), (px, py) = places[-1], places[-3]
    size = max(hypot(tx - px, ty - py), 1e-6)
    return _drawn(places[:-1], (tx, ty), ((tx - px) / size, (ty - py) / size), MOVE, camera.fine, broken=True)


def mark(m: Mark, body: Body, camera: Camera) -> Shape:
    """A distance is a line with bars at its ends, an angle an arc with legs, a place to press a dot, "not" a cross."""
    places = [camera.place(spot(body, at)) for at in m.at]
    if m.kind == "dot":
        return ringed(*places[0], camera.fine)
    if m.kind == "cross":
        return _crossed(*places[0])
    return _distance(places, camera.fine) if m.kind == "distance" else _angle(places, camera.fine)


def _crossed(x: float, y: float) -> Shape:
    """Not this: a cross over the whole of a picture, so that nobody does what it shows."""
    arm = CROSS / 100 * SIZE
    left, right, top, bottom = f"{x - arm:.1f}", f"{x + arm:.1f}", f"{y - arm:.1f}", f"{y + arm:.1f}"
    lines = f"M{left} {top}L{right} {bottom}M{right} {top}L{left} {bottom}"
    svg = f'<path d="{lines}" stroke="#fff" stroke-width="13"/><path d="{lines}" stroke="{MUSCLE}" stroke-width="8"/>'
    return Shape(OVER + 0.2, svg, (x - arm, y - arm, x + arm, y + arm))


def ringed(x: float, y: float, fine: float) -> Shape:
    """A place to press."""
    r = 8 * fine
    svg = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="#fff" stroke="{PUSH}" stroke-width="{r / 3:.1f}"/>'
    svg += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r / 2:.1f}" fill="{PUSH}"/>'
    return Shape(OVER + 0.1, svg, (x - r, y - r, x + r, y + r))


def _distance(places: Sequence[tuple[float, float]], fine: float) -> Shape:
    (ax, ay), (bx, by) = places
    size = max(hypot(bx - ax, by - ay), 1e-6)
    nx, ny = -(by - ay) / size * 7 * fine, (bx - ax) / size * 7 * fine
    d = f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}" + "".join(
        f"M{x - nx:.1f} {y - ny:.1f}L{x + nx:.1f} {y + ny:.1f}" for x, y in places
    )
    return _measured(d, places, fine)


def _angle(places: Sequence[tuple[float, float]], fine: float) -> Shape:
    (ax, ay), (cx, cy), (bx, by) = places
    radius = 34.0 * fine
    first, second = atan2(ay - cy, ax - cx), atan2(by - cy, bx - cx)
    turn = (degrees(second - first) + 180) % 360 - 180
    ends = [(cx + radius * cos(t), cy + radius * sin(t)) for t in (first, first + radians(turn))]
    (sx, sy), (ex, ey) = ends
    arc = f"M{sx:.1f} {sy:.1f}A{radius:.1f} {radius:.1f} 0 0 {int(turn > 0)} {ex:.1f} {ey:.1f}"
    legs = "".join(f"M{cx:.1f} {cy:.1f}L{cx + 1.5 * (x - cx):.1f} {cy + 1.5 * (y - cy):.1f}" for x, y in ends)
    return _measured(arc + legs, [(cx + 1.5 * (x - cx), cy + 1.5 * (y - cy)) for x, y in ends], fine)


def _measured(d: str, places: Sequence[tuple[float, float]], fine: float) -> Shape:
    svg = (
        f'<path d="{d}" stroke="#fff" stroke-width="{6 * fine:.1f}" fill="none"/>'
        f'<path d="{d}" stroke="{MEASURE}" stroke-width="{2.6 * fine:.1f}" fill="none"/>'
    )
    xs, ys = [p[0] for p in places], [p[1] for p in places]
    return Shape(OVER + 0.1, svg, (min(xs) - 8, min(ys) - 8, max(xs) + 8, max(ys) + 8))


def on_side(raw: Mapping[str, Any], side: str) -> Spot:
    """A place of `body.yaml` on a side; `out` becomes left or right."""
    part = str(raw["part"])
    ahead, out, up = raw["at"]
    sign = SIDES.get(side, 0.0)
    return (f"{side}-{part}" if part in LIMB_PARTS else part), (ahead, sign * out, up)


LIMB_PARTS = {"upper-arm", "forearm", "hand", "thigh", "shank", "foot"}
