"""Items of the knowledge as pages to read, and the tables. Words only; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from assess.model import words
from assess.model.describe import describe, number_words
from assess.model.knowledge import Check, Exercise, Invariant, Item, KnowledgeBase, Pattern, Question, Relief, Row
from assess.model.review import Review
from assess.plan.dose import dose_text
from assess.rules.nodes import FALSE, TRUE, AllOf, AnyOf, AtLeast, Node

WIDTH = 78


def page(knowledge: KnowledgeBase, item: Item) -> str:
    """One item: what it is, its rule in words, its texts, evidence, sources and cases."""
    lines = [
        *_text(item.title),
        "=" * min(WIDTH, len(item.title)),
        f"{item.kind} {item.id}" + (f" ({', '.join(item.ref)})" if item.ref else ""),
        "",
    ]
    match item:
        case Question():
            lines += _question(knowledge, item)
        case Row():
            lines += _row(knowledge, item)
        case Check():
            lines += _check(knowledge, item)
        case Pattern():
            lines += _pattern(knowledge, item)
        case Exercise():
            lines += _exercise(knowledge, item)
        case Relief():
            lines += _relief(knowledge, item)
        case Invariant():
            lines += _invariant(knowledge, item)
    if item.evidence:
        lines += _text(f"Evidence {item.evidence.grade}: {item.evidence.note}")
    lines += ["", "Sources"]
    for key, tag in item.sources.items():
        source = knowledge.sources.get(key)
        lines += _bullet(f"{source.title if source else key} ({tag.replace('-', ' ')})")
    if item.cases:
        lines += ["", "Cases"]
        for case in item.cases:
            lines += _bullet(f"{case.says}: {case.expect}")
    lines += ["", f"Signed by a clinician: {_signed(knowledge.reviews.get(item.id))}"]
    return "\n".join(lines) + "\n"


def _signed(review: Review | None) -> str:
    if review is None:
        return "not yet"
    return f"{review.on}, {review.by}" if review.stands else "not since it was changed"


def _text(text: str) -> list[str]:
    return wrap(text, WIDTH)


def _bullet(text: str, lead: str = " - ") -> list[str]:
    return wrap(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))


def _rule(knowledge: KnowledgeBase, node: Node, depth: int = 0) -> Iterator[str]:
    """A condition as an indented list."""
    lead = "  " * depth + " - "
    match node:
        case AllOf(members) if members:
            yield f"{lead}all of:"
        case AnyOf(members) if members:
            yield f"{lead}any of:"
        case AtLeast(count, members):
            yield f"{lead}at least {count} of:"
        case _:
            text = "always" if node == TRUE else "never" if node == FALSE else describe(node, knowledge)
            yield from _bullet(text, lead)
            return
    for member in members:
        yield from _rule(knowledge, member, depth + 1)


def _question(knowledge: KnowledgeBase, q: Question) -> list[str]:
    out = [*_text(q.ask), *_text(q.help)]
    for code, label in q.options.items():
        out += _bullet(f"{code}: {label}")
    if q.answer == words.NUMBER:
        own = ", and no more than the person's age" if q.at_most_age else ""
        out.append(f"A number from {q.minimum:g} to {number_words(q.maximum, q.unit)}{own}.")
    if q.clarifier:
        out += _text(f"If unsure: {q.clarifier.ask} (“can't tell” counts as {q.clarifier.cant_tell})")
    if q.stem or q.follows:
        out += _text(f"Asked after {q.stem or q.follows}.")
    if q.when != TRUE:
        out += ["Asked if:", *_rule(knowledge, q.when)]
    return [*out, *_text(f"Why: {q.why}")]


def _row(knowledge: KnowledgeBase, row: Row) -> list[str]:
    level = f"{row.level}" + (f", within {row.within}" if row.within else "")
    out = [f"Level: {level}", "Holds if:", *_rule(knowledge, row.when), *_text(f"Says: {row.say}")]
    for line in row.act:
        out += _bullet(line)
    if row.bars:
        out += _text("Leaves out: " + "; ".join(knowledge.terms.tags[t] for t in row.bars) + ".")
    if row.refer:
        out += _text(f"Refers to {row.refer.to}, within {row.refer.within}.")
    return out


def _check(knowledge: KnowledgeBase, check: Check) -> list[str]:
    out = [*_text(check.purpose), f"Alone: {check.alone}. About {check.minutes:g} minutes. {check.position}."]
    for number, line in enumerate((*check.setup, *check.steps), 1):
        out += _bullet(line, f" {number}. ")
    for line in check.stop:
        out += _bullet(f"Stop: {line}", " ! ")
    out.append("Measures")
    for m in check.measures:
        unit = f" ({m.unit}, error {m.error:g})" if m.unit else ""
        out += _bullet(f"{m.id}: {m.ask}{unit}")
    for finding in check.findings:
        out += [*_text(f"Finds “{finding.text}” if:"), *_rule(knowledge, finding.when)]
    return [*out, *_left_out_for(knowledge, check.tags)]


def _left_out_for(knowledge: KnowledgeBase, tags: tuple[str, ...]) -> list[str]:
    who = [row.title for row in knowledge.rows.values() if set(row.bars) & set(tags)]
    return _text("Not for: " + "; ".join(who) + ".") if who else []


def _pattern(knowledge: KnowledgeBase, p: Pattern) -> list[str]:
    out = [*_text(p.lay), "Speaks for it (weight)"]
    for sign in p.supports:
        out += _bullet(f"{sign.weight}, {sign.kind}: {describe(sign.when, knowledge)}")
    if p.opposes:
        out.append("Speaks against it (weight)")
    for sign in p.opposes:
        out += _bullet(f"{sign.weight}, {sign.kind}: {describe(sign.when, knowledge)}")
    for veto in p.vetoes:
        out += _bullet(f"Not reported if: {describe(veto, knowledge)}")
    out.append("Muscles")
    for muscle, mark in p.muscles.items():
        out += _bullet(f"{knowledge.terms.muscles[muscle].name}: {mark}")
    return [*out, *_text(p.honesty)]


def _exercise(knowledge: KnowledgeBase, e: Exercise) -> list[str]:
    what = f"{e.use}, level {e.level}, {e.focus}" if e.level else e.use
    out = _text(f"{what}; {knowledge.terms.muscles[e.muscle].name}")
    for number, line in enumerate(e.steps, 1):
        out += _bullet(line, f" {number}. ")
    for name, text in (
        ("Where it is felt", e.feel),
        ("Easier", e.easier),
        ("Harder", e.harder),
        ("In bed or on a chair", e.elsewhere),
    ):
        out += _text(f"{name}: {text}")
    out += _text(f"How much: {dose_text(e, knowledge)}.")
    for line in e.stop:
        out += _bullet(f"Stop: {line}", " ! ")
    if e.needs != TRUE:
        out += ["Only if:", *_rule(knowledge, e.needs)]
    return [*out, *_left_out_for(knowledge, e.tags)]


def _relief(knowledge: KnowledgeBase, r: Relief) -> list[str]:
    out: list[str] = []
    for number, line in enumerate(r.steps, 1):
        out += _bullet(line, f" {number}. ")
    if r.dose:
        out += _text(f"How much: {r.dose}.")
    for line in r.stop:
        out += _bullet(f"Stop: {line}", " ! ")
    if r.needs != TRUE:
        out += ["Only if:", *_rule(knowledge, r.needs)]
    return [*out, *_left_out_for(knowledge, r.tags)]


def _invariant(knowledge: KnowledgeBase, i: Invariant) -> list[str]:
    out = [f"Scope: {i.scope}"]
    if i.whenever:
        out += ["Unless this is known false:", *_rule(knowledge, i.whenever)]
    if i.unless:
        out += ["Unless this is known true:", *_rule(knowledge, i.unless)]
    chosen = {name: getattr(i.never, name) for name in i.never.__slots__ if getattr(i.never, name)}
    for name, values in chosen.items():
        out += _bullet(f"never, {name}: {', '.join(values)}")
    for name, bound in i.at_most.items():
        out += _bullet(f"{name}: at most {bound:g}")
    for name in i.present:
        out += _bullet(f"always there: {name}")
    for pattern in i.no_match:
        out += _bullet(f"never in a text: {pattern}")
    return out


def listing(knowledge: KnowledgeBase, items: list[Item], *, unreviewed: bool) -> str:
    """The ids of a kind with their titles."""
    signed = {item_id for item_id, review in knowledge.reviews.items() if review.stands}
    shown = [i for i in items if not (unreviewed and i.id in signed)]
    width = max((len(i.id) for i in shown), default=0)
    return "".join(f"{i.id:<{width}}  {i.title}\n" for i in shown)


def seed_table(knowledge: KnowledgeBase) -> str:
    """The seed's muscles in its own order: region, major and minor, and the units that each name stands for."""
    out = []
    for region, title in (("lower", "Lower body"), ("upper", "Upper body and neck")):
        for tier in ("major", "conditional", "minor"):
            groups = [g for g in knowledge.terms.seed_groups if g["region"] == region and g["tier"] == tier]
            if not groups:
                continue
            out.append(f"{title}, {tier}")
            for group in groups:
                note = f" ({group['note']})" if group.get("note") else ""
                units = ", ".join(knowledge.terms.muscles[u].name for u in group["units"])
                out += _bullet(f"{group['name']}{note}: {units}")
            out.append("")
    return "\n".join(out)
