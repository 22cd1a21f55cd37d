"""The plain text fits a terminal of 80 columns and holds nothing that a terminal would obey."""

from __future__ import annotations

import re

import pytest
from many_plans import NASTY, full_plan, plans, with_words
from wcwidth import wcswidth

from assess.export.blocks import Bullets, Heading, Paragraph, blocks
from assess.export.formats import render
from assess.export.text import columns, fill
from assess.model.free_text import tidy
from assess.model.knowledge import KnowledgeBase


def check(text: str) -> None:
    """Judged by wcwidth, which the exporter does not use; it gives -1 for a control character."""
    for line in text.split("\n"):
        assert 0 <= wcswidth(line) <= 78, line
        assert line == line.rstrip()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_no_line_is_longer_than_78_columns_and_no_character_is_a_control_character(knowledge: KnowledgeBase) -> None:
    for _, plan in plans():
        check(render(knowledge, plan, "text"))


@pytest.mark.parametrize("words", NASTY)
def test_a_persons_own_words_neither_widen_nor_control_it(words: str, knowledge: KnowledgeBase) -> None:
    text = render(knowledge, with_words(full_plan(), words), "text")
    check(text)
    assert squeezed(tidy(words)) in squeezed(text)


def squeezed(text: str) -> str:
    """Without the white space that wrapping puts in and takes out."""
    return re.sub(r"\s+", "", text)


def test_every_block_of_the_plan_is_in_the_text_in_order(knowledge: KnowledgeBase) -> None:
    titles = {level: str(entry["title"]) for level, entry in knowledge.program["levels"].items()}
    for _, plan in plans():
        text, at = squeezed(render(knowledge, plan, "text")), 0
        for block in blocks(plan, titles):
            match block:
                case Heading(said, level):
                    parts = [said.upper() if level == 1 else said]
                case Paragraph(said):
                    parts = [said]
                case Bullets(lines):
                    parts = list(lines)
            for part in parts:
                found = text.find(squeezed(part), at)
                assert found >= 0, part
                at = found + len(squeezed(part))


@pytest.mark.parametrize(
    ("text", "lead", "lines"),
    [
        ("", "", []),
        ("one two", " - ", [" - one two"]),
        ("日本 " * 30, "   ", ["   " + "日本 " * 14 + "日本", "   " + "日本 " * 14 + "日本"]),
        ("日" * 50, " - ", [" - " + "日" * 37, "   " + "日" * 13]),
        ("e\u0301" * 100, "", ["e\u0301" * 78, "e\u0301" * 22]),
    ],
)
def test_wide_letters_and_marks_are_counted_as_a_terminal_shows_them(text: str, lead: str, lines: list[str]) -> None:
    assert fill(text, lead) == lines
    assert [columns(line) for line in lines] == [wcswidth(line) for line in lines]
