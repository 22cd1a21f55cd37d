"""What a conclusion rests on: the person's answers that make it hold, found in the rules themselves."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from assess.export.clinician.said import Said
from assess.export.record import Record
from assess.inference.compile import compile_rules
from assess.inference.infer import closed, decided_by
from assess.inference.leaves import Leaves, Person
from assess.model import words
from assess.model.conditions import Compare, Is, Key, answer_id
from assess.model.knowledge import Row
from assess.rules.evaluate import PERSON, Pair, value
from assess.rules.nodes import AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Node, Score, children


class Reasons:
    """Finds answers behind conclusions. What is absent is no answer: below a `not` nothing is listed."""

    def __init__(self, record: Record, said: Said) -> None:
        self._said = said
        self._knowledge = record.knowledge
        self._rules = compile_rules(record.knowledge).by_head
        self._found: dict[Hashable, Pair] = {key: (-t, -f) for key, (t, f) in record.conclusions.pairs.items()}
        # What was said comes first; only where that is not enough, what was left open counts the safer way, as triage
        # has read it.
        read = closed(record.knowledge, record.answers, said.at)
        self._leaves = (said.leaves, Leaves(record.knowledge, PERSON, Person(record.knowledge, read, said.at)))

    def of(self, row: Row) -> tuple[str, ...]:
        """The ids of the answers that a row's level rests on."""
        return self.below(decided_by(self._knowledge, row))

    def below(self, keys: Iterable[Key]) -> tuple[str, ...]:
        """The ids of the answers that make these conclusions hold, each once."""
        keys = tuple(keys)
        for leaves in self._leaves:
            answers = tuple(dict.fromkeys(a for key in keys for a in self._atom(key, leaves, frozenset())))
            if answers:
                return answers
        return ()

    def _atom(self, key: Hashable, leaves: Leaves, seen: frozenset[Hashable]) -> Iterator[str]:
        if key in seen or (isinstance(key, Key) and key.kind == words.GATE):
            return
        for rule in self._rules[key]:
            yield from self._node(rule.when, leaves, seen | {key})

    def _node(self, node: Node, leaves: Leaves, seen: frozenset[Hashable]) -> Iterator[str]:
        if not value(node, PERSON, leaves, self._found)[0]:
            return
        match node:
            case Leaf(Is() | Compare() as test):
                yield from self._answers(test)
            case Atom(key):
                yield from self._atom(key, leaves, seen)
            case Score(supports):
                for weighted in supports:
                    yield from self._node(weighted.member, leaves, seen)
            case AllOf() | AnyOf() | AtLeast() | Known():
                for member in children(node):
                    yield from self._node(member, leaves, seen)

    def _answers(self, test: Is | Compare) -> Iterator[str]:
        if test.of == words.AGE:
            birth = self._knowledge.by_role(words.BIRTH_DATE)
            yield from (birth.id,) if birth else ()
        elif test.of in self._knowledge.questions:
            # A line that is not to be asked may count by its absence; that is no answer.
            if test.of in self._said.values or self._said.applies(self._knowledge.questions[test.of]):
                yield test.of
        else:
            over = words.SIDES if isinstance(test, Compare) and test.take != "value" else (test.side,)
            yield from (a for side in over if (a := answer_id(test.of, side)) in self._said.values)
