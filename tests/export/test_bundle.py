"""The record for clinical software: valid by another's validator, no diagnosis, nothing private, the same safety."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from conftest import AT
from many_plans import BLOCKING, NASTY, record_for, records, with_words
from support.forms import lines
from support.node import run as run_node

from assess import __version__
from assess.export import shared
from assess.export.record import Record
from assess.model.answers import Answers
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase

NAME = "2f6f1c2e-4f0a-4b51-9a50-6a9f0c5ad001"
VALIDATE = """
const { Fhir } = require("fhir");
const said = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).map(bundle => {
  const told = new Fhir().validate(bundle, { errorOnUnexpected: true });
  return [told.valid, told.messages.filter(m => m.severity !== "info").map(m => m.location + ": " + m.message)];
});
console.log(JSON.stringify(said));
"""
CODE = 'Observation.code: Code "72514-3" (http://loinc.org) not found in value set'
"""The validator holds none of the codes of LOINC, and warns of each."""


def made(record: Record) -> dict[str, Any]:
    text = shared.render(record, "fhir")
    assert isinstance(text, str)
    found: dict[str, Any] = json.loads(text)
    return found


def parts(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


def person(knowledge: KnowledgeBase, **said: Any) -> Record:
    values = {**healthy(knowledge), **{key.replace("_", "-"): value for key, value in said.items()}}
    return record_for(Answers(values, AT, True, id=NAME))


def validated(bundles: list[dict[str, Any]], tmp_path: Any) -> list[tuple[bool, list[str]]]:
    file = tmp_path / "bundles.json"
    file.write_text(json.dumps(bundles), encoding="utf-8")
    return [(valid, said) for valid, said in run_node(VALIDATE, str(file))]


def test_everybodys_record_is_valid(tmp_path: Any) -> None:
    some = [record for _, record in records()][::9]
    some.append(replace(some[0], plan=with_words(some[0].plan, NASTY[0])))
    for valid, said in validated([made(record) for record in some], tmp_path):
        assert valid
        assert set(said) <= {CODE}


def test_the_validator_would_say_if_one_were_not(knowledge: KnowledgeBase, tmp_path: Any) -> None:
    bundle = made(person(knowledge))
    (plan,) = parts(bundle, "CarePlan")
    plan["status"], plan["colour"] = "oops", "red"
    ((valid, said),) = validated([bundle], tmp_path)
    assert not valid
    assert [text for text in said if "oops" in text]
    assert [text for text in said if "colour" in text]


def test_it_holds_what_it_should_and_no_diagnosis(knowledge: KnowledgeBase) -> None:
    for _, record in records():
        kinds = [e["resource"]["resourceType"] for e in made(record)["entry"]]
        assert kinds[:2] == ["Questionnaire", "QuestionnaireResponse"]
        assert set(kinds) <= {
            "Questionnaire",
            "QuestionnaireResponse",
            "Observation",
            "Goal",
            "CarePlan",
            "Provenance",
        }
        assert kinds.count("CarePlan") == kinds.count("Provenance") == 1


def test_the_pain_is_an_observation_with_the_one_verified_code(knowledge: KnowledgeBase) -> None:
    (pain,) = parts(made(person(knowledge, pain_now=4)), "Observation")
    assert pain["code"]["coding"] == [{"system": "http://loinc.org", "code": "72514-3"}]
    assert pain["valueQuantity"]["value"] == 4
    assert pain["effectiveDateTime"] == AT.isoformat()
    assert parts(made(person(knowledge, pain_now="unsure")), "Observation") == []
    assert [q.id for q in knowledge.questions.values() if q.loinc] == ["pain-now"]


def test_goals_are_the_persons_own_and_the_plan_refers_to_them(knowledge: KnowledgeBase) -> None:
    bundle = made(person(knowledge, main_goal="to dance", activity_one="to stand at the sink"))
    assert [g["description"]["text"] for g in parts(bundle, "Goal")] == ["to dance", "to stand at the sink"]
    (plan,) = parts(bundle, "CarePlan")
    names = [e["fullUrl"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Goal"]
    assert [g["reference"] for g in plan["goal"]] == names
    assert (plan["status"], plan["intent"]) == ("active", "plan")
    assert plan["period"] == {"start": AT.isoformat(), "end": "2026-11-16"}
    walking = next(a["detail"] for a in plan["activity"] if a["detail"]["code"]["text"] == "Walking")
    assert walking["status"] == "not-started"
    assert walking["scheduledString"] == "start with 10 minutes on most days; add a few minutes each week, up to 30"


def test_every_reference_leads_to_a_part_and_provenance_names_the_knowledge(knowledge: KnowledgeBase) -> None:
    for _, record in records():
        bundle = made(record)
        names = {e["fullUrl"] for e in bundle["entry"]}
        assert len(names) == len(bundle["entry"])
        (source,) = parts(bundle, "Provenance")
        (plan,) = parts(bundle, "CarePlan")
        referred = [t["reference"] for t in source["target"]] + [t["reference"] for t in plan["supportingInfo"]]
        assert set(referred) <= names
        assert source["entity"][0]["what"]["identifier"]["value"] == knowledge.manifest.sha256
        assert source["agent"][0]["who"]["display"].startswith(f"assess {__version__},")
        notes = " ".join(note["text"] for note in plan["note"])
        assert record.plan.notice in notes
        assert all(line in notes for line in record.plan.watch_list)
        assert all(sign in notes for sign in record.plan.stop_signs if record.plan.exercises)


@pytest.mark.parametrize(("level", "said"), BLOCKING.items())
def test_it_is_on_hold_and_holds_no_exercise_where_triage_allows_none(
    level: str, said: dict[str, str], knowledge: KnowledgeBase
) -> None:
    record = person(knowledge, **said)
    assert record.plan.triage.level == level
    (plan,) = parts(made(record), "CarePlan")
    assert plan["status"] == "on-hold"
    assert plan["description"].startswith(record.plan.triage.action[0])
    titles = {e.title for e in knowledge.exercises.values() if e.use != "aerobic"}
    assert [t for t in titles if t in json.dumps(plan)] == []
    assert bool(plan.get("activity")) == (level == "clinician-first")


def test_private_answers_are_not_even_told_to_be_missing(knowledge: KnowledgeBase) -> None:
    record = person(knowledge, safe_at_home="yes")
    plain = person(knowledge)
    assert "safe-at-home" not in record.answers.values
    assert "safe-at-home" not in json.dumps(made(record))
    assert made(record) == made(plain)
    assert shared.holds(record, "fhir") == shared.holds(plain, "fhir")


def test_answers_stand_where_the_questionnaire_has_them(knowledge: KnowledgeBase) -> None:
    for _, record in records()[::7]:
        bundle = made(record)
        (asked,), (answered,) = parts(bundle, "Questionnaire"), parts(bundle, "QuestionnaireResponse")
        assert answered["questionnaire"] == f"{asked['url']}|{asked['version']}"
        known = {item["linkId"] for item in lines(asked["item"])}
        assert {item["linkId"] for item in lines(answered.get("item", []))} <= known


def test_the_same_moment_gives_the_same_text_and_a_person_keeps_the_name(knowledge: KnowledgeBase) -> None:
    record = person(knowledge)
    assert shared.render(record, "fhir") == shared.render(record, "fhir")
    (plan,) = parts(made(record), "CarePlan")
    assert plan["subject"]["identifier"]["value"] == f"urn:uuid:{NAME}"
    other = replace(record, answers=replace(record.answers, id=""))
    (unnamed,) = parts(made(other), "CarePlan")
    assert unnamed["subject"]["identifier"]["value"] not in ("", f"urn:uuid:{NAME}")
