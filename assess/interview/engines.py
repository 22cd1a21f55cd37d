"""Every set of answers goes through both engines, built differently; what to make of a difference."""

from __future__ import annotations

from datetime import datetime

from assess.errors import EngineDisagreement
from assess.inference.infer import infer, triage
from assess.model.answers import Answers
from assess.model.conclusions import Conclusions, Triage
from assess.model.knowledge import KnowledgeBase


def both_engines(knowledge: KnowledgeBase, answers: Answers, at: datetime) -> tuple[Conclusions, Triage]:
    """The conclusions if experta and the evaluator agree. If they differ, a stop of either counts; else no plan."""
    from assess.inference.session import Session

    by_rules = infer(knowledge, answers, at)
    session = Session(knowledge, at)
    session.load(answers)
    by_experta = session.conclusions()
    first, second = (triage(knowledge, c, answers, at) for c in (by_rules, by_experta))
    if by_rules.pairs == by_experta.pairs:
        return by_rules, first
    for conclusions, found in ((by_rules, first), (by_experta, second)):
        if found.stops:
            return conclusions, found
    differ = [str(key) for key in by_rules.pairs if by_rules.pairs[key] != by_experta.pairs.get(key)]
    raise EngineDisagreement(
        f"the two engines disagree on {len(differ)} conclusions, first {next(iter(differ), 'none')}; no plan is given",
        hint="This is a fault of the program. Please report it with the answers file if you can share it.",
    )
