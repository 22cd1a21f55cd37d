"""Answers as a plan must read them: whatever a yes has opened is filled in, however long the chain."""

from __future__ import annotations

from datetime import datetime

import pytest
from support.small import line, small

from assess.inference import infer
from assess.inference.infer import closed
from assess.model.answers import Answers
from assess.model.knowledge import Clarifier, KnowledgeBase

ASK = Clarifier("the same?", "emergency")


def test_a_long_chain_is_filled_to_its_end(knowledge: KnowledgeBase, at: datetime) -> None:
    chain = [line(f"l{i}", clarifier=ASK, follows=f"l{i - 1}" if i else "") for i in range(12)]
    read = closed(small(knowledge, *chain), Answers({"l0": "yes"}), at)
    unsure = {f"l{i}": "unsure" for i in range(1, 12)}
    different = {f"l{i}.compared": "different" for i in range(1, 12)}
    assert read.values == {"l0": "yes", **unsure, **different}


def test_what_never_settles_is_an_error_not_half_an_answer(
    knowledge: KnowledgeBase, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(infer, "clarifier_open", lambda *_: True)
    with pytest.raises(RuntimeError, match="without end"):
        closed(small(knowledge, line("one", clarifier=ASK)), Answers({"one": "unsure"}), at)
