"""Where a healthy person of 40 stands before each line, walked once: other walks branch off there."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from support.walker import Walk, walk

from assess.interview.machine import Interview
from assess.model.answers import Value
from assess.model.knowledge import KnowledgeBase


@lru_cache(maxsize=4)
def healthy_path(knowledge: KnowledgeBase, at: datetime, sex: str = "male") -> dict[str, Interview]:
    """Line -> the state in which it is asked."""
    sheet: dict[str, Value] = {"sex-at-birth": sex}
    out: dict[str, Interview] = {}
    state: Interview | None = None
    for line in walk(knowledge, at, sheet).asked:
        state = walk(knowledge, at, sheet, until=line, state=state).state
        out[line] = state
    return out


def branch(
    knowledge: KnowledgeBase, at: datetime, line: str, sheet: dict[str, Value], *, until: str = "", checks: bool = False
) -> Walk:
    """Healthy up to a line; from there by the sheet, and healthy where it says nothing."""
    state = healthy_path(knowledge, at)[line]
    return walk(knowledge, at, {"sex-at-birth": "male", **sheet}, until=until, checks=checks, state=state)
