"""What a set of answers comes to: both engines, triage, the plan, and the exit code that says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess.errors import STOPPED
from assess.inference.infer import closed, infer, triage
from assess.interview.agreements import counting
from assess.interview.engines import both_engines
from assess.interview.gate import pass_gate
from assess.model import words
from assess.model.age import age_of
from assess.model.answers import Answers
from assess.model.conclusions import Conclusions, Triage
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan
from assess.plan.make import Person, make_plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan (with no exercises where triage stops), the triage, and the exit code.

    `read` are the answers as they were read: with the agreements that count, and doubts taken the safer way.
    """

    plan: Plan
    triage: Triage
    conclusions: Conclusions
    exit_code: int
    read: Answers


def assess_answers(knowledge: KnowledgeBase, answers: Answers, on: datetime) -> Outcome:
    """The outcome on a day. Raises `AnswerNeeded` where a needed line is open or the triage is too old.

    An emergency or same-day row that is yes comes before everything else, also before what is missing.
    """
    at = answers.triaged_at or on
    agreed = counting(knowledge, answers, on)
    read = as_read(knowledge, agreed, at)
    conclusions, found = both_engines(knowledge, read, at)
    person = Person(answers, age(knowledge, answers, at), on.date())
    if found.stops:
        return Outcome(make_plan(knowledge, person, conclusions, found), found, conclusions, STOPPED, read)
    pass_gate(knowledge, agreed, found, conclusions, on)
    code = STOPPED if found.level == words.CLINICIAN_FIRST else 0
    return Outcome(make_plan(knowledge, person, conclusions, found), found, conclusions, code, read)


def as_read(knowledge: KnowledgeBase, answers: Answers, at: datetime) -> Answers:
    """With doubts read the safer way; where what was said is an emergency already, nothing is added to it."""
    said = triage(knowledge, infer(knowledge, answers, at), answers, at)
    return answers if said.level == words.EMERGENCY else closed(knowledge, answers, at)


def age(knowledge: KnowledgeBase, answers: Answers, at: datetime) -> int | None:
    """Completed years at a moment, or None."""
    return age_of(knowledge, answers.values, at.date())
