"""What is made for others, a calendar, a record system, a clinician, is made from more than the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from assess.export.look import Look
from assess.model.answers import Answers
from assess.model.conclusions import Conclusions, Triage
from assess.model.form import NAMES
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Record:
    """A plan with what it was made from; made by `record_of`, so private answers are never in it.

    `on` is the day that it is made for. `at` is the moment of writing: what reads it a second time knows by it which
    is newer. `start` is the first day of exercise, `alarms` whether the calendar reminds. `look` lays out paper.
    """

    knowledge: KnowledgeBase
    plan: Plan
    answers: Answers
    conclusions: Conclusions
    triage: Triage
    on: date
    at: datetime
    look: Look
    start: date | None = None
    alarms: bool = True

    @property
    def whose(self) -> UUID:
        """The random name of the person; of a file that has none, one that lasts as long as its answers."""
        return UUID(self.answers.id) if self.answers.id else uuid5(NAMES, self.plan.answers_sha256)

    @property
    def stops(self) -> bool:
        """Whether there is to be no exercise, so that what was there before is taken back."""
        return self.plan.schedule is None


def without_private(knowledge: KnowledgeBase, answers: Answers) -> Answers:
    """The answers that may leave the machine: what is private (Triage 10) is not even told to be missing."""
    private = {q.id for q in knowledge.questions.values() if q.private}
    kept = {key: value for key, value in answers.values.items() if key.split(".")[0] not in private}
    mistakes = tuple(m for m in answers.mistakes if m.split(".")[0] not in private)
    return replace(answers, values=kept, mistakes=mistakes)
