"""Going on with a saved assessment: where, how old it may be, and what is never gone on with."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from healthy_path import branch, healthy_path
from scripted import sit

from assess.errors import AnswersError
from assess.interview.agreements import about
from assess.interview.machine import Interview
from assess.interview.resume import find_saved
from assess.interview.steps import Ask, Today
from assess.interview.store import Store
from assess.loading.answers_file import dump_answers
from assess.model.answers import Answers, Clearance, Value
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase

HOUR = timedelta(hours=1)
QUESTION = "There is an unfinished assessment from"


@pytest.fixture
def store(knowledge: KnowledgeBase, tmp_path: Path) -> Store:
    return Store(knowledge, tmp_path / "mine.yaml")


def saved(store: Store, state: Interview, when: datetime) -> None:
    """The file as it was at a moment."""
    store.save(state.answers)
    os.utime(store.file, (when.timestamp(), when.timestamp()))


def next_id(state: Interview) -> str:
    step = state.next_step()
    assert isinstance(step, Ask)
    return step.id


# -- where it goes on -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["sex-at-birth", "medicines", "cord-signs", "ease-direction"])
@pytest.mark.parametrize("later", [timedelta(), 23 * HOUR, 24 * HOUR])
def test_under_a_day_old_it_goes_on_at_the_line_where_it_was(
    line: str, later: timedelta, store: Store, knowledge: KnowledgeBase, at: datetime
) -> None:
    saved(store, healthy_path(knowledge, at)[line], at)
    found = find_saved(knowledge, store, at + later)
    assert found is not None
    assert (found.stop, found.finished, found.too_old, found.unread) == (None, False, False, 0)
    assert next_id(found.state) == line


def test_back_works_across_the_break(store: Store, knowledge: KnowledgeBase, at: datetime) -> None:
    sheet: dict[str, Value] = {"long-conditions": "yes", "diabetes": "yes"}
    saved(store, branch(knowledge, at, "long-conditions", sheet, until="operation-recent").state, at)
    found = find_saved(knowledge, store, at)
    assert found is not None
    assert next_id(found.state.back()) == "medicines"
    assert next_id(found.state.back().back()) == "long-conditions"


def test_more_than_a_day_old_all_up_to_the_read_back_is_asked_again_and_the_rest_is_kept(
    store: Store, knowledge: KnowledgeBase, at: datetime
) -> None:
    """Pain, health and pregnancy change as warning signs do, and triage reads them; a date of birth does not."""
    state = healthy_path(knowledge, at)["worse-bending"]
    saved(store, state, at)
    found = find_saved(knowledge, store, at + 24 * HOUR + timedelta(seconds=1))
    assert found is not None
    assert found.too_old
    assert found.state.answers.triaged_at is None
    assert next_id(found.state) == "pain-site"
    phases = {t["id"]: t["phase"] for t in knowledge.terms.topics}
    later = {a for a in state.answers.values if phases[knowledge.questions[a].topic] not in ("person", "triage")}
    assert "ease-direction" in later
    assert set(found.state.answers.values) == {"date-of-birth", "sex-at-birth"} | later


def test_it_is_the_triage_that_grows_old_not_the_last_answer(
    store: Store, knowledge: KnowledgeBase, at: datetime
) -> None:
    """Warning signs from Sunday, one more line on Monday: on Tuesday they are asked again."""
    saved(store, healthy_path(knowledge, at)["worse-bending"], at + 23 * HOUR)
    found = find_saved(knowledge, store, at + 25 * HOUR)
    assert found is not None
    assert found.too_old


def test_before_the_read_back_the_last_answer_counts(store: Store, knowledge: KnowledgeBase, at: datetime) -> None:
    saved(store, healthy_path(knowledge, at)["cord-signs"], at)
    found = find_saved(knowledge, store, at + 25 * HOUR)
    assert found is not None
    assert found.too_old
    assert next_id(found.state) == "pain-site"


def test_nothing_saved_nothing_found(store: Store, knowledge: KnowledgeBase, at: datetime) -> None:
    assert find_saved(knowledge, store, at) is None
    store.file.write_text("", encoding="utf-8")
    assert find_saved(knowledge, store, at) is None
    store.save(Answers())
    assert find_saved(knowledge, store, at) is None


# -- in a sitting ---------------------------------------------------------------------------------------------


def test_the_person_is_asked_and_goes_on(store: Store, knowledge: KnowledgeBase, at: datetime) -> None:
    saved(store, healthy_path(knowledge, at)["cord-signs"], at)
    code, prompter = sit(knowledge, store.file, at + HOUR)
    assert code == 0
    text, options = prompter.offered[0]
    assert text.startswith(QUESTION)
    assert options == {"g": "go on with it", "f": "start afresh (the old answers are deleted)"}
    assert prompter.asked[0] == "cord-signs"


def test_an_old_one_says_why_the_warning_signs_come_again(store: Store, knowledge: KnowledgeBase, at: datetime) -> None:
    saved(store, healthy_path(knowledge, at)["worse-bending"], at)
    code, prompter = sit(knowledge, store.file, at + 30 * HOUR)
    assert code == 0
    assert prompter.shown[0] == "More than a day has passed. Pain and warning signs change: they are asked again first."
    assert prompter.asked[0] == "pain-site"
    assert "ease-direction" not in prompter.asked
    assert prompter.asked[-1] == "wants-traditional"


def test_starting_afresh_deletes_the_old_answers_and_their_plan(
    store: Store, knowledge: KnowledgeBase, at: datetime
) -> None:
    saved(store, healthy_path(knowledge, at)["cord-signs"], at)
    store.save_plan("old plan")
    code, prompter = sit(knowledge, store.file, at, {"date-of-birth": KeyboardInterrupt}, {QUESTION: "f"})
    assert code == 130
    assert prompter.asked == ["date-of-birth"]
    assert (store.file.exists(), store.plan_file.exists()) == (False, False)


@pytest.mark.parametrize("broken", [KeyboardInterrupt, EOFError])
def test_breaking_off_at_that_question_leaves_the_file_as_it_is(
    broken: type, store: Store, knowledge: KnowledgeBase, at: datetime
) -> None:
    saved(store, healthy_path(knowledge, at)["cord-signs"], at)
    before = store.file.read_bytes()
    code, _ = sit(knowledge, store.file, at, says={QUESTION: broken})
    assert code == (130 if broken is KeyboardInterrupt else 4)
    assert store.file.read_bytes() == before


def test_a_finished_one_offers_to_look_again_and_to_do_more_checks(
    store: Store, knowledge: KnowledgeBase, at: datetime
) -> None:
    saved(store, healthy_path(knowledge, at)["main-goal"].finish(), at)
    found = find_saved(knowledge, store, at)
    assert found is not None
    assert found.finished
    assert found.state.answers.complete is False, "gone on with, it is unfinished until its end"
    code, prompter = sit(knowledge, store.file, at + HOUR)
    assert code == 0
    text, options = prompter.offered[0]
    assert text.startswith("There is a finished assessment from")
    assert options["g"] == "go on: look at it again, or do more checks"
    assert "What to do today" in prompter.shown
    assert prompter.offered[1][0] == "Do them now?"
    assert prompter.asked[0] == "main-goal"


def test_an_assessment_left_open_overnight_asks_the_warning_signs_again(
    store: Store, knowledge: KnowledgeBase, at: datetime
) -> None:
    """The lid was closed on Sunday with a line on the screen, and opened on Tuesday."""
    from scripted import Clock, Scripted

    from assess.cli.run import Runner

    clock = Clock(at)

    class Sleeper(Scripted):
        def ask(self, ask: Ask):  # type: ignore[no-untyped-def]
            if ask.id == "cord-signs" and clock.now == at:
                clock.now = at + 40 * HOUR
            return super().ask(ask)

    prompter = Sleeper(knowledge, {"sex-at-birth": "male"})
    assert Runner(knowledge, prompter, store, clock).go() == 0
    assert prompter.asked.count("cauda-equina-signs") == 2
    assert prompter.asked.count("pain-now") == 2
    assert prompter.asked.count("date-of-birth") == 1
    assert "More than a day has passed. Pain and warning signs change: they are asked again first." in prompter.shown
    assert f'triaged_at: "{(at + 40 * HOUR).isoformat()}"' in store.file.read_text("utf-8")


# -- what is never gone on with -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sheet",
    [
        {"both-legs-change": "yes", "both-legs-since": "recent"},
        {"both-legs-change": "unsure"},
    ],
    ids=["an emergency", "an open clarifier"],
)
def test_one_that_stopped_prints_its_action_and_offers_only_a_fresh_start(
    sheet: dict[str, Value], store: Store, knowledge: KnowledgeBase, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    state = branch(knowledge, at, "both-legs-change", sheet, until="both-legs-change.compared").state
    saved(store, state, at)
    before = store.file.read_bytes()
    code, prompter = sit(knowledge, store.file, at, says={"Start again": "n"})
    assert code == 10
    assert prompter.offered == [
        ("Your last answers ended here. Start again from the beginning?", {"y": "yes", "n": "no, leave it"})
    ]
    assert prompter.asked == []
    assert capsys.readouterr().out.startswith("THIS NEEDS HELP NOW\n")
    assert store.file.read_bytes() == before


def test_started_again_it_begins_with_the_first_line(store: Store, knowledge: KnowledgeBase, at: datetime) -> None:
    sheet: dict[str, Value] = {"both-legs-change": "yes", "both-legs-since": "recent"}
    saved(store, branch(knowledge, at, "both-legs-change", sheet).state, at)
    code, prompter = sit(knowledge, store.file, at, {"pain-site": KeyboardInterrupt}, {"Start again": "y"})
    assert code == 130
    assert prompter.asked == ["date-of-birth", "sex-at-birth", "pain-site"]
    assert "both-legs-change" not in store.file.read_text("utf-8")


def test_an_example_is_not_gone_on_with(store: Store, knowledge: KnowledgeBase, at: datetime) -> None:
    answers = replace(healthy_path(knowledge, at)["cord-signs"].answers, example=True)
    text = dump_answers(knowledge, answers)
    store.file.write_text(text, encoding="utf-8")
    with pytest.raises(AnswersError, match="is an example and cannot be gone on with"):
        find_saved(knowledge, store, at)
    assert store.file.read_text("utf-8") == text


@pytest.mark.parametrize("text", ["shopping: [milk]\n", "{{{", "answers: 3\n"])
def test_a_file_that_holds_no_answers_is_not_written_over(
    text: str, store: Store, knowledge: KnowledgeBase, at: datetime
) -> None:
    store.file.write_text(text, encoding="utf-8")
    with pytest.raises(AnswersError) as error:
        sit(knowledge, store.file, at)
    assert error.value.hint == f"Delete {store.file}, or keep another assessment with --save FILE."
    assert store.file.read_text("utf-8") == text


def test_what_cannot_be_read_any_more_is_said_and_asked_again(
    store: Store, knowledge: KnowledgeBase, at: datetime
) -> None:
    text = dump_answers(knowledge, healthy_path(knowledge, at)["pain-now"].answers)
    store.file.write_text(text.replace("pain-site: lower-back", "pain-site: tail"), encoding="utf-8")
    _, prompter = sit(knowledge, store.file, at, {"pain-site": KeyboardInterrupt})
    assert prompter.shown[0] == "Some of it cannot be read any more; those lines are asked again."
    assert prompter.asked == ["pain-site"]


def test_other_questions_since_then_are_said(store: Store, knowledge: KnowledgeBase, at: datetime) -> None:
    text = dump_answers(knowledge, healthy_path(knowledge, at)["pain-now"].answers)
    store.file.write_text(text.replace(knowledge.manifest.sha256, "0" * 64), encoding="utf-8")
    _, prompter = sit(knowledge, store.file, at, {"pain-now": KeyboardInterrupt})
    assert prompter.shown[0] == "The questions have changed since then; what is new is asked."


# -- a clinician's agreement ----------------------------------------------------------------------------------


def test_an_agreement_comes_along_only_while_its_reason_can_be_seen(
    store: Store, knowledge: KnowledgeBase, at: datetime
) -> None:
    """Where the warning signs were being asked again and that broke off, what it was about is gone."""
    sheet: dict[str, Value] = {"leg-weakness": "yes", "leg-weakness-since": "long"}
    state = branch(knowledge, at, "leg-weakness", sheet, until="fever-recent").state
    read = about(knowledge, state.answers, "leg-strength-long")
    clearance = Clearance("leg-strength-long", "a GP", at.date(), "walking", read)
    state = replace(state, answers=replace(state.answers, cleared=(clearance,)))
    for kept, answers in ((clearance,), state.answers), ((), state.reopen_triage().answers):
        store.save(answers)
        found = find_saved(knowledge, store, at)
        assert found is not None
        assert found.state.answers.cleared == kept


def test_today_is_shown_again_after_a_break(store: Store, knowledge: KnowledgeBase, at: datetime) -> None:
    saved(store, healthy_path(knowledge, at)["worse-bending"], at)
    found = find_saved(knowledge, store, at)
    assert found is not None
    assert isinstance(found.state.next_step(), Today)


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_a_saved_emergency_is_one_also_where_its_question_gets_no_reply(
    end: type[BaseException], knowledge: KnowledgeBase, at: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The action, exit code 10, and no word about going on with it."""
    file = tmp_path / "answers.yaml"
    saddle = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}
    Store(knowledge, file).save(Answers({**healthy(knowledge), **saddle}, at, True))
    code, told = sit(knowledge, file, at, says={"Your last answers ended here": end})
    assert code == 10
    assert capsys.readouterr().out.startswith("THIS NEEDS HELP NOW\n")
    assert [line for line in told.shown if "Go on with" in line or "The input ended" in line] == []
