"""What to ask next: topics in order, live lines only, an emergency at once, checks that decide most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property, lru_cache

from assess.inference.compile import compile_rules
from assess.inference.infer import infer, triage
from assess.inference.leaves import Leaves, Person, structure
from assess.inference.outlook import TRUE, Outlook
from assess.interview.machine import Interview, measures_of, phase_of
from assess.interview.outcome import order_of_asking
from assess.interview.steps import Ask, DoCheck, Done, OfferChecks, ReadBack, Step, Stop, Today
from assess.model import words
from assess.model.answers import Value
from assess.model.conclusions import Conclusions, Triage
from assess.model.conditions import Is, Key
from assess.model.knowledge import Check, KnowledgeBase, Question
from assess.rules.evaluate import PERSON, value
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
            return self.line(state.revisit)
        step = self._in_phase("person") or self._triage_lines()
        if step:
            return step
        if found.stops:
            return Stop(found)
        if state.answers.triaged_at is None:
            return ReadBack(self._noes())
        step = self._live(_eligible_relief(self._knowledge))
        if step:
            return step
        if not state.today_shown:
            return Today()
        if found.level == words.CLINICIAN_FIRST or not self._conclusions.holds(words.GATE, words.COVERED):
            return Done()
        return self._checks_phase() or self._in_phase("goals") or Done()

    # -- lines --------------------------------------------------------------------------------------------------

    def _in_phase(self, phase: str) -> Ask | None:
        """The first line of a phase that may be asked now: who and where, and what to get back to."""
        waiting = [a for a in self._unanswered() if self._phase(a) == phase and self._may_ask(a)]
        return self.line(waiting[0], len(waiting) - 1) if waiting else None

    def _triage_lines(self) -> Ask | None:
        """Live triage lines; then, before the read-back, the private ones, which no rule reads."""
        step = self._live(_levels(self._knowledge))
        if step or self._state.answers.triaged_at is not None:
            return step
        for answer in self._unanswered():
            question = self._knowledge.questions.get(answer)
            if question is not None and question.private and phase_of(self._knowledge, question) == "triage":
                return self.line(answer)
        return None

    def _live(self, outcomes: tuple[Key, ...]) -> Ask | None:
        """The first line, in the order of asking, that can still change one of the outcomes."""
        live = self._outlook.live(outcomes)
        waiting = [a for a in self._unanswered() if a in live]
        return self.line(waiting[0], len(waiting) - 1) if waiting else None

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
            offered = self.offer()
            return self._live(_needed_checks(self._knowledge)) or (OfferChecks(offered) if offered else None)
        if not state.checks:
            return None
        if not state.check_shown:
            chosen = tuple(Key(words.ELIGIBLE, c) for c in state.checks)
            step = self._live((*chosen, *_corrective(self._knowledge)))
            if step:
                return step
        for number, check_id in enumerate(state.checks, 1):
            check = self._knowledge.checks[check_id]
            waiting = [m for m in measures_of(check) if m not in self._values and m not in state.skipped]
            if waiting and self._conclusions.holds(words.ELIGIBLE, check_id):
                if state.check_shown != check_id:
                    return DoCheck(check, number, len(state.checks))
                return self.line(waiting[0], len(waiting) - 1)
        return None

    def offer(self) -> tuple[Check, ...]:
        """At most six checks in about twelve minutes, those that decide most per minute of what is still open."""
        caps = self._knowledge.program["caps"]
        signs = {key: set(self._outlook.live([key])) for key in _signs(self._knowledge)}
        decides = {check.id: self._decides(check, signs) for check in self._knowledge.checks.values()}
        chosen: list[Check] = []
        settled: set[str] = set()
        spent = 0.0
        while len(chosen) < caps["checks_at_once"]["most"]:
            left = caps["checks_minutes"]["most"] - spent
            options = [
                check
                for check in self._knowledge.checks.values()
                if check not in chosen and decides[check.id] - settled and check.minutes <= left
            ]
            if not options:
                break
            best = min(options, key=lambda c: (-len(decides[c.id] - settled) / c.minutes, c.id))
            chosen.append(best)
            settled |= decides[best.id]
            spent += best.minutes
        place = {position: i for i, position in enumerate(self._knowledge.terms.positions)}
        return tuple(sorted(chosen, key=lambda c: (-place[c.position], c.id)))

    def _decides(self, check: Check, signs: dict[Key, set[str]]) -> set[str]:
        """The open targets and signs of patterns that a check can decide; none if not called for, barred or done."""
        eligible = self._outlook.of(Key(words.ELIGIBLE, check.id)) & TRUE
        called = self._conclusions.holds(words.NEEDED, check.id)
        own = set(measures_of(check))
        if not eligible or not called or own & (set(self._values) | self._state.skipped):
            return set()
        out = {str(key) for key, live in signs.items() if own & live}
        for finding in check.findings:
            if finding.muscle and not self._known(finding.muscle, finding.quality):
                out.add(f"{finding.muscle} {finding.quality}")
        return out

    def _known(self, muscle: str, quality: str) -> bool:
        """Whether a check has already said something of this muscle."""
        return any(
            not self._outlook.undecided(Key(words.FINDING, f.id, side))
            for f in self._knowledge.findings.values()
            if f.muscle == muscle and f.quality == quality
            for side in (words.SIDES if f.sided else ("",))
            if self._conclusions.state(Key(words.FINDING, f.id, side)) != "open"
        )

    # -- words --------------------------------------------------------------------------------------------------

    def line(self, answer: str, more: int = 0) -> Ask:
        """What a front end needs to ask one answer."""
        before = self._values.get(answer)
        stem, _, suffix = answer.rpartition(".")
        if suffix == words.COMPARED and stem in self._knowledge.questions:
            question = self._knowledge.questions[stem]
            assert question.clarifier
            options = {words.SAME: "The same", words.DIFFERENT: "Different", words.CANT_TELL: "I can't tell"}
            return Ask(
                answer,
                question.clarifier.ask,
                words.CHOICE,
                self._topic(question),
                why=question.why,
                options=options,
                unsure=False,
                more=more,
                before=before,
            )
        question_or_none = self._knowledge.questions.get(answer)
        if question_or_none is not None:
            return self._question(question_or_none, more, before)
        return self._measure(answer, more, before)

    def _question(self, question: Question, more: int, before: Value | None) -> Ask:
        kind = question.answer
        options = dict(question.options) or None
        if question.checklist:
            kind = "checklist"
            options = {d.id: d.title for d in self._listed(question)}
        return Ask(
            question.id,
            question.ask,
            kind,
            self._topic(question),
            question.help,
            question.why,
            options,
            question.offer_unsure and not question.required,
            question.minimum,
            question.maximum,
            question.unit,
            more,
            before,
            optional=kind == words.TEXT or question.private,
            private=question.private,
        )

    def _listed(self, stem: Question) -> list[Question]:
        """The details of a list that apply to this person."""
        leaves = Leaves(self._knowledge, PERSON, Person(self._knowledge, self._state.answers, self._at))
        details = structure(self._knowledge)[1].get(stem.id, ())
        apply = [d for d in details if not value(d.when, PERSON, leaves, {})[1]]
        return sorted(apply, key=lambda d: (d.order, d.id))

    def _topic(self, question: Question) -> str:
        return next(str(topic["title"]) for topic in self._knowledge.terms.topics if topic["id"] == question.topic)

    def _measure(self, answer: str, more: int, before: Value | None) -> Ask:
        check_id, measure_id, *side = answer.split(".")
        check = self._knowledge.checks[check_id]
        measure = next(m for m in check.measures if m.id == measure_id)
        text = f"{side[0].capitalize()}: {measure.ask}" if side else measure.ask
        return Ask(
            answer,
            text,
            measure.answer,
            check.title,
            why=check.purpose,
            options=dict(measure.options) or None,
            minimum=measure.minimum,
            maximum=measure.maximum,
            unit=measure.unit,
            more=more,
            before=before,
            unable=True,
        )

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


@lru_cache(maxsize=4)
def _levels(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    return tuple(Key(words.LEVEL, row) for row in knowledge.triage)


@lru_cache(maxsize=4)
def _eligible_relief(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    return tuple(Key(words.ELIGIBLE, relief) for relief in knowledge.relief)


@lru_cache(maxsize=4)
def _signs(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    return tuple(k for k in _keys(knowledge) if k.kind == words.SIGN)


@lru_cache(maxsize=4)
def _needed_checks(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    return tuple(Key(words.NEEDED, check) for check in knowledge.checks)


@lru_cache(maxsize=4)
def _corrective(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    """What the lines before the checks can decide: every exercise, and every pattern."""
    exercises = tuple(k for k in _keys(knowledge) if k.kind == words.ELIGIBLE and k.id in knowledge.exercises)
    patterns = tuple(k for k in _keys(knowledge) if k.kind == words.PATTERN and not k.id.endswith(f".{words.ENOUGH}"))
    return (*exercises, *patterns)
