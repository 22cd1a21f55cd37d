"""Why and why not, read from the session's proofs: answers through findings and patterns to a line of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assess.inference.session import Session
from assess.model import words
from assess.model.answers import Unable
from assess.model.conditions import Compare, Is, Key, answer_id
from assess.model.describe import conclusion, describe
from assess.rules.nodes import AllOf, AnyOf, AtLeast, Atom, Leaf, Node, Not, Score, children

YES, NO, OPEN = "yes", "no", "not known"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One step: what it says, how it stands, and what it rests on (or what it fails on)."""

    text: str
    state: str
    because: tuple[Explanation, ...] = ()


def explain(session: Session, key: Key) -> Explanation:
    """Why a conclusion holds, or why it does not, down to the answers."""
    return _atom(session, key, seen=frozenset())


def keys_of(session: Session, item_id: str) -> tuple[Key, ...]:
    """The conclusions that an item's id stands for: may be given, holds, or is reported."""
    base = session.knowledge
    if item_id in base.terms.muscles:
        uses = [e.id for e in base.exercises.values() if e.muscle == item_id]
        return tuple(k for use in uses for k in keys_of(session, use))
    every = [k for k in session.keys.values() if isinstance(k, Key)]
    if item_id in base.patterns:
        return tuple(k for k in every if k.kind == words.PATTERN and k.id == f"{item_id}.{words.POSSIBLE}")
    kinds = {words.ELIGIBLE, words.FINDING, words.TRIAGE, words.MODIFIER}
    return tuple(k for k in every if k.kind in kinds and k.id == item_id)


def _state(pair: tuple[bool, bool]) -> str:
    return YES if pair[0] else NO if pair[1] else OPEN


def _atom(session: Session, key: Key, *, seen: frozenset[Key]) -> Explanation:
    head = session.network.state[session.network.refuters[key]]
    text, state = conclusion(key, session.knowledge), _state(head)
    if key in seen or (key.kind == words.GATE and head[0]):
        return Explanation(text, state)  # a gate that is open needs no list of everything that is absent
    proofs = session.proof(key) if head[0] else session.program.by_head[key]
    parts: list[Explanation] = []
    for rule in proofs:
        parts += _parts(session, rule.when, wanted=head[0], seen=seen | {key})
    return Explanation(text, state, tuple(_distinct(parts)))


def _distinct(parts: list[Explanation]) -> Iterator[Explanation]:
    said: set[str] = set()
    for part in parts:
        if part.text not in said:
            said.add(part.text)
            yield part


def _parts(session: Session, node: Node, *, wanted: bool, seen: frozenset[Key]) -> list[Explanation]:
    """What makes a node true (`wanted`), or what keeps it from being true."""
    net = session.network
    state = net.state[net.index_of(node)]
    match node:
        case Atom(Key() as key):
            return [_atom(session, key, seen=seen)]
        case Not(member):
            if isinstance(member, Atom) and isinstance(member.key, Key):
                inner = _atom(session, member.key, seen=seen)
                if wanted and not inner.because:
                    return [Explanation(f"not: {inner.text}", YES)]
                return [Explanation(f"not: {inner.text}", _state(state), inner.because)]
            return [Explanation(describe(node, session.knowledge), _state(state))]
        case AllOf() | AnyOf() | AtLeast() | Score():
            members = children(node)
            if isinstance(node, Score):
                chosen = [m for m in members if net.state[net.index_of(m)][0]] if wanted else list(members)
            elif wanted:
                chosen = [m for m in members if net.state[net.index_of(m)][0]]
                if isinstance(node, AnyOf):
                    chosen = chosen[:1]
            else:
                chosen = [m for m in members if not net.state[net.index_of(m)][0]]
            return [part for m in chosen for part in _parts(session, m, wanted=wanted, seen=seen)]
        case _:
            said = _said(session, node)
            return [Explanation(describe(node, session.knowledge) + said, _state(state))]


def _said(session: Session, node: Node) -> str:
    """What the person answered, where a test is on a number or is not known."""
    if not isinstance(node, Leaf) or not isinstance(node.test, Is | Compare):
        return ""
    value = session.given.get(answer_id(node.test.of, node.test.side))
    if isinstance(value, Unable):
        return f" (you: not able, {value.reason})"
    if isinstance(node.test, Compare) and isinstance(value, int | float):
        return f" (you: {value:g})"
    return " (you: not sure)" if value == words.UNSURE else " (not answered)" if value is None else ""


def lines(explanation: Explanation, depth: int = 0, limit: int = 6) -> Iterator[str]:
    """The explanation as indented lines; gates that hold and bars that are known not to apply are said in one word."""
    mark = {YES: "+", NO: "-", OPEN: "?"}[explanation.state]
    yield f"{'  ' * depth}{mark} {explanation.text}" + ("" if explanation.state == YES else f" [{explanation.state}]")
    if depth >= limit:
        return
    boring = [e for e in explanation.because if e.state == YES and e.text.startswith("not: ")]
    for part in explanation.because:
        if part not in boring:
            yield from lines(part, depth + 1, limit)
    if boring:
        names = "; ".join(dict.fromkeys(e.text.removeprefix("not: ").removesuffix(" is left out") for e in boring))
        yield f"{'  ' * (depth + 1)}+ nothing bars it: {names}"
