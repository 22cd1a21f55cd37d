"""The gate of safety decision 11: on a population with published prevalences, triage does not send too many people."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import AT

from assess.audit.mutation.witnesses import story_person
from assess.inference.infer import clarifier_open, closed, infer, triage
from assess.inference.leaves import Leaves, Person
from assess.loading.yaml12 import read
from assess.model import words
from assess.model.answers import Answers
from assess.model.conditions import Compare, Is
from assess.model.knowledge import KnowledgeBase
from assess.rules.evaluate import PERSON
from assess.rules.nodes import Leaf, walk

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from drawn import SEX, Generator, Prevalences, settled  # noqa: E402
from population import Measured, measure, wilson  # noqa: E402

PREVALENCES = Prevalences(likely=True)
ENTRIES = list(PREVALENCES.entries())
PEOPLE, SEED = 4_000, 11
STORIES = [
    file
    for file in sorted((ROOT / "tests" / "people").glob("*.yaml"))
    if read(file.read_bytes(), file.name).data.get("level") in words.STOPPING
]


@pytest.fixture(scope="module")
def found(knowledge: KnowledgeBase) -> Measured:
    return measure(knowledge, PREVALENCES, PEOPLE, SEED)


@pytest.mark.parametrize("limit", PREVALENCES.limits)
def test_triage_sends_no_more_people_than_the_limit(found: Measured, limit: str) -> None:
    """Or than the ceiling that stands in the limit's place where stories collide with it (ADR 0012).

    The lower end of the 95 % interval counts: a sample of this size cannot tell a limit from half a percent more.
    """
    part, whole = found.share(limit)
    level = limit.removesuffix("-65")
    top = {row: n / found.people for (at, row), n in found.alone.most_common() if at == level}
    most = PREVALENCES.collide.get(limit, PREVALENCES.limits[limit])
    assert wilson(part, whole)[0] <= most, f"{part / whole:.1%} of {whole}; most as the only row: {top}"


def test_the_limits_are_those_of_the_safety_decision() -> None:
    assert PREVALENCES.limits == {
        "emergency": 0.03,
        "same-day": 0.06,
        "clinician-first": 0.15,
        "clinician-first-65": 0.25,
    }


def test_every_person_is_complete(found: Measured) -> None:
    assert (found.undecided, found.levels.total()) == (0, PEOPLE)


@pytest.mark.parametrize("file", STORIES, ids=[file.stem for file in STORIES])
def test_no_must_catch_story_is_missed(file: Path, knowledge: KnowledgeBase) -> None:
    """The other half of the gate: fewer people stopped must never mean one of these let through."""
    story = read(file.read_bytes(), file.name).data
    answers = closed(knowledge, story_person(knowledge, story, AT), AT)
    assert triage(knowledge, infer(knowledge, answers, AT), answers, AT).level == story["level"]


def lines_with_a_level(knowledge: KnowledgeBase) -> set[str]:
    """Every line that a triage row or a modifier with a level reads, and the lines that open those."""
    rows = [r for r in knowledge.rows.values() if r.kind == words.TRIAGE or r.level != words.SELF_CARE or r.level_when]
    conditions = [condition for row in rows for condition in (row.when, row.level_when) if condition is not None]
    tests = [n.test for c in conditions for n in walk(c) if isinstance(n, Leaf) and isinstance(n.test, Is | Compare)]
    read_here = {test.of for test in tests} & set(knowledge.questions)
    while True:
        questions = [knowledge.questions[q] for q in read_here]
        tests = [n.test for q in questions for n in walk(q.when) if isinstance(n, Leaf)]
        more = {p for q in questions for p in (q.stem, q.follows) if p} | {t.of for t in tests}
        if more & set(knowledge.questions) <= read_here:
            return read_here
        read_here |= more & set(knowledge.questions)


def test_every_line_that_triage_reads_has_a_prevalence(knowledge: KnowledgeBase) -> None:
    stems = {q.stem for q in knowledge.questions.values()}
    without = lines_with_a_level(knowledge) - set(PREVALENCES.questions) - {SEX}
    assert without == set()
    assert set(PREVALENCES.questions) <= set(knowledge.questions)
    for name, entry in PREVALENCES.questions.items():
        assert ("unplaced" in entry) == (name in stems), name


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[name for name, _ in ENTRIES])
def test_every_number_has_a_source_or_a_reason(name: str, entry: dict[str, Any]) -> None:
    keys = [entry["source"]] if isinstance(entry["source"], str) else entry["source"]
    assert keys
    assert set(keys) <= {*PREVALENCES.sources, "design-value"}
    assert entry["why"]


def test_every_source_says_what_it_is_and_how_it_was_read() -> None:
    for key, source in PREVALENCES.sources.items():
        assert source["cite"], key
        assert source["read"] in ("verified", "secondary", "standard-teaching"), key


def branches(node: Any) -> list[dict[str, str]]:
    """For every `by` of an entry, the answers that lead into each of its branches."""
    if not isinstance(node, dict):
        return [{}]
    if "by" in node:
        options = [keys.split()[0] for keys in node if keys not in ("by", "else")] + ["nothing-of-it"]
        return [{node["by"]: option, **rest} for option in options for rest in branches(settled_once(node, option))]
    return [found for part in node.values() for found in branches(part)] or [{}]


def settled_once(node: dict[str, Any], option: str) -> Any:
    return next((v for keys, v in node.items() if keys != "by" and option in keys.split()), node.get("else"))


@pytest.mark.parametrize("question", PREVALENCES.questions)
def test_probabilities_sum_to_one(question: str, knowledge: KnowledgeBase) -> None:
    entry = PREVALENCES.questions[question]
    for sex in ("female", "male"):
        for age in (16, 40, 60, 70, 90):
            for branch in branches({k: v for k, v in entry.items() if k in ("yes", "answers", "years_ago")}):
                values = {words.AGE: age, SEX: sex, **branch}
                if "unplaced" in entry:
                    assert 0 <= settled(entry["unplaced"], values) < 0.9
                    continue
                shares = PREVALENCES.distribution(question, values)
                assert sum(shares.values()) == pytest.approx(1)
                assert all(0 <= share <= 1 for share in shares.values()), (question, values, shares)
                if knowledge.questions[question].answer == "choice":
                    assert set(shares) == set(knowledge.questions[question].options)


def test_population_shares_sum_to_one() -> None:
    for shares in (PREVALENCES.population["ages"], PREVALENCES.population["sexes"], PREVALENCES.clarified["answers"]):
        assert sum(shares.values()) == pytest.approx(1)


def test_people_answer_what_they_are_asked_and_nothing_else(knowledge: KnowledgeBase) -> None:
    for answers in Generator(knowledge, PREVALENCES, 5).people(15):
        leaves = Leaves(knowledge, PERSON, Person(knowledge, answers, AT))
        for question in knowledge.questions.values():
            if question.answer == words.TEXT or question.private:
                continue
            asked = not leaves.off(question)
            assert asked == (question.id in answers.values), (question.id, answers.values)
            compared = f"{question.id}.{words.COMPARED}"
            supposed = Answers({k: v for k, v in answers.values.items() if k != compared}, AT)
            doubt = _clarifier_is_open(knowledge, supposed, question.id)
            assert doubt == (compared in answers.values), (question.id, answers.values)


def _clarifier_is_open(knowledge: KnowledgeBase, answers: Answers, question: str) -> bool:
    return clarifier_open(knowledge, answers, AT, knowledge.questions[question])


def test_the_same_seed_gives_the_same_people(knowledge: KnowledgeBase) -> None:
    first, second = (Generator(knowledge, PREVALENCES, 3).people(20) for _ in range(2))
    assert [a.values for a in first] == [a.values for a in second]


def test_interval() -> None:
    low, high = wilson(10, 100)
    assert (low, high) == pytest.approx((0.0552, 0.1744), abs=1e-3)  # Wilson's interval of 10 %, as in textbooks
