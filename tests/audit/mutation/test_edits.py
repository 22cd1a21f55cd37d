"""Which small changes are made to a file, where they stand, and how they read."""

from __future__ import annotations

import re

import pytest

from assess.audit.mutation.edits import Lookup, edits, replaced
from assess.loading.documents import Document
from assess.loading.yaml12 import read

LINES = {
    "q": "answer: yes-no",
    "which": "answer: choice\noptions: {a: A, b: B, c: C}",
    "much": "answer: number\nstep: 0.5",
}
CHECK = """measures: {m: {answer: number, unit: cm, step: 2}, w: {answer: choice, options: {x: X, y: Y}}}
cutoffs: {u: {}, v: {}}"""


def document(kind: str, name: str, text: str) -> Document:
    return Document(kind, name, read(text.encode(), f"{name}.yaml"))


LOOKUP = Lookup(
    {("question", name): document("question", name, text) for name, text in LINES.items()}
    | {("check", "c"): document("check", "c", CHECK)}
)


def made(kind: str, text: str) -> list[tuple[str, str, str]]:
    """The kind of each edit, what stands at its place, and how it reads."""
    found = document(kind, "it", text)
    out = []
    for edit in edits(found, LOOKUP):
        place = found.located.place(edit.at)
        rest = found.located.excerpt(place)[place.column - 1 :]
        out.append((edit.operator, re.split(r"[,}\]]", rest)[0], edit.says))
    return out


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{answer: {q: yes}}", [("word", "yes", "`q: yes` read as `q: no`")]),
        ("{answer: {which: c}}", [("word", "c", "`which: c` read as `which: a`")]),
        (
            "{answer: {which: [a, b]}}",
            [("word", "a", "without `a`"), ("word", "b", "without `b`")],
        ),
        (
            "{number: {of: much, at_least: 3, unit: x}}",
            [
                ("operator", "3", "`at_least` read as `above`"),
                ("threshold", "3", "`at_least: 3` read as `at_least: 2.5`"),
            ],
        ),
        (
            "{check: {of: c.m, below: 8, unit: cm, side: any}}",
            [
                ("side", "any", "`side: any` read as `side: both`"),
                ("operator", "8", "`below` read as `at_most`"),
                ("threshold", "8", "`below: 8` read as `below: 6`"),
            ],
        ),
        (
            "{check: {of: c.m, above: 8, unit: cm, take: highest}}",
            [
                ("operator", "highest", "`take: highest` read as `take: lowest`"),
                ("operator", "8", "`above` read as `at_least`"),
                ("threshold", "8", "`above: 8` read as `above: 10`"),
            ],
        ),
        ("{check: {of: c.m, beyond: u}}", [("threshold", "u", "`beyond: u` read as `beyond: v`")]),
        ("{check: {of: c.w, is: y}}", [("word", "y", "`is: y` read as `is: x`")]),
        ("{not: {known: {answer: {q: no}}}}", [
            ("operator", "{known: {answer: {q: no", "without this `not`"),
            ("operator", "{answer: {q: no", "without this `known`"),
            ("word", "no", "`q: no` read as `q: yes`"),
        ]),
        ("{level: same-day}", [
            ("level", "same-day", "`level: same-day` read as `level: emergency`"),
            ("level", "same-day", "`level: same-day` read as `level: clinician-first`"),
        ]),
        ("{pattern: {id: p, label: likely, side: this}}", [
            ("side", "this", "`side: this` read as `side: other`"),
            ("level", "likely", "`label: likely` read as `label: possible`"),
        ]),
        ("{any: [{finding: f}, {finding: {id: g, side: left}}]}", [
            ("operator", "[{finding: f", "`any` read as `all`"),
            ("part", "{finding: f", "without this condition"),
            ("part", "{finding: {id: g", "without this condition"),
            ("side", "left", "`side: left` read as `side: right`"),
        ]),
        ("{at_least: 2, of: [{finding: f}, {finding: g}]}", [
            ("threshold", "2", "`at_least: 2` read as `at_least: 1`"),
        ]),
    ],
)  # fmt: skip
def test_a_condition(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert made("relief", f"needs: {text}") == wanted


def test_a_row_its_levels_and_bars() -> None:
    text = "level: caution\nunsure_level: true\nclearable: false\nbars: [heat, cold]"
    assert made("modifier", text) == [
        ("level", "caution", "`level: caution` read as `level: clinician-first`"),
        ("level", "caution", "`level: caution` read as `level: self-care`"),
        ("level", "caution", "without `level: caution`"),
        ("level", "false", "`clearable: false` read as `clearable: true`"),
        ("level", "true", "`unsure_level: true` read as `unsure_level: false`"),
        ("bar", "heat", "without `heat`"),
        ("bar", "cold", "without `cold`"),
    ]


def test_a_pattern_its_weights_signs_vetoes_and_cap() -> None:
    text = (
        "cap: possible\nsupports:\n  - {weight: 1, when: {finding: f}}\n  - {weight: 2, when: {finding: g}}\n"
        "opposes:\n  - {weight: 1, when: {finding: h}}\nvetoes:\n  - {finding: i}"
    )
    assert made("pattern", text) == [
        ("weight", "1", "`weight: 1` read as `weight: 2`"),
        ("part", "{weight: 1", "without this sign"),
        ("weight", "2", "`weight: 2` read as `weight: 1`"),
        ("weight", "2", "`weight: 2` read as `weight: 3`"),
        ("part", "{weight: 2", "without this sign"),
        ("weight", "1", "`weight: 1` read as `weight: 2`"),
        ("part", "{weight: 1", "without this sign"),
        ("part", "{finding: i", "without this veto"),
        ("level", "possible", "without `cap: possible`"),
    ]


def test_a_line_and_what_cannot_be_told_of_it() -> None:
    text = "answer: yes-no\nunless_asked: yes\nclarifier: {cant_tell: emergency}\nwhen: {answer: {q: yes}}"
    assert made("question", text) == [
        ("word", "yes", "`q: yes` read as `q: no`"),
        ("level", "emergency", "`cant_tell: emergency` read as `cant_tell: same-day`"),
        ("word", "yes", "`unless_asked: yes` read as `unless_asked: no`"),
    ]


def test_the_limits_of_a_check_band_by_band() -> None:
    text = (
        "tags: [floor]\nmeasures: {m: {answer: number, unit: cm, step: 2}}\nfindings: {}\n"
        "cutoffs: {u: {unit: cm, bands: [{when: {answer: {q: yes}}, below: 4}]}}"
    )
    assert made("check", text) == [
        ("tag", "floor", "without `floor`"),
        ("operator", "4", "`below` read as `at_most`"),
        ("threshold", "4", "`below: 4` read as `below: 2`"),
        ("word", "yes", "`q: yes` read as `q: no`"),
    ]


def test_only_the_path_to_what_is_replaced_is_copied() -> None:
    raw = {"a": [{"b": 1}, {"c": 2}], "d": {"e": 3}}
    other = replaced(raw, ("a", 0, "b"), 9)
    assert (other, raw) == ({"a": [{"b": 9}, {"c": 2}], "d": {"e": 3}}, {"a": [{"b": 1}, {"c": 2}], "d": {"e": 3}})
    assert other["d"] is raw["d"]
    assert other["a"][1] is raw["a"][1]
