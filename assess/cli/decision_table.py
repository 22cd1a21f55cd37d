"""Which checks decide which pattern: rows patterns, columns checks, as text, Markdown or CSV. Words only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap

from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.model.describe import describe
from assess.model.knowledge import KnowledgeBase, Pattern
from assess.rules.nodes import Atom, Known, Leaf, Node, children

WIDTH = 80
CELL = 4
FORMATS = ("text", "markdown", "csv")
ANSWERS, ROWS, PATTERNS = "answers", "signs and conditions", "other patterns"
"""The columns beside the checks: what a sign reads that no check measures."""
FEET = (
    "+n speaks for the pattern with weight n, -n against it; x: with it the pattern is not reported.",
    "* the sign also reads another column; o: the sign only asks whether this is known there.",
    "Likely from 70 % of the weight that is known, possible from 50 %; with 60 % of it known, and two kinds of sign.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One sign or veto of a pattern: its mark, its kind, its condition in words, and the columns that it reads."""

    mark: str
    kind: str
    says: str
    reads: tuple[str, ...]
    looks: tuple[str, ...]
    """The columns that it reads beside them only in so far as something is known there."""

    def at(self, column: str) -> str:
        """What stands in a column."""
        if column in self.reads:
            return self.mark + ("*" if len(self.reads) > 1 else "")
        return "o" if column in self.looks else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The patterns of a region with their entries, the columns that they read, and the checks that none reads."""

    region: str
    rows: tuple[tuple[Pattern, tuple[Entry, ...]], ...]
    columns: tuple[str, ...]
    silent: tuple[str, ...]

    def cell(self, entries: Iterable[Entry], column: str) -> list[str]:
        """The marks of one pattern in one column."""
        return [mark for entry in entries if (mark := entry.at(column))]


def table(knowledge: KnowledgeBase, region: str) -> Table:
    """The table of a half of the back with what is for both; of everything where the region is `both`."""
    regions = (*words.REGIONS, words.WHOLE) if region == words.WHOLE else (region, words.WHOLE)
    rows = tuple(
        (pattern, tuple(_entries(knowledge, pattern)))
        for pattern in knowledge.patterns.values()
        if pattern.region in regions
    )
    read = {column for _, entries in rows for entry in entries for column in (*entry.reads, *entry.looks)}
    columns = [column for column in (*knowledge.checks, ANSWERS, ROWS, PATTERNS) if column in read]
    silent = [c.id for c in knowledge.checks.values() if c.region in regions and c.id not in read]
    return Table(region, rows, tuple(columns), tuple(silent))


def _entries(knowledge: KnowledgeBase, pattern: Pattern) -> Iterator[Entry]:
    signs = [(f"+{s.weight}", s.kind, s.when) for s in pattern.supports]
    signs += [(f"-{s.weight}", s.kind, s.when) for s in pattern.opposes]
    signs += [("x", "", veto) for veto in pattern.vetoes]
    for mark, kind, when in signs:
        looks = dict(_read(knowledge, when, plain=False))
        reads = dict(_read(knowledge, when, plain=True)) or looks
        yield Entry(mark, kind, describe(when, knowledge), tuple(reads), tuple(c for c in looks if c not in reads))


def _read(knowledge: KnowledgeBase, node: Node, *, plain: bool, inside: bool = False) -> Iterator[tuple[str, None]]:
    """The columns that a condition reads: for what they say (`plain`), or only for whether they are known."""
    match node:
        case Leaf(Is() | Compare() as test) if plain != inside:
            check = test.of.partition(".")[0]
            yield (check if check in knowledge.checks else ANSWERS), None
        case Atom(Key() as key) if plain != inside:
            yield _column(knowledge, key), None
        case _:
            for child in children(node):
                yield from _read(knowledge, child, plain=plain, inside=inside or isinstance(node, Known))


def _column(knowledge: KnowledgeBase, key: Key) -> str:
    if key.kind == words.FINDING:
        return knowledge.findings[key.id].check or ROWS
    return PATTERNS if key.kind == words.PATTERN else ROWS


# -- written out ---------------------------------------------------------------------------------------------------


def written(knowledge: KnowledgeBase, region: str, fmt: str) -> str:
    """The table of a region in one of the formats."""
    made = table(knowledge, region)
    if fmt == "csv":
        return _csv(made)
    lines = _markdown(knowledge, made) if fmt == "markdown" else _text(knowledge, made)
    return "\n".join(lines) + "\n"


def _name(pattern: Pattern) -> str:
    return pattern.id + (" (each side)" if pattern.sided else "")


def _heading(made: Table) -> str:
    of = {words.LOWER: "low back", words.UPPER: "neck and upper back"}.get(made.region, "whole back")
    return f"Patterns and the checks that decide them: {of}"


def _called(knowledge: KnowledgeBase, column: str) -> str:
    check = knowledge.checks.get(column)
    return f"{check.title} ({column})" if check else column


def _text(knowledge: KnowledgeBase, made: Table) -> Iterator[str]:
    """Bands of columns that fit the width, their legend, then every sign of every pattern once."""
    yield from (_heading(made), "")
    label = max(len(pattern.id) for pattern, _ in made.rows) + 1
    band = (WIDTH - label) // CELL
    for start in range(0, len(made.columns), band):
        columns = made.columns[start : start + band]
        yield (" " * label + "".join(f"{start + i + 1:>{CELL}}" for i in range(len(columns)))).rstrip()
        for pattern, entries in made.rows:
            cells = [made.cell(entries, column) for column in columns]
            for line in range(max(1, *map(len, cells))):
                marks = "".join(f"{cell[line] if line < len(cell) else '':>{CELL}}" for cell in cells)
                yield f"{'' if line else pattern.id:<{label}}{marks}".rstrip()
        yield ""
    for number, column in enumerate(made.columns, 1):
        yield from _hung(f"{number:>3} ", _called(knowledge, column))
    yield ""
    for foot in FEET:
        yield from wrap(foot, WIDTH)
    yield from _silent(made)
    for pattern, entries in made.rows:
        yield ""
        yield from wrap(f"{_name(pattern)}: {pattern.title} [{pattern.grade}]{_cap(pattern)}", WIDTH)
        for entry in entries:
            at = ",".join(str(made.columns.index(c) + 1) for c in (*entry.reads, *entry.looks))
            yield from _hung(f"  {entry.mark:<3}", f"{entry.kind + ': ' if entry.kind else ''}{entry.says} [{at}]")


def _cap(pattern: Pattern) -> str:
    return f", at most {pattern.cap}" if pattern.cap else ""


def _silent(made: Table) -> Iterator[str]:
    if made.silent:
        yield from wrap(f"Checks that decide no pattern here: {', '.join(made.silent)}.", WIDTH)


def _hung(lead: str, text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))


def _markdown(knowledge: KnowledgeBase, made: Table) -> Iterator[str]:
    yield from (f"# {_heading(made)}", "")
    yield f"| pattern | {' | '.join(str(i + 1) for i in range(len(made.columns)))} |"
    yield "|---" * (len(made.columns) + 1) + "|"
    for pattern, entries in made.rows:
        yield f"| {_name(pattern)} | {' | '.join(_escaped(' '.join(made.cell(entries, c))) for c in made.columns)} |"
    yield ""
    yield from (f"{number}. {_called(knowledge, column)}" for number, column in enumerate(made.columns, 1))
    yield ""
    yield from (f"- {_escaped(foot)}" for foot in FEET)
    if made.silent:
        yield f"- Checks that decide no pattern here: {', '.join(made.silent)}."
    for pattern, entries in made.rows:
        yield from ("", f"## {_name(pattern)}", "", f"{pattern.title} [{pattern.grade}]{_cap(pattern)}", "")
        for entry in entries:
            yield f"- {entry.mark} {entry.kind + ': ' if entry.kind else ''}{_escaped(entry.says)}"


def _escaped(text: str) -> str:
    return text.replace("*", r"\*").replace("|", r"\|")


def _csv(made: Table) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("pattern", "title", "grade", "each side", *made.columns))
    for pattern, entries in made.rows:
        cells = (" ".join(made.cell(entries, column)) for column in made.columns)
        rows.writerow((pattern.id, pattern.title, pattern.grade, "yes" if pattern.sided else "no", *cells))
    return out.getvalue()
