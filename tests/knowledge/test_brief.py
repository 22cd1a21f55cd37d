"""Every row of the domain brief is in the knowledge, or on the page of what was left out with its reason."""

from __future__ import annotations

import re
from pathlib import Path

from assess.model.knowledge import KnowledgeBase

LEFT_OUT = (Path(__file__).parents[2] / "docs" / "left-out.md").read_text("utf-8")


def numbered(prefix: str, *numbers: int | range) -> set[str]:
    every = [n for part in numbers for n in (part if isinstance(part, range) else (part,))]
    return {f"{prefix}{n:02d}" for n in every}


ROWS = (
    numbered("RF", range(1, 24), range(30, 45), range(50, 54))
    | numbered("M", range(1, 23))
    | {f"YF{n}" for n in range(1, 5)}
    | {f"NS{n}" for n in range(1, 7)}
    | numbered("P", range(1, 17))
    | numbered("CK", range(1, 14), range(20, 26), range(27, 44), range(50, 68))
    | {"CK12b", "CK13b", "CK24b", "CK25b", "CK55b", "CK62b"}
    | numbered("SR", range(1, 21))
    | {f"C{n}" for n in range(1, 10)}
)
"""The ids of the brief's tables, which leave gaps: RF24 to RF29, RF45 to RF49, CK14 to CK19, CK26, CK44 to CK49."""


def test_every_row_of_the_brief_is_here_or_left_out_with_its_reason(knowledge: KnowledgeBase) -> None:
    here = {ref for item in knowledge.items() for ref in item.ref}
    told = {
        i
        for line in LEFT_OUT.splitlines()
        if line.startswith("| ")
        for i in re.findall(r"\b[A-Z]{1,2}\d+b?\b", line.split("|")[1])
    }
    assert sorted(ROWS - here - told) == []


def test_nothing_is_both_here_and_left_out(knowledge: KnowledgeBase) -> None:
    left_out = LEFT_OUT.split("## Left out")[1].split("##")[0]
    told = {line.split("|")[1].strip() for line in left_out.splitlines() if re.match(r"\| [A-Z]{1,2}\d", line)}
    here = {ref for item in knowledge.items() for ref in item.ref}
    assert told & here - {"SR16", "SR20"} == set()


def test_every_ref_to_a_row_is_a_row(knowledge: KnowledgeBase) -> None:
    """A slip in a number would count as covered."""
    refs = {ref for item in knowledge.items() for ref in item.ref if re.fullmatch(r"(RF|M|YF|NS|P|CK|SR|C)\d+b?", ref)}
    assert sorted(refs - ROWS) == []
