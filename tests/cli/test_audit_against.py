"""`assess audit --against OLD`: seeded changes of the real knowledge and, word for word, what is said of them.

What is said lies in tests/cli/against/. After a wanted change run `python tests/cli/test_audit_against.py` and read
the difference.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from cli_runs import ROOT, copy_knowledge, program, run
from jsonschema import Draft202012Validator

from assess.audit.against.json_format import schema

REAL = ROOT / "knowledge"
SAID = Path(__file__).parent / "against"


def put(path: str, was: str, now: str) -> Callable[[Path], None]:
    def change(knowledge: Path) -> None:
        text = (knowledge / path).read_text("utf-8")
        assert was in text
        (knowledge / path).write_text(text.replace(was, now, 1), encoding="utf-8")

    return change


def an_item_more(knowledge: Path) -> None:
    text = (knowledge / "triage/cauda-equina-sexual-long.yaml").read_text("utf-8")
    text = text.replace("id: cauda-equina-sexual-long", "id: old-change").replace(
        "level: caution", "level: clinician-first"
    )
    (knowledge / "triage/old-change.yaml").write_text(text.replace("act:", "within: weeks\nact:"), encoding="utf-8")


def an_item_less(knowledge: Path) -> None:
    (knowledge / "triage/cauda-equina-sexual-long.yaml").unlink()


def an_option_renamed(knowledge: Path) -> None:
    for file in knowledge.rglob("*.yaml"):
        text = file.read_text("utf-8").replace("bowel-since: long", "bowel-since: ages")
        if file.stem == "bowel-since":
            text = re.sub(r"(^  |unless_asked: |healthy: )long\b", r"\1ages", text, flags=re.MULTILINE)
        file.write_text(text, encoding="utf-8")


def words_and_doses(knowledge: Path) -> None:
    put("exercises/bridge.yaml", "title: Bridge", "title: The bridge")(knowledge)
    put("program.yaml", "strengthening: {most: 2,", "strengthening: {most: 3,")(knowledge)


SEEDED: dict[str, Callable[[Path], None]] = {
    "a-limit-of-a-warning-sign": put("triage/blood-thinner-pain.yaml", "at_least: 7", "at_least: 6"),
    "a-bar-removed": put("modifiers/pregnant-16-weeks.yaml", "bars: [supine, prone]", "bars: [prone]"),
    "a-level-lowered": put("triage/cauda-equina-bowel.yaml", "level: emergency", "level: same-day"),
    "a-weight-of-a-sign": put("patterns/deep-gluteal.yaml", "weight: 3", "weight: 2"),
    "a-limit-of-a-check": put("checks/figure-four.yaml", "at_least: 10, unit: cm", "at_least: 12, unit: cm"),
    "an-item-more": an_item_more,
    "an-item-less": an_item_less,
    "an-option-renamed": an_option_renamed,
    "words-and-doses": words_and_doses,
}


def said(directory: Path, name: str, fmt: str = "text") -> str:
    changed = copy_knowledge(directory)
    SEEDED[name](changed)
    told = run("audit", "--knowledge", str(changed), "--against", str(REAL), "--format", fmt)
    assert (told.code, told.err) == (0, "")
    shown = told.out.replace(str(changed), "changed").replace(str(REAL), "knowledge")
    return re.sub(r"(?<=, )[0-9a-f]{8}(?=\))", "........", shown)


@pytest.mark.parametrize("name", SEEDED)
def test_a_seeded_change_is_said_word_for_word(name: str, tmp_path: Path) -> None:
    assert said(tmp_path, name) == (SAID / f"{name}.txt").read_text("utf-8")


def test_a_comment_on_a_change_is_markdown(tmp_path: Path) -> None:
    assert said(tmp_path, "a-limit-of-a-check", "markdown") == (SAID / "a-limit-of-a-check.md").read_text("utf-8")


def test_json_fits_its_schema_and_has_every_outcome(tmp_path: Path) -> None:
    data = json.loads(said(tmp_path, "a-weight-of-a-sign", "json"))
    Draft202012Validator.check_schema(schema())
    Draft202012Validator(schema()).validate(data)
    assert [f["path"] for f in data["files"]] == ["patterns/deep-gluteal.yaml"]
    ways = {(d["kind"], d["way"]) for d in data["differences"]}
    assert ways == {("pattern", "gained"), ("pattern", "lost")}
    assert all(0 < o["share"] < 0.1 for d in data["differences"] for o in d["outcomes"])


def test_the_same_versions_give_the_same_bytes_whatever_python_hashes_by(tmp_path: Path) -> None:
    an_item_more(copy_knowledge(tmp_path))
    asked = ("audit", "--knowledge", "knowledge", "--against", str(REAL), "--format", "json")
    told = {program(*asked, cwd=tmp_path, PYTHONHASHSEED=seed).stdout for seed in ("1", "2")}
    assert len(told) == 1
    assert b"old-change" in told.pop()


def test_identical_versions_say_so() -> None:
    told = run("audit", "--against", str(REAL))
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[-1] == "Both versions are the same, byte for byte."


def test_a_comparison_is_written_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "comment.md"
    told = run("audit", "--against", str(REAL), "--format", "markdown", "-o", str(target))
    assert (told.code, told.out, told.err) == (0, "", f"written: {target}\n")
    assert target.read_text("utf-8").startswith("## Who would get a different answer\n")


# -- a revision ------------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose knowledge was changed since its only commit."""
    copy_knowledge(tmp_path)
    for words in (("init", "-q", "-b", "trunk"), ("add", "."), ("commit", "-q", "-m", "All")):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b", *words], cwd=tmp_path, check=True)
    put("exercises/bridge.yaml", "title: Bridge", "title: The bridge")(tmp_path / "knowledge")
    return tmp_path


@pytest.mark.parametrize("revision", ["HEAD", "trunk"])
def test_a_revision_is_read_from_the_repository_of_the_knowledge(revision: str, repository: Path) -> None:
    told = run("audit", "--knowledge", str(repository / "knowledge"), "--against", revision)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"old: {revision} (")
    assert "\n  exercises/bridge.yaml: wording only (title)\n" in told.out
    assert told.out.endswith("\nNo outcome differs.\n")


@pytest.mark.parametrize("revision", ["HEAD~1", "trnk", "--output=x", "HEAD:knowledge"])
def test_a_revision_that_there_is_not(revision: str, repository: Path) -> None:
    told = run("audit", "--knowledge", str(repository / "knowledge"), f"--against={revision}")
    hint = "Did you mean 'trunk'?" if revision == "trnk" else "Name a directory, or a revision such as HEAD~1."
    said = f"error: there is no directory and no git revision {revision!r}\n  help: {hint}\n"
    assert (told.code, told.out, told.err) == (2, "", said)
    assert [p.name for p in repository.iterdir() if p.name != ".git"] == ["knowledge"]


def test_a_revision_without_the_knowledge(repository: Path) -> None:
    (repository / "knowledge").rename(repository / "moved")
    told = run("audit", "--knowledge", str(repository / "moved"), "--against", "HEAD")
    said = "error: HEAD holds no knowledge at moved\n"
    help_ = "  help: Name a revision in which the knowledge lies at the same place.\n"
    assert (told.code, told.out, told.err) == (2, "", said + help_)


def test_no_repository(tmp_path: Path) -> None:
    knowledge = copy_knowledge(tmp_path)
    told = run("audit", "--knowledge", str(knowledge), "--against", "main")
    said = f"error: there is no directory 'main', and {knowledge} lies in no git repository\n"
    assert (told.code, told.out, told.err) == (2, "", said + "  help: Name a directory.\n")


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    told = run("audit", "--knowledge", str(repository / "knowledge"), "--against", "HEAD")
    said = "error: there is no directory 'HEAD', and git, which could know it as a revision, is not installed\n"
    assert (told.code, told.out, told.err) == (2, "", said + "  help: Name a directory.\n")


# -- versions that cannot be compared --------------------------------------------------------------------------------


def test_a_directory_without_knowledge(tmp_path: Path) -> None:
    told = run("audit", "--against", str(tmp_path))
    said = f"error: {tmp_path} holds no knowledge: manifest.yaml is missing\n"
    assert (told.code, told.out, told.err) == (2, "", said + "  help: Name a directory that holds manifest.yaml.\n")


def test_an_old_version_that_is_broken(tmp_path: Path) -> None:
    old = copy_knowledge(tmp_path)
    (old / "triage" / "broken.yaml").write_text("- nothing\n", encoding="utf-8")
    told = run("audit", "--against", str(old))
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"{old}/triage/broken.yaml:1:1: error[wrong-type] expected a mapping, found a list\n")
    assert told.err.endswith(
        f"error: the knowledge of {old} has 1 problem, so nothing can be compared with it\n"
        "  help: Name a version without problems.\n"
    )


def test_a_new_version_that_is_broken_is_the_audits_own_business(tmp_path: Path) -> None:
    new = copy_knowledge(tmp_path)
    (new / "triage" / "broken.yaml").write_text("- nothing\n", encoding="utf-8")
    told = run("audit", "--knowledge", str(new), "--against", str(REAL))
    assert (told.code, told.out) == (3, "")
    assert "error: the knowledge has 1 problem\n" in told.err


ALONE = "It compares two versions and looks for nothing else."


@pytest.mark.parametrize(
    ("args", "message", "hint"),
    [
        (("--against", "x", "--prove"), "--against goes with no --prove", ALONE),
        (("--against", "x", "--fail-level", "note"), "--against goes with no --fail-level", ALONE),
        (
            ("--against", "x", "--select", "blank-left", "--examples", "y"),
            "--against goes with no --select, --examples",
            ALONE,
        ),
        (("--against", "x", "--format", "sarif"), "--against has no format 'sarif'", "Formats: text, markdown, json."),
        (
            ("--format", "markdown"),
            "the audit has no format 'markdown'",
            "Formats: text, json, sarif, junit, github, html, factcheck.",
        ),
    ],
)
def test_what_does_not_go_together(args: tuple[str, ...], message: str, hint: str) -> None:
    told = run("audit", *args)
    assert (told.code, told.out, told.err) == (2, "", f"error: {message}\n  help: {hint}\n")


if __name__ == "__main__":
    import tempfile

    SAID.mkdir(exist_ok=True)
    for seeded, form in [*((name, "text") for name in SEEDED), ("a-limit-of-a-check", "markdown")]:
        with tempfile.TemporaryDirectory() as made:
            target = SAID / f"{seeded}.{'md' if form == 'markdown' else 'txt'}"
            target.write_text(said(Path(made), seeded, form), encoding="utf-8")
