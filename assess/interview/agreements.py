"""A clinician's agreement to exercise: what it is about, and when it no longer counts (Triage 13, ADR 0010)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime

from assess.inference.reach import inputs_below
from assess.model import words
from assess.model.answers import Answers, Clearance, plain
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase


def counting(knowledge: KnowledgeBase, answers: Answers, on: datetime) -> Answers:
    """The answers with those agreements only that count on a day: not too old, and about these very answers."""
    return replace(answers, cleared=tuple(c for c in answers.cleared if not why_void(knowledge, answers, c, on)))


def why_void(knowledge: KnowledgeBase, answers: Answers, agreed: Clearance, on: datetime) -> str:
    """Why an agreement does not count on a day; empty if it does."""
    if agreed.reason not in replace(answers, cleared=(agreed,)).standing(on.date()):
        return "it is older than twelve weeks"
    if not agreed.inputs:
        return "it was not recorded with `assess agreed`, so nobody knows which answers it was about"
    if agreed.inputs != about(knowledge, answers, agreed.reason):
        return "the answers that it was about have changed"
    return ""


def about(knowledge: KnowledgeBase, answers: Answers, row: str) -> str:
    """A hash of the answers that a row reads."""
    read = row_inputs(knowledge, row)
    given = {key: value for key, value in plain(answers)["answers"].items() if key in read}
    return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:16]


def row_inputs(knowledge: KnowledgeBase, row: str) -> frozenset[str]:
    """The answers that can change whether a row holds, also through other rows, findings and patterns."""
    return inputs_below(knowledge, [Key(words.LEVEL, row)])
