"""Which self-checks to offer: those that decide most of what is still open, few and short, grouped by position."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from assess.inference.compile import compile_rules
from assess.inference.outlook import TRUE, Outlook
from assess.interview.machine import Interview, measures_of
from assess.model import words
from assess.model.answers import Answers
from assess.model.conclusions import Conclusions
from assess.model.conditions import Key
from assess.model.knowledge import Check, KnowledgeBase


def offer(state: Interview, conclusions: Conclusions, outlook: Outlook) -> tuple[Check, ...]:
    """At most six checks in about twelve minutes.

    First the nerve tests (`first`), for warning signs wait for them, then those that decide most per minute of what
    is still open: a target changes the plan and counts for more than a sign of a pattern, which is only reported.
    """
    knowledge = state.knowledge
    caps = knowledge.program["caps"]
    decides = _what_each_decides(state, conclusions, outlook)
    worth = knowledge.program["check_worth"]

    def per_minute(check: Check) -> float:
        new = decides[check.id] - settled
        points: int = sum(worth["target" if key in _targets(check) else "sign"] for key in new)
        return points / check.minutes

    chosen: list[Check] = []
    settled: set[str] = set()
    spent = 0.0
    while len(chosen) < caps["checks_at_once"]["most"]:
        left = caps["checks_minutes"]["most"] - spent
        options = [
            check
            for check in knowledge.checks.values()
            if check not in chosen and decides[check.id] - settled and check.minutes <= left
        ]
        if not options:
            break
        best = min(options, key=lambda c: (not c.first, -per_minute(c), c.id))
        chosen.append(best)
        settled |= decides[best.id]
        spent += best.minutes
    place = {position: i for i, position in enumerate(knowledge.terms.positions)}
    return tuple(sorted(chosen, key=lambda c: (-place[c.position], c.id)))


def for_the_floor(
    knowledge: KnowledgeBase, answers: Answers, conclusions: Conclusions, at: datetime
) -> tuple[Check, ...]:
    """The checks of a printed sheet: those that would be offered now, or, where none is left, those that were done.

    Nobody asks the lines that come before a check on paper, so only checks that are known to be allowed stand on it.
    """
    state = Interview.resumed(knowledge, answers, at)
    done = (c for c in knowledge.checks.values() if any(m in answers.values for m in measures_of(c)))
    sheet = offer(state, conclusions, Outlook(knowledge, answers, at)) or tuple(done)
    return tuple(c for c in sheet if conclusions.holds(words.ELIGIBLE, c.id))


def _what_each_decides(state: Interview, conclusions: Conclusions, outlook: Outlook) -> dict[str, set[str]]:
    """Check -> the open rows, targets and signs of patterns that it can decide; none if barred, done or not needed."""
    knowledge = state.knowledge
    signs = {key: set(outlook.live([key])) for key in _decidable(knowledge)}
    done = set(state.answers.values) | state.skipped
    out: dict[str, set[str]] = {}
    for check in knowledge.checks.values():
        own = set(measures_of(check))
        eligible = outlook.of(Key(words.ELIGIBLE, check.id)) & TRUE
        if not eligible or not conclusions.holds(words.NEEDED, check.id) or own & done:
            out[check.id] = set()
            continue
        open_signs = {str(key) for key, live in signs.items() if own & live}
        out[check.id] = open_signs | {
            target
            for target, (muscle, quality) in _targets(check).items()
            if _works(knowledge, conclusions, muscle) and not _known(knowledge, conclusions, outlook, muscle, quality)
        }
    return out


def _targets(check: Check) -> dict[str, tuple[str, str]]:
    """The targets that a check can find: their name here -> muscle and quality."""
    return {f"{f.muscle} {f.quality}": (f.muscle, f.quality) for f in check.findings if f.muscle}


def _works(knowledge: KnowledgeBase, conclusions: Conclusions, muscle: str) -> bool:
    """Whether the muscle may be worked on at all now; minor ones wait for their unlock."""
    return knowledge.terms.muscles[muscle].tier != words.MINOR or conclusions.holds(words.UNLOCKED, words.MINOR)


def _known(knowledge: KnowledgeBase, conclusions: Conclusions, outlook: Outlook, muscle: str, quality: str) -> bool:
    """Whether a check has already said something of this muscle."""
    return any(
        not outlook.undecided(Key(words.FINDING, f.id, side))
        for f in knowledge.findings.values()
        if f.muscle == muscle and f.quality == quality
        for side in (words.SIDES if f.sided else ("",))
        if conclusions.state(Key(words.FINDING, f.id, side)) != "open"
    )


@lru_cache(maxsize=4)
def _decidable(knowledge: KnowledgeBase) -> tuple[Key, ...]:
    kinds = (words.TRIAGE, words.MODIFIER, words.SIGN)
    return tuple(k for k in compile_rules(knowledge).by_head if isinstance(k, Key) and k.kind in kinds)
