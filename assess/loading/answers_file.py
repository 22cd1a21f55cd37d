"""Answers files, YAML or JSON: read with the place of every mistake, written whole or not at all."""

from __future__ import annotations

import codecs
import json
import os
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path as FilePath
from typing import Any
from uuid import UUID

from assess.errors import AnswersError, CannotWrite, Place, Problem, did_you_mean
from assess.loading.answer_values import ValueReader, day
from assess.loading.documents import Document, schema_problems
from assess.loading.response import as_answers, is_response
from assess.loading.shape import shown
from assess.loading.yaml12 import MAX_BYTES, MAX_DIGITS, Located, Path, YamlError, read
from assess.model import words
from assess.model.answers import Answers, Clearance, plain
from assess.model.free_text import tidy
from assess.model.knowledge import KnowledgeBase, Row
from assess.model.week import Week, faults


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """What could be read, and every problem. A file with problems may still hold an emergency.

    `doubts` is how a line that is answered, and not readably, counts where a stop is looked for: never for a plan.
    """

    answers: Answers
    problems: tuple[Problem, ...]
    doubts: Mapping[str, str] = field(default_factory=dict)

    @property
    def at_worst(self) -> Answers:
        """The answers with the doubts among them."""
        return replace(self.answers, values={**self.answers.values, **self.doubts})


def read_answers(knowledge: KnowledgeBase, raw: bytes, file: str, now: datetime) -> ReadAnswers:
    """Parse an answers file, or the response to our form. Raises `AnswersError` only if nothing in it can be read."""
    if not raw.strip():
        raise AnswersError(f"{file} is empty", hint="An answers file begins with `answers:`; see examples/.")
    located = _located(raw, file)
    problems: list[Problem] = []
    if is_response(located.data):
        located, problems = as_answers(knowledge, located)
    if not isinstance(located.data, dict) or "answers" not in located.data:
        raise _other_file(file)
    document = Document("answers", file, located)
    problems += schema_problems(document)
    data = located.data
    given = data.get("answers")
    given = given if isinstance(given, dict) else {}
    reader = ValueReader(knowledge, now.date())
    values, wrong = reader.read(given, located, ("answers",))
    problems += [*wrong, *located.twice.values()]
    twice = [str(path[1]) for path in located.twice if len(path) == 2 and path[0] == "answers"]
    doubts = reader.doubts({**given, **dict.fromkeys(twice, "")}, values)
    triaged_at = _moment(data.get("triaged_at"), located, now, problems)
    answers = Answers(
        values,
        triaged_at,
        data.get("complete") is True,
        _cleared(data.get("cleared"), knowledge, located, now, problems),
        {k: str(v) for k, v in data.get("knowledge", {}).items()} if isinstance(data.get("knowledge"), dict) else {},
        data.get("example") is True,
        tuple(str(m) for m in mistakes) if isinstance(mistakes := data.get("mistakes"), list) else (),
        _id(data.get("id"), located, problems),
        _week(data.get("week"), knowledge, located, problems),
    )
    return ReadAnswers(answers, tuple(sorted(set(problems))), doubts)


def _other_file(file: str) -> AnswersError:
    """Some other file: its lines are nobody's business, so nothing of it is shown."""
    message = f"{file} is no answers file: there is no `answers` at the top"
    return AnswersError(message, hint="An answers file begins with `answers:`; see examples/.")


def _located(raw: bytes, file: str) -> Located:
    """The data with its places: YAML, or JSON that is no YAML for its tabs or its escapes."""
    try:
        return read(raw, file, let_twice=True)
    except YamlError as error:
        first = error
    if raw.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
        try:
            return read(raw.replace(b"\t", b" "), file, let_twice=True)
        except YamlError as error:
            first = error
        try:
            located = _as_json(raw, file) if first.problem.code == "not-yaml" else None
            if located is not None:
                return located
        except YamlError as error:
            first = error
    if first.problem.excerpt and b"answers" not in raw:
        raise _other_file(file)
    hint = "An answers file is plain YAML or JSON; see examples/."
    raise AnswersError(f"{file} cannot be read", hint=hint, problems=[first.problem]) from None


def _as_json(raw: bytes, file: str) -> Located | None:
    """JSON with escapes that YAML has not; keys that stand twice, large numbers, NaN and depth are as elsewhere."""
    twice: dict[Path, Problem] = {}

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in items:
            if key not in found and ("answers", key) not in twice:
                found[key] = value
                continue
            message = f"the key {key!r} stands twice"
            twice["answers", key] = Problem(Place(file), "duplicate-key", message, "Keep one of the two.")
            entries = [e for part in (found.pop(key, None), value) if isinstance(part, dict) for e in part.items()]
            if entries:
                found[key] = pairs(entries)
        return found

    def whole(digits: str) -> int | str:
        return int(digits) if len(digits) <= MAX_DIGITS else digits

    if len(raw) > MAX_BYTES or raw.count(b"[") + raw.count(b"{") > 10_000:
        return None
    try:
        text = raw.decode("utf-8-sig")
        data = json.loads(text, object_pairs_hook=pairs, parse_constant=str, parse_int=whole)
        return Located(file, data, lines=text.split("\n"), twice=twice)
    except (ValueError, RecursionError):
        return None


def _moment(raw: Any, located: Located, now: datetime, problems: list[Problem]) -> datetime | None:
    if not isinstance(raw, str):
        return None
    try:
        moment = datetime.fromisoformat(raw).replace(microsecond=0)  # forms write parts of a second, clocks here none
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


def _id(raw: Any, located: Located, problems: list[Problem]) -> str:
    if not isinstance(raw, str):
        return ""
    try:
        return str(UUID(raw))
    except ValueError:
        hint = "Leave the line out; `assess` gives a file its own."
        problems.append(located.problem(("id",), "not-an-id", f"{shown(raw)} is no random name (UUID)", hint))
        return ""


def _week(raw: Any, knowledge: KnowledgeBase, located: Located, problems: list[Problem]) -> Week:
    """The person's own times and days; wrong ones are problems and change nothing."""
    if not isinstance(raw, dict):
        return Week()
    times, days = raw.get("times", {}), raw.get("days", [])
    if not isinstance(times, dict) or not isinstance(days, list):
        return Week()
    week = Week({str(slot): str(time) for slot, time in times.items()}, tuple(str(day) for day in days))
    found = [located.problem(("week", *f.where), f.code, f.says, f.hint) for f in faults(knowledge.program, week)]
    problems += found
    return Week() if found else week


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
                    did_you_mean(str(entry["reason"]), [r.id for r in knowledge.rows.values() if _clearable(r)]),
                )
            )
            continue
        if not _clearable(row):
            problems.append(
                located.problem(
                    (*path, "reason"),
                    "not-clearable",
                    f"{row.id!r} cannot be cleared",
                    "Only reasons of level clinician-first can be, and not for anybody under 16.",
                )
            )
            continue
        on = day(entry["on"])
        if on is None or on > now.date():
            problems.append(
                located.problem(
                    (*path, "on"), "not-a-date", f"{shown(entry['on'])} is no past date", "Write 2026-11-24."
                )
            )
            continue
        inputs = str(entry.get("inputs", ""))
        out.append(Clearance(row.id, tidy(str(entry["by"])), on, tidy(str(entry["about"])), inputs))
    return tuple(out)


def _clearable(row: Row) -> bool:
    return row.level == words.CLINICIAN_FIRST and row.clearable


def dump_answers(knowledge: KnowledgeBase, answers: Answers, *, given_to: Mapping[str, str] | None = None) -> str:
    """The file's text: YAML that this reader reads back to the same answers. Private answers are never in it.

    `given_to` is the knowledge that asked for the answers; the present one if not given.
    """
    private = frozenset(q.id for q in knowledge.questions.values() if q.private)
    data = plain(answers, private)
    manifest = knowledge.manifest
    lines = ["# Answers of one person. Health data: keep it private."]
    if answers.example:
        lines.append("example: true")
    if answers.id:
        lines.append(f"id: {answers.id}")
    lines.append(f"triaged_at: {json.dumps(data['triaged_at'])}")
    lines.append(f"complete: {json.dumps(answers.complete)}")
    made = given_to or {"name": manifest.name, "version": manifest.version, "sha256": manifest.sha256}
    lines.append(f"knowledge: {{{', '.join(f'{key}: {_scalar(value)}' for key, value in made.items())}}}")
    if data["cleared"]:
        lines.append("cleared:")
        tidied = [{key: tidy(value) for key, value in entry.items()} for entry in data["cleared"]]
        lines += [f"  - {json.dumps(entry, ensure_ascii=False)}" for entry in tidied]
    mistakes = [tidy(m) for m in answers.mistakes if m.split(".")[0] not in private]
    if mistakes:
        lines.append(f"mistakes: {json.dumps(mistakes, ensure_ascii=False)}")
    if answers.week != Week():
        lines.append(f"week: {json.dumps({'times': answers.week.times, 'days': answers.week.days})}")
    lines.append("answers:" if data["answers"] else "answers: {}")
    lines += [f"  {key}: {_scalar(value)}" for key, value in data["answers"].items()]
    return "\n".join(lines) + "\n"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        value = tidy(value)
    if isinstance(value, str) and value.replace("-", "").isalpha() and value.lower() not in ("true", "false", "null"):
        return value
    return json.dumps(value, ensure_ascii=False)


def write_whole(
    target: FilePath, text: str | bytes, *, private: bool = False, elsewhere: str = "Choose another place."
) -> None:
    """Write a file so that it is there whole or not at all; `private` makes it readable by the owner only.

    `elsewhere` says what to do where that cannot be: it names the option that the command has.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    if target.is_dir():
        raise CannotWrite(f"{target} is a directory", hint=elsewhere)
    if target.exists() and not target.is_file():
        raise CannotWrite(f"{target} is no ordinary file", hint=elsewhere)
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
            os.chmod(name, stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~mask)
        os.replace(name, target)
    except OSError as error:
        raise CannotWrite(f"cannot write {target}: {error.strerror or error}", hint=elsewhere) from None
    finally:
        if name and FilePath(name).exists():
            FilePath(name).unlink()
