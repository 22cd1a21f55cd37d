"""What to ask next: topics in order, live lines only, an emergency at once, checks that decide most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property, lru_cache

from assess.inference.compile import compile_rules
from assess.inference.infer import decided_by, infer, triage
from assess.inference.outlook import Outlook
from assess.interview.lines import line
from assess.interview.machine import Interview, check_of, measures_of, phase_of
from assess.interview.offer import offer
from assess.interview.order import order_of_asking
from assess.interview.steps import Ask, DoCheck, Done, OfferChecks, ReadBack, Step, Stop, Today
from assess.model import words
from assess.model.conclusions import Conclusions, Triage
from assess.model.conditions import Is, Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import Leaf


class Asking:
    """One look at a state; conclusions and outlook are worked out once."""

    def __init__(self, state: Interview) -> None:
        self._state = state
        self._knowledge = state.knowledge
        self._values = state.answers.values

    @cached_property
    def _at(self) -> datetime:
        return self._state.answers.triaged_at or self._state.now

    @cached_property
    def _conclusions(self) -> Conclusions:
        return infer(self._knowledge, self._state.answers, self._at)

    @cached_property
    def _outlook(self) -> Outlook:
        return Outlook(self._knowledge, self._state.answers, self._at)

    @cached_property
    def triage(self) -> Triage:
        """Triage as the answers stand; an unsure line whose clarifier is open has no level yet."""
        return triage(self._knowledge, self._conclusions, self._state.answers, self._at)

    def next_step(self) -> Step:
        """The next thing to ask or to show."""
        state, found = self._state, self.triage
        if found.level == words.EMERGENCY:
            return Stop(found)
        if state.revisit:
            return self._again(state.revisit)
        first = self._in_phase("person") + self._triage_lines()
        if not first and found.stops:
            return Stop(found)
        if not first and state.answers.triaged_at is None:
            return ReadBack(self._noes())
        relief = tuple(a for a in self._live(_eligible_relief(self._knowledge)) if self._phase(a) != "goals")
        before_today = tuple(dict.fromkeys(first + relief))
        if before_today:
            return self.line(before_today[0], len(before_today) - 1)
        if not state.today_shown:
            return Today()
        if found.level == words.CLINICIAN_FIRST:
            return Done()
        return self._checks_phase() or self._first(self._in_phase("goals")) or Done()

    # -- lines --------------------------------------------------------------------------------------------------

    def _first(self, lines: tuple[str, ...]) -> Ask | None:
        return self.line(lines[0], len(lines) - 1) if lines else None

    def _in_phase(self, phase: str) -> tuple[str, ...]:
        """The lines of a phase that may be asked now: who and where, and what to get back to."""
        return tuple(a for a in self._unanswered() if self._phase(a) == phase and self._may_ask(a))

    def _triage_lines(self) -> tuple[str, ...]:
        """Live triage lines; then, before the read-back, the private ones, which no rule reads.

        Where one answer already means "the same day", only what could mean that too, or an emergency, is still asked.
        """
        if self.triage.stops:
            return self._live(_levels(self._knowledge, words.STOPPING))
        live = self._live(_levels(self._knowledge, words.LEVELS))
        if self._state.answers.triaged_at is not None:
            return live
        questions = self._knowledge.questions
        return live + tuple(
            a
            for a in self._unanswered()
            if a in questions and questions[a].private and self._phase(a) == "triage" and a not in live
        )

    def _live(self, outcomes: tuple[Key, ...]) -> tuple[str, ...]:
        """The lines, in the order of asking, that can still change one of the outcomes."""
        live = self._outlook.lines(outcomes)
        return tuple(a for a in self._unanswered() if a in live)

    def _unanswered(self) -> Iterator[str]:
        for answer in order_of_asking(self._knowledge):
            if answer not in self._values and answer not in self._state.skipped:
                yield answer

    def _phase(self, answer: str) -> str:
        question = self._knowledge.questions.get(answer.removesuffix(f".{words.COMPARED}"))
        return phase_of(self._knowledge, question) if question else ""

    def _may_ask(self, answer: str) -> bool:
        question = self._knowledge.questions.get(answer.removesuffix(f".{words.COMPARED}"))
        return question is not None and answer in set(self._outlook.askable(Leaf(Is(question.id, words.YES))))

    # -- checks -------------------------------------------------------------------------------------------------

    def _checks_phase(self) -> Step | None:
        state = self._state
        if state.checks is None:
            offered = offer(state, self._conclusions, self._outlook)
            needed = self._first(self._live(_needed_checks(self._knowledge)))
            return needed or (OfferChecks(offered) if offered else None)
        if not state.checks:
            return None
        if not state.check_shown:
            chosen = tuple(Key(words.ELIGIBLE, c) for c in state.checks)
            lines = self._live((*chosen, *_corrective(self._knowledge)))
            if lines:
                return self._first(lines)
        for number, check_id in enumerate(state.checks, 1):
            check = self._knowledge.checks[check_id]
            waiting = [m for m in measures_of(check) if m not in self._values and m not in state.skipped]
            if waiting and self._conclusions.holds(words.ELIGIBLE, check_id):
                if state.check_shown != check_id:
                    return DoCheck(check, number, len(state.checks))
                return self.line(waiting[0], len(waiting) - 1)
        return None

    def _again(self, answer: str) -> Step:
        """A line once more; for a measure, how its check is done comes first."""
        if answer.partition(".")[0] not in self._knowledge.checks:
            return self.line(answer)
        check = check_of(self._knowledge, answer)
        if check.id == self._state.check_shown:
            return self.line(answer)
        chosen = self._state.checks or (check.id,)
        return DoCheck(check, chosen.index(check.id) + 1 if check.id in chosen else 1, len(chosen))

    # -- words --------------------------------------------------------------------------------------------------

    def line(self, answer: str, more: int = 0) -> Ask:
        """What a front end needs to ask one answer."""
        return line(self._state, answer, more)

    def _noes(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (q.id, q.ask)
            for answer in order_of_asking(self._knowledge)
            if (q := self._knowledge.questions.get(answer))
            and not q.private
            and self._values.get(q.id) == words.NO
            and phase_of(self._knowledge, q) == "triage"
        )


@lru_cache(maxsize=4)
def _keys(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    return tuple(k for k in compile_rules(knowledge).by_head if isinstance(k, Key))


@lru_cache(maxsize=8)
def _levels(knowledge: KnowledgeBase, levels: tuple[str, ...]) -> tuple[Key, ...]:
    rows = (row for row in knowledge.triage.values() if row.level in levels)
    return tuple(key for row in rows for key in decided_by(knowledge, row))


@lru_cache(maxsize=4)
def _eligible_relief(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    return tuple(Key(words.ELIGIBLE, relief) for relief in knowledge.relief)


@lru_cache(maxsize=4)
def _needed_checks(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    return tuple(Key(words.NEEDED, check) for check in knowledge.checks)


@lru_cache(maxsize=4)
def _corrective(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    """What the lines before the checks can decide: every exercise, and every pattern."""
    exercises = tuple(k for k in _keys(knowledge) if k.kind == words.ELIGIBLE and k.id in knowledge.exercises)
    patterns = tuple(k for k in _keys(knowledge) if k.kind == words.PATTERN and not k.id.endswith(f".{words.ENOUGH}"))
    return (*exercises, *patterns)
