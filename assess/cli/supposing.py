"""What if, in words: what would change a line of the plan, or, calmly, why nothing is offered. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from assess.inference.what_if import Change, WhatIf
from assess.model import words
from assess.model.answers import Value
from assess.model.conditions import Key
from assess.model.describe import conclusion, number_words, side_words
from assess.model.knowledge import KnowledgeBase, Measure, Question

WIDTH = 78
SHOWN = 6
"""How many changes are told; of more, how many there are."""


def supposed(knowledge: KnowledgeBase, found: WhatIf) -> str:
    """One conclusion and what would change it."""
    out = wrap(f"What if: {conclusion(found.key, knowledge)} (now: {'yes' if found.holds else 'no'})", WIDTH)
    if found.barriers:
        out += _held_back(knowledge, found)
    elif found.safety_only:
        out += _text("Only answers about your safety decide this. They are not for trying out, so none is offered.")
        out += _text("If one of them is no longer right, run `assess` and answer afresh.")
    elif not found.changes:
        out += _text("No other result of a check and no other wish changes this, nor do two of them together.")
        if not found.tried_all:
            out += _text("There were too many to try them all two by two; we stopped looking at some point.")
    else:
        out += _text("This would change it:")
        for changes in found.changes[:SHOWN]:
            out += _bullet(" and ".join(_changed(knowledge, change) for change in changes))
        if len(found.changes) > SHOWN:
            out += _text(f"Or one of {len(found.changes) - SHOWN} more.")
        out += _notes(knowledge, found)
    return "".join(f"{line}\n" for line in out)


def _text(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _bullet(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="   - ", subsequent_indent="     ")


def _held_back(knowledge: KnowledgeBase, found: WhatIf) -> Iterator[str]:
    """What holds it back, what to do about that, and that no answer is offered."""
    stops = any(b.row.level in words.BLOCKING for b in found.barriers if b.known)
    yield from _text("This comes first:" if stops else "It is left out to keep you safe:")
    acts: dict[str, None] = {}
    for barrier in found.barriers:
        row = barrier.row
        yield from _bullet(row.say if barrier.known else f"{row.title}: not known, and then we leave it out.")
        if barrier.known:
            acts.update(dict.fromkeys(row.act))
    for act in acts:
        yield from _text(act)
    if any(not b.known for b in found.barriers):
        yield from _text("What is not known can be asked: run `assess`, or ask a pharmacist, a GP or a midwife.")
    elif not acts:
        yield from _text("A GP or a physiotherapist can tell you whether it would suit you.")
    yield from _text("No other answer is offered here: please leave your answers as they are true.")


def _changed(knowledge: KnowledgeBase, change: Change) -> str:
    """One change: what is asked, what it would have to be, and what it is."""
    asked: Question | Measure
    if change.answer in knowledge.questions:
        asked, of, none = knowledge.questions[change.answer], "", "not asked yet"
    else:
        check_id, measure_id, *side = change.answer.split(".")
        check = knowledge.checks[check_id]
        asked = next(m for m in check.measures if m.id == measure_id)
        of, none = f"{check.title}{side_words(''.join(side))}: ", "not done yet"

    def said(value: Value) -> str:
        if isinstance(value, int | float):
            return number_words(value, asked.unit)
        return asked.options.get(str(value), str(value))

    was = none if change.was is None else "not sure" if change.was == words.UNSURE else said(change.was)
    least, most = change.least, change.most
    if least is None or most is None or least == most:
        to = said(change.to)
    elif most == asked.maximum:
        to = f"at least {said(least)}"
    elif least == asked.minimum:
        to = f"at most {said(most)}"
    else:
        to = f"from {said(least)} to {said(most)}"
    return f"{of}“{asked.ask}” {to} (you: {was})"


def _notes(knowledge: KnowledgeBase, found: WhatIf) -> Iterator[str]:
    of_checks = [c for changes in found.changes for c in changes if c.answer not in knowledge.questions]
    if of_checks:
        yield from _text("A check is done again at the review. What you see then counts; it is not made to fit.")
    if any(c.answer in knowledge.questions for changes in found.changes for c in changes):
        yield from _text("Answer as it is for you. This only shows what the advice hangs on.")
    if _chosen_after(knowledge, found.key):
        yield from _text("Whether it is then part of the plan depends on what else has a place in your day.")


def _chosen_after(knowledge: KnowledgeBase, key: Key) -> bool:
    return key.kind == words.ELIGIBLE and key.id in knowledge.exercises
