"""For clinicians: one page that says everything, to be read anywhere, offline and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assess.audit.reading.book import SURE, book, findings
from assess.audit.reading.cases import answer_words
from assess.audit.report import PROVED, REFUTED, UNKNOWN, Report
from assess.audit.reports.numbers import figure
from assess.audit.reports.places import relative
from assess.errors import SEVERITIES, Place
from assess.model import words
from assess.model.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from jinja2 import Environment

NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""What cannot stand in HTML, not even escaped."""
Example = tuple[tuple[str, str], ...]
VERDICTS = (PROVED, REFUTED, UNKNOWN)


def render(report: Report) -> str:
    """The HTML, ending in a newline; the same report always gives the same bytes."""
    base = report.base
    return set_in(
        "rules.html",
        report=report,
        base=base,
        **signatures(base),
        book=book(report, base) if base else None,
        findings=list(findings(base)) if base else [],
        counts=[(severity, report.count(severity)) for severity in SEVERITIES],
        verdicts=[(verdict, sum(p.verdict == verdict for p in report.proofs)) for verdict in VERDICTS],
        sure=SURE,
        levels=words.LEVELS,
        answers=lambda example: list(_answers(example, report)),
        place=lambda place: at(report, place),
    )


def at(report: Report, place: Place) -> str:
    """A place as a reader finds it: the file, and the line if there is one."""
    return f"{relative(report, place.file)}{f':{place.line}' if place.line else ''}"


def signatures(base: KnowledgeBase | None) -> dict[str, Any]:
    """How many items carry a signature that stands, and those that carry one that does not."""
    items = [(item, base.reviews.get(item.id)) for item in base.items()] if base else []
    return {
        "signed": sum(review is not None and review.stands for _, review in items),
        "withdrawn": [item for item, review in items if review is not None and not review.stands],
    }


def _answers(example: Example, report: Report) -> Iterator[str]:
    """The answers of a finding in words where there is the knowledge to look them up in."""
    for answer, value in example:
        yield answer_words(answer, value, report.base) if report.base else f"{answer}: {value}"


def set_in(template: str, **values: Any) -> str:
    """A template of this package with values. Everything is escaped: knowledge is text, never markup."""
    text = _environment().get_template(template).render(figure=figure, **values)
    return NOT_IN_HTML.sub("?", text.strip()) + "\n"


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("assess.audit.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
