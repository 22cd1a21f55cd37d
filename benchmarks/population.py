"""Draw people as they come with back or neck pain, and measure how many triage sends where (safety decision 11).

    python benchmarks/population.py [-n 20000] [--seed 1] [-o docs/population.md]

Prevalences, their sources and the limits stand in `prevalences.yaml`. The same seed gives the same people; nothing is
fetched. Shares are of people (0 to 1 in the code, % in the tables), with Wilson's 95 % interval; ages are in years.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from assess.inference.columns import COLUMNS, infer_all
from assess.inference.compile import CANT_TELL_SUFFIX, lowered
from assess.inference.leaves import Leaves, Person, structure
from assess.loading.load import load
from assess.loading.yaml12 import read
from assess.model import words
from assess.model.answers import Answers, Value
from assess.model.conditions import Compare, Key
from assess.model.knowledge import KnowledgeBase, Question, Row

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
BANDS = (35, 50, 65, 80)
"""Ages (years) at which the second to the fifth band of a list of five begins."""
CHUNK = 4_000
"""People evaluated at once; bit columns of this length are quickest."""
SPECIAL = ("yes", "answers", "unplaced", "years_ago")
"""The keys of an entry that hold numbers."""


class Prevalences:
    """The file, and the probability of each answer for one person."""

    def __init__(self, file: Path = Path(__file__).with_name("prevalences.yaml")) -> None:
        data = read(file.read_bytes(), file.name).data
        self.limits: dict[str, float] = data["limits"]
        self.sources: dict[str, dict[str, str]] = data["sources"]
        self.population: dict[str, Any] = data["population"]
        self.unsure: dict[str, Any] = data["unsure"]
        self.clarified: dict[str, Any] = data["clarified"]
        self.questions: dict[str, dict[str, Any]] = data["questions"]

    def entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Everything that needs a source, with its name."""
        yield from (("population", self.population), ("unsure", self.unsure), ("clarified", self.clarified))
        yield from self.questions.items()

    def needs(self, question: str) -> set[str]:
        """The lines that must have been answered before this one is drawn."""
        return set(_by(self.questions.get(question, {})))

    def of(self, question: str, values: Mapping[str, Value], key: str) -> Any:
        """What stands under `key` for a person with these answers: a number, or one per answer."""
        return settled(self.questions[question].get(key, 0.0), values)

    def distribution(self, question: str, values: Mapping[str, Value]) -> dict[str, float]:
        """Probability of each answer of a line that is asked, before any doubt; they sum to one."""
        entry = self.questions[question]
        if "yes" in entry:
            yes = self.of(question, values, "yes")
            return {words.YES: yes, words.NO: 1 - yes}
        found: dict[str, float] = dict(self.of(question, values, "years_ago" if "years_ago" in entry else "answers"))
        if "rest" in entry:
            found[str(entry["rest"])] = 1 - sum(found.values())
        return found


def _by(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "by" in node:
            yield node["by"]
        for part in node.values():
            yield from _by(part)


def settled(node: Any, values: Mapping[str, Value]) -> Any:
    """A node of the file for one person: his or her branch of `by`, sex and age band."""
    if isinstance(node, list):
        return node[sum(int(str(values["age"])) >= begin for begin in BANDS)]
    if not isinstance(node, dict):
        return node
    if "by" in node:
        answer = str(values.get(node["by"], words.NO))
        chosen = (part for keys, part in node.items() if keys != "by" and answer in keys.split())
        return settled(next(chosen, node.get("else", 0.0)), values)
    if "female" in node:
        return settled(node["male" if values["sex-at-birth"] == "male" else "female"], values)
    return {answer: settled(part, values) for answer, part in node.items()}


class Growing:
    """Elements over people whose answers are still being drawn, one bit a person."""

    def __init__(self, knowledge: KnowledgeBase, people: list[dict[str, Value]]) -> None:
        self._knowledge, self._people = knowledge, people

    def _bits(self, flags: Iterable[bool]) -> int:
        return int("".join("1" if flag else "0" for flag in flags)[::-1] or "0", 2)

    def given(self, answer: str) -> int:
        return self._bits(answer in p for p in self._people)

    def equals(self, answer: str, value: str) -> int:
        return self._bits(p.get(answer) == value for p in self._people)

    def unable(self, answer: str) -> int:
        return 0

    def compare(self, test: Compare, op: str) -> int:
        return self._bits(bool(Person(self._knowledge, Answers(p), AT).compare(test, op)) for p in self._people)


class Generator:
    """Whole people: each line that is asked of them is answered, and none that is not."""

    def __init__(self, knowledge: KnowledgeBase, prevalences: Prevalences, seed: int) -> None:
        self.knowledge, self.prevalences = knowledge, prevalences
        self._rng = Random(seed)
        self._details = structure(knowledge)[1]
        self._order = self._sorted()

    def people(self, count: int) -> list[Answers]:
        """`count` people, triaged at `AT`."""
        people = [self._somebody() for _ in range(count)]
        for question in self._order:
            self._ask(question, people)
        for person in people:
            del person["age"]
        return [Answers(person, AT) for person in people]

    def _sorted(self) -> list[Question]:
        """Lines after all that decides whether and how they are answered; signs are drawn with their stem."""
        questions = self.knowledge.questions
        unnamed = {q for q in questions.values() if q.answer in (words.TEXT, words.BIRTH_DATE) or q.private}
        done: dict[str, Question] = {q.id: q for q in (*unnamed, questions["sex-at-birth"])}
        skipped = len(done)

        def visit(question: Question) -> None:
            if question.id in done:
                return
            if question.stem and question.stem not in done:
                visit(questions[question.stem])
                return
            inner = {question, *self._details.get(question.id, ())}
            for part in inner:
                for needed in {part.follows, *_asked_by(part), *self.prevalences.needs(part.id)} - {q.id for q in inner}:
                    if needed in questions:
                        visit(questions[needed])
            done[question.id] = question
            done.update({q.id: q for q in inner})

        for question in questions.values():
            visit(question)
        return [q for q in list(done.values())[skipped:] if not q.stem]

    def _somebody(self) -> dict[str, Value]:
        ages, sexes = self.prevalences.population["ages"], self.prevalences.population["sexes"]
        low, high = (int(end) for end in self._pick(ages).split("-"))
        age = self._rng.randint(low, high)
        born = AT.date().replace(year=AT.year - age) - timedelta(days=self._rng.randrange(1, 365))
        return {"age": age, "date-of-birth": _age_kept(born, age).isoformat(), "sex-at-birth": self._pick(sexes)}

    def _pick(self, shares: Mapping[str, float]) -> str:
        return self._rng.choices(list(shares), list(shares.values()))[0]

    def _asked(self, question: Question, people: list[dict[str, Value]]) -> list[dict[str, Value]]:
        off = Leaves(self.knowledge, COLUMNS, Growing(self.knowledge, people)).off(question)
        return [person for i, person in enumerate(people) if not off >> i & 1]

    def _ask(self, question: Question, people: list[dict[str, Value]]) -> None:
        """A line, and the signs under it with their clarifiers."""
        details = self._details.get(question.id, ())
        signs: dict[str, set[int]] = {}
        for detail in sorted(details, key=lambda d: len(self.prevalences.needs(d.id) & {x.id for x in details})):
            signs[detail.id] = {id(p) for p in self._asked(detail, people) if self._sign(detail, p)}
        for person in self._asked(question, people):
            if details:
                sign = any(id(person) in having for having in signs.values())
                person[question.id] = words.YES if sign or self._extra(question, person) else words.NO
            else:
                person[question.id] = self._answer(question, person)
            self._doubt(question, person)
        for person in people:
            for detail in details:
                person.pop(detail.id, None)
        for detail in details:
            for person in self._asked(detail, people) if detail.stem == question.id else ():
                if person.get(question.id) in (words.YES, words.UNSURE):
                    person[detail.id] = words.YES if id(person) in signs[detail.id] else words.NO
                    self._doubt(detail, person)
                    self._clarify(detail, person, person[detail.id] == words.UNSURE)
        for person in people:
            value = person.get(question.id)
            told = all(_is_no(person, d.id) for d in details)
            self._clarify(question, person, value == words.YES and told if details else value == words.UNSURE)

    def _sign(self, detail: Question, person: dict[str, Value]) -> bool:
        """Whether a sign under a stem applies; others under the same stem may depend on it."""
        person[detail.id] = self._answer(detail, person)
        return person[detail.id] == words.YES

    def _extra(self, question: Question, person: dict[str, Value]) -> bool:
        """A yes to the stem that none of its signs explains."""
        entry = self.prevalences.questions.get(question.id, {})
        return self._rng.random() < (self.prevalences.of(question.id, person, "unplaced") if entry else 0)

    def _answer(self, question: Question, person: dict[str, Value]) -> Value:
        if question.id not in self.prevalences.questions:
            return str(question.healthy) if question.answer != "number" else question.healthy  # no level reads it
        chosen = self._pick(self.prevalences.distribution(question.id, person))
        if "years_ago" in self.prevalences.questions[question.id]:
            return max(0, int(str(person["age"])) - int(chosen))
        return int(chosen) if question.answer == "number" else chosen

    def _doubt(self, question: Question, person: dict[str, Value]) -> None:
        """The share of "not sure" among the lines that are asked."""
        unsure = self.prevalences.unsure
        share = unsure["facts" if question.id in unsure["fact_lines"] else "lines"]
        if question.offer_unsure and self._rng.random() < share:
            person[question.id] = words.UNSURE

    def _clarify(self, question: Question, person: dict[str, Value], doubt: bool) -> None:
        if question.clarifier and doubt:
            person[f"{question.id}.{words.COMPARED}"] = self._pick(self.prevalences.clarified["answers"])


def _asked_by(question: Question) -> set[str]:
    from assess.inference.leaves import inputs
    from assess.model.conditions import Is
    from assess.rules.nodes import Leaf, walk

    tests = [node.test for node in walk(question.when) if isinstance(node, Leaf)]
    return {needed for test in tests if isinstance(test, Is | Compare) for needed in inputs_of(inputs, test, question)}


def _age_kept(born: date, age: int) -> date:
    return born + timedelta(days=0) if age else born


def _is_no(person: Mapping[str, Value], detail: str) -> bool:
    value = person.get(detail, words.NO)
    return value == words.NO or person.get(f"{detail}.{words.COMPARED}") == words.SAME
