"""What the knowledge accepts: `accept:` in a file, with a reason, silences findings of one rule in that file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assess.audit.registry import known
from assess.audit.report import Accepted
from assess.errors import Problem, did_you_mean
from assess.loading.documents import Document
from assess.loading.source import FOLDERS
from assess.loading.yaml12 import Path

KEY = "accept"
CARRIERS = {*FOLDERS.values(), "terms", "program"}
"""The kinds of files that may have it."""


@dataclass(frozen=True, slots=True)
class Accept:
    """One entry under `accept:`; `index` is its place in the list of its file."""

    document: Document
    index: int
    rule: str
    why: str
    about: str = ""

    def wrong(self) -> tuple[Path, str, str] | None:
        """Why it counts for nothing, as the part that is wrong, what is wrong with it, and what to do."""
        if self.rule not in known():
            return ("rule",), f"there is no audit rule {self.rule!r}", did_you_mean(self.rule, known())
        if known()[self.rule].check is None:
            return ("rule",), f"{self.rule!r} keeps the knowledge from being read; it cannot be accepted", "Mend it."
        if not known()[self.rule].acceptable:
            return ("rule",), f"{self.rule!r} is about safety; it cannot be accepted", "Mend what it finds."
        if not self.why.strip():
            return ("why",), "no reason is given", "Say in one sentence why the finding is right and stays."
        return None

    def silences(self, problem: Problem) -> bool:
        """Whether it speaks of this finding: of its rule, in its file, with its words in the message."""
        return (
            problem.code == self.rule
            and problem.place.file == self.document.located.file
            and self.about in problem.message
        )


def accepts(documents: Iterable[Document]) -> Iterator[Accept]:
    """Every entry that has the right shape; of others the schema says what is wrong."""
    for document in documents:
        told = document.kind in CARRIERS and document.tells(KEY)
        for i, entry in enumerate(document.data.get(KEY, ()) if told else ()):
            yield Accept(document, i, entry["rule"], entry["why"], entry.get("about", ""))


def part(
    found: Iterable[Problem], entries: Iterable[Accept]
) -> tuple[list[Problem], list[Accepted], tuple[Accept, ...]]:
    """What still stands, what is accepted, and the entries that silence nothing."""
    usable = [entry for entry in entries if entry.wrong() is None]
    standing, accepted, used = [], [], set()
    for problem in sorted(found):
        entry = next((e for e in usable if e.silences(problem)), None)
        if entry is None:
            standing.append(problem)
        else:
            used.add(id(entry))
            place = entry.document.located.place((KEY, entry.index))
            accepted.append(Accepted(problem, entry.why, place))
    return standing, accepted, tuple(entry for entry in usable if id(entry) not in used)
