"""What an item's page is made of: facts, texts, rules and tables, which a template then sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assess.model import words
from assess.model.describe import number_words
from assess.model.knowledge import (
    Check,
    Exercise,
    Invariant,
    Item,
    KnowledgeBase,
    Measure,
    Pattern,
    Question,
    Refer,
    Relief,
    Row,
    Sign,
)
from assess.model.outline import Line, outline, phrase
from assess.plan.dose import dose_text
from assess.rules.nodes import TRUE, Node

FACTS, TEXTS, RULE, TABLE = "facts", "texts", "rule", "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a page under its label. Which fields it has depends on the form.

    Facts are rows of a name and a text; texts are lines, `numbered` or not; a rule is a line with parts; a table has
    a `head` and rows.
    """

    form: str
    label: str
    rows: tuple[tuple[str, ...], ...] = ()
    numbered: bool = False
    line: Line | None = None
    head: tuple[str, ...] = ()


def blocks(item: Item, knowledge: KnowledgeBase) -> tuple[Block, ...]:
    """The parts of an item's page; what there is nothing of is left out."""
    made = _MAKERS[type(item).__name__](item, knowledge)
    return tuple(b for b in made if b.rows or b.form == RULE)


def _facts(facts: Mapping[str, Any]) -> Block:
    return Block(FACTS, "", tuple((name, str(said)) for name, said in facts.items() if said))


def _texts(label: str, texts: Iterable[str], *, numbered: bool = False) -> Block:
    return Block(TEXTS, label, tuple((text,) for text in texts if text), numbered)


def _rule(label: str, node: Node, knowledge: KnowledgeBase) -> Block:
    return Block(RULE, label, line=outline(node, knowledge))


def _unless_always(label: str, node: Node, knowledge: KnowledgeBase) -> Iterator[Block]:
    if node != TRUE:
        yield _rule(label, node, knowledge)


def _refer(refer: Refer | None) -> str:
    return f"{refer.to}, within {refer.within}" if refer else ""


def _yes(flag: bool, text: str = "yes") -> str:
    return text if flag else ""


def _question(q: Question, knowledge: KnowledgeBase) -> Iterator[Block]:
    own = ", and no more than the person’s age" if q.at_most_age else ""
    number = f"a number from {q.minimum:g} to {number_words(q.maximum, q.unit)}, in steps of {q.step:g}{own}"
    yield _texts("Shown to the person", [q.ask, q.help, f"Why it is asked: {q.why}", *q.shows])
    yield _facts(
        {
            "Answer": number if q.answer == words.NUMBER else q.answer.replace("-", " "),
            "“Not sure” is offered": "yes" if q.offer_unsure else "no",
            "Grows by itself": _yes(bool(q.grows_per_week), f"by {q.grows_per_week:g} a week"),
            "Must be answered": _yes(q.required),
            "Stays true": _yes(q.lasting, "not asked again with the warning signs"),
            "Private": _yes(q.private, "used and shown, never written, in no rule"),
            "Asked only after": (q.stem or q.follows) and f"{q.stem or q.follows} is yes or not sure",
            "Where it is not asked": q.unless_asked if q.when != TRUE or q.follows else "",
            "Answer of somebody without trouble": q.options.get(str(q.healthy), str(q.healthy)),
        }
    )
    yield Block(TABLE, "Options", tuple(q.options.items()), head=("Code", "Words"))
    yield from _unless_always("Asked only if", q.when, knowledge)
    if q.clarifier:
        told = f"“Can’t tell” counts as {q.clarifier.cant_tell}."
        yield _texts("Asked when the person is not sure", [q.clarifier.ask, told])


def _row(row: Row, knowledge: KnowledgeBase) -> Iterator[Block]:
    unsure = "the level holds" if row.unsure_level else "the bars hold, the level does not"
    yield _facts(
        {
            "Level": row.level if row.level != words.SELF_CARE else "none of its own",
            "Within": row.within,
            "Applies to": _yes(row.each_side, "left and right, each for itself"),
            "When not sure": unsure if row.kind == words.MODIFIER else "",
            "Refers to": _refer(row.refer),
            "A clinician’s agreement": "" if row.clearable else "lifts nothing",
            "Upper bounds on every dose": ", ".join(
                f"{name.replace('_', ' ')} {bound:g}" for name, bound in row.dose_caps.items()
            ),
            "Recorded as": row.finding.text if row.finding else "",
        }
    )
    yield _rule("Holds if", row.when, knowledge)
    if row.level_when is not None:
        yield _rule("Its level holds if", row.level_when, knowledge)
    yield _texts("Shown to the person", [row.say])
    yield _texts("What the person is told to do", row.act, numbered=True)
    yield _texts("Whatever asks for this is left out", [knowledge.terms.tags[tag] for tag in row.bars])


def _check(check: Check, knowledge: KnowledgeBase) -> Iterator[Block]:
    yield _facts(
        {
            "Can be done alone": {"phone": "with a phone", "helper": "with a helper"}.get(check.alone, check.alone),
            "Minutes": f"{check.minutes:g}",
            "Offered before others": _yes(check.first),
            "Sides": _yes(check.sided, "left and right, each for itself"),
            "Region": check.region,
            "Position": knowledge.terms.positions.get(check.position, check.position),
            "Muscles": ", ".join(knowledge.terms.muscles[m].name for m in check.muscles),
            "Asks of the body": ", ".join(knowledge.terms.tags[tag] for tag in check.tags),
        }
    )
    yield from _unless_always("Offered only if", check.only_when, knowledge)
    yield _texts("Shown to the person", [check.purpose])
    yield _texts("Set-up", check.setup, numbered=True)
    yield _texts("Steps", check.steps, numbered=True)
    yield _texts("When to stop", check.stop)
    measures = tuple((m.id, m.ask, _answer(m), _quirks(m)) for m in check.measures)
    yield Block(TABLE, "What is recorded", measures, head=("Measure", "Asked as", "Answer", "Note"))
    for finding in check.findings:
        yield _rule(f"Finds “{finding.text}”{' on that side' if finding.sided else ''} if", finding.when, knowledge)


def _answer(m: Measure) -> str:
    if m.answer == words.NUMBER:
        error = f", error {number_words(m.error, m.unit)}" if m.error else ""
        return f"{m.minimum:g} to {number_words(m.maximum, m.unit)}, in steps of {m.step:g}{error}"
    return " / ".join(m.options.values()) or "yes / no"


def _quirks(m: Measure) -> str:
    counts = f"The check counts only if this is {m.counts_if}." if m.counts_if else ""
    unable = f"Unable counts as {m.unable_means}, unless there was no helper." if m.unable_means else ""
    return f"{counts} {unable}".strip()


def _pattern(p: Pattern, knowledge: KnowledgeBase) -> Iterator[Block]:
    strong = p.grade in words.REPORTING_GRADES
    weak = "no: it is reported, and may withhold a stretch of a muscle that it marks as long"
    yield _facts(
        {
            "Grade": p.grade,
            "May prescribe by itself": "yes" if strong else weak,
            "Region": p.region,
            "Sides": _yes(p.sided, "left and right, each for itself"),
            "Never reported as more than": p.cap,
            "Refers to": _refer(p.refer),
        }
    )
    yield _texts("Shown to the person", [p.lay, p.honesty, *p.advice])
    yield _signs("Speaks for it", p.supports, knowledge)
    yield _signs("Speaks against it", p.opposes, knowledge)
    for veto in p.vetoes:
        yield _rule("Ruled out if", veto, knowledge)
    marked = tuple((knowledge.terms.muscles[m].name, mark.replace("-", " and ")) for m, mark in p.muscles.items())
    yield Block(TABLE, "Muscles", marked, head=("Muscle", "Marked as"))


def _signs(label: str, signs: tuple[Sign, ...], knowledge: KnowledgeBase) -> Block:
    rows = tuple((str(s.weight), s.kind, phrase(outline(s.when, knowledge))) for s in signs)
    return Block(TABLE, label, rows, head=("Weight", "Kind", "Sign"))


def _exercise(e: Exercise, knowledge: KnowledgeBase) -> Iterator[Block]:
    yield _facts(
        {
            "Use": e.use,
            "Level": e.level or "",
            "Place in the plan": e.focus.replace("-", " "),
            "Muscle": knowledge.terms.muscles[e.muscle].name,
            "Sides": "each for itself" if e.sides == "each" else "both at once",
            "Position": knowledge.terms.positions.get(e.position, e.position),
            "Asks of the body": ", ".join(knowledge.terms.tags[tag] for tag in e.tags),
            "Order": e.order,
        }
    )
    if e.use == words.STRETCH:
        yield _texts(
            "Given only if", ["Its own muscle was found short, no reported pattern marks that muscle as long."]
        )
    yield from _unless_always("Given only if", e.needs, knowledge)
    yield _texts("Steps", e.steps, numbered=True)
    said = (("Where it is felt", e.feel), ("Easier", e.easier), ("Harder", e.harder), ("Bed or chair", e.elsewhere))
    yield _texts("Shown to the person", [f"{name}: {text}" for name, text in said])
    yield _texts("How much", [dose_text(e, knowledge)])
    yield _texts("When to stop", e.stop)


def _relief(r: Relief, knowledge: KnowledgeBase) -> Iterator[Block]:
    tags = ", ".join(knowledge.terms.tags[tag] for tag in r.tags)
    yield _facts({"Use": r.use, "Asks of the body": tags, "Order": r.order})
    yield from _unless_always("Advised only if", r.needs, knowledge)
    yield _texts("Steps", r.steps, numbered=True)
    yield _texts("How much", [r.dose])
    yield _texts("When to stop", r.stop)


def _invariant(i: Invariant, knowledge: KnowledgeBase) -> Iterator[Block]:
    how = {"rules": "proved over all answers with `assess audit --prove`"}
    yield _facts({"Held by": how.get(i.scope, "tested on many made-up persons"), "Speaks of": i.scope})
    if i.whenever is not None:
        yield _rule("What it names is held back unless this is known not to be so", i.whenever, knowledge)
    if i.unless is not None:
        yield _rule("What it names is held back unless this is known to be so", i.unless, knowledge)
    names = {name: _selected(name, getattr(i.never, name), knowledge) for name in i.never.__slots__}
    yield Block(FACTS, "It names every item with all of these", tuple(p for p in names.items() if p[1]))
    bounds = [f"{name.replace('_', ' ')}: at most {bound:g}" for name, bound in i.at_most.items()]
    there = [f"always there: {name.replace('_', ' ')}" for name in i.present]
    yield _texts("Of every plan", [*bounds, *there, *(f"never in a text: {words_}" for words_ in i.no_match)])


def _selected(name: str, values: tuple[str, ...], knowledge: KnowledgeBase) -> str:
    terms = knowledge.terms
    named = {"tags": terms.tags, "muscles": {m.id: m.name for m in terms.muscles.values()}}.get(name, {})
    return ", ".join(named.get(value, value) for value in values)


def tree(label: str, value: Any) -> Line:
    """Data of any shape as lines."""
    name = label.replace("_", " ").replace("-", " ")
    match value:
        case Mapping() if value:
            return Line(f"{name}:" if name else "", tuple(tree(str(k), v) for k, v in value.items()))
        case tuple() if value and all(isinstance(v, str | int | float) for v in value) and sum(map(_size, value)) < 60:
            return Line(f"{name}: {', '.join(str(v) for v in value)}")
        case tuple() if value:
            return Line(f"{name}:", tuple(tree("", v) for v in value))
        case _:
            said = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            return Line(f"{name}: {said}" if name else str(said))


def _size(value: Any) -> int:
    return len(str(value))


_MAKERS: Mapping[str, Any] = {
    "Question": _question,
    "Row": _row,
    "Check": _check,
    "Pattern": _pattern,
    "Exercise": _exercise,
    "Relief": _relief,
    "Invariant": _invariant,
}
