"""The map of the body, from the front and from the back: where it hurts, and the muscles that the plan works on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assess.figures.body import SIDES
from assess.figures.camera import SIZE, Camera, Shape
from assess.figures.draw import Picture, picture, posed, window_of
from assess.figures.flesh import flesh
from assess.figures.overlays import OVER, muscle, on_side
from assess.figures.read import Atlas, built
from assess.figures.things import spot
from assess.model import words

SORE = "#e08a1e"
VIEWS = {"front": "From the front", "back": "From the back"}
STANDING = "standing"


def body_map(atlas: Atlas, site: str, muscles: Sequence[tuple[str, str]], title: str) -> list[Picture]:
    """Two pictures; `muscles` with the side each is meant on. None where there is nothing to show."""
    known = [(name, side) for name, side in muscles if name in atlas.muscles]
    if not known and site not in atlas.sites:
        return []
    return [_seen(atlas, site, known, view, f"{title}: {says}", says) for view, says in VIEWS.items()]


def _seen(atlas: Atlas, site: str, muscles: Sequence[tuple[str, str]], view: str, heard: str, says: str) -> Picture:
    camera, body = Camera.of(view), posed(built(atlas, atlas.pose(STANDING)))
    shapes = list(flesh(body, camera))
    for name, side in muscles:
        drawn = atlas.muscles[name]
        for at in _sides(side):
            strips = [[on_side(place, at) for place in strip] for strip in drawn["strips"]]
            shapes += [s for s in muscle(strips, drawn["width"], body, camera) if s.depth < OVER - 1]
    if view == "back":
        shapes += _sore(atlas, site, camera)
    return picture(shapes, camera, window_of([shapes], camera), heard, says)


def _sides(side: str) -> tuple[str, ...]:
    """A figure is thought for the right, so that is `this`."""
    return {words.RIGHT: ("this",), words.LEFT: ("other",)}.get(side, tuple(SIDES))


def _sore(atlas: Atlas, site: str, camera: Camera) -> Iterator[Shape]:
    body = posed(built(atlas, atlas.pose(STANDING)))
    for circle in atlas.sites.get(site, ()):
        (x, y), r = camera.place(spot(body, atlas.spot(circle["at"]))), circle["radius"] / 100 * SIZE
        svg = (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{SORE}" fill-opacity="0.45" stroke="{SORE}"'
            ' stroke-width="2" stroke-dasharray="4 3"/>'
        )
        yield Shape(OVER, svg, (x - r, y - r, x + r, y + r))
