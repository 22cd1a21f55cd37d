"""The plan as HTML, read by an independent parser: sound, whole, self-contained, and a person's words stay text."""

from __future__ import annotations

import itertools
import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from many_plans import NASTY, full_plan, plans, with_words

from assess.export.blocks import Bullets, Heading, Paragraph, blocks
from assess.export.formats import look_of, render
from assess.export.html import NOT_IN_HTML
from assess.export.look import action_of
from assess.figures.load import figures_of
from assess.model.free_text import tidy
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan


def parsed(text: str) -> Element:
    """The document; any parse error is a failure."""
    found: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return found


def words_in(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def squeezed(text: str) -> str:
    """Without white space and what HTML cannot hold: elements may break a sentence where they like."""
    return re.sub(r"\s", "", NOT_IN_HTML.sub("?", tidy(text)))


@pytest.fixture(scope="module")
def full(knowledge: KnowledgeBase) -> Element:
    return parsed(render(knowledge, full_plan(), "html"))


def said(knowledge: KnowledgeBase, plan: Plan) -> list[str]:
    """Every sentence of the plan as the reading formats have it, but for what a table says in its own way."""
    titles = {level: str(entry["title"]) for level, entry in knowledge.program["levels"].items()}
    found: list[str] = []
    for block in blocks(plan, titles):
        match block:
            case Heading(text) | Paragraph(text):
                found.append(text)
            case Bullets(lines):
                found += lines
    week = ("Morning (", "Daytime (", "Bedtime (", "Exercise days (", "At most ")
    return [t for t in found if not t.startswith((*week, "Why: ", "Answers of ", "How much", "Walking: ", "Why:"))]


def test_every_plan_is_sound_html_and_leaves_out_no_sentence(knowledge: KnowledgeBase) -> None:
    for name, plan in plans():
        page = parsed(render(knowledge, plan, "html"))
        text = squeezed(words_in(page))
        for sentence in said(knowledge, plan):
            whole = squeezed(sentence).rstrip(".")
            assert whole in text or whole[0].lower() + whole[1:] in text or whole[0].upper() + whole[1:] in text, (
                name,
                sentence,
            )


def test_one_file_that_runs_nothing_and_fetches_nothing(full: Element) -> None:
    tags = {e.tag for e in full.iter() if isinstance(e.tag, str)}
    assert tags & {"script", "link", "iframe", "img", "object", "form", "input", "base"} == set()
    for element in full.iter():
        for attribute, value in element.attrib.items():
            assert not str(attribute).startswith("on")
            assert attribute not in ("src", "srcset")
            assert "url(" not in value
            assert attribute != "href" or value.startswith("#")
    [policy] = [m for m in full.iter("meta") if m.get("http-equiv")]
    assert policy.get("content") == "default-src 'none'; style-src 'unsafe-inline'"


def test_every_link_leads_somewhere_and_every_id_is_there_once(full: Element) -> None:
    ids = [e.get("id") for e in full.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {a.get("href", "").removeprefix("#") for a in full.iter("a")} <= set(ids)
    assert {e.get("aria-labelledby") for e in full.iter() if e.get("aria-labelledby")} <= set(ids)


def test_headings_go_down_one_level_at_a_time(full: Element) -> None:
    levels = [int(e.tag[1]) for e in full.iter() if isinstance(e.tag, str) and re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(later - earlier for earlier, later in itertools.pairwise(levels)) == 1


def test_the_order_is_today_stop_week_exercises_and_sources_last(full: Element) -> None:
    heads = [words_in(e) for e in full.iter("h2")]
    order = ["Today, for the pain", "Stop, and when to see somebody", "Your week", "Your exercises", "What to expect"]
    assert [h for h in heads if h in order] == order
    assert heads[-1] == "Sources and how this was made"


def test_every_exercise_has_its_pictures_for_its_side(knowledge: KnowledgeBase, full: Element) -> None:
    plan, figures = full_plan(), figures_of(knowledge)
    for exercise in plan.exercises:
        [card] = [e for e in full.iter("article") if e.get("id") == exercise.id]
        drawn = [words_in(title) for title in card.iter() if str(title.tag).endswith("title")]
        wanted = figures.pictures(exercise.id, exercise.side)
        assert len(wanted) >= 1
        assert len(drawn) == len(wanted)
        assert drawn[0].startswith(f"{exercise.title}: {wanted[0].says}")


def test_the_table_of_the_week_says_which_days(full: Element) -> None:
    plan = full_plan()
    assert plan.schedule is not None
    [table] = list(full.iter("table"))
    rows = [[words_in(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    assert rows[0] == ["When", "What", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    for row, slot in zip(rows[1:], plan.schedule.slots, strict=False):
        assert row[0].startswith(slot.title)
        assert row[2:] == ["● yes" if day in slot.days else "no" for day in days]
    if plan.schedule.strengthening:
        assert rows[-1][2:] == ["● yes" if day in plan.schedule.exercise_days else "no" for day in days]


@pytest.mark.parametrize("written", NASTY)
def test_a_persons_own_words_stay_text(written: str, knowledge: KnowledgeBase) -> None:
    page = parsed(render(knowledge, with_words(full_plan(), written), "html"))
    shown = squeezed(written)
    lines = [e for e in page.iter("li") if e.get("dir") == "auto" and squeezed("".join(e.itertext())) == shown]
    assert len(lines) >= 1
    assert all(len(list(line)) == 0 for line in lines)


def test_a_stop_has_number_and_words_before_everything_else_and_loses_nothing(knowledge: KnowledgeBase) -> None:
    stops = [(name, plan) for name, plan in plans() if plan.program == "none"]
    assert len(stops) > 20
    for name, plan in stops:
        action = action_of(plan, look_of(knowledge, plan, None))
        parts = (action.lead, action.first, action.number, *action.say, *action.do)
        assert sorted(p for p in parts if p) == sorted(plan.triage.action), name
        page = parsed(render(knowledge, plan, "html"))
        text = squeezed(words_in(page))
        order = [squeezed(t) for t in parts]
        assert "Why" in [words_in(h) for h in page.iter("h2")] or not plan.triage.reasons
        before = (
            text[: text.rfind("Why" + squeezed(str(plan.triage.reasons[0]["text"])))] if plan.triage.reasons else text
        )
        places = [before.find(line) for line in order]
        assert places == sorted(places), name
        assert min(places) >= 0, name
        assert {e.tag for e in page.iter()} & {"svg", "article", "table", "nav"} == set()
        if plan.triage.level == "emergency":
            assert action.number

            assert action.say == tuple(line for line in plan.triage.action if line.startswith("Say: "))
