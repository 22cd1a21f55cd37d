"""An exact oracle for what more answers can still do: every way in which an assessment may go on, one by one.

A *sheet* is what a person would say to every line, if asked. Which lines are asked depends on what was said, so two
sheets that differ in one line may be heard differently in several. A line can change an outcome if two sheets that
differ in that line only come to different outcomes. Reads answers through `support.leaf_reference` only.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import prod

from assess.model.answers import Value
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import Atom, Leaf, Rule, walk
from support.leaf_reference import LeafReference, inputs_of
from support.three_valued import TRUE, Interpreter, by_head

SKIPPED = 0
"""Asked, and not answered (or: the interview ends here)."""
HIDDEN = -1
"""Never asked."""


@dataclass(frozen=True)
class Ending:
    """What was said to each open line (1 is the first value of the line's domain), and the outcome then."""

    said: tuple[int, ...]
    outcome: int


@dataclass(frozen=True)
class Endings:
    """All endings for one outcome from one state. `lines` are the open lines in the order of `Ending.said`."""

    lines: tuple[str, ...]
    sizes: tuple[int, ...]
    """How much may be said to each line, with saying nothing."""
    all: tuple[Ending, ...]

    def outcomes(self, unanswered: Iterable[str] = ()) -> set[int]:
        """What the outcome can come to while these lines stay without an answer."""
        places = [self.lines.index(line) for line in unanswered if line in self.lines]
        return {e.outcome for e in self.all if all(e.said[place] <= SKIPPED for place in places)}

    def deciding(self, *, complete: bool = False) -> set[str]:
        """The lines that can change whether the outcome is known true; `complete`: for whoever answers everything."""
        return {line for place, line in enumerate(self.lines) if self._decides(place, complete)}

    def _decides(self, place: int, complete: bool) -> bool:
        true, least = self._true_sheets, 1 if complete else SKIPPED
        step = prod(self.sizes[place + 1 :])
        others = [range(least, size) if i != place else (0,) for i, size in enumerate(self.sizes)]
        for sheet in _numbers(self.sizes, others):
            said = {sheet + value * step in true for value in range(least, self.sizes[place])}
            if len(said) == 2:
                return True
        return False

    @cached_property
    def _true_sheets(self) -> frozenset[int]:
        """The numbers of the sheets with which the outcome is known true. What is hidden may be anything."""
        found: set[int] = set()
        for ending in self.all:
            if ending.outcome == TRUE:
                digits = [(x,) if x != HIDDEN else range(size) for x, size in zip(ending.said, self.sizes, strict=True)]
                found.update(_numbers(self.sizes, digits))
        return frozenset(found)


def _numbers(sizes: tuple[int, ...], digits: Sequence[Iterable[int]]) -> list[int]:
    """The numbers of all sheets with one of these digits in each place."""
    found = [0]
    for size, here in zip(sizes, digits, strict=True):
        found = [number * size + digit for number in found for digit in here]
    return found


class Sheets:
    """The oracle for one knowledge base. `domain` lists what may be answered to every line."""

    def __init__(
        self, knowledge: KnowledgeBase, rules: Iterable[Rule], at: datetime, domain: Mapping[str, tuple[Value, ...]]
    ) -> None:
        self._knowledge = knowledge
        self._at = at
        self._domain = domain
        self._rules = by_head(rules)
        self._cones: dict[Hashable, tuple[frozenset[str], frozenset[Leaf]]] = {}

    # -- what an outcome leans on ------------------------------------------------------------------------------

    def lines(self, head: Hashable) -> frozenset[str]:
        """Every answer that an outcome can lean on."""
        return frozenset(line for line in self._cone(head)[0] if line in self._domain)

    def tested(self, head: Hashable) -> frozenset[str]:
        """Those of them that its tests read; the others decide only whether such a line is asked."""
        leaves = self._cone(head)[1]
        return frozenset(line for leaf in leaves for line in inputs_of(leaf, self._knowledge, whens=False))

    def _cone(self, head: Hashable) -> tuple[frozenset[str], frozenset[Leaf]]:
        if head not in self._cones:
            lines: set[str] = set()
            leaves: set[Leaf] = set()
            for node in (node for when in self._rules[head] for node in walk(when)):
                if isinstance(node, Leaf):
                    leaves.add(node)
                    lines |= inputs_of(node, self._knowledge)
                elif isinstance(node, Atom):
                    below = self._cone(node.key)
                    lines |= below[0]
                    leaves |= below[1]
            self._cones[head] = frozenset(lines), frozenset(leaves)
        return self._cones[head]

    def values_of(self, head: Hashable, line: str) -> tuple[Value, ...]:
        """One value of every kind that the outcome can tell apart; yes, no and unsure always."""
        question = self._knowledge.questions.get(line)
        if (question is not None and question.answer == "yes-no") or line.endswith(".compared"):
            return self._domain[line]
        tests = [leaf for leaf in self._cone(head)[1] if line in inputs_of(leaf, self._knowledge)]
        for name in self._cone(head)[0]:
            asked = self._knowledge.questions.get(name)
            tests += [node for node in walk(asked.when) if isinstance(node, Leaf)] if asked else []
        of_both_sides = any(getattr(leaf.test, "take", "value") != "value" for leaf in tests)
        kinds: dict[object, Value] = {}
        for value in self._domain[line]:
            alone = LeafReference(self._knowledge, {line: value}, self._at)
            kind = (isinstance(value, str), *(alone(leaf) for leaf in tests))
            kinds.setdefault((value, kind) if of_both_sides else kind, value)
        return tuple(kinds.values())

    # -- going on ----------------------------------------------------------------------------------------------

    def heard(self, sheet: Mapping[str, Value], lines: Iterable[str]) -> dict[str, Value]:
        """The answers of a sheet to those of the lines that come to be asked."""
        values: dict[str, Value] = {}
        waiting = sorted(line for line in lines if line in sheet)
        while True:
            reference = LeafReference(self._knowledge, values, self._at)
            asked = [line for line in waiting if line not in values and reference.asked_now(line)]
            if not asked:
                return values
            values[asked[0]] = sheet[asked[0]]

    def askable(self, values: Mapping[str, Value], lines: Iterable[str]) -> set[str]:
        """The lines that may be asked now."""
        reference = LeafReference(self._knowledge, values, self._at)
        return {line for line in lines if reference.asked_now(line)}

    def endings(self, head: Hashable, values: Mapping[str, Value], most: int) -> Endings | None:
        """All endings, or None if the open lines have more than `most` combinations of answers."""
        lines = tuple(sorted(line for line in self.lines(head) if line not in values and not self._off(line, values)))
        domains = {line: self.values_of(head, line) for line in lines}
        sizes = tuple(len(domain) + 1 for domain in domains.values())
        if prod(sizes) > most:
            return None
        fixed = self._fixed(head, values, frozenset(lines))
        found: list[Ending] = []

        def go_on(now: dict[str, Value], said: dict[str, int]) -> None:
            reference = LeafReference(self._knowledge, now, self._at)
            line = next((a for a in lines if a not in said and reference.asked_now(a)), None)
            if line is None:
                outcome = Interpreter(self._rules, reference, fixed).head(head)
                found.append(Ending(tuple(said.get(a, HIDDEN) for a in lines), outcome))
                return
            go_on(now, {**said, line: SKIPPED})
            for place, value in enumerate(domains[line], 1):
                go_on({**now, line: value}, {**said, line: place})

        go_on(dict(values), {})
        return Endings(lines, sizes, tuple(found))

    def _off(self, line: str, values: Mapping[str, Value]) -> bool:
        """It is known already that the line will not be asked; for a clarifier, that its line is not in doubt."""
        question = self._knowledge.questions.get(line.removesuffix(".compared"))
        if question is None:
            return False
        reference = LeafReference(self._knowledge, values, self._at)
        if line.endswith(".compared"):
            return reference.status(question) != "open"
        return reference.not_asked(question)

    def _fixed(self, head: Hashable, values: Mapping[str, Value], lines: frozenset[str]) -> dict[Hashable, int]:
        """The heads that none of the open lines can touch."""
        reference = LeafReference(self._knowledge, values, self._at)
        whole = Interpreter(self._rules, reference)
        return {key: whole.head(key) for key in self._below(head) if not self._cone(key)[0] & lines}

    def _below(self, head: Hashable) -> set[Hashable]:
        found: set[Hashable] = set()
        waiting = [head]
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += [n.key for when in self._rules[key] for n in walk(when) if isinstance(n, Atom)]
        return found
