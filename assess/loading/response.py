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
VALUES = ("valueCoding", "valueInteger", "valueDecimal", "valueDate", "valueString", "valueBoolean")


def is_response(data: Any) -> bool:
    """Whether this is a response of FHIR, and no answers file of our own."""
    return isinstance(data, dict) and data.get("resourceType") == form.RESPONSE


def as_answers(knowledge: KnowledgeBase, located: Located) -> tuple[Located, list[Problem]]:
    """The data of an answers file with its places, and what is wrong. Raises `AnswersError` for other questions.

    Triage counts as finished at `authored` if the read-back was confirmed; without it, it is open.
    """
    data = located.data
    problems = list(_same_questions(knowledge, located))
    said = {line: (value, path) for line, value, path in _walk(data.get("item", []), located, ("item",), problems)}
    confirmed = said.pop(form.READ_BACK, (words.NO, ()))[0] == words.YES
    values: dict[str, Any] = {}
    places: dict[Path, tuple[int, int]] = {}
    for line, (value, path) in said.items():
        name, beside, _ = line.partition(f"/{form.UNKNOWN}")
        if beside and name in said:
            problems.append(located.problem(path, "answered-twice", f"{name!r} has an answer and is unknown too"))
        values[name] = {words.UNABLE: value} if beside and value in words.UNABLE_REASONS else value
        if path in located.values:
            places["answers", name] = located.values[path]
    named = str(((data.get("subject") or {}).get("identifier") or {}).get("value", ""))
    made = {
        "triaged_at": data.get("authored") if confirmed else None,
        "complete": confirmed and data.get("status") == COMPLETED,
        **({"id": named.removeprefix(form.UUID_URN)} if named.startswith(form.UUID_URN) else {}),
        "answers": values,
    }
    return Located(located.file, made, places, places, located.lines), problems


def _same_questions(knowledge: KnowledgeBase, located: Located) -> Iterator[Problem]:
    """Answers to another version may mean something else: nothing is planned from them, but a stop in them counts."""
    named, ours = str(located.data.get("questionnaire", "")), form.canonical(knowledge)
    hint = f"This is {form.version(knowledge)}. Fill in what `assess export --format questionnaire` writes."
    url, _, version = named.partition("|")
    if url != form.url(knowledge):
        raise AnswersError(f"{located.file} answers another questionnaire", hint=hint)
    if named != ours:
        said = f"these are answers to another version of the questions ({version or 'none named'})"
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
        if len(answers) > 1:
            said = f"{item['linkId']!r} has {len(answers)} answers; one is asked for"
            problems.append(located.problem((*at, "answer"), "answered-twice", said))
        for j, answer in enumerate(answers[:1]):
            yield from _answer(item["linkId"], answer, located, (*at, "answer", j), problems)


def _answer(
    line: str, answer: Any, located: Located, path: Path, problems: list[Problem]
) -> Iterator[tuple[str, Any, Path]]:
    given = [key for key in VALUES if isinstance(answer, dict) and key in answer]
    if len(given) != 1:
        problems.append(located.problem(path, "wrong-type", f"{line!r} has an answer of a kind that is not read"))
        return
    value = answer[given[0]]
    if given[0] == "valueCoding":
        value = value.get("code") if isinstance(value, dict) else shown(value)
    yield line, value, (*path, given[0])
    yield from _walk(answer.get("item", []), located, (*path, "item"), problems)
