"""The interview as a pure state machine: a state and its moves. No terminal, no clock, no disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from assess.inference.leaves import inputs, structure
from assess.interview.steps import Ask, Step
from assess.model import words
from assess.model.answers import Answers, Unable, Value
from assess.model.conditions import Compare, Is, answer_id
from assess.model.knowledge import Check, KnowledgeBase, Question
from assess.rules.nodes import Leaf, walk


@dataclass(frozen=True, slots=True)
class Interview:
    """Where somebody is. `now` is passed in; `history` holds the answered lines in order, for going back."""

    knowledge: KnowledgeBase
    answers: Answers
    now: datetime
    history: tuple[str, ...] = ()
    revisit: str = ""
    today_shown: bool = False
    checks: tuple[str, ...] | None = None
    check_shown: str = ""
    skipped: frozenset[str] = frozenset()

    # -- moves --------------------------------------------------------------------------------------------------

    def answer(self, answer: str, value: Value) -> Interview:
        """Give one answer. What it makes irrelevant is dropped; a changed triage line reopens triage."""
        changed = self.answers.values.get(answer) not in (None, value)
        answers = self.answers.having(answer, value)
        question = self.knowledge.questions.get(answer)
        if question is not None:
            if value == words.NO:
                answers = answers.without(*self._opened_by(question))
            if value in (words.YES, words.NO) and question.clarifier:
                answers = answers.without(f"{answer}.{words.COMPARED}")
            if changed:
                answers = self._void(answers, answer)
            if changed and phase_of(self.knowledge, question) in ("person", "triage"):
                answers = replace(answers, triaged_at=None, complete=False)
        history = (*(h for h in self.history if h != answer), answer)
        return replace(self, answers=answers, history=history, revisit="")

    def answer_checklist(self, stem: str, ticked: Iterable[str], *, unsure: bool = False) -> Interview:
        """Answer a list of conditions at once: ticked ones are yes, the others no; "unsure" opens one line each."""
        chosen = set(ticked)
        state = self.answer(stem, words.UNSURE if unsure else words.YES if chosen else words.NO)
        values = dict(state.answers.values)
        for detail in structure(self.knowledge)[1].get(stem, ()):
            if detail.id in chosen:
                values[detail.id] = words.YES
            elif chosen and not unsure:
                values[detail.id] = words.NO
        return replace(state, answers=replace(state.answers, values=values))

    def back(self) -> Interview:
        """Ask the line before again; everything later stays."""
        if not self.history:
            return self
        return replace(self, revisit=self.history[-1], history=self.history[:-1], check_shown="")

    def skip(self, *answers: str) -> Interview:
        """Leave lines out for now: optional ones, or a check that is not wanted."""
        return replace(self, skipped=self.skipped | set(answers), revisit="")

    def unable(self, check: Check, reason: str) -> Interview:
        """A check could not be done: every measure of it that has no value says so."""
        values = dict(self.answers.values)
        for measure in measures_of(check):
            values.setdefault(measure, Unable(reason))
        return replace(self, answers=replace(self.answers, values=values), revisit="")

    def confirm(self) -> Interview:
        """The read-back is confirmed: triage is finished at this moment."""
        return replace(self, answers=replace(self.answers, triaged_at=self.now))

    def mistake(self) -> Interview:
        """The last line was a wrong key: record it and ask it again (safety-decisions, Triage 14)."""
        last = self.history[-1] if self.history else ""
        asked = last.removesuffix(f".{words.COMPARED}")
        state = replace(self, answers=replace(self.answers, mistakes=(*self.answers.mistakes, last)))
        state = replace(state, answers=state.answers.without(asked, last, *self._opened_by_id(asked)))
        return replace(state, history=tuple(h for h in self.history if h not in (asked, last)), revisit=asked)

    def finish(self) -> Interview:
        """Everything that was wanted has been asked."""
        return replace(self, answers=replace(self.answers, complete=True))

    def reopen_triage(self) -> Interview:
        """Ask the warning signs again: triage answers and the confirmation are taken back, the rest stays."""
        phases = {topic["id"]: topic["phase"] for topic in self.knowledge.terms.topics}
        old = [q.id for q in self.knowledge.questions.values() if phases[q.topic] == "triage"]
        answers = self.answers.without(*old, *(f"{q}.{words.COMPARED}" for q in old))
        return replace(self, answers=replace(answers, triaged_at=None, complete=False), history=(), revisit="")

    # -- what is next -------------------------------------------------------------------------------------------

    def next_step(self) -> Step:
        """The next thing to ask or to show."""
        from assess.interview.asking import Asking

        return Asking(self).next_step()

    def line(self, answer: str) -> Ask:
        """One line by its id, to ask it again."""
        from assess.interview.asking import Asking

        return Asking(self).line(answer)

    # -- what depends on what ------------------------------------------------------------------------------------

    def _opened_by_id(self, question: str) -> tuple[str, ...]:
        found = self.knowledge.questions.get(question)
        return self._opened_by(found) if found else ()

    def _opened_by(self, question: Question) -> tuple[str, ...]:
        """Details and follow-ups that a no makes irrelevant, with theirs."""
        out: list[str] = [f"{question.id}.{words.COMPARED}"]
        for other in self.knowledge.questions.values():
            if question.id in (other.stem, other.follows):
                out += [other.id, *self._opened_by(other)]
        return tuple(out)

    def _void(self, answers: Answers, answer: str) -> Answers:
        """A clinician's agreement is about the answers that it was given on: drop it when they change."""
        kept = tuple(c for c in answers.cleared if answer not in _row_inputs(self.knowledge, c.reason))
        return replace(answers, cleared=kept)


def phase_of(knowledge: KnowledgeBase, question: Question) -> str:
    """person, triage, today, checks or goals."""
    return next(str(topic["phase"]) for topic in knowledge.terms.topics if topic["id"] == question.topic)


def _row_inputs(knowledge: KnowledgeBase, row_id: str) -> frozenset[str]:
    row = knowledge.rows[row_id]
    found: set[str] = set()
    for node in (*walk(row.when), *(walk(row.level_when) if row.level_when else ())):
        if isinstance(node, Leaf) and isinstance(node.test, Is | Compare):
            found |= inputs(knowledge, node.test)
    return frozenset(found)


def measures_of(check: Check) -> tuple[str, ...]:
    """The answer ids of a check, side by side."""
    sides = words.SIDES if check.sided else ("",)
    return tuple(answer_id(f"{check.id}.{measure.id}", side) for side in sides for measure in check.measures)
