"""What a person reads of a plan in any format, as lines."""

from __future__ import annotations

import io

import html5lib
from pypdf import PdfReader

from assess.export.formats import FORMATS, PAPER

READ = tuple(fmt for fmt in FORMATS if fmt not in PAPER)
"""Formats that are text."""
LINES = {"h1", "h2", "h3", "p", "li", "td", "th", "summary", "a"}


def as_text(made: str | bytes, fmt: str) -> str:
    """One line for each line, paragraph, heading or cell."""
    if isinstance(made, bytes):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    if fmt != "html":
        return made
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(made)
    return "\n".join(" ".join("".join(e.itertext()).split()) for e in page.iter() if e.tag in LINES)
