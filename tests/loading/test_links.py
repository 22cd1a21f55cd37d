"""Knowledge that the program cannot run on is refused by every command: exit code 3, and the audit's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import bad_files
import pytest

from assess.audit.run import audit
from assess.cli.main import main
from assess.errors import KnowledgeError
from assess.loading import load as loading
from assess.rules.nodes import Atom, Rule
from assess.rules.strata import stratify

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "tests" / "knowledge" / "bad"
FATAL = (
    "duplicate-id",
    "two-checks-one-finding",
    "former-id-in-use",
    "id-is-a-closed-word",
    "rule-cycle",
    "rule-cycle-of-one",
    "question-cycle",
    "dangling-dose",
    "dangling-position",
    "dangling-topic",
    "unknown-source",
    "source-in-program",
    "blank-in-program",
    "unknown-muscle-in-terms",
    "unknown-finding-in-terms",
    "strengthening-without-level",
)
"""What gave 70, or a plan without an emergency, where it was not looked for before a plan was made."""


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    bad_files.read_once(monkeypatch)
    yield bad_files.copy_into(tmp_path)
    loading.load.cache_clear()


def lay(copied: Path, name: str) -> list[str]:
    files = bad_files.overlays(name)
    for path, raw in files.items():
        (copied / path).write_bytes(raw)
    return [f"knowledge/{path}" for path in files]


@pytest.mark.parametrize("name", FATAL)
def test_it_is_refused_in_the_words_of_the_audit(
    name: str, copied: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = lay(copied, name)
    with pytest.raises(KnowledgeError) as refused:
        loading.load("knowledge")
    said = [p.render() for p in refused.value.problems if p.place.file in files]
    assert said
    assert [line for line in said if line not in (BAD / f"{name}.txt").read_text("utf-8")] == []
    for args in (("plan", str(ROOT / "examples" / "desk-worker.yaml")), ("show", "exercise")):
        monkeypatch.setattr("sys.argv", ["assess", "--knowledge", "knowledge", *args])
        with pytest.raises(SystemExit) as end:
            main()
        assert (end.value.code, capsys.readouterr().out) == (3, "")


def test_the_audit_says_each_problem_once(copied: Path) -> None:
    for name in ("rule-cycle", "duplicate-id", "dangling-dose"):
        lay(copied, name)
    problems = audit("knowledge").findings
    assert len({(p.place, p.message) for p in problems}) == len(problems)


def test_an_emergency_row_is_not_erased_by_a_modifier_of_its_name(copied: Path) -> None:
    row = (copied / "triage" / "cauda-equina-saddle.yaml").read_text("utf-8")
    modifier = next(p for p in sorted((copied / "modifiers").glob("*.yaml")) if "\nlevel:" not in p.read_text())
    text = re.sub(r"^id: .*$", "id: cauda-equina-saddle", modifier.read_text("utf-8"), flags=re.MULTILINE)
    (copied / "modifiers" / "cauda-equina-saddle.yaml").write_text(text, encoding="utf-8")
    assert row
    with pytest.raises(KnowledgeError) as refused:
        loading.load("knowledge")
    assert {(p.code, p.place.file) for p in refused.value.problems} == {
        ("duplicate-id", "knowledge/triage/cauda-equina-saddle.yaml"),
        ("duplicate-id", "knowledge/modifiers/cauda-equina-saddle.yaml"),
    }


def test_a_finding_that_rules_read_and_no_check_makes_is_named_in_terms(copied: Path) -> None:
    exercise = copied / "exercises" / "bridge.yaml"
    text = exercise.read_text("utf-8")
    assert "\nneeds:" not in text
    exercise.write_text(f"{text}needs: {{finding: made-by-nobody}}\n", encoding="utf-8")
    terms = copied / "terms.yaml"
    told = "  made-by-nobody: {text: something, told_only: nothing follows}\n"
    found = re.sub(r"(?m)^findings:.*\n", lambda head: head.group() + told, terms.read_text("utf-8"))
    terms.write_text(found, encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        loading.load("knowledge")
    line = terms.read_text("utf-8").splitlines().index(told.rstrip()) + 1
    assert [(str(p.place), p.code, p.message) for p in refused.value.problems] == [
        (
            f"knowledge/terms.yaml:{line}:3",
            "unmade-finding",
            "rules read the finding 'made-by-nobody', and no check makes it",
        )
    ]
    assert audit("knowledge").findings == refused.value.problems


def test_rules_that_cannot_be_ordered_are_an_error_of_the_knowledge() -> None:
    """Whatever the files did not show: exit code 3, never an internal error."""
    with pytest.raises(KnowledgeError):
        stratify([Rule("a", Atom("b")), Rule("b", Atom("a"))])
    with pytest.raises(KnowledgeError):
        stratify([Rule("a", Atom("b"))])
