"""A SAT solver as an independent judge of what the diagrams prove: the same algebra, over literals of a CNF.

It shares the evaluator (which CLIPS judges) and the domains with the proofs, and nothing of the diagrams, the lists and
the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pysat.solvers import Solver

from assess.audit.proof.domains import ABSENT, AT, Domain, compared_answers
from assess.inference.leaves import Leaves, Person
from assess.model import words
from assess.model.answers import Answers
from assess.model.conditions import Compare, Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import Algebra, Pair, evaluate
from assess.rules.strata import Program


class Literal:
    """A literal of the solver's formula; operations add what defines their result."""

    __slots__ = ("judge", "number")

    def __init__(self, judge: SatJudge, number: int) -> None:
        self.judge, self.number = judge, number

    def __and__(self, other: Literal) -> Literal:
        return self.judge.both(self, other)

    def __or__(self, other: Literal) -> Literal:
        return ~self.judge.both(~self, ~other)

    def __invert__(self) -> Literal:
        return Literal(self.judge, -self.number)


class SatJudge:
    """A program over the cells of domains, as a formula. `possible` asks whether literals can hold together."""

    def __init__(self, knowledge: KnowledgeBase, program: Program, domains: Mapping[str, Domain]) -> None:
        self._knowledge, self._domains = knowledge, domains
        self._solver, self._count = Solver("cadical153"), 0
        self._gates: dict[tuple[int, int], int] = {}
        self.one = Literal(self, self._new())
        self._solver.add_clause([self.one.number])
        self._cells: dict[str, list[int]] = {}
        for answer, domain in domains.items():
            cells = self._cells[answer] = [self._new() for _ in domain.cells]
            self._solver.add_clause(cells)
            for i, cell in enumerate(cells):
                for other in cells[:i]:
                    self._solver.add_clause([-cell, -other])
        self._birth = knowledge.by_role(words.BIRTH_DATE)
        self.leaves = Leaves(knowledge, self.algebra, self)
        self.found: dict[Key, Pair] = evaluate(program, self.algebra, self.leaves)  # type: ignore[assignment]

    @property
    def algebra(self) -> Algebra:
        return Algebra(self.one, ~self.one)

    def _new(self) -> int:
        self._count += 1
        return self._count

    def both(self, a: Literal, b: Literal) -> Literal:
        one, x, y = self.one.number, a.number, b.number
        if -one in (x, y) or x == -y:
            return ~self.one
        if x in (one, y):
            return b
        if y == one:
            return a
        key = (min(x, y), max(x, y))
        if key not in self._gates:
            gate = self._gates[key] = self._new()
            for clause in ([-gate, x], [-gate, y], [gate, -x, -y]):
                self._solver.add_clause(clause)
        return Literal(self, self._gates[key])

    def possible(self, literals: Iterable[Literal]) -> bool:
        """Whether all of them can hold at once."""
        return bool(self._solver.solve(assumptions=[literal.number for literal in literals]))

    # -- the elements of leaves ------------------------------------------------------------------------------------

    def given(self, answer: str) -> Literal:
        return self._where(answer, lambda p: p.given(answer))

    def equals(self, answer: str, value: str) -> Literal:
        return self._where(answer, lambda p: p.equals(answer, value))

    def unable(self, answer: str) -> Literal:
        return self._where(answer, lambda p: p.unable(answer))

    def compare(self, test: Compare, op: str) -> Literal:
        answers = compared_answers(test, self._birth.id if self._birth else "")
        if len(answers) == 1:
            return self._where(answers[0], lambda p: p.compare(test, op))
        total = ~self.one
        left, right = answers
        for i, one in enumerate(self._domains[left].cells):
            inner = ~self.one
            for j, other in enumerate(self._domains[right].cells):
                if self._person({left: one, right: other}).compare(test, op):
                    inner = inner | Literal(self, self._cells[right][j])
            total = total | (Literal(self, self._cells[left][i]) & inner)
        return total

    def _where(self, answer: str, test: Callable[[Person], int]) -> Literal:
        if answer not in self._domains:
            return self.one if test(self._person({})) else ~self.one
        total = ~self.one
        for number, cell in zip(self._cells[answer], self._domains[answer].cells, strict=True):
            if test(self._person({answer: cell})):
                total = total | Literal(self, number)
        return total

    def _person(self, cells: Mapping[str, object]) -> Person:
        values = {k: v for k, v in cells.items() if v is not ABSENT}
        return Person(self._knowledge, Answers(values), AT)  # type: ignore[arg-type]
