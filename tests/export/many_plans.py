"""Plans of all levels: every story, some random people, and people whose own words are full of markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from conftest import AT
from support.random_people import MOODS, People
from test_people import PEOPLE

from assess.audit.mutation.witnesses import story_person
from assess.cli.share import record_of
from assess.errors import AnswerNeeded
from assess.export.record import Record
from assess.interview.outcome import assess_answers
from assess.loading.load import load
from assess.loading.yaml12 import read
from assess.model.answers import Answers
from assess.model.plan import Plan

SEEDS = 14
NASTY = (
    "<script>alert(1)</script> & <b>bold</b> &amp; &#60;",
    "[a link](http://example.org) and ![a picture](x.png) and <http://example.org>",
    "# no heading",
    "- no list",
    "+ no list either",
    "1. no number",
    "2) no number either",
    "> no quote",
    "**not bold** _not slanted_ ~~not struck~~ `no code`",
    "***",
    "---",
    "===",
    "| no | table |",
    "a backslash at the end \\",
    "\\* two \\\\ already escaped",
    "``` no fence",
    "~~~ no fence either",
    "[x]: http://example.org 'no definition'",
    "    no code block",
    "*",
    "_",
    "`",
    "<!-- no comment -->",
    "$x$ {y} {{z}} %s",
    "לשחק עם הנכדים על הרצפה",
    "\u202eright to left\u202c",
    "歩く" * 60,
    "🙂👩‍👧‍👦🏃🏽" * 20,
    "x" * 200,
    "e\u0301te\u0301 " * 30,
    "tab\there, bell\x07 and escape\x1b[31m",
    "two\nlines\r\nand more",
)
"""What somebody might write as their goal."""


BLOCKING: dict[str, dict[str, str]] = {
    "emergency": {"cauda-equina-signs": "yes", "bladder-change": "yes", "bladder-since": "recent"},
    "same-day": {"fever-recent": "yes"},
    "clinician-first": {"long-conditions": "yes", "cancer-treatment": "yes"},
}
"""Answers of each level at which there is no exercise."""


@lru_cache(maxsize=1)
def plans() -> tuple[tuple[str, Plan], ...]:
    """Every plan with its name."""
    return tuple((name, record.plan) for name, record in records())


def record_for(answers: Answers, on: datetime = AT, **more: Any) -> Record:
    """What the formats that are handed on are made from."""
    base = load()
    return record_of(base, answers, assess_answers(base, answers, on), on.date(), on, **more)


@lru_cache(maxsize=1)
def records() -> tuple[tuple[str, Record], ...]:
    """Everybody, with what they said."""
    return tuple(_records())


def _records() -> Iterator[tuple[str, Record]]:
    base = load()
    people = People(base, AT)
    for file in PEOPLE:
        story = read(file.read_bytes(), file.name).data
        if story["exit"] != 4:
            on = AT + timedelta(days=story.get("days_later", 0))
            yield file.stem, record_for(story_person(base, story, AT), on)
    for seed in range(SEEDS):
        answers = Answers(people.person(Random(seed), MOODS[seed % 3]), AT, True)
        try:
            yield f"random {seed}", record_for(answers)
        except AnswerNeeded:
            continue


def with_words(plan: Plan, words: str) -> Plan:
    """The plan of somebody who writes so."""
    return replace(plan, goal=words, activities=(words, f"and {words}"))


def full_plan() -> Plan:
    """One with exercises, findings and a pattern."""
    return next(plan for name, plan in plans() if name == "v07-desk-worker")
