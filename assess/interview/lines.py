"""Lines as a front end needs them: words, options, limits. Light, because the first line waits for it."""

from __future__ import annotations

from assess.interview.machine import Interview
from assess.interview.steps import CHECKLIST, Ask
from assess.model import words
from assess.model.age import age_of
from assess.model.answers import Value
from assess.model.knowledge import Question


def line(state: Interview, answer: str, more: int = 0) -> Ask:
    """What a front end needs to ask one answer; `more` is about how many lines follow."""
    before = state.answers.values.get(answer)
    stem, _, suffix = answer.rpartition(".")
    if suffix == words.COMPARED and stem in state.knowledge.questions:
        question = state.knowledge.questions[stem]
        assert question.clarifier
        options = {words.SAME: "The same", words.DIFFERENT: "Different", words.CANT_TELL: "I can't tell"}
        return Ask(
            answer,
            question.clarifier.ask,
            words.CHOICE,
            _topic(state, question),
            why=question.why,
            options=options,
            unsure=False,
            more=more,
            before=before,
        )
    question_or_none = state.knowledge.questions.get(answer)
    if question_or_none is not None:
        return _question(state, question_or_none, more, before)
    return _measure(state, answer, more, before)


def _question(state: Interview, question: Question, more: int, before: Value | None) -> Ask:
    kind = question.answer
    ticked: tuple[str, ...] = ()
    options = dict(question.options) or None
    if question.checklist:
        kind = CHECKLIST
        listed = state.listed(question.id)
        options = {d.id: d.title for d in listed}
        ticked = tuple(d.id for d in listed if state.answers.values.get(d.id) == words.YES)
        before = "; ".join(options[code] for code in ticked) or before
    age = age_of(state.knowledge, state.answers.values, state.now.date()) if question.at_most_age else None
    stem = state.knowledge.questions.get(question.stem)
    entry = stem is not None and stem.checklist  # a bare name, such as "Diabetes"
    return Ask(
        question.id,
        f"Does this apply to you? {question.ask}" if entry else question.ask,
        kind,
        _topic(state, question),
        question.help,
        question.why,
        options,
        question.offer_unsure and not question.required,
        question.minimum,
        question.maximum if age is None else min(question.maximum, age),
        question.unit,
        more,
        before,
        optional=kind == words.TEXT or question.private,
        private=question.private,
        latest=state.now.date() if kind == words.BIRTH_DATE else None,
        ticked=ticked,
        age=age,
    )


def _topic(state: Interview, question: Question) -> str:
    return next(str(topic["title"]) for topic in state.knowledge.terms.topics if topic["id"] == question.topic)


def _measure(state: Interview, answer: str, more: int, before: Value | None) -> Ask:
    check_id, measure_id, *side = answer.split(".")
    check = state.knowledge.checks[check_id]
    measure = next(m for m in check.measures if m.id == measure_id)
    text = f"{side[0].capitalize()}: {measure.ask}" if side else measure.ask
    return Ask(
        answer,
        text,
        measure.answer,
        check.title,
        why=check.purpose,
        options=dict(measure.options) or None,
        minimum=measure.minimum,
        maximum=measure.maximum,
        unit=measure.unit,
        more=more,
        before=before,
        unable=True,
    )
