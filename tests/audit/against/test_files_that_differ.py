"""What is said of the files of two versions: rules, numbers of the plan, words, layout."""

from __future__ import annotations

import pytest

from assess.audit.against.comparison import Comparison, Named
from assess.audit.against.files import FileChange, file_changes
from assess.audit.against.formats import FORMATS, render
from assess.audit.against.phrases import file_line
from assess.model.conditions import Key

ROW = "id: a\nlevel: caution\nsay: Old words.\nbars: [one, two]\nrefer: {to: a doctor, within: weeks}\nact: [Rest.]\n"


def said(path: str, was: str, now: str) -> str:
    (found,) = file_changes({path: was.encode()}, {path: now.encode()})
    return file_line(found)


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        ("level: caution", "level: same-day", "level: caution -> same-day"),
        ("[one, two]", "[two, three]", "bars / 1: one -> two; bars / 2: two -> three"),
        ("[one, two]", "[two]", "bars: - one"),
        ("[one, two]", "[one, two, three]", "bars: + three"),
        ("Old words.", "New words.", "wording only (say)"),
        ("[Rest.]", "[Rest., Move.]", "wording only (act)"),
        ("within: weeks", "within: days", "numbers of the plan only (refer / within: weeks -> days)"),
        ("id: a\n", "id: a\n\n# a word to whoever reads this\n", "layout only"),
    ],
)
def test_a_row_that_differs(was: str, now: str, line: str) -> None:
    assert said("triage/a.yaml", ROW, ROW.replace(was, now)) == f"triage/a.yaml: {line}"


def test_an_option_is_reworded_or_another_one() -> None:
    question = "id: q\noptions: {a: One, b: Two}\n"
    reworded = said("questions/q.yaml", question, question.replace("Two", "Three"))
    assert reworded == "questions/q.yaml: wording only (options)"
    other = said("questions/q.yaml", question, question.replace("b: Two", "c: Two"))
    assert other == "questions/q.yaml: options / b: - Two; options / c: + Two"


def test_numbers_of_the_program_are_no_words_and_its_sites_are_rules() -> None:
    program = "caps: {most: 2, text: Two}\nsites: {neck: {regions: [upper]}}\n"
    assert said("program.yaml", program, program.replace("most: 2", "most: 3")).startswith(
        "program.yaml: numbers of the plan only (caps / most: 2 -> 3"
    )
    assert said("program.yaml", program, program.replace("Two", "Three")) == "program.yaml: wording only (caps)"
    assert said("program.yaml", program, program.replace("upper", "lower")) == (
        "program.yaml: sites / neck / regions / 1: upper -> lower"
    )


def test_files_that_only_one_version_has() -> None:
    found = file_changes({"triage/a.yaml": b"id: a\n"}, {"relief/b.yaml": b"id: b\n"})
    assert found == (FileChange("relief/b.yaml", "added"), FileChange("triage/a.yaml", "removed"))
    assert [file.about for file in found] == [("rule",), ("rule",)]


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_is_undecided_is_said_in_every_format_and_never_called_the_same(fmt: str) -> None:
    named = Named("x", "Knowledge", "1", "0" * 64)
    file = FileChange("triage/a.yaml", "added")
    text = render(Comparison(named, named, (file,), undecided=(Key("pattern", "p.likely", "left"),)), fmt)
    assert "p.likely" in text
    assert "No outcome differs" not in text
    assert "undecided" in text
