"""What the diagrams prove is what a SAT solver says, and on small bases what trying every answer says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from support.random_bases import base as random_base
from support.sat_judge import SatJudge

from assess.audit.proof import claims, space
from assess.audit.proof.domains import ABSENT, AT
from assess.audit.proof.proofs import Proofs
from assess.inference.columns import COLUMNS, infer_all
from assess.inference.invariants import violations
from assess.model.answers import Answers, Clearance
from assess.model.knowledge import KnowledgeBase

SEEDS = range(60)


@pytest.fixture(scope="module")
def proofs(knowledge: KnowledgeBase) -> Proofs:
    return Proofs(knowledge)


def test_the_solver_agrees_with_every_verdict_on_the_invariants_of_the_real_knowledge(proofs: Proofs) -> None:
    judge = SatJudge(proofs.knowledge, proofs.program, proofs.space.domains)
    by_proof = violations(proofs.knowledge, proofs.space.algebra, proofs.space.leaves, proofs.conclusions)
    by_solver = violations(proofs.knowledge, judge.algebra, judge.leaves, judge.found)
    differ = [
        broken
        for (broken, where), (same, literal) in zip(by_proof, by_solver, strict=True)
        if broken != same or proofs.exists(where) != judge.possible([literal])
    ]
    assert differ == []


def test_the_solver_agrees_on_what_can_hold_and_what_can_fail(proofs: Proofs) -> None:
    judge = SatJudge(proofs.knowledge, proofs.program, proofs.space.domains)
    kinds = ("triage", "modifier", "finding", "pattern", "eligible", "level", "gate")
    keys = [key for key in proofs.conclusions if key.kind in kinds]
    differ = [
        (key, rail)
        for key in keys
        for rail in (0, 1)
        if proofs.exists(proofs.conclusions[key][rail]) != judge.possible([judge.found[key][rail]])
    ]
    assert differ == []
    assert len(keys) > 800


def everybody(proofs: Proofs) -> Iterator[Answers]:
    """Every set of answers to a small base, one of each cell; `everybody` is why these bases are small."""
    domains = proofs.space.variables
    for cells in product(*(domain.cells for domain in domains)):
        given = {d.answer: v for d, v in zip(domains, cells, strict=True) if v is not ABSENT}
        cleared = tuple(
            Clearance(key.partition(".")[2], "a clinician", AT.date(), "")
            for key in given
            if key.startswith("cleared.")
        )
        yield Answers({k: v for k, v in given.items() if not k.startswith("cleared.")}, AT, cleared=cleared)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("small_enough", [1, space.SMALL], ids=["kept in lists", "multiplied out"])
def test_trying_every_answer_and_the_solver_give_the_same_verdicts(
    seed: int, small_enough: int, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariants, and whether any conclusion can be known true or false; however large a diagram may grow."""
    monkeypatch.setattr(space, "SMALL", small_enough)
    small = random_base(knowledge, seed)
    proofs = Proofs(small)
    judge = SatJudge(small, proofs.program, proofs.space.domains)
    people = list(everybody(proofs))
    mask = (1 << len(people)) - 1
    columns, leaves = infer_all(small, people, [AT] * len(people))
    assert mask.bit_count() == len(people) < 60_000

    for key, pair in proofs.conclusions.items():
        for rail in (0, 1):
            there = columns[key][rail] & mask
            assert proofs.exists(pair[rail]) == bool(there) == judge.possible([judge.found[key][rail]]), (key, rail)

    tried = violations(small, COLUMNS, leaves, columns)
    shown = violations(small, proofs.space.algebra, proofs.space.leaves, proofs.conclusions)
    for (broken, bits), (same, where) in zip(tried, shown, strict=True):
        assert broken == same
        assert proofs.exists(where) == bool(bits & mask), broken


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("small_enough", [1, space.SMALL], ids=["kept in lists", "multiplied out"])
def test_a_refutation_of_a_small_base_is_replayed_by_experta_and_is_among_the_nearest(
    seed: int, small_enough: int, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`claim` raises where experta does not conclude what the diagrams say. No other example has fewer answers."""
    monkeypatch.setattr(space, "SMALL", small_enough)
    small = random_base(knowledge, seed)
    proofs = Proofs(small)
    usual = [domain.cells[domain.usual] for domain in proofs.space.variables]
    for proof in claims.every(proofs):
        if proof.verdict != "refuted" or proof.id not in small.invariants:
            continue
        parts = list(claims.exclusions(proofs, proof.id))
        fewest = min(
            sum(cell != u for cell, u in zip(cells, usual, strict=True))
            for cells in product(*(domain.cells for domain in proofs.space.variables))
            if any(all(w.holds(_cells(proofs, cells)) for w in part.sets) for part in parts)
        )
        assert len(proof.example) == fewest


def _cells(proofs: Proofs, values: tuple[object, ...]) -> dict[int, int]:
    domains = proofs.space.variables
    return {i: domains[i].cells.index(value) for i, value in enumerate(values)}  # type: ignore[arg-type]
