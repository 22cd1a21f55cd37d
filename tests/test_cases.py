"""Every case that the knowledge gives for its own rules, as one test named by its sentence."""

from __future__ import annotations

import pytest
from conftest import AT

from assess.inference.infer import infer
from assess.loading.answers_file import read_answers
from assess.loading.load import inspect
from assess.model import words
from assess.model.answers import Answers, Clearance, Unable
from assess.model.conditions import Key
from assess.model.healthy import laid_over
from assess.model.knowledge import Case, Check, Exercise, Item, KnowledgeBase, Pattern, Relief, Row

BASE, _, _ = inspect()
assert BASE is not None
CASES = [(item, case) for item in BASE.items() for case in item.cases]


def verdict(knowledge: KnowledgeBase, item: Item, case: Case) -> str:
    """What the rules say of a case, in the words of `expect`."""
    values = {k: Unable(v["unable"]) if isinstance(v, dict) else v for k, v in laid_over(knowledge, case).items()}
    cleared = tuple(
        Clearance(key.partition(".")[2], "a clinician", AT.date(), "exercise")
        for key in values
        if key.startswith("cleared.")
    )
    found = infer(
        knowledge, Answers({k: v for k, v in values.items() if not k.startswith("cleared.")}, AT, cleared=cleared), AT
    )
    match item:
        case Row() if item.kind == words.MODIFIER and case.expect == "open":
            return found.state(Key(words.MODIFIER, item.id, case.side))
        case Row():
            return found.state(Key(item.kind, item.id, case.side))
        case Check() if case.finding:
            return found.state(Key(words.FINDING, case.finding, case.side))
        case Pattern():
            for label in (words.LIKELY, words.POSSIBLE):
                if found.holds(words.PATTERN, f"{item.id}.{label}", case.side):
                    return label
            enough = found.holds(words.PATTERN, f"{item.id}.{words.ENOUGH}", case.side)
            return words.NONE if enough else words.NOT_ENOUGH
        case Exercise() | Check() | Relief():
            return words.YES if found.holds(words.ELIGIBLE, item.id, case.side) else words.NO
        case _:
            raise TypeError(item.kind)


@pytest.mark.parametrize(("item", "case"), CASES, ids=[f"{item.id}: {case.says}" for item, case in CASES])
def test_case(item: Item, case: Case) -> None:
    assert BASE is not None
    assert verdict(BASE, item, case) == case.expect, f"{item.place}: {case.says}"


@pytest.mark.parametrize(("item", "case"), CASES, ids=[f"{item.id}: {case.says}" for item, case in CASES])
def test_case_is_a_possible_person(item: Item, case: Case) -> None:
    """A case speaks of answers that an answers file may hold."""
    assert BASE is not None
    lines = "\n".join(f"  {k}: {_yaml(v)}" for k, v in case.given.items() if not k.startswith("cleared."))
    text = f"answers:\n{lines}\n" if lines else "answers: {}\n"
    assert [p.message for p in read_answers(BASE, text.encode(), "case", AT).problems] == []


def _yaml(value: object) -> str:
    import json

    return json.dumps(value)
