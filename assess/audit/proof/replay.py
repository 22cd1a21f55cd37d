"""An example found in the diagrams: run through experta before anybody is shown it, and written to be kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assess.audit.proof.domains import AT
from assess.errors import EngineDisagreement
from assess.inference.infer import infer
from assess.inference.session import Session
from assess.model import words
from assess.model.answers import Answers, Clearance, Unable, Value
from assess.model.conditions import Key
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase

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


def answers_file(knowledge: KnowledgeBase, example: Example) -> Iterator[str]:
    """The lines of an answers file with this person."""
    answers = person(knowledge, example)
    yield f"triaged_at: {AT.isoformat()}"
    yield "complete: true"
    yield "example: true"
    if answers.cleared:
        yield "cleared:"
        for clearance in answers.cleared:
            about = f"by: {clearance.by}, on: {clearance.on}, about: {clearance.about}"
            yield f"  - {{reason: {clearance.reason}, {about}}}"
    yield "answers:"
    for key, value in answers.values.items():
        yield f"  {key}: {_quoted(value)}"


def case(says: str, example: Example, expect: str, **more: str) -> str:
    """The example as one entry of an item's `cases:`, ready to be put there."""
    given = ", ".join(f"{key}: {_quoted(value)}" for key, value in example.items() if value is not None)
    rest = "".join(f", {name}: {value}" for name, value in more.items() if value)
    return f"- {{says: {says}, given: {{{given}}}{rest}, expect: {expect}}}"


def _quoted(value: Value) -> str:
    text = said(value)
    return f'"{text}"' if isinstance(value, str) and text[:1].isdigit() else text
