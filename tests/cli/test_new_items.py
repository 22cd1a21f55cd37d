"""`assess new KIND ID`: a file with blanks, which the audit names one by one, and which holds once they are filled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_runs import Run, copy_knowledge, run
from test_cases import said

from assess.audit.run import audit
from assess.loading.load import load
from assess.loading.source import FOLDERS

BLANK = re.compile(r"<[a-z][^<>]*>")
KINDS = {kind: folder for folder, kind in FOLDERS.items()}
IN_USE = "error: {!r} is in use already\n  help: Ids are unique over all kinds and never reused.\n"
NO_ID = "error: {!r} is no id\n  help: Ids are lower-case words joined by hyphens, like side-leg-raise.\n"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the knowledge; the tests leave it as they found it."""
    return copy_knowledge(tmp_path_factory.mktemp("new"))


def new(knowledge: Path, kind: str, item_id: str) -> Run:
    return run("--knowledge", str(knowledge), "new", kind, item_id)


def blanks(file: Path) -> list[tuple[str, int, int, str]]:
    """Every blank of a file: path, line, column, text."""
    return [
        (str(file), number, match.start() + 1, match.group())
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        for match in BLANK.finditer(line)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_item_passes_the_audit_once_its_blanks_are_filled(kind: str, tmp_path: Path) -> None:
    """The audit names exactly the blanks; filled with any words, it is silent and the cases of the item hold."""
    knowledge = copy_knowledge(tmp_path)
    file, terms = knowledge / KINDS[kind] / "brand-new.yaml", knowledge / "terms.yaml"
    written = [f"written: {file}\n"] + [f"written: {terms} (the finding brand-new-low)\n"] * (kind == "check")
    figures = [knowledge / "figures" / "brand-new.yaml"] * (kind in ("exercise", "check"))
    written += [f"written: {figure}\n" for figure in figures]
    told = new(knowledge, kind, "brand-new")
    assert (told.code, told.out) == (0, "")
    assert (
        told.err
        == "".join(written) + f"Fill what is in angle brackets, then run: assess audit --knowledge {knowledge}\n"
    )

    left = [*blanks(file), *blanks(terms)]
    assert left
    problems = audit(str(knowledge)).findings
    named = [(p.code, p.place.file, p.place.line, p.place.column, p.message) for p in problems]
    drawn = [("wrong-figure", *place, f"this blank is not filled: {t}") for f in figures for *place, t in blanks(f)]
    assert len(drawn) == len(figures)
    asked = [("blank-left", *place, f"this blank is not filled: {text}") for *place, text in left]
    assert sorted(named) == sorted(asked + drawn)

    for one in (file, terms, *figures):
        letters = iter("abcdefghijklmnopqrstuvwxyz")  # two lines that say the same would be a finding
        filled = BLANK.sub(lambda _, left=letters: f"some plain words {next(left)}", one.read_text("utf-8"))
        one.write_text(filled, encoding="utf-8")
    assert [p.render() for p in audit(str(knowledge)).findings] == []
    base = load.__wrapped__(str(knowledge))
    item = base.find("brand-new")
    assert item is not None
    assert [said(base, item, c) for c in item.cases] == [c.expect for c in item.cases]
    assert len(item.cases) == (0 if kind in ("question", "invariant") else 2)


def test_a_new_check_leaves_the_findings_of_all_other_checks_alone(tmp_path: Path) -> None:
    """It brings a finding of its own: a second rule for an old one would silently take the place of the first."""
    knowledge = copy_knowledge(tmp_path)
    assert new(knowledge, "check", "brand-new").code == 0
    base = load.__wrapped__(str(knowledge))
    findings = [f.id for check in base.checks.values() for f in check.findings]
    assert sorted(set(findings)) == sorted(findings)


@pytest.mark.parametrize(
    ("kind", "item_id", "said"),
    [
        ("chek", "brand-new", "error: there is no kind 'chek'\n  help: Did you mean 'check'?\n"),
        ("thing", "brand-new", f"error: there is no kind 'thing'\n  help: Kinds: {', '.join(KINDS)}.\n"),
        ("check", "Brand_New", NO_ID.format("Brand_New")),
        ("check", "../../etc", NO_ID.format("../../etc")),
        ("check", "bridge", IN_USE.format("bridge")),
        ("exercise", "bridge-low", IN_USE.format("bridge-low")),
        ("exercise", "hamstrings", IN_USE.format("hamstrings")),
        ("check", "trunk-control", IN_USE.format("trunk-control-low")),
        ("check", "pain", "error: 'pain' is a word of the rule language\n  help: Choose another id.\n"),
    ],
)
def test_a_wrong_kind_or_id_is_refused_and_nothing_is_written(kind: str, item_id: str, said: str, copied: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in copied.rglob("*")}
    told = new(copied, kind, item_id)
    assert (told.code, told.out, told.err) == (2, "", said)
    assert {p: p.stat().st_mtime_ns for p in copied.rglob("*")} == before


def test_a_file_that_is_there_is_not_written_over(copied: Path) -> None:
    """Also a file that cannot be read, and so gives no item."""
    file = copied / "checks" / "brand-new.yaml"
    file.write_text("not: [yaml", encoding="utf-8")
    told = new(copied, "check", "brand-new")
    kept = file.read_text("utf-8")
    file.unlink()
    assert (told.code, told.err) == (5, f"error: {file} is there already\n  help: Choose another id.\n")
    assert kept == "not: [yaml"


def test_a_check_whose_finding_cannot_be_written_is_taken_back(copied: Path) -> None:
    """A folder in the place of terms.yaml: no half of a new check is left behind."""
    terms = copied / "terms.yaml"
    text = terms.read_text("utf-8")
    terms.unlink()
    terms.mkdir()
    try:
        told = new(copied, "check", "brand-new")
    finally:
        terms.rmdir()
        terms.write_text(text, encoding="utf-8")
    file = copied / "checks" / "brand-new.yaml"
    assert told.code == 5
    assert told.err.splitlines()[1:] == [
        f"error: cannot write {terms}; {file} is taken back",
        "  help: Mend that file first.",
    ]
    assert not file.exists()
