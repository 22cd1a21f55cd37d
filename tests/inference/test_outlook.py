"""What may still be asked, against an exact oracle: all ways in which an assessment can go on, one by one.

Random unfinished assessments of the real knowledge, one outcome at a time, where the open lines that the outcome
leans on have at most 20,000 combinations of answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

import pytest
from support.random_people import Mood, People
from support.sheets import Endings, Sheets
from support.three_valued import FALSE, OPEN, TRUE

from assess.inference import outlook
from assess.inference.compile import compile_rules
from assess.inference.outlook import Outlook
from assess.model.answers import Answers, Value
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase

MOST_COMBINATIONS = 20_000
SEEDS, STATES = range(5), 100
KINDS = ("level", "triage", "modifier", "bar", "eligible", "needed", "finding", "sign", "pattern")
FLAG = {TRUE: outlook.TRUE, FALSE: outlook.FALSE, OPEN: outlook.UNKNOWN}


@dataclass(frozen=True)
class State:
    """An unfinished assessment, seen from one outcome."""

    key: Key
    values: dict[str, Value]
    endings: Endings
    now: set[str]
    """The lines that may be asked now."""
    tested: frozenset[str]
    """The lines that the outcome's tests read, not only decide whether another line is asked."""


@pytest.fixture(scope="module", params=SEEDS)
def states(request: pytest.FixtureRequest, knowledge: KnowledgeBase, at: datetime) -> tuple[State, ...]:
    """The states of a seed, worked out once for all tests."""
    program = compile_rules(knowledge)
    people = People(knowledge, at)
    sheets = Sheets(knowledge, program.rules, at, people.domain)
    heads = {kind: [h for h in program.by_head if isinstance(h, Key) and h.kind == kind] for kind in KINDS}

    def some(rng: Random) -> Iterator[State]:
        while True:
            key = rng.choice(heads[rng.choice(KINDS)])
            lines = sorted(sheets.lines(key))
            if not lines:
                continue
            health = 0.99 if len(lines) > 100 else rng.choice((0.95, 0.6, 0.2))
            sheet = people.person(rng, Mood(health, answered=1.0, checked=1.0))
            unanswered = set(rng.sample(lines, min(len(lines), rng.choice((1, 2, 3, 4, 6, 8, 300)))))
            values = sheets.heard(sheet, set(lines) - unanswered)
            endings = sheets.endings(key, values, MOST_COMBINATIONS)
            if endings is not None:
                now = sheets.askable(values, endings.lines)
                yield State(key, values, endings, now, sheets.tested(key))

    found = some(Random(request.param))
    return tuple(next(found) for _ in range(STATES))


def test_no_line_that_can_change_an_outcome_is_missing(
    knowledge: KnowledgeBase, at: datetime, states: tuple[State, ...]
) -> None:
    """A line that may be asked now and can change whether the outcome is known true is live.

    The one exception is a line that only decides whether another line is asked, while that line's stem is still
    open. But whatever is not live changes nothing while the live lines stay without an answer.
    """
    for state in states:
        look = Outlook(knowledge, Answers(state.values), at)
        live = set(look.live([state.key]))
        told = (state.key, state.values, live)
        assert (state.endings.deciding() & state.now & state.tested) - live == set(), told
        left = state.endings.outcomes(unanswered=live)
        assert len({outcome == TRUE for outcome in left}) == 1, told


def test_a_conclusion_never_comes_to_what_its_outlook_excludes(
    knowledge: KnowledgeBase, at: datetime, states: tuple[State, ...]
) -> None:
    for state in states:
        look = Outlook(knowledge, Answers(state.values), at)
        possible = {FLAG[outcome] for outcome in state.endings.outcomes()}
        assert {flag for flag in possible if not flag & look.of(state.key)} == set(), (state.key, state.values)
        if len({outcome == TRUE for outcome in state.endings.outcomes()}) == 2:
            assert look.undecided(state.key), (state.key, state.values)


def test_nearly_every_live_line_can_change_the_outcome(
    knowledge: KnowledgeBase,
    at: datetime,
    states: tuple[State, ...],
    record_property: Callable[[str, object], None],
) -> None:
    """Asked in vain: a live line that changes nothing for anybody who answers everything. Fewer than one in ten."""
    asked = in_vain = 0
    for state in states:
        live = set(Outlook(knowledge, Answers(state.values), at).live([state.key]))
        asked += len(live)
        in_vain += len(live - state.endings.deciding(complete=True))
    record_property("live lines", asked)
    record_property("asked in vain", in_vain)
    assert asked > STATES / 2
    assert in_vain / asked < 0.1


def test_only_lines_that_may_be_asked_now_are_live(
    knowledge: KnowledgeBase, at: datetime, states: tuple[State, ...]
) -> None:
    for state in states:
        assert set(Outlook(knowledge, Answers(state.values), at).live([state.key])) - state.now == set(), state


def test_the_states_are_worth_asking_about(states: tuple[State, ...]) -> None:
    """Outcomes of all kinds, decided and undecided, with several open lines that can change them."""
    assert {state.key.kind for state in states} == set(KINDS)
    deciding = [len(state.endings.deciding()) for state in states]
    assert sum(n > 0 for n in deciding) > STATES / 3
    assert max(deciding) >= 5
    assert sum(len(state.endings.all) for state in states) > 4_000
