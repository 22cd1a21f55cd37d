"""A QuestionnaireResponse of FHIR as an answers file: what a form gave back is read like any other answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assess.errors import AnswersError, Problem
from assess.loading.shape import shown
from assess.loading.yaml12 import Located, Path
from assess.model import form, words
from assess.model.knowledge import KnowledgeBase

COMPLETED = "completed"
GIVEN_UP = ("stopped", "entered-in-error")
UNREAD = ""
"""What stands for an answer that cannot be read; no answer is empty."""
VALUES = ("valueCoding", "valueInteger", "valueDecimal", "valueDate", "valueString", "valueBoolean")


def is_response(data: Any) -> bool:
    """Whether this is a response of FHIR, and no answers file of our own."""
    return isinstance(data, dict) and data.get("resourceType") == form.RESPONSE


def as_answers(knowledge: KnowledgeBase, located: Located) -> tuple[Located, list[Problem]]:
    """The data of an answers file with its places, and what is wrong. Raises `AnswersError` for other questions.

    Triage counts as finished at `authored` if the read-back was confirmed; without it, it is open. A line that is
    answered twice has no answer, and is in doubt where a stop is looked for.
    """
    data = located.data
    problems: list[Problem] = []
    walked = list(_walk(data.get("item", []), located, ("item",), problems))
    problems += _same_questions(knowledge, located, {line for line, _, _ in walked})
    problems += _given_up(located)
    values: dict[str, Any] = {}
    places: dict[Path, tuple[int, int]] = {}
    twice: dict[Path, Problem] = {}
    confirmed = False
    for line, value, path in walked:
        name, beside, _ = line.partition(f"/{form.UNKNOWN}")
        if line == form.READ_BACK:
            confirmed = value == words.YES
            continue
        if name in values or ("answers", name) in twice:
            values.pop(name, None)
            said = f"{name!r} has an answer and is unknown too" if beside else f"{name!r} is answered more than once"
            twice["answers", name] = located.problem(path, "answered-twice", said)
            continue
        values[name] = {words.UNABLE: value} if beside and value in words.UNABLE_REASONS else value
        if path in located.values:
            places["answers", name] = located.values[path]
    named = str(_inside(data, "subject", "identifier", "value"))
    made = {
        "triaged_at": data.get("authored") if confirmed else None,
        "complete": confirmed and data.get("status") == COMPLETED,
        **({"id": named.removeprefix(form.UUID_URN)} if named.startswith(form.UUID_URN) else {}),
        "answers": values,
    }
    return Located(located.file, made, places, places, located.lines, twice), problems


def _inside(data: Any, *keys: str) -> Any:
    """What lies so deep in mappings; empty where something else lies there."""
    for key in keys:
        data = data.get(key, "") if isinstance(data, dict) else ""
    return data


def _given_up(located: Located) -> Iterator[Problem]:
    """A response that was stopped, or entered in error, says nothing that may be planned from."""
    status = located.data.get("status")
    if status in GIVEN_UP:
        yield located.problem(("status",), "given-up", f"this response is marked {status!r}", "Fill in the form anew.")


def _same_questions(knowledge: KnowledgeBase, located: Located, lines: set[str]) -> Iterator[Problem]:
    """Answers to other questions may mean something else: nothing is planned from them, but a stop in them counts.

    Only where no line is one of ours there is nothing to look at.
    """
    named, ours = str(located.data.get("questionnaire", "")), form.canonical(knowledge)
    hint = f"This is {form.version(knowledge)}. Fill in what `assess export --format questionnaire` writes."
    if named == ours:
        return
    if not lines & knowledge.questions.keys():
        raise AnswersError(f"{located.file} answers another questionnaire", hint=hint)
    url, _, version = named.partition("|")
    if url == form.url(knowledge):
        said = f"these are answers to another version of the questions ({version or 'none named'})"
    else:
        said = f"these are answers to another questionnaire ({named or 'none named'})"
    yield located.problem(("questionnaire",), "other-version", said, hint)


def _walk(items: Any, located: Located, path: Path, problems: list[Problem]) -> Iterator[tuple[str, Any, Path]]:
    """Every line that has an answer, however deep it lies; one that stands twice is a problem."""
    for i, item in enumerate(items if isinstance(items, list) else ()):
        at = (*path, i)
        if not isinstance(item, dict) or not isinstance(item.get("linkId"), str):
            problems.append(located.problem(at, "wrong-type", "an item without a linkId"))
            continue
        yield from _walk(item.get("item", []), located, (*at, "item"), problems)
        answers = item.get("answer", [])
        answers = answers if isinstance(answers, list) else [answers]
        for j, answer in enumerate(answers):
            yield from _answer(item["linkId"], answer, located, (*at, "answer", j), problems)


def _answer(
    line: str, answer: Any, located: Located, path: Path, problems: list[Problem]
) -> Iterator[tuple[str, Any, Path]]:
    given = [key for key in VALUES if isinstance(answer, dict) and key in answer]
    if len(given) != 1:
        problems.append(located.problem(path, "wrong-type", f"{line!r} has an answer of a kind that is not read"))
        yield line, UNREAD, path  # there was an answer: it is in doubt where a stop is looked for
        return
    value = answer[given[0]]
    if given[0] == "valueCoding":
        value = value.get("code", UNREAD) if isinstance(value, dict) else shown(value)
    yield line, value, (*path, given[0])
    yield from _walk(answer.get("item", []), located, (*path, "item"), problems)
