"""A rule reads a finding that no check makes: there is nothing to work it out from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.loading.vocabulary import FINDINGS
from assess.model import words

if TYPE_CHECKING:
    from assess.loading.links import Linked


def check(linked: Linked) -> Iterator[Problem]:
    """The findings of terms.yaml; not while a check cannot be read, which may be the one that makes it."""
    if not all(d.sound for d in linked.index.by_kind[words.CHECK].values()):
        return
    used = linked.index.used
    for finding in linked.base.terms.findings:
        if (words.FINDING, finding) in used and ("found", finding) not in used:
            message = f"rules read the finding {finding!r}, and no check makes it"
            hint = "Let a check find it, or leave it out of the rules."
            yield linked.single("terms").located.problem((FINDINGS, finding), "unmade-finding", message, hint, key=True)
