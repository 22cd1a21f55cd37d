"""The diagram against sets of tuples: whatever is done with nodes, the assignments in them are those of the sets."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from assess.audit.proof.diagram import EVERYTHING, NOTHING, Diagram, OutOfBudget

SIZES = (2, 3, 4, 2, 3)
EVERY = list(product(*(range(size) for size in SIZES)))
USUAL = (0, 1, 3, 1, 2)

Assignments = frozenset[tuple[int, ...]]


def members(diagram: Diagram, node: int) -> Assignments:
    """All assignments in a node, by walking it for each."""
    return frozenset(a for a in EVERY if diagram.holds(node, dict(enumerate(a)), USUAL))


def leaf(diagram: Diagram, rng: Random) -> tuple[int, Assignments]:
    level = rng.randrange(len(SIZES))
    cells = tuple(rng.randint(0, 1) for _ in range(SIZES[level]))
    return diagram.make(level, cells), frozenset(a for a in EVERY if cells[a[level]])


def grown(seed: int) -> tuple[Diagram, list[tuple[int, Assignments]]]:
    """Random nodes with the sets that they must be."""
    rng, diagram = Random(seed), Diagram(SIZES)
    made = [leaf(diagram, rng) for _ in range(6)]
    for _ in range(25):
        (a, x), (b, y) = rng.choice(made), rng.choice(made)
        made.append(
            rng.choice(
                (
                    (diagram.both(a, b), x & y),
                    (diagram.either(a, b), x | y),
                    (diagram.negated(a), frozenset(EVERY) - x),
                )
            )
        )
    return diagram, made


@pytest.mark.parametrize("seed", range(30))
def test_nodes_are_the_sets_that_they_stand_for(seed: int) -> None:
    diagram, made = grown(seed)
    for node, wanted in made:
        assert members(diagram, node) == wanted


@pytest.mark.parametrize("seed", range(30))
def test_equal_sets_are_equal_numbers(seed: int) -> None:
    _, made = grown(seed)
    numbers: dict[Assignments, set[int]] = {}
    for node, wanted in made:
        numbers.setdefault(wanted, set()).add(node)
    assert all(len(nodes) == 1 for nodes in numbers.values())
    assert numbers.get(frozenset(), {NOTHING}) == {NOTHING}
    assert numbers.get(frozenset(EVERY), {EVERYTHING}) == {EVERYTHING}


@pytest.mark.parametrize("seed", range(30))
def test_the_nearest_has_the_fewest_cells_off_the_usual(seed: int) -> None:
    diagram, made = grown(seed)
    for node, wanted in made:
        cells = diagram.nearest(node, USUAL)
        if cells is None:
            assert not wanted
            continue
        assert tuple(cells.get(i, USUAL[i]) for i in range(len(SIZES))) in wanted
        assert len(cells) == min(sum(c != u for c, u in zip(a, USUAL, strict=True)) for a in wanted)


@pytest.mark.parametrize("seed", range(30))
def test_share_support_and_restriction_are_exact(seed: int) -> None:
    diagram, made = grown(seed)
    weights = [[1 / size] * size for size in SIZES]
    for node, wanted in made:
        assert diagram.share(node, weights) == pytest.approx(len(wanted) / len(EVERY))
        matters = {i for i in range(len(SIZES)) for a in EVERY if (a in wanted) != (_with(a, i, 0) in wanted)}
        assert diagram.support(node) == matters
        fixed = diagram.restricted(node, 2, 3)
        assert members(diagram, fixed) == {a for a in EVERY if _with(a, 2, 3) in wanted}


def _with(assignment: tuple[int, ...], level: int, cell: int) -> tuple[int, ...]:
    return (*assignment[:level], cell, *assignment[level + 1 :])


def test_an_operation_over_its_budget_stops_and_leaves_the_diagram_as_right_as_before() -> None:
    diagram = Diagram([2] * 12)
    pairs = [diagram.both(diagram.make(i, (0, 1)), diagram.make(i + 6, (0, 1))) for i in range(6)]
    most = diagram.either(diagram.either(pairs[0], pairs[1]), diagram.either(pairs[2], pairs[3]))
    rest = diagram.either(pairs[4], pairs[5])
    with pytest.raises(OutOfBudget):
        diagram.either(most, rest, budget=8)
    whole = 0
    for pair in pairs:
        whole = diagram.either(whole, pair)
    assert diagram.share(whole, [[0.5, 0.5]] * 12) == pytest.approx(1 - 0.75**6)
