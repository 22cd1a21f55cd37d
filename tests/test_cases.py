"""Every case that the knowledge gives for its own rules, as one test named by its sentence."""

from __future__ import annotations

import pytest
from conftest import AT

from assess.inference.cases import answers_of, verdict
from assess.inference.infer import infer
from assess.loading.answers_file import read_answers
from assess.loading.load import inspect
from assess.model.knowledge import Case, Item, KnowledgeBase

BASE, _, _ = inspect()
assert BASE is not None
CASES = [(item, case) for item in BASE.items() for case in item.cases]


def said(knowledge: KnowledgeBase, item: Item, case: Case) -> str:
    """What the rules say of a case, in the words of `expect`."""
    return verdict(item, case, infer(knowledge, answers_of(knowledge, case, AT), AT))


@pytest.mark.parametrize(("item", "case"), CASES, ids=[f"{item.id}: {case.says}" for item, case in CASES])
def test_case(item: Item, case: Case) -> None:
    assert BASE is not None
    assert said(BASE, item, case) == case.expect, f"{item.place}: {case.says}"


@pytest.mark.parametrize(("item", "case"), CASES, ids=[f"{item.id}: {case.says}" for item, case in CASES])
def test_case_is_a_possible_person(item: Item, case: Case) -> None:
    """A case speaks of answers that an answers file may hold."""
    assert BASE is not None
    lines = "\n".join(
        f"  {k}: {_yaml(v)}" for k, v in case.given.items() if v is not None and not k.startswith("cleared.")
    )
    text = f"answers:\n{lines}\n" if lines else "answers: {}\n"
    assert [p.message for p in read_answers(BASE, text.encode(), "case", AT).problems] == []


def _yaml(value: object) -> str:
    import json

    return json.dumps(value)
