"""Every audit rule's page: its examples do what they say, and the pages in docs/ are the docstrings of today."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import bad_files
import pytest

from assess.audit.pages import index, page
from assess.audit.registry import FILES, FINDINGS, MUTANTS, PROOFS, RUNS, SOUND, Rule, find, known, looked_at
from assess.errors import SEVERITIES

DOCS = bad_files.ROOT / "docs"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bad_files.copy_into(tmp_path_factory.mktemp("examples"))


@pytest.mark.parametrize("rule", looked_at(), ids=lambda rule: rule.name)
def test_the_bad_example_brings_exactly_this_finding_and_the_good_one_none(
    rule: Rule, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Laid over the real knowledge; the good one lies where the bad one does, so it shows how that is mended."""
    monkeypatch.chdir(copied.parent)
    bad_files.read_once(monkeypatch)
    bad, good = bad_files.example(rule.bad), bad_files.example(rule.good)
    problems = bad_files.found(copied, bad, rule.name)
    assert {p.code for p in problems} == {rule.name}
    if rule.name in bad_files.SHOWN:
        assert bad_files.text(bad_files.of(problems, bad)) == bad_files.expected(rule.name)
    assert bad_files.text(bad_files.found(copied, good, rule.name)) == ""
    assert {path.partition(".")[0] for path in bad} & {path.partition(".")[0] for path in good}


@pytest.mark.parametrize("rule", looked_at(), ids=lambda rule: rule.name)
def test_every_rule_says_how_bad_it_is_what_it_needs_what_it_looks_at_and_how_to_mend_it(rule: Rule) -> None:
    assert rule.severity in SEVERITIES
    assert rule.needs in (FILES, SOUND, RUNS, PROOFS, MUTANTS, FINDINGS)
    assert re.fullmatch(r"[A-Z].+\.", rule.says)
    assert {re.split(r"\W", paragraph)[0] for paragraph in rule.about.split("\n\n")} >= {"Looks", "Mend"}


def test_the_pages_in_docs_are_those_of_the_rules_byte_for_byte(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("regenerate_docs", DOCS / "regenerate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.regenerate(tmp_path)
    made = {p.name: p.read_text("utf-8") for p in (tmp_path / "audit").iterdir()}
    kept = {p.name: p.read_text("utf-8") for p in (DOCS / "audit").iterdir()}
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == [], "run: python docs/regenerate.py"


def test_a_page_has_the_statement_the_facts_the_text_and_both_examples() -> None:
    check = find("blank-left").check
    about, bad, good = "Looks at it.\n\nMend it.", "# a.yaml\na: 1", "# a.yaml\na: 2"
    rule = Rule("some-rule", "warning", "It is so.", about, bad, good, SOUND, True, check)
    assert page(rule) == (
        "# some-rule\n\nIt is so.\n\n"
        "warning; looked at once every file has the right shape and every reference holds; can be accepted with a "
        "reason.\n\n"
        "Looks at it.\n\nMend it.\n\n"
        "## Bad\n\n```yaml\n# a.yaml\na: 1\n```\n\n## Good\n\n```yaml\n# a.yaml\na: 2\n```\n"
    )


def test_a_problem_of_reading_has_a_short_page() -> None:
    said = "# not-yaml\n\nThe text is no YAML.\n\nerror; found when the files are read; cannot be accepted.\n"
    assert page(find("not-yaml")) == said


def test_the_list_names_every_name_that_a_finding_can_have() -> None:
    """The many keys that can be missing stand in one line."""
    named = set(re.findall(r"^\| \[?([a-z0-9-]+)", index(), re.MULTILINE)) - {"rule", "name"}
    assert named - set(known()) == {"missing-"}
    assert {n.partition("-")[0] for n in set(known()) - named} == {"missing"}
