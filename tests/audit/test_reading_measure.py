"""The audit's own measure of reading, held to textstat's on all of the knowledge."""

from __future__ import annotations

import random
from statistics import correlation, mean

import pytest
from textstat import textstat

from assess.audit.reading_age import SCHOOL_STARTS, reading_age, sentences, syllables
from assess.audit.rules.hard_text import OLDEST
from assess.audit.wording import texts
from assess.loading.load import inspect_index

AIM = 14
FEW = 8
"""Words: of shorter texts no formula says anything."""


def by_dictionary(said: list[str]) -> float:
    """Years, as tests/knowledge/test_reading_age.py measures them."""
    return float(textstat.flesch_kincaid_grade(" ".join(t.rstrip(" .?!:,;") + "." for t in said))) + SCHOOL_STARTS


def ranks(values: list[float]) -> list[float]:
    order = sorted(range(len(values)), key=lambda i: values[i])
    out = [0.0] * len(values)
    for rank, i in enumerate(order):
        out[i] = rank
    return out


@pytest.fixture(scope="module")
def items() -> dict[str, list[str]]:
    """What a person reads of every item."""
    base, _, documents, _ = inspect_index(None)
    known = {(item.kind, item.id) for item in base.items() if item.kind != "invariant"}
    return {d.id: [text for _, text in texts(d)] for d in documents if (d.kind, d.id) in known}


def test_it_puts_the_items_in_the_order_of_textstat_half_a_year_higher(items: dict[str, list[str]]) -> None:
    theirs = [by_dictionary(said) for said in items.values()]
    ours = [reading_age(said) for said in items.values()]
    assert len(items) > 700
    assert correlation(ranks(theirs), ranks(ours)) > 0.88
    assert mean(b - a for a, b in zip(theirs, ours, strict=True)) == pytest.approx(OLDEST - AIM, abs=0.1)


def test_what_textstat_finds_too_hard_is_named_and_little_else(items: dict[str, list[str]]) -> None:
    hard = {name for name, said in items.items() if by_dictionary(said) > AIM}
    named = {name for name, said in items.items() if reading_age(said) > OLDEST}
    assert hard
    assert hard <= named
    assert len(named - hard) <= len(items) // 100


def test_so_it_is_of_harder_items_than_ours(items: dict[str, list[str]]) -> None:
    """Sentences of the same words run together, two or three at a time: most of these are too hard.

    Each a single sentence: textstat counts no sentence of two words, as "Let go." is, and so makes longer ones of them.
    """
    rng = random.Random(0)
    lines = [t for said in items.values() for t in said if len(sentences(t)) == 1]
    said = [t.rstrip(" .?!:,;”") for t in lines if len(t.split()) >= FEW]
    said = [t for t in said if not any(end in t for end in ".?!")]  # with a quoted sentence in it textstat counts two
    made = [" and ".join(rng.sample(said, rng.choice((2, 3)))) for _ in range(2000)]
    theirs, ours = [by_dictionary([t]) for t in made], [reading_age([t]) for t in made]
    hard = [i for i, age in enumerate(theirs) if age > AIM + 1]
    missed = [made[i] for i in hard if ours[i] <= OLDEST]
    alarms = [i for i, age in enumerate(ours) if age > OLDEST + 1 and theirs[i] <= AIM]
    assert len(hard) > 1000
    assert len(missed) <= len(hard) // 200, missed[:3]
    assert len(alarms) <= len(made) // 100


@pytest.mark.parametrize(
    ("word", "count"),
    [("hip", 1), ("knees", 1), ("little", 2), ("used", 1), ("wanted", 2), ("stretches", 2), ("makes", 1),
     ("diabetes", 3), ("radio", 3), ("question", 2), ("usual", 3), ("emergency", 4), ("12", 1)],
)  # fmt: skip
def test_syllables_are_counted_by_rule(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_number_with_a_point_ends_no_sentence_and_nothing_is_no_text() -> None:
    assert sentences("Hold 2.5 cm. Let go!") == [["Hold", "2.5", "cm"], ["Let", "go"]]
    assert reading_age([]) == 0
    assert reading_age(["..."]) == 0
