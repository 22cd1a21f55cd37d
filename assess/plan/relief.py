"""Today's relief: a few eligible things of each use, in the order of the knowledge."""

from __future__ import annotations

from assess.model import words
from assess.model.conclusions import Conclusions
from assess.model.knowledge import KnowledgeBase, Relief
from assess.model.plan import PlannedRelief


def choose_relief(knowledge: KnowledgeBase, conclusions: Conclusions) -> tuple[Relief, ...]:
    """As many of each use as the quotas say; a use that another one replaces waits."""
    eligible = sorted(
        (r for r in knowledge.relief.values() if conclusions.holds(words.ELIGIBLE, r.id)), key=lambda r: (r.order, r.id)
    )
    quotas = knowledge.program["quotas"]
    uses = {r.use for r in eligible}
    waiting = {later for first, later in quotas["chosen_together"].items() if first in uses}
    chosen: list[Relief] = []
    for relief in eligible:
        taken = sum(1 for c in chosen if c.use == relief.use)
        if relief.use not in waiting and taken < quotas["relief"][relief.use]:
            chosen.append(relief)
    return tuple(chosen)


def planned_relief(knowledge: KnowledgeBase, relief: Relief) -> PlannedRelief:
    """One line of the plan."""
    assert relief.evidence is not None
    return PlannedRelief(
        relief.id,
        relief.title,
        relief.use,
        relief.steps,
        relief.dose,
        relief.stop,
        (knowledge.program["because"][relief.use],),
        tuple(relief.sources),
        relief.evidence.grade,
        relief.evidence.note,
    )
