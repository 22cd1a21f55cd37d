"""The whole people together: nobody's row, modifier or pattern is left out, and no story says nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from conftest import AT
from test_people import PEOPLE

from assess.audit.mutation.witnesses import story_person
from assess.inference.infer import infer
from assess.loading.yaml12 import read
from assess.model import words
from assess.model.knowledge import KnowledgeBase

STORIES: dict[str, dict[str, Any]] = {file.stem: read(file.read_bytes(), file.name).data for file in PEOPLE}


@pytest.fixture(scope="module")
def fired(knowledge: KnowledgeBase) -> set[tuple[str, str]]:
    """(kind, id) of every conclusion that is known true for at least one person."""
    told = (infer(knowledge, story_person(knowledge, story, AT), AT) for story in STORIES.values())
    return {(key.kind, key.id) for conclusions in told for key, (true, _) in conclusions.pairs.items() if true}


def test_every_triage_row_is_fired_by_a_person(knowledge: KnowledgeBase, fired: set[tuple[str, str]]) -> None:
    assert [row for row in knowledge.triage if (words.TRIAGE, row) not in fired] == []


def test_every_modifier_is_fired_by_a_person(knowledge: KnowledgeBase, fired: set[tuple[str, str]]) -> None:
    assert [row for row in knowledge.modifiers if (words.MODIFIER, row) not in fired] == []


def test_every_pattern_is_at_least_possible_in_a_person(knowledge: KnowledgeBase, fired: set[tuple[str, str]]) -> None:
    assert [p for p in knowledge.patterns if (words.PATTERN, f"{p}.{words.POSSIBLE}") not in fired] == []


def test_every_story_says_what_must_or_must_never_be() -> None:
    silent = [name for name, story in STORIES.items() if not story.get("must") and not story.get("never")]
    assert [name for name in silent if STORIES[name]["exit"] != 4] == []


def test_every_story_is_told_in_its_own_words() -> None:
    told = Counter(story["says"] for story in STORIES.values())
    assert [says for says, times in told.items() if times > 1] == []
