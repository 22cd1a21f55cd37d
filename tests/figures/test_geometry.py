"""Turns, limbs of two bones, and the thread round circles."""

from __future__ import annotations

import re
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.figures.geometry import (
    IDENTITY,
    about_x,
    about_y,
    about_z,
    apply,
    compose,
    length,
    outline,
    sub,
    transpose,
    two_bones,
)

near = pytest.approx
degrees = st.floats(-180, 180)
number = st.floats(-2, 2)
point = st.tuples(number, number, number)


def test_a_turn_goes_the_way_that_is_said() -> None:
    """Leaning takes up to ahead, tilting takes left up, turning takes ahead to the left."""
    assert apply(about_y(90), (0, 0, 1)) == near((1, 0, 0))
    assert apply(about_x(90), (0, 1, 0)) == near((0, 0, 1))
    assert apply(about_z(90), (1, 0, 0)) == near((0, 1, 0))


@given(a=degrees, b=degrees, c=degrees, v=point)
def test_turns_keep_lengths_and_can_be_taken_back(a: float, b: float, c: float, v: tuple[float, float, float]) -> None:
    turn = compose(about_x(a), about_y(b), about_z(c))
    assert length(apply(turn, v)) == near(length(v), abs=1e-9)
    back = compose(transpose(turn), turn)
    assert [x for row in back for x in row] == near([x for row in IDENTITY for x in row], abs=1e-9)


@given(goal=point, pole=point, upper=st.floats(0.1, 1), lower=st.floats(0.1, 1))
def test_a_limb_keeps_its_lengths_and_reaches_what_is_in_reach(
    goal: tuple[float, float, float], pole: tuple[float, float, float], upper: float, lower: float
) -> None:
    root = (0.1, -0.2, 0.3)
    middle, end = two_bones(root, goal, upper, lower, pole)
    far = length(sub(goal, root))
    if length(pole) > 0.1 and abs(upper - lower) + 0.01 < far < (upper + lower) * 0.99:
        assert length(sub(middle, root)) == near(upper, abs=1e-6)
        assert length(sub(end, middle)) == near(lower, abs=1e-6)
        assert end == near(goal, abs=1e-6)


def test_a_joint_bends_towards_its_pole() -> None:
    middle, end = two_bones((0, 0, 0), (0, 0, -1), 0.6, 0.6, (1, 0, 0))
    assert end == near((0, 0, -1))
    assert middle[0] > 0.3


def test_one_circle_is_two_half_circles() -> None:
    assert re.fullmatch(r"M\S+ \S+A10 10 0 0 1 \S+ \S+A10 10 0 0 1 \S+ \S+Z", outline([(0, 0, 10)]))


@given(circles=st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50), st.floats(5, 20)), min_size=2, max_size=4))
def test_nothing_sticks_out_of_the_straight_parts_of_an_outline(circles: list[tuple[float, float, float]]) -> None:
    """The path goes round with the shapes on one side; its corners lie on circles."""
    at = (0.0, 0.0)
    for command, rest in re.findall(r"([MLA])([^MLAZ]*)", outline(circles)):
        numbers = [float(n) for n in rest.split()]
        x, y = to = (numbers[-2], numbers[-1])
        assert min(abs(hypot(x - cx, y - cy) - r) for cx, cy, r in circles) < 0.2
        long = hypot(x - at[0], y - at[1])
        if command == "L" and long > 3:
            nx, ny = (y - at[1]) / long, (at[0] - x) / long
            assert max((cx - x) * nx + (cy - y) * ny + r for cx, cy, r in circles) < 0.6
        at = to
