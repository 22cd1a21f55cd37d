"""The person's own times and days, as they stand on a command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assess.errors import UsageError
from assess.model.week import Week

PARTS = ("morning", "day", "bedtime")
"""The options for times. What they name is checked against the parts of the day that the knowledge has."""


def chosen_week(options: Mapping[str, Any]) -> Week:
    """What the options choose; the rest is as it was."""
    times = {part: str(options[part]) for part in PARTS if options[part] is not None}
    return Week(times, tuple(day.strip().lower() for day in (options["days"] or "").split(",") if day.strip()))


def parse_start(start: str | None) -> date | None:
    """`--start`."""
    try:
        return date.fromisoformat(start) if start is not None else None
    except ValueError:
        raise UsageError(f"--start {start!r} is no date", hint="Write 2026-11-24.") from None
