"""Answers -> conclusions, by the one evaluator; and what triage makes of them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import datetime

from assess.inference.compile import compile_rules
from assess.inference.gates import CANT_TELL_SUFFIX, lowered
from assess.inference.leaves import Leaves, Person
from assess.inference.readings import on_side
from assess.model import words
from assess.model.answers import Answers
from assess.model.conclusions import Conclusions, Reason, Triage
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase, Question, Row
from assess.rules.evaluate import PERSON, Pair, evaluate, value


def infer(knowledge: KnowledgeBase, answers: Answers, at: datetime) -> Conclusions:
    """Everything that follows, with ages and durations as of `at`."""
    leaves = Leaves(knowledge, PERSON, Person(knowledge, answers, at))
    found = evaluate(compile_rules(knowledge), PERSON, leaves)
    return Conclusions({key: (bool(t), bool(f)) for key, (t, f) in found.items() if isinstance(key, Key)})


def closed(knowledge: KnowledgeBase, answers: Answers, at: datetime) -> Answers:
    """The answers as a plan must read them: an open detail of a yes is unsure, an open clarifier "different".

    Nothing is taken for granted: only what a yes or unsure to a warning sign (a line with a clarifier) has opened is
    filled in, and only the safer way. What follows from a condition or a pregnancy has simply not been asked yet.
    """
    for _ in range(len(knowledge.questions) + 1):  # details open details: each round settles one more of a chain
        leaves = Leaves(knowledge, PERSON, Person(knowledge, answers, at))
        added: dict[str, str] = {}
        for question in knowledge.questions.values():
            parents = [p for p in (question.stem, question.follows) if p]
            waiting = parents and question.id not in answers.values and not leaves.off(question)
            raised = (answers.values.get(p) in (words.YES, words.UNSURE) for p in parents)
            if waiting and all(raised) and all(knowledge.questions[p].clarifier for p in parents):
                added[question.id] = words.UNSURE
            if clarifier_open(knowledge, answers, at, question):
                added[f"{question.id}.{words.COMPARED}"] = words.DIFFERENT
        if not added:
            return answers
        for key, read_as in added.items():
            answers = answers.having(key, read_as)
    raise RuntimeError("the lines of the knowledge open each other without end")


def clarifier_open(knowledge: KnowledgeBase, answers: Answers, at: datetime, question: Question) -> bool:
    """Whether the line is in doubt and its clarifier has not been answered."""
    compared = f"{question.id}.{words.COMPARED}"
    raised = answers.values.get(question.id) in (words.YES, words.UNSURE)
    if not question.clarifier or not raised or compared in answers.values:
        return False
    supposed = answers.having(compared, words.CANT_TELL)
    yes, no, doubt = Leaves(knowledge, PERSON, Person(knowledge, supposed, at)).effective(question)
    return bool(doubt) and not yes and not no


def decided_by(knowledge: KnowledgeBase, row: Row) -> tuple[Key, ...]:
    """The conclusions that settle a row: its level, and its same-day twin where "can't tell" has one."""
    level = Key(words.LEVEL, row.id)
    return (level, Key(words.TRIAGE, row.id + CANT_TELL_SUFFIX)) if row in lowered(knowledge) else (level,)


def _certain(row: Row, leaves: Leaves, conclusions: Conclusions) -> bool:
    """Whether a row holds without reading any "not sure" or "can't tell" the safer way."""
    sides = words.SIDES if row.each_side else ("",)
    found: dict[Hashable, Pair] = {key: (-t, -f) for key, (t, f) in conclusions.pairs.items()}
    return any(value(on_side(row.when, side), PERSON, leaves, found)[0] for side in sides)


def triage(knowledge: KnowledgeBase, conclusions: Conclusions, answers: Answers, at: datetime) -> Triage:
    """The highest level of all rows that hold and are not cleared; open rows are listed, not guessed.

    An emergency row is open also where only its same-day twin is.
    """
    cleared = answers.standing(at.date())
    reasons: list[Reason] = []
    undecided = []
    for row in knowledge.rows.values():
        if row.level == words.SELF_CARE:
            continue
        state, *twin = (conclusions.state(key) for key in decided_by(knowledge, row))
        if state == words.YES:
            reasons.append(
                Reason(row, row.level, row.level == words.CLINICIAN_FIRST and row.clearable and row.id in cleared)
            )
        elif words.YES in twin:
            reasons.append(Reason(row, words.SAME_DAY))
        elif "open" in (state, *twin) and row.level in words.BLOCKING:
            undecided.append(row)
    leaves = Leaves(knowledge, PERSON, Person(knowledge, answers, at))
    reasons = [replace(r, certain=_certain(r.row, leaves, conclusions)) for r in reasons]
    order = {level: i for i, level in enumerate(words.LEVELS)}
    reasons.sort(key=lambda r: (order[r.level], r.cleared))
    undecided.sort(key=lambda row: order[row.level])
    return Triage(
        words.worst([r.level for r in reasons if not r.cleared]),
        tuple(reasons),
        tuple(undecided),
        tuple((r.row, r.row.refer) for r in reasons if r.row.refer),
    )
