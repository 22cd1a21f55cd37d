"""Draw people as they come with back or neck pain, and measure how many triage sends where (safety decision 11).

    python benchmarks/population.py [-n 20000] [--seed 1] [-o docs/population.md]

Prevalences, their sources and the limits stand in `prevalences.yaml`. The same seed gives the same people; nothing is
fetched. Shares are of people (0 to 1 in the code, % in the tables), with Wilson's 95 % interval; ages are in years.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from assess.inference.columns import COLUMNS, infer_all
from assess.inference.compile import CANT_TELL_SUFFIX, lowered
from assess.inference.leaves import Leaves, age_on, structure
from assess.loading.load import load
from assess.loading.yaml12 import read
from assess.model import words
from assess.model.answers import Answers, Value
from assess.model.conditions import Compare, Key, holds
from assess.model.knowledge import KnowledgeBase, Question
from assess.rules.nodes import TRUE, Leaf, walk

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
BANDS = (35, 50, 65, 80)
"""Ages (years) at which the second to the fifth band of a list of five begins."""
CHUNK = 4_000
"""People evaluated at once; bit columns of this length are quickest."""


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
    """Elements over people whose answers are still being drawn, one bit a person; ages in years."""

    def __init__(self, people: list[dict[str, Value]]) -> None:
        self._people = people

    def given(self, answer: str) -> int:
        return _bits(answer in person for person in self._people)

    def equals(self, answer: str, value: str) -> int:
        return _bits(person.get(answer) == value for person in self._people)

    def unable(self, answer: str) -> int:
        return 0

    def compare(self, test: Compare, op: str) -> int:
        numbers = (person.get(test.of) for person in self._people)
        return _bits(isinstance(n, int) and holds(op, n, test.limit) for n in numbers)


def _bits(flags: Iterable[bool]) -> int:
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
        done.add("sex-at-birth")
        order: list[Question] = []

        def visit(question: Question) -> None:
            if question.id in done:
                return
            if question.stem and question.stem not in done:
                return visit(questions[question.stem])
            together = (question, *self._details.get(question.id, ()))
            done.update(q.id for q in together)
            for part in together:
                tests = {node.test.of for node in walk(part.when) if isinstance(node, Leaf)}
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
        return {words.AGE: age, "date-of-birth": born.isoformat(), "sex-at-birth": sex}

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
        share = unsure["facts" if question.id in unsure["fact_lines"] else "lines"]
        if question.offer_unsure and self._rng.random() < share:
            person[question.id] = words.UNSURE

    def _clarify(self, question: Question, person: dict[str, Value], doubt: bool) -> None:
        if question.clarifier and doubt:
            person[f"{question.id}.{words.COMPARED}"] = self._pick(self.prevalences.clarified["answers"])


def _is_no(person: Mapping[str, Value], detail: str) -> bool:
    value = person.get(detail, words.NO)
    return value == words.NO or person.get(f"{detail}.{words.COMPARED}") == words.SAME


# -- measuring ------------------------------------------------------------------------------------------------------


@dataclass
class Measured:
    """How many people came to each level, and through which rows. Everything is a number of people."""

    people: int = 0
    over_65: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    levels_65: Counter[str] = field(default_factory=Counter)
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    alone: Counter[tuple[str, str]] = field(default_factory=Counter)
    """People at this level for whom the row is the only one of that level."""
    undecided: int = 0

    def share(self, limit: str) -> tuple[int, int]:
        """How many of how many a limit of the file speaks of."""
        level = limit.removesuffix("-65")
        return (self.levels_65[level], self.over_65) if level != limit else (self.levels[level], self.people)


def measure(knowledge: KnowledgeBase, prevalences: Prevalences, count: int, seed: int) -> Measured:
    """`count` people drawn with `seed`, evaluated by bit columns."""
    generator, found = Generator(knowledge, prevalences, seed), Measured()
    for start in range(0, count, CHUNK):
        _add(found, knowledge, generator.people(min(CHUNK, count - start)))
    return found


def _add(found: Measured, knowledge: KnowledgeBase, people: list[Answers]) -> None:
    columns, _ = infer_all(knowledge, people, [AT] * len(people))
    everybody = (1 << len(people)) - 1
    born = (date.fromisoformat(str(answers.values["date-of-birth"])) for answers in people)
    old = _bits(age_on(day, AT.date()) >= 65 for day in born)
    left, twins = everybody, {row.id for row in lowered(knowledge)}
    found.people += len(people)
    found.over_65 += old.bit_count()
    for level in words.LEVELS:
        holding: dict[str, int] = {}
        for row in knowledge.rows.values():
            true, false = columns[Key(words.LEVEL, row.id)]
            here = true & everybody if row.level == level else 0
            if level == words.SAME_DAY and row.id in twins:
                here |= columns[Key(words.TRIAGE, row.id + CANT_TELL_SUFFIX)][0] & ~true & everybody
            if row.level == level and level in words.BLOCKING:
                found.undecided += (everybody & ~true & ~false).bit_count() if row.kind == words.TRIAGE else 0
            if here:
                holding[row.id] = here
        once = more = 0
        for column in holding.values():
            once, more = once | column, more | (once & column)
        at = left & once if level != words.SELF_CARE else left
        found.levels[level] += at.bit_count()
        found.levels_65[level] += (at & old).bit_count()
        for row_id, column in holding.items():
            found.rows[level, row_id] += column.bit_count()
            found.alone[level, row_id] += (column & at & ~more).bit_count()
        left &= ~at


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share (0 to 1)."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, part / whole
    middle, spread = share + z * z / (2 * whole), z * math.sqrt(share * (1 - share) / whole + (z / (2 * whole)) ** 2)
    return (middle - spread) / (1 + z * z / whole), (middle + spread) / (1 + z * z / whole)


# -- telling --------------------------------------------------------------------------------------------------------


def table(prevalences: Prevalences, found: Measured) -> list[str]:
    """The shares of people (%) against their limits, and the ten rows a level that send most."""
    lines = ["| level | share of people | 95 % interval | limit | |", "|---|---|---|---|---|"]
    for name in (*words.BLOCKING, "clinician-first-65", words.CAUTION, words.SELF_CARE):
        part, whole = found.share(name)
        low, high = wilson(part, whole)
        limit = prevalences.limits.get(name)
        kept = "" if limit is None else "kept" if part / whole <= limit else "**broken**"
        said = name.replace("-65", ", of those of 65 and over")
        at_most = f"at most {limit:.0%}" if limit else ""
        lines.append(f"| {said} | {part / whole:.1%} | {low:.1%} to {high:.1%} | {at_most} | {kept} |")
    for level in words.LEVELS[:-1]:
        lines += [
            "",
            f"## {level}: the ten rows that send most",
            "",
            "| row | people | as the only row |",
            "|---|---|---|",
        ]
        top = sorted(((n, row) for (at, row), n in found.rows.items() if at == level), reverse=True)[:10]
        lines += [
            f"| {row} | {n / found.people:.2%} | {found.alone[level, row] / found.people:.2%} |" for n, row in top
        ]
    return lines


def sources_table(prevalences: Prevalences) -> list[str]:
    """Every source, how it was read, and the lines that rest on it."""
    using: dict[str, list[str]] = {}
    for name, entry in prevalences.entries():
        for key in [entry["source"]] if isinstance(entry["source"], str) else entry["source"]:
            using.setdefault(key, []).append(name)
    lines = ["| source | read | used for |", "|---|---|---|"]
    for key, source in prevalences.sources.items():
        how = source["read"] + (f" ({source['note']})" if "note" in source else "")
        lines.append(f"| {source['cite']} | {how} | {', '.join(using.get(key, [])) or 'orientation only'} |")
    design = using["design-value"]
    return [*lines, "", f"Design values, each with its reason in the file ({len(design)} lines): {', '.join(design)}."]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path)
    args = parser.parse_args()
    prevalences = Prevalences()
    found = measure(load(), prevalences, args.n, args.seed)
    head = [
        "# How many people triage sends where", "",
        f"Written by `benchmarks/population.py`: {found.people:,} people (seed {args.seed}, {found.over_65:,} of 65 and over)",
        "drawn from `benchmarks/prevalences.yaml`, who seek help for back or neck pain and have done no check yet. A person",
        "counts at the highest level only; a row counts wherever it holds.", "",
    ]  # fmt: skip
    text = "\n".join([*head, *table(prevalences, found), "", "## Sources", "", *sources_table(prevalences)]) + "\n"
    if args.output:
        args.output.write_text(text, encoding="utf-8")
    print(text)
    if found.undecided:
        sys.exit(f"{found.undecided} rows are undecided: the people are not complete")


if __name__ == "__main__":
    main()
