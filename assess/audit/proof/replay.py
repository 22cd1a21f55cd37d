"""An example found in the diagrams: run through experta before anybody is shown it, and written to be kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from assess.audit.proof.domains import AT
from assess.errors import EngineDisagreement
from assess.inference.infer import infer
from assess.inference.session import Session
from assess.interview.agreements import about
from assess.model import words
from assess.model.answers import Answers, Clearance, Unable, Value
from assess.model.conditions import Key
from assess.model.healthy import healthy
from assess.model.knowledge import Case, KnowledgeBase

Example = Mapping[str, Value | None]
"""The answers that differ from those of a person without trouble; None is an answer that is left out."""

LEFT_OUT = "(not answered)"


def person(knowledge: KnowledgeBase, example: Example) -> Answers:
    """The whole answers of an example, given at the moment that all examples are."""
    prefix = f"{words.CLEARED}."
    given = {k: v for k, v in {**healthy(knowledge), **example}.items() if v is not None and not k.startswith(prefix)}
    cleared = tuple(
        Clearance(key.removeprefix(prefix), "a clinician", AT.date(), "exercise")
        for key, value in example.items()
        if key.startswith(prefix) and value is not None
    )
    return Answers(given, AT, complete=True, cleared=cleared)


def replay(knowledge: KnowledgeBase, example: Example, key: Key, *, refuted: bool = False) -> None:
    """Raise `EngineDisagreement` unless experta and the evaluator both know `key` true, or false if `refuted`."""
    answers = person(knowledge, example)
    session = Session(knowledge, AT)
    session.load(answers)
    for engine, found in (("experta", session.conclusions()), ("the evaluator", infer(knowledge, answers, AT))):
        if not found.pairs[key][1 if refuted else 0]:
            raise EngineDisagreement(
                f"by the proof {key} can be known {words.NO if refuted else words.YES}; {engine} does not conclude it",
                hint="This is a fault of the program. Please report it with the knowledge.",
            )


def shown(example: Example) -> tuple[tuple[str, str], ...]:
    """The example as a finding carries it."""
    return tuple((answer, LEFT_OUT if value is None else said(value)) for answer, value in example.items())


def said(value: Value) -> str:
    """A value as it stands in an answers file."""
    if isinstance(value, Unable):
        return f"{{{words.UNABLE}: {value.reason}}}"
    return f"{value:g}" if isinstance(value, int | float) else value


def written(knowledge: KnowledgeBase, says: str, key: Key, example: Example) -> str:
    """An answers file with this person; above it, as a comment, the case that keeps the item from being given."""
    answers, says = person(knowledge, example), " ".join(says.split())
    lines = [f"# {says}", f"# A case for {key.id}, to be put under its `cases:`", f"#   {case(says, example, key)}"]
    lines += [f"triaged_at: {AT.isoformat()}", "complete: true", "example: true"]
    if answers.cleared:
        lines.append("cleared:")
    for clearance in answers.cleared:
        inputs = about(knowledge, answers, clearance.reason)
        said_by = f"by: {clearance.by}, on: {clearance.on}, about: {clearance.about}, inputs: {inputs}"
        lines.append(f"  - {{reason: {clearance.reason}, {said_by}}}")
    lines.append("answers:")
    lines += [f"  {answer}: {_quoted(value)}" for answer, value in answers.values.items()]
    return "\n".join(lines) + "\n"


def case(says: str, example: Example, key: Key) -> str:
    """The example as one entry of an item's `cases:`: with these answers the item must not be given."""
    given = ", ".join(f"{answer}: {_quoted(value)}" for answer, value in example.items() if value is not None)
    side = f", side: {key.side}" if key.side else ""
    return f"- {{says: {json.dumps(says, ensure_ascii=False)}, given: {{{given}}}{side}, expect: {words.NO}}}"


def case_text(offered: Case) -> str:
    """A case as one entry of `cases:`, whose sentence is still to be written if it has none."""
    given = ", ".join(f"{answer}: {_raw(value)}" for answer, value in offered.given.items())
    more = "".join(f"{key}: {value}, " for key in ("side", "finding") if (value := getattr(offered, key)))
    says = json.dumps(offered.says, ensure_ascii=False) if offered.says else "<what this is about>"
    return f"- {{says: {says}, given: {{{given}}}, {more}expect: {offered.expect}}}"


def _raw(value: Any) -> str:
    if value is None:
        return "null"
    return f"{{{words.UNABLE}: {value[words.UNABLE]}}}" if isinstance(value, Mapping) else _quoted(value)


def _quoted(value: Value) -> str:
    """As YAML; a date is quoted, so that it stays text."""
    text = said(value)
    return json.dumps(text) if isinstance(value, str) and text[:1].isdigit() else text
