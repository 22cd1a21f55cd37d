"""A person's record as a FHIR Bundle: the questions and answers, the plan, the goals, the pain, and what made it.

No Condition: a pattern is a way to stand and move, and no diagnosis (knowledge brief, 8). A code of a terminology
stands only where the knowledge names one.
"""

from __future__ import annotations

import json
from uuid import uuid5

from assess import __version__
from assess.export.fhir.care_plan import care_plan, goals
from assess.export.fhir.questionnaire import Item, questionnaire
from assess.export.fhir.response import response
from assess.export.record import Record
from assess.export.shared import answered_on
from assess.model import form
from assess.model.form import UUID_URN, name_of

URIS = "urn:ietf:rfc:3986"
LOINC = "http://loinc.org"
UNITS = "http://unitsofmeasure.org"
SCORE = "{score}"


def render(record: Record) -> str:
    """The JSON text, ending in a newline."""
    return json.dumps(bundle(record), ensure_ascii=False, indent=1) + "\n"


def holds(record: Record) -> tuple[str, ...]:
    """What somebody who is given the record reads in it."""
    plan = "the plan" if not record.stops else "that there are no exercises for now, and what to do instead"
    return (
        f"Your date of birth and every answer on: {answered_on(record)}.",
        f"What you want to get back to, in your own words; {plan}.",
    )


def bundle(record: Record) -> Item:
    """The resource; each part is named so that a second one of the same person is known for what it is."""
    knowledge, answers = record.knowledge, record.answers
    whose = record.whose
    subject = {"identifier": {"system": URIS, "value": f"{UUID_URN}{whose}"}, "display": "the person who answered"}

    def name(what: str) -> str:
        return f"{UUID_URN}{uuid5(whose, f'{what}/{record.plan.triaged_at}')}"

    asked = questionnaire(knowledge, (answers.triaged_at or record.at).date())
    found: dict[str, Item] = {name("response"): response(asked, answers, subject)}
    found |= {name(f"pain/{i}"): made for i, made in enumerate(_observations(record, subject))}
    aims = {name(f"goal/{i}"): made for i, made in enumerate(goals(record.plan, subject))}
    found |= aims
    found[name("plan")] = care_plan(record, subject, tuple(aims), name("response"))
    made = {name("provenance"): _provenance(record, tuple(found))}
    entries = {name_of(f"questionnaire/{form.version(knowledge)}"): asked, **found, **made}
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": record.at.isoformat(),
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in entries.items()],
    }


def _observations(record: Record, subject: Item) -> list[Item]:
    """A number that was said, where the knowledge names its code."""
    answers = record.answers
    found = []
    for question in record.knowledge.questions.values():
        value = answers.values.get(question.id)
        if question.loinc and isinstance(value, int | float) and answers.triaged_at:
            found.append(
                {
                    "resourceType": "Observation",
                    "status": "final",
                    "code": {"coding": [{"system": LOINC, "code": question.loinc}], "text": question.ask},
                    "subject": subject,
                    "effectiveDateTime": answers.triaged_at.isoformat(),
                    "valueQuantity": {"value": value, "unit": question.unit, "system": UNITS, "code": SCORE},
                }
            )
    return found


def _provenance(record: Record, targets: tuple[str, ...]) -> Item:
    """By what it was made: this program, and the knowledge by its hash."""
    knowledge = record.plan.knowledge
    named = f"knowledge {knowledge['name']} {knowledge['version']}"
    what = {"identifier": {"system": name_of("knowledge/sha256"), "value": knowledge["sha256"]}, "display": named}
    return {
        "resourceType": "Provenance",
        "target": [{"reference": target} for target in targets],
        "recorded": record.at.isoformat(),
        "agent": [{"who": {"display": f"assess {__version__}, a program; answered by the person alone"}}],
        "entity": [{"role": "source", "what": what}],
    }
