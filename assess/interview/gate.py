"""What stands between answers without a stop and a plan: lines that are missing, and a triage that is too old."""

from __future__ import annotations

from datetime import datetime, timedelta

from assess.errors import AnswerNeeded
from assess.inference.infer import decided_by
from assess.inference.outlook import Outlook
from assess.interview.order import order_of_asking
from assess.model import words
from assess.model.answers import UNFINISHED_HOURS, VALID_DAYS, Answers
from assess.model.conclusions import Conclusions, Triage
from assess.model.knowledge import KnowledgeBase


def pass_gate(
    knowledge: KnowledgeBase, answers: Answers, found: Triage, conclusions: Conclusions, on: datetime
) -> None:
    """Raise `AnswerNeeded`, with what to do, where no plan may be made of these answers on this day."""
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
            hint="Run `assess`: pain and warning signs are asked again first, then it goes on.",
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
