"""The person of an example, as each version sees them: told by experta and the evaluator alike, or not shown."""

from __future__ import annotations

from collections.abc import Mapping

from assess.audit.against.both import Both
from assess.audit.against.comparison import Shown, State
from assess.audit.against.outcomes import differences
from assess.audit.proof.domains import AT
from assess.audit.proof.replay import person, shown
from assess.errors import EngineDisagreement
from assess.inference.infer import infer, triage
from assess.inference.session import Session
from assess.model import words
from assess.model.answers import Answers
from assess.model.conclusions import Conclusions
from assess.model.conditions import Key
from assess.model.healthy import healthy

OPEN = "open"
"""Not decided yet: an outcome, or triage with a line that is still to be answered."""


class Replayed:
    """Runs people through both versions; who has been run is kept."""

    def __init__(self, both: Both) -> None:
        self._both = both
        self._sessions = [Session(knowledge, AT) for knowledge in both.bases]
        self._kept: dict[tuple[tuple[int, int], ...], tuple[tuple[Conclusions, str], tuple[Conclusions, str]]] = {}

    def shown(self, key: Key, way: str, cells: Mapping[int, int]) -> Shown:
        """The person. Raises `EngineDisagreement` if the outcome does not differ for them in this way."""
        at = tuple(sorted(cells.items()))
        if at not in self._kept:
            self._kept[at] = self._run(0, cells), self._run(1, cells)
        (was, level_was), (now, level_now) = self._kept[at]
        old, new = (self._pair(version, found, key) for version, found in enumerate((was, now)))
        if way not in (d.way for d in differences(key, old, new) if all(d.sets)):
            raise _disagreement(f"by the comparison {key} is {way}; the engines do not conclude it")
        answers = shown(self._both.space.answers(cells))
        return Shown(key, answers, State(_state(old), level_was), State(_state(new), level_now))

    def _pair(self, version: int, found: Conclusions, key: Key) -> tuple[int, int]:
        """A conclusion as the engines say it (-1 is true); one that a version does not have never holds."""
        if key != Key(words.LEVEL, words.CAUTION):
            true, false = found.pairs.get(key, (False, True))
            return -true, -false
        rows = [row.id for row in self._both.bases[version].rows.values() if row.level == words.CAUTION]
        pairs = [found.pairs[Key(words.LEVEL, row)] for row in rows]
        return -any(true for true, _ in pairs), -all(false for _, false in pairs)

    def _run(self, version: int, cells: Mapping[int, int]) -> tuple[Conclusions, str]:
        knowledge, answers = self._both.bases[version], self.answers(version, cells)
        session = self._sessions[version]
        session.reset()
        session.load(answers)
        found = infer(knowledge, answers, AT)
        if session.conclusions() != found:
            raise _disagreement("experta and the evaluator do not conclude the same of the person of an example")
        came = triage(knowledge, found, answers, AT)
        return found, OPEN if came.open and not came.stops else came.level

    def answers(self, version: int, cells: Mapping[int, int]) -> Answers:
        """All that the person answers, as far as a version knows the lines and the answers."""
        both = self._both
        everything = {**healthy(both.bases[0]), **healthy(both.bases[1]), **both.space.answers(cells)}
        seen = both.seen[version]
        return person(both.bases[version], {answer: seen(answer, value) for answer, value in everything.items()})


def _state(pair: tuple[int, int]) -> str:
    true, false = pair
    return words.YES if true else words.NO if false else OPEN


def _disagreement(message: str) -> EngineDisagreement:
    return EngineDisagreement(message, hint="This is a fault of the program. Please report it with both versions.")
