"""Somebody who answers the interview from a sheet, without a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assess.interview.machine import Interview
from assess.interview.steps import CHECKLIST, Ask, DoCheck, Done, OfferChecks, ReadBack, Step, Stop, Today
from assess.model.answers import Answers, Value
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase


@dataclass
class Walk:
    """Where a walk ended, the lines asked on the way, and which of them stood before "today"."""

    state: Interview
    asked: list[str] = field(default_factory=list)
    before_today: int = -1
    end: Step | None = None


def walk(
    knowledge: KnowledgeBase,
    at: datetime,
    sheet: Mapping[str, Value] | None = None,
    *,
    checks: bool = False,
    until: str = "",
    state: Interview | None = None,
) -> Walk:
    """Answer from the sheet, and from health where it says nothing; stop before the line `until`."""
    answers = {**healthy(knowledge), **(sheet or {})}
    out = Walk(state or Interview(knowledge, Answers(), at))
    for _ in range(400):
        step = out.state.next_step()
        match step:
            case Ask(id=line) if line == until:
                out.end = step
                return out
            case Ask():
                out.asked.append(step.id)
                out.state = _reply(out.state, step, answers)
            case ReadBack():
                out.state = out.state.confirm()
            case Today():
                out.before_today = len(out.asked)
                out.state = out.state.shown_today()
            case OfferChecks(checks=offered):
                out.state = out.state.choose_checks(*(c.id for c in offered if checks))
            case DoCheck(check=check):
                out.state = out.state.shown_check(check)
            case Stop() | Done():
                out.end = step
                return out
    raise AssertionError("the interview does not end")


def _reply(state: Interview, ask: Ask, answers: Mapping[str, Value]) -> Interview:
    if ask.kind == CHECKLIST:
        unsure = answers.get(ask.id) == "unsure"
        return state.answer_checklist(ask.id, [d for d in ask.options or () if answers.get(d) == "yes"], unsure=unsure)
    if ask.id in answers:
        return state.answer(ask.id, answers[ask.id])
    return state.skip(ask.id) if ask.optional or ask.unable else state.answer(ask.id, "unsure")
