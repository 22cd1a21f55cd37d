"""What a set of answers comes to: both engines, triage, the plan, and the exit code that says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assess.errors import STOPPED, AnswerNeeded, EngineDisagreement
from assess.inference.infer import closed, decided_by, infer, triage
from assess.inference.leaves import age_on
from assess.inference.outlook import Outlook
from assess.interview.order import order_of_asking
from assess.model import words
from assess.model.answers import UNFINISHED_HOURS, VALID_DAYS, Answers
from assess.model.conclusions import Conclusions, Triage
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan
from assess.plan.make import Person, make_plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan (with no exercises where triage stops), the triage, and the exit code."""

    plan: Plan
    triage: Triage
    conclusions: Conclusions
    exit_code: int


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


def assess_answers(knowledge: KnowledgeBase, answers: Answers, on: datetime) -> Outcome:
    """The outcome on a day. Raises `AnswerNeeded` where a needed line is open or the triage is too old.

    An emergency or same-day row that is yes comes before everything else, also before what is missing.
    """
    at = answers.triaged_at or on
    conclusions, found = both_engines(knowledge, _as_read(knowledge, answers, at), at)
    person = Person(answers, age(knowledge, answers, at), on.date())
    if found.stops:
        return Outcome(make_plan(knowledge, person, conclusions, found), found, conclusions, STOPPED)
    _needed(knowledge, answers, found, conclusions, on)
    code = STOPPED if found.level == words.CLINICIAN_FIRST else 0
    return Outcome(make_plan(knowledge, person, conclusions, found), found, conclusions, code)


def _as_read(knowledge: KnowledgeBase, answers: Answers, at: datetime) -> Answers:
    """With doubts read the safer way; where what was said is an emergency already, nothing is added to it."""
    said = triage(knowledge, infer(knowledge, answers, at), answers, at)
    return answers if said.level == words.EMERGENCY else closed(knowledge, answers, at)


def age(knowledge: KnowledgeBase, answers: Answers, at: datetime) -> int | None:
    """Completed years at a moment, or None."""
    birth = knowledge.by_role(words.BIRTH_DATE)
    born = answers.values.get(birth.id) if birth else None
    return age_on(date.fromisoformat(born), at.date()) if isinstance(born, str) and born[:1].isdigit() else None


def _needed(knowledge: KnowledgeBase, answers: Answers, found: Triage, conclusions: Conclusions, on: datetime) -> None:
    missing = [q for q in knowledge.questions.values() if q.required and q.id not in answers.values]
    if missing:
        raise AnswerNeeded(
            f"needed and not answered: {', '.join(q.id for q in missing)}",
            hint="Run `assess` to be asked, or add the lines to the answers file.",
        )
    if found.open or not all(conclusions.refuted(words.LEVEL, level) for level in words.STOPPING):
        lines = open_lines(knowledge, found, answers, answers.triaged_at or on)
        raise AnswerNeeded(
            f"triage is not finished: {', '.join(lines) or ', '.join(row.id for row in found.open)}",
            hint="These lines decide whether exercise is safe. Run `assess` to be asked.",
        )
    if answers.triaged_at is None:
        raise AnswerNeeded(
            "triage has not been confirmed: `triaged_at` is missing",
            hint="Run `assess`; after the warning signs it reads your answers back and writes the time.",
        )
    age_of = on - answers.triaged_at
    if not answers.complete and age_of > timedelta(hours=UNFINISHED_HOURS):
        raise AnswerNeeded(
            "this assessment was not finished and is more than a day old",
            hint="Run `assess`: the warning signs are asked again first, then it goes on.",
        )
    if answers.valid_until and on.date() > answers.valid_until:
        raise AnswerNeeded(
            f"this assessment is more than {VALID_DAYS} days old (valid until {answers.valid_until.isoformat()})",
            hint="Run `assess` again; things may have changed.",
        )


def open_lines(knowledge: KnowledgeBase, found: Triage, answers: Answers, at: datetime) -> tuple[str, ...]:
    """The lines that may be asked now and that open rows lean on, in the order of asking."""
    live = Outlook(knowledge, answers, at).live([key for row in found.open for key in decided_by(knowledge, row)])
    return tuple(a for a in order_of_asking(knowledge) if a in live)
