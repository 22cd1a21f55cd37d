"""Conditions and conclusions in plain words, from the items' own texts. Used by plans, explanations and pages."""

from __future__ import annotations

from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Node, Not, Score

OPS = {"at_least": "at least", "above": "above", "at_most": "at most", "below": "below"}
TAKEN = {
    "value": "",
    "difference": ", difference of the sides",
    "highest": ", higher side",
    "lowest": ", lower side",
}
UNITS = {"degrees": "°", "0-10": " out of 10"}


def notice(knowledge: KnowledgeBase) -> str:
    """What every output says of itself. It names a clinician only if the signature under everything stands."""
    review = knowledge.manifest.review
    if review is None or not review.stands:
        return str(knowledge.program["notice"])
    return f"{knowledge.program['signed_notice']} Signed: {review.on}, {review.by}."


def whom_to_ring(knowledge: KnowledgeBase, level: str) -> str:
    """The line of the numbers for a level; empty where there are none."""
    numbers = knowledge.program["numbers"].get(level)
    if not numbers:
        return ""
    return f"{numbers['lead']} {', '.join(f'{n} ({where})' for where, n in numbers['by'].items())}."


def side_words(side: str) -> str:
    """` (left)`, or nothing where there is no side."""
    named = {words.THIS: "that side", words.OTHER: "other side"}.get(side, side)
    return f" ({named})" if side else ""


def number_words(value: float, unit: str) -> str:
    """A number with its unit as people write it."""
    return f"{value:g}{UNITS[unit]}" if unit in UNITS else f"{value:g} {unit}"


def describe(node: Node, knowledge: KnowledgeBase, *, no: bool = False) -> str:
    """One phrase for a condition; `no` says its opposite."""
    match node:
        case Leaf(Is() as test):
            return _answer(test, knowledge, no)
        case Leaf(Compare() as test):
            return _number(test, knowledge, no)
        case Atom(Key() as key):
            return ("not: " if no else "") + conclusion(key, knowledge)
        case Not(member):
            return describe(member, knowledge, no=not no)
        case Known(member):
            return describe(member, knowledge, no=no)
        case AllOf(members) | AnyOf(members):
            over_sides = _over_sides(members)
            if over_sides:
                some = "either side" if isinstance(node, AnyOf) else "both sides"
                return ("not: " if no else "") + f"{conclusion(over_sides, knowledge)} ({some})"
            joiner = " and " if isinstance(node, AllOf) != no else " or "
            parts = [describe(m, knowledge, no=no) for m in members]
            return joiner.join(f"({p})" if " or " in p and joiner == " and " else p for p in dict.fromkeys(parts))
        case AtLeast(count, members):
            listed = "; ".join(describe(m, knowledge) for m in members)
            return f"{'fewer than' if no else 'at least'} {count} of: {listed}"
        case Score():
            return "the signs do not weigh enough" if no else "the signs weigh enough"
        case _:
            return ""


def _over_sides(members: tuple[Node, ...]) -> Key | None:
    """The conclusion without its side, if the members are the same conclusion on left and right."""
    keys = [m.key for m in members if isinstance(m, Atom) and isinstance(m.key, Key)]
    same = len(keys) == len(members) == 2 and keys[0][:2] == keys[1][:2] and {k.side for k in keys} == set(words.SIDES)
    return keys[0]._replace(side="") if same else None


def _answer(test: Is, knowledge: KnowledgeBase, no: bool) -> str:
    question = knowledge.questions.get(test.of)
    if question is not None:
        label = "that side, or both" if test.value == words.THIS else question.options.get(test.value, test.value)
        if not question.options and no:
            label, no = {words.YES: words.NO, words.NO: words.YES}.get(label, label), False
        return f"“{question.ask}” — {'not ' if no else ''}{label}"
    check_id, _, measure_id = test.of.partition(".")
    check = knowledge.checks.get(check_id)
    if check is not None:
        measure = next(m for m in check.measures if m.id == measure_id)
        label = measure.options.get(test.value, test.value)
        return f"{check.title}{side_words(test.side)}: {measure.ask} — {'not ' if no else ''}{label}"
    return f"a clinician has {'not ' if no else ''}agreed"


def _number(test: Compare, knowledge: KnowledgeBase, no: bool) -> str:
    amount = f"{'not ' if no else ''}{OPS[test.op]} {number_words(test.limit, test.unit)}"
    if test.of == words.AGE:
        return f"age {amount}"
    question = knowledge.questions.get(test.of)
    if question is not None:
        return f"“{question.ask}” — {amount}"
    check = knowledge.checks[test.of.partition(".")[0]]
    return f"{check.title}{side_words(test.side)}{TAKEN[test.take]} {amount}"


def conclusion(key: Key, knowledge: KnowledgeBase) -> str:
    """A conclusion by its item's own words."""
    item_id, _, label = key.id.partition(".")
    match key.kind:
        case words.FINDING:
            return knowledge.findings[key.id].text + side_words(key.side)
        case words.PATTERN:
            return f"{knowledge.patterns[item_id].title} ({label}){side_words(key.side)}"
        case words.SIGN:
            name, _, index = label.partition(".")
            pattern = knowledge.patterns[item_id]
            signs = pattern.supports if name == words.FOR else pattern.opposes
            return describe(signs[int(index)].when, knowledge)
        case words.LEVEL if key.id in words.LEVELS:
            return f"anything of level {key.id}"
        case words.TRIAGE | words.MODIFIER | words.LEVEL:
            return knowledge.rows[item_id].title + side_words(key.side)
        case words.BAR:
            return f"{knowledge.terms.tags[key.id]}{side_words(key.side)} is left out"
        case words.GATE:
            return {
                words.COMFORT: "triage is done and nothing stops",
                words.CORRECTIVE: "triage allows exercise",
                words.LOWER: "it is for the low back, and that is where the pain is",
                words.UPPER: "it is for the neck and the upper back, and that is where the pain is",
            }[key.id]
        case words.WITHHELD:
            return f"a pattern marks {knowledge.terms.muscles[key.id].name} as long{side_words(key.side)}"
        case words.UNLOCKED:
            return "the smaller muscles are unlocked"
        case words.NEEDED:
            return f"{_title(key.id, knowledge)} is called for{side_words(key.side)}"
        case _:
            return f"{_title(key.id, knowledge)} may be given{side_words(key.side)}"


def _title(item_id: str, knowledge: KnowledgeBase) -> str:
    item = knowledge.find(item_id)
    return item.title if item else item_id
