"""The form in a program of others, LHC-Forms, filled in as a person would; what it gives back is planned from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cli_runs import run
from playwright.sync_api import Page
from support.chromium import chromium
from support.forms import asked_of, lines, spoken
from support.node import lforms

from assess.export.fhir.questionnaire import render as questions
from assess.model import form
from assess.model.answers import Value
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase

SCRIPTS = ("webcomponent/assets/lib/zone.min.js", "webcomponent/lhc-forms.js", "fhir/R4/lformsFHIR.min.js")
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="/webcomponent/styles.css">'
    '</head><body><div id="form"></div><button id="done">Done</button>'
    + "".join(f'<script src="/{script}"></script>' for script in SCRIPTS)
    + "</body></html>"
)
SADDLE = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}
DOUBT = {"injury": "unsure", "injury.compared": "same", "main-goal": "to dance <b>again</b>"}


class Served(SimpleHTTPRequestHandler):
    """The built form, and one page that loads it."""

    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())
        return None

    def log_message(self, *args: object) -> None:
        """Nothing to say."""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Served, directory=str(lforms())))
    Thread(target=server.serve_forever, daemon=True).start()
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1000, "height": 1400})
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield page
    server.shutdown()


def filled(page: Page, knowledge: KnowledgeBase, values: dict[str, Value]) -> dict[str, Any]:
    """The response of a form that somebody filled in from the top, as far as it shows lines."""
    asked = json.loads(questions(knowledge))
    said = spoken(knowledge, asked_of(knowledge, values)[0])
    page.evaluate("asked => LForms.Util.addFormToPage(asked, 'form', {fhirVersion: 'R4'})", asked)
    for item in lines(asked["item"]):
        if item["linkId"] in said:
            entered(page, item, said[item["linkId"]])
    page.locator("#done").click()
    made: dict[str, Any] = page.evaluate("() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')")
    return made


def entered(page: Page, item: dict[str, Any], value: Any) -> None:
    """One line, by keys; it must be on the page by now."""
    inner = " input" if item["type"] == "date" else ""
    field = page.locator(f'[id^="{item["linkId"]}/1"]{inner}').first
    field.wait_for(timeout=10_000)
    field.click()
    if item["type"] == "choice":
        value = next(o["valueCoding"]["display"] for o in item["answerOption"] if o["valueCoding"]["code"] == value)
    elif item["type"] == "date":
        year, month, day = value.split("-")
        value = f"{month}/{day}/{year}"
    field.fill(str(value))
    field.press("Enter" if item["type"] == "date" else "Tab")
    if item["type"] == "date":
        field.press("Tab")


def public(knowledge: KnowledgeBase, **more: str) -> dict[str, Value]:
    private = {q.id for q in knowledge.questions.values() if q.private}
    return {**{k: v for k, v in healthy(knowledge).items() if k not in private}, **more}


def test_it_is_filled_in_and_its_response_is_planned_from(page: Page, knowledge: KnowledgeBase, tmp_path: Path) -> None:
    """The date of birth, numbers, codes, text, a line that another opens, a clarifier, and the read-back."""
    made = filled(page, knowledge, public(knowledge, **DOUBT))
    assert made["questionnaire"] == form.canonical(knowledge)
    file = tmp_path / "response.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    told = run("plan", str(file), "--format", "json")
    assert (told.code, told.err) == (0, "")
    plan = json.loads(told.out)
    assert plan["goal"] == "to dance <b>again</b>"
    assert plan["answers"] == asked_of(knowledge, public(knowledge, **DOUBT))[0]
    assert plan["program"] == "corrective"


def test_an_emergency_in_it_is_told(page: Page, knowledge: KnowledgeBase, tmp_path: Path) -> None:
    made = filled(page, knowledge, public(knowledge, **SADDLE))
    file = tmp_path / "response.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    told = run("plan", str(file))
    assert told.code == 10
    assert told.out.startswith("THIS NEEDS HELP NOW\n")


def test_a_form_that_was_not_read_back_is_not_planned_from(
    page: Page, knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    made = filled(page, knowledge, public(knowledge))
    for item in lines(made["item"]):
        if item["linkId"] == form.READ_BACK:
            del item["answer"]
    file = tmp_path / "response.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    told = run("plan", str(file))
    assert (told.code, told.out) == (4, "")
    assert told.err.startswith("error: triage has not been confirmed: `triaged_at` is missing\n")
