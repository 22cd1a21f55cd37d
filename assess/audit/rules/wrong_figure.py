"""A figure cannot be drawn, or shows what no body can do.

Looks at the files in `figures/`: their shape, blanks that are left, the places, poses, muscles and things that they
name, whether there is an item of that name, whether hands and feet reach what they should, and whether any part lies
below the floor.

Mend it at the place that is named; `assess show figures -o sheet.html --only ITEM` shows what comes out.

Bad:
    # figures/waist-stretch-chair.yaml
    id: waist-stretch-chair
    view: front
    pose: {like: sitting, reach: {this-hand: {to: {room: [0, 0, 150]}}}}
    frames:
      - says: Reach for the ceiling

Good:
    # figures/waist-stretch-chair.yaml
    id: waist-stretch-chair
    view: front
    pose: {like: sitting, this-shoulder: {out: 165}, this-elbow: 0}
    frames:
      - says: Arm up, sit tall
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from assess.audit.rules.blank_left import BLANK
from assess.errors import Problem
from assess.figures.check import faults
from assess.figures.load import read_figures
from assess.loading.source import FIGURES

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "sound"
CODE = "wrong-figure"


def check(context: Context) -> Iterator[Problem]:
    """Problems of the files, then impossible pictures, each at its picture."""
    if not (context.root / FIGURES).is_dir():
        return
    found, problems = read_figures(context.base, context.root, context.shown)
    for problem in problems:
        yield replace(problem, code=CODE)
    if found is None:
        return
    for figure in found.by_id.values():
        for i, frame in enumerate(figure.frames):
            if BLANK.search(frame.says):
                message = f"this blank is not filled: {frame.says}"
                yield found.located[figure.id].problem(("frames", i, "says"), CODE, message)
            for fault in faults(frame):
                yield found.located[figure.id].problem(("frames", i), CODE, f"picture {i + 1}: {fault}")
