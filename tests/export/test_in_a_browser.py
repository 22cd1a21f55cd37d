"""The HTML in a real browser: axe finds nothing, it fits a phone, the dark and paper, and a stop is one screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from many_plans import NASTY, full_plan, plans, with_words
from playwright.sync_api import Browser, Page
from support.chromium import chromium

from assess.export.formats import render
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan

PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all of them."""
    with chromium() as found:
        yield found


def plan_of(level: str) -> Plan:
    if level == "corrective":
        return with_words(full_plan(), NASTY[0])
    return next(plan for _, plan in plans() if plan.triage.level == level)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, knowledge: KnowledgeBase) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for level in ("corrective", "emergency", "same-day", "clinician-first"):
        made[level] = folder / f"{level}.html"
        made[level].write_text(render(knowledge, plan_of(level), "html"), encoding="utf-8")
    return made


def opened(browser: Browser, file: Path, size: dict[str, int], look: str) -> Page:
    how: dict[str, Any] = {"color_scheme": "dark" if look == "dark" else "light"}
    page = browser.new_page(viewport=size, **how)
    if look == "print":
        page.emulate_media(media="print")
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("look", ["light", "dark", "print"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["320", "1280"])
@pytest.mark.parametrize("level", ["corrective", "emergency", "clinician-first"])
def test_axe_finds_nothing(
    level: str, size: dict[str, int], look: str, browser: Browser, files: dict[str, Path]
) -> None:
    page = opened(browser, files[level], size, look)
    found = Axe().run(page).response["violations"]
    page.close()
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


def test_axe_would_find_something(browser: Browser, files: dict[str, Path], tmp_path: Path) -> None:
    """Text as pale as its paper, on the same page."""
    pale = tmp_path / "pale.html"
    pale.write_text(
        files["corrective"].read_text("utf-8").replace("--soft:#4d555c", "--soft:#e0e0e0"), encoding="utf-8"
    )
    page = opened(browser, pale, DESK, "light")
    assert [v["id"] for v in Axe().run(page).response["violations"]] == ["color-contrast"]
    page.close()


@pytest.mark.parametrize("level", ["corrective", "emergency", "clinician-first"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(width: int, level: str, browser: Browser, files: dict[str, Path]) -> None:
    """Only the table of the week scrolls, in its own frame."""
    page = opened(browser, files[level], {"width": width, "height": 800}, "light")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide <= width


def test_a_stop_shows_number_words_and_action_on_the_first_screen_of_a_phone(
    browser: Browser, files: dict[str, Path]
) -> None:
    page = opened(browser, files["emergency"], {"width": 360, "height": 740}, "light")
    for part in ("h1", ".first", ".call", ".say", "ul li"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 740, part
    page.close()


def test_on_paper_what_was_folded_is_open(browser: Browser, files: dict[str, Path]) -> None:
    page = opened(browser, files["corrective"], DESK, "print")
    folded = page.locator("details p").first
    assert folded.is_visible()
    page.close()
    page = opened(browser, files["corrective"], DESK, "light")
    assert not page.locator("details p").first.is_visible()
    page.close()


def test_nothing_is_asked_of_the_network(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(files["corrective"].as_uri())
    page.wait_for_load_state("networkidle")
    page.close()
    assert asked == [files["corrective"].as_uri()]
