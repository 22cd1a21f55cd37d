"""What the rules say of a case, in the words of its `expect`; and which conclusions that hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assess.model import words
from assess.model.answers import Answers, Clearance, Unable
from assess.model.conclusions import Conclusions
from assess.model.conditions import Key
from assess.model.healthy import healthy
from assess.model.knowledge import Case, Check, Item, KnowledgeBase, Pattern, Row

CLEARED = f"{words.CLEARED}."


def given(case: Case) -> dict[str, Any]:
    """What a case lays over its start; None leaves out what a person without trouble answers."""
    return {a: Unable(str(v.get(words.UNABLE, ""))) if isinstance(v, Mapping) else v for a, v in case.given.items()}


def answers_of(knowledge: KnowledgeBase, case: Case, at: datetime) -> Answers:
    """The person of a case, at one moment."""
    start = healthy(knowledge) if case.start == "healthy" else {}
    values = {answer: value for answer, value in {**start, **given(case)}.items() if value is not None}
    cleared = tuple(
        Clearance(key.removeprefix(CLEARED), "a clinician", at.date(), "exercise")
        for key in values
        if key.startswith(CLEARED)
    )
    return Answers({k: v for k, v in values.items() if not k.startswith(CLEARED)}, at, cleared=cleared)


def verdict(item: Item, case: Case, found: Conclusions) -> str:
    """In the words of `expect`: yes, no or open of rows and findings; how likely a pattern is; yes or no of items.

    Where a row's case expects a level, it is that of the whole person; lower ones count only as this row has them.
    """
    match item:
        case Row() if case.expect in words.LEVELS:
            blocking = (level for level in words.BLOCKING if found.holds(words.LEVEL, level))
            return next(blocking, words.CAUTION if found.holds(words.LEVEL, item.id) else words.SELF_CARE)
        case Row():
            return found.state(Key(item.kind, item.id, case.side))
        case Check() if case.finding:
            return found.state(Key(words.FINDING, case.finding, case.side))
        case Pattern():
            for label in (words.LIKELY, words.POSSIBLE):
                if found.holds(words.PATTERN, f"{item.id}.{label}", case.side):
                    return label
            enough = found.holds(words.PATTERN, f"{item.id}.{words.ENOUGH}", case.side)
            return words.NONE if enough else words.NOT_ENOUGH
        case _:
            return words.YES if found.holds(words.ELIGIBLE, item.id, case.side) else words.NO


def hangs_on(item: Item, case: Case) -> tuple[tuple[Key, bool, bool], ...]:
    """The conclusions with which a case stands or falls: whether known true matters, whether known false does."""
    match item:
        case Row() if case.expect in words.LEVELS:
            above = words.BLOCKING[: words.LEVELS.index(case.expect) + 1]
            own = () if case.expect in words.BLOCKING else (Key(words.LEVEL, item.id),)
            return tuple((key, True, False) for key in (*(Key(words.LEVEL, level) for level in above), *own))
        case Row():
            return ((Key(item.kind, item.id, case.side), True, True),)
        case Check() if case.finding:
            return ((Key(words.FINDING, case.finding, case.side), True, True),)
        case Pattern():
            grades = {words.LIKELY: (words.LIKELY,), words.POSSIBLE: (words.LIKELY, words.POSSIBLE)}
            labels = grades.get(case.expect, (words.LIKELY, words.POSSIBLE, words.ENOUGH))
            return tuple((Key(words.PATTERN, f"{item.id}.{label}", case.side), True, False) for label in labels)
        case _:
            return ((Key(words.ELIGIBLE, item.id, case.side), True, False),)
