"""The interview as a pure state machine: a state in, the next step out. No terminal, no clock, no disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from assess.inference.infer import infer, triage
from assess.inference.leaves import Leaves, Person, inputs, structure
from assess.inference.outlook import Outlook
from assess.interview.outcome import order_of_asking
from assess.interview.steps import Ask, DoCheck, Done, OfferChecks, ReadBack, Step, Stop, Today
from assess.model import words
from assess.model.answers import Answers, Unable, Value
from assess.model.conclusions import Triage
from assess.model.conditions import Compare, Is, Key, answer_id
from assess.model.knowledge import Check, KnowledgeBase, Question
from assess.rules.evaluate import PERSON
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
            if changed and self._phase(question) in ("person", "triage"):
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
        found = self.triage()
        if found.level == words.EMERGENCY:
            return Stop(found)
        if self.revisit:
            return self._ask(self.revisit, 0)
        step = self._person() or self._triage_lines()
        if step:
            return step
        if self.answers.triaged_at is None:
            return ReadBack(self._noes()) if not found.stops else Stop(found)
        if found.stops:
            return Stop(found)
        step = self._before_today()
        if step:
            return step
        if not self.today_shown:
            return Today()
        if found.level == words.CLINICIAN_FIRST or not self._covered():
            return Done()
        return self._checks_phase() or self._in_phase("goals", None) or Done()

    def triage(self) -> Triage:
        """Triage as the answers stand; an unsure line whose clarifier is open has no level yet."""
        return triage(self.knowledge, infer(self.knowledge, self.answers, self._at()), self.answers, self._at())

    def _at(self) -> datetime:
        return self.answers.triaged_at or self.now

    def _covered(self) -> bool:
        return infer(self.knowledge, self.answers, self._at()).holds(words.GATE, words.COVERED)

    def _outlook(self) -> Outlook:
        return Outlook(self.knowledge, self.answers, self._at())

    def _phase(self, question: Question) -> str:
        return next(topic["phase"] for topic in self.knowledge.terms.topics if topic["id"] == question.topic)

    def _person(self) -> Ask | None:
        """Who and where: required lines, and every line of the person's topics that may be asked."""
        return self._in_phase("person", None)

    def _triage_lines(self) -> Ask | None:
        outcomes = [Key(words.LEVEL, row.id) for row in self.knowledge.triage.values()]
        return self._live(outcomes, also="triage")

    def _before_today(self) -> Ask | None:
        return self._live([Key(words.ELIGIBLE, r) for r in self.knowledge.relief])

    def _in_phase(self, phase: str, live: dict[str, int] | None) -> Ask | None:
        """The first line of a phase that may be asked (and is live, if that is given)."""
        outlook = self._outlook()
        waiting = []
        for answer in order_of_asking(self.knowledge):
            question = self.knowledge.questions.get(answer.removesuffix(f".{words.COMPARED}"))
            if question is None or self._phase(question) != phase or answer in self.skipped:
                continue
            if answer in self.answers.values or (live is not None and answer not in live):
                continue
            if answer in set(outlook.askable(Leaf(Is(question.id, words.YES)))):
                waiting.append(answer)
        return self._ask(waiting[0], len(waiting) - 1) if waiting else None

    def _live(self, outcomes: list[Key], also: str = "") -> Ask | None:
        """The first line, in the order of asking, that can still change an outcome; then private lines of `also`."""
        live = self._outlook().live(outcomes)
        waiting = [a for a in order_of_asking(self.knowledge) if a in live and a not in self.skipped]
        if also:
            private = {q.id for q in self.knowledge.questions.values() if q.private and self._phase(q) == also}
            waiting += [
                a for a in order_of_asking(self.knowledge)
                if a in private and a not in self.answers.values and a not in self.skipped
                and self.answers.triaged_at is None
            ]
        return self._ask(waiting[0], len(waiting) - 1) if waiting else None

    def _checks_phase(self) -> Step | None:
        if self.checks is None:
            offered = self.offer()
            return OfferChecks(offered) if offered else None
        if not self.checks:
            return None
        keys = self._corrective_outcomes()
        step = self._live(keys) if not self.check_shown else None
        if step:
            return step
        for number, check_id in enumerate(self.checks, 1):
            check = self.knowledge.checks[check_id]
            open_measures = [m for m in measures_of(check) if m not in self.answers.values and m not in self.skipped]
            if not open_measures:
                continue
            if not self._check_allowed(check):
                continue
            if self.check_shown != check_id:
                return DoCheck(check, number, len(self.checks))
            return self._ask(open_measures[0], len(open_measures) - 1)
        return None

    def _check_allowed(self, check: Check) -> bool:
        return infer(self.knowledge, self.answers, self._at()).holds(words.ELIGIBLE, check.id)

    def _corrective_outcomes(self) -> list[Key]:
        """What the lines before the checks can decide: the chosen checks, and every exercise's own conditions."""
        chosen = [Key(words.ELIGIBLE, c) for c in self.checks or ()]
        rest = [
            key for key in _keys(self.knowledge) if key.kind in (words.ELIGIBLE, words.PATTERN) and key.id not in self.knowledge.checks
        ]
        return [*chosen, *rest]

    def offer(self) -> tuple[Check, ...]:
        """At most six checks in about twelve minutes that can decide most open outcomes, grouped by position."""
        caps = self.knowledge.program["caps"]
        outlook = self._outlook()
        keys = [k for k in _keys(self.knowledge) if k.kind in (words.ELIGIBLE, words.PATTERN) and k.id not in self.knowledge.checks]
        keys += [Key(words.FINDING, f.id, s) for f in self.knowledge.findings.values() if f.muscle
                 for s in (words.SIDES if f.sided else ("",))]
        live = outlook.live(keys)
        worth = {
            check.id: max((live.get(m, 0) for m in measures_of(check)), default=0)
            for check in self.knowledge.checks.values()
            if outlook.of(Key(words.ELIGIBLE, check.id)) & 1
            and not any(m in self.answers.values or m in self.skipped for m in measures_of(check))
        }
        ranked = sorted((c for c, w in worth.items() if w), key=lambda c: (-worth[c], c))
        chosen: list[Check] = []
        spent = 0.0
        for check_id in ranked:
            check = self.knowledge.checks[check_id]
            if len(chosen) < caps["checks_at_once"]["most"] and spent + check.minutes <= caps["checks_minutes"]["most"]:
                chosen.append(check)
                spent += check.minutes
        place = {position: i for i, position in enumerate(self.knowledge.terms.positions)}
        return tuple(sorted(chosen, key=lambda c: (-place.get(c.position, 0), c.id)))

    # -- words --------------------------------------------------------------------------------------------------

    def _ask(self, answer: str, more: int) -> Ask:
        before = self.answers.values.get(answer)
        stem, _, suffix = answer.rpartition(".")
        if suffix == words.COMPARED and stem in self.knowledge.questions:
            question = self.knowledge.questions[stem]
            assert question.clarifier
            options = {words.SAME: "The same", words.DIFFERENT: "Different", words.CANT_TELL: "I can't tell"}
            return Ask(answer, question.clarifier.ask, words.CHOICE, self._topic(question), why=question.why,
                       options=options, unsure=False, more=more, before=before)
        question = self.knowledge.questions.get(answer)
        if question is not None:
            return self._question(question, more, before)
        return self._measure(answer, more, before)

    def _question(self, question: Question, more: int, before: Value | None) -> Ask:
        kind = question.answer
        options = dict(question.options) or None
        if question.checklist:
            kind = "checklist"
            options = {d.id: d.title for d in self._listed(question)}
        return Ask(
            question.id, question.ask, kind, self._topic(question), question.help, question.why, options,
            question.offer_unsure and not question.required, question.minimum, question.maximum, question.unit, more,
            before, optional=kind == words.TEXT or question.private, private=question.private,
        )

    def _listed(self, stem: Question) -> list[Question]:
        """The details of a list that apply to this person."""
        leaves = Leaves(self.knowledge, PERSON, Person(self.knowledge, self.answers, self._at()))
        details = structure(self.knowledge)[1].get(stem.id, ())
        supposed = [d for d in details if not _when_off(leaves, d)]
        return sorted(supposed, key=lambda d: (d.order, d.id))

    def _topic(self, question: Question) -> str:
        return next(topic["title"] for topic in self.knowledge.terms.topics if topic["id"] == question.topic)

    def _measure(self, answer: str, more: int, before: Value | None) -> Ask:
        check_id, measure_id, *side = answer.split(".")
        check = self.knowledge.checks[check_id]
        measure = next(m for m in check.measures if m.id == measure_id)
        text = f"{side[0].capitalize()}: {measure.ask}" if side else measure.ask
        return Ask(answer, text, measure.answer, check.title, why=check.purpose, options=dict(measure.options) or None,
                   minimum=measure.minimum, maximum=measure.maximum, unit=measure.unit, more=more, before=before, unable=True)

    def _noes(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (q.id, q.ask)
            for a in order_of_asking(self.knowledge)
            if (q := self.knowledge.questions.get(a)) and not q.private
            and self.answers.values.get(q.id) == words.NO and self._phase(q) == "triage"
        )

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


def _when_off(leaves: Leaves, question: Question) -> bool:
    from assess.rules.evaluate import value

    return bool(value(question.when, PERSON, leaves, {})[1])


def _row_inputs(knowledge: KnowledgeBase, row_id: str) -> frozenset[str]:
    row = knowledge.rows[row_id]
    found: set[str] = set()
    for node in (*walk(row.when), *(walk(row.level_when) if row.level_when else ())):
        if isinstance(node, Leaf) and isinstance(node.test, Is | Compare):
            found |= inputs(knowledge, node.test)
    return frozenset(found)


def _keys(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    from assess.inference.compile import compile_rules

    return tuple(k for k in compile_rules(knowledge).by_head if isinstance(k, Key))


def measures_of(check: Check) -> tuple[str, ...]:
    """The answer ids of a check, side by side."""
    sides = words.SIDES if check.sided else ("",)
    return tuple(answer_id(f"{check.id}.{measure.id}", side) for side in sides for measure in check.measures)
