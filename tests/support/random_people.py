"""Seeded random people over a real knowledge base: every line, clarifier and measure, numbers at every threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from assess.inference.compile import compile_rules
from assess.model.answers import Clearance, Unable, Value
from assess.model.conditions import Compare
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase, Measure, Question
from assess.rules.nodes import Leaf, Node, walk

REASONS = ("pain", "position", "no-helper", "weakness")
OLDEST = 110


@dataclass(frozen=True)
class Mood:
    """How a person answers: how often a line is as in health, how much is answered, how many checks are done."""

    health: float
    answered: float
    checked: float


MOODS = (
    Mood(health=0.997, answered=1.0, checked=0.15),  # a plan is likely
    Mood(health=0.99, answered=1.0, checked=0.4),
    Mood(health=0.93, answered=0.97, checked=0.6),
    Mood(health=0.8, answered=0.9, checked=0.3),
    Mood(health=0.3, answered=1.0, checked=1.0),  # everything at once
    Mood(health=0.3, answered=0.4, checked=0.2),
)


class People:
    """What may be answered, and people who answer."""

    def __init__(self, knowledge: KnowledgeBase, at: datetime) -> None:
        self.knowledge = knowledge
        self._today = at.date()
        self._limits: dict[str, set[float]] = {}
        self._differences: dict[str, set[float]] = {}
        conditions: list[Node] = [rule.when for rule in compile_rules(knowledge).rules]
        conditions += [question.when for question in knowledge.questions.values()]
        for condition in conditions:
            for node in walk(condition):
                if isinstance(node, Leaf) and isinstance(node.test, Compare):
                    self._note(node.test)
        self.domain: dict[str, tuple[Value, ...]] = {}
        for question in knowledge.questions.values():
            self.domain[question.id] = self._answers(question)
            if question.clarifier:
                self.domain[f"{question.id}.compared"] = ("same", "different", "cant-tell")
        self.checks: dict[str, tuple[str, ...]] = {}
        self._fine: dict[str, Value] = {}
        for check in knowledge.checks.values():
            ids = [f"{check.id}.{m.id}{side}" for m in check.measures for side in _sides(check.sided)]
            self.checks[check.id] = tuple(ids)
            for measure in check.measures:
                for side in _sides(check.sided):
                    answer = f"{check.id}.{measure.id}{side}"
                    self.domain[answer] = self._results(f"{check.id}.{measure.id}", measure)
                    if measure.unable_means:
                        self._fine[answer] = "no" if measure.unable_means == "yes" else "yes"
        self._healthy = healthy(knowledge)
        phases = {topic["id"]: topic["phase"] for topic in knowledge.terms.topics}
        self._varied = {  # no alarm: where, since when, how old, and what is asked after "today"
            q.id
            for q in knowledge.questions.values()
            if phases[q.topic] == "checks" or (phases[q.topic] == "person" and q.answer != "yes-no")
        }

    def _note(self, test: Compare) -> None:
        where = self._differences if test.take == "difference" else self._limits
        where.setdefault(test.of, set()).add(test.limit)

    # -- what may be answered ----------------------------------------------------------------------------------

    def _answers(self, question: Question) -> tuple[Value, ...]:
        unsure = ("unsure",) if question.offer_unsure else ()
        match question.answer:
            case "yes-no":
                return ("no", "yes", *unsure)
            case "choice":
                return (*question.options, *unsure)
            case "number":
                limits = self._limits.get(question.id, set())
                grown = {limit - question.grows_per_week * 2 for limit in limits}
                around = _around(limits | grown, question.minimum, question.maximum, question.step)
                return (*around, *unsure)
            case "birth-date":
                return self.birth_dates()
            case _:
                return ("a walk with the dog",)

    def birth_dates(self) -> tuple[str, ...]:
        """Birth dates around every age that a rule asks for: the day before, on it, after, and within a plan's days."""
        found = {self._today - timedelta(days=1), self._today.replace(year=self._today.year - OLDEST)}
        for age in self._limits.get("age", set()):
            birthday = self._today.replace(year=self._today.year - int(age))
            found |= {birthday + timedelta(days=days) for days in (-200, -1, 0, 1, 13, 14, 15, 180)}
        return tuple(day.isoformat() for day in sorted(found) if day <= self._today)

    def _results(self, of: str, measure: Measure) -> tuple[Value, ...]:
        nothing: tuple[Value, ...] = ("unsure", "void", *(Unable(reason) for reason in REASONS))
        if measure.answer == "number":
            limits = self._limits.get(of, set())
            apart = {d + s for d in self._differences.get(of, set()) for s in (measure.minimum, 0, *limits)}
            return (*_around(limits | apart, measure.minimum, measure.maximum, measure.step), *nothing)
        return (*(measure.options or ("yes", "no")), *nothing)

    # -- people ------------------------------------------------------------------------------------------------

    def person(self, rng: Random, mood: Mood | None = None) -> dict[str, Value]:
        """One set of answers: complete or partial, as the mood (a random one if none is given) has it."""
        mood = mood or rng.choice(MOODS)
        values: dict[str, Value] = {}
        for question in self.knowledge.questions.values():
            if rng.random() < mood.answered:
                values[question.id] = self.answer(rng, question.id, mood)
                compared = f"{question.id}.compared"
                if compared in self.domain and values[question.id] != "no" and rng.random() < mood.answered:
                    values[compared] = rng.choice(self.domain[compared])
        for ids in self.checks.values():
            if rng.random() < mood.checked:
                values |= {a: self.answer(rng, a, mood) for a in ids if rng.random() < mood.answered}
        return values

    def answer(self, rng: Random, answer: str, mood: Mood) -> Value:
        """One answer, as in health as often as the mood says; results of checks are mostly told."""
        domain = self.domain[answer]
        question = self.knowledge.questions.get(answer)
        if question is None:
            told = [v for v in domain if not isinstance(v, Unable) and v not in ("unsure", "void")]
            if answer in self._fine and rng.random() < mood.health:
                return self._fine[answer]
            return rng.choice(told) if rng.random() < 0.85 else rng.choice(domain)
        health = mood.health / 2 if question.id in self._varied else mood.health
        if answer in self._healthy and rng.random() < health:
            return self._healthy[answer]
        return rng.choice(domain)

    def change(self, rng: Random, values: Mapping[str, Value], toward: Mapping[str, Value]) -> tuple[str, Value | None]:
        """One answer given, changed or (None) withdrawn: half the time a step toward another person."""
        apart = [a for a in self.domain if values.get(a) != toward.get(a)]
        if apart and rng.random() < 0.5:
            answer = rng.choice(apart)
            return answer, toward.get(answer)
        if values and rng.random() < 0.3:
            return rng.choice(list(values)), None
        answer = rng.choice(list(self.domain))
        return answer, rng.choice([v for v in self.domain[answer] if v != values.get(answer)] or self.domain[answer])

    def clearances(self, rng: Random) -> tuple[Clearance, ...]:
        """Agreements of clinicians to some rows, some of them just too old."""
        rows = [row.id for row in self.knowledge.rows.values() if row.level == "clinician-first" and row.clearable]
        days = (0, 1, 83, 84, 85, 200)
        return tuple(
            Clearance(row, "Dr Example", _before(self._today, rng.choice(days)), "back pain")
            for row in rng.sample(rows, rng.randint(0, len(rows)))
        )


def _before(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _sides(sided: bool) -> tuple[str, ...]:
    return (".left", ".right") if sided else ("",)


def _around(limits: set[float], low: float, high: float, step: float) -> tuple[float, ...]:
    """The ends of the range, and every limit with its neighbours on both sides."""
    near = {low, high} | {limit + by for limit in limits for by in (-step, 0, step)}
    return tuple(int(x) if float(x).is_integer() else x for x in sorted(near) if low <= x <= high)
