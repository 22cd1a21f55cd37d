"""All cases and stories at once: each a bit in the columns, and the conclusions with which it stands or falls."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from assess.audit.mutation.ground import Over
from assess.errors import AnswerNeeded, UsageError
from assess.inference.cases import answers_of, hangs_on
from assess.inference.columns import COLUMNS, Columns
from assess.inference.compile import compile_rules
from assess.inference.gates import CANT_TELL_SUFFIX
from assess.inference.leaves import Leaves
from assess.interview.agreements import about
from assess.interview.outcome import as_read
from assess.loading.answers_file import read_answers
from assess.loading.yaml12 import YamlError, read
from assess.model import words
from assess.model.answers import Answers, Clearance
from assess.model.conditions import Key
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase
from assess.rules.delta import Evaluated
from assess.rules.evaluate import Pair, evaluate

STORY = ("says", "answers", "exit", "level")
"""What a story must say."""
NEEDED = AnswerNeeded.exit_code
"""The exit code of a story that is not finished: it has no level."""

Watched = tuple[tuple[Key, bool, bool], ...]
"""Conclusions: whether it matters that it is known true, whether that it is known false."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A case or a story: its sentence, its person, and what it says as conclusions.

    A case is about conclusions as they are (`watched`). A story wants some to be known true, at least one of each
    group, and some not to be (`wanted`, `unwanted`).
    """

    says: str
    answers: Answers
    watched: Watched = ()
    wanted: tuple[tuple[Key, ...], ...] = ()
    unwanted: tuple[Key, ...] = ()


def cases(knowledge: KnowledgeBase, at: datetime) -> Iterator[Witness]:
    """Every case of the knowledge."""
    for item in knowledge.items():
        for case in item.cases:
            yield Witness(f"{item.id}: {case.says}", answers_of(knowledge, case, at), hangs_on(item, case))


def story_person(knowledge: KnowledgeBase, story: Mapping[str, Any], at: datetime) -> Answers:
    """The answers of a story: laid over a healthy person unless it starts from nothing."""
    text = "answers:\n" + "".join(f"  {k}: {json.dumps(v)}\n" for k, v in story["answers"].items())
    given = read_answers(knowledge, text.encode(), "story", at)
    if given.problems:
        raise UsageError(f"this story cannot be read: {story['says']}", problems=given.problems)
    start = {} if story.get("start") == "nothing" else healthy(knowledge)
    answers = Answers({**start, **given.answers.values}, at, not story.get("unfinished", False))
    on = date.fromordinal(at.date().toordinal() - 1)
    cleared = tuple(
        Clearance(reason, "a clinician", on, "exercise", about(knowledge, answers, reason))
        for reason in story.get("cleared", ())
    )
    return replace(answers, cleared=cleared)


def stories(knowledge: KnowledgeBase, directory: Path, at: datetime) -> Iterator[Witness]:
    """Every story in a directory, as far as what it says can be told from conclusions alone.

    That something is never in a plan is not among it: a plan leaves out much that could be given.
    """
    files = sorted(directory.glob("*.yaml"))
    if not files:
        raise UsageError(f"there are no stories in {directory}", hint="A story is a YAML file about one whole person.")
    for file in files:
        story = _story(file)
        person = story_person(knowledge, story, at)
        later = at + timedelta(days=story.get("days_later", 0))
        if later == at:
            higher = words.BLOCKING[: words.LEVELS.index(story["level"])] if story["exit"] != NEEDED else ()
            unwanted = tuple(Key(words.LEVEL, level) for level in higher)
            read_so, wanted = as_read(knowledge, person, at), tuple(_wanted(knowledge, story))
            yield Witness(f"{file.stem}: {story['says']}", read_so, (), wanted, unwanted)


def _story(file: Path) -> Mapping[str, Any]:
    try:
        story = read(file.read_bytes(), str(file)).data
    except YamlError as error:
        raise UsageError(f"{file} is no story", problems=[error.problem]) from None
    missing = [key for key in STORY if not isinstance(story, dict) or key not in story]
    if missing and not (missing == ["level"] and story.get("exit") == NEEDED):
        raise UsageError(
            f"{file} is no story: it has no {' and no '.join(map(repr, missing))}",
            hint="A story says who it is, what is answered, and what must come of it.",
        )
    found: Mapping[str, Any] = story
    return found


def _wanted(knowledge: KnowledgeBase, story: Mapping[str, Any]) -> Iterator[tuple[Key, ...]]:
    """What must be known true for a story to hold, each of it in one of some ways."""
    if story["exit"] == NEEDED:
        return
    if story["level"] in words.BLOCKING:
        yield (Key(words.LEVEL, story["level"]),)
    if story.get("program") in (words.COMFORT, words.CORRECTIVE):
        yield (Key(words.GATE, story["program"]),)
    for said in story.get("must", ()):
        match said.split():
            case ["reason" | "refer", row]:
                yield Key(words.LEVEL, row), Key(words.TRIAGE, row + CANT_TELL_SUFFIX)
            case ["finding", finding, *side]:
                yield (Key(words.FINDING, finding, side[0] if side else ""),)
            case ["pattern", pattern, label]:
                yield tuple(Key(words.PATTERN, f"{pattern}.{label}", side) for side in ("", *words.SIDES))
            case ["exercise" | "relief", item] if item in knowledge.exercises or item in knowledge.relief:
                yield tuple(Key(words.ELIGIBLE, item, side) for side in ("", *words.SIDES))


class Witnesses:
    """All of them over bits."""

    def __init__(self, knowledge: KnowledgeBase, witnesses: Iterable[Witness], at: datetime) -> None:
        self.all = tuple(witnesses)
        columns = Columns(knowledge, [w.answers for w in self.all], [at] * len(self.all))
        leaves = Leaves(knowledge, COLUMNS, columns)
        self.found = evaluate(compile_rules(knowledge), COLUMNS, leaves)
        self.over = Over(columns, leaves, Evaluated(COLUMNS, leaves, self.found))
        self._true: dict[Hashable, int] = {}
        self._false: dict[Hashable, int] = {}
        self._wanted: dict[tuple[Key, ...], int] = {}
        self._unwanted: dict[Key, int] = {}
        for i, witness in enumerate(self.all):
            for group in witness.wanted:
                self._wanted[group] = self._wanted.get(group, 0) | 1 << i
            for unwanted in witness.unwanted:
                self._unwanted[unwanted] = self._unwanted.get(unwanted, 0) | 1 << i
            for key, true, false in witness.watched:
                if true:
                    self._true[key] = self._true.get(key, 0) | 1 << i
                if false:
                    self._false[key] = self._false.get(key, 0) | 1 << i
        self.everybody = (1 << len(self.all)) - 1
        self._groups: dict[Hashable, list[tuple[Key, ...]]] = {}
        for group in self._wanted:
            for member in group:
                self._groups.setdefault(member, []).append(group)

    def against(self, changed: Mapping[Hashable, Pair]) -> int:
        """Who no longer says the truth once these conclusions are others: a bit each."""
        out = 0
        for head, (true, false) in changed.items():
            before = self.found.get(head, (0, 0))
            out |= (true ^ before[0]) & self._true.get(head, 0) | (false ^ before[1]) & self._false.get(head, 0)
            out |= true & ~before[0] & self._unwanted.get(head, 0)  # type: ignore[call-overload]
        for group in {group for head in changed for group in self._groups.get(head, ())}:
            was = now = 0
            for key in group:
                before = self.found.get(key, (0, 0))
                was, now = was | before[0], now | changed.get(key, before)[0]
            out |= was & ~now & self._wanted[group]
        return out & self.everybody
