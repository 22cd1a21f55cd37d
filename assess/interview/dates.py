"""A date as people type it, and what is wrong with it in words that help."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

EXAMPLE = "1986-04-23"
"""The one example of how a date is written; the other order, 23-04-1986, is understood too."""


def read_date(typed: str) -> date | str:
    """The date; a string is what is wrong with it."""
    parts = re.split(r"[-/. ]+", typed.strip())
    if len(parts) != 3 or not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        return f"Please type the date like {EXAMPLE}: year, month, day."
    year, month, day = parts if len(parts[0]) > 2 else reversed(parts)
    if len(year) < 4:
        return f"Please write the year with four digits, like {EXAMPLE}."
    return _day(int(year), int(month), int(day))


def _day(year: int, month: int, day: int) -> date | str:
    if not 1 <= month <= 12:
        return f"There is no month {month}."
    if not 1 <= day <= 31:
        return f"There is no day {day}."
    name = f"{date(2000, month, 1):%B}"
    if day > monthrange(2000, month)[1]:  # a leap year
        return f"There is no {_nth(day)} of {name}."
    if year < 1:
        return "There is no year 0."
    if day > monthrange(year, month)[1]:
        return f"There was no {_nth(day)} of {name} in {year}."
    return date(year, month, day)


def _nth(day: int) -> str:
    return f"{day}{'st' if day % 10 == 1 else 'th'}"
