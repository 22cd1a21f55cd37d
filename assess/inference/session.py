"""experta as the engine of record: the project's matcher and strategy on its seams, with truth maintenance and proofs.

Answers are given and changed one by one without a reset. What no longer holds is withdrawn; every conclusion
knows the rules that support it. What experta's own matcher and strategy get wrong is in docs/adr/0003.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import Any

from assess.inference.compile import compile_rules
from assess.inference.door import Activation, Fact, InitialFact, KnowledgeEngine, Matcher, Rule, Strategy
from assess.inference.leaves import Leaves, Person, inputs
from assess.inference.network import Network
from assess.model.answers import Answers, Unable, Value
from assess.model.conclusions import Conclusions
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import PERSON
from assess.rules.nodes import Leaf
from assess.rules.nodes import Rule as Condition
from assess.rules.strata import Program


class Answer(Fact):  # type: ignore[misc]
    """One answer: `id` and `value`. The matcher looks the meaning up; the fact is what experta keeps."""


class Derived(Fact):  # type: ignore[misc]
    """One conclusion: `key` and `rail` (`true` or `false`)."""


class Ground(Matcher):  # type: ignore[misc]
    """experta's matcher seam on the network. An activation is (rule i is true) or (head is false: all rules are)."""

    def __init__(self, engine: Any) -> None:
        super().__init__(engine)
        self.live: dict[Hashable, Any] = {}
        self.fresh = True

    def reset(self) -> None:
        """Forget all facts."""
        self.engine.network.clear()
        self.live = {}
        self.fresh = True

    def changes(self, adding: Any = None, deleting: Any = None) -> tuple[list[Any], list[Any]]:
        """What facts coming and going activate and deactivate."""
        engine = self.engine
        feed: dict[int, tuple[bool, bool]] = {}
        touched: list[str] = []
        for facts, present in ((deleting or (), False), (adding or (), True)):
            for fact in facts:
                if isinstance(fact, Derived):
                    here = engine.network.key_of(engine.keys[fact["key"]])
                    if here is not None:
                        true, false = feed.get(here, engine.network.state[here])
                        feed[here] = (present, false) if fact["rail"] == "true" else (true, present)
                elif isinstance(fact, Answer):
                    touched.append(fact["id"])
        feed.update(engine.leaf_states(touched, fresh=self.fresh))
        former = engine.network.feed(feed.items())
        if not self.fresh and not engine.network.rules_changed(former):
            return [], []
        candidates = engine.watched if self.fresh else [w for here in former for w in engine.watching.get(here, ())]
        self.fresh = False
        added, removed = [], []
        for name, here, rail in candidates:
            on = engine.network.state[here][0 if rail == "true" else 1]
            if on and name not in self.live:
                self.live[name] = Activation(engine.rules_by_name[name], (), {"name": name})
                added.append(self.live[name])
            elif not on and name in self.live:
                removed.append(self.live.pop(name))
        return added, removed


class Exact(Strategy):  # type: ignore[misc]
    """Lower strata first, then the order of the rules; what is removed is really removed."""

    def _update_agenda(self, agenda: Any, added: Any, removed: Any) -> None:
        for activation in removed:
            if activation in agenda.activations:
                agenda.activations.remove(activation)
        for activation in added:
            activation.key = (activation.rule.salience, -activation.rule.position)
            insort(agenda.activations, activation)


class Session(KnowledgeEngine):  # type: ignore[misc]
    """One person's session. `answer` and `withdraw` leave it settled; `conclusions` reads the facts.

    `program` replaces the knowledge's own rules (benchmarks, tests on other rules).
    """

    __matcher__ = Ground
    __strategy__ = Exact

    def __init__(self, knowledge: KnowledgeBase, at: datetime, program: Program | None = None) -> None:
        self.knowledge = knowledge
        self.at = at
        self.program = program or compile_rules(knowledge)
        self.network = Network(self.program)
        self.keys = {str(head): head for head in self.program.by_head}
        self._inputs: dict[str, list[tuple[Leaf, int]]] = {}
        for leaf, here in self.network.leaves.items():
            assert isinstance(leaf, Leaf)
            assert isinstance(leaf.test, Is | Compare)
            for answer in inputs(knowledge, leaf.test):
                self._inputs.setdefault(answer, []).append((leaf, here))
        self.rules_by_name: dict[Hashable, Any] = {}
        self.watched: list[tuple[Hashable, int, str]] = []
        for i, (rule, root) in enumerate(zip(self.program.rules, self.network.roots, strict=True)):
            self._declare_rule(("true", i), rule.head, root, "true")
        for head, refuter in self.network.refuters.items():
            self._declare_rule(("false", head), head, refuter, "false")
        self.watching: dict[int, list[tuple[Hashable, int, str]]] = {}
        for entry in self.watched:
            self.watching.setdefault(entry[1], []).append(entry)
        super().__init__()
        self.reset()

    def _declare_rule(self, name: Hashable, head: Hashable, node: int, rail: str) -> None:
        key = str(head)

        def conclude(self: Session, name: Hashable) -> None:
            support = self.support.setdefault((key, rail), {})
            if not support:
                self.held[key, rail] = self.declare(Derived(key=key, rail=rail))
            support[name] = None

        conclude.__name__ = f"{key} is {rail}"
        rule = Rule(salience=-self.program.stratum[head])(conclude)
        rule.position, rule.head, rule.rail = len(self.watched), key, rail
        self.rules_by_name[name] = rule
        self.watched.append((name, node, rail))

    def get_rules(self) -> list[Any]:
        """The compiled rules; experta would otherwise look for class attributes."""
        return list(self.rules_by_name.values())

    def get_deffacts(self) -> list[Any]:
        """None; experta would evaluate every property of the session to look for them."""
        return []

    def begin(self, at: datetime) -> None:
        """Forget whoever was here: an empty session at this moment."""
        self.at = at
        self.reset()

    def reset(self, **kwargs: Any) -> None:
        """An empty session. Conclusions that hold of nobody's answers are drawn at once."""
        self.support: dict[tuple[str, str], dict[Hashable, None]] = {}
        self.held: dict[tuple[str, str], Any] = {}
        self.given: dict[str, Value] = {}
        self.asked: dict[str, Any] = {}
        self.cleared: Answers = Answers()
        super().reset(**kwargs)
        self.facts.declare(InitialFact())
        self.settle()

    def leaf_states(self, touched: Iterable[str], *, fresh: bool = False) -> dict[int, tuple[bool, bool]]:
        """The pairs of all leaves that the touched answers can change; of every leaf in a fresh session."""
        affected = {here: leaf for answer in touched for leaf, here in self._inputs.get(answer, ())}
        if fresh:
            affected = {here: leaf for leaf, here in self.network.leaves.items()}
        if not affected:
            return {}
        answers = Answers(self.given, cleared=self.cleared.cleared)
        leaves = Leaves(self.knowledge, PERSON, Person(self.knowledge, answers, self.at))
        return {here: (bool(t), bool(f)) for here, leaf in affected.items() for t, f in [leaves(leaf)]}

    def get_activations(self) -> tuple[list[Any], list[Any]]:
        """Experta's step, plus truth maintenance: what only a vanished activation supported is retracted."""
        added, removed = super().get_activations()
        for activation in removed:
            at = (activation.rule.head, activation.rule.rail)
            support = self.support.get(at, {})
            if activation.context["name"] in support:
                del support[activation.context["name"]]
                if not support:
                    self.facts.retract(self.held.pop(at))
        return added, removed

    def settle(self) -> None:
        """Run until no rule is waiting and no fact is on its way."""
        self.run()
        while self.facts.added or self.facts.removed:
            self.run()

    def answer(self, answer_id: str, value: Value) -> None:
        """Give or change one answer."""
        if self.given.get(answer_id) == value and type(self.given.get(answer_id)) is type(value):
            return
        self._drop(answer_id)
        self.given[answer_id] = value
        self.asked[answer_id] = self.declare(Answer(id=answer_id, value=_symbol(value)))
        self.settle()

    def withdraw(self, answer_id: str) -> None:
        """Take one answer back."""
        self._drop(answer_id)
        self.settle()

    def _drop(self, answer_id: str) -> None:
        if answer_id in self.given:
            del self.given[answer_id]
            self.retract(self.asked.pop(answer_id))

    def load(self, answers: Answers) -> None:
        """Give all answers of a file at once, to a session that has none yet."""
        self.cleared = answers
        self.given = dict(answers.values)
        facts = {key: Answer(id=key, value=_symbol(value)) for key, value in answers.values.items()}
        for row in self.knowledge.rows:
            facts[f"cleared.{row}"] = Answer(id=f"cleared.{row}", value=str(row in answers.standing(self.at.date())))
        for key, fact in facts.items():
            declared = self.facts.declare(fact)
            if key in self.given:
                self.asked[key] = declared
        added, removed = self.get_activations()
        self.strategy.update_agenda(self.agenda, added, removed)
        self.settle()

    def conclusions(self) -> Conclusions:
        """Every head with its pair, read from the facts."""
        drawn = {(f["key"], f["rail"]) for f in self.facts.values() if isinstance(f, Derived)}
        return Conclusions(
            {
                head: ((name, "true") in drawn, (name, "false") in drawn)
                for name, head in self.keys.items()
                if isinstance(head, Key)
            }
        )

    def proof(self, key: Key) -> tuple[Condition, ...]:
        """The rules that support a conclusion now."""
        support = self.support.get((str(key), "true"), {})
        return tuple(self.program.rules[name[1]] for name in support if isinstance(name, tuple) and name[0] == "true")


def _symbol(value: Value) -> str:
    """Facts carry text: 1, True and 1.0 would be the same fact to experta."""
    return f"unable:{value.reason}" if isinstance(value, Unable) else f"{type(value).__name__}:{value}"
