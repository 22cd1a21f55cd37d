"""A condition as lines to read, one test a line, with what each reads and with cut-offs as tables. For clinicians."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.model.describe import OPS, TAKEN, describe, number_words, side_words
from assess.model.knowledge import KnowledgeBase, Measure
from assess.rules.nodes import FALSE, TRUE, AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Node, Not, rebuild, walk

GROUPED = {
    (True, False): "any of:",
    (True, True): "none of:",
    (False, False): "all of:",
    (False, True): "not all of:",
}
SIDED = {
    (True, False): "on either side",
    (True, True): "on neither side",
    (False, False): "on both sides",
    (False, True): "not on both sides",
}
"""By whether any member is enough, and whether the opposite is meant."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and what stands below it.

    `reads` are the kind and id of what is looked up here. `bands` is a cut-off table: for whom, and the bound.
    """

    text: str
    parts: tuple[Line, ...] = ()
    reads: tuple[tuple[str, str], ...] = ()
    bands: tuple[tuple[str, str], ...] = ()


def outline(node: Node, knowledge: KnowledgeBase, *, no: bool = False) -> Line:
    """The lines of a condition; with `no`, of its opposite."""
    if node in (TRUE, FALSE):
        return Line("always" if (node == TRUE) != no else "never")
    match node:
        case Not(member):
            return outline(member, knowledge, no=not no)
        case Known(member):
            return _known(member, knowledge, no)
        case AtLeast(count, members):
            return _listed(f"{'fewer than' if no else 'at least'} {count} of:", members, knowledge)
        case AllOf(members) | AnyOf(members):
            return _group(node, members, knowledge, no)
        case Leaf(Compare() as test) if "." in test.of:
            return Line(f"{_measured(test, knowledge)} — {_bound(test, no)}", reads=reads(node))
        case _:
            return Line(describe(node, knowledge, no=no), reads=reads(node))


def reads(node: Node) -> tuple[tuple[str, str], ...]:
    """The kind and id of everything that a condition looks up, each once, as written."""
    return tuple(dict.fromkeys(ref for n in walk(node) for ref in _refs(n)))


def _refs(node: Node) -> tuple[tuple[str, str], ...]:
    match node:
        case Leaf(Is(of=of) | Compare(of=of)) if of != words.AGE:
            item, dot, _ = of.partition(".")
            if item == words.CLEARED:
                return ()
            return ((words.CHECK if dot else words.QUESTION, item),)
        case Atom(Key(words.FINDING, item_id)):
            return ((words.FINDING, item_id),)
        case Atom(Key(words.LEVEL, item_id)) if item_id in words.LEVELS:
            return ((words.LEVEL, item_id),)
        case Atom(Key(kind, item_id)):
            return ((kind, item_id.partition(".")[0]),)
        case _:
            return ()


def _listed(text: str, members: Iterable[Node], knowledge: KnowledgeBase) -> Line:
    return Line(text, tuple(outline(m, knowledge) for m in members))


def _known(member: Node, knowledge: KnowledgeBase, no: bool) -> Line:
    """Whether something is known at all: a measure above the lowest that there can be has simply been taken."""
    where = _over_sides(member.members) if isinstance(member, AllOf | AnyOf) else member
    match where:
        case Leaf(Compare(op="at_least") as test) if "." in test.of and test.limit <= _measure(test, knowledge).minimum:
            sides = "" if where is member else ", on either side" if isinstance(member, AnyOf) else ", on both sides"
            return Line(f"{_measured(test, knowledge)} — {'not ' if no else ''}measured{sides}", reads=reads(member))
        case _:
            return Line(f"it is {'not ' if no else ''}known that:", (outline(member, knowledge),))


def _measure(test: Compare, knowledge: KnowledgeBase) -> Measure:
    check, _, measure = test.of.partition(".")
    return next(m for m in knowledge.checks[check].measures if m.id == measure)


def _measured(test: Compare, knowledge: KnowledgeBase) -> str:
    """Which measure of which check, on which side: a check may have several."""
    check = knowledge.checks[test.of.partition(".")[0]]
    ask = _measure(test, knowledge).ask.rstrip(".?")
    return f"{check.title}{side_words(test.side)}: {ask}{TAKEN[test.take]}"


def _bound(test: Compare, no: bool = False) -> str:
    return f"{'not ' if no else ''}{OPS[test.op]} {number_words(test.limit, test.unit)}"


def _group(node: AllOf | AnyOf, members: tuple[Node, ...], knowledge: KnowledgeBase, no: bool) -> Line:
    either = isinstance(node, AnyOf)
    if len(members) == 1:
        return outline(members[0], knowledge, no=no)
    whole, bands = _over_sides(members), _bands(node)
    if whole is not None:
        line = outline(whole, knowledge)
        return replace(line, text=f"{line.text.removesuffix(':')}, {SIDED[either, no]}{':' if line.parts else ''}")
    if bands is not None:
        return _table(bands, knowledge, no)
    if either and _one_thing(members):
        said = [describe(m, knowledge).rpartition(" — ") for m in members]
        labels = " or ".join(label for _, _, label in said)
        return Line(f"{said[0][0]} — {'not ' if no else ''}{labels}", reads=reads(node))
    age = _age(members) if not either and not no else None
    if age is not None:
        rest = [outline(m, knowledge) for m in members if not _of_age(m)]
        return Line(GROUPED[either, no], (Line(age), *rest)) if rest else Line(age)
    return _listed(GROUPED[either, no], members, knowledge)


def _over_sides(members: tuple[Node, ...]) -> Node | None:
    """The condition without its side, where the members are the same on left and on right."""
    if len(members) != len(words.SIDES) or {_sides(m) for m in members} != {(side,) for side in words.SIDES}:
        return None
    first, second = (rebuild(m, _unsided) for m in members)
    return first if first == second else None


def _sides(node: Node) -> tuple[str, ...]:
    """The sides that a condition names."""
    tested = (n.test if isinstance(n, Leaf) else n.key for n in walk(node) if isinstance(n, Leaf | Atom))
    return tuple(sorted({side for part in tested if (side := getattr(part, "side", ""))}))


def _unsided(node: Node, _: bool) -> Node:
    match node:
        case Leaf(Is() | Compare() as test):
            return Leaf(replace(test, side=""))
        case Atom(Key() as key):
            return Atom(key._replace(side=""))
        case _:
            return node


def _one_thing(members: tuple[Node, ...]) -> bool:
    """Whether the members ask for one or another answer to the same thing."""
    tests = [m.test for m in members if isinstance(m, Leaf) and isinstance(m.test, Is)]
    return len(tests) == len(members) and len({(t.of, t.side) for t in tests}) == 1


def _of_age(node: Node) -> bool:
    return isinstance(node, Leaf) and isinstance(node.test, Compare) and node.test.of == words.AGE


def _age(members: tuple[Node, ...]) -> str | None:
    """An age between two bounds as one phrase."""
    bounds = {m.test.op: m.test for m in members if isinstance(m, Leaf) and isinstance(m.test, Compare) and _of_age(m)}
    if bounds.keys() != {"at_least", "below"}:
        return None
    low, high = bounds["at_least"], bounds["below"]
    return f"age {low.limit:g} to under {number_words(high.limit, high.unit)}"


Bands = list[tuple[Node, Compare]]


def _bands(node: AllOf | AnyOf) -> Bands | None:
    """For whom and the bound, where a condition is a cut-off by bands: beyond every bound, or in a band beyond its own.

    So `assess.loading.conditions` writes out a table.
    """
    every, *own = node.members if isinstance(node, AnyOf) else (FALSE,)
    found: Bands = []
    for member in own:
        match member:
            case AllOf((when, Leaf(Compare() as bound))):
                found.append((when, bound))
            case _:
                return None
    same = len({(test.of, test.take, test.side) for _, test in found}) == 1
    return found if same and every == AllOf(tuple(Leaf(test) for _, test in found)) else None


def _table(bands: Bands, knowledge: KnowledgeBase, no: bool) -> Line:
    rows = tuple((phrase(outline(when, knowledge)), _bound(test)) for when, test in bands)
    text = f"{_measured(bands[0][1], knowledge)} — {'not ' if no else ''}beyond the cut-off"
    return Line(text, reads=reads(Leaf(bands[0][1])), bands=rows)


def phrase(line: Line) -> str:
    """The lines as one phrase."""
    if not line.parts:
        return line.text
    joiner = {GROUPED[False, False]: " and ", GROUPED[True, False]: " or "}.get(line.text)
    if joiner is None:
        return f"{line.text} {'; '.join(phrase(part) for part in line.parts)}"
    return joiner.join(f"({phrase(part)})" if part.parts else part.text for part in line.parts)
