"""Draw whole people from `prevalences.yaml`: answers that fit stems, details and conditions, in one seeded stream.

Pure and without a network: the same seed gives the same people. Probabilities are 0 to 1, ages are in years.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from assess.inference.columns import COLUMNS
from assess.inference.leaves import Leaves, structure
from assess.loading.yaml12 import read
from assess.model import words
from assess.model.answers import Answers, Value
from assess.model.conditions import Compare, Is, holds
from assess.model.knowledge import KnowledgeBase, Question
from assess.rules.nodes import TRUE, Leaf, walk

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
BANDS = (35, 50, 65, 80)
"""Ages (years) at which the second to the fifth band of a list of five begins."""
SEX = "sex-at-birth"
BIRTH = "date-of-birth"


class Prevalences:
    """The file, and the probability of each answer for one person.

    Alarm lines for which nothing was found in print stand in the file at the high side; `likely` reads them at the
    share of that which the file says.
    """

    def __init__(self, *, likely: bool = False) -> None:
        file = Path(__file__).with_name("prevalences.yaml")
        data = read(file.read_bytes(), file.name).data
        self.limits: dict[str, float] = data["limits"]
        self.collide: dict[str, float] = data["collide"]
        self.sources: dict[str, dict[str, str]] = data["sources"]
        self.population: dict[str, Any] = data["population"]
        self.unsure: dict[str, Any] = data["unsure"]
        self.clarified: dict[str, Any] = data["clarified"]
        self.questions: dict[str, dict[str, Any]] = data["questions"]
        self.likely: dict[str, Any] = data["likely"]
        self.share: float = self.likely["share"] if likely else 1.0

    def entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Everything that needs a source, with its name."""
        yield from (("population", self.population), ("unsure", self.unsure), ("clarified", self.clarified))
        yield "likely", self.likely
        yield from self.questions.items()

    def needs(self, question: str) -> set[str]:
        """The lines that must have been answered before this one is drawn."""
        return set(_by(self.questions.get(question, {})))

    def of(self, question: str, values: Mapping[str, Value], key: str) -> Any:
        """What stands under `key` for a person with these answers: a number, or one per answer."""
        found = settled(self.questions[question].get(key, 0.0), values)
        guessed = self.questions[question]["source"] == "design-value" and key in (words.YES, "unplaced")
        return found * self.share if guessed and found < self.likely["below"] else found

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
        return settled(node["male" if values[SEX] == "male" else "female"], values)
    return {answer: settled(part, values) for answer, part in node.items()}


class Growing:
    """Elements over people whose answers are still being drawn, one bit a person; ages in years."""

    def __init__(self, people: list[dict[str, Value]]) -> None:
        self._people = people

    def given(self, answer: str) -> int:
        return bits(answer in person for person in self._people)

    def equals(self, answer: str, value: str) -> int:
        return bits(person.get(answer) == value for person in self._people)

    def unable(self, answer: str) -> int:
        return 0

    def compare(self, test: Compare, op: str) -> int:
        numbers = (person.get(test.of) for person in self._people)
        return bits(isinstance(n, int) and holds(op, n, test.limit) for n in numbers)


def bits(flags: Iterable[bool]) -> int:
    return int("0" + "".join("1" if flag else "0" for flag in flags)[::-1], 2)


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
        return [Answers({k: v for k, v in person.items() if k != words.AGE}, AT) for person in people]

    def _sorted(self) -> list[Question]:
        """Lines after all that decides whether and how they are answered; signs are drawn with their stem."""
        questions = self.knowledge.questions
        done = {q.id for q in questions.values() if q.answer in (words.TEXT, words.BIRTH_DATE) or q.private}
        done.add(SEX)
        order: list[Question] = []

        def visit(question: Question) -> None:
            if question.id in done:
                return
            if question.stem and question.stem not in done:
                visit(questions[question.stem])
                return
            together = (question, *self._details.get(question.id, ()))
            done.update(q.id for q in together)
            for part in together:
                tests = {n.test.of for n in walk(part.when) if isinstance(n, Leaf) and isinstance(n.test, Is | Compare)}
                for needed in sorted({part.follows} | tests | self.prevalences.needs(part.id)):
                    if needed in questions:
                        visit(questions[needed])
            order.append(question)

        for question in questions.values():
            visit(question)
        return order

    def _somebody(self) -> dict[str, Value]:
        low, high = (int(end) for end in self._pick(self.prevalences.population["ages"]).split("-"))
        age = self._rng.randint(low, high)
        born = AT.date().replace(year=AT.year - age) - timedelta(days=self._rng.randrange(365))
        sex = self._pick(self.prevalences.population["sexes"])
        return {words.AGE: age, BIRTH: born.isoformat(), SEX: sex}

    def _pick(self, shares: Mapping[str, float]) -> str:
        return self._rng.choices(list(shares), list(shares.values()))[0]

    def _asked(self, question: Question, people: list[dict[str, Value]]) -> list[dict[str, Value]]:
        if not question.stem and not question.follows and question.when == TRUE:
            return people
        off = Leaves(self.knowledge, COLUMNS, Growing(people)).off(question) & (1 << len(people)) - 1
        flags = f"{off:0{len(people)}b}"[::-1]
        return [person for person, flag in zip(people, flags, strict=True) if flag == "0"]

    def _ask(self, question: Question, people: list[dict[str, Value]]) -> None:
        """A line, and the signs under it, with their clarifiers."""
        details = self._details.get(question.id, ())
        having: dict[str, set[int]] = {}
        for detail in sorted(details, key=lambda d: bool(self.prevalences.needs(d.id) & {x.id for x in details})):
            having[detail.id] = {id(p) for p in self._asked(detail, people) if self._sign(detail, p)}
        for person in self._asked(question, people):
            if details:
                sign = any(id(person) in found for found in having.values())
                person[question.id] = words.YES if sign or self._unplaced(question, person) else words.NO
            else:
                person[question.id] = self._answer(question, person)
            self._doubt(question, person)
        for person in people if details else ():
            for detail in details:
                person.pop(detail.id, None)
        for detail in details:
            for person in self._asked(detail, people):
                person[detail.id] = words.YES if id(person) in having[detail.id] else words.NO
                if not question.checklist or person[question.id] == words.UNSURE:  # what is not ticked is no
                    self._doubt(detail, person)
                self._clarify(detail, person, person[detail.id] == words.UNSURE)
        for person in people if question.clarifier else ():
            if details:
                nothing = all(_is_no(person, detail.id) for detail in details)
                self._clarify(question, person, person.get(question.id) == words.YES and nothing)
            else:
                self._clarify(question, person, person.get(question.id) == words.UNSURE)

    def _sign(self, detail: Question, person: dict[str, Value]) -> bool:
        """Whether a sign under a stem applies; others under the same stem may depend on it."""
        person[detail.id] = self._answer(detail, person)
        return person[detail.id] == words.YES

    def _unplaced(self, stem: Question, person: dict[str, Value]) -> bool:
        """A yes to the stem that none of its signs explains."""
        known = stem.id in self.prevalences.questions
        return known and self._rng.random() < self.prevalences.of(stem.id, person, "unplaced")

    def _answer(self, question: Question, person: dict[str, Value]) -> Value:
        if question.id not in self.prevalences.questions:  # no row with a level reads it
            healthy: Value = question.healthy
            return healthy
        chosen = self._pick(self.prevalences.distribution(question.id, person))
        if "years_ago" in self.prevalences.questions[question.id]:
            return max(0, int(str(person[words.AGE])) - int(chosen))
        return int(chosen) if question.answer == words.NUMBER else chosen

    def _doubt(self, question: Question, person: dict[str, Value]) -> None:
        """The share of "not sure" among the lines that are asked."""
        unsure = self.prevalences.unsure
        share = unsure["facts" if question.id in unsure["fact_lines"] else "lines"] * self.prevalences.share
        if question.offer_unsure and self._rng.random() < share:
            person[question.id] = words.UNSURE

    def _clarify(self, question: Question, person: dict[str, Value], doubt: bool) -> None:
        if question.clarifier and doubt:
            person[f"{question.id}.{words.COMPARED}"] = self._pick(self.prevalences.clarified["answers"])


def _is_no(person: Mapping[str, Value], detail: str) -> bool:
    value = person.get(detail, words.NO)
    return value == words.NO or person.get(f"{detail}.{words.COMPARED}") == words.SAME
