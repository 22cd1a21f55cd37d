"""Faults that a seeded generator sows as text: each is found by the right rule, in the right line and column.

And nothing else is: what is found is compared as a whole. The small knowledge takes one fault at a time; the real one
many at once, since no broken file hides what is wrong with another.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

import bad_files
import pytest
from seeded_faults import logic_faults, loosened
from seeded_slips import slips
from sown import Fault, Finding, Ground, sow

from assess.audit.proof.proofs import Proofs
from assess.audit.registry import MUTANTS, choose, looked_at
from assess.audit.run import audit
from assess.errors import Problem

MINI = Ground(bad_files.ROOT / "tests/knowledge/mini", "made-up", "habits", "lying", "warm", "plain", "buttock")
SMALL = [*logic_faults(MINI, seed=1, each=14), *loosened(MINI)]
SEEDS = (1, 2, 3)


@lru_cache(maxsize=1)
def real() -> Ground:
    """Our knowledge; what is sown in it has tags and a muscle that no invariant speaks of for everybody."""
    tags = "training, hard-effort, effort-test"
    return Ground(
        bad_files.ROOT / "knowledge", "design", "behaviour", "sitting", tags, "reps-level-1", "glute-max", together=True
    )


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(MINI.root, tmp_path_factory.mktemp("mini") / "knowledge"))


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bad_files.copy_into(tmp_path_factory.mktemp("ours"))


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    bad_files.read_once(monkeypatch)


WITHOUT = [bad_files.CASES, bad_files.DRAWN, *(rule.name for rule in looked_at() if rule.needs == MUTANTS)]
"""Rules about the cases and about pictures, of which what is sown has none; not about faults of the rules."""


def found(knowledge: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, *, prove: bool) -> list[Problem]:
    """What the audit finds with these files in place; every rule must have been looked at that can be."""
    monkeypatch.chdir(knowledge.parent)
    with bad_files.laid_over(knowledge, files):
        prover = (lambda base, shown, _: Proofs(base, shown)) if prove else None
        report = audit("knowledge", chosen=choose(ignore=WITHOUT), prove=prover)
    assert not prove or report.not_looked_at() == {}
    return list(report.findings)


def places(problems: Iterable[Problem]) -> set[Finding]:
    return {(p.place.file.removeprefix("knowledge/"), p.place.line, p.place.column, p.code) for p in problems}


def check(
    ground: Ground, faults: Collection[Fault], knowledge: Path, patch: pytest.MonkeyPatch, *, prove: bool
) -> None:
    files, wanted = sow(ground.texts, faults)
    problems = found(knowledge, files, patch, prove=prove)
    said = "".join(f"\n{p.render()}" for p in problems if not places([p]) <= wanted)
    assert (wanted - places(problems), places(problems) - wanted) == (set(), set()), said


def test_the_small_knowledge_has_no_fault_of_its_own(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bad_files.text(found(mini, {}, monkeypatch, prove=True)) == ""


@pytest.mark.parametrize("fault", SMALL, ids=lambda fault: fault.name)
def test_a_fault_of_logic_is_found_where_it_is_and_nothing_else(
    fault: Fault, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(MINI, [fault], mini, monkeypatch, prove=True)


def test_faults_of_logic_sown_together_in_our_knowledge_are_all_found(
    ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(real(), logic_faults(real(), seed=1, each=3), ours, monkeypatch, prove=True)


@pytest.mark.parametrize("broken", [False, True], ids=["sound files", "broken files"])
@pytest.mark.parametrize("seed", SEEDS)
def test_slips_sown_together_in_our_knowledge_are_all_found(
    seed: int, broken: bool, ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(real(), slips(real(), seed, each=4, broken=broken), ours, monkeypatch, prove=False)


def test_hundreds_of_faults_are_sown_and_every_rule_has_some() -> None:
    """What is only said where the budget of a proof runs out cannot be sown."""
    faults = [*SMALL, *logic_faults(real(), seed=1, each=3)]
    faults += [f for seed in SEEDS for broken in (False, True) for f in slips(real(), seed, 4, broken=broken)]
    assert len(faults) > 600
    unsown = {rule.name for rule in looked_at()} - {fault.rule for fault in faults}
    assert unsown == {"unknown-invariant", *WITHOUT}


def test_the_same_seed_sows_the_same_faults() -> None:
    assert logic_faults(MINI, 7, 3) == logic_faults(MINI, 7, 3)
    assert slips(real(), 7, 2, broken=True) == slips(real(), 7, 2, broken=True)
    assert logic_faults(MINI, 7, 3) != logic_faults(MINI, 8, 3)
