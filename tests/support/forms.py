"""The form as a person fills it in: its lines, what stands on them, and which of them somebody is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from conftest import AT

from assess.export.fhir.questionnaire import questionnaire
from assess.export.fhir.response import response
from assess.inference.leaves import Leaves, Person
from assess.loading.load import load
from assess.model import words
from assess.model.answers import Answers, Value
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import PERSON

SUBJECT = {"display": "somebody"}


@lru_cache(maxsize=1)
def asked() -> dict[str, Any]:
    return questionnaire(load(), AT.date())


def lines(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from lines(item.get("item", []))


def spoken(knowledge: KnowledgeBase, values: Mapping[str, Value]) -> dict[str, Any]:
    """What stands on each line of the form, read from the response as another program would."""

    def walk(items: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
        for item in items:
            yield from walk(item.get("item", []))
            for answer in item.get("answer", []):
                (value,) = (v for k, v in answer.items() if k != "item")
                yield item["linkId"], value["code"] if isinstance(value, dict) else value
                yield from walk(answer.get("item", []))

    return dict(walk(response(asked(), Answers(values, AT, True), SUBJECT).get("item", [])))


def asked_of(knowledge: KnowledgeBase, values: dict[str, Value]) -> tuple[dict[str, Value], set[str], set[str]]:
    """The answers that somebody would really have given, the questions that are asked of them, and the clarifiers."""
    while True:
        leaves = Leaves(knowledge, PERSON, Person(knowledge, Answers(values), AT))
        kept = {
            k: v for k, v in values.items() if not (k in knowledge.questions and leaves.off(knowledge.questions[k]))
        }
        for key in [k for k in kept if k.endswith(f".{words.COMPARED}")]:
            question = knowledge.questions[key.removesuffix(f".{words.COMPARED}")]
            bare = {k: v for k, v in kept.items() if k != key}
            open_doubt = Leaves(knowledge, PERSON, Person(knowledge, Answers({**bare, key: "cant-tell"}), AT))
            if question.id not in kept or not open_doubt.effective(question)[2]:
                del kept[key]
        if kept == values:
            on = {q.id for q in knowledge.questions.values() if not leaves.off(q)}
            return kept, on, {k for k in kept if k.endswith(f".{words.COMPARED}")}
        values = kept
