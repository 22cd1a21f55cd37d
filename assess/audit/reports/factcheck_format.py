"""For clinicians with a pen: every statement with its source and room to say whether it is right, then to sign."""

from __future__ import annotations

from assess.audit.reading.book import SURE
from assess.audit.reading.statements import statements
from assess.audit.report import Report
from assess.audit.reports.html_format import at, set_in, signatures

KINDS = {
    "triage": "Warning signs",
    "modifier": "Conditions that leave something out",
    "check": "Checks and what they find",
    "pattern": "Patterns",
    "exercise": "Exercises",
    "relief": "Relief for today",
    "question": "Questions",
    "invariant": "What must hold for everybody",
}
"""The order in which they are read: what is about safety first."""


def render(report: Report) -> str:
    """The HTML, ending in a newline; the same report always gives the same bytes."""
    base = report.base
    items = list(base.items()) if base else []
    groups = [(title, [item for item in items if item.kind == kind]) for kind, title in KINDS.items()]
    return set_in(
        "factcheck.html",
        report=report,
        base=base,
        groups=groups,
        place=lambda place: at(report, place),
        statements=lambda item: list(statements(item, base)) if base else [],
        sure=SURE,
        **signatures(base),
    )
