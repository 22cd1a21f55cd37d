"""The interview as a pure state machine: a state and its moves. No terminal, no clock, no disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from assess.inference.leaves import Leaves, Person, structure
from assess.interview.steps import Ask, Step
from assess.model import words
from assess.model.age import above_age
from assess.model.answers import Answers, Unable, Value
from assess.model.conditions import answer_id
from assess.model.knowledge import Check, KnowledgeBase, Question
from assess.rules.evaluate import PERSON


@dataclass(frozen=True, slots=True)
class Interview:
    """Where somebody is. `now` is passed in; `history` holds the lines that were asked, in order, for going back.

    `earlier` remembers answers that were taken back, so that a changed answer is told from a first one.
    """

    knowledge: KnowledgeBase
    answers: Answers
    now: datetime
    history: tuple[str, ...] = ()
    revisit: str = ""
    today_shown: bool = False
    checks: tuple[str, ...] | None = None
    check_shown: str = ""
    skipped: frozenset[str] = frozenset()
    earlier: Mapping[str, Value] = field(default_factory=dict)

    @classmethod
    def resumed(cls, knowledge: KnowledgeBase, answers: Answers, now: datetime) -> Interview:
        """Go on with saved answers; they stand in the order in which they were given."""
        ticked = {
            detail.id
            for stem, details in structure(knowledge)[1].items()
            if knowledge.questions[stem].checklist and answers.values.get(stem) != words.UNSURE
            for detail in details
        }
        return cls(knowledge, answers, now, history=tuple(a for a in answers.values if a not in ticked))

    # -- moves --------------------------------------------------------------------------------------------------

    def answer(self, answer: str, value: Value) -> Interview:
        """Give one answer. What it makes irrelevant is dropped; a new or changed triage line reopens triage."""
        return self._asked(answer, self._given(self.answers, answer, value))

    def answer_checklist(self, stem: str, ticked: Iterable[str], *, unsure: bool = False) -> Interview:
        """Answer a list of conditions at once: ticked ones are yes, the others no; "unsure" opens one line each."""
        chosen = set(ticked)
        value = words.UNSURE if unsure else words.YES if chosen else words.NO
        answers = self._given(self.answers, stem, value)
        if unsure and answers.values.get(stem) != self.answers.values.get(stem):
            answers = answers.without(*(d.id for d in structure(self.knowledge)[1].get(stem, ())))
        if value == words.YES:
            for detail in replace(self, answers=answers).listed(stem):
                answers = self._given(answers, detail.id, words.YES if detail.id in chosen else words.NO)
        return self._asked(stem, answers)

    def back(self) -> Interview:
        """Ask the line before again; everything later stays."""
        at = self.history.index(self.revisit) if self.revisit in self.history else len(self.history)
        return replace(self, revisit=self.history[at - 1]) if at else self

    def change(self, answer: str) -> Interview:
        """Ask one answered line again."""
        return replace(self, revisit=answer)

    def skip(self, *answers: str) -> Interview:
        """Leave lines out for now: optional ones, or a check that is not wanted."""
        return replace(self, skipped=self.skipped | set(answers), revisit="")

    def unable(self, check: Check, reason: str) -> Interview:
        """A check could not be done: every measure of it that has no value says so."""
        waiting = [m for m in measures_of(check) if m not in self.answers.values or m == self.revisit]
        answers = self.answers
        for measure in waiting:
            answers = answers.having(measure, Unable(reason))
        return self._asked(waiting[0], answers) if waiting else replace(self, revisit="")

    def confirm(self) -> Interview:
        """The read-back is confirmed: triage is finished at this moment."""
        return replace(self, answers=replace(self.answers, triaged_at=self.now), revisit="")

    def mistake(self) -> Interview:
        """The line that stopped everything was a wrong key: record it and ask it again (Triage 14)."""
        line = self._stopped_by()
        asked = line.removesuffix(f".{words.COMPARED}")
        gone = self._hanging_on(asked)
        answers = replace(self.answers.without(*gone), mistakes=(*self.answers.mistakes, line))
        if self._reopens(asked):
            answers = replace(answers, triaged_at=None, complete=False)
        return self._taken_back(gone)._with(answers, revisit=asked)

    def shown_today(self) -> Interview:
        """What to do today has been shown."""
        return replace(self, today_shown=True)

    def choose_checks(self, *checks: str) -> Interview:
        """The checks to do now; none means later."""
        return replace(self, checks=checks)

    def shown_check(self, check: Check) -> Interview:
        """How a check is done has been shown."""
        return replace(self, check_shown=check.id)

    def finish(self) -> Interview:
        """Everything that was wanted has been asked."""
        return replace(self, answers=replace(self.answers, complete=True))

    def reopen_triage(self) -> Interview:
        """Ask again all that triage is read from: what may have changed and the confirmation are taken back.

        Pain, health and pregnancy change as warning signs do, and rows of triage read them. What comes after the
        read-back stays, and so does what cannot change.
        """
        old = [
            q.id
            for q in self.knowledge.questions.values()
            if phase_of(self.knowledge, q) in {"person", "triage"} and not q.lasting
        ]
        gone = (*old, *(f"{q}.{words.COMPARED}" for q in old))
        answers = replace(self.answers.without(*gone), triaged_at=None, complete=False)
        return self._taken_back(gone)._with(answers, revisit="", skipped=frozenset())

    # -- how a move changes the answers -------------------------------------------------------------------------

    def _asked(self, answer: str, answers: Answers) -> Interview:
        """The state after a line was answered: it keeps its place in the history, and what is gone leaves it."""
        history = self.history if answer in self.history else (*self.history, answer)
        history = tuple(h for h in history if h in answers.values)
        return self._with(answers, history=history, revisit="")

    def _with(self, answers: Answers, **changes: Any) -> Interview:
        """With other answers; where triage is open again, what to do today is shown again after it."""
        shown = self.today_shown and answers.triaged_at is not None
        return replace(self, answers=answers, today_shown=shown, **changes)

    def _taken_back(self, gone: Iterable[str]) -> Interview:
        taken = {a: v for a, v in self.answers.values.items() if a in set(gone)}
        history = tuple(h for h in self.history if h not in taken)
        return replace(self, history=history, earlier={**self.earlier, **taken})

    def _given(self, answers: Answers, answer: str, value: Value) -> Answers:
        before = answers.values.get(answer)
        if before == value:
            return answers
        after = answers.having(answer, value)
        question = self.knowledge.questions.get(answer)
        if question is not None and question.clarifier and value in (words.YES, words.NO):
            after = after.without(f"{answer}.{words.COMPARED}")
        if question is not None and question.role == words.BIRTH_DATE:
            after = after.without(*above_age(self.knowledge, after.values, self.now.date()))
        if isinstance(before, Unable):  # it can be done after all: what was unable with it is asked
            of_check = measures_of(check_of(self.knowledge, answer))
            after = after.without(*(m for m in of_check if isinstance(after.values.get(m), Unable)))
        already = self._off(answers) | {answer}
        while gone := self._off(after) - already:  # what is dropped may have opened something in its turn
            after = after.without(*gone, *(f"{q}.{words.COMPARED}" for q in gone))
        if (self.earlier.get(answer) if before is None else before) not in (None, value):
            after = self._void(after, answer)
        return replace(after, triaged_at=None, complete=False) if self._reopens(answer) else after

    def _off(self, answers: Answers) -> frozenset[str]:
        """Answered questions that are known not to be asked as the answers stand."""
        leaves = Leaves(self.knowledge, PERSON, Person(self.knowledge, answers, answers.triaged_at or self.now))
        asked = (q for q in self.knowledge.questions.values() if q.id in answers.values)
        return frozenset(q.id for q in asked if leaves.off(q))

    def _reopens(self, answer: str) -> bool:
        """Whether a new answer here needs a new read-back."""
        question = self.knowledge.questions.get(answer.removesuffix(f".{words.COMPARED}"))
        return question is not None and phase_of(self.knowledge, question) in ("person", "triage")

    def _void(self, answers: Answers, answer: str) -> Answers:
        """A clinician's agreement is about the answers that it was given on: drop it when they change."""
        from assess.interview.agreements import row_inputs

        kept = tuple(c for c in answers.cleared if answer not in row_inputs(self.knowledge, c.reason))
        return replace(answers, cleared=kept)

    def _stopped_by(self) -> str:
        """The latest line without which one of the reasons to stop would not hold."""
        reasons = self._reasons(self.answers)
        for line in reversed(self.history):
            if reasons - self._reasons(self.answers.without(*self._hanging_on(line))):
                return line
        return self.history[-1] if self.history else ""

    def _reasons(self, answers: Answers) -> set[str]:
        at = answers.triaged_at or self.now
        from assess.inference.infer import infer, triage

        found = triage(self.knowledge, infer(self.knowledge, answers, at), answers, at)
        return {reason.row.id for reason in found.reasons if reason.level in words.STOPPING}

    def _hanging_on(self, line: str) -> tuple[str, ...]:
        """The answers that go when a line is taken back: its own, and those that it opened."""
        if line in self.knowledge.questions:
            return (line, *_opened_by(self.knowledge, self.knowledge.questions[line]))
        if isinstance(self.answers.values.get(line), Unable):
            of_check = measures_of(check_of(self.knowledge, line))
            return tuple(m for m in of_check if isinstance(self.answers.values.get(m), Unable))
        return (line,)

    # -- what is next -------------------------------------------------------------------------------------------

    def next_step(self) -> Step:
        """The next thing to ask or to show."""
        if not self.answers.values and not self.skipped:
            # Nothing is known of anybody yet: the first line need not wait for the rules to be compiled.
            from assess.interview.lines import line
            from assess.interview.order import first_line

            return line(self, first_line(self.knowledge).id)
        from assess.interview.asking import Asking

        return Asking(self).next_step()

    def line(self, answer: str) -> Ask:
        """One line by its id, to ask it again."""
        from assess.interview.lines import line

        return line(self, answer)

    def listed(self, stem: str) -> list[Question]:
        """The details of a list of conditions that may apply to this person, in order."""
        answers = self.answers.without(*(d.id for d in structure(self.knowledge)[1].get(stem, ())))
        answers = answers.without(stem)  # an earlier "none" must not empty the list
        at = answers.triaged_at or self.now
        leaves = Leaves(self.knowledge, PERSON, Person(self.knowledge, answers, at))
        apply = [d for d in structure(self.knowledge)[1].get(stem, ()) if not leaves.off(d)]
        return sorted(apply, key=lambda d: (d.order, d.id))


def _opened_by(knowledge: KnowledgeBase, question: Question) -> Iterator[str]:
    """Clarifier, details and follow-ups of a line, with theirs."""
    yield f"{question.id}.{words.COMPARED}"
    for other in knowledge.questions.values():
        if question.id in (other.stem, other.follows):
            yield other.id
            yield from _opened_by(knowledge, other)


def phase_of(knowledge: KnowledgeBase, question: Question) -> str:
    """person, triage, today, checks or goals."""
    return next(str(topic["phase"]) for topic in knowledge.terms.topics if topic["id"] == question.topic)


def measures_of(check: Check) -> tuple[str, ...]:
    """The answer ids of a check, side by side."""
    sides = words.SIDES if check.sided else ("",)
    return tuple(answer_id(f"{check.id}.{measure.id}", side) for side in sides for measure in check.measures)


def check_of(knowledge: KnowledgeBase, measure: str) -> Check:
    """The check that a measure's answer belongs to."""
    return knowledge.checks[measure.partition(".")[0]]
