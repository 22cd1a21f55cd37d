"""Raw answers to values: every wrong one is a problem at its place, with what could be written instead."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from assess.errors import Problem, did_you_mean
from assess.loading.shape import shown
from assess.loading.yaml12 import Located, Path
from assess.model import words
from assess.model.age import above_age
from assess.model.answers import Unable, Value
from assess.model.free_text import LIMIT, tidy
from assess.model.knowledge import KnowledgeBase, Measure, Question

OLDEST = date(1900, 1, 1)


def day(raw: object) -> date | None:
    """A date as it must be written, or None."""
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) and len(raw) == len("2026-01-01") else None
    except ValueError:
        return None


class ValueReader:
    """Reads mappings of answer ids to raw values."""

    def __init__(self, knowledge: KnowledgeBase, today: date) -> None:
        self._knowledge = knowledge
        self._today = today
        renamed: list[Question | Any] = [*knowledge.questions.values(), *knowledge.checks.values()]
        self._renamed = {old: item.id for item in renamed for old in item.was}
        self._measures: dict[str, Measure] = {}
        for check in knowledge.checks.values():
            for measure in check.measures:
                for side in words.SIDES if check.sided else ("",):
                    self._measures[f"{check.id}.{measure.id}" + (f".{side}" if side else "")] = measure

    def read(self, given: Mapping[str, Any], located: Located, path: Path) -> tuple[dict[str, Value], list[Problem]]:
        """The values that are right, and the problems of the others; `path` leads to `given`."""
        values: dict[str, Value] = {}
        one = _One(located, path, [])
        for written, raw in given.items():
            key = self._now_called(written)
            if key in values:
                one.bad(written, "duplicate-key", f"{key!r} is answered twice, once under its former id", at_key=True)
                continue
            value = self._value(key, written, raw, one)
            if value is not None:
                values[key] = value
        for key in above_age(self._knowledge, values, self._today):
            written = next(w for w in given if self._now_called(w) == key)
            said = f"{shown(values.pop(key))} is above the person's own age"
            one.bad(written, "out-of-range", said, "Check it against the date of birth.")
        return values, one.problems

    def doubts(self, given: Mapping[str, Any], values: Mapping[str, Value]) -> dict[str, str]:
        """How answers to lines that could not be read count where a stop is looked for: as unsure.

        What differs from an answer in capitals only is that answer; a line without an answer has none. One that is
        answered under its former id too, and not in the same way, is in doubt as well.
        """
        found: dict[str, str] = {}
        for written, raw in given.items():
            key = self._now_called(written)
            question = self._knowledge.questions.get(key)
            if question is None or values.get(key) == raw or raw is None or not question.offer_unsure:
                continue
            if question.answer in (words.YES_NO, words.CHOICE):
                meant = str(raw).lower()
                known = (words.YES, words.NO) if question.answer == words.YES_NO else question.options
                found[key] = meant if meant in known and key not in values else words.UNSURE
        return found

    def _now_called(self, key: str) -> str:
        name, dot, rest = key.partition(".")
        return self._renamed.get(name, name) + dot + rest

    def _value(self, key: str, written: str, raw: Any, one: _One) -> Value | None:
        question = self._knowledge.questions.get(key)
        if question is not None:
            return self._question(question, written, raw, one)
        stem, _, suffix = key.rpartition(".")
        line = self._knowledge.questions.get(stem)
        if suffix == words.COMPARED and line is not None and line.clarifier:
            return one.word(written, raw, words.CLARIFIED)
        if key in self._measures:
            return _measure(self._measures[key], written, raw, one)
        known = [*self._knowledge.questions, *self._measures]
        hint = did_you_mean(key, known) or "`assess show question` and `assess show check` list what there is."
        one.bad(written, "unknown-id", f"{written!r} is no question and no check of this knowledge", hint, at_key=True)
        return None

    def _question(self, question: Question, key: str, raw: Any, one: _One) -> Value | None:
        unsure = [words.UNSURE] if question.offer_unsure else []
        match question.answer:
            case words.YES_NO:
                return one.word(key, raw, [words.YES, words.NO, words.UNSURE])
            case words.CHOICE:
                return one.word(key, raw, [*question.options, *unsure])
            case words.NUMBER:
                if raw == words.UNSURE and question.offer_unsure:
                    return words.UNSURE
                return one.number(key, raw, question.minimum, question.maximum, question.unit)
            case words.BIRTH_DATE:
                return self._birth_date(key, raw, one)
            case _:
                return one.text(key, raw)

    def _birth_date(self, key: str, raw: Any, one: _One) -> str | None:
        born = day(raw)
        if born is None:
            one.bad(key, "not-a-date", f"{shown(raw)} is no date", "Write year-month-day, like 1986-04-23.")
        elif not OLDEST <= born <= self._today:
            one.bad(key, "out-of-range", f"{shown(raw)} is no possible date of birth", "Check the year.")
        else:
            return born.isoformat()
        return None


def _measure(measure: Measure, key: str, raw: Any, one: _One) -> Value | None:
    if isinstance(raw, dict) and list(raw) == [words.UNABLE]:
        reason = raw[words.UNABLE]
        if reason in words.UNABLE_REASONS:
            return Unable(str(reason))
        hint = did_you_mean(str(reason), words.UNABLE_REASONS) or _one_of(words.UNABLE_REASONS)
        one.bad(key, "unknown-value", f"{shown(reason)} is no reason for being unable", hint, under=(words.UNABLE,))
        return None
    if raw == words.UNABLE:
        reasons = ", ".join(words.UNABLE_REASONS)
        one.bad(key, "unknown-value", "`unable` needs its reason", f"Write {{unable: pain}}; reasons: {reasons}.")
        return None
    if raw in (words.UNSURE, words.VOID):
        return str(raw)
    if measure.answer == words.NUMBER:
        return one.number(key, raw, measure.minimum, measure.maximum, measure.unit)
    return one.word(key, raw, measure.options or {words.YES: "", words.NO: ""})


def _one_of(allowed: Iterable[str]) -> str:
    return f"Write one of: {', '.join(allowed)}."


class _One:
    """Reads one raw value at a time, at its place in the file."""

    def __init__(self, located: Located, path: Path, problems: list[Problem]) -> None:
        self._located, self._path, self.problems = located, path, problems

    def bad(self, key: str, code: str, message: str, hint: str = "", *, at_key: bool = False, under: Path = ()) -> None:
        """Note a problem."""
        self.problems.append(self._located.problem((*self._path, key, *under), code, message, hint, key=at_key))

    def word(self, key: str, raw: Any, allowed: Iterable[str]) -> str | None:
        """One of the allowed words."""
        allowed = list(allowed)
        if isinstance(raw, str) and raw in allowed:
            return raw
        if raw is None:
            self.bad(key, "unknown-value", f"{key!r} has no answer", f"Leave the line out. {_one_of(allowed)}")
        else:
            hint = did_you_mean(str(raw).lower(), allowed) or _one_of(allowed)
            self.bad(key, "unknown-value", f"{shown(raw)} is no answer to {key!r}", hint)
        return None

    def number(self, key: str, raw: Any, low: float, high: float, unit: str) -> float | int | None:
        """A number in a range."""
        endless = isinstance(raw, float) and not math.isfinite(raw)
        if isinstance(raw, bool) or not isinstance(raw, int | float) or endless:
            hint = f"Write a number from {low:g} to {high:g} ({unit})."
            self.bad(key, "not-a-number", f"{shown(raw)} is no number", hint)
            return None
        if not low <= raw <= high:
            self.bad(key, "out-of-range", f"{shown(raw)} is outside {low:g} to {high:g} ({unit})")
            return None
        return raw

    def text(self, key: str, raw: Any) -> str | None:
        """A person's own words."""
        if isinstance(raw, dict | list) or raw is None:
            self.bad(key, "wrong-type", f"expected text, found {shown(raw)}")
            return None
        text = tidy(raw if isinstance(raw, str) else shown(raw))
        if len(text) > LIMIT:
            self.bad(key, "too-long", f"{key!r} has {len(text)} characters; the limit is {LIMIT}")
            return None
        return text
