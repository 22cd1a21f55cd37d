"""Which rules are looked at, which findings count, and that what was not looked at is never called well."""

from __future__ import annotations

from pathlib import Path

import bad_files
import pytest

from assess.audit.proof.proofs import Proofs
from assess.audit.registry import choose, known, looked_at
from assess.audit.report import NOT_CHOSEN, PROVED, Report, Skipped
from assess.audit.run import NOT_RUNNING, NOT_SOUND, Progress, audit
from assess.errors import Place, Problem, UsageError
from assess.model.knowledge import KnowledgeBase


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bad_files.copy_into(tmp_path_factory.mktemp("choosing"))


@pytest.fixture(autouse=True)
def _here(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copied.parent)
    bad_files.read_once(monkeypatch)


def codes(report: Report) -> list[str]:
    return [p.code for p in report.findings]


def test_all_are_chosen_but_for_those_ignored() -> None:
    assert choose() == set(known())
    assert choose(ignore=["not-yaml", "unused-item"]) == set(known()) - {"not-yaml", "unused-item"}
    assert choose(["blank-left", "unused-item"], ["unused-item"]) == {"blank-left"}


@pytest.mark.parametrize(
    ("select", "ignore", "message", "hint"),
    [
        (["blank-lef"], [], "there is no audit rule 'blank-lef'", "Did you mean 'blank-left'?"),
        ([], ["blank-lef"], "there is no audit rule 'blank-lef'", "Did you mean 'blank-left'?"),
        (["tab"], ["tab"], "nothing is left to look for", "What is selected is also ignored."),
    ],
)
def test_a_choice_that_cannot_be_is_a_usage_error(
    select: list[str], ignore: list[str], message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        choose(select, ignore)
    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (message, hint, 2)


def test_a_rule_that_nobody_can_mean_gets_the_list() -> None:
    with pytest.raises(UsageError) as caught:
        choose(["zzz"])
    assert caught.value.hint == f"Rules: {', '.join(rule.name for rule in looked_at())}."


def test_only_what_is_chosen_is_looked_at(copied: Path) -> None:
    files = bad_files.overlays("unused-question", "blank-left")
    with bad_files.laid_over(copied, files):
        both, one = audit("knowledge"), audit("knowledge", chosen=choose(["blank-left"]))
    assert (codes(both), codes(one)) == (["unused-item", "blank-left"], ["blank-left"])
    assert one.run == ("blank-left",)
    assert {s.why for s in one.skipped} == {NOT_CHOSEN}
    assert {*one.run, *(s.rule for s in one.skipped)} == {rule.name for rule in looked_at()}


def test_what_keeps_a_chosen_rule_from_being_looked_at_is_found_though_it_was_not_chosen(copied: Path) -> None:
    """Otherwise a broken file would make `--select` say that all is well."""
    with bad_files.laid_over(copied, bad_files.overlays("not-yaml")):
        blocked = audit("knowledge", chosen=choose(["unused-item"]))
        free = audit("knowledge", chosen=choose(["blank-left"]))
    assert (codes(blocked), blocked.run) == (["not-yaml"], ())
    assert Skipped("unused-item", NOT_SOUND) in blocked.skipped
    assert (codes(free), free.run) == ([], ("blank-left",))


def test_a_broken_file_does_not_keep_the_rules_that_need_it_not_from_their_findings(copied: Path) -> None:
    """And the report says which rules were not looked at, and why."""
    with bad_files.laid_over(copied, bad_files.overlays("not-yaml", "blank-left", "undecidable-triage")):
        report = audit("knowledge")
    assert codes(report) == ["blank-left", "not-yaml", "undecidable-triage"]
    skipped = {s.rule: s.why for s in report.skipped}
    assert skipped["impossible-case"] == skipped["unused-accept"] == skipped["unused-item"] == NOT_SOUND
    assert skipped["rule-cycle"] == NOT_RUNNING


def test_proofs_are_worked_out_on_request_and_only_where_the_program_can_run(copied: Path) -> None:
    asked: list[str] = []

    def prove(base: KnowledgeBase, shown: str, progress: Progress) -> Proofs:
        progress("no heat")
        asked.append(shown)
        return Proofs(base, shown)

    only = choose(["unknown-invariant"])
    assert audit("knowledge").proofs == ()
    said: list[str] = []
    proofs = audit("knowledge", chosen=only, prove=prove, progress=said.append).proofs
    assert [p.id for p in proofs] == sorted(p.id for p in proofs)
    assert "nothing-in-an-emergency" in [p.id for p in proofs if p.verdict == PROVED]
    assert said == ["reading the files", "no heat", "unknown-invariant"]
    assert audit("knowledge", chosen=choose(["blank-left"]), prove=prove).proofs == ()
    with bad_files.laid_over(copied, bad_files.overlays("duplicate-id")):
        assert audit("knowledge", chosen=only, prove=prove).proofs == ()
    assert asked == ["knowledge"]


def test_progress_names_what_is_looked_at_next() -> None:
    said: list[str] = []
    report = audit("knowledge", progress=said.append)
    assert said[0] == "reading the files"
    assert sorted(said[1:]) == list(report.run)


@pytest.mark.parametrize(
    ("severities", "failing"),
    [
        ((), ()),
        (("note",), ("note",)),
        (("warning",), ("warning", "note")),
        (("error",), ("error", "warning", "note")),
        (("note", "error"), ("error", "warning", "note")),
    ],
)
def test_a_report_fails_at_the_level_of_its_worst_finding(
    severities: tuple[str, ...], failing: tuple[str, ...]
) -> None:
    findings = tuple(Problem(Place("a.yaml"), "x", "y", severity=s) for s in severities)
    report = Report("k", "1", "0" * 64, "knowledge", 1, findings)
    assert [level for level in ("error", "warning", "note", "never") if report.fails(level)] == list(failing)
