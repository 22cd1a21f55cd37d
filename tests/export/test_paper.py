"""PDF, read back by another library: tagged, whole, one page where that is promised, never an exercise too many."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import replace
from functools import lru_cache
from unicodedata import normalize

import pytest
from many_plans import NASTY, full_plan, plans, with_words
from pypdf import PdfReader

from assess.errors import UsageError
from assess.export.blocks import Bullets, Heading, Paragraph, blocks
from assess.export.formats import PAPER, PAPERS, render
from assess.export.typeset import NOT_PRINTABLE
from assess.loading.load import load
from assess.model import words
from assess.model.free_text import tidy
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan

FOOT = r"Validuntil[\d.]+Afterthatdayanswerthequestionsagainbeforeyougoon\.\d+/\d+"
"""What stands below a page would break a sentence that goes over to the next."""
A4, LETTER, A6 = (595, 842), (612, 792), (298, 420)


def read(made: str | bytes) -> PdfReader:
    assert isinstance(made, bytes)
    return PdfReader(io.BytesIO(made))


def text_in(reader: PdfReader) -> str:
    """Without white space and hyphens at the ends of lines."""
    pages = [squeezed(page.extract_text()) for page in reader.pages]
    return "".join(re.sub(FOOT, "", page) if page != pages[-1] else page for page in pages)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", NOT_PRINTABLE.sub("?", text))


@lru_cache(maxsize=1)
def some_plans() -> tuple[tuple[str, Plan], ...]:
    """Of every level and program, those with most on them, and every eighth of the rest."""
    by_size = sorted(plans(), key=lambda named: -len(named[1].exercises) - len(named[1].watch_list))
    kinds: dict[tuple[str, str], int] = {}
    chosen = []
    for i, (name, plan) in enumerate(by_size):
        kind = (plan.triage.level, plan.program)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] <= 3 or i % 8 == 0:
            chosen.append((name, plan))
    return tuple(chosen)


@pytest.mark.parametrize("fmt", PAPER)
def test_it_is_tagged_titled_and_says_that_it_follows_pdf_ua(fmt: str, knowledge: KnowledgeBase) -> None:
    reader = read(render(knowledge, full_plan(), fmt))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


@pytest.mark.parametrize("paper", PAPERS)
def test_the_wall_sheet_is_one_page_whoever_it_is_for(paper: str, knowledge: KnowledgeBase) -> None:
    for name, plan in some_plans():
        if plan.program == "corrective" or plan.program == "none":
            reader = read(render(knowledge, plan, "wall", paper=paper))
            assert len(reader.pages) == 1, name
            box = reader.pages[0].mediabox
            assert (round(box.width), round(box.height)) == (A4 if paper == "a4" else LETTER)


def test_the_flare_card_is_one_small_page(knowledge: KnowledgeBase) -> None:
    for name, plan in some_plans():
        if plan.program != "none":
            reader = read(render(knowledge, plan, "flare"))
            assert len(reader.pages) == 1, name
            assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == A6
            text = text_in(reader)
            assert all(squeezed(line) in text for line in (*plan.flare_card, *plan.watch_list)), name


def test_the_wall_sheet_has_the_week_the_stop_list_whom_to_ring_and_the_review(knowledge: KnowledgeBase) -> None:
    plan = full_plan()
    reader = read(render(knowledge, plan, "wall"))
    text = text_in(reader)
    assert plan.schedule is not None
    wanted = [s.title for s in plan.schedule.slots] + [e.title for e in plan.exercises]
    wanted += [*plan.stop_signs, *plan.watch_list, f"Review on {plan.review['on']}", "The emergency number: 999 (UK)"]
    wanted += [f"Valid until {plan.valid_until}", plan.notice]
    assert [w for w in wanted if squeezed(w) not in text] == []
    figures = [e for e in _elements(reader.root_object["/StructTreeRoot"]) if "/Alt" in e]
    assert len(figures) == len([e for e in plan.exercises if e.kind != words.ACTIVATION]) <= 5


def test_the_whole_plan_leaves_out_no_sentence(knowledge: KnowledgeBase) -> None:
    titles = {level: str(entry["title"]) for level, entry in knowledge.program["levels"].items()}
    for name, plan in some_plans()[::4]:
        if plan.program == "none":
            continue
        text = text_in(read(render(knowledge, plan, "pdf")))
        for block in blocks(plan, titles):
            match block:
                case Heading(said) | Paragraph(said):
                    lines: tuple[str, ...] = (said,)
                case Bullets(lines):
                    pass
            assert [s for s in lines if squeezed(s) not in text] == [], name


@pytest.mark.parametrize("fmt", PAPER)
def test_no_exercise_on_paper_for_whoever_must_see_somebody_first(fmt: str, knowledge: KnowledgeBase) -> None:
    checks = list(knowledge.checks.values())[:2]
    for name, plan in some_plans():
        if plan.triage.level in words.BLOCKING and not any(r["cleared"] for r in plan.triage.reasons):
            stops = plan.program == "none"
            reader = read(render(knowledge, plan, fmt, checks=checks if stops else ()))
            text = text_in(reader)
            assert [e.title for e in knowledge.exercises.values() if squeezed(f"{e.title}(") in text] == [], name
            if stops:
                assert len(reader.pages) == 1
                assert [line for line in plan.triage.action if squeezed(line) not in text] == [], name
                assert not any(squeezed(c.steps[0]) in text for c in checks)


def test_the_check_sheet_has_steps_measures_and_stop_of_each_check(knowledge: KnowledgeBase) -> None:
    checks = [knowledge.checks[i] for i in list(knowledge.checks)[:6]]
    text = text_in(read(render(knowledge, full_plan(), "checks", checks=checks)))
    for check in checks:
        wanted = [check.title, *check.setup, *check.steps, *check.stop, *(m.ask for m in check.measures)]
        assert [w for w in wanted if squeezed(w) not in text] == []
    assert squeezed("There is no check to do at home now.") in text_in(read(render(knowledge, full_plan(), "checks")))


@pytest.mark.parametrize("fmt", PAPER)
def test_the_same_plan_gives_the_same_bytes(fmt: str, knowledge: KnowledgeBase) -> None:
    assert render(knowledge, full_plan(), fmt) == render(knowledge, full_plan(), fmt)


@pytest.mark.parametrize("written", NASTY)
def test_a_persons_own_words_are_printed_and_never_typeset(written: str, knowledge: KnowledgeBase) -> None:
    """What the fonts have no sign for becomes a question mark; nothing is an instruction."""
    text = text_in(read(render(knowledge, with_words(full_plan(), written), "pdf")))
    assert squeezed(normalize("NFC", tidy(written))) in text


@pytest.mark.parametrize("written", ["<svg 歩く", "an unassigned\u0378 sign", "<svg/>"])
def test_words_that_look_like_a_drawing_are_words(written: str, knowledge: KnowledgeBase) -> None:
    text = text_in(read(render(knowledge, with_words(full_plan(), written), "pdf")))
    assert squeezed(written.replace("\u0378", "")) in text


@pytest.mark.parametrize("fmt", PAPER)
def test_all_fonts_are_inside(fmt: str, knowledge: KnowledgeBase) -> None:
    checks = list(knowledge.checks.values())[:2]
    found = [
        font.get_object()
        for page in read(render(knowledge, full_plan(), fmt, checks=checks)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert found
    for font in found:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described)


def test_the_example_heads_every_paper(knowledge: KnowledgeBase) -> None:
    for _, plan in [*some_plans()[:1], next(p for p in some_plans() if p[1].program == "none")]:
        for fmt in PAPER:
            text = text_in(read(render(knowledge, replace(plan, example=True), fmt)))
            assert text.startswith("Example,notarealperson"), fmt


def test_a_goal_in_letters_of_europe_is_printed_as_it_is(knowledge: KnowledgeBase) -> None:
    plan = with_words(full_plan(), "Żółw, naïve Größe, Ελλάδα, Москва #set text(red) $x$")
    text = text_in(read(render(knowledge, plan, "pdf")))
    assert "Żółw,naïveGröße,Ελλάδα,Москва#settext(red)$x$" in text


@pytest.mark.parametrize("fmt", PAPER)
def test_without_the_extra_one_line_says_what_is_missing(
    fmt: str, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError) as refused:
        render(knowledge, full_plan(), fmt)
    assert refused.value.message == "PDF needs the extra `pdf`, which is not installed"
    assert refused.value.hint == (
        "Install it with: pip install 'assess[pdf]'. Formats without it: text, md, json, html."
    )


def test_every_picture_has_a_text_for_those_who_do_not_see_it() -> None:
    """PDF/UA refuses a picture without one; here that it is that of the picture."""
    made = render(load(), replace(full_plan(), relief=()), "pdf")
    first = full_plan().exercises[0]
    reader = read(made)
    found = [str(o.get_object().get("/Alt")) for o in _elements(reader.root_object["/StructTreeRoot"]) if "/Alt" in o]
    assert any(alt.startswith(f"{first.title}: ") for alt in found)


def _elements(node: object) -> list[dict[str, object]]:
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        return [e for inner in node for e in _elements(inner)]
    if isinstance(node, DictionaryObject):
        return [node, *(_elements(node["/K"]) if "/K" in node else [])]  # type: ignore[list-item]
    return []
