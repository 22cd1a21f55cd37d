"""A whole sitting with a scripted front end: what is shown, what is on disk, how it ends."""

from __future__ import annotations

import stat
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from scripted import ESC, Scripted, sit

from assess.errors import CannotWrite
from assess.interview.asking import Asking
from assess.interview.prompter import Given, Move
from assess.interview.store import Store
from assess.loading.yaml12 import read
from assess.model.knowledge import KnowledgeBase

SADDLE = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}
WRONG_KEY = "Pressed the wrong key?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.yaml"


def on_disk(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = read(file.read_bytes(), file.name).data
    return data


def title(knowledge: KnowledgeBase, level: str) -> str:
    """How a page of this level begins."""
    said = str(knowledge.program["levels"][level]["title"]).upper()
    return f"{said}\n{'=' * len(said)}\n"


# -- to the end -----------------------------------------------------------------------------------------------


def test_a_healthy_person_ends_with_a_plan_and_exit_0(
    file: Path, knowledge: KnowledgeBase, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    code, prompter = sit(knowledge, file, at)
    assert code == 0
    assert prompter.shown[1] == "Self-assessment for back and neck pain"
    assert on_disk(file)["complete"] is True
    plan = file.with_name("mine-plan.txt")
    assert plan.read_text("utf-8").startswith(title(knowledge, "self-care"))
    assert {stat.S_IMODE(p.stat().st_mode) for p in (file, plan)} == {0o600}
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("Your plan: ")
    assert out[-2:] == [f"It lies in {plan}", f"Next: assess export {file} --format html -o plan.html"]


@pytest.mark.parametrize(("key", "read"), [("r", True), ("", False), (KeyboardInterrupt, False), (EOFError, False)])
def test_the_plan_can_be_read_at_the_end(
    key: Any, read: bool, file: Path, knowledge: KnowledgeBase, at: datetime
) -> None:
    """However that ends, the plan is there and the exit code is 0."""
    code, prompter = sit(knowledge, file, at, says={"Your plan is ready.": [key, ""]})
    plan = file.with_name("mine-plan.txt").read_text("utf-8").splitlines()
    ways = {"r": "read it now", "c": "put it into your calendar", "": "end"}
    assert prompter.offered[-1] == ("Your plan is ready.", ways)
    assert code == 0
    assert (prompter.shown[-len(plan) :] == plan) == read


@pytest.mark.parametrize("sheet", [{}, {"long-conditions": "yes", "long-illness": "yes"}], ids=["plan", "clinician"])
@pytest.mark.parametrize("key", ["r", ""])
def test_where_everything_scrolls_past_the_verdict_comes_last(
    key: str, sheet: dict[str, str], file: Path, knowledge: KnowledgeBase, at: datetime
) -> None:
    """After what to do today, and again at the very end."""
    level = "clinician-first" if sheet else "self-care"
    title = f"{knowledge.program['levels'][level]['title']}."
    with mock.patch.object(Scripted, "scrolls", True):
        _, prompter = sit(knowledge, file, at, sheet, {"Your plan is ready.": [key, ""]})
    assert prompter.shown.count(title) == 2
    assert title in prompter.shown[-4:]
    _, quiet = sit(knowledge, file.with_name("other.yaml"), at, sheet, {"Your plan is ready.": [key, ""]})
    assert title not in quiet.shown


def test_what_is_shown_between_the_lines(file: Path, knowledge: KnowledgeBase, at: datetime) -> None:
    _, prompter = sit(knowledge, file, at, {"long-conditions": "yes", "diabetes": "yes"})
    shown = prompter.shown
    assert "  01 June 1986" in shown
    assert "You ticked: Diabetes." in shown
    assert shown.index("What to do today") < shown.index("Watch out, from now on:")
    offered = next(line for line in shown if "self-checks would make the plan fit you better" in line)
    assert offered.endswith("minutes:")


def test_clinician_first_says_how_to_record_an_agreement_and_ends_with_10(
    file: Path, knowledge: KnowledgeBase, at: datetime
) -> None:
    code, prompter = sit(knowledge, file, at, {"long-conditions": "yes", "long-illness": "yes"})
    assert code == 10
    how = prompter.shown.index("When a clinician has agreed to exercise, record it and start again:")
    assert prompter.shown[how + 1 : how + 3] == [
        f"  assess agreed exercise-to-be-agreed --by WHO --about WHAT --answers {file}",
        f"  assess --save {file}",
    ]
    assert "Do them now?" not in [text for text, _ in prompter.offered]


def test_the_checks_are_shown_one_by_one_and_cant_asks_why(
    file: Path, knowledge: KnowledgeBase, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    first = "one-leg-stand.seconds.left"
    sheet = {first: [Move("cant"), Move("cant")], "wall-gap.gap": "fist"}
    says = {"Do them now": "y", "What keeps you": ["b", "p"]}
    code, prompter = sit(knowledge, file, at, sheet, says)
    assert code == 0
    assert prompter.asked.count(first) == 2
    assert "A few lines first; then the checks." in prompter.shown
    assert f"Check 1 of 5: {knowledge.checks['one-leg-stand'].title}" in prompter.shown
    assert next(options for text, options in prompter.offered if text.startswith("What keeps you")) == {
        "p": "it hurts",
        "o": "I cannot get into that position",
        "h": "I have nobody to help",
        "w": "I am not strong enough for it",
        "b": "back to the question",
    }
    answers = on_disk(file)["answers"]
    assert {answers[m]["unable"] for m in answers if m.startswith("one-leg-stand.")} == {"pain"}
    assert "Found: a deep hollow in the low back at the wall." in capsys.readouterr().out


@pytest.mark.parametrize(("key", "checks"), [("y", True), ("l", False), ("n", False)])
def test_only_yes_goes_to_the_checks(
    key: str, checks: bool, file: Path, knowledge: KnowledgeBase, at: datetime
) -> None:
    _, prompter = sit(knowledge, file, at, says={"Do them now": key})
    assert any(line.startswith("Check 1 of ") for line in prompter.shown) == checks


def test_why_and_back_are_no_answers(file: Path, knowledge: KnowledgeBase, at: datetime) -> None:
    sheet = {"date-of-birth": [Move("why"), ESC, Given("1986-06-01")], "pain-site": KeyboardInterrupt}
    _, prompter = sit(knowledge, file, at, sheet)
    assert prompter.asked == ["date-of-birth"] * 3 + ["sex-at-birth", "pain-site"]
    assert "This is the first line." in prompter.shown
    assert " ".join(prompter.shown).count(knowledge.questions["date-of-birth"].why[:40]) == 1


# -- the read-back --------------------------------------------------------------------------------------------


def test_the_read_back_comes_in_parts_that_fit_a_small_screen(
    file: Path, knowledge: KnowledgeBase, at: datetime
) -> None:
    _, prompter = sit(knowledge, file, at)
    heads = [i for i, line in enumerate(prompter.shown) if line.startswith("Please check")]
    assert [prompter.shown[i] for i in heads] == [
        f"Please check (part {i} of 3). You answered no to each of these:" for i in (1, 2, 3)
    ]
    assert max(b - a for a, b in pairwise(heads)) <= 21
    assert max(len(line) for line in prompter.shown) <= 80


def test_ok_to_every_part_confirms_at_that_moment(file: Path, knowledge: KnowledgeBase, at: datetime) -> None:
    sit(knowledge, file, at)
    assert on_disk(file)["triaged_at"] == at.isoformat()


def test_anything_but_ok_or_a_number_is_no_confirmation(file: Path, knowledge: KnowledgeBase, at: datetime) -> None:
    says = {"Type OK": ["", "yes", "99", KeyboardInterrupt]}
    code, prompter = sit(knowledge, file, at, says=says)
    assert code == 130
    assert prompter.shown.count("Please type OK, or a number from 1 to 8.") == 3
    assert on_disk(file)["triaged_at"] is None


def test_a_number_asks_that_line_again_and_then_everything_is_read_back_anew(
    file: Path, knowledge: KnowledgeBase, at: datetime
) -> None:
    sheet = {"injury": ["no", "unsure"], "injury.compared": "same"}
    _, prompter = sit(knowledge, file, at, sheet, {"Type OK": ["7", "OK"]})
    again = prompter.asked.index("injury", prompter.asked.index("injury") + 1)
    assert prompter.asked[again : again + 2] == ["injury", "injury.compared"]
    assert sum(line.startswith("Please check (part 1") for line in prompter.shown) == 2
    assert on_disk(file)["answers"]["injury"] == "unsure"


def test_b_goes_back_from_the_read_back_to_the_line_before(file: Path, knowledge: KnowledgeBase, at: datetime) -> None:
    sheet = {"not-clear-headed": ["no", KeyboardInterrupt]}
    _, prompter = sit(knowledge, file, at, sheet, {"Type OK": ["b", KeyboardInterrupt]})
    assert prompter.asked[-2:] == ["safe-at-home", "not-clear-headed"]


# -- emergencies ----------------------------------------------------------------------------------------------


def test_an_emergency_prints_its_action_keeps_the_file_and_ends_with_10(
    file: Path, knowledge: KnowledgeBase, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    file.with_name("mine-plan.txt").write_text("an older plan", encoding="utf-8")
    code, prompter = sit(knowledge, file, at, SADDLE)
    assert code == 10
    out = capsys.readouterr().out
    assert out.startswith(title(knowledge, "emergency"))
    assert "Not answered yet" not in out
    assert len(out.splitlines()) <= 22
    assert on_disk(file)["answers"]["saddle-since"] == "recent"
    assert not file.with_name("mine-plan.txt").exists(), "a plan from before must not be followed"
    assert prompter.asked[-1] == "saddle-since"


@pytest.mark.parametrize("typed", ["MISTAKE", "mistake"])
def test_mistake_goes_back_and_the_emergency_is_gone_after_the_corrected_answer(
    typed: str, file: Path, knowledge: KnowledgeBase, at: datetime
) -> None:
    sheet = {**SADDLE, "saddle-since": ["recent", "long"], "saddle-known": "yes"}
    code, prompter = sit(knowledge, file, at, sheet, {WRONG_KEY: typed})
    assert code == 0
    assert prompter.asked.count("saddle-since") == 2
    saved = on_disk(file)
    assert saved["mistakes"] == ["saddle-since"]
    assert saved["answers"]["saddle-since"] == "long"


@pytest.mark.parametrize("typed", ["", "no", "b", KeyboardInterrupt, EOFError])
def test_anything_else_ends_with_10(typed: Any, file: Path, knowledge: KnowledgeBase, at: datetime) -> None:
    code, _ = sit(knowledge, file, at, SADDLE, {WRONG_KEY: typed})
    assert code == 10
    assert "mistakes" not in on_disk(file)


@pytest.mark.parametrize("broken", [KeyboardInterrupt, EOFError])
def test_breaking_off_with_an_open_clarifier_prints_the_action_and_ends_with_10(
    broken: type, file: Path, knowledge: KnowledgeBase, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = {"both-legs-change": "unsure", "both-legs-change.compared": broken}
    code, _ = sit(knowledge, file, at, sheet)
    assert code == 10
    assert capsys.readouterr().out.startswith(title(knowledge, "emergency"))


def test_a_full_disk_does_not_hold_the_action_back(
    file: Path, knowledge: KnowledgeBase, at: datetime, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    def full(self: Store, answers: Any) -> None:
        if "saddle-since" in answers.values or "injury" in answers.values:
            raise CannotWrite("no space left")

    monkeypatch.setattr(Store, "save", full)
    assert sit(knowledge, file, at, SADDLE)[0] == 10
    assert capsys.readouterr().out.startswith(title(knowledge, "emergency"))
    with pytest.raises(CannotWrite, match="no space left"):
        sit(knowledge, file, at)


# -- breaking off ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "code", "said"), [(KeyboardInterrupt, 130, "Stopped."), (EOFError, 4, "The input ended.")]
)
def test_everything_answered_so_far_is_saved_and_it_is_said_how_to_go_on(
    broken: type, code: int, said: str, file: Path, knowledge: KnowledgeBase, at: datetime
) -> None:
    ended, prompter = sit(knowledge, file, at, {"pain-now": broken})
    assert ended == code
    assert list(on_disk(file)["answers"]) == ["date-of-birth", "sex-at-birth", "pain-site", "pain-stage"]
    assert prompter.shown[-2:] == [f"{said} Your answers are saved in {file}", f"Go on with: assess --save {file}"]


def test_before_the_first_answer_nothing_is_written(file: Path, knowledge: KnowledgeBase, at: datetime) -> None:
    code, prompter = sit(knowledge, file, at, {"date-of-birth": KeyboardInterrupt})
    assert code == 130
    assert prompter.shown[-1] == "Stopped. Nothing was answered yet, and nothing is saved."
    assert not file.exists()


# -- the private line -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_the_private_line_shows_its_help_and_is_never_written(
    said: str, file: Path, knowledge: KnowledgeBase, at: datetime
) -> None:
    code, prompter = sit(knowledge, file, at, {"safe-at-home": said})
    assert code == 0
    shown = " ".join(prompter.shown)
    for line in knowledge.questions["safe-at-home"].shows:
        assert line in shown
    assert next(text for text, _ in prompter.offered) == "Nothing of this is kept."
    for written in file.parent.iterdir():
        assert "safe-at-home" not in written.read_text("utf-8")


@pytest.mark.parametrize("said", ["no", Move("skip")])
def test_no_or_left_out_shows_nothing(said: Any, file: Path, knowledge: KnowledgeBase, at: datetime) -> None:
    _, prompter = sit(knowledge, file, at, {"safe-at-home": said})
    assert knowledge.questions["safe-at-home"].shows[0] not in " ".join(prompter.shown)
    assert "safe-at-home" not in file.read_text("utf-8")


def test_there_is_a_quick_way_out_that_leaves_nothing_on_the_screen(
    file: Path, knowledge: KnowledgeBase, at: datetime
) -> None:
    code, prompter = sit(knowledge, file, at, {"safe-at-home": "yes"}, {"Nothing of this": "x"})
    assert code == 130
    assert prompter.wiped
    assert prompter.asked[-1] == "safe-at-home"
    assert "safe-at-home" not in file.read_text("utf-8")
    assert [line for line in prompter.shown if line.startswith("Go on with")] == []


def test_a_read_back_of_nothing_can_be_confirmed(
    knowledge: KnowledgeBase, at: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever answered no to nothing is told so; what is no OK is asked again."""
    real = Asking._noes
    monkeypatch.setattr(Asking, "_noes", lambda self: real(self)[:0])
    code, told = sit(knowledge, tmp_path / "mine.yaml", at, says={"Type OK if that is right": ["7", "OK"]})
    assert code == 0
    said = ["", "Please check: you answered no to none of the warning signs.", "Please type OK."]
    assert [line for line in told.shown if line in said[1:]] == said[1:]
