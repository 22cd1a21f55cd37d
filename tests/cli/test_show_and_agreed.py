"""`assess show` reads any item back as a page; `assess agreed` records what a clinician said."""

from __future__ import annotations

import json
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cli_runs import EXAMPLES, healthy_file, run

from assess.cli.commands.show import KINDS, TABLES
from assess.cli.pages import page
from assess.loading.answers_file import read_answers
from assess.model.knowledge import KnowledgeBase

ON = ("--on", "2026-11-03")


def test_every_item_is_a_page_of_at_most_78_columns(knowledge: KnowledgeBase) -> None:
    """It names itself, its evidence, its sources and its cases; nothing on it is a control character."""
    for item in knowledge.items():
        text = page(knowledge, item)
        lines = text.splitlines()
        assert f"{item.kind} {item.id}" in text
        assert [line for line in lines if len(line) > 78 and " " in line.strip()] == [], item.id
        assert all(c.isprintable() or c == "\n" for c in text), item.id
        assert "Sources" in lines
        assert ("Cases" in lines) == bool(item.cases)
        assert lines[-1] == "Signed by a clinician: not yet"


@pytest.mark.parametrize("what", KINDS)
def test_a_kind_lists_its_items(what: str, knowledge: KnowledgeBase) -> None:
    told = run("show", what)
    items = [i for i in knowledge.items() if i.kind == what]
    assert (told.code, told.err) == (0, "")
    assert [line.split()[0] for line in told.out.splitlines()] == [i.id for i in items]
    assert run("show", what, "--unreviewed").out == told.out


@pytest.mark.parametrize("what", TABLES)
def test_a_list_of_words_names_each_of_them(what: str, knowledge: KnowledgeBase) -> None:
    words = {
        "muscle": knowledge.terms.muscles,
        "source": knowledge.sources,
        "finding": knowledge.terms.findings,
        "tag": knowledge.terms.tags,
    }[what]
    told = run("show", what)
    assert (told.code, [line.split()[0] for line in told.out.splitlines()]) == (0, list(words))


def test_the_table_of_muscles_has_the_lists_of_the_seed(knowledge: KnowledgeBase) -> None:
    told = run("show", "muscle", "--table")
    headings = [line for line in told.out.splitlines() if line and not line.startswith(" ")]
    assert told.code == 0
    assert headings == [
        "Lower body, major",
        "Lower body, conditional",
        "Lower body, minor",
        "Upper body and neck, major",
        "Upper body and neck, minor",
    ]
    assert [g["name"] for g in knowledge.terms.seed_groups if f" - {g['name']}" not in told.out] == []


def agreed(*args: str) -> tuple[int, str, str]:
    return run("agreed", "pregnancy", "--by", "a midwife", "--about", "walking", *args)[:3]


def test_an_agreement_opens_the_plan_and_keeps_the_bars(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    """Before, nothing but comfort and exit code 10; afterwards exercises, none of them barred in pregnancy."""
    file = healthy_file(tmp_path, {"sex-at-birth": "female", "pregnant": "yes", "pregnancy-weeks": 10})
    assert run("plan", str(file), *ON).code == 10
    code, out, err = agreed("--answers", str(file))
    assert (code, out) == (0, "")
    assert err == "recorded: Pregnant; agreed by a midwife. It holds for twelve weeks, and bars stay.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    cleared = read_answers(knowledge, file.read_bytes(), "answers.yaml", datetime.now().astimezone()).answers.cleared
    assert [(c.reason, c.by, c.about) for c in cleared] == [("pregnancy", "a midwife", "walking")]
    assert run("plan", str(file), "--on", datetime.now().date().isoformat()).code in (0, 4)
    again = agreed("--answers", str(file))
    assert again[0] == 0
    assert file.read_text("utf-8").count("a midwife") == 1


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (None, 3, "error: there is no {}\n  help: Run `assess` first.\n"),
        (b"answers: {injurie: no}\n", 3, "error: {} has problems\n"),
        (b"answers: [", 3, "error: {} cannot be read\n"),
        (b"\xff", 3, "error: {} cannot be read\n"),
    ],
)
def test_an_agreement_needs_answers_that_can_be_read(
    content: bytes | None, code: int, said: str, tmp_path: Path
) -> None:
    """A file with a mistake is not written over."""
    file = tmp_path / "answers.yaml"
    if content is not None:
        file.write_bytes(content)
    ended = agreed("--answers", str(file))
    assert ended[:2] == (code, "")
    assert said.format(file) in ended[2]
    assert not file.exists() if content is None else file.read_bytes() == content


def test_explain_goes_from_every_line_of_the_plan_to_the_answers() -> None:
    told = run("explain", "--answers", str(EXAMPLES / "desk-worker.yaml"))
    assert (told.code, told.err) == (0, "")
    plan = run("plan", str(EXAMPLES / "desk-worker.yaml"), "--format", "json").out
    data = json.loads(plan)
    wanted = [item["title"] for item in (*data["relief"], *data["exercises"])]
    assert [title for title in wanted if title not in told.out] == []


PREGNANT = {"sex-at-birth": "female", "pregnant": "yes", "pregnancy-weeks": 10}


def recorded(file: Path, by: str = "a midwife", about: str = "walking") -> None:
    assert run("agreed", "pregnancy", "--by", by, "--about", about, "--answers", str(file)).code == 0


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A pregnant woman's answers, triaged this minute."""
    return healthy_file(tmp_path, PREGNANT, at=datetime.now().astimezone().replace(microsecond=0))


def on(days: int) -> tuple[str, str]:
    return "--on", (datetime.now() + timedelta(days=days)).date().isoformat()


def test_an_agreement_is_void_after_twelve_weeks_on_the_day_of_the_plan(mine: Path) -> None:
    recorded(mine)
    assert run("plan", str(mine), *on(14)).code == 0
    today = datetime.now().date()
    for age, code, said in (
        (70, 0, ""),
        (71, 10, "note: the agreement on pregnancy does not count: it is older than twelve weeks.\n"),
    ):
        text = mine.read_text("utf-8")
        mine.write_text(text.replace(f'"on": "{today}"', f'"on": "{today - timedelta(days=age)}"'), encoding="utf-8")
        told = run("plan", str(mine), *on(14))
        assert (told.code, told.err) == (code, said)
        assert run("plan", str(mine), *on(13)).code == 0
        mine.write_text(text, encoding="utf-8")


def test_an_agreement_is_void_when_the_answers_that_its_row_reads_are_others(mine: Path) -> None:
    recorded(mine)
    changed(mine, "  pain-now: ", "  pain-now: 1 # ")  # nothing that the row reads
    assert run("plan", str(mine), *on(0)).code == 0
    changed(mine, "  pregnant: yes", "  pregnant: unsure")
    told = run("plan", str(mine), *on(0))
    assert (told.code, told.out.splitlines()[0]) == (10, "TALK TO A CLINICIAN BEFORE YOU EXERCISE")
    assert told.err == (
        "note: the agreement on pregnancy does not count: the answers that it was about have changed.\n"
    )


def test_an_agreement_written_by_hand_does_not_count(mine: Path) -> None:
    today = datetime.now().date()
    entry = f"cleared:\n  - {{reason: pregnancy, by: a midwife, on: {today}, about: walking}}\nanswers:\n"
    changed(mine, "answers:\n", entry)
    told = run("plan", str(mine), *on(0))
    assert told.code == 10
    assert told.err == (
        "note: the agreement on pregnancy does not count: it was not recorded with `assess agreed`, "
        "so nobody knows which answers it was about.\n"
    )


def test_an_agreement_on_what_does_not_hold_is_refused(tmp_path: Path) -> None:
    file = healthy_file(tmp_path)
    before = file.read_bytes()
    told = run("agreed", "pregnancy", "--by", "a midwife", "--about", "walking", "--answers", str(file))
    assert told[:3] == (
        2,
        "",
        f"error: 'pregnancy' does not hold with the answers in {file}\n"
        "  help: Nothing has to be agreed for it. `assess plan` names the reasons that hold.\n",
    )
    assert file.read_bytes() == before


@pytest.mark.parametrize(("by", "about", "option"), [("", "walking", "--by"), ("a midwife", " \t\u200b", "--about")])
def test_an_agreement_by_nobody_or_about_nothing_is_refused(by: str, about: str, option: str, mine: Path) -> None:
    told = run("agreed", "pregnancy", "--by", by, "--about", about, "--answers", str(mine))
    assert told[:3] == (2, "", f"error: {option} is empty\n  help: Write who agreed, and to what.\n")


@pytest.mark.parametrize(
    ("by", "about", "said"),
    [
        ("WHO", "walking", "--by WHO"),
        ("name", "walking", "--by name"),
        ("a midwife", "WHAT", "--about WHAT"),
        ("a midwife", "<what>", "--about <what>"),
    ],
)
def test_the_words_of_the_printed_example_are_refused(by: str, about: str, said: str, mine: Path) -> None:
    """A line that was pasted as it was printed records nothing."""
    before = mine.read_bytes()
    told = run("agreed", "pregnancy", "--by", by, "--about", about, "--answers", str(mine))
    wanted = f"error: {said} is only where your own words go\n  help: Write who agreed, and to what.\n"
    assert told[:3] == (2, "", wanted)
    assert mine.read_bytes() == before


def test_an_agreement_leaves_the_knowledge_of_the_file_as_it_was(mine: Path) -> None:
    stamp = mine.read_text("utf-8").split('sha256: "')[1][:64]
    changed(mine, stamp, "0" * 64)
    recorded(mine)
    assert mine.read_text("utf-8").count(f'sha256: "{"0" * 64}"') == 1
    told = run("plan", str(mine), *on(0))
    note = "note: these answers were given to another version of the knowledge; new lines count as open.\n"
    assert (told.code, told.err) == (0, note)
