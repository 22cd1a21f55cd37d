"""Going on with a saved assessment: what it is, how old it is, and from where it may go on (Triage 4 and 6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from assess.errors import AnswerNeeded
from assess.inference.infer import infer
from assess.interview.agreements import counting
from assess.interview.machine import Interview
from assess.interview.outcome import Outcome, assess_answers
from assess.interview.store import Store, too_old
from assess.model import words
from assess.model.answers import Answers
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved assessment. One with a `stop` is never gone on with; `state` is where any other goes on."""

    state: Interview
    stop: Outcome | None
    finished: bool
    too_old: bool
    when: datetime
    unread: int
    other_knowledge: bool


def find_saved(knowledge: KnowledgeBase, store: Store, now: datetime) -> Saved | None:
    """What there is to go on with, or None."""
    found = store.read(now)
    if found is None or not found.answers.values:
        return None
    answers, when = found.answers, store.saved_at()
    outcome = outcome_or_none(knowledge, answers, now)
    state = Interview.resumed(knowledge, _with_standing_agreements(knowledge, answers, now), now)
    old = too_old(answers, when, now)
    return Saved(
        state.reopen_triage() if old else state,
        outcome if outcome is not None and outcome.triage.stops else None,
        answers.complete,
        old,
        answers.triaged_at or when,
        len(found.problems),
        answers.knowledge.get("sha256", knowledge.manifest.sha256) != knowledge.manifest.sha256,
    )


def outcome_or_none(knowledge: KnowledgeBase, answers: Answers, now: datetime) -> Outcome | None:
    """The outcome, or None where a needed line is open."""
    try:
        return assess_answers(knowledge, answers, now)
    except AnswerNeeded:
        return None


def _with_standing_agreements(knowledge: KnowledgeBase, answers: Answers, now: datetime) -> Answers:
    """A clinician's agreement stands only while the reason that it was given on is there to be seen.

    Where the warning signs were being asked again and that broke off, the answers that it was about are gone.
    """
    answers = counting(knowledge, replace(answers, complete=False, example=False), now)
    conclusions = infer(knowledge, answers, answers.triaged_at or now)
    standing = (c for c in answers.cleared if conclusions.state(Key(words.LEVEL, c.reason)) == words.YES)
    return replace(answers, cleared=tuple(standing))
