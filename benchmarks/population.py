"""Measure how many people triage sends where, on a population with published prevalences (safety decision 11).

    python benchmarks/population.py [-n 20000] [--seed 1] [-o docs/population.md]

`drawn.py` draws them from `prevalences.yaml`, which holds sources and limits too. Shares are of people (0 to 1 in the
code, % in the tables), with Wilson's 95 % interval (Wilson 1927, J Am Stat Assoc 22:209); ages are in years.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from drawn import AT, BIRTH, Generator, Prevalences, bits

from assess.inference.columns import infer_all
from assess.inference.gates import CANT_TELL_SUFFIX, lowered
from assess.loading.load import load
from assess.model import words
from assess.model.age import age_on
from assess.model.answers import Answers
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase

CHUNK = 4_000
"""People drawn and evaluated at once; bit columns of this length are quickest."""

# -- measuring ------------------------------------------------------------------------------------------------------


@dataclass
class Measured:
    """How many people came to each level, and through which rows. Everything is a number of people."""

    people: int = 0
    over_65: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    levels_65: Counter[str] = field(default_factory=Counter)
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    alone: Counter[tuple[str, str]] = field(default_factory=Counter)
    """People at this level for whom the row is the only one of that level."""
    undecided: int = 0

    def share(self, limit: str) -> tuple[int, int]:
        """How many of how many a limit of the file speaks of."""
        level = limit.removesuffix("-65")
        return (self.levels_65[level], self.over_65) if level != limit else (self.levels[level], self.people)


def measure(knowledge: KnowledgeBase, prevalences: Prevalences, count: int, seed: int) -> Measured:
    """`count` people drawn with `seed`, evaluated by bit columns."""
    generator, found = Generator(knowledge, prevalences, seed), Measured()
    for start in range(0, count, CHUNK):
        _add(found, knowledge, generator.people(min(CHUNK, count - start)))
    return found


def _add(found: Measured, knowledge: KnowledgeBase, people: list[Answers]) -> None:
    columns, _ = infer_all(knowledge, people, [AT] * len(people))
    everybody = (1 << len(people)) - 1
    born = (date.fromisoformat(str(answers.values[BIRTH])) for answers in people)
    old = bits(age_on(day, AT.date()) >= 65 for day in born)
    left, twins = everybody, {row.id for row in lowered(knowledge)}
    found.people += len(people)
    found.over_65 += old.bit_count()
    for level in words.LEVELS:
        holding: dict[str, int] = {}
        for row in knowledge.rows.values():
            true, false = columns[Key(words.LEVEL, row.id)]
            here = true & everybody if row.level == level else 0
            if level == words.SAME_DAY and row.id in twins:
                here |= columns[Key(words.TRIAGE, row.id + CANT_TELL_SUFFIX)][0] & ~true & everybody
            if row.level == level and level in words.BLOCKING:
                found.undecided += (everybody & ~true & ~false).bit_count() if row.kind == words.TRIAGE else 0
            if here:
                holding[row.id] = here
        once = more = 0
        for column in holding.values():
            once, more = once | column, more | (once & column)
        at = left & once if level != words.SELF_CARE else left
        found.levels[level] += at.bit_count()
        found.levels_65[level] += (at & old).bit_count()
        for row_id, column in holding.items():
            found.rows[level, row_id] += column.bit_count()
            found.alone[level, row_id] += (column & at & ~more).bit_count()
        left &= ~at


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share (0 to 1)."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, part / whole
    middle, spread = share + z * z / (2 * whole), z * math.sqrt(share * (1 - share) / whole + (z / (2 * whole)) ** 2)
    return (middle - spread) / (1 + z * z / whole), (middle + spread) / (1 + z * z / whole)


# -- telling --------------------------------------------------------------------------------------------------------


def table(prevalences: Prevalences, found: Measured, high: Measured) -> list[str]:
    """The shares of people (%) against their limits, and the ten rows a level that send most."""
    lines = ["| level | likely | 95 % interval | limit | | high side |", "|---|---|---|---|---|---|"]
    for name in (*words.BLOCKING, "clinician-first-65", words.CAUTION, words.SELF_CARE):
        part, whole = found.share(name)
        low, top = wilson(part, whole)
        limit = prevalences.limits.get(name)
        kept = "" if limit is None else "kept" if part / whole <= limit else "at it" if low <= limit else "**not kept**"
        said = name.replace("-65", ", of those of 65 and over")
        at_most = f"at most {limit:.0%}" if limit else ""
        most, of = high.share(name)
        lines.append(f"| {said} | {part / whole:.1%} | {low:.1%} to {top:.1%} | {at_most} | {kept} | {most / of:.1%} |")
    for level in words.LEVELS[:-1]:
        lines += [
            "",
            f"## {level}: the ten rows that send most",
            "",
            "| row | people | as the only row |",
            "|---|---|---|",
        ]
        most_rows = sorted(((n, row) for (at, row), n in found.rows.items() if at == level), reverse=True)[:10]
        lines += [
            f"| {row} | {n / found.people:.2%} | {found.alone[level, row] / found.people:.2%} |" for n, row in most_rows
        ]
    return lines


def sources_table(prevalences: Prevalences) -> list[str]:
    """Every source, how it was read, and the lines that rest on it."""
    using: dict[str, list[str]] = {}
    for name, entry in prevalences.entries():
        for key in [entry["source"]] if isinstance(entry["source"], str) else entry["source"]:
            using.setdefault(key, []).append(name)
    lines = ["| source | read | used for |", "|---|---|---|"]
    for key, source in prevalences.sources.items():
        how = source["read"] + (f" ({source['note']})" if "note" in source else "")
        lines.append(f"| {source['cite']} | {how} | {', '.join(using.get(key, [])) or 'orientation only'} |")
    design = using["design-value"]
    return [*lines, "", f"Design values, each with its reason in the file ({len(design)} lines): {', '.join(design)}."]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path)
    args = parser.parse_args()
    prevalences = Prevalences(likely=True)
    found = measure(load(), prevalences, args.n, args.seed)
    high = measure(load(), Prevalences(), args.n, args.seed)
    head = [
        "# How many people triage sends where", "",
        f"By `benchmarks/population.py`: {found.people:,} people (seed {args.seed}, {found.over_65:,} aged 65+)",
        "drawn from `benchmarks/prevalences.yaml`, who seek help for back or neck pain and have done no check yet.",
        "A person counts at the highest level only; a row counts wherever it holds. Co-occurrence is independent in",
        "age, sex and the branches of the file. What was not found in print stands in the file as a design value on",
        "the high side; *likely* reads those alarm lines at half (`likely:` in the file), *high side* as they stand.",
        "Where a limit is not kept, docs/adr/0012-the-population-gate.md says why.", "",
    ]  # fmt: skip
    text = (
        "\n".join([*head, *table(prevalences, found, high), "", "## Sources", "", *sources_table(prevalences)]) + "\n"
    )
    if args.output:
        args.output.write_text(text, encoding="utf-8")
    print(text)
    if found.undecided:
        sys.exit(f"{found.undecided} rows are undecided: the people are not complete")


if __name__ == "__main__":
    main()
