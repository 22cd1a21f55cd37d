"""What is written of somebody's answers is read back the same, and what is private is never written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.loading.answers_file import dump_answers, read_answers
from assess.loading.load import load
from assess.model import words
from assess.model.answers import Answers, Clearance, Unable, Value
from assess.model.free_text import LIMIT, tidy
from assess.model.knowledge import KnowledgeBase, Measure, Question

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
WORDS = st.text(max_size=60).map(lambda t: tidy(t)[:LIMIT])
NAMES = WORDS.filter(bool)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
THOROUGH = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def numbers(low: float, high: float, step: float) -> st.SearchStrategy[Value]:
    """Every number of a scale, and a hundredth beside it."""
    on_the_scale = st.integers(0, int((high - low) / step)).map(lambda i: low + i * step)
    whole = on_the_scale.map(lambda x: int(x) if float(x).is_integer() else x)
    return whole | whole.map(lambda x: min(high, round(x + 0.01, 2)))


def of_question(question: Question) -> st.SearchStrategy[Value]:
    unsure = [words.UNSURE] if question.offer_unsure or question.answer == words.YES_NO else []
    match question.answer:
        case words.YES_NO:
            return st.sampled_from([words.YES, words.NO, *unsure])
        case words.CHOICE:
            return st.sampled_from([*question.options, *unsure])
        case words.NUMBER:
            scale = numbers(question.minimum, question.maximum, question.step)
            return scale | st.sampled_from(unsure) if unsure else scale
        case words.BIRTH_DATE:
            return st.dates(date(1900, 1, 1), NOW.date()).map(date.isoformat)
        case _:
            return WORDS


def of_measure(measure: Measure) -> st.SearchStrategy[Value]:
    nothing = st.sampled_from([words.UNSURE, words.VOID, *(Unable(r) for r in words.UNABLE_REASONS)])
    if measure.answer == words.NUMBER:
        return nothing | numbers(measure.minimum, measure.maximum, measure.step)
    return nothing | st.sampled_from(sorted(measure.options or (words.YES, words.NO)))


@lru_cache(maxsize=1)
def domain() -> Mapping[str, st.SearchStrategy[Value]]:
    """Every answer that there can be."""
    base = load()
    found = {q.id: of_question(q) for q in base.questions.values()}
    for question in base.questions.values():
        if question.clarifier:
            found[f"{question.id}.{words.COMPARED}"] = st.sampled_from(words.CLARIFIED)
    for check in base.checks.values():
        for measure in check.measures:
            for side in words.SIDES if check.sided else ("",):
                found[f"{check.id}.{measure.id}" + (f".{side}" if side else "")] = of_measure(measure)
    return found


@st.composite
def people(draw: st.DrawFn) -> Answers:
    """Anything that an answers file may hold."""
    base = load()
    clearable = [r.id for r in base.rows.values() if r.level == words.CLINICIAN_FIRST and r.clearable]
    ids = draw(st.lists(st.sampled_from(sorted(domain())), unique=True, max_size=30))
    agreed = st.builds(Clearance, st.sampled_from(clearable), NAMES, st.dates(date(2000, 1, 1), NOW.date()), NAMES)
    moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 1), timezones=OFFSETS)
    return Answers(
        values={answer: draw(domain()[answer]) for answer in ids},
        triaged_at=draw(st.none() | moments.map(lambda m: m.replace(microsecond=0))),
        complete=draw(st.booleans()),
        cleared=tuple(draw(st.lists(agreed, max_size=3))),
        example=draw(st.booleans()),
        mistakes=tuple(draw(st.lists(st.sampled_from(sorted(base.questions)), max_size=2))),
    )


def private(base: KnowledgeBase, answer: str) -> bool:
    question = base.questions.get(answer.split(".", maxsplit=1)[0])
    return question is not None and question.private


@given(people())
@THOROUGH
def test_what_is_written_is_read_back_the_same(answers: Answers) -> None:
    """Every value, moment and agreement; of the knowledge the stamp of today; no private answer."""
    base = load()
    text = dump_answers(base, answers)
    found = read_answers(base, text.encode(), "answers.yaml", NOW)
    assert [p.render() for p in found.problems] == []
    stamp = {"name": base.manifest.name, "version": base.manifest.version, "sha256": base.manifest.sha256}
    public = {key: value for key, value in answers.values.items() if not private(base, key)}
    mistakes = tuple(m for m in answers.mistakes if not private(base, m))
    assert found.answers == replace(answers, values=public, knowledge=stamp, mistakes=mistakes)
    assert {k: type(v) for k, v in found.answers.values.items()} == {k: type(v) for k, v in public.items()}
    assert dump_answers(base, found.answers) == text


@given(people())
@settings(THOROUGH, max_examples=50)
def test_a_private_answer_is_never_written(answers: Answers) -> None:
    """Neither its id nor what was answered, whatever else there is."""
    base = load()
    secret = [q.id for q in base.questions.values() if q.private]
    assert secret
    told = replace(answers, values={**answers.values, **dict.fromkeys(secret, words.YES)}, mistakes=tuple(secret))
    text = dump_answers(base, told)
    assert [q for q in secret if q in text] == []
    assert text == dump_answers(base, replace(answers.without(*secret), mistakes=()))


@given(st.text(alphabet=st.characters(), max_size=80))
@settings(THOROUGH, max_examples=100)
def test_any_words_of_a_person_make_a_file_that_can_be_read(words_of_somebody: str) -> None:
    """Control characters, half a surrogate, line ends, markup: one line of what can be seen is kept."""
    base = load()
    goal = base.by_role("goal")
    assert goal is not None
    answers = Answers(
        {goal.id: words_of_somebody},
        NOW,
        cleared=(Clearance("pregnancy", f"Dr {words_of_somebody}", NOW.date(), f"to {words_of_somebody}"),),
    )
    found = read_answers(base, dump_answers(base, answers).encode("utf-8"), "answers.yaml", NOW)
    assert [p.render() for p in found.problems] == []
    kept = tidy(words_of_somebody)
    assert found.answers.values == {goal.id: kept}
    assert [(c.by, c.about) for c in found.answers.cleared] == [(tidy(f"Dr {kept}"), tidy(f"to {kept}"))]
    assert all(c.isprintable() for c in kept)


@pytest.mark.parametrize(
    "goal",
    ["true", "null", "No", "~", "12", "-1.5", "1:30", "- walk", "run: far", "# up", "'", '"', "a-b", "-", "[x", "&a"],
)
def test_a_goal_that_looks_like_something_else_stays_a_text(goal: str, knowledge: KnowledgeBase) -> None:
    text = dump_answers(knowledge, Answers({"main-goal": goal}, NOW))
    assert read_answers(knowledge, text.encode(), "answers.yaml", NOW).answers.values == {"main-goal": goal}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  play \t on\nthe floor ", "play on the floor"),
        ("na\u00efve \u00a0 walk", "na\u00efve walk"),
        ("a\x07b\x1b[31mc\u202ed", "ab[31mcd"),
        ("\ud800", ""),
        ("\u200b\u2028x", "x"),
        ("👩‍👧 קצת", "👩👧 קצת"),
    ],
)
def test_tidy_keeps_what_can_be_seen_on_one_line(written: str, kept: str) -> None:
    assert tidy(written) == kept


def test_a_former_id_is_read_as_the_id_of_today(knowledge: KnowledgeBase) -> None:
    """A rename leaves `was:`; old files stay good, and an answer under both names is a mistake."""
    question = replace(knowledge.questions["injury"], was=("accident",))
    check = replace(knowledge.checks["wall-gap"], was=("hollow",))
    base = replace(
        knowledge,
        questions={**knowledge.questions, "injury": question},
        checks={**knowledge.checks, "wall-gap": check},
    )
    raw = b"answers:\n  accident: no\n  accident.compared: same\n  hollow.gap: fist\n"
    found = read_answers(base, raw, "answers.yaml", NOW)
    assert found.problems == ()
    assert found.answers.values == {"injury": "no", "injury.compared": "same", "wall-gap.gap": "fist"}
    twice = read_answers(base, b"answers:\n  injury: yes\n  accident: no\n", "answers.yaml", NOW)
    assert twice.answers.values == {"injury": "yes"}
    assert [p.render() for p in twice.problems] == [
        "answers.yaml:3:3: error[duplicate-key] 'injury' is answered twice, once under its former id\n"
        "  |\n"
        "3 |   accident: no\n"
        "  |   ^"
    ]
