"""Read back by an independent reader, the Markdown says what the plan says: nothing more, nothing less."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from many_plans import NASTY, full_plan, plans, with_words
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assess.export.blocks import Block, Bullets, Heading, Paragraph, blocks
from assess.export.formats import render
from assess.model.free_text import tidy
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan

READERS = {
    "commonmark": MarkdownIt("commonmark"),
    "with tables": MarkdownIt("commonmark").enable(["table", "strikethrough"]),
}
PLAIN = {"paragraph_open", "paragraph_close", "inline"}
LISTS = {"bullet_list_open": False, "ordered_list_open": True}


def words(token: Token) -> tuple[str, str]:
    """The text of a line, and what the whole of it is wrapped in. Markup inside a line fails."""
    parts = [t for t in token.children or [] if t.type != "text" or t.content]
    around = ""
    if len(parts) >= 2 and parts[0].type in ("em_open", "strong_open"):
        around = parts[0].tag
        parts = parts[1:-1]
    assert {t.type for t in parts} <= {"text"}, token.content
    return "".join(t.content for t in parts), around


def read_back(text: str, reader: MarkdownIt) -> Iterator[Block]:
    """The blocks of a Markdown text, as a stranger's parser sees them."""
    tokens = iter(reader.parse(text))
    for token in tokens:
        if token.type == "heading_open":
            yield Heading(words(next(tokens))[0], int(token.tag[1:]))
            assert next(tokens).type == "heading_close"
        elif token.type == "paragraph_open":
            said, around = words(next(tokens))
            yield Paragraph(said, quiet=around == "em", loud=around == "strong")
            assert next(tokens).type == "paragraph_close"
        else:
            numbered, items = LISTS[token.type], []
            for inner in tokens:
                if inner.type == token.type.replace("open", "close"):
                    break
                assert inner.type in PLAIN | {"list_item_open", "list_item_close"}
                if inner.type == "inline":
                    said, around = words(inner)
                    assert around == ""
                    items.append(said)
            yield Bullets(tuple(items), numbered)


def meant(knowledge: KnowledgeBase, plan: Plan) -> Iterator[Block]:
    """The blocks as the plan has them, on one line each; an empty list leaves nothing behind."""
    titles = {level: str(entry["title"]) for level, entry in knowledge.program["levels"].items()}
    for block in blocks(plan, titles):
        match block:
            case Heading(text, level):
                yield Heading(tidy(text), level)
            case Paragraph(text, quiet, loud):
                yield Paragraph(tidy(text), quiet and not loud, loud)
            case Bullets(lines, numbered) if lines:
                yield Bullets(tuple(tidy(line) for line in lines), numbered)


@pytest.mark.parametrize("reader", READERS)
def test_headings_paragraphs_and_lists_are_those_of_the_plan(reader: str, knowledge: KnowledgeBase) -> None:
    for name, plan in plans():
        text = render(knowledge, plan, "md")
        assert list(read_back(text, READERS[reader])) == list(meant(knowledge, plan)), name


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("written", NASTY)
def test_what_a_person_writes_is_text_and_nothing_else(written: str, reader: str, knowledge: KnowledgeBase) -> None:
    """No heading, list, link, picture, code or HTML comes of it; it is read back letter for letter."""
    plan = with_words(full_plan(), written)
    text = render(knowledge, plan, "md")
    assert list(read_back(text, READERS[reader])) == list(meant(knowledge, plan))
    html = READERS[reader].render(text)
    assert not {"<script", "<a ", "<img", "<code", "<!--", "<hr", "<blockquote", "<table"} & {
        tag for tag in ("<script", "<a ", "<img", "<code", "<!--", "<hr", "<blockquote", "<table") if tag in html
    }


def test_no_line_holds_a_control_character(knowledge: KnowledgeBase) -> None:
    for written in NASTY:
        text = render(knowledge, with_words(full_plan(), written), "md")
        assert all(c.isprintable() or c == "\n" for c in text)
