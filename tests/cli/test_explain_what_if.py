"""`assess explain ITEM --what-if`: what would change it, in plain words; why nothing is offered, calmly."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_runs import EXAMPLES, healthy_file, run

from assess.model.answers import Value

ON = ("--on", "2026-11-03")
DESK = EXAMPLES / "desk-worker.yaml"


def supposed(item: str, file: Path) -> list[str]:
    """What is said about each conclusion, from "What if" to the next explanation; nothing else changes."""
    plain = run("explain", item, "--answers", str(file), *ON)
    told = run("explain", item, "--answers", str(file), *ON, "--what-if")
    assert (told.code, told.err) == (plain.code, plain.err)
    parts, rest = [], []
    for line in told.out.splitlines():
        if line.startswith("What if: "):
            parts.append([line])
        elif parts and line.startswith("  ") and line[2] not in "+-?" and parts[-1][-1] != "":
            parts[-1].append(line)
        else:
            rest.append(line)
            if parts:
                parts[-1].append("")
    assert rest == plain.out.splitlines()
    assert all(len(line) <= 78 for part in parts for line in part)
    return ["\n".join(part).rstrip() for part in parts]


def test_a_result_of_a_check_is_told_with_the_nearest_value_that_changes_it(tmp_path: Path) -> None:
    values: dict[str, Value] = {"modified-thomas.thigh.left": -5, "modified-thomas.back-flat.left": "yes"}
    left, _ = supposed("hip-front-stretch", healthy_file(tmp_path, values))
    assert left == (
        "What if: Hip-front stretch on one knee may be given (left) (now: no)\n"
        "  This would change it:\n"
        "   - Leg hang at the edge of the bed (left): “The hanging thigh against level:\n"
        "     minus if it hangs below, plus if it stays above” at least 1° (you: -5°)\n"
        "  A check is done again at the review. What you see then counts; it is not\n"
        "  made to fit.\n"
        "  Whether it is then part of the plan depends on what else has a place in your\n"
        "  day."
    )


def test_two_changes_are_told_together_where_one_is_not_enough(tmp_path: Path) -> None:
    left, _ = supposed("hip-flexors-short", healthy_file(tmp_path))
    assert left == (
        "What if: the front of the hip is a bit tight (left) (now: no)\n"
        "  This would change it:\n"
        "   - Leg hang at the edge of the bed (left): “Did your low back stay flat the\n"
        "     whole time?” yes (you: not done yet) and Leg hang at the edge of the bed\n"
        "     (left): “The hanging thigh against level: minus if it hangs below, plus\n"
        "     if it stays above” at least 1° (you: not done yet)\n"
        "  A check is done again at the review. What you see then counts; it is not\n"
        "  made to fit."
    )


def test_a_wish_is_told_without_a_word_on_checks(tmp_path: Path) -> None:
    assert supposed("rub-back-dimple", healthy_file(tmp_path)) == [
        "What if: Old points beside the back dimples may be given (now: no)\n"
        "  This would change it:\n"
        "   - “Some old traditions rub small points on the body to wake a muscle. Would\n"
        "     you like to see one?” yes (you: no)\n"
        "  Answer as it is for you. This only shows what the advice hangs on."
    ]


def test_a_bar_is_named_and_no_answer_offered(tmp_path: Path) -> None:
    values: dict[str, Value] = {"modified-thomas.thigh.left": 5, "modified-thomas.back-flat.left": "yes"}
    left, _ = supposed("hip-front-stretch", healthy_file(tmp_path, {**values, "can-kneel": "no"}))
    assert left == (
        "What if: Hip-front stretch on one knee may be given (left) (now: no)\n"
        "  It is left out to keep you safe:\n"
        "   - You get versions without kneeling and without a fully bent knee.\n"
        "  A GP or a physiotherapist can tell you whether it would suit you.\n"
        "  No other answer is offered here: please leave your answers as they are true."
    )
    left, _ = supposed("hip-front-stretch", healthy_file(tmp_path, {**values, "can-kneel": "unsure"}))
    assert left == (
        "What if: Hip-front stretch on one knee may be given (left) (now: no)\n"
        "  It is left out to keep you safe:\n"
        "   - Kneeling or full knee bending hurts: not known, and then we leave it out.\n"
        "  What is not known can be asked: run `assess`, or ask a pharmacist, a GP or a\n"
        "  midwife.\n"
        "  No other answer is offered here: please leave your answers as they are true."
    )


def test_a_stop_comes_first_and_keeps_its_exit_code(tmp_path: Path) -> None:
    file = healthy_file(tmp_path, {"saddle-change": "yes", "saddle-since": "recent"})
    told = run("explain", "bridge", "--what-if", "--answers", str(file), *ON)
    assert told.code == 10
    assert told.out.index("emergency") < told.out.index("What if: ")
    assert "No other answer is offered here: please leave your answers as they are true." in told.out
    assert "This would change it" not in told.out


def test_what_only_safety_decides_is_not_for_trying_out(tmp_path: Path) -> None:
    safety = (
        "  Only answers about your safety decide this. They are not for trying out, so\n"
        "  none is offered.\n"
        "  If one of them is no longer right, run `assess` and answer afresh."
    )
    file = healthy_file(tmp_path)
    assert supposed("walking", file) == ["What if: Walking may be given (now: yes)\n" + safety]
    assert supposed("cauda-equina-bladder", file) == ["What if: A recent change in passing water (now: no)\n" + safety]


def test_what_nothing_changes_says_how_far_it_was_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = healthy_file(tmp_path)
    nothing = (
        "What if: Hips pushed forward, upper back leaning back (possible) (now: no)\n"
        "  No other result of a check and no other wish changes this, nor do two of\n"
        "  them together."
    )
    stopped = "\n  There were too many to try them all two by two; we stopped looking at some\n  point."
    assert supposed("sway-back", file) == [nothing]
    monkeypatch.setattr("assess.inference.what_if.MOST", 3)
    assert supposed("sway-back", file) == [nothing + stopped]


def test_it_needs_an_item() -> None:
    told = run("explain", "--what-if", "--answers", str(DESK))
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        "error: --what-if needs an item\n  help: Name one, for example `assess explain bridge --what-if`.\n"
    )
