"""The questions as a form: each line is shown exactly when the rules ask it, and what comes back are the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from conftest import AT
from many_plans import records
from support.forms import SUBJECT, asked, asked_of, lines, spoken
from support.node import run as run_node
from support.random_people import MOODS, People

from assess.export.fhir.response import response
from assess.export.fhir.shown import years_before
from assess.loading.answers_file import dump_answers, read_answers
from assess.model import form, words
from assess.model.answers import Answers, Unable, Value
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import TRUE

COMPARED = {">=": "__ge__", ">": "__gt__", "<=": "__le__", "<": "__lt__"}


def holds(test: dict[str, Any], said: Mapping[str, Any]) -> bool:
    """One test of a form, as FHIR R4 says it."""
    (wanted,) = (v for k, v in test.items() if k.startswith("answer"))
    line, operator = test["question"], test["operator"]
    if operator == "exists":
        return (line in said) == wanted
    if line not in said:
        return False
    if operator == "=":
        return bool(said[line] == wanted["code"])
    return bool(getattr(said[line], COMPARED[operator])(wanted))


def enabled(items: list[dict[str, Any]], said: Mapping[str, Any]) -> Iterator[str]:
    for item in items:
        tests = [holds(test, said) for test in item.get("enableWhen", [])]
        if not tests or (all(tests) if item.get("enableBehavior") == "all" else any(tests)):
            yield item["linkId"]
            yield from enabled(item.get("item", []), said)


def test_every_line_is_in_it_once_and_no_private_one(knowledge: KnowledgeBase) -> None:
    found = [item["linkId"] for item in lines(asked()["item"])]
    assert len(found) == len(set(found))
    public = {q.id for q in knowledge.questions.values() if not q.private}
    assert public <= set(found)
    assert {f"{q.id}.compared" for q in knowledge.questions.values() if q.clarifier} <= set(found)
    private = {q.id for q in knowledge.questions.values() if q.private}
    assert private
    assert not private & set(found)
    assert all(q.ask not in json.dumps(asked()) for q in knowledge.questions.values() if q.private)


@pytest.mark.parametrize("seed", range(40))
def test_a_line_is_shown_when_the_rules_ask_it(seed: int, knowledge: KnowledgeBase) -> None:
    people = People(knowledge, AT)
    values = people.person(Random(seed), MOODS[(0, 1, 4)[seed % 3]])
    private = {q.id for q in knowledge.questions.values() if q.private}
    values = {k: v for k, v in values.items() if k.partition(".")[0] not in knowledge.checks and k not in private}
    values, on, clarified = asked_of(knowledge, values)
    shown = set(enabled(asked()["item"], spoken(knowledge, values)))
    answered = on & set(values)
    assert answered - shown == set()
    off = {q.id for q in knowledge.questions.values()} - on
    assert off & shown == set()
    assert clarified - shown == set()
    compared = {line for line in shown if line.endswith(".compared")}
    assert compared - clarified == set()


def test_a_line_waits_for_what_decides_it(knowledge: KnowledgeBase) -> None:
    """An empty form shows no detail, no follow-up and nothing that depends on age, sex or where it hurts."""
    shown = {line for line in enabled(asked()["item"], {}) if line in knowledge.questions}
    always = {q.id for q in knowledge.questions.values() if not (q.stem or q.follows or q.private) and q.when == TRUE}
    assert {q for q in shown if knowledge.questions[q].stem or knowledge.questions[q].follows} == set()
    assert always <= shown
    assert "girdle-stiff" not in shown
    assert "arm-pain" not in shown
    assert "pregnant" not in shown


def test_the_bounds_of_age_are_days_of_birth() -> None:
    assert years_before(date(2026, 11, 2), 50) == date(1976, 11, 2)
    assert years_before(date(2028, 2, 29), 50) == date(1978, 3, 1)


def test_it_says_first_whom_to_ring_and_that_it_judges_nothing(knowledge: KnowledgeBase) -> None:
    first = asked()["item"][0]
    texts = [item["text"] for item in first["item"]]
    assert texts[0] == "If one of these is true now, stop here and ring your emergency number:"
    assert "The emergency number: 999 (UK), 112 (Europe), 911 (US)." in texts
    assert any("does not judge what you answer while you fill it in" in text for text in texts)
    assert texts[-1].startswith("No clinician has signed these rules yet.")


def test_no_check_can_be_filled_in(knowledge: KnowledgeBase) -> None:
    (measured,) = (item for item in asked()["item"] if item["linkId"] == "measured")
    assert measured["extension"] == [
        {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": True}
    ]
    assert all(item["readOnly"] is True for item in measured["item"])
    assert {m.line for m in form.measured(knowledge)} <= {item["linkId"] for item in measured["item"]}


VALIDATE = """
const { Fhir } = require("fhir");
const resource = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
const said = new Fhir().validate(resource, { errorOnUnexpected: true });
console.log(JSON.stringify([said.valid, said.messages.filter(m => m.severity === "error").map(m => m.message)]));
"""


def validated(resource: dict[str, Any], tmp_path: Any) -> tuple[bool, list[str]]:
    file = tmp_path / "resource.json"
    file.write_text(json.dumps(resource), encoding="utf-8")
    valid, messages = run_node(VALIDATE, str(file))
    return valid, messages


def test_it_is_valid_and_the_validator_would_say_if_it_were_not(tmp_path: Any) -> None:
    assert validated(asked(), tmp_path) == (True, [])
    wrong = json.loads(json.dumps(asked()))
    wrong["item"][1]["type"] = "nonsense"
    wrong["status"] = "oops"
    valid, said = validated(wrong, tmp_path)
    assert not valid
    assert len(said) == 2


# -- and back ---------------------------------------------------------------------------------------------------


def read(knowledge: KnowledgeBase, made: dict[str, Any]) -> Any:
    return read_answers(knowledge, json.dumps(made, indent=1).encode(), "response.json", AT + timedelta(hours=1))


@pytest.mark.parametrize("record", [r for _, r in records()][::6], ids=lambda r: r.plan.triage.level)
def test_a_response_reads_back_to_the_same_answers(record: Any, knowledge: KnowledgeBase) -> None:
    answers = record.answers
    found = read(knowledge, response(asked(), answers, SUBJECT))
    ours = read_answers(knowledge, dump_answers(knowledge, answers).encode(), "answers.yaml", AT + timedelta(hours=1))
    assert [p.message for p in found.problems] == [p.message for p in ours.problems]
    assert found.answers.values == ours.answers.values
    assert found.answers.triaged_at == answers.triaged_at
    assert found.answers.complete == answers.complete


def test_the_deepest_response_that_there_can_be_is_read(knowledge: KnowledgeBase) -> None:
    """Every line answered at once, clarifiers too: a stop must not be lost in the nesting of our own form."""
    values: dict[str, Value] = {}
    for q in knowledge.questions.values():
        if q.private:
            continue
        plain = {words.YES_NO: "yes", words.NUMBER: q.minimum, words.BIRTH_DATE: "1986-06-15", words.TEXT: "x"}
        values[q.id] = plain[q.answer] if q.answer in plain else next(iter(q.options))
        if q.clarifier:
            values[f"{q.id}.{words.COMPARED}"] = words.DIFFERENT
    found = read(knowledge, response(asked(), Answers(values, AT, True), SUBJECT))
    assert found.problems == ()
    assert found.answers.values == values


@pytest.mark.parametrize("subject", ["me", {"identifier": "x"}, {"identifier": {"value": 7}}, None, []])
def test_whoever_the_subject_is_the_answers_are_read(subject: Any, knowledge: KnowledgeBase) -> None:
    good = response(asked(), Answers(healthy(knowledge), AT, True), SUBJECT)
    found = read(knowledge, {**good, "subject": subject})
    assert (found.problems, found.answers.id) == ((), "")


def test_what_could_not_be_done_or_said_is_kept(knowledge: KnowledgeBase) -> None:
    values: dict[str, Value] = {
        **healthy(knowledge),
        "pain-now": "unsure",
        "bridge-hold.seconds": Unable("pain"),
        "wall-gap.gap": "void",
        "modified-thomas.thigh.left": "unsure",
    }
    made = response(asked(), Answers(values, AT, True), SUBJECT)
    assert read(knowledge, made).answers.values == values


def test_without_the_read_back_triage_is_open(knowledge: KnowledgeBase) -> None:
    made = response(asked(), Answers(healthy(knowledge), AT, True), SUBJECT)
    for given in ("no", None):
        for item in lines(made["item"]):
            if item["linkId"] == form.READ_BACK:
                item["answer"] = [{"valueCoding": {"code": given}}] if given else []
        found = read(knowledge, made)
        assert (found.answers.triaged_at, found.answers.complete) == (None, False)


def problems(knowledge: KnowledgeBase, made: dict[str, Any]) -> list[tuple[str, str]]:
    return [(p.code, p.message) for p in read(knowledge, made).problems]


def test_mistakes_of_a_response_are_named(knowledge: KnowledgeBase) -> None:
    good = response(asked(), Answers(healthy(knowledge), AT, True), SUBJECT)
    unasked = {k: v for k, v in healthy(knowledge).items() if k != "pain-now"}
    bare = response(asked(), Answers(unasked, AT, True), SUBJECT)
    coded = {"valueCoding": {"code": "yes"}}
    unsure = {"valueCoding": {"code": "unsure"}}
    unknown = "'no-such-line' is no question and no check of this knowledge"
    for item, code, said in (
        ({"linkId": "no-such-line", "answer": [coded]}, "unknown-id", unknown),
        ({"linkId": "injury", "answer": [coded, coded]}, "answered-twice", "'injury' is answered more than once"),
        (
            {"linkId": "injury", "answer": [{"valueUri": "x"}]},
            "wrong-type",
            "'injury' has an answer of a kind that is not read",
        ),
        (
            {"linkId": "pain-now/unknown", "answer": [unsure]},
            "answered-twice",
            "'pain-now' has an answer and is unknown too",
        ),
        (
            {"linkId": "pain-now", "answer": [{"valueInteger": 11}]},
            "out-of-range",
            "11 is outside 0 to 10 (0-10)",
        ),
        ({"answer": [coded]}, "wrong-type", "an item without a linkId"),
    ):
        base = bare if code == "out-of-range" else good
        assert (code, said) in problems(knowledge, {**base, "item": [*base["item"], item]}), item


def test_another_version_is_a_problem_and_another_questionnaire_is_not_read(knowledge: KnowledgeBase) -> None:
    from assess.errors import AnswersError

    good = response(asked(), Answers(healthy(knowledge), AT, True), SUBJECT)
    old = {**good, "questionnaire": f"{form.url(knowledge)}|0.0.9-abc"}
    assert problems(knowledge, old) == [
        ("other-version", "these are answers to another version of the questions (0.0.9-abc)")
    ]
    unnamed = {**good, "questionnaire": form.url(knowledge)}
    assert problems(knowledge, unnamed) == [
        ("other-version", "these are answers to another version of the questions (none named)")
    ]
    for other, named in (("http://example.org/q|1", "http://example.org/q|1"), ("", "none named")):
        told = [("other-version", f"these are answers to another questionnaire ({named})")]
        assert problems(knowledge, {**good, "questionnaire": other}) == told
    hint = f"This is {form.version(knowledge)}. Fill in what `assess export --format questionnaire` writes."
    strange = [{"linkId": "blood-sugar", "answer": [{"valueDecimal": 5}]}]
    with pytest.raises(AnswersError) as error:
        read(knowledge, {**good, "questionnaire": "http://example.org/q|1", "item": strange})
    assert error.value.render() == f"error: response.json answers another questionnaire\n  help: {hint}"


@pytest.mark.parametrize("status", ["stopped", "entered-in-error"])
def test_what_was_given_up_is_not_planned_from(status: str, knowledge: KnowledgeBase) -> None:
    good = response(asked(), Answers(healthy(knowledge), AT, True), SUBJECT)
    assert problems(knowledge, {**good, "status": status}) == [("given-up", f"this response is marked {status!r}")]


YES, NO = {"valueCoding": {"code": "yes"}}, {"valueCoding": {"code": "no"}}


@pytest.mark.parametrize(
    "added",
    [
        [{"linkId": "leg-weakness", "answer": [YES]}, {"linkId": "leg-weakness", "answer": [NO]}],
        [{"linkId": "leg-weakness", "answer": [NO, YES]}],
        [{"linkId": "leg-weakness", "answer": [{"valueCoding": {"display": "Yes"}}]}],
        [{"linkId": "leg-weakness", "answer": [{"valueUri": "yes"}]}],
    ],
    ids=["twice", "two answers", "no code", "another kind"],
)
def test_an_answer_that_is_not_clear_is_no_answer_and_a_doubt(added: Any, knowledge: KnowledgeBase) -> None:
    """Nobody may lose a stop by a line that stands twice: of the two neither is believed."""
    without = {k: v for k, v in healthy(knowledge).items() if k != "leg-weakness"}
    good = response(asked(), Answers(without, AT, True), SUBJECT)
    found = read(knowledge, {**good, "item": [*good["item"], *added]})
    assert found.problems != ()
    assert "leg-weakness" not in found.answers.values
    assert found.doubts == {"leg-weakness": "unsure"}


def test_a_line_that_alone_means_now_or_today_says_at_once_what_to_do(knowledge: KnowledgeBase) -> None:
    by_line = {item["linkId"]: item for item in lines(asked()["item"])}
    act = by_line["crisis-plan/act-crisis-plan-now"]
    assert act["text"] == " ".join(knowledge.triage["crisis-plan-now"].act)
    (shown,) = act["enableWhen"]
    assert (shown["question"], shown["operator"], shown["answerCoding"]["code"]) == ("crisis-plan", "=", "yes")
    assert act in by_line["crisis-plan"]["item"]
