"""The questions as a FHIR Questionnaire: in the order of the interview, each shown when the rules ask it.

It judges nothing: what it says first is whom to ring, and what it is read by afterwards says the rest. Checks are in
it as lines that no form shows, so that a record can hold what was measured: which checks are allowed, only the rules
can tell.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any

from assess.export.fhir.formula import Literal
from assess.export.fhir.shown import Showing, Shown, enable_when
from assess.model import form, words
from assess.model.conditions import Is
from assess.model.describe import notice, whom_to_ring
from assess.model.free_text import LIMIT
from assess.model.knowledge import KnowledgeBase, Measure, Question
from assess.rules.nodes import Leaf

EXTENSION = "http://hl7.org/fhir/StructureDefinition"
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
SAYS = {
    words.YES: "Yes",
    words.NO: "No",
    words.UNSURE: "Not sure",
    words.SAME: "The same",
    words.DIFFERENT: "Different",
    words.CANT_TELL: "I can't tell",
    words.VOID: "It does not count",
    "pain": "I could not do it: pain",
    "position": "I could not do it: the position",
    words.NO_HELPER: "I could not do it: nobody to help",
    "weakness": "I could not do it: weakness",
}
PURPOSE = (
    "This form asks the same questions as the program assess. It does not judge what you answer while you fill it in: "
    "that happens when it is read afterwards."
)
READ_BACK = "I have looked through my answers again, and every “no” is right."
ANSWERS = "answers"
"""The system of the codes that mean the same on every line."""
Item = dict[str, Any]


def render(knowledge: KnowledgeBase, on: date | None = None) -> str:
    """The JSON text, ending in a newline; ages in it are those of a day."""
    return json.dumps(questionnaire(knowledge, on or date.today()), ensure_ascii=False, indent=2) + "\n"


@lru_cache(maxsize=2)
def questionnaire(knowledge: KnowledgeBase, on: date) -> Item:
    """The resource; not to be changed, it is kept for the next record."""
    review = knowledge.manifest.review
    return {
        "resourceType": form.QUESTIONNAIRE,
        "url": form.url(knowledge),
        "version": form.version(knowledge),
        "name": "BackAndNeckSelfAssessment",
        "title": "Self-assessment for back and neck pain",
        "status": "active",
        "experimental": review is None or not review.stands,
        "subjectType": ["Patient"],
        "date": on.isoformat(),
        "description": notice(knowledge),
        "purpose": PURPOSE,
        "item": [_before(knowledge), *_topics(knowledge, Showing(knowledge, on)), _read_back(), _measures(knowledge)],
    }


def _before(knowledge: KnowledgeBase) -> Item:
    said, ring = knowledge.program["before_start"], whom_to_ring(knowledge, words.EMERGENCY)
    lines = [said["lead"], *said["signs"], ring, PURPOSE, notice(knowledge)]
    shown = [{"linkId": f"before/{i}", "type": "display", "text": line} for i, line in enumerate(lines, 1)]
    return {"linkId": "before", "type": "group", "text": "Before you begin", "item": shown}


def _topics(knowledge: KnowledgeBase, showing: Showing) -> Iterator[Item]:
    """A group for each topic; a line stands in the one that opens it."""
    asked = [q for q in knowledge.questions.values() if not q.private]
    inside: dict[str, list[Question]] = {}
    for question in sorted(asked, key=lambda q: (q.order, q.id)):
        parent = showing.parent(question)
        inside.setdefault(parent.id if parent else "", []).append(question)
    kinds = _kinds(knowledge)
    phases = {str(t["id"]): str(t["phase"]) for t in knowledge.terms.topics}

    def items(question: Question) -> Iterator[Item]:
        within = [item for inner in inside.get(question.id, ()) for item in items(inner)]
        if question.clarifier:
            item = _coded(f"{question.id}.{words.COMPARED}", question.clarifier.ask, words.CLARIFIED)
            within += _around(item, showing.clarifier(question), kinds)
        within += _at_once(knowledge, question, kinds)
        needed = phases[question.topic] in ("person", "triage") and question.answer != words.TEXT
        for item in _lines(question, needed):
            if item["linkId"] == question.id:
                item["item"] = [*_help(question), *within]
                if not item["item"]:
                    del item["item"]
            yield from _around(item, showing.question(question), kinds)

    for topic in knowledge.terms.topics:
        mine = [item for q in inside[""] if q.topic == topic["id"] for item in items(q)]
        if mine:
            yield {"linkId": f"topic/{topic['id']}", "type": "group", "text": topic["title"], "item": mine}


def _at_once(
    knowledge: KnowledgeBase, question: Question, kinds: Mapping[str, Callable[[Any], Item]]
) -> Iterator[Item]:
    """What to do, where this line alone decides that somebody is needed now or today: a form cannot say it later."""
    for row in knowledge.triage.values():
        test = row.when.test if isinstance(row.when, Leaf) else None
        if row.level in words.STOPPING and isinstance(test, Is) and (test.of, test.value) == (question.id, words.YES):
            shown = frozenset({Literal(question.id, "=", words.YES)})
            item = {"linkId": f"{question.id}/act-{row.id}", "type": "display", "text": " ".join(row.act)}
            yield {**item, **enable_when((shown,), kinds)}


def _around(item: Item, shown: Shown, kinds: Mapping[str, Callable[[Any], Item]]) -> list[Item]:
    """The line with when it is shown; a group round it for each thing more that must hold."""
    line, inner = item["linkId"], {"item": item["item"]} if "item" in item else {}
    item = {**{k: v for k, v in item.items() if k != "item"}, **enable_when(shown.own, kinds), **inner}
    for i, clauses in enumerate(shown.around, 1):
        item = {"linkId": f"{line}/if-{i}", "type": "group", **enable_when(clauses, kinds), "item": [item]}
    return [item]


def _lines(question: Question, needed: bool) -> Iterator[Item]:
    """The line, and beside a number what can be said instead."""
    required = {"required": True} if needed else {}
    match question.answer:
        case words.YES_NO:
            yield {**_coded(question.id, question.ask, (words.YES, words.NO, words.UNSURE)), **required}
        case words.CHOICE:
            unsure = {words.UNSURE: SAYS[words.UNSURE]} if question.offer_unsure else {}
            yield {**_coded(question.id, question.ask, {**question.options, **unsure}), **required}
        case words.NUMBER:
            whole = question.step == int(question.step)
            beside = {} if question.offer_unsure else required
            yield {
                **_number(question.id, question.ask, whole, question.minimum, question.maximum, question.unit)
            } | beside
            if question.offer_unsure:
                yield _coded(form.beside(question.id), f"Or, if you do not know: {question.ask}", (words.UNSURE,))
        case words.BIRTH_DATE:
            yield {"linkId": question.id, "type": "date", "text": question.ask, **required}
        case _:
            yield {"linkId": question.id, "type": "string", "text": question.ask, "maxLength": LIMIT}


def _coded(line: str, text: str, options: Any) -> Item:
    """A line with a few codes; `options` are codes, or codes with what they say."""
    says = options if isinstance(options, Mapping) else {code: SAYS[code] for code in options}
    system = form.codes(line if says is options else ANSWERS)
    choices = [{"valueCoding": {"system": system, "code": code, "display": says[code]}} for code in says]
    return {"linkId": line, "type": "choice", "text": text, "answerOption": choices}


def _number(line: str, text: str, whole: bool, low: float, high: float, unit: str) -> Item:
    kind, value = ("integer", "valueInteger") if whole else ("decimal", "valueDecimal")
    bounds = [
        {"url": f"{EXTENSION}/{name}", value: int(bound) if whole else bound}
        for name, bound in (("minValue", low), ("maxValue", high))
    ]
    units = [{"url": f"{EXTENSION}/questionnaire-unit", "valueCoding": {"display": unit}}] if unit else []
    return {"linkId": line, "type": kind, "text": text, "extension": [*bounds, *units]}


def _help(question: Question) -> list[Item]:
    if not question.help:
        return []
    control = {"coding": [{"system": CONTROLS, "code": "help"}]}
    extension = [{"url": f"{EXTENSION}/questionnaire-itemControl", "valueCodeableConcept": control}]
    return [{"linkId": f"{question.id}/help", "type": "display", "text": question.help, "extension": extension}]


def _read_back() -> Item:
    """Without this yes triage stays open, as it does in the interview before the read-back."""
    line = {**_coded(form.READ_BACK, READ_BACK, (words.YES, words.NO)), "required": True}
    return {"linkId": "end", "type": "group", "text": "Before you hand it in", "item": [line]}


def _measures(knowledge: KnowledgeBase) -> Item:
    """What a check measured, for records only: hidden, and nothing to fill in."""
    hidden = [{"url": f"{EXTENSION}/questionnaire-hidden", "valueBoolean": True}]
    lines = []
    for line, check, measure, side in form.measured(knowledge):
        text = f"{check.title}{f', {side}' if side else ''}: {measure.ask}"
        made = [*_measure(line, text, measure)]
        lines += [{**item, "readOnly": True} for item in made]
    return {
        "linkId": "measured",
        "type": "group",
        "text": "Measured in checks at home",
        "extension": hidden,
        "item": lines,
    }


def _measure(line: str, text: str, measure: Measure) -> Iterator[Item]:
    if measure.answer == words.NUMBER:
        yield _number(line, text, measure.step == int(measure.step), measure.minimum, measure.maximum, measure.unit)
    else:
        yield _coded(line, text, measure.options or (words.YES, words.NO))
    yield _coded(form.beside(line), text, (words.UNSURE, words.VOID, *words.UNABLE_REASONS))


def _kinds(knowledge: KnowledgeBase) -> Mapping[str, Callable[[Any], Item]]:
    """How each line is held against something in a test."""
    kinds: dict[str, Callable[[Any], Item]] = {}
    for question in knowledge.questions.values():
        match question.answer:
            case words.NUMBER:
                whole = question.step == int(question.step)
                kinds[question.id] = _whole if whole else _decimal
                kinds[form.beside(question.id)] = partial(_code, ANSWERS)
            case words.BIRTH_DATE:
                kinds[question.id] = _day
            case _:
                kinds[question.id] = partial(_code, question.id if question.answer == words.CHOICE else ANSWERS)
        kinds[f"{question.id}.{words.COMPARED}"] = partial(_code, ANSWERS)
    return kinds


def _code(what: str, value: Any) -> Item:
    return {"answerCoding": {"system": form.codes(what), "code": value}}


def _whole(value: Any) -> Item:
    return {"answerInteger": int(value)}


def _decimal(value: Any) -> Item:
    return {"answerDecimal": value}


def _day(value: Any) -> Item:
    return {"answerDate": value}
