"""Something that is done with the body has no picture.

Looks at every exercise, every check and every position of ease: each has a file of its name in `figures/`.
Knowledge without that folder has no pictures, and that is no finding.

Mend it by drawing one: knowledge/README.md says how, `assess show figures -o sheet.html --only ITEM` shows it.

Bad:
    # relief/lie-on-the-sofa.yaml
    id: lie-on-the-sofa
    title: Lie on the sofa
    use: position
    order: 90
    tags: [supine]
    steps: [Lie down for a few minutes.]
    dose: ten minutes
    stop: [pain that moves down a leg]
    sources: {design: design-value}
    evidence: {grade: C, note: From practice.}
    cases:
      - {says: a usual spell, given: {}, expect: yes}
      - {says: late pregnancy, given: {pregnant: yes, pregnancy-weeks: 30}, expect: no}

Good:
    # relief/lie-on-the-sofa.yaml
    id: lie-on-the-sofa
    title: Lie on the sofa
    use: position
    order: 90
    tags: [supine]
    steps: [Lie down for a few minutes.]
    dose: ten minutes
    stop: [pain that moves down a leg]
    sources: {design: design-value}
    evidence: {grade: C, note: From practice.}
    cases:
      - {says: a usual spell, given: {}, expect: yes}
      - {says: late pregnancy, given: {pregnant: yes, pregnancy-weeks: 30}, expect: no}

    # figures/lie-on-the-sofa.yaml
    id: lie-on-the-sofa
    view: side
    pose: lying-on-back
    frames:
      - says: Lie down for a few minutes
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.loading.source import FIGURES
from assess.model import words

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "warning"
NEEDS = "sound"


def check(context: Context) -> Iterator[Problem]:
    """Items without a file in the folder of figures, whatever that file is like."""
    folder = context.root / FIGURES
    if not folder.is_dir():
        return
    drawn = {entry.name.removesuffix(".yaml") for entry in folder.iterdir()}
    base = context.base
    postures = (r for r in base.relief.values() if r.use == words.POSITION)
    for item in (*base.exercises.values(), *base.checks.values(), *postures):
        if item.id not in drawn:
            yield context.at(item, ("title",), "missing-figure", f"nothing is drawn of {item.id!r}")
