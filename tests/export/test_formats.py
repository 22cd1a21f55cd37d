"""A plan read back by readers that did not write it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from jsonschema import Draft202012Validator
from many_plans import BLOCKING
from markdown_it import MarkdownIt
from support.as_text import as_text

from assess.export.formats import FORMATS, render
from assess.export.json_format import schema
from assess.interview.outcome import assess_answers
from assess.model.answers import Answers
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan, as_data

MARKUP = "<b>walk</b> the *dog* [home](x) `now` # 1. – שלום 🐕"


def plan_of(knowledge: KnowledgeBase, at: datetime, **answers: str) -> Plan:
    given = {**healthy(knowledge), **{k.replace("_", "-"): v for k, v in answers.items()}}
    return assess_answers(knowledge, Answers(given, at, True), at).plan


def test_text_stays_within_78_columns_and_holds_no_control_characters(knowledge: KnowledgeBase, at: datetime) -> None:
    text = render(knowledge, plan_of(knowledge, at), "text")
    assert max(map(len, text.splitlines())) <= 78
    assert [c for c in text if not c.isprintable() and c != "\n"] == []


def test_markdown_is_read_back_with_the_same_headings_as_the_text(knowledge: KnowledgeBase, at: datetime) -> None:
    plan = plan_of(knowledge, at)
    tokens = MarkdownIt().parse(render(knowledge, plan, "md"))
    headings = [tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h2"]
    assert headings[:3] == ["Today, for the pain", "Your week", "Your exercises"]
    assert headings[-1] == "Sources and how this was made"
    titles = [tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h3"]
    assert all(any(e.title in title for title in titles) for e in plan.exercises)


def test_markup_in_a_persons_own_words_stays_words(knowledge: KnowledgeBase, at: datetime) -> None:
    plan = plan_of(knowledge, at, main_goal=MARKUP)
    html = MarkdownIt().render(render(knowledge, plan, "md"))
    assert "<b>walk</b>" not in html
    assert "&lt;b&gt;walk&lt;/b&gt; the *dog* [home](x) `now` # 1. – שלום 🐕" in html
    assert json.loads(render(knowledge, plan, "json"))["goal"] == MARKUP


def test_json_reads_back_as_the_plan_and_fits_its_schema(knowledge: KnowledgeBase, at: datetime) -> None:
    plan = plan_of(knowledge, at)
    data = json.loads(render(knowledge, plan, "json"))
    assert data == json.loads(json.dumps(as_data(plan)))
    assert list(Draft202012Validator(schema()).iter_errors(data)) == []


def test_the_schema_refuses_exercises_in_an_emergency(knowledge: KnowledgeBase, at: datetime) -> None:
    data = json.loads(json.dumps(as_data(plan_of(knowledge, at))))
    data["triage"]["level"] = "emergency"
    assert any(list(e.absolute_path)[:1] == ["exercises"] for e in Draft202012Validator(schema()).iter_errors(data))


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("answers", BLOCKING.values(), ids=BLOCKING)
def test_no_format_holds_an_exercise_where_triage_allows_none(
    fmt: str, answers: dict[str, str], knowledge: KnowledgeBase, at: datetime
) -> None:
    shown = as_text(render(knowledge, plan_of(knowledge, at, **answers), fmt), fmt)
    titles = {e.title for e in knowledge.exercises.values() if e.use != "aerobic"}  # "Walking" is also advice
    assert [t for t in titles if t in shown] == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_carries_the_notice_and_the_example_says_so(
    fmt: str, knowledge: KnowledgeBase, at: datetime
) -> None:
    made = render(knowledge, replace(plan_of(knowledge, at), example=True), fmt)
    shown = " ".join(as_text(made, fmt).split())
    assert "No clinician has signed these rules yet." in shown
    assert ("Example, not a real person" in shown) or '"example": true' in shown


def test_every_line_says_why_from_which_source_and_how_good(knowledge: KnowledgeBase, at: datetime) -> None:
    plan = plan_of(knowledge, at)
    text = " ".join(render(knowledge, plan, "text").split())
    for line in (*plan.exercises, *plan.relief):
        assert f"Evidence {line.evidence}: {line.evidence_note}" in text
        assert all(key in plan.sources for key in line.sources)
