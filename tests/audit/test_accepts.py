"""`accept:` in the knowledge silences one finding, with a reason, in its own file; nothing about safety."""

from __future__ import annotations

from pathlib import Path

import bad_files
import pytest

from assess.audit.accepts import Accept
from assess.audit.registry import choose, known
from assess.audit.report import Report
from assess.audit.run import audit
from assess.loading.documents import Document
from assess.loading.yaml12 import Located

QUESTION = "questions/new-line.yaml"
LINE = (
    "id: new-line\ntopic: behaviour\norder: 900\nanswer: yes-no\nask: Is it so <really>?\nwhy: It matters.\n"
    "sources: {design: design-value}\n"
)
BLANK = ("blank-left", "this blank is not filled: Is it so <really>?")
UNUSED = ("unused-item", "no rule uses the answer to 'new-line'")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bad_files.copy_into(tmp_path_factory.mktemp("accepts"))


@pytest.fixture(autouse=True)
def _here(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copied.parent)
    bad_files.read_once(monkeypatch)


def with_accepts(copied: Path, *entries: str, chosen: frozenset[str] | None = None) -> Report:
    """A line that nothing reads and that has a blank, with these entries under `accept:`."""
    accept = "accept:\n" + "".join(f"  - {entry}\n" for entry in entries) if entries else ""
    with bad_files.laid_over(copied, {QUESTION: (LINE + accept).encode()}):
        return audit("knowledge", chosen=chosen)


def told(report: Report) -> list[tuple[str, str]]:
    return [(p.code, p.message) for p in report.findings]


def test_only_the_findings_of_its_rule_are_silenced_and_they_are_reported_with_the_reason(copied: Path) -> None:
    assert told(with_accepts(copied)) == [UNUSED, BLANK]
    report = with_accepts(copied, "{rule: unused-item, why: The letter shows it.}")
    assert told(report) == [BLANK]
    [accepted] = [a for a in report.accepted if QUESTION in a.finding.place.file]
    assert (accepted.finding.code, accepted.finding.message, accepted.why) == (*UNUSED, "The letter shows it.")
    assert str(accepted.place) == f"knowledge/{QUESTION}:9:5"


def test_about_narrows_it_to_the_findings_whose_message_holds_it(copied: Path) -> None:
    assert told(with_accepts(copied, "{rule: blank-left, about: <really>, why: It is a key.}")) == [UNUSED]
    report = with_accepts(copied, "{rule: blank-left, about: <other>, why: It is a key.}")
    said = "nothing here is found by 'blank-left' about '<other>', so nothing is accepted"
    assert told(report) == [UNUSED, BLANK, ("unused-accept", said)]


def test_it_silences_nothing_in_another_file(copied: Path) -> None:
    whole = (copied / "program.yaml").read_text("utf-8")
    with_one = {"program.yaml": f"accept: [{{rule: blank-left, why: It is a key.}}]\n{whole}".encode()}
    with bad_files.laid_over(copied, with_one):
        assert [code for code, _ in told(with_accepts(copied))] == ["unused-accept", "unused-item", "blank-left"]


@pytest.mark.parametrize("single", ["terms", "program"])
def test_the_files_at_the_top_may_carry_it(single: str, copied: Path) -> None:
    """A tag that nothing carries is found in terms.yaml; of program.yaml it is enough that the shape is right."""
    file = copied / f"{single}.yaml"
    added = "tags:\n  new-tag: A tag that nothing carries\n" if single == "terms" else "accept_not: 1\n"
    spoiled = bad_files.woven(added, file.read_text("utf-8")) if single == "terms" else file.read_text("utf-8")
    rule = "unused-item" if single == "terms" else "blank-left"
    with bad_files.laid_over(copied, {f"{single}.yaml": f"accept: [{{rule: {rule}, why: Soon.}}]\n{spoiled}".encode()}):
        report = audit("knowledge")
    assert [code for code, _ in told(report)] == ([] if single == "terms" else ["unused-accept"])


@pytest.mark.parametrize(
    "accept", ["5", "[5]", "{rule: x}", "[{rule: 5, why: Soon.}]", "[{rule: blank-left, why: [a]}]"]
)
@pytest.mark.parametrize("path", [QUESTION, "terms.yaml", "program.yaml", "manifest.yaml", "sources.yaml"])
def test_an_entry_of_the_wrong_shape_is_a_problem_of_its_file_and_silences_nothing(
    path: str, accept: str, copied: Path
) -> None:
    """Neither does a right one in a file that must not have any: that is an unknown key, or no source."""
    raw = LINE if path == QUESTION else (copied / path).read_text("utf-8")
    for wrong in (
        {accept, "[{rule: blank-left, why: Soon.}]"} if path in ("manifest.yaml", "sources.yaml") else {accept}
    ):
        with bad_files.laid_over(copied, {path: f"accept: {wrong}\n{raw}".encode()}):
            report = audit("knowledge")
        here = {p.code for p in report.findings if p.place.file == f"knowledge/{path}"}
        assert here & {"wrong-type", "not-an-id", "unknown-key", "missing-title", "missing-why"}
        assert report.accepted == ()


def test_of_two_entries_for_one_finding_the_second_is_not_used(copied: Path) -> None:
    twice = "{rule: unused-item, why: The letter shows it.}"
    said = "nothing here is found by 'unused-item', so nothing is accepted"
    assert told(with_accepts(copied, twice, twice)) == [BLANK, ("unused-accept", said)]


def test_an_entry_whose_rule_was_not_looked_at_is_not_called_unused(copied: Path) -> None:
    entry = "{rule: missing-case, why: It is none.}"
    assert told(with_accepts(copied, entry, chosen=choose(["unused-accept"]))) == []
    assert "unused-accept" in [code for code, _ in told(with_accepts(copied, entry))]


def test_a_problem_of_loading_cannot_be_accepted(copied: Path) -> None:
    """`missing-case` is also found by a rule, and that can be accepted; a file with too few cases cannot be used."""
    sign = bad_files.overlays("one-case")
    [(path, raw)] = sign.items()
    accept = b"accept: [{rule: missing-case, why: One is enough.}]\n"
    with bad_files.laid_over(copied, {path: raw + accept}):
        report = audit("knowledge")
    assert ([p.code for p in report.findings], report.accepted) == (["missing-case"], ())


def test_nothing_about_safety_can_be_accepted() -> None:
    """By name, also what is not there yet: a name that is not known is refused as well."""
    document = Document("question", "q", Located("q.yaml", {}))
    safety = ["refuted-invariant", "unknown-invariant", "undecidable-triage", "forbidden-word", "rule-cycle"]
    loading = [name for name, rule in known().items() if rule.check is None]
    allowed = [n for n in safety + loading if Accept(document, 0, n, "It is only a small one.").wrong() is None]
    assert allowed == []
