"""Every kind of problem that a knowledge file can have is named at its place, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import bad_files
import pytest

from assess.audit.registry import MUTANTS, PROOFS, looked_at
from assess.audit.run import audit
from assess.errors import KnowledgeError
from assess.loading.yaml12 import MAX_BYTES

MANY = 3


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the real knowledge, in a directory of its own."""
    return bad_files.copy_into(tmp_path_factory.mktemp("bad"))


@pytest.fixture(autouse=True)
def _here(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are shown as somebody sees them who stands beside `knowledge/`; files that stay are read once."""
    monkeypatch.chdir(copied.parent)
    bad_files.read_once(monkeypatch)


@pytest.mark.parametrize("name", bad_files.NAMES)
def test_a_broken_file_is_described_word_for_word_and_does_not_drown_the_others(name: str, copied: Path) -> None:
    """Place with line and column, rule, message, source line, caret and hint are exactly those beside the file.

    What it brings upon all other files together is at most a few lines.
    """
    files = bad_files.overlays(name)
    problems = bad_files.found(copied, files, name)
    own = bad_files.of(problems, files)
    assert bad_files.text(own) == bad_files.expected(name)
    assert len(problems) - len(own) <= MANY


def test_every_broken_file_has_its_text_and_every_text_its_file() -> None:
    texts = {p.stem for p in bad_files.BAD.glob("*.txt")}
    shown = {rule.name for rule in looked_at() if rule.needs in (PROOFS, MUTANTS)}
    shown |= {bad_files.CASES, bad_files.DRAWN}
    assert (texts, {n for n in texts if not bad_files.expected(n)}) == ({*bad_files.NAMES, *shown}, set())


def test_every_audit_rule_has_a_broken_file() -> None:
    """A rule that no file sets off would have a message that nobody has read; stray files are tried below."""
    shown = {
        code
        for name in (*bad_files.NAMES, *bad_files.SHOWN)
        for code in re.findall(r"(?:error|warning|note)\[([\w-]+)\]", bad_files.expected(name))
    }
    assert {rule.name for rule in looked_at()} - shown == {"stray-file"}


def test_the_copy_without_a_broken_file_has_no_problem(copied: Path) -> None:
    assert bad_files.text(bad_files.found(copied, {})) == ""


def test_three_broken_files_at_once_are_all_described_in_full(copied: Path) -> None:
    """No broken file hides what is wrong with another: text that is no YAML, a wrong shape, and a wrong link."""
    names = ("not-yaml", "unknown-key", "dangling-muscle")
    files = bad_files.overlays(*names)
    problems = bad_files.found(copied, files)
    for name in names:
        own = bad_files.overlays(name)
        assert bad_files.text(bad_files.of(problems, own)) == bad_files.expected(name)
    assert bad_files.text(problems) == bad_files.text(bad_files.of(problems, files))


def test_a_cycle_is_named_also_while_other_files_are_broken(copied: Path) -> None:
    files = bad_files.overlays("rule-cycle", "not-yaml", "dangling-triage", "private-in-rule")
    problems = bad_files.of(bad_files.found(copied, files), bad_files.overlays("rule-cycle"))
    assert bad_files.text(problems) == bad_files.expected("rule-cycle")


@pytest.mark.parametrize("single", ["terms", "sources", "program", "manifest"])
@pytest.mark.parametrize("how", ["no yaml", "no mapping", "missing"])
def test_a_broken_file_at_the_top_is_the_only_problem(single: str, how: str, copied: Path) -> None:
    """Nothing is said of the hundreds of files that lean on a file which cannot be read."""
    file = copied / f"{single}.yaml"
    whole = file.read_bytes()
    said = {
        "no yaml": f"knowledge/{single}.yaml:1:1: error[not-yaml] while parsing a block node did not find expected "
        "node content",
        "no mapping": f"knowledge/{single}.yaml:1:1: error[wrong-type] expected a mapping, found a list",
        "missing": f"knowledge/{single}.yaml: error[missing-file] this file is missing",
    }
    try:
        if how == "missing":
            file.unlink()
        else:
            file.write_bytes({"no yaml": b"]\n", "no mapping": b"- name\n"}[how])
        if (single, how) == ("manifest", "missing"):
            with pytest.raises(KnowledgeError, match="holds no knowledge"):
                audit("knowledge")
            return
        problems = audit("knowledge").findings
    finally:
        file.write_bytes(whole)
    assert [p.render().splitlines()[0] for p in problems] == [said[how]]


@pytest.mark.parametrize("section", ["muscles", "tags", "findings", "positions", "topics"])
def test_a_list_of_terms_that_cannot_be_read_knows_every_word(section: str, copied: Path) -> None:
    """A list under a misspelt name or of a wrong type is one problem, not one for every word of it."""
    real = (copied / "terms.yaml").read_text("utf-8")
    spoiled = real.replace(f"\n{section}:", f"\n{section}: 5\n{section}-not:", 1)
    assert spoiled != real
    problems = bad_files.found(copied, {"terms.yaml": spoiled.encode()})
    wanted = "a list" if section == "topics" else "a mapping"
    said = {f"{section + '-not'!r} is not a key here", f"expected {wanted}, found 5"}
    assert {p.message for p in problems} == said


@pytest.mark.parametrize(
    ("real", "wrong", "said", "hint"),
    [
        ("keep: bedtime", "keep: bedtim", "'bedtim' is no slot of this file", "Did you mean 'bedtime'?"),
        ("exercise_slot: day", "exercise_slot: noon", "'noon' is no slot of this file", "There are: {slots}."),
        ("drop_order: [day,", "drop_order: [dayy,", "'dayy' is no slot of this file", "Did you mean 'day'?"),
        (
            "default_targets: [glute-max,",
            "default_targets: [glute-maxi,",
            "'glute-maxi' is no muscle of terms.yaml",
            "Did you mean 'glute-max' or 'glute-med-min'?",
        ),
        (
            "{pattern}”",
            "{patern}”",
            "nothing fills the blank {patern}",
            "There are: {{pattern}}.",
        ),
        ("yet: {title}", "yet: {titel", "a brace is not closed or not opened: expected '}' before end of string", ""),
    ],
)
def test_a_wrong_word_of_the_program_is_one_problem(real: str, wrong: str, said: str, hint: str, copied: Path) -> None:
    """A place in the day, a muscle, or a blank in a sentence that nothing would fill."""
    text = (copied / "program.yaml").read_text("utf-8")
    assert text.count(real) == 1
    problems = bad_files.found(copied, {"program.yaml": text.replace(real, wrong).encode()})
    slots = ", ".join(sorted(re.findall(r"^  - {id: ([a-z]+), title", text, re.MULTILINE)))
    assert [(p.code, p.message, p.hint) for p in problems] == [
        ("unknown-word-in-program", said, hint.format(slots=slots))
    ]
    line = text[: text.index(real)].count("\n") + 1
    assert [(p.place.file, p.place.line) for p in problems] == [("knowledge/program.yaml", line)]


def test_a_line_that_cannot_be_read_is_not_held_against_those_who_ask_for_it(copied: Path) -> None:
    """Options, units and sides of a broken file are not looked up; that it is there is enough."""
    files = {
        "questions/pain-stage.yaml": b"id: pain-stage\n  topic: [",
        "questions/pain-now.yaml": b"id: pain-now\noptoins: {}\n",
        "checks/modified-thomas.yaml": b"\xff",
        "patterns/nerve-leg.yaml": b"- nothing",
    }
    problems = bad_files.found(copied, files)
    assert {p.place.file for p in problems} == {f"knowledge/{path}" for path in files}


def test_a_file_that_is_too_large_is_refused_unread(copied: Path) -> None:
    files = {"triage/too-large.yaml": b"# " + b"x" * MAX_BYTES}
    said = "knowledge/triage/too-large.yaml: error[too-large] the file is larger than 1,000,000 bytes\n"
    said += "  help: Is it the right file?\n"
    assert bad_files.text(bad_files.found(copied, files)) == said


@pytest.mark.parametrize(
    ("path", "stray"),
    [
        ("triage/other.yml", True),
        ("triage/other.YAML", True),
        ("triage/other.json", True),
        ("triage/deeper/other.yaml", True),
        ("term.yaml", True),
        ("triagge/other.yaml", True),
        ("notes/other.md", False),
        ("triage/.other.yaml.swp", False),
        (".git/other.yaml", False),
        ("figures/other.yaml", False),
    ],
)
def test_a_file_that_nothing_reads_is_named(path: str, stray: bool, copied: Path) -> None:
    """Another ending, a misspelt folder, a folder too deep: whoever wrote it believes that it counts."""
    file = copied / path
    made = [p for p in (file.parent,) if not p.exists()]
    file.parent.mkdir(exist_ok=True)
    try:
        problems = bad_files.found(copied, {path: b"id: other\n"})
    finally:
        for directory in made:
            directory.rmdir()
    said = f"knowledge/{path}: error[stray-file] nothing reads this file\n"
    said += "  help: Items lie directly in the folder of their kind, and their names end in .yaml.\n"
    if path.startswith("figures/"):  # read by the renderer, and wrong as a figure
        assert {p.code for p in problems} == {"wrong-figure"}
    else:
        assert bad_files.text(problems) == (said if stray else "")
