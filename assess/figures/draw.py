"""The pictures of a figure as SVG, in one hand: one file a picture, sized so that all are to one scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from assess.figures.body import Body, body_of, plant, reach
from assess.figures.camera import SIZE, Camera, Shape, around, painted
from assess.figures.flesh import flesh, spheres
from assess.figures.geometry import sub
from assess.figures.overlays import arrow, mark, muscle, on_side
from assess.figures.part import part
from assess.figures.read import Atlas
from assess.figures.things import floor, spot, things
from assess.model import words
from assess.model.figures import Figure, Frame, Pose

BY_ITSELF = Camera.of("above")
"""A part by itself is flat: nothing of a camera matters for it."""
MARGIN = 14.0
ZOOMED = 240.0
Window = tuple[float, float, float, float]
"""Left, top, width, height, in units of the paper."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its caption, what a screen reader says of it, and its drawing.

    It is `width` by `height` units, 300 of which are a person's height.
    """

    says: str
    heard: str
    svg: str
    width: int
    height: int


def framed(frame: Frame) -> Body:
    """The body of a picture, with what is fixed and planted where it is in the figure's own pose."""
    if not frame.fixed and not frame.planted:
        return posed(frame.pose)
    start, body = posed(frame.start), _standing(frame.pose)
    if frame.fixed:
        body = body.moved(sub(start.point(frame.fixed), body.point(frame.fixed)))
    _reaching(body, frame.pose)
    for limb in frame.planted:
        plant(body, limb, start)
    return body


def posed(pose: Pose) -> Body:
    """The body on its floor or seat, hands and feet where they reach for."""
    body = _standing(pose)
    _reaching(body, pose)
    return body


def _standing(pose: Pose) -> Body:
    body = body_of(pose)
    low = min(p[2] - r for p, r in spheres(body, pose.rests))
    return body.moved((0.0, 0.0, pose.height - low))


def _reaching(body: Body, pose: Pose) -> None:
    for limb, wanted in pose.reach.items():  # one after the other: a hand may hold the foot that another brings near
        reach(body, {limb: wanted}, {limb: spot(body, wanted.to)})


def pictures(atlas: Atlas, figure: Figure, title: str, side: str = "", text: str = "") -> list[Picture]:
    """All pictures of a figure, for a side (`left` mirrors what is thought for the right).

    The first is described by `text`, the item's own, for those who do not see it.
    """
    cameras = [Camera.of(f.view, mirrored=side == words.LEFT, fine=1 / _enlarged(f)) for f in figure.frames]
    drawn = list(zip(figure.frames, cameras, strict=True))
    shapes = [list(_shapes(atlas, figure, frame, camera, sided=bool(side))) for frame, camera in drawn]
    whole = {
        camera: window_of(
            [s for s, (f, c) in zip(shapes, drawn, strict=True) if c == camera and not f.zoom and not f.part], camera
        )
        for camera in cameras
    }
    result = []
    for i, ((frame, camera), shape) in enumerate(zip(drawn, shapes, strict=True)):
        seen = BY_ITSELF if frame.part else camera
        alone = window_of([shape], seen) if frame.part else _near(frame, camera) if frame.zoom else None
        window = alone or whole[camera]
        heard = f"{title}: {frame.says}" + (f" ({i + 1} of {len(shapes)})" if len(shapes) > 1 else "")
        result.append(picture(shape, seen, window, heard, frame.says, _enlarged(frame), "" if i else text))
    return result


def picture(
    shapes: list[Shape], camera: Camera, window: Window, heard: str, says: str, size: float = 1.0, text: str = ""
) -> Picture:
    """What is seen in a window, as one SVG; `heard` is what a screen reader says of it, `text` what more it can."""
    left, top, width, height = window
    described = f"<desc>{escape(text)}</desc>" if text else ""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" fill="none" stroke-linejoin="round" stroke-linecap="round"'
        f' viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}"><title>{escape(heard)}</title>{described}'
        f"{floor(left, left + width, camera)}{painted(shapes)}</svg>"
    )
    return Picture(says, heard, svg, round(width * size), round(height * size))


def window_of(shapes: list[list[Shape]], camera: Camera) -> Window:
    """Left, top, width and height that hold all pictures of the whole body, so that they are to one scale."""
    boxes = [around(s) for s in shapes]
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    left, top = min(b[0] for b in boxes) - MARGIN, min(b[1] for b in boxes) - MARGIN
    right, bottom = max(b[2] for b in boxes) + MARGIN, max(b[3] for b in boxes) + MARGIN
    if camera.up[2] > 0.95:  # the line of the floor is seen
        bottom = max(bottom, MARGIN)
    return left, top, right - left, bottom - top


def _enlarged(frame: Frame) -> float:
    return ZOOMED / (2 * frame.zoom[1] / 100 * SIZE) if frame.zoom else 1.0


def _near(frame: Frame, camera: Camera) -> Window:
    """What lies round the place of a zoom: left, top, width and height."""
    assert frame.zoom is not None
    at, radius = frame.zoom
    x, y = camera.place(spot(framed(frame), at))
    reach = radius / 100 * SIZE
    return x - reach, y - reach, 2 * reach, 2 * reach


def _shapes(atlas: Atlas, figure: Figure, frame: Frame, camera: Camera, *, sided: bool) -> Iterator[Shape]:
    if frame.part:
        yield from part(atlas.parts[frame.part.name], frame.part.dots, mirrored=camera.mirrored)
        return
    body = framed(frame)
    yield from flesh(body, camera)
    yield from things(body, frame.pose, camera)
    for name in figure.muscles:
        known = atlas.muscles.get(name)
        for side in ("this",) if sided else ("this", "other"):
            if known:
                strips = [[on_side(place, side) for place in strip] for strip in known["strips"]]
                yield from muscle(strips, known["width"], body, camera)
    for a in frame.arrows:
        yield arrow(a, body, camera)
    for m in frame.marks:
        yield mark(m, body, camera)
