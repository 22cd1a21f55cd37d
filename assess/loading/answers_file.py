"""Answers files, YAML or JSON: read with the place of every mistake, written whole or not at all."""

from __future__ import annotations

import json
import math
import os
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assess.errors import AnswersError, CannotWrite, Problem, did_you_mean
from assess.loading.documents import Document, schema_problems
from assess.loading.yaml12 import Located, YamlError, read
from assess.model import words
from assess.model.answers import Answers, Clearance, Unable, Value, plain
from assess.model.knowledge import KnowledgeBase, Measure, Question

TEXT_LIMIT = 200
OLDEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """What could be read, and every problem. A file with problems may still hold an emergency."""

    answers: Answers
    problems: tuple[Problem, ...]


def read_answers(knowledge: KnowledgeBase, raw: bytes, file: str, now: datetime) -> ReadAnswers:
    """Parse an answers file. Raises `AnswersError` only if nothing in it can be read."""
    if not raw.strip():
        raise AnswersError(f"{file} is empty", hint="An answers file begins with `answers:`; see examples/.")
    try:
        located = read(raw, file)
    except YamlError as error:
        located = _as_json(raw, file) or _fail(file, error)
    document = Document("answers", file, located)
    problems = list(schema_problems(document))
    data = located.data if isinstance(located.data, dict) else {}
    given = data.get("answers")
    values: dict[str, Value] = {}
    if isinstance(given, dict):
        reader = _Reader(knowledge, located, now)
        for key, value in given.items():
            answer_id, parsed = reader.value(str(key), value)
            if parsed is not None:
                values[answer_id] = parsed
        problems += reader.problems
    triaged_at = _moment(data.get("triaged_at"), located, now, problems)
    answers = Answers(
        values,
        triaged_at,
        data.get("complete") is True,
        _cleared(data.get("cleared"), knowledge, located, now, problems),
        {k: str(v) for k, v in data.get("knowledge", {}).items()} if isinstance(data.get("knowledge"), dict) else {},
        data.get("example") is True,
        tuple(str(m) for m in data.get("mistakes", ()) or ()),
    )
    return ReadAnswers(answers, tuple(sorted(set(problems))))


def _fail(file: str, error: YamlError) -> Located:
    raise AnswersError(
        f"{file} cannot be read", hint="An answers file is plain YAML or JSON; see examples/.", problems=[error.problem]
    ) from None


def _as_json(raw: bytes, file: str) -> Located | None:
    """JSON that is no YAML (tabs for indentation); duplicate keys, NaN and depth are refused as elsewhere."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({k for k, _ in items}) != len(items):
            raise ValueError("duplicate key")
        return dict(items)

    if raw.lstrip()[:1] != b"{" or len(raw) > 1_000_000 or raw.count(b"[") + raw.count(b"{") > 10_000:
        return None
    try:
        text = raw.decode("utf-8")
        return Located(file, json.loads(text, object_pairs_hook=pairs, parse_constant=str), lines=text.split("\n"))
    except (ValueError, RecursionError):
        return None


def _moment(raw: Any, located: Located, now: datetime, problems: list[Problem]) -> datetime | None:
    if not isinstance(raw, str):
        return None
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        problems.append(
            located.problem(
                ("triaged_at",),
                "not-a-moment",
                f"{raw!r} is no date and time with an offset",
                "Write it like 2026-11-24T09:30:00+00:00.",
            )
        )
        return None
    if moment > now:
        problems.append(located.problem(("triaged_at",), "in-the-future", f"triage on {raw} lies in the future"))
        return None
    return moment


def _cleared(
    raw: Any, knowledge: KnowledgeBase, located: Located, now: datetime, problems: list[Problem]
) -> tuple[Clearance, ...]:
    out = []
    for i, entry in enumerate(raw if isinstance(raw, list) else ()):
        if not isinstance(entry, dict) or not {"reason", "by", "on", "about"} <= entry.keys():
            continue
        row = knowledge.rows.get(str(entry["reason"]))
        path = ("cleared", i)
        if row is None:
            problems.append(
                located.problem(
                    (*path, "reason"),
                    "dangling-reference",
                    f"{entry['reason']!r} is no reason that triage knows",
                    did_you_mean(str(entry["reason"]), knowledge.rows),
                )
            )
            continue
        if row.level != words.CLINICIAN_FIRST or not row.clearable:
            problems.append(
                located.problem(
                    (*path, "reason"),
                    "not-clearable",
                    f"{row.id!r} cannot be cleared",
                    "Only reasons of level clinician-first can be, and not for anybody under 16.",
                )
            )
            continue
        on = _date(str(entry["on"]))
        if on is None or on > now.date():
            problems.append(
                located.problem((*path, "on"), "not-a-date", f"{entry['on']!r} is no past date", "Write 2026-11-24.")
            )
            continue
        out.append(Clearance(row.id, str(entry["by"]), on, str(entry["about"])))
    return tuple(out)


def _date(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw) if len(raw) == len("2026-01-01") else None
    except ValueError:
        return None


class _Reader:
    """Turns raw answers into values, collecting problems."""

    def __init__(self, knowledge: KnowledgeBase, located: Located, now: datetime) -> None:
        self._knowledge = knowledge
        self._located = located
        self._today = now.date()
        self.problems: list[Problem] = []
        self._renamed = {old: q.id for q in knowledge.questions.values() for old in q.was}
        self._measures: dict[str, Measure] = {}
        for check in knowledge.checks.values():
            for measure in check.measures:
                for side in words.SIDES if check.sided else ("",):
                    self._measures[f"{check.id}.{measure.id}" + (f".{side}" if side else "")] = measure

    def _bad(self, key: str, code: str, message: str, hint: str = "", *, at_key: bool = False) -> None:
        self.problems.append(self._located.problem(("answers", key), code, message, hint, key=at_key))

    def value(self, key: str, raw: Any) -> tuple[str, Value | None]:
        """(answer id, value), the value None if it is wrong."""
        key = self._renamed.get(key, key)
        question = self._knowledge.questions.get(key)
        if question is not None:
            return key, self._question(question, raw)
        stem, _, suffix = key.rpartition(".")
        line = self._knowledge.questions.get(stem)
        if suffix == words.COMPARED and line is not None and line.clarifier:
            return key, self._word(key, raw, words.CLARIFIED)
        if key in self._measures:
            return key, self._measure(key, self._measures[key], raw)
        known = [*self._knowledge.questions, *self._measures]
        hint = did_you_mean(key, known) or "`assess show question` and `assess show check` list what there is."
        self._bad(key, "unknown-id", f"{key!r} is no question and no check of this knowledge", hint, at_key=True)
        return key, None

    def _word(self, key: str, raw: Any, allowed: Any) -> str | None:
        if raw in list(allowed):
            return str(raw)
        hint = did_you_mean(str(raw), allowed) or f"Write one of: {', '.join(allowed)}."
        self._bad(key, "unknown-value", f"{raw!r} is no answer to {key!r}", hint)
        return None

    def _question(self, question: Question, raw: Any) -> Value | None:
        unsure = [words.UNSURE] if question.offer_unsure else []
        match question.answer:
            case words.YES_NO:
                return self._word(question.id, raw, [words.YES, words.NO, words.UNSURE])
            case words.CHOICE:
                return self._word(question.id, raw, [*question.options, *unsure])
            case words.NUMBER:
                if raw == words.UNSURE and question.offer_unsure:
                    return words.UNSURE
                return self._number(question.id, raw, question.minimum, question.maximum, question.unit)
            case words.BIRTH_DATE:
                born = _date(str(raw))
                if born is None:
                    self._bad(
                        question.id, "not-a-date", f"{raw!r} is no date", "Write year-month-day, like 1980-05-17."
                    )
                elif not OLDEST <= born <= self._today:
                    self._bad(question.id, "out-of-range", f"{raw!r} is no possible date of birth", "Check the year.")
                else:
                    return born.isoformat()
                return None
            case _:
                return self._text(question.id, raw)

    def _text(self, key: str, raw: Any) -> str | None:
        text = "".join(c for c in str(raw) if c.isprintable()).strip()
        if len(text) > TEXT_LIMIT:
            self._bad(key, "too-long", f"{key!r} has {len(text)} characters; the limit is {TEXT_LIMIT}")
            return None
        return text

    def _number(self, key: str, raw: Any, low: float, high: float, unit: str) -> float | int | None:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
            self._bad(
                key, "not-a-number", f"{raw!r} is no number", f"Write a number from {low:g} to {high:g} ({unit})."
            )
            return None
        if not low <= raw <= high:
            self._bad(key, "out-of-range", f"{raw!r} is outside {low:g} to {high:g} ({unit})")
            return None
        return raw

    def _measure(self, key: str, measure: Measure, raw: Any) -> Value | None:
        if isinstance(raw, dict):
            reason = raw.get(words.UNABLE)
            return Unable(str(reason)) if reason in words.UNABLE_REASONS else None
        if raw in (words.UNSURE, words.VOID):
            return str(raw)
        if measure.answer == words.NUMBER:
            return self._number(key, raw, measure.minimum, measure.maximum, measure.unit)
        options = measure.options or {words.YES: "", words.NO: ""}
        return self._word(key, raw, options)


def dump_answers(knowledge: KnowledgeBase, answers: Answers) -> str:
    """The file's text: YAML that this reader reads back to the same answers. Private answers are never in it."""
    private = frozenset(q.id for q in knowledge.questions.values() if q.private)
    data = plain(answers, private)
    manifest = knowledge.manifest
    lines = ["# Answers of one person. Health data: keep it private."]
    if answers.example:
        lines.append("example: true")
    lines.append(f"triaged_at: {json.dumps(data['triaged_at'])}")
    lines.append(f"complete: {json.dumps(answers.complete)}")
    lines.append(
        f"knowledge: {{name: {manifest.name}, version: {json.dumps(manifest.version)}, sha256: {json.dumps(manifest.sha256)}}}"
    )
    if data["cleared"]:
        lines.append("cleared:")
        lines += [f"  - {json.dumps(entry, ensure_ascii=False)}" for entry in data["cleared"]]
    if answers.mistakes:
        lines.append(f"mistakes: {json.dumps(list(answers.mistakes))}")
    lines.append("answers:" if data["answers"] else "answers: {}")
    lines += [f"  {key}: {_scalar(value)}" for key, value in data["answers"].items()]
    return "\n".join(lines) + "\n"


def _scalar(value: Any) -> str:
    if isinstance(value, str) and value.replace("-", "").isalpha() and value.lower() not in ("true", "false", "null"):
        return value
    return json.dumps(value, ensure_ascii=False)


def write_whole(target: Path, text: str | bytes, *, private: bool = False) -> None:
    """Write a file so that it is there whole or not at all; `private` makes it readable by the owner only."""
    data = text.encode("utf-8") if isinstance(text, str) else text
    if target.is_dir():
        raise CannotWrite(f"{target} is a directory", hint="Name a file.")
    name = ""
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as handle:
            name = handle.name
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        if not private:
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise CannotWrite(
            f"cannot write {target}: {error.strerror or error}", hint="Choose another place with -o or --save."
        ) from None
