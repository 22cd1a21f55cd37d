"""Everything that a person reads is plain enough for a reader of 14, measured item by item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textstat import textstat

from assess.loading.load import load
from assess.model.knowledge import Item, KnowledgeBase

KNOWLEDGE = load()
OLDEST = 14
"""Years: the issue asks for a reading age of 11 to 14."""
SCHOOL_STARTS = 5
"""Years between a school grade of the Flesch-Kincaid formula and the age of who is in it."""
READ = (
    "title", "ask", "help", "why", "options", "shows", "say", "act", "purpose", "setup", "steps", "stop", "lay",
    "honesty", "advice", "feel", "easier", "harder", "elsewhere", "dose",
)  # fmt: skip
"""The fields of an item that reach the person; `dose` of exercises is the name of a dose."""
NAMES = {
    "warfarin", "apixaban", "rivaroxaban", "dabigatran", "edoxaban", "heparin", "clopidogrel", "methotrexate",
    "lithium", "osteoporosis",
}  # fmt: skip
"""Words that a person knows from the packet or from their doctor, and that have no plainer name."""


def sentences(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.rstrip(" .?!:,;") + "."
    elif isinstance(value, dict) or hasattr(value, "values"):
        yield from (s for inner in value.values() for s in sentences(inner))
    else:
        yield from (s for inner in value for s in sentences(inner))


def reading_age(text: str) -> float:
    """Years, by Flesch and Kincaid's grade; medicines count as the word `pill`."""
    words = ["pill" if w.strip(".,;:()").lower() in NAMES else w for w in text.split()]
    return float(textstat.flesch_kincaid_grade(" ".join(words))) + SCHOOL_STARTS


def read_by_the_person(item: Item) -> str:
    values = [getattr(item, key) for key in READ if getattr(item, key, None)]
    if item.kind == "exercise":
        values.remove(item.dose)  # type: ignore[attr-defined]
    if item.kind == "check":
        values += [m.ask for m in item.measures]  # type: ignore[attr-defined]
    if item.evidence:
        values.append(item.evidence.note)
    return " ".join(s for value in values for s in sentences(value))


@pytest.mark.parametrize("item", [i for i in KNOWLEDGE.items() if i.kind != "invariant"], ids=lambda i: i.id)
def test_an_item_can_be_read_at_14(item: Item) -> None:
    assert reading_age(read_by_the_person(item)) <= OLDEST


def test_so_can_what_every_plan_says(knowledge: KnowledgeBase) -> None:
    program = knowledge.program
    said = [program[key] for key in ("watch_list", "stop_signs", "flare_card", "graded_return", "left_out", "because")]
    said += [
        program[key]
        for key in ("notice", "honesty", "daily_life", "ladder", "time_note", "traffic_light", "offer_of_help")
    ]
    said += [
        {k: v for k, v in program["expect"].items() if k != "sources"},
        program["before_start"]["lead"],
        program["before_start"]["signs"],
        program["review"]["text"],
        program["review"]["steps"],
    ]
    ages = {text: reading_age(text) for value in said for text in [" ".join(sentences(value))]}
    assert {text: age for text, age in ages.items() if age > OLDEST} == {}


def test_the_measure_tells_hard_from_plain() -> None:
    """The test can fail: a sentence of the field is far too hard."""
    hard = "Proprioceptive neuromuscular facilitation ameliorates dysfunction of the paravertebral musculature."
    assert reading_age(hard) > 20
    assert reading_age("Sit down. Lift one leg a little. Hold it and breathe.") < 8
