"""`assess show --table REGION`: each sign of each pattern once, at the checks that it reads; fits 80 columns."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from cli_runs import run
from support.small import HERE, check, line, measure, row, small

from assess.cli.decision_table import ANSWERS, PATTERNS, ROWS, table, written
from assess.model.conditions import Is, Key
from assess.model.knowledge import KnowledgeBase, Pattern, Sign
from assess.rules.nodes import AllOf, Atom, Known, Leaf, Not

REGIONS = ("lower", "upper", "both")
MARK = re.compile(r"[+-]\d\*?|x\*?|o")

SMALL = """\
Patterns and the checks that decide them: low back

          1   2   3   4   5
hollow   +2  +1
        +1* +1*
          o  -1
turned       +3  +2   x   x

  1 hang (hang)
  2 lift (lift)
  3 answers
  4 signs and conditions
  5 other patterns

+n speaks for the pattern with weight n, -n against it; x: with it the pattern
is not reported.
* the sign also reads another column; o: the sign only asks whether this is
known there.
Likely from 70 % of the weight that is known, possible from 50 %; with 60 % of
it known, and two kinds of sign.
Checks that decide no pattern here: idle.

hollow: Hollow [C]
  +2 length: hang-found [1]
  +1 strength: lift: lift — yes [2]
  +1 posture: hang: hang — yes and lift-found [1,2]
  -1 strength: lift-found and hang: hang — not yes [2,1]

turned (each side): Turned [D], at most possible
  +3 length: lift-found [2]
  +2 symptom: “” — yes [3]
  x  sign [4]
  x  Hollow (possible) [5]
"""


@pytest.fixture
def little(knowledge: KnowledgeBase) -> KnowledgeBase:
    """Two patterns on three checks, one of which decides nothing."""
    checks = [check(n, (measure(n),), Leaf(Is(f"{n}.{n}", "yes"))) for n in ("hang", "lift", "idle")]
    checks = [replace(c, findings=tuple(replace(f, text=f.id) for f in c.findings), region="lower") for c in checks]
    found = {n: Atom(Key("finding", f"{n}-found")) for n in ("hang", "lift")}
    told = {n: Leaf(Is(f"{n}.{n}", "yes")) for n in ("hang", "lift")}
    hollow = Pattern(
        "hollow", "pattern", HERE, "Hollow", region="lower",
        supports=(
            Sign(2, "length", found["hang"]),
            Sign(1, "strength", told["lift"]),
            Sign(1, "posture", AllOf((told["hang"], found["lift"]))),
        ),
        opposes=(Sign(1, "strength", AllOf((found["lift"], Not(Known(told["hang"]))))),),
    )  # fmt: skip
    turned = Pattern(
        "turned", "pattern", HERE, "Turned", region="both", sided=True, grade="D", cap="possible",
        supports=(Sign(3, "length", found["lift"]), Sign(2, "symptom", Leaf(Is("hurts", "yes")))),
        vetoes=(Atom(Key("triage", "sign")), Atom(Key("pattern", "hollow.possible"))),
    )  # fmt: skip
    above = Pattern("above", "pattern", HERE, "Above", region="upper", supports=(Sign(1, "length", told["lift"]),))
    base = small(knowledge, *checks, line("hurts"), row("sign", told["lift"]))
    return replace(base, patterns=MappingProxyType({p.id: p for p in (hollow, turned, above)}))


def test_a_small_table_word_for_word(little: KnowledgeBase) -> None:
    assert written(little, "lower", "text") == SMALL


def test_markdown_and_csv_say_the_same(little: KnowledgeBase) -> None:
    told = written(little, "lower", "markdown")
    assert told.splitlines()[:6] == [
        "# Patterns and the checks that decide them: low back",
        "",
        "| pattern | 1 | 2 | 3 | 4 | 5 |",
        "|---|---|---|---|---|---|",
        r"| hollow | +2 +1\* o | +1 +1\* -1 |  |  |  |",
        "| turned (each side) |  | +3 | +2 | x | x |",
    ]
    assert "- +1 posture: hang: hang — yes and lift-found" in told.splitlines()
    assert written(little, "lower", "csv") == (
        "pattern,title,grade,each side,hang,lift,answers,signs and conditions,other patterns\n"
        "hollow,Hollow,C,no,+2 +1* o,+1 +1* -1,,,\n"
        "turned,Turned,D,yes,,+3,+2,x,x\n"
    )


@pytest.mark.parametrize("region", REGIONS)
def test_every_sign_of_every_pattern_of_the_region_stands_there_once(region: str, knowledge: KnowledgeBase) -> None:
    """In the list below the table; and in the table at each column that it reads."""
    made = table(knowledge, region)
    shown = {p.id for p in knowledge.patterns.values() if region == "both" or p.region in (region, "both")}
    assert {pattern.id for pattern, _ in made.rows} == shown
    assert len(made.columns) == len(set(made.columns))
    assert set(made.columns) <= {*knowledge.checks, ANSWERS, ROWS, PATTERNS}
    for pattern, entries in made.rows:
        weights = [f"+{s.weight}" for s in pattern.supports] + [f"-{s.weight}" for s in pattern.opposes]
        assert [entry.mark for entry in entries] == [*weights, *("x" for _ in pattern.vetoes)]
        assert all(entry.reads and not set(entry.reads) & set(entry.looks) for entry in entries)


@pytest.mark.parametrize("region", REGIONS)
def test_the_text_fits_80_columns_and_holds_every_mark(region: str, knowledge: KnowledgeBase) -> None:
    told = run("show", "--table", region)
    assert (told.code, told.err) == (0, "")
    assert max(map(len, told.out.splitlines())) <= 80
    made = table(knowledge, region)
    marks = [mark for _, entries in made.rows for c in made.columns for mark in made.cell(entries, c)]
    ids = "|".join(re.escape(p.id) for p, _ in made.rows)
    grid = told.out.partition("\n  1 ")[0].partition("\n\n")[2]
    written_marks = [m for one in grid.splitlines() for m in MARK.findall(re.sub(f"^(?:{ids})(?= |$)", "", one))]
    assert sorted(written_marks) == sorted(marks)
    signs = re.findall(r"^  (?:[+-]\d|x ) ", told.out, re.MULTILINE)
    assert len(signs) == sum(len(entries) for _, entries in made.rows)


def test_the_csv_can_be_read_back_with_every_mark(knowledge: KnowledgeBase) -> None:
    made = table(knowledge, "both")
    rows = list(csv.DictReader(io.StringIO(run("show", "--table", "both", "--format", "csv").out)))
    assert [r["pattern"] for r in rows] == [p.id for p, _ in made.rows]
    for read, (_, entries) in zip(rows, made.rows, strict=True):
        assert {c: read[c].split() for c in made.columns} == {c: made.cell(entries, c) for c in made.columns}


def test_the_lists_of_muscles_are_still_there_either_way() -> None:
    told = run("show", "muscle", "--table")
    assert told.out.startswith("Lower body, major\n")
    assert run("show", "--table", "muscle").out == told.out


@pytest.mark.parametrize(
    "args",
    [
        ("bridge", "--table", "lower"),
        ("bridge", "--format", "csv"),
        ("--table", "--format", "csv"),
    ],
)
def test_what_does_not_go_together_is_refused(args: tuple[str, ...]) -> None:
    told = run("show", *args)
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        "error: these do not go together\n"
        "  help: The table of a region: `assess show --table lower`, with --format text, markdown, csv.\n"
    )


@pytest.mark.parametrize(
    ("name", "hint"), [("lowr", "Did you mean 'lower'?"), ("middle", "There are: lower, upper, both.")]
)
def test_a_region_that_there_is_not_is_named(name: str, hint: str) -> None:
    told = run("show", "--table", name)
    assert (told.code, told.out) == (2, "")
    assert told.err == f"error: there is no table of {name!r}\n  help: {hint}\n"
