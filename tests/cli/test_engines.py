"""Every plan is computed by both engines. If they differ there is no plan, but a stop of either is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from cli_runs import healthy_file, run

from assess.export import json_format
from assess.inference import session
from assess.interview import engines
from assess.model import words
from assess.model.conclusions import Conclusions
from assess.model.conditions import Key

EMERGENCY = Key(words.LEVEL, "cauda-equina-saddle")
SAME_DAY = Key(words.LEVEL, "fever-with-pain")
FINDING = Key(words.FINDING, "bridge-low")
SADDLE = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}

Change = Callable[[Conclusions], Conclusions]


def saying(changed: Mapping[Key, tuple[bool, bool]]) -> Change:
    """Conclusions with some pairs replaced."""
    return lambda found: Conclusions({**found.pairs, **changed})


def experta_says(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    real = session.Session.conclusions
    monkeypatch.setattr(session.Session, "conclusions", lambda self: change(real(self)))


def evaluator_says(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    real = engines.infer
    monkeypatch.setattr(engines, "infer", lambda *args: change(real(*args)))


@pytest.mark.parametrize("who", [experta_says, evaluator_says])
@pytest.mark.parametrize("command", ["plan", "export"])
def test_a_difference_without_a_stop_gives_no_plan(
    command: str, who: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 70, one message that names a conclusion, and no word on the output."""
    file = healthy_file(tmp_path)
    who(monkeypatch, saying({FINDING: (True, False)}))
    told = run(command, str(file), "--on", "2026-11-03", *(["-o", str(tmp_path / "plan.txt")] * (command == "export")))
    assert told[:3] == (
        70,
        "",
        "error: the two engines disagree on 1 conclusions, first finding:bridge-low; no plan is given\n"
        "  help: This is a fault of the program. Please report it with the answers file if you can share it.\n",
    )
    assert [p.name for p in tmp_path.iterdir()] == ["answers.yaml"]


@pytest.mark.parametrize("who", [experta_says, evaluator_says])
@pytest.mark.parametrize(
    ("key", "first", "action"),
    [
        (EMERGENCY, "THIS NEEDS HELP NOW", "!! Stop here. Do this first, before anything else."),
        (SAME_DAY, "SEE SOMEBODY TODAY", "!! This should be looked at by a doctor or urgent care today."),
    ],
)
def test_a_stop_that_only_one_engine_sees_is_printed(
    key: Key, first: str, action: str, who: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = healthy_file(tmp_path)
    who(monkeypatch, saying({key: (True, False)}))
    told = run("plan", str(file), "--on", "2026-11-03")
    assert (told.code, told.err) == (10, "")
    assert told.out.splitlines()[0] == first
    assert action in told.out
    assert "exercise plan today" in told.out


@pytest.mark.parametrize("who", [experta_says, evaluator_says])
def test_a_stop_that_one_engine_misses_is_printed(
    who: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person said yes; the other engine lost it."""
    file = healthy_file(tmp_path, SADDLE)
    assert run("plan", str(file), "--on", "2026-11-03").code == 10
    who(monkeypatch, saying({EMERGENCY: (False, True)}))
    told = run("plan", str(file), "--on", "2026-11-03")
    assert (told.code, told.out.splitlines()[0]) == (10, "THIS NEEDS HELP NOW")


def test_explain_says_a_stop_first_as_well(tmp_path: Path) -> None:
    """Whoever asks about a line of an emergency file is told what to do before the answer."""
    told = run("explain", "bridge", "--answers", str(healthy_file(tmp_path, SADDLE)), "--on", "2026-11-03")
    assert (told.code, told.err) == (10, "")
    assert told.out.splitlines()[0] == "THIS NEEDS HELP NOW"
    assert "bridge" in told.out.lower()


@pytest.mark.parametrize(
    ("evaluator", "experta"), [(SAME_DAY, EMERGENCY), (EMERGENCY, SAME_DAY)], ids=["experta higher", "evaluator higher"]
)
def test_of_two_stops_the_higher_one_is_printed(
    evaluator: Key, experta: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = healthy_file(tmp_path)
    evaluator_says(monkeypatch, saying({evaluator: (True, False)}))
    experta_says(monkeypatch, saying({experta: (True, False)}))
    told = run("plan", str(file), "--on", "2026-11-03")
    assert (told.code, told.err, told.out.splitlines()[0]) == (10, "", "THIS NEEDS HELP NOW")


@pytest.mark.parametrize("where", ["begin", "load", "conclusions", "__init__"])
def test_a_session_that_breaks_keeps_no_stop_back(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stop of the evaluator the action and 10; without one there is no plan, and 70."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("experta broke")

    engines._session.cache_clear()
    monkeypatch.setattr(session.Session, where, broken)
    told = run("plan", str(healthy_file(tmp_path, SADDLE)), "--on", "2026-11-03")
    assert (told.code, told.err, told.out.splitlines()[0]) == (10, "", "THIS NEEDS HELP NOW")
    told = run("plan", str(healthy_file(tmp_path)), "--on", "2026-11-03")
    assert told[:2] == (70, "")
    assert told.err.startswith("internal error: ZeroDivisionError: experta broke\n")


def test_after_a_break_the_next_person_is_not_read_by_the_broken_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = healthy_file(tmp_path)
    sound = run("plan", str(file), "--on", "2026-11-03")
    with monkeypatch.context() as patch:
        patch.setattr(session.Session, "settle", lambda _: 1 / 0)
        assert run("plan", str(file), "--on", "2026-11-03").code == 70
    assert engines._session.cache_info().currsize == 0
    assert run("plan", str(file), "--on", "2026-11-03") == sound


@pytest.mark.parametrize("fmt", ["text", "md", "json"])
@pytest.mark.parametrize("command", ["plan", "export"])
def test_no_check_of_its_form_stands_before_a_stop(
    command: str, fmt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise ValueError("this plan does not fit its schema")

    monkeypatch.setattr(json_format, "validate", refuse)
    told = run(command, str(healthy_file(tmp_path, SADDLE)), "--on", "2026-11-03", "--format", fmt)
    assert (told.code, told.err) == (10, "")
    assert "Stop here. Do this first, before anything else." in told.out
    assert run(command, str(healthy_file(tmp_path)), "--on", "2026-11-03", "--format", fmt).code == 70
