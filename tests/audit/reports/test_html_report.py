"""The pages for clinicians, read by an independent parser: sound HTML, links that lead somewhere, text that stays text.

What axe-core says of them in a browser is not in the gate; its rules that can be told from the source are held here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import bad_files
import html5lib
import pytest
from made_reports import EMPTY, FULL

from assess.audit.report import Proof, Report
from assess.audit.reports import render
from assess.audit.run import audit
from assess.errors import Place
from assess.model.knowledge import KnowledgeBase

FORMATS = ("html", "factcheck")
CSS = bad_files.ROOT / "assess" / "audit" / "reports" / "templates" / "style.css"
SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert(1)</script> & "quoted" ‘x’ <img src=x onerror=y>'


def parsed(text: str) -> Element:
    """The document; any parse error is a failure."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found: Element = parser.parse(text)
    return found


def words_in(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def by_id(document: Element, name: str) -> Element:
    [found] = [e for e in document.iter() if e.get("id") == name]
    return found


@pytest.fixture(scope="module")
def report() -> Report:
    """The real knowledge, with something proved of it."""
    found = audit()
    assert found.base is not None
    place = found.base.invariants["nothing-in-an-emergency"].place
    proof = Proof("nothing-in-an-emergency", "Nothing then.", "proved", 3, 1_459_999_999_999, place)
    refuted = Proof(
        "no-bend", "No bending.", "refuted", 5, 12, place, (("bladder-change", "yes"), ("leg-pain", "both"))
    )
    return replace(found, proofs=(proof, refuted))


@pytest.fixture(scope="module")
def pages(report: Report) -> dict[str, str]:
    return {name: render(report, name) for name in FORMATS}


@pytest.fixture(scope="module")
def documents(pages: dict[str, str]) -> dict[str, Element]:
    return {name: parsed(text) for name, text in pages.items()}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes_in_one_file_of_bearable_size(
    name: str, pages: dict[str, str], report: Report
) -> None:
    assert render(report, name) == pages[name]
    assert (pages[name][:15], pages[name][-8:]) == ("<!doctype html>", "</html>\n")
    assert len(pages[name].encode()) < 8e6
    assert not re.search(r"<script|<link|<iframe|@import|\ssrc=|url\((?!#)", pages[name])


@pytest.mark.parametrize("name", FORMATS)
def test_every_id_is_there_once_and_every_link_has_its_target(name: str, documents: dict[str, Element]) -> None:
    ids = Counter(e.get("id") for e in documents[name].iter() if e.get("id"))
    assert [one for one, count in ids.items() if count > 1] == []
    inside = {href[1:] for e in documents[name].iter("a") if (href := e.get("href", "")).startswith("#")}
    named = {one for e in documents[name].iter() for one in (e.get("aria-labelledby") or "").split()}
    assert sorted((inside | named) - ids.keys()) == []
    outside = {
        e.get("href", "").partition("/")[2][:9] for e in documents[name].iter("a") if e.get("href", "")[:1] != "#"
    }
    assert outside <= {"/doi.org/"}


@pytest.mark.parametrize("name", FORMATS)
def test_the_page_can_be_walked_through_by_its_structure(name: str, documents: dict[str, Element]) -> None:
    document = documents[name]
    assert document.get("lang") == "en"
    assert len(list(document.iter("title"))) > 0
    assert [len(list(document.iter(tag))) for tag in ("main", "header", "h1")] == [1, 1, 1]
    assert [nav.get("aria-label") for nav in document.iter("nav")] == ["Contents"]
    levels = [int(e.tag[1]) for e in document.iter() if isinstance(e.tag, str) and re.fullmatch("h[1-6]", e.tag)]
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert {th.get("scope") for th in document.iter("th")} == {"col"}
    body = document.find("body")
    assert body is not None
    assert (body[0].tag, body[0].get("class")) == ("a", "skip")


def test_every_item_has_its_page_its_cases_and_its_drawing(documents: dict[str, Element], report: Report) -> None:
    assert report.base is not None
    articles = {e.get("id"): e for e in documents["html"].iter("article")}
    assert set(articles) == {f"{item.kind}-{item.id}" for item in report.base.items()}
    for item in report.base.items():
        article = articles[f"{item.kind}-{item.id}"]
        text = words_in(article)
        assert " ".join(item.title.split()) in text
        for case in item.cases:
            assert " ".join(case.says.split()) in text
        for key in item.sources:
            assert " ".join(report.base.sources[key].title.split()) in text
        [svg] = article.iter(f"{SVG}svg")
        told = [words_in(e) for tag in ("title", "desc") for e in svg.iter(SVG + tag)]
        assert (svg.get("role"), len(told), all(told)) == ("img", 2, True)
    ticked = {e.get("id") for e in documents["factcheck"].iter("article")}
    assert ticked == set(articles)


def test_a_rule_reads_as_it_decides(documents: dict[str, Element]) -> None:
    text = words_in(by_id(documents["html"], "triage-cauda-equina-bladder"))
    assert text.startswith(
        "A recent change in passing water cauda-equina-bladder , triage, brief RF02, "
        "knowledge/triage/cauda-equina-bladder.yaml:1 Level emergency Holds if all of: "
        "“Is anything about passing water new or different?” — yes bladder-change "
        "“When did the change in passing water begin?” — In the last two weeks, or it is getting worse bladder-since "
        "Shown to the person"
    )
    assert "“Is anything about passing water new or different?” — not sure" in text
    assert "has the level: emergency" in text


def test_what_was_proved_is_said_with_its_number_of_answer_sets(documents: dict[str, Element]) -> None:
    text = words_in(by_id(documents["html"], "proved"))
    assert "proved Nothing then. 1.4 x 10^12 sets 3 spoken of" in text
    assert "refuted No bending. For example: “Is anything about passing water new or different?” — yes" in text
    assert "1 proved, 1 refuted, 0 unknown" in words_in(by_id(documents["html"], "summary"))
    assert "Over all answers: proved" in words_in(by_id(documents["html"], "invariant-nothing-in-an-emergency"))


def test_without_a_signature_nobody_is_said_to_have_signed(documents: dict[str, Element]) -> None:
    items = sum(p.parent.name != "figures" for p in (bad_files.ROOT / "knowledge").glob("*/*.yaml"))
    for document in documents.values():
        assert "No clinician has signed these rules as a whole yet." in words_in(document)
        assert f"0 of {items} items carry a signature that stands." in words_in(document)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("made", [FULL, EMPTY], ids=["full", "empty"])
def test_knowledge_that_cannot_be_run_still_gives_a_page_of_what_is_wrong(name: str, made: Report) -> None:
    document = parsed(render(made, name))
    assert list(document.iter("article")) == []
    assert ("nothing? uses ‘it’ & <that>" in words_in(document)) == (made is FULL)
    assert "shown once the program can run on the" in words_in(document)


def evil(base: KnowledgeBase) -> KnowledgeBase:
    """The knowledge with markup in texts of every kind of item, in sources, tags and findings."""

    def changed(items: dict[str, object]) -> dict[str, object]:
        return {
            name: replace(
                item,
                title=EVIL,
                **{f: (EVIL,) for f in ("act", "steps", "advice") if hasattr(item, f)},
                **{f: EVIL for f in ("ask", "help", "say", "purpose", "lay", "feel") if hasattr(item, f)},
            )
            for name, item in items.items()
        }

    kinds = ("questions", "triage", "modifiers", "checks", "patterns", "exercises", "relief", "invariants")
    sources = {key: replace(source, title=EVIL, verified=EVIL) for key, source in base.sources.items()}
    terms = replace(base.terms, tags=dict.fromkeys(base.terms.tags, EVIL))
    return replace(base, sources=sources, terms=terms, **{kind: changed(getattr(base, kind)) for kind in kinds})


@pytest.mark.parametrize("name", FORMATS)
def test_markup_in_the_knowledge_stays_text(name: str, report: Report) -> None:
    assert report.base is not None
    problem = replace(FULL.findings[0], message=EVIL, hint=EVIL, place=Place(EVIL))
    text = render(replace(report, base=evil(report.base), name=EVIL, findings=(problem,)), name)
    document = parsed(text)
    assert (list(document.iter("script")), list(document.iter("img"))) == ([], [])
    assert words_in(document).count(EVIL) > 800


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("which", [0, 1], ids=["light", "dark"])
def test_every_text_has_contrast_enough_for_aa(which: int) -> None:
    css = CSS.read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", re.findall(r":root \{(.*?)\}", css, re.DOTALL)[which]))
    grounds = [name for name in colours if name not in ("ink", "quiet", "line", "link", "bad", "mild", "good")]
    pairs = [(text, ground) for ground in grounds for text in ("ink", "quiet")]
    pairs += [(text, ground) for ground in ("paper", "shade") for text in ("link", "bad", "mild", "good")]
    poor = {pair: round(ratio, 2) for pair in pairs if (ratio := contrast(*(colours[c] for c in pair))) < 4.5}
    assert (len(grounds), poor) == (14, {})


def test_the_templates_are_in_the_package() -> None:
    assert {p.name for p in Path(CSS.parent).iterdir()} == {"style.css", "parts.html", "rules.html", "factcheck.html"}
