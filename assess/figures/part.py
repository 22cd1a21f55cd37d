"""A part of the body by itself, seen near: its outline is data, because a figure's own hands and feet are small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assess.figures.camera import Shape, covered
from assess.figures.flesh import LINE, SKIN
from assess.figures.geometry import outline
from assess.figures.overlays import OVER, ringed

RIM = 3.0
STICK = "#c9b04e"


def part(shown: Mapping[str, Any], dots: tuple[str, ...], *, mirrored: bool) -> list[Shape]:
    """The shapes of a part of `body.yaml`, the later ones over the earlier, and the places to press.

    `shapes` are strips of circles (left, up, radius) of the right side, `sticks` straight lines from place to place,
    `places` (left, up); the left side is mirrored.
    """
    sign = -1.0 if mirrored else 1.0
    return [*_flesh(shown, sign), *_sticks(shown, sign), *_dots(shown, dots, sign)]


def _flesh(shown: Mapping[str, Any], sign: float) -> Iterator[Shape]:
    for depth, strip in enumerate(shown["shapes"]):
        circles = [(sign * x, -y, r) for x, y, r in strip]
        pairs = [outline(circles[i : i + 2]) for i in range(len(circles) - 1)]
        rims = "".join(f'<path d="{d}" fill="{LINE}" stroke="{LINE}" stroke-width="{RIM}"/>' for d in pairs)
        yield Shape(float(depth), rims + "".join(f'<path d="{d}" fill="{SKIN}"/>' for d in pairs), covered(circles))


def _sticks(shown: Mapping[str, Any], sign: float) -> Iterator[Shape]:
    for x1, y1, x2, y2 in shown.get("sticks", ()):
        line = f"M{sign * x1:.1f} {-y1:.1f}L{sign * x2:.1f} {-y2:.1f}"
        svg = f'<path d="{line}" stroke="{LINE}" stroke-width="7"/><path d="{line}" stroke="{STICK}" stroke-width="4"/>'
        yield Shape(OVER, svg, covered([(sign * x1, -y1, 4.0), (sign * x2, -y2, 4.0)]))


def _dots(shown: Mapping[str, Any], dots: tuple[str, ...], sign: float) -> Iterator[Shape]:
    for name in dots:
        x, y = shown["places"][name]
        yield ringed(sign * x, -y, 1.0)
