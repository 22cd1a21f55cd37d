"""What is not in the plan and why: nothing eligible, and no target, is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assess.model import words
from assess.model.conclusions import Conclusions
from assess.model.conditions import Key
from assess.model.describe import side_words
from assess.model.knowledge import Exercise, KnowledgeBase, Relief, Row
from assess.model.plan import LeftOut, Target
from assess.plan.choose import Chosen

BARRED, NOT_KNOWN, MARKED_LONG, NOTHING_FOR_IT = "barred", "not-known", "marked-long", "nothing-for-it"
NO_TIME, NOT_NOW, LATER_LEVEL, NOT_STRETCHED = "no-time", "not-now", "later-level", "not-stretched"
SMALL_WAITS, NO_STRENGTH = "small-muscle-waits", "no-strength-beside-it"


def rows_behind(knowledge: KnowledgeBase, conclusions: Conclusions, tag: str, side: str) -> Iterator[tuple[Row, bool]]:
    """The rows that bar a tag on a side and are not known false, with whether they are known true."""
    for kind, rows in ((words.TRIAGE, knowledge.triage), (words.MODIFIER, knowledge.modifiers)):
        for row in rows.values():
            if tag not in row.bars:
                continue
            at = words.SIDES if row.each_side and not side else (side,) if row.each_side else ("",)
            for s in at:
                if not conclusions.refuted(kind, row.id, s):
                    yield row, conclusions.holds(kind, row.id, s)


def barred_by(
    knowledge: KnowledgeBase, conclusions: Conclusions, item: Exercise | Relief, side: str
) -> dict[str, tuple[Row, bool]]:
    """Every row that keeps an item out, known or not known, by its id."""
    return {row.id: (row, known) for tag in item.tags for row, known in rows_behind(knowledge, conclusions, tag, side)}


def left_out(
    knowledge: KnowledgeBase,
    conclusions: Conclusions,
    chosen: Iterable[Chosen],
    relief: Iterable[str],
    unmet: Iterable[Target],
    alone: Iterable[Chosen],
    dropped: Iterable[Chosen],
    *,
    comfort_only: bool,
) -> tuple[LeftOut, ...]:
    """Everything with its reason, barred first, then by id and side."""
    taken = {(c.exercise.id, side) for c in chosen for side in c.sides}
    codes_of = {c.exercise.id: NO_TIME for c in dropped} | {c.exercise.id: NO_STRENGTH for c in alone}
    says: Mapping[str, str] = knowledge.program["left_out"]
    out = [*_targets(knowledge, conclusions, unmet, says)]
    exercises = () if comfort_only else knowledge.exercises.values()
    for exercise in exercises:
        for side in words.SIDES if exercise.sides == "each" else ("",):
            if (exercise.id, side) not in taken:
                out += _item(knowledge, conclusions, exercise, side, says, codes_of)
    for item in knowledge.relief.values():
        if item.id not in relief:
            out += _item(knowledge, conclusions, item, "", says, codes_of)
    codes = (MARKED_LONG, NOTHING_FOR_IT, NOT_STRETCHED, SMALL_WAITS, BARRED, NOT_KNOWN, NO_STRENGTH, NO_TIME)
    order = {code: i for i, code in enumerate(codes)}
    out.sort(key=lambda e: (order.get(e.code, len(order)), e.code, e.id, e.side))
    return tuple(out)


def _item(
    knowledge: KnowledgeBase,
    conclusions: Conclusions,
    item: Exercise | Relief,
    side: str,
    says: Mapping[str, str],
    codes_of: Mapping[str, str],
) -> Iterator[LeftOut]:
    if conclusions.holds(words.ELIGIBLE, item.id, side):
        advanced = isinstance(item, Exercise) and item.level > 1
        code = codes_of.get(item.id, LATER_LEVEL if advanced else NOT_NOW)
        yield LeftOut(item.id, item.title, code, side, (), says[code])
        return
    if not conclusions.holds(words.NEEDED, item.id, side):
        return
    rows = barred_by(knowledge, conclusions, item, side)
    if any(known for _, known in rows.values()):
        because = tuple(row.say for row, known in rows.values() if known)
        yield LeftOut(item.id, item.title, BARRED, side, because, says[BARRED])
    elif rows:
        because = tuple(says["not_known_row"].format(title=row.title) for row, _ in rows.values())
        yield LeftOut(item.id, item.title, NOT_KNOWN, side, because, says[NOT_KNOWN])


def _targets(
    knowledge: KnowledgeBase, conclusions: Conclusions, unmet: Iterable[Target], says: Mapping[str, str]
) -> Iterator[LeftOut]:
    for target in unmet:
        muscle = knowledge.terms.muscles[target.muscle]
        sides = words.SIDES if target.side == "both" else (target.side,)
        found = tuple(knowledge.findings[f["id"]].text + side_words(f["side"]) for f in target.findings)
        withheld = target.role == words.STRETCH and any(
            conclusions.pairs[Key(words.WITHHELD, target.muscle, s)][0] for s in sides
        )
        if target.tier == words.MINOR and not conclusions.holds(words.UNLOCKED, words.MINOR):
            yield LeftOut(target.muscle, muscle.name, SMALL_WAITS, target.side, found, says[SMALL_WAITS])
        elif withheld:
            yield LeftOut(target.muscle, muscle.name, MARKED_LONG, target.side, found, says[MARKED_LONG])
        elif target.role == words.STRETCH and muscle.not_stretched:
            yield LeftOut(target.muscle, muscle.name, NOT_STRETCHED, target.side, found, muscle.not_stretched)
        else:
            yield LeftOut(target.muscle, muscle.name, NOTHING_FOR_IT, target.side, found, says[NOTHING_FOR_IT])
