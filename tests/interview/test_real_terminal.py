"""The real program in a real terminal: to a plan, to an emergency, and broken off and gone on with."""

from __future__ import annotations

import signal
import stat
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from healthy_path import healthy_path
from pseudo_terminal import Terminal, answers_in, bare, file_of

from assess.interview.store import Store
from assess.model.knowledge import KnowledgeBase

SADDLE = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}


def begun(knowledge: KnowledgeBase, at: datetime, home: Path, line: str) -> None:
    """Somebody healthy broke off at this line a moment ago."""
    store = Store(knowledge, file_of(home))
    store.prepare()
    store.save(healthy_path(knowledge, at)[line].answers)


def test_a_healthy_person_gets_from_the_first_key_to_a_plan(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    """Today, "later", a plan file, exit 0; nobody else can read what is kept."""
    terminal = Terminal(knowledge, tmp_path)
    terminal.answer({}, {"Do them now?": "l"})
    assert terminal.code() == 0
    shown = bare(terminal.seen)
    assert shown.index("What to do today") < shown.index("Do them now?") < shown.index("Your plan:")
    plan = file_of(tmp_path).with_name("current-plan.txt")
    assert f"Itliesin{plan}" in shown.replace(" ", "")  # the terminal breaks a long path
    assert "Your exercises" in plan.read_text("utf-8")
    assert answers_in(tmp_path)["cauda-equina-signs"] == "no"
    assert stat.S_IMODE(file_of(tmp_path).parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in (plan, file_of(tmp_path))} == {0o600}


def test_an_emergency_goes_to_the_output_stream_alone_and_ends_with_10(
    knowledge: KnowledgeBase, at: datetime, tmp_path: Path
) -> None:
    """Results on the output stream, prompts on the error stream; the screen shows the action all the same."""
    begun(knowledge, at, tmp_path, "cauda-equina-signs")
    result = tmp_path / "result.txt"
    terminal = Terminal(knowledge, tmp_path, to=result)
    terminal.answer(SADDLE, {"unfinished assessment": "g", "Pressed the wrong key?": "\r\r"})
    assert terminal.code() == 10
    text = result.read_text("utf-8")
    assert text.startswith(str(knowledge.program["levels"]["emergency"]["title"]).upper())
    assert "\x1b" not in text
    assert "wrong key" not in text
    assert knowledge.questions["saddle-change"].ask[:30] not in text
    assert bare(text) in bare(terminal.seen)
    assert answers_in(tmp_path)["saddle-since"] == "recent"


def test_ctrl_c_saves_says_how_to_go_on_and_the_next_start_does(
    knowledge: KnowledgeBase, at: datetime, tmp_path: Path
) -> None:
    begun(knowledge, at, tmp_path, "worry-signs")
    terminal = Terminal(knowledge, tmp_path)
    terminal.answer({}, {"unfinished assessment": "g"}, until="not-clear-headed")
    terminal.send("\x03")
    assert terminal.code() == 130
    said = bare(terminal.seen)
    assert "Stopped. Your answers are saved in" in said
    assert said.endswith(f"Go on with: {sys.executable} -m assess")
    assert list(answers_in(tmp_path))[-1] == "worry-signs"
    again = Terminal(knowledge, tmp_path)
    asked = again.answer({}, {"unfinished assessment": "g"}, until="not-clear-headed")
    assert again.line(asked) == "not-clear-headed"
    again.send("n")
    again.answer({}, {"Do them now?": "l"})
    assert again.code() == 0
    assert file_of(tmp_path).with_name("current-plan.txt").is_file()


def test_at_the_end_the_plan_can_be_read_page_by_page(knowledge: KnowledgeBase, at: datetime, tmp_path: Path) -> None:
    now = datetime.now().astimezone().replace(microsecond=0)
    begun(knowledge, now, tmp_path, "main-goal")
    terminal = Terminal(knowledge, tmp_path)
    terminal.answer({}, {"unfinished assessment": "g", "Do them now?": "l"}, until="Your plan is ready.")
    terminal.send("r")
    first = terminal.prompt() or ""
    assert first.startswith("r ") or "YOU CAN START" in first
    assert first.endswith("Enter = on, b = page before, q = to the end]")
    terminal.send("\r")
    assert "[page 2 of " in (terminal.prompt() or "")
    terminal.send("b")
    assert "[page 1 of " in (terminal.prompt() or "")
    terminal.send("q")
    assert (terminal.prompt() or "").endswith("[r, c, Enter]")
    terminal.send("\r")
    assert terminal.code() == 0


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_breaking_off_with_an_open_clarifier_prints_the_action_and_ends_with_10(
    key: str, knowledge: KnowledgeBase, at: datetime, tmp_path: Path
) -> None:
    begun(knowledge, at, tmp_path, "both-legs-change")
    terminal = Terminal(knowledge, tmp_path)
    says = {"unfinished assessment": "g"}
    terminal.answer({"both-legs-change": "unsure"}, says, until="both-legs-change.compared")
    terminal.send(key)
    assert terminal.code() == 10
    assert str(knowledge.program["levels"]["emergency"]["title"]).upper() in terminal.seen
    assert answers_in(tmp_path)["both-legs-change"] == "unsure"


def test_every_answer_is_on_disk_at_once(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    """Even if the machine dies between two lines."""
    terminal = Terminal(knowledge, tmp_path)
    terminal.answer({}, until="pain-now")
    assert list(answers_in(tmp_path)) == ["date-of-birth", "sex-at-birth", "pain-site", "pain-stage"]
    terminal.child.kill(signal.SIGKILL)
    terminal.child.close()
    assert list(answers_in(tmp_path)) == ["date-of-birth", "sex-at-birth", "pain-site", "pain-stage"]


def test_a_doubled_key_answers_one_line_only(knowledge: KnowledgeBase, at: datetime, tmp_path: Path) -> None:
    begun(knowledge, at, tmp_path, "injury")
    terminal = Terminal(knowledge, tmp_path)
    terminal.answer({}, {"unfinished assessment": "g"}, until="injury")
    terminal.send("nn")
    asked = terminal.prompt()
    assert asked is not None
    assert terminal.line(asked) == "heart-ache"
    assert "heart-ache" not in answers_in(tmp_path)
    terminal.send("\x1b")
    assert terminal.line(terminal.prompt() or "") == "injury", "Esc goes back"
    terminal.send("\x03")
    assert terminal.code() == 130


def test_a_wrong_key_shows_a_hint_once_and_enter_after_a_key_nothing(
    knowledge: KnowledgeBase, at: datetime, tmp_path: Path
) -> None:
    begun(knowledge, at, tmp_path, "injury")
    terminal = Terminal(knowledge, tmp_path)
    terminal.answer({}, {"unfinished assessment": "g"}, until="injury")
    terminal.send("x")
    terminal.child.expect_exact("y, n or u, please.")
    terminal.send("x")
    terminal.send("n")
    asked = terminal.prompt() or ""
    assert terminal.line(asked) == "heart-ache"
    assert "please." not in asked
    terminal.send("\r")
    terminal.send("\r")
    refused = terminal.prompt() or ""
    assert refused.count("An empty line is no answer.") == 1
    assert "heart-ache" not in answers_in(tmp_path)
    terminal.send("\x03")
    assert terminal.code() == 130


def test_a_list_is_ticked_with_arrows_and_space(knowledge: KnowledgeBase, at: datetime, tmp_path: Path) -> None:
    begun(knowledge, at, tmp_path, "medicines")
    terminal = Terminal(knowledge, tmp_path)
    terminal.answer({}, {"unfinished assessment": "g"}, until="medicines")
    terminal.send("y")
    terminal.child.expect("Space ticks, Enter goes on")
    terminal.child.expect("I'm not sure about one of these")
    terminal.send("\x1b[B\x1b[B \r")
    terminal.answer({}, until="operation-recent")
    given = answers_in(tmp_path)
    assert given["medicines"] == "yes"
    assert sum(given[q.id] == "yes" for q in knowledge.questions.values() if q.stem == "medicines") == 1
    terminal.send("\x03")
    assert terminal.code() == 130


def test_an_old_assessment_says_that_the_warning_signs_come_again(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    """By the clock of the machine: triage of the day before yesterday."""
    before = datetime.now().astimezone().replace(microsecond=0) - timedelta(days=2)
    begun(knowledge, before, tmp_path, "worse-bending")
    terminal = Terminal(knowledge, tmp_path)
    shown = terminal.answer({}, {"unfinished assessment": "g"}, until="pain-site")
    assert "More than a day has passed. Pain and warning signs change: they are asked again first." in shown
    terminal.send("\x03")
    assert terminal.code() == 130
