"""What stands, lies or hangs beside the body: chair, wall, bed, band, towel, weight; and the floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

from assess.figures.body import Body
from assess.figures.camera import SIZE, Camera, Shape, covered
from assess.figures.flesh import LINE, spheres
from assess.figures.geometry import Vector, add, outline
from assess.model.figures import Pose, Spot, Thing

WOOD, CLOTH, RUBBER, MAT = "#e4e0d8", "#f4efe4", "#c9b458", "#cfd8c4"
FILLS = {"ball": RUBBER, "weight": RUBBER, "phone": "#4a4f55", "helper-hand": "#a9805f", "mirror": "#c9e2ee"}
BACKDROP = -9.0
"""What the body sits on or leans against is painted before it."""
FURNITURE = {"worktop", "table", "step", "mirror"}
"""Boxes that stand there, however near they are; among themselves the farthest is painted first."""
SEAT_DEEP, SEAT_WIDE = 0.24, 0.26


def spot(body: Body, at: Spot) -> Vector:
    """Where a place is: on a part of the body, or in the room (`room`: from the point under the pelvis)."""
    part, (ahead, left, up) = at
    local = (ahead / 100, left / 100, up / 100)
    if part == "room":
        x, y, _ = body.at["pelvis"][0]
        return add((x, y, 0.0), local)
    return body.point(part, local)


def things(body: Body, pose: Pose, camera: Camera) -> Iterator[Shape]:
    """The shapes of everything beside the body."""
    for thing in pose.things:
        yield from _KINDS[thing.kind](thing, body, pose, camera)


def floor(left: float, right: float, camera: Camera) -> str:
    """The line of the floor over the width of the picture; seen from above there is none."""
    if camera.up[2] < 0.95:
        return ""
    return f'<path d="M{left:.0f} 0H{right:.0f}" stroke="#8a8f94" stroke-width="2.5"/>'


def _box(a: Vector, b: Vector, camera: Camera, fill: str, depth: float) -> Shape:
    corners = [camera.place((x, y, z)) for x, y, z in product(*zip(a, b, strict=True))]
    return _hull([(x, y, 0.8) for x, y in corners], fill, depth)


def _hull(circles: Sequence[tuple[float, float, float]], fill: str, depth: float) -> Shape:
    svg = f'<path d="{outline(circles)}" fill="{fill}" stroke="{LINE}" stroke-width="1.3"/>'
    return Shape(depth, svg, covered(circles))


def _chair(thing: Thing, body: Body, pose: Pose, camera: Camera) -> Iterator[Shape]:
    x, y, top = *body.at["pelvis"][0][:2], pose.height
    if thing.at is not None:
        x, y, top = spot(body, thing.at)
    back, front = x - 0.1 - thing.size[0] / 100, x - 0.1 + SEAT_DEEP - thing.size[0] / 100
    wide = SEAT_WIDE / 2
    for px, py in product((back, front - 0.025), (y - wide, y + wide - 0.025)):
        yield _box((px, py, 0.0), (px + 0.025, py + 0.025, top), camera, WOOD, BACKDROP)
    before = BACKDROP + 0.1 if camera.near[0] > -0.3 else camera.depth((back - 0.1, y, top))
    if thing.kind == "chair":
        yield _box((back - 0.02, y - wide, top), (back + 0.005, y + wide, top + 0.27), camera, WOOD, before)
    yield _box((back, y - wide, top - 0.03), (front, y + wide, top), camera, WOOD, BACKDROP + 0.2)


def _bed(thing: Thing, body: Body, pose: Pose, camera: Camera) -> Iterator[Shape]:
    """Under the whole body; `size` makes it longer ahead and behind (below zero shorter: something hangs over)."""
    every = [p for p, _ in spheres(body)]
    longer, longer_behind, _ = (s / 100 for s in thing.size)
    lies_across = max(p[1] for p in every) - min(p[1] for p in every) > 0.6
    (x0, x1), (y0, y1) = ((min(p[i] for p in every) - 0.05, max(p[i] for p in every) + 0.05) for i in (0, 1))
    if lies_across:
        y0, y1, x0, x1 = y0 - longer_behind, y1 + longer, min(x0, -0.17), max(x1, 0.17)
    else:
        x0, x1, y0, y1 = x0 - longer_behind, x1 + longer, min(y0, -0.17), max(y1, 0.17)
    if thing.kind == "mat":
        yield _box((x0, y0, -0.012), (x1, y1, 0.0), camera, MAT, BACKDROP)
        return
    low = min(pose.height - 0.03, 0.08)
    yield _box((x0, y0, low), (x1, y1, pose.height), camera, CLOTH, BACKDROP + 0.1)
    for px in (x0 + 0.01, x1 - 0.04):
        yield _box((px, y0, 0.0), (px + 0.03, y0 + 0.03, low), camera, WOOD, BACKDROP)


def _wall(thing: Thing, body: Body, pose: Pose, camera: Camera) -> Iterator[Shape]:
    """Behind, ahead or at a side: touching what sticks out most there, or at the place that is said."""
    side = thing.to[0] if thing.to else "behind"
    axis, sign = {"behind": (0, -1), "ahead": (0, 1), "this": (1, -1), "other": (1, 1)}[side]
    if thing.at is not None:
        place = spot(body, thing.at)[axis]
    else:
        place = max(sign * p[axis] + r for p, r in spheres(body)) * sign
    every = [p for p, _ in spheres(body)]
    a = [min(p[i] for p in every) - 0.12 for i in (0, 1)] + [0.0]
    b = [max(p[i] for p in every) + 0.12 for i in (0, 1)] + [(thing.size[2] or 112) / 100]
    a[axis], b[axis] = place, place + sign * 0.03
    facing = abs(camera.near[axis]) > 0.6
    if facing and camera.near[axis] * sign > 0:
        return  # it would stand between us and the person
    yield _box((a[0], a[1], a[2]), (b[0], b[1], b[2]), camera, "#eef0f1" if facing else "#cfd3d6", BACKDROP - 1)


def _block(thing: Thing, body: Body, pose: Pose, camera: Camera) -> Iterator[Shape]:
    """A worktop, table, step, book, mirror: a box whose upper side has its middle at a place."""
    assert thing.at is not None
    x, y, z = spot(body, thing.at)
    deep, wide, high = (s / 200 for s in thing.size)
    backdrop = thing.kind in FURNITURE
    fill = FILLS.get(thing.kind, WOOD if backdrop else CLOTH)
    near = camera.depth((x, y, z))
    depth = BACKDROP + 0.3 + near / 20 if backdrop else near
    bottom = z - 2 * high
    if thing.kind in {"worktop", "table"}:
        for px, py in product((x - deep + 0.01, x + deep - 0.03), (y - wide + 0.01, y + wide - 0.03)):
            yield _box((px, py, 0.0), (px + 0.02, py + 0.02, bottom), camera, WOOD, BACKDROP)
    yield _box((x - deep, y - wide, bottom), (x + deep, y + wide, z), camera, fill, depth)


def _roll(thing: Thing, body: Body, pose: Pose, camera: Camera) -> Iterator[Shape]:
    """A pillow, towel, roll or ball: one sphere, or two with a skin round them; `size` is the radius."""
    assert thing.at is not None
    ends = [spot(body, at) for at in (thing.at, thing.to) if at is not None]
    radius = thing.size[0] / 100
    circles = [(*camera.place(p), radius * SIZE) for p in ends]
    depth = sum(camera.depth(p) for p in ends) / len(ends) + thing.size[1] / 100
    yield _hull(circles, FILLS.get(thing.kind, CLOTH), depth)


def _line(thing: Thing, body: Body, pose: Pose, camera: Camera) -> Iterator[Shape]:
    """A band, strap or string between two places, or from a place straight to a spot in the room."""
    assert thing.at is not None
    assert thing.to is not None
    a, b = spot(body, thing.at), spot(body, thing.to)
    (ax, ay), (bx, by) = camera.place(a), camera.place(b)
    depth = max(camera.depth(a), camera.depth(b)) + 0.02
    width, colour = (5, RUBBER) if thing.kind == "band" else (4, "#a08f7a")
    d = f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}"
    svg = (
        f'<path d="{d}" stroke="{LINE}" stroke-width="{width + 2}" stroke-linecap="round"/>'
        f'<path d="{d}" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>'
    )
    yield Shape(depth, svg, (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))


def _post(thing: Thing, body: Body, pose: Pose, camera: Camera) -> Iterator[Shape]:
    """A door frame: an upright at a place, from the floor up."""
    assert thing.at is not None
    x, y, _ = spot(body, thing.at)
    yield _box((x - 0.02, y - 0.02, 0.0), (x + 0.02, y + 0.02, 1.15), camera, WOOD, BACKDROP)


def _stick(thing: Thing, body: Body, pose: Pose, camera: Camera) -> Iterator[Shape]:
    """A bag that hangs from a place: a handle and a body below it."""
    assert thing.at is not None
    x, y, z = spot(body, thing.at)
    deep, wide, high = (s / 200 for s in thing.size)
    depth = camera.depth((x, y, z)) + 0.015
    top = z - 0.05
    for edge in (-deep * 0.6, deep * 0.6):
        (ax, ay), (bx, by) = camera.place((x, y, z)), camera.place((x + edge, y, top))
        svg = f'<path d="M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}" stroke="{LINE}" stroke-width="2"/>'
        yield Shape(depth - 0.001, svg, (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    yield _box((x - deep, y - wide, top - 2 * high), (x + deep, y + wide, top), camera, "#b9a98f", depth)


_PLACED = (_block, _roll, _line, _post, _stick)
_Kind = Callable[[Thing, Body, Pose, Camera], Iterator[Shape]]
_KINDS: dict[str, _Kind] = {
    "chair": _chair,
    "stool": _chair,
    "bed": _bed,
    "mat": _bed,
    "wall": _wall,
    "worktop": _block,
    "table": _block,
    "step": _block,
    "book": _block,
    "mirror": _block,
    "pillow": _roll,
    "towel": _roll,
    "ball": _roll,
    "weight": _roll,
    "phone": _roll,
    "helper-hand": _roll,
    "band": _line,
    "strap": _line,
    "tape": _line,
    "door-frame": _post,
    "bag": _stick,
}
KINDS = tuple(_KINDS)
NEEDS = {kind: ("at", "to") if draw is _line else ("at",) for kind, draw in _KINDS.items() if draw in _PLACED}
"""What must be said of a kind of thing."""
