"""A person's answers as a FHIR QuestionnaireResponse: the same lines, in the same nesting, as the questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.export.fhir.questionnaire import Item
from assess.model import form, words
from assess.model.answers import Answers, Unable, Value

COMPLETED, IN_PROGRESS = "completed", "in-progress"


def response(questionnaire: Item, answers: Answers, subject: Item) -> Item:
    """The resource. Lines that the questionnaire does not have, private ones among them, are not in it."""
    said = dict(_said(questionnaire, answers))
    items = [made for item in questionnaire["item"] if (made := _item(item, said))]
    return {
        "resourceType": form.RESPONSE,
        "questionnaire": f"{questionnaire['url']}|{questionnaire['version']}",
        "status": COMPLETED if answers.complete else IN_PROGRESS,
        "subject": subject,
        **({"authored": answers.triaged_at.isoformat()} if answers.triaged_at else {}),
        **({"item": items} if items else {}),
    }


def _said(questionnaire: Item, answers: Answers) -> list[tuple[str, Value]]:
    """Every line with its answer; what is said instead of a number stands on the line beside it."""
    lines = _lines(questionnaire["item"])
    said: list[tuple[str, Value]] = []
    for line, value in answers.values.items():
        told: Value = value.reason if isinstance(value, Unable) else value
        beside = form.beside(line)
        codes = {option["valueCoding"]["code"] for option in lines.get(beside, {}).get("answerOption", ())}
        said.append((beside if told in codes and not _has_code(lines[line], told) else line, told))
    if answers.triaged_at:
        said.append((form.READ_BACK, words.YES))
    return said


def _lines(items: list[Item]) -> dict[str, Item]:
    found = {}
    for item in items:
        found[item["linkId"]] = item
        found |= _lines(item.get("item", []))
    return found


def _has_code(item: Item, code: Any) -> bool:
    return any(option["valueCoding"]["code"] == code for option in item.get("answerOption", ()))


def _item(item: Item, said: Mapping[str, Value]) -> Item | None:
    """A line with its answer and what lies in it; None where there is nothing."""
    inner = [made for one in item.get("item", ()) if (made := _item(one, said))]
    head = {"linkId": item["linkId"], **({"text": item["text"]} if "text" in item else {})}
    if item["type"] == "group":
        return {**head, "item": inner} if inner else None
    if item["linkId"] not in said or item["type"] == "display":
        return None
    answer = _answer(item, said[item["linkId"]])
    return {**head, "answer": [{**answer, **({"item": inner} if inner else {})}]}


def _answer(item: Item, value: Any) -> Item:
    match item["type"]:
        case "choice":
            coding = next(o["valueCoding"] for o in item["answerOption"] if o["valueCoding"]["code"] == value)
            return {"valueCoding": coding}
        case "integer":
            return {"valueInteger": int(value)} if value == int(value) else {"valueDecimal": value}
        case "decimal":
            return {"valueDecimal": value}
        case "date":
            return {"valueDate": value}
        case _:
            return {"valueString": value}
