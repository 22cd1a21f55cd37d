"""The small changes that somebody could make to one file by mistake: what is replaced where, and how it reads.

They are made in the data as it is written, so that a mutant is always something that could have been written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assess.loading.documents import Document
from assess.loading.yaml12 import Path
from assess.model import words

OPERATOR, THRESHOLD, WEIGHT, SIDE, LEVEL = "operator", "threshold", "weight", "side", "level"
BAR, TAG, WORD, PART = "bar", "tag", "word", "part"
"""What is changed: a word of the rule language, a limit, a weight, a side, a level, a bar or a tag (left out), an
answer's word, or a part of a condition (left out)."""

EDGE = {"at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most"}
LOOSER = {"at_least": -1, "above": 1, "at_most": 1, "below": -1}
"""By how many steps a limit moves: where the edge alone tightens a comparison this loosens it, and the other way."""
OTHER_SIDE = {
    words.THIS: words.OTHER,
    words.OTHER: words.THIS,
    words.LEFT: words.RIGHT,
    words.RIGHT: words.LEFT,
    "any": "both",
    "both": "any",
}
OTHER_TAKE = {"highest": "lowest", "lowest": "highest", "difference": "highest"}


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at `path` of a file becomes `value`; it is shown at `at`. `says` how it reads then."""

    operator: str
    path: Path
    value: Any
    at: Path
    says: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """What other files say that an edit needs: the words an answer can be, the step of a number, cut-offs."""

    documents: Mapping[tuple[str, str], Document]

    def asked(self, of: str) -> Mapping[str, Any]:
        """The question, or the measure of a check, behind an answer."""
        check, _, measure = of.partition(".")
        if measure:
            found: Mapping[str, Any] = self.documents[words.CHECK, check].data["measures"][measure]
            return found
        question = self.documents.get((words.QUESTION, of))
        return question.data if question else {}

    def options(self, of: str) -> tuple[str, ...]:
        """The words an answer can be."""
        asked = self.asked(of)
        return tuple(asked.get("options", ())) or (words.YES, words.NO)

    def step(self, of: str) -> float:
        """By how much a number is told apart; ages go by years."""
        return float(self.asked(of).get("step", 1))

    def cutoffs(self, of: str) -> tuple[str, ...]:
        """The names of the tables of limits of a check."""
        return tuple(self.documents[words.CHECK, of.partition(".")[0]].data.get("cutoffs", {}))


def edits(document: Document, lookup: Lookup) -> Iterator[Edit]:
    """Every edit of one file, in the order of the file's keys."""
    raw = document.data
    for path in _conditions(document):
        yield from _condition(at(raw, path), path, lookup)
    match document.kind:
        case words.TRIAGE | words.MODIFIER:
            yield from _levels(raw, document.kind)
            yield from _left_out(raw, "bars", BAR)
        case words.QUESTION:
            yield from _question(raw)
        case words.CHECK:
            yield from _left_out(raw, "tags", TAG)
            yield from _cutoffs(raw, lookup)
        case words.PATTERN:
            yield from _pattern(raw)
        case words.EXERCISE | words.RELIEF:
            yield from _left_out(raw, "tags", TAG)


def at(raw: Any, path: Path) -> Any:
    """What stands at a path."""
    for step in path:
        raw = raw[step]
    return raw


def replaced(raw: Any, path: Path, value: Any) -> Any:
    """A copy with something else at a path; everything beside the path is shared."""
    if not path:
        return value
    step, *rest = path
    inner = replaced(raw[step], tuple(rest), value)
    if isinstance(raw, list):
        return [inner if i == step else member for i, member in enumerate(raw)]
    return {key: inner if key == step else member for key, member in raw.items()}


def _conditions(document: Document) -> Iterator[Path]:
    raw = document.data
    for key in ("when", "level_when", "only_when", "needs"):
        if key in raw:
            yield (key,)
    if document.kind == words.CHECK:
        yield from (("findings", finding) for finding in raw["findings"])
    for key in ("supports", "opposes"):
        yield from ((key, i, "when") for i in range(len(raw.get(key, ()))))
    yield from (("vetoes", i) for i in range(len(raw.get("vetoes", ()))))


def _condition(raw: Any, path: Path, lookup: Lookup) -> Iterator[Edit]:
    match raw:
        case {"all": list(members)}:
            yield from _group(raw, path, "all", "any", members, lookup)
        case {"any": list(members)}:
            yield from _group(raw, path, "any", "all", members, lookup)
        case {"at_least": int(count), "of": list(members)}:
            for other in (count - 1, count + 1):
                if 1 <= other <= len(members):
                    yield _edit(THRESHOLD, (*path, "at_least"), count, other)
            for i, member in enumerate(members):
                yield from _condition(member, (*path, "of", i), lookup)
        case {"not": member}:
            yield Edit(OPERATOR, path, member, (*path, "not"), "without this `not`")
            yield from _condition(member, (*path, "not"), lookup)
        case {"known": member}:
            yield Edit(OPERATOR, path, member, (*path, "known"), "without this `known`")
            yield from _condition(member, (*path, "known"), lookup)
        case {"answer": dict(body)}:
            yield from _answer(body, (*path, "answer"), lookup)
        case {"number": dict(body)}:
            yield from _limit(body, (*path, "number"), lookup.step(body["of"]))
        case {"check": dict(body)}:
            yield from _check(body, (*path, "check"), lookup)
        case {"finding": dict(body)}:
            yield from _swapped(body, "side", OTHER_SIDE, (*path, "finding"), SIDE)
        case {"pattern": dict(body)}:
            yield from _swapped(body, "side", OTHER_SIDE, (*path, "pattern"), SIDE)
            grades = {words.POSSIBLE: words.LIKELY, words.LIKELY: words.POSSIBLE}
            yield from _swapped(body, "label", grades, (*path, "pattern"), LEVEL)
        case {"level": str(level)}:
            yield from (_edit(LEVEL, (*path, "level"), level, other) for other in _next_to(level))


def _group(raw: Any, path: Path, key: str, other: str, members: list[Any], lookup: Lookup) -> Iterator[Edit]:
    if len(members) > 1:
        yield Edit(OPERATOR, path, {other: members}, (*path, key), f"`{key}` read as `{other}`")
        for i in range(len(members)):
            rest = [m for j, m in enumerate(members) if j != i]
            yield Edit(PART, (*path, key), rest, (*path, key, i), "without this condition")
    for i, member in enumerate(members):
        yield from _condition(member, (*path, key, i), lookup)


def _answer(body: dict[str, Any], path: Path, lookup: Lookup) -> Iterator[Edit]:
    question, value = next(iter(body.items()))
    yield from _words(value, lookup.options(question), (*path, question))


def _check(body: dict[str, Any], path: Path, lookup: Lookup) -> Iterator[Edit]:
    yield from _swapped(body, "side", OTHER_SIDE, path, SIDE)
    yield from _swapped(body, "take", OTHER_TAKE, path, OPERATOR)
    if "is" in body:
        yield from _words(body["is"], lookup.options(body["of"]), (*path, "is"))
    elif "beyond" in body:
        others = [name for name in lookup.cutoffs(body["of"]) if name != body["beyond"]]
        yield from (_edit(THRESHOLD, (*path, "beyond"), body["beyond"], other) for other in others[:1])
    else:
        yield from _limit(body, path, lookup.step(body["of"]))


def _words(value: Any, options: tuple[str, ...], path: Path) -> Iterator[Edit]:
    if isinstance(value, list):
        for i in range(len(value) if len(value) > 1 else 0):
            yield Edit(WORD, path, [v for j, v in enumerate(value) if j != i], (*path, i), f"without `{value[i]}`")
    elif value in options:
        other = options[(options.index(value) + 1) % len(options)]
        yield _edit(WORD, path, value, other)


def _limit(body: dict[str, Any], path: Path, step: float) -> Iterator[Edit]:
    for key, edge in EDGE.items():
        if key in body:
            swapped = {edge if k == key else k: v for k, v in body.items()}
            yield Edit(OPERATOR, path, swapped, (*path, key), f"`{key}` read as `{edge}`")
            limit = round(body[key] + LOOSER[key] * step, 6)
            yield _edit(THRESHOLD, (*path, key), body[key], int(limit) if float(limit).is_integer() else limit)


def _levels(raw: dict[str, Any], kind: str) -> Iterator[Edit]:
    if "level" in raw:
        level = raw["level"]
        yield from (_edit(LEVEL, ("level",), level, other) for other in _next_to(level))
        if kind == words.MODIFIER:
            yield _without(raw, "level", LEVEL)
    for key in ("clearable", "unsure_level"):
        if key in raw:
            yield _edit(LEVEL, (key,), raw[key], not raw[key])


def _next_to(level: str) -> tuple[str, ...]:
    i = words.LEVELS.index(level)
    return tuple(words.LEVELS[j] for j in (i - 1, i + 1) if 0 <= j < len(words.LEVELS))


def _question(raw: dict[str, Any]) -> Iterator[Edit]:
    if "clarifier" in raw:
        level = raw["clarifier"]["cant_tell"]
        others = (other for other in _next_to(level) if other in words.STOPPING)
        yield from (_edit(LEVEL, ("clarifier", "cant_tell"), level, other) for other in others)
    if "unless_asked" in raw:
        options = tuple(raw.get("options", (words.YES, words.NO)))
        yield from _words(raw["unless_asked"], options, ("unless_asked",))


def _cutoffs(raw: dict[str, Any], lookup: Lookup) -> Iterator[Edit]:
    steps = {m["unit"]: float(m.get("step", 1)) for m in raw["measures"].values() if "unit" in m}
    for name, table in raw.get("cutoffs", {}).items():
        path: Path = ("cutoffs", name)
        if "when" in table:
            yield from _condition(table["when"], (*path, "when"), lookup)
        for i, band in enumerate(table["bands"]):
            yield from _limit(band, (*path, "bands", i), steps.get(table["unit"], 1.0))
            if "when" in band:
                yield from _condition(band["when"], (*path, "bands", i, "when"), lookup)


def _pattern(raw: dict[str, Any]) -> Iterator[Edit]:
    for key in ("supports", "opposes"):
        signs = raw.get(key, [])
        for i, sign in enumerate(signs):
            for weight in (sign["weight"] - 1, sign["weight"] + 1):
                if weight > 0:
                    yield _edit(WEIGHT, (key, i, "weight"), sign["weight"], weight)
            if len(signs) > 1 or key == "opposes":
                rest = [s for j, s in enumerate(signs) if j != i]
                yield Edit(PART, (key,), rest, (key, i), "without this sign")
    for i in range(len(raw.get("vetoes", ()))):
        rest = [v for j, v in enumerate(raw["vetoes"]) if j != i]
        yield Edit(PART, ("vetoes",), rest, ("vetoes", i), "without this veto")
    if "cap" in raw:
        yield _without(raw, "cap", LEVEL)


def _left_out(raw: dict[str, Any], key: str, operator: str) -> Iterator[Edit]:
    for i, word in enumerate(raw.get(key, ())):
        rest = [w for j, w in enumerate(raw[key]) if j != i]
        yield Edit(operator, (key,), rest, (key, i), f"without `{word}`")


def _without(raw: dict[str, Any], key: str, operator: str) -> Edit:
    rest = {k: v for k, v in raw.items() if k != key}
    return Edit(operator, (), rest, (key,), f"without `{key}: {_shown(raw[key])}`")


def _swapped(body: dict[str, Any], key: str, others: Mapping[str, str], path: Path, operator: str) -> Iterator[Edit]:
    if body.get(key) in others:
        yield _edit(operator, (*path, key), body[key], others[body[key]])


def _edit(operator: str, path: Path, was: Any, becomes: Any) -> Edit:
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    return Edit(operator, path, becomes, path, f"`{key}: {_shown(was)}` read as `{key}: {_shown(becomes)}`")


def _shown(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
