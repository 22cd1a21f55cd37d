"""A small layered drawing: one point in the middle, two steps of what leads to it, two steps of what follows.

Every step is a column of boxes; lines run in the gaps between neighbouring columns only, so no line crosses a text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from textwrap import wrap

from assess.audit.reading.graph import Graph, Point
from assess.model import words

FEW = (5, 4)
"""Boxes of a column, one step and two steps away; what is left over is counted in one more."""
WIDTH, GAP, SPACE, MARGIN = 176, 44, 10, 4
"""Pixels: of a box, between columns, between the boxes of a column, around everything."""
SIGNS, LINES = 21, 3
"""How much text a box holds; wide letters and all, at the size that the style sheet sets."""
LINE, PADDING = 15, 8


@dataclass(frozen=True, slots=True)
class Box:
    """One box: where it is, its kind for the colour, its lines of text. Without a kind it counts what is left out."""

    kind: str
    lines: tuple[str, ...]
    x: int
    y: int
    height: int
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be drawn; `says` tells the same in a sentence."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    paths: tuple[str, ...]
    says: str


@dataclass(slots=True)
class _Column:
    """The points of one step outwards; `near` are their neighbours one step further in, `more` is what is left out."""

    points: list[Point]
    near: dict[Point, list[Point]]
    more: int


def draw(graph: Graph, middle: Point) -> Picture:
    """The drawing around a point."""
    seen = {middle}
    before = _columns(middle, lambda p: _leads(graph, p, middle), seen)
    after = _columns(middle, lambda p: [edge.target for edge in graph.out_of.get(p, ())], seen)
    columns = [*reversed(before), _Column([middle], {}, 0), *after]
    stacks = [_stack(graph, column, i, i == len(before)) for i, column in enumerate(columns)]
    height = max(_bottom(stack) for stack in stacks)
    placed = [_centred(stack, height) for stack in stacks]
    at = {point: box for column, boxes in zip(columns, placed, strict=True) for point, box in _named(column, boxes)}
    paths = [
        _path(at[point], at[near]) if i < len(before) else _path(at[near], at[point])
        for i, column in enumerate(columns)
        for point in column.points
        for near in column.near.get(point, ())
    ]
    return Picture(
        2 * MARGIN + len(columns) * WIDTH + (len(columns) - 1) * GAP,
        height + 2 * MARGIN,
        tuple(box for boxes in placed for box in boxes),
        tuple(paths),
        _said(len(_leads(graph, middle, middle)), len(graph.out_of.get(middle, ()))),
    )


def _leads(graph: Graph, point: Point, middle: Point) -> list[Point]:
    """What leads to a point. What must hold for everybody does not; it is drawn around itself only."""
    sources = (edge.source for edge in graph.into.get(point, ()))
    return [s for s in sources if s.kind != words.INVARIANT or middle.kind == words.INVARIANT]


def _said(into: int, out_of: int) -> str:
    led = f"{into} {'thing leads' if into == 1 else 'things lead'} to it directly"
    return f"{led}, {out_of} {'follows' if out_of == 1 else 'follow'} from it directly; the lists below name them."


def _columns(middle: Point, steps: Callable[[Point], list[Point]], seen: set[Point]) -> list[_Column]:
    """Outwards from the middle. Every shown point gets its share of the next column, in turn."""
    columns: list[_Column] = []
    inner = [middle]
    for few in FEW:
        near: dict[Point, list[Point]] = {}
        for point in inner:
            for found in steps(point):
                if found not in seen:
                    near.setdefault(found, []).append(point)
        queues = [[p for p in near if near[p][0] == point] for point in inner]
        turns = [queue[i] for i in range(max(map(len, queues), default=0)) for queue in queues if i < len(queue)]
        shown = sorted(turns[:few], key=lambda p: sum(inner.index(n) for n in near[p]) / len(near[p]))
        if not shown:
            break
        seen.update(shown)
        columns.append(_Column(shown, {p: near[p] for p in shown}, len(turns) - len(shown)))
        inner = shown
    return columns


def _stack(graph: Graph, column: _Column, index: int, middle: bool) -> list[Box]:
    """The boxes of a column, one below the other."""
    x = MARGIN + index * (WIDTH + GAP)
    texts = [(point.kind, graph.titles.get(point, point.id)) for point in column.points]
    if column.more:
        texts.append(("", f"and {column.more} more"))
    boxes: list[Box] = []
    for kind, text in texts:
        said = wrap(text, SIGNS, max_lines=LINES, placeholder=" …")
        heads = 1 if kind else 0
        y = _bottom(boxes) + SPACE if boxes else 0
        boxes.append(Box(kind, tuple(said), x, y, 2 * PADDING + LINE * (heads + len(said)), middle))
    return boxes


def _bottom(boxes: list[Box]) -> int:
    return boxes[-1].y + boxes[-1].height


def _centred(boxes: list[Box], height: int) -> list[Box]:
    down = MARGIN + (height - _bottom(boxes)) // 2
    return [replace(box, y=box.y + down) for box in boxes]


def _named(column: _Column, boxes: list[Box]) -> list[tuple[Point, Box]]:
    return list(zip(column.points, boxes, strict=False))


def _path(source: Box, target: Box) -> str:
    """A curve from the right of one box to the left of the other, level at both ends."""
    x1, y1, x2, y2 = source.x + WIDTH, source.y + source.height // 2, target.x, target.y + target.height // 2
    bend = (x1 + x2) // 2
    return f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2 - 1} {y2}"
