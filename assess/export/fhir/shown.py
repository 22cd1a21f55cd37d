"""When a line of the form is shown, as FHIR says it: one list of tests, and a group round the line for each more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assess.export.fhir.formula import FALSE, FORMULAS, Clause, Clauses, Formula, Lines, Literal, all_of, both
from assess.inference.leaves import Leaves
from assess.model import words
from assess.model.conditions import Compare, Is
from assess.model.knowledge import KnowledgeBase, Question
from assess.rules.nodes import Leaf, walk

OPERATORS = {"exists": "exists", "=": "=", "at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}


@dataclass(frozen=True, slots=True)
class Shown:
    """`own` are the clauses that a line itself carries, `around` those of each group round it, from the inside out."""

    own: tuple[Clause, ...]
    around: tuple[tuple[Clause, ...], ...]


class Showing:
    """Works out when each line is shown, from the rules that say when it is asked."""

    def __init__(self, knowledge: KnowledgeBase, on: date) -> None:
        self._knowledge = knowledge
        self._lines = Lines(knowledge, lambda age: years_before(on, int(age)).isoformat())
        self._leaves = Leaves(knowledge, FORMULAS, self._lines)

    def question(self, question: Question) -> Shown:
        """A line is shown when it is not known to be off, and what decides that and is always asked has an answer.

        A line inside another is shown at most where that one is; that need not be said again.
        """
        return _placed(self._less(self._on(question), self.parent(question)))

    def clarifier(self, question: Question) -> Shown:
        """The clarifier of a line is shown where the line is in doubt."""
        return _placed(self._less(self._doubt(question), question))

    def parent(self, question: Question) -> Question | None:
        """The line that a line stands in: its stem, or the one that it follows."""
        return self._knowledge.questions.get(question.stem or question.follows)

    def _on(self, question: Question) -> Formula:
        asked = {n.test.of for n in walk(question.when) if isinstance(n, Leaf) and isinstance(n.test, Is | Compare)}
        birth = self._knowledge.by_role(words.BIRTH_DATE)
        asked = {birth.id if of == words.AGE and birth else of for of in asked}
        known = {self._knowledge.questions[of] for of in asked if of in self._knowledge.questions}
        parent = self.parent(question)
        always = [q for q in known if self._leaves.off(q).yes == FALSE]
        decided = [self._lines.given(q.id) for q in (*always, *((parent,) if parent else ()))]
        return all_of([~self._leaves.off(question), *decided])

    def _doubt(self, question: Question) -> Formula:
        """As `effective` has it, before anything was said to the clarifier: "can't tell" leaves the doubt."""
        leaves = Leaves(self._knowledge, FORMULAS, _CannotTell(self._lines, f"{question.id}.{words.COMPARED}"))
        doubt: Formula = leaves.effective(question)[2]
        return doubt

    def _less(self, formula: Formula, parent: Question | None) -> Clauses:
        """The clauses that do not follow from those of the lines round it."""
        implied: Clauses = frozenset()
        while parent is not None:
            implied |= self._on(parent).yes
            parent = self.parent(parent)
        clauses = self._merged(_resolved(frozenset(map(_decided, formula.yes)), implied))
        doubtful = {c: frozenset(map(self._in_doubt, c)) for c in clauses}
        return frozenset(
            c
            for c in clauses
            if not any(i <= c for i in implied) and not any(d <= c for other, d in doubtful.items() if other != c)
        )

    def _merged(self, clauses: Clauses) -> Clauses:
        """All that is asked of one line and its clarifier, as one clause: else each part would need a group of its own.

        A line without details has a clarifier only where it is unsure, so what was said to that stands for the doubt.
        """
        stems = {q.stem for q in self._knowledge.questions.values() if q.stem}
        by_line: dict[str, list[Clause]] = {}
        for clause in clauses:
            lines = {entry.line.removesuffix(f".{words.COMPARED}") for entry in clause}
            question = self._knowledge.questions.get(next(iter(lines))) if len(lines) == 1 else None
            if question is not None and question.clarifier and question.id not in stems:
                by_line.setdefault(question.id, []).append(clause)
        merged = set(clauses)
        for line, several in by_line.items():
            if len(several) > 1:
                merged -= set(several)
                merged.add(frozenset(e for e, as_said in _states(line) if all(as_said & c for c in several)))
        return frozenset(merged)

    def _in_doubt(self, entry: Literal) -> Literal:
        """What an answer to a clarifier says of its line: a line without details has one only when it is unsure."""
        line = entry.line.removesuffix(f".{words.COMPARED}")
        stem = line == entry.line or any(q.stem == line for q in self._knowledge.questions.values())
        return entry if stem or entry.op != "=" else Literal(line, "=", words.UNSURE)


class _CannotTell:
    """The elements of a form in which one clarifier is answered with "can't tell"."""

    def __init__(self, lines: Lines, compared: str) -> None:
        self._lines, self._compared = lines, compared
        self.given, self.unable, self.compare = lines.given, lines.unable, lines.compare

    def equals(self, answer: str, value: str) -> Formula:
        if answer != self._compared:
            return self._lines.equals(answer, value)
        told: Formula = FORMULAS.one if value == words.CANT_TELL else FORMULAS.zero
        return told


def _states(line: str) -> Iterator[tuple[Literal, frozenset[Literal]]]:
    """What one line can come to: the entry that tells it, and every entry that holds then."""
    yield (none := Literal(line, "exists", False)), frozenset({none})
    answered, compared = Literal(line, "exists", True), f"{line}.{words.COMPARED}"
    for code in (words.YES, words.NO):
        yield (told := Literal(line, "=", code)), frozenset({told, answered})
    for code in words.CLARIFIED:
        told = Literal(compared, "=", code)
        yield told, frozenset({told, answered, Literal(line, "=", words.UNSURE), Literal(compared, "exists", True)})


def _decided(clause: Clause) -> Clause:
    """Not before a clarifier is answered: without its answer the line may be needless."""
    kept = frozenset(e for e in clause if e.op != "exists" or e.value or not e.line.endswith(f".{words.COMPARED}"))
    return kept or clause


def _resolved(clauses: Clauses, implied: Clauses) -> Clauses:
    """Without the entries that cannot be: what a clause of one line allows, rules other codes out everywhere else."""
    while True:
        own = [c for c in clauses | implied if _of_one_line(c)]
        answered = {next(iter(c)).line for c in own}
        allowed: dict[str, Clause] = {}
        for clause in own:
            if all(entry.op == "=" for entry in clause):
                line = next(iter(clause)).line
                allowed[line] = allowed.get(line, clause) & clause
        possible = (frozenset(e for e in c if c in own or _can_be(e, answered, allowed)) for c in clauses)
        shorter = both(frozenset(possible), frozenset())
        told = {next(iter(c)).line for c in shorter if _of_one_line(c) and next(iter(c)).op != "exists"}
        shorter = frozenset(c for c in shorter if c not in {frozenset({Literal(li, "exists", True)}) for li in told})
        if shorter == clauses:
            return clauses
        clauses = shorter


def _of_one_line(clause: Clause) -> bool:
    """Whether a clause says that one line is answered, or with what."""
    return len({entry.line for entry in clause}) == 1 and not any(e.op == "exists" and not e.value for e in clause)


def _can_be(entry: Literal, answered: set[str], allowed: Mapping[str, Clause]) -> bool:
    """Whether an entry can hold beside what is known of its line."""
    if entry.op == "exists":
        return bool(entry.value) or entry.line not in answered
    return entry.op != "=" or entry.line not in allowed or entry in allowed[entry.line]


def _placed(clauses: Clauses) -> Shown:
    """What fails on an empty form goes outside: a group is not to be seen before there is something in it."""
    ordered = sorted(clauses, key=lambda c: (len(c), sorted(map(str, c))))
    single = tuple(c for c in ordered if len(c) == 1)
    several = sorted((c for c in ordered if len(c) > 1), key=lambda c: not _holds_empty(c))
    levels = [(c,) for c in several] + ([single] if single else [])
    return Shown(levels[0] if levels else (), tuple(levels[1:]))


def _holds_empty(clause: Clause) -> bool:
    return any(entry.op == "exists" and not entry.value for entry in clause)


def enable_when(clauses: tuple[Clause, ...], kinds: Mapping[str, Callable[[Any], dict[str, Any]]]) -> dict[str, Any]:
    """`enableWhen` for clauses that one line can carry; `kinds` writes what a line is held against."""
    if not clauses:
        return {}
    tests = [
        {"question": literal.line, "operator": OPERATORS[literal.op], **_held(literal, kinds)}
        for clause in clauses
        for literal in sorted(clause, key=str)
    ]
    behaviour = {"enableBehavior": "all" if len(clauses) > 1 else "any"} if len(tests) > 1 else {}
    return {"enableWhen": tests, **behaviour}


def _held(literal: Literal, kinds: Mapping[str, Callable[[Any], dict[str, Any]]]) -> dict[str, Any]:
    return {"answerBoolean": literal.value} if literal.op == "exists" else kinds[literal.line](literal.value)


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; of a leap day, the first of March: the birthday counts from then."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
