"""Two small versions compared: trying every answer gives the same verdicts, the same shares and nobody nearer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import product
from math import prod

import pytest
from support.random_bases import base as random_base

from assess.audit.against import settle
from assess.audit.against.both import Both
from assess.audit.against.outcomes import differences, section
from assess.audit.against.people import Replayed
from assess.audit.against.settle import Settled, Settler
from assess.audit.proof import space
from assess.audit.proof.domains import ABSENT, AT
from assess.inference.columns import infer_all
from assess.inference.infer import infer
from assess.model.answers import Answers, Clearance, Value
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase

SEEDS = range(20)
Way = tuple[Key, str]


@lru_cache(maxsize=64)
def versions(real: KnowledgeBase, seed: int) -> Both:
    """Two bases with the same names for everything; in the new one an option is renamed and a line is gone."""
    old, new = random_base(real, 2 * seed), random_base(real, 2 * seed + 1)
    if seed % 3 == 0:
        new = random_base(real, 2 * seed)  # one row is other than it was, all else is the same
        other = random_base(real, 2 * seed + 1)
        first = next(iter(new.triage))
        new = replace(new, triage={**new.triage, first: replace(new.triage[first], when=other.triage[first].when)})
    if seed % 3 == 1:
        which = new.questions["which"]
        without = {k: v for k, v in new.questions.items() if k != "q2"}
        renamed = replace(which, options={"a": "", "b": "", "d": ""})
        new = replace(new, questions={**without, "which": renamed})
    return Both(old, new)


def everybody(both: Both) -> Iterator[tuple[tuple[int, ...], dict[str, Value]]]:
    """Every assignment, with what it answers."""
    domains = both.space.variables
    for cells in product(*(range(len(domain.cells)) for domain in domains)):
        given = {d.answer: d.cells[cell] for d, cell in zip(domains, cells, strict=True)}
        yield cells, {k: v for k, v in given.items() if v is not ABSENT}


def told(base: KnowledgeBase, given: dict[str, Value]) -> Answers:
    """What a version understands of it: lines and answers that it does not have are not there."""
    cleared = [Clearance(k.partition(".")[2], "a clinician", AT.date(), "") for k in given if k.startswith("cleared.")]
    known = {
        k: v
        for k, v in given.items()
        if k in base.questions and (not base.questions[k].options or v in (*base.questions[k].options, "unsure"))
    }
    return Answers(known, AT, cleared=tuple(c for c in cleared if c.reason in base.rows))


def settled(both: Both) -> tuple[Settler, dict[Way, Settled | None]]:
    settler = Settler(both)
    found = {
        (d.key, d.way): settler.settle(d)
        for key in both.changed
        if isinstance(key, Key) and section(key)
        for d in differences(key, settler.found[0][key], settler.found[1][key])
    }
    return settler, found


def tried(both: Both) -> tuple[list[tuple[int, ...]], dict[Way, int]]:
    """For every way in which an outcome can differ, who shows it, one bit a person."""
    people = list(everybody(both))
    assert len(people) < 400_000
    columns = [
        infer_all(base, [told(base, given) for _, given in people], [AT] * len(people))[0] for base in both.bases
    ]
    mask = (1 << len(people)) - 1
    never = 0, -1
    found: dict[Way, int] = {}
    for key in {**columns[0], **columns[1]}:
        if section(key):
            for d in differences(key, columns[0].get(key, never), columns[1].get(key, never)):
                bits = mask
                for column in d.sets:
                    bits &= column
                found[d.key, d.way] = bits
    return [cells for cells, _ in people], found


def share(both: Both, settler: Settler, people: list[tuple[int, ...]], bits: int) -> float:
    chosen = (cells for i, cells in enumerate(people) if bits >> i & 1)
    return sum(prod(settler.weights[i][cell] for i, cell in enumerate(cells)) for cells in chosen)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("small_enough", [1, space.SMALL], ids=["kept in lists", "multiplied out"])
def test_trying_every_answer_gives_the_same_verdicts_and_shares(
    seed: int, small_enough: int, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share is exact, or near it and said to be an estimate. What rests on nothing changed is the same for all."""
    monkeypatch.setattr(space, "SMALL", small_enough)
    monkeypatch.setattr(settle, "CROWDS", 2)
    versions.cache_clear()
    both = versions(knowledge, seed)
    settler, found = settled(both)
    people, differ = tried(both)
    for way, bits in differ.items():
        one = found.get(way)
        assert (one is not None) == bool(bits), way
        if one is None:
            continue
        exact = share(both, settler, people, bits)
        if not one.people:
            assert one.share == pytest.approx(exact, rel=1e-9), way
        elif one.at_most:
            assert exact <= one.share * 4, way
        else:
            assert abs(one.share - exact) <= 6 * (one.share / one.people) ** 0.5, way


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("small_enough", [1, space.SMALL], ids=["kept in lists", "multiplied out"])
def test_the_example_differs_in_both_engines_and_nobody_nearer_does(
    seed: int, small_enough: int, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(space, "SMALL", small_enough)
    versions.cache_clear()
    both = versions(knowledge, seed)
    settler, found = settled(both)
    people, differ = tried(both)
    usual = both.space.usual
    replayed = Replayed(both)
    shown = [one for one in found.values() if one is not None]
    for one in shown[::3]:
        cells = settler.example(one)
        replayed.shown(one.key, one.way, cells)
        given = [told(b, {k: v for k, v in _all(both, cells).items() if v is not None}) for b in both.bases]
        pairs = [
            infer(base, answers, AT).pairs.get(one.key, (False, True))
            for base, answers in zip(both.bases, given, strict=True)
        ]
        if one.key != ("level", "caution", ""):
            old, new = ((-true, -false) for true, false in pairs)
            assert one.way in [d.way for d in differences(one.key, old, new) if all(d.sets)]
            bits = differ[one.key, one.way]
            off = (
                sum(c != u for c, u in zip(who, usual, strict=True)) for i, who in enumerate(people) if bits >> i & 1
            )
            assert len(cells) == min(off)


def _all(both: Both, cells: dict[int, int]) -> dict[str, Value | None]:
    return {d.answer: d.cells[cells.get(i, d.usual)] for i, d in enumerate(both.space.variables)}
