"""What every conclusion can still become, given the answers so far; and which answers could change it.

A node's outlook is the set of states that more answers may bring it to. One state: decided. The walk goes from
undecided outcomes down undecided nodes only. It may call a line live that cannot matter (answers that exclude
each other are taken as free), never the other way round; tests hold it against an exact oracle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from assess.inference.compile import compile_rules
from assess.inference.leaves import Leaves, Person, measure_inputs, structure
from assess.inference.network import Network
from assess.model import words
from assess.model.answers import Answers
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import KnowledgeBase, Question
from assess.rules.evaluate import PERSON, value
from assess.rules.nodes import AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Not, Score, walk

TRUE, FALSE, UNKNOWN = 1, 2, 4
ANY = TRUE | FALSE | UNKNOWN


@lru_cache(maxsize=4)
def network_of(knowledge: KnowledgeBase) -> Network:
    """The network of a knowledge base, for its shape only."""
    return Network(compile_rules(knowledge))


class Outlook:
    """The outlook of one person's assessment at a moment. Worked out node by node, on demand."""

    def __init__(self, knowledge: KnowledgeBase, answers: Answers, at: datetime) -> None:
        self._knowledge = knowledge
        self._values = answers.values
        self._net = network_of(knowledge)
        self._leaves = Leaves(knowledge, PERSON, Person(knowledge, answers, at))
        self._seen: list[int] = [0] * len(self._net.nodes)
        self._measures, self._details = structure(knowledge)

    def of(self, key: Key) -> int:
        """The flags of a conclusion."""
        return self._flags(self._net.refuters[key])

    def undecided(self, key: Key) -> bool:
        """Whether a conclusion may still become known true, or stop being so."""
        flags = self.of(key)
        return bool(flags & TRUE) and flags != TRUE

    def _flags(self, here: int) -> int:
        if not self._seen[here]:
            self._seen[here] = self._work_out(here)
        return self._seen[here]

    def _work_out(self, here: int) -> int:
        node = self._net.nodes[here]
        match node:
            case Leaf():
                return self._leaf(node)
            case Atom(key):
                return self._flags(self._net.refuters[key])
        flags = [self._flags(m) for m in self._net.members[here]]
        match node:
            case Not():
                return _swap(flags[0])
            case Known():
                return TRUE if flags[0] == TRUE else FALSE if not flags[0] & TRUE else TRUE | FALSE
            case AllOf():
                return _every(flags)
            case AnyOf():
                return _swap(_every([_swap(f) for f in flags]))
            case AtLeast(count, _):
                return _at_least(count, flags)
            case Score():
                return _score(node, flags)
        raise TypeError(node)

    def _leaf(self, leaf: Leaf) -> int:
        true, false = self._leaves(leaf)
        if not true and not false:
            return ANY if any(True for _ in self.askable(leaf)) else UNKNOWN
        test = leaf.test
        assert isinstance(test, Is | Compare)
        may_be_voided = test.of in self._measures and any(True for _ in self.askable(leaf))
        return (TRUE if true else FALSE) | (UNKNOWN if may_be_voided else 0)

    # -- what to ask --------------------------------------------------------------------------------------------

    def askable(self, leaf: Leaf) -> Iterator[str]:
        """The answer ids that may be asked now and can change a test that is not known, or void the result it reads."""
        test = leaf.test
        assert isinstance(test, Is | Compare)
        if test.of == words.AGE:
            birth = self._knowledge.by_role(words.BIRTH_DATE)
            if birth and birth.id not in self._values:
                yield birth.id
            return
        question = self._knowledge.questions.get(test.of)
        if question is not None:
            yield from self._ask(question)
            return
        sides = words.SIDES if isinstance(test, Compare) and test.take != "value" else (test.side,)
        for side in sides:
            if self._leaves.counts(test.of, side) and not test.of.startswith(f"{words.CLEARED}."):
                yield from (a for a in measure_inputs(self._knowledge, test.of, side) if a not in self._values)

    def _ask(self, question: Question) -> Iterator[str]:
        if question.id in self._values:
            if self._values[question.id] in (words.YES, words.UNSURE) and not question.checklist:
                details = self._details.get(question.id, ())
                pending = [a for d in details for a in self._ask(d)]
                yield from pending
                if not pending and question.clarifier:
                    yield from self._clarifier(question)
            return
        if self._leaves.off(question):
            return
        for parent in (question.stem, question.follows):
            if parent and parent not in self._values:
                yield from self._ask(self._knowledge.questions[parent])
                return
        if question.follows:
            pending = list(self._ask(self._knowledge.questions[question.follows]))
            if pending:
                yield from pending
                return
        if value(question.when, PERSON, self._leaves, {})[0]:
            yield question.id
            return
        unknown = [leaf for leaf in walk(question.when) if isinstance(leaf, Leaf) and not any(self._leaves(leaf))]
        pending = [a for leaf in unknown for a in self.askable(leaf)]
        yield from pending or [question.id]

    def _clarifier(self, question: Question) -> Iterator[str]:
        compared = f"{question.id}.{words.COMPARED}"
        yes, no, _ = self._leaves.effective(question)
        if compared not in self._values and not yes and not no:
            yield compared

    def live(self, outcomes: Iterable[Key]) -> dict[str, int]:
        """Answer ids that can still change an undecided outcome -> how many of the outcomes they can change."""
        counts: dict[str, int] = {}
        for key in outcomes:
            if self.undecided(key):
                for answer in self._below([self._net.refuters[key]]):
                    counts[answer] = counts.get(answer, 0) + 1
        return counts

    def lines(self, outcomes: Iterable[Key]) -> set[str]:
        """The answer ids that can still change any of the outcomes, in one walk."""
        return self._below([self._net.refuters[key] for key in outcomes if self.undecided(key)])

    def _below(self, roots: list[int]) -> set[str]:
        found: set[str] = set()
        visited: set[int] = set()
        waiting = list(roots)
        while waiting:
            here = waiting.pop()
            if here in visited or self._flags(here) in (TRUE, FALSE, UNKNOWN):
                continue
            visited.add(here)
            node = self._net.nodes[here]
            if isinstance(node, Leaf):
                found.update(self.askable(node))
            elif isinstance(node, Atom):
                waiting.append(self._net.refuters[node.key])
            else:
                waiting.extend(self._net.members[here])
        return found


def _swap(flags: int) -> int:
    return (flags & UNKNOWN) | (TRUE if flags & FALSE else 0) | (FALSE if flags & TRUE else 0)


def _every(flags: list[int]) -> int:
    if any(f == FALSE for f in flags):
        return FALSE
    can_be_true = all(f & TRUE for f in flags)
    can_be_false = any(f & FALSE for f in flags)
    can_be_unknown = any(f & UNKNOWN for f in flags)
    return (TRUE if can_be_true else 0) | (FALSE if can_be_false else 0) | (UNKNOWN if can_be_unknown else 0)


def _at_least(count: int, flags: list[int]) -> int:
    surely, possibly = sum(f == TRUE for f in flags), sum(bool(f & TRUE) for f in flags)
    refuted = sum(bool(f & FALSE) for f in flags)
    surely_refuted = sum(f == FALSE for f in flags)
    if surely >= count:
        return TRUE
    if len(flags) - surely_refuted < count:
        return FALSE
    out = TRUE if possibly >= count else 0
    out |= FALSE if len(flags) - refuted < count else 0
    return out | (UNKNOWN if any(f & UNKNOWN for f in flags) else 0) or UNKNOWN


def _score(node: Score, flags: list[int]) -> int:
    """Decided where the largest possible value is not enough, or the smallest is."""
    supports = list(zip(node.supports, flags, strict=False))
    opposes = list(zip(node.opposes, flags[len(supports) :], strict=False))
    vetoes = flags[len(supports) + len(opposes) :]
    low = high = cover_low = cover_high = 0
    for w, f in supports:
        points = [
            *([w.weight * (100 - node.percent)] if f & TRUE else []),
            *([-w.weight * node.percent] if f & FALSE else []),
            *([0] if f & UNKNOWN else []),
        ]
        known = [
            *([w.weight * (100 - node.cover)] if f & (TRUE | FALSE) else []),
            *([-w.weight * node.cover] if f & UNKNOWN else []),
        ]
        low, high = low + min(points), high + max(points)
        cover_low, cover_high = cover_low + min(known), cover_high + max(known)
    for w, f in opposes:
        low -= 100 * w.weight if f & TRUE else 0
        high -= 100 * w.weight if f == TRUE else 0
    kinds_high = len({w.kind for w, f in supports if f & TRUE})
    kinds_low = len({w.kind for w, f in supports if f == TRUE})
    can = high >= 0 and cover_high >= 0 and kinds_high >= node.kinds and not any(v == TRUE for v in vetoes)
    must = low >= 0 and cover_low >= 0 and kinds_low >= node.kinds and not any(v & TRUE for v in vetoes)
    return TRUE if must else TRUE | FALSE if can else FALSE
