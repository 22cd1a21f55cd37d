"""People near to those of an item's cases: one or two answers off. Whoever tells a mutant apart makes a case.

They are columns of bits like all crowds, but almost all of their answers are those of a person without trouble, so
only what differs is looked at person by person.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import TypeAlias

from assess.audit.proof.domains import AT, Domain, compared_answers
from assess.inference.columns import COLUMNS
from assess.inference.leaves import Leaves, Person
from assess.model import words
from assess.model.answers import Answers, Value
from assess.model.conditions import Compare
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import Pair, either, value
from assess.rules.strata import Program

Off: TypeAlias = Mapping[str, Value | None]
"""What a person answers otherwise than one without trouble; None is an answer that is left out."""

MOST = 3_000
"""People around one item."""


def around(seeds: Sequence[Off], cone: Sequence[Domain], most: int = MOST) -> list[dict[str, Value | None]]:
    """The seeds, everybody one answer of the cone away from one, and as many as there is room for who are two away."""
    found: dict[tuple[tuple[str, Value | None], ...], dict[str, Value | None]] = {}

    def add(off: dict[str, Value | None]) -> None:
        found.setdefault(tuple(sorted(off.items(), key=lambda entry: entry[0])), off)

    for seed in seeds:
        add(dict(seed))
    options = {d.answer: _values(d) for d in cone}
    for seed in seeds:
        for answer, values in options.items():
            for v in values:
                add({**seed, answer: v})
    for seed in seeds:
        for one, other in combinations(options, 2):
            if len(found) + len(options[one]) * len(options[other]) > most:
                continue
            for v in options[one]:
                for w in options[other]:
                    add({**seed, one: v, other: w})
    return list(found.values())[:most]


def _values(domain: Domain) -> tuple[Value | None, ...]:
    """One value a cell; of dates of birth, which are in no order of what is usual, the nearest to the usual one."""
    usual = domain.cells[domain.usual]
    found: list[Value | None] = []
    for cell, group in zip(domain.cells, domain.stand_for, strict=True):
        days = {day: v for v in group if (day := _day(v)) is not None}
        at = _day(usual)
        found.append(days[min(days, key=lambda day: abs(day - at))] if days and at is not None else cell)
    return tuple(found)


def _day(value: Value | None) -> int | None:
    try:
        return date.fromisoformat(value).toordinal() if isinstance(value, str) else None
    except ValueError:
        return None


class Crowd:
    """Elements of people who differ from one ground in few answers."""

    def __init__(self, knowledge: KnowledgeBase, ground: Mapping[str, Value], people: Sequence[Off]) -> None:
        self._knowledge, self._ground, self._people = knowledge, dict(ground), people
        self.everybody = (1 << len(people)) - 1
        self._off: dict[str, dict[int, Value | None]] = {}
        for i, person in enumerate(people):
            for answer, v in person.items():
                if v != ground.get(answer):
                    self._off.setdefault(answer, {})[i] = v
        self._kept: dict[Hashable, int] = {}
        birth = knowledge.by_role(words.BIRTH_DATE)
        self._birth = birth.id if birth else ""
        self._usual = Person(knowledge, Answers(self._ground), AT)

    def deviating(self, answer: str) -> int:
        """Who answers this otherwise."""
        return _bits(self._off.get(answer, ()))

    def given(self, answer: str) -> int:
        """Who gave this answer."""
        return self._where(("given", answer), (answer,), lambda person: person.given(answer))

    def equals(self, answer: str, word: str) -> int:
        """Who answered this word."""
        return self._where(("is", answer, word), (answer,), lambda person: person.equals(answer, word))

    def unable(self, answer: str) -> int:
        """Who could not do it, for another reason than a missing helper."""
        return self._where(("unable", answer), (answer,), lambda person: person.unable(answer))

    def compare(self, test: Compare, op: str) -> int:
        """Whose number compares so."""
        answers = compared_answers(test, self._birth)
        return self._where((test, op), answers, lambda person: person.compare(test, op))

    def _where(self, key: Hashable, answers: Sequence[str], says: Callable[[Person], int]) -> int:
        if key not in self._kept:
            usual = says(self._usual)
            others: dict[int, bool] = {}
            for i in {i for answer in answers for i in self._off.get(answer, ())}:
                values = {a: self._people[i].get(a, self._ground.get(a)) for a in answers}
                known = {a: v for a, v in values.items() if v is not None}
                person = Person(self._knowledge, Answers(known), AT)
                person.values = known
                others[i] = bool(says(person))
            yes, no = _bits(i for i, v in others.items() if v), _bits(i for i, v in others.items() if not v)
            self._kept[key] = ((self.everybody if usual else 0) | yes) & ~no
        return self._kept[key]


def _bits(numbers: Iterable[int]) -> int:
    out = bytearray()
    for i in numbers:
        byte = i >> 3
        if byte >= len(out):
            out.extend(bytes(byte + 1 - len(out)))
        out[byte] |= 1 << (i & 7)
    return int.from_bytes(out, "little")


class Asked(dict[Hashable, Pair]):
    """The conclusions of a crowd, each worked out when it is first asked for."""

    def __init__(self, program: Program, leaves: Leaves) -> None:
        super().__init__()
        self._program, self._leaves = program, leaves

    def __missing__(self, head: Hashable) -> Pair:
        rules = self._program.by_head[head]
        pair = either([value(rule.when, COLUMNS, self._leaves, self) for rule in rules], COLUMNS)
        self[head] = pair
        return pair
