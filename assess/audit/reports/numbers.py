"""How many answer sets there are, in figures that can be read."""

from __future__ import annotations

LONG = 1_000_000


def figure(count: int) -> str:
    """A whole number: written out, or from a million on as a power of ten, never rounded up."""
    if count < LONG:
        return f"{count:,}"
    power = len(str(count)) - 1
    tenths = count // 10 ** (power - 1)
    return f"{tenths // 10}.{tenths % 10} x 10^{power}"
