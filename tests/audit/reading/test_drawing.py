"""Drawings: boxes that do not touch, lines that run between neighbouring columns, and a count of what is left out."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from assess.audit.reading.drawing import MARGIN, WIDTH, Picture, draw
from assess.audit.reading.graph import Edge, Graph, Point, graph, point_of
from assess.model.knowledge import KnowledgeBase


def made(*steps: tuple[str, str]) -> Graph:
    edges = [Edge(Point("a", source), Point("a", target), "leads to") for source, target in steps]
    points = {p for edge in edges for p in edge[:2]}
    return Graph(
        {p: p.id for p in points},
        {p: tuple(e for e in edges if e.target == p) for p in points},
        {p: tuple(e for e in edges if e.source == p) for p in points},
    )


def columns(picture: Picture) -> list[list[str]]:
    """The words of the boxes, column by column."""
    xs = sorted({box.x for box in picture.boxes})
    return [[" ".join(box.lines) for box in picture.boxes if box.x == x] for x in xs]


def test_two_steps_each_way_stand_in_columns() -> None:
    picture = draw(
        made(("far", "near"), ("near", "m"), ("m", "next"), ("next", "last"), ("last", "beyond")), Point("a", "m")
    )
    assert columns(picture) == [["far"], ["near"], ["m"], ["next"], ["last"]]
    assert [box.middle for box in picture.boxes] == [False, False, True, False, False]
    assert len(picture.paths) == 4
    assert picture.says == "1 thing leads to it directly, 1 follows from it directly; the lists below name them."


def test_what_has_no_room_is_counted_and_a_circle_is_drawn_once() -> None:
    many = draw(made(*((f"q{i}", "m") for i in range(8))), Point("a", "m"))
    assert columns(many) == [["q0", "q1", "q2", "q3", "q4", "and 3 more"], ["m"]]
    assert many.says == "8 things lead to it directly, 0 follow from it directly; the lists below name them."
    circle = draw(made(("m", "n"), ("n", "m")), Point("a", "m"))
    assert columns(circle) == [["n"], ["m"]]


def test_long_words_are_wrapped_and_cut() -> None:
    title = "a very long title that goes on and on, well beyond what any box of three lines can hold"
    graph_ = Graph({Point("a", "m"): title}, {}, {})
    [box] = draw(graph_, Point("a", "m")).boxes
    assert box.lines == ("a very long title", "that goes on and on,", "well beyond what …")


@pytest.fixture(scope="module")
def pictures(knowledge: KnowledgeBase) -> list[Picture]:
    whole = graph(knowledge)
    return [draw(whole, point_of(item)) for item in knowledge.items()]


def test_no_box_touches_another_or_leaves_the_picture(pictures: list[Picture]) -> None:
    for picture in pictures:
        for box in picture.boxes:
            assert MARGIN <= box.x <= box.x + WIDTH <= picture.width - MARGIN
            assert MARGIN <= box.y <= box.y + box.height <= picture.height - MARGIN
        for a, b in combinations(picture.boxes, 2):
            assert a.x != b.x or a.y + a.height < b.y or b.y + b.height < a.y


def test_every_line_runs_from_the_edge_of_a_box_to_that_of_one_in_the_next_column(pictures: list[Picture]) -> None:
    for picture in pictures:
        rights = {(box.x + WIDTH, box.y + box.height // 2) for box in picture.boxes}
        lefts = {(box.x - 1, box.y + box.height // 2) for box in picture.boxes}
        for path in picture.paths:
            x1, y1, *_, x2, y2 = map(int, re.findall(r"\d+", path))
            assert ((x1, y1) in rights, (x2, y2) in lefts, x2 - x1) == (True, True, 43)


def test_a_row_leads_from_its_lines_to_its_level_and_its_bars(knowledge: KnowledgeBase) -> None:
    whole = graph(knowledge)
    point = Point("modifier", "pregnancy")
    assert whole.into[point] == (Edge(Point("question", "pregnant"), point, "decides"),)
    follows = {(edge.why, edge.target.id) for edge in whole.out_of[point]}
    assert {("has the level", "clinician-first"), ("bars", "prone"), ("bars", "acupressure-calf")} <= follows
    assert {edge.target for edge in whole.out_of[Point("finding", "hip-flexors-short")]} >= {
        Point("muscle", "iliopsoas"),
        Point("pattern", "lower-crossed"),
    }
