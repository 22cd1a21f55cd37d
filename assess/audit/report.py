"""What an audit comes to, as one value: every report is written from it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assess.errors import SEVERITIES, Place, Problem
from assess.model.knowledge import KnowledgeBase

PROVED, REFUTED, UNKNOWN = "proved", "refuted", "unknown"
"""Verdicts: no answers at all break it; these answers do; the budget ran out before either was known."""

CASE, STORY, INVARIANT = "case", "story", "invariant"
"""Who notices a mutant: a case first, then a story, then an invariant."""
KILLED = (CASE, STORY, INVARIANT)
EQUIVALENT, UNDECIDED, SURVIVES = "equivalent", "undecided", "survives"
"""Mutants that nobody can notice; of which that is not known; that could be noticed and are not."""

NEVER = "never"
"""The fail level at which no finding fails the audit."""


NOT_CHOSEN = "it was not chosen"
"""Why a rule was not looked at that nobody wanted to be."""


@dataclass(frozen=True, slots=True, order=True)
class Proof:
    """One property looked at over all answers. `id` is the invariant's, or the property's name; `says` its sentence.

    `spoken_of` counts the items and sides that it speaks of, `answer_sets` the sets of answers looked at, exactly.
    """

    id: str
    says: str
    verdict: str
    spoken_of: int
    answer_sets: int
    place: Place
    example: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Accepted:
    """A finding that the knowledge accepts, why, and where it says so."""

    finding: Problem
    why: str
    place: Place


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A rule that was not looked at, and why: it may have something to find."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the mutants of one group: how many by verdict."""

    group: str
    counts: Mapping[str, int]

    @property
    def killed(self) -> int:
        """How many something notices."""
        return sum(self.counts.get(verdict, 0) for verdict in KILLED)

    @property
    def counted(self) -> int:
        """How many there are that can be noticed, or of which that is not known."""
        return sum(self.counts.values()) - self.counts.get(EQUIVALENT, 0)

    @property
    def share(self) -> float:
        """Percent that are noticed, cut off after one digit: never rounded up."""
        return cut_off(self.killed, self.counted)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many conditions there are, and how many of them cases and stories show both ways."""

    conditions: int
    both: int

    @property
    def share(self) -> float:
        """Percent, cut off after one digit: never rounded up."""
        return cut_off(self.both, self.conditions)


def cut_off(part: int, whole: int) -> float:
    """Percent to one digit, never rounded up."""
    return part * 1000 // whole / 10 if whole else 100.0


@dataclass(frozen=True, slots=True)
class Report:
    """An audit of one state of the knowledge; `root` is its directory as messages show it.

    Findings are sorted by file, line, column and code. `run` names the rules that were looked at. `base` is the
    knowledge itself where the program can run on it: what a clinician reads is about that.
    """

    name: str
    version: str
    sha256: str
    root: str
    files: int
    findings: tuple[Problem, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    run: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    proofs: tuple[Proof, ...] = ()
    tallies: tuple[Tally, ...] = ()
    coverage: Coverage | None = None
    stories: bool = False
    base: KnowledgeBase | None = field(default=None, repr=False)

    def not_looked_at(self) -> dict[str, tuple[str, ...]]:
        """Rules that were wanted and not looked at, under the reason that they share."""
        reasons = dict.fromkeys(skipped.why for skipped in self.skipped if skipped.why != NOT_CHOSEN)
        return {why: tuple(skipped.rule for skipped in self.skipped if skipped.why == why) for why in reasons}

    def count(self, severity: str) -> int:
        """How many findings are just so bad."""
        return sum(p.severity == severity for p in self.findings)

    def fails(self, level: str) -> bool:
        """Whether a finding stands that is as bad as the level, or worse."""
        if level == NEVER:
            return False
        bad = SEVERITIES[: SEVERITIES.index(level) + 1]
        return any(p.severity in bad for p in self.findings)
