"""Typesetting as PDF: tagged for screen readers (PDF/UA-1), fonts inside, the same bytes for the same plan."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any
from unicodedata import normalize

from assess.errors import UsageError
from assess.export.look import Look
from assess.figures.draw import Picture
from assess.model.free_text import tidy
from assess.model.plan import Plan

SIZES = (11.5, 11, 10.5, 10, 9.5, 9, 8.5)
"""Sizes of type in points, the first that fits is taken where everything must stand on one page."""

SVG = "svg"
NOT_PRINTABLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff\u2010-\u2027\u2030-\u203a\u20ac\u2212●□→]"
)
"""What the fonts inside have no sign for: other scripts and emoji. HTML shows them."""


def typeset(template: str, data: Mapping[str, Any], plan: Plan, look: Look, *, one_page: bool = False) -> bytes:
    """The PDF of a template with data. Raises `UsageError` where the extra is not installed."""
    sizes = SIZES if one_page else SIZES[1:2]
    return _typeset(template, ((data, sizes),), plan, look, one_page=one_page)


def typeset_shortest(
    template: str, versions: Iterable[tuple[Mapping[str, Any], Sequence[float]]], plan: Plan, look: Look
) -> bytes:
    """The PDF of the first of several versions, each with its sizes of type, that fits on one page; else of the last.

    A version is made up only where the one before does not fit. Raises `UsageError` where the extra is not installed.
    """
    return _typeset(template, versions, plan, look, one_page=True)


def _typeset(
    template: str,
    versions: Iterable[tuple[Mapping[str, Any], Sequence[float]]],
    plan: Plan,
    look: Look,
    *,
    one_page: bool,
) -> bytes:
    try:
        from typst import Compiler
    except ImportError:
        hint = "Install it with: pip install 'assess[pdf]'. Formats without it: text, md, json, html."
        raise UsageError("PDF needs the extra `pdf`, which is not installed", hint=hint) from None
    folder = files("assess.export") / "templates"
    source = "\n".join((folder / name).read_text("utf-8") for name in ("common.typ", f"{template}.typ"))
    begun = datetime.fromisoformat(plan.triaged_at) if plan.triaged_at else datetime.fromtimestamp(0)
    compiler, written = Compiler(ignore_system_fonts=True), source.encode()
    for inputs in _inputs(versions, look):
        if not one_page or _fits(compiler, written, inputs):
            break
    made = compiler.compile(
        written, sys_inputs=inputs, format="pdf", pdf_standards=["ua-1"], timestamp=int(begun.timestamp())
    )
    assert isinstance(made, bytes)
    return made


def _inputs(versions: Iterable[tuple[Mapping[str, Any], Sequence[float]]], look: Look) -> Iterator[dict[str, str]]:
    """What the compiler is told, version by version, each from its largest type to its smallest."""
    for data, sizes in versions:
        told = json.dumps(_printable(data), ensure_ascii=False)
        yield from ({"data": told, "paper": look.paper, "size": str(size)} for size in sizes)


def _fits(compiler: Any, written: bytes, inputs: dict[str, str]) -> bool:
    pages = compiler.compile(written, sys_inputs=inputs, format="svg")
    return not isinstance(pages, list) or len(pages) == 1


def drawn(pictures: list[Picture]) -> list[dict[str, Any]]:
    """Pictures as a template takes them."""
    return [{SVG: p.svg, "says": p.says, "alt": p.heard, "width": p.width, "height": p.height} for p in pictures]


def _printable(value: Any) -> Any:
    """Every text with what the fonts can print of it; a drawing is none."""
    if isinstance(value, str):
        return NOT_PRINTABLE.sub("?", normalize("NFC", tidy(value)))
    if isinstance(value, Mapping):
        return {k: v if k == SVG else _printable(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(v) for v in value]
    return value
