"""Every set of answers goes through both engines, built differently; what to make of a difference."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from assess.errors import EngineDisagreement
from assess.inference.infer import infer, triage
from assess.model import words
from assess.model.answers import Answers
from assess.model.conclusions import Conclusions, Triage
from assess.model.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from assess.inference.session import Session


def both_engines(knowledge: KnowledgeBase, answers: Answers, at: datetime) -> tuple[Conclusions, Triage]:
    """The conclusions if experta and the evaluator agree. If they differ, the higher stop counts; else no plan."""
    by_rules = infer(knowledge, answers, at)
    first = triage(knowledge, by_rules, answers, at)
    try:
        by_experta = _by_experta(knowledge, answers, at)
    except Exception:
        if first.stops:  # what to do now does not wait for a second opinion
            return by_rules, first
        raise
    if by_rules.pairs == by_experta.pairs:
        return by_rules, first
    second = triage(knowledge, by_experta, answers, at)
    stops = [(c, found) for c, found in ((by_rules, first), (by_experta, second)) if found.stops]
    if stops:
        return min(stops, key=lambda stop: words.LEVELS.index(stop[1].level))
    differ = [str(key) for key in by_rules.pairs if by_rules.pairs[key] != by_experta.pairs.get(key)]
    raise EngineDisagreement(
        f"the two engines disagree on {len(differ)} conclusions, first {next(iter(differ), 'none')}; no plan is given",
        hint="This is a fault of the program. Please report it with the answers file if you can share it.",
    )


def _by_experta(knowledge: KnowledgeBase, answers: Answers, at: datetime) -> Conclusions:
    session = _session(knowledge)
    try:
        session.begin(at)
        session.load(answers)
        return session.conclusions()
    except BaseException:  # Ctrl-C too: nobody knows what state it was left in
        _session.cache_clear()
        raise


@lru_cache(maxsize=1)
def _session(knowledge: KnowledgeBase) -> Session:
    """One session for all who come: to build it costs more than what it then says of a person."""
    from assess.inference.session import Session

    return Session(knowledge, datetime.min)
