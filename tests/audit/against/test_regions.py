"""Outside the region of a conclusion both versions say the same of everybody, however lists are kept."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from support.random_bases import base as random_base
from support.small import HERE, line, row, small

from assess.audit.against.both import Both
from assess.audit.against.outcomes import differences
from assess.audit.against.regions import Regions
from assess.audit.against.settle import Settler
from assess.audit.against.weights import weights
from assess.audit.proof import space
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import KnowledgeBase, Relief
from assess.rules import nodes as n


def yes(name: str) -> n.Leaf:
    return n.Leaf(Is(name, "yes"))


def barring(real: KnowledgeBase, *tags: str) -> KnowledgeBase:
    """Relief with these tags, needed where two lines are answered yes; a third line bars the first tag."""
    needs = n.AllOf((yes("q0"), yes("q1")))
    item = Relief("item", "relief", HERE, "item", tags=tags, needs=needs, use="ease")
    held = replace(row("held", yes("q2"), "caution"), bars=("tag-a",))
    base = small(real, line("q0"), line("q1"), line("q2"), held)
    terms = replace(base.terms, tags={"tag-a": "", "tag-b": ""}, muscles={})
    return replace(base, terms=terms, program={}, relief={"item": item})


def outside(both: Both, key: Key) -> tuple[int, int]:
    """How many people the region leaves out, and how many of them differ all the same."""
    old, new = both.over_all_answers()
    region = Regions(both, (old, new)).of(key)
    left = differ = 0
    for cells in product(*(range(len(d.cells)) for d in both.space.variables)):
        here = dict(enumerate(cells))
        if not region.holds(here):
            left += 1
            differ += any(a.holds(here) != b.holds(here) for a, b in zip(old[key], new[key], strict=True))
    return left, differ


@pytest.mark.parametrize(("before", "after"), [((), ("tag-a",)), (("tag-b",), ("tag-b", "tag-a")), (("tag-a",), ())])
def test_a_tag_more_matters_wherever_it_is_not_known_not_to_be_barred(
    before: tuple[str, ...], after: tuple[str, ...], knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the line that bars it is not answered."""
    monkeypatch.setattr(Regions, "_apart", lambda *_: None)  # by the rules alone
    both = Both(barring(knowledge, *before), barring(knowledge, *after))
    left, differ = outside(both, Key("eligible", "item"))
    assert differ == 0
    assert left > 0


@pytest.mark.parametrize("seed", range(12))
def test_nobody_outside_a_region_differs(seed: int, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "SMALL", 1)
    monkeypatch.setattr(Regions, "_apart", lambda *_: None)  # by the rules alone
    real = random_base(knowledge, seed)
    first = next(iter(real.modifiers))
    other = random_base(knowledge, seed + 100).modifiers[first]
    changed = replace(real.modifiers[first], when=other.when, bars=other.bars)
    both = Both(real, replace(real, modifiers={**real.modifiers, first: changed}))
    keys = [key for key in both.changed if isinstance(key, Key) and key.kind in ("bar", "eligible")]
    assert [outside(both, key)[1] for key in keys[:6]] == [0] * len(keys[:6])


def test_weights_are_those_of_the_decision(knowledge: KnowledgeBase) -> None:
    """A yes-or-no line: as usual in 199 of 200. Each option of a choice the same, nine in ten together."""
    one, other = random_base(knowledge, 3), random_base(knowledge, 4)
    both = Both(one, other)
    by_answer = dict(zip(both.space.level, weights(both.space.variables, both.bases), strict=True))
    domain = both.space.domains["q2"]
    line_weights = dict(zip(domain.cells, by_answer["q2"], strict=True))
    assert line_weights == pytest.approx({"no": 0.995, "yes": 0.005 / 3, "unsure": 0.005 / 3, None: 0.005 / 3})
    which = both.space.domains["which"]
    for values, weight in zip(which.stand_for, by_answer["which"], strict=True):
        assert weight == pytest.approx(sum(0.3 if v in ("a", "b", "c") else 0.05 for v in values))
    assert all(sum(w) == pytest.approx(1) for w in by_answer.values())


def test_a_limit_between_two_steps_changes_something_for_nobody_who_is_drawn(
    knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may say 2.2 where the line is answered in whole steps: it differs, for a share of 0."""
    monkeypatch.setattr(space, "SMALL", 1)
    number = random_base(knowledge, 0).questions["much"]

    def version(limit: float) -> KnowledgeBase:
        high = n.Leaf(Compare("much", "above", limit, "points"))
        base = small(knowledge, number, line("q0"), line("q1"), row("held", n.AnyOf((high, yes("q0"), yes("q1")))))
        return replace(base, terms=replace(base.terms, tags={}, muscles={}), program={})

    both = Both(version(2), version(2.5))
    settler = Settler(both)
    key = Key("triage", "held")
    lost = next(d for d in differences(key, *(found[key] for found in settler.found)) if d.way == "lost")
    settled = settler.settle(lost)
    assert settled is not None
    assert settled.share == 0
    assert both.space.answers(settler.example(settled)) == {"much": 2.5}
