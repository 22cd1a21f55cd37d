"""Measure the design's budgets as ratios in one run: `python benchmarks/run.py [-o docs/benchmarks.md]`.

Needs the test extra. Commands are timed in turn (A B A B), medians are compared; nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[1] / "tests"), str(Path(__file__).parent)]

import pexpect
from proving import proving
from shipped import ShippedEngine, plain_program
from support.random_people import MOODS, People

from assess.inference.columns import COLUMNS, Columns
from assess.inference.compile import compile_rules
from assess.inference.leaves import Leaves, Person
from assess.inference.session import Session
from assess.interview.machine import Interview
from assess.interview.steps import Ask, DoCheck, Done, OfferChecks, ReadBack, Stop, Today
from assess.loading.load import load
from assess.model.answers import Answers
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import PERSON, evaluate
from assess.rules.nodes import Leaf
from assess.rules.strata import Program

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
BARE = "import click\n@click.group()\ndef cli():\n    'A bare program.'\ncli()\n"
ONE_QUESTION = "import questionary\nquestionary.text('date of birth').unsafe_ask()\n"


def in_turn(first: Callable[[], float], second: Callable[[], float], rounds: int = 15) -> tuple[float, float]:
    """Medians of two measurements taken in turn, after one of each that does not count."""
    first(), second()
    pairs = [(first(), second()) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def seconds(command: list[str], env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return time.perf_counter() - start


def until_prompt(command: str, args: list[str], env: dict[str, str]) -> float:
    start = time.perf_counter()
    child = pexpect.spawn(command, args, env=env, dimensions=(24, 80), timeout=30)
    if child.expect(["date of birth", "Enter = begin"]):  # the first screen is a page of text
        child.delaybeforesend = None
        child.send("\r")
        child.expect("date of birth")
    taken = time.perf_counter() - start
    child.close(force=True)
    return taken


def start_up(rows: list[tuple[str, str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "HOME": home, "XDG_DATA_HOME": home, "XDG_CACHE_HOME": home, "TERM": "xterm-256color"}
        env["PROMPT_TOOLKIT_NO_CPR"] = "1"  # pexpect does not say where the cursor is, as a terminal does
        assess = str(Path(sys.executable).with_name("assess"))
        bare, script = Path(home, "bare.py"), Path(home, "one.py")
        bare.write_text(BARE), script.write_text(ONE_QUESTION)
        ours, theirs = in_turn(
            lambda: seconds([assess, "--help"], env), lambda: seconds([sys.executable, str(bare), "--help"], env)
        )
        rows.append(
            (
                "`assess --help` against a bare click program",
                f"{ours / theirs:.2f} x",
                "at most 1.3 x",
                ms(ours, theirs),
            )
        )
        ours, theirs = in_turn(
            lambda: until_prompt(assess, [], env), lambda: until_prompt(sys.executable, [str(script)], env)
        )
        rows.append(
            (
                "first question against a script that only asks one",
                f"{ours / theirs:.2f} x",
                "at most 2 x",
                ms(ours, theirs),
            )
        )


def ms(*taken: float) -> str:
    return " against ".join(f"{t * 1e3:.0f} ms" for t in taken)


def next_question(rows: list[tuple[str, str, str, str]]) -> None:
    knowledge = load()
    people, rng, taken = People(knowledge, AT), Random(1), []
    for _ in range(12):
        values = people.person(rng, MOODS[1])
        state = Interview(knowledge, Answers(), AT)
        while True:
            start = time.perf_counter()
            step = state.next_step()
            taken.append(time.perf_counter() - start)
            match step:
                case Ask(id=answer, kind="checklist"):
                    state = state.answer_checklist(answer, ())
                case Ask(id=answer) if answer in values and isinstance(values[answer], str | int | float):
                    state = state.answer(answer, values[answer])
                case Ask(id=answer):
                    state = state.skip(answer) if step.optional or step.unable else state.answer(answer, "unsure")
                case ReadBack():
                    state = state.confirm()
                case Today():
                    state = replace(state, today_shown=True)
                case OfferChecks(checks=checks):
                    state = replace(state, checks=tuple(c.id for c in checks))
                case DoCheck(check=check):
                    state = replace(state, check_shown=check.id)
                case Stop() | Done():
                    break
    taken.sort()
    p99, middle = taken[int(0.99 * len(taken))], statistics.median(taken)
    rows.append(
        (
            "from an answer to the next question, p99",
            f"{p99 * 1e3:.0f} ms",
            "under 50 ms",
            f"median {middle * 1e3:.0f} ms, {len(taken)} answers",
        )
    )


def engines(rows: list[tuple[str, str, str, str]]) -> None:
    """The same rules (scores and `known` written without them) in our session and in experta as shipped."""
    knowledge = load()
    rng, people = Random(2), People(knowledge, AT)
    persons = [Answers(people.person(rng, MOODS[0]), AT) for _ in range(3)]
    one, four = (plain_program(compile_rules(knowledge), times) for times in (1, 4))

    def ours(program: Program) -> float:
        return timed(lambda: [loaded(knowledge, program, a) for a in persons]) / len(persons)

    small, large = in_turn(lambda: ours(one), lambda: ours(four), rounds=7)
    shipped = ShippedEngine(one)
    shipped_time = timed(lambda: [shipped.run_person(knowledge, a, AT) for a in persons]) / len(persons)
    rows.append(
        (f"engine of record against experta as shipped, {len(one.rules)} rules, all answers at once",
         f"{shipped_time / small:.0f} x", "at least 10 x", ms(small, shipped_time))
    )  # fmt: skip
    rows.append(("its time for 4 x the rules", f"{large / small:.1f} x", "at most 4 x", ms(small, large)))


def loaded(knowledge: object, program: object, answers: Answers) -> Session:
    session = Session(knowledge, AT, program)  # type: ignore[arg-type]
    session.load(answers)
    return session


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def cohort(rows: list[tuple[str, str, str, str]]) -> None:
    from support.clips_judge import ClipsJudge

    knowledge = load()
    rng, people = Random(3), People(knowledge, AT)
    persons = [Answers(people.person(rng, MOODS[1]), AT) for _ in range(2_000)]
    crowd = persons * 50
    columns = Columns(knowledge, crowd, [AT] * len(crowd))
    program = compile_rules(knowledge)
    evaluate(program, COLUMNS, Leaves(knowledge, COLUMNS, columns))  # comparisons are packed once
    whole = min(timed(lambda: evaluate(program, COLUMNS, Leaves(knowledge, COLUMNS, columns))) for _ in range(3))
    each = whole / len(crowd)
    judge = ClipsJudge(program)
    truths = [leaf_truth(knowledge, answers) for answers in persons[:20]]
    clips = timed(lambda: [judge.conclusions(truth) for truth in truths]) / len(truths)
    rows.append(
        (f"{len(crowd):,} people at once against CLIPS, one core, packing excluded", f"{clips / each:,.0f} x",
         "at least 4,000 x", f"{each * 1e6:.2f} µs against {clips * 1e3:.1f} ms a person")
    )  # fmt: skip


def leaf_truth(knowledge: KnowledgeBase, answers: Answers) -> Callable[[Leaf], bool | None]:
    """A person's leaves, worked out beforehand, in the form the judge takes."""
    leaves = Leaves(knowledge, PERSON, Person(knowledge, answers, AT))
    return lambda leaf: True if leaves(leaf)[0] else False if leaves(leaf)[1] else None


PARTS = (start_up, next_question, engines, cohort, proving)


def merged(written: str, rows: list[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    """The rows of a page as it was written, with those that were measured anew in their place or at the end."""
    table = [line.strip("| ").split(" | ") for line in written.splitlines() if line.startswith("| ")][1:]
    return list({row[0]: tuple(row) for row in (*table, *rows)}.values())  # type: ignore[misc]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output")
    parser.add_argument("--part", choices=[part.__name__ for part in PARTS], help="only this; the rest stays as it is")
    args = parser.parse_args()
    rows: list[tuple[str, str, str, str]] = []
    for part in PARTS:
        if args.part in (None, part.__name__):
            part(rows)
            print(rows[-1], file=sys.stderr)
    if args.part and args.output:
        rows = merged(Path(args.output).read_text("utf-8"), rows)
    lines = [
        "# Benchmarks", "",
        "Written by `python benchmarks/run.py -o docs/benchmarks.md` (needs the test extra). Ratios of medians taken",
        "in turn in one run; absolute times are those of the machine that ran it, for orientation only.", "",
        "| what | measured | budget | times |", "|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows), "",
        f"Python {sys.version.split()[0]}, {os.cpu_count()} cores. Proofs are user time, each size in its own process.",
    ]  # fmt: skip
    text = "\n".join(lines) + "\n"
    if args.output:
        Path(args.output).write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
