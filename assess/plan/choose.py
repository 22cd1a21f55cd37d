"""Which of the eligible exercises: ranking and caps. Nothing here can make an item eligible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assess.model import words
from assess.model.conclusions import Conclusions
from assess.model.knowledge import Exercise, KnowledgeBase
from assess.model.plan import Target
from assess.rules.nodes import TRUE


@dataclass(frozen=True, slots=True)
class Chosen:
    """An exercise with its sides and the target that it is for (`None`: part of everybody's plan)."""

    exercise: Exercise
    sides: tuple[str, ...]
    target: Target | None
    rides_on: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, in order; targets for which nothing could be; stretches that found no strength to go with."""

    items: tuple[Chosen, ...]
    unmet: tuple[Target, ...]
    alone: tuple[Chosen, ...] = ()


def targets(knowledge: KnowledgeBase, conclusions: Conclusions) -> tuple[Target, ...]:
    """Muscles with a positive check of their own, ranked: tier, pattern support, both sides, order of the terms."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    roles = {words.SHORT: words.STRETCH, words.WEAK: words.STRENGTHENING}
    for finding in knowledge.findings.values():
        if finding.muscle and finding.quality in roles:
            for side in conclusions.sides_of(words.FINDING, finding.id):
                found.setdefault((finding.muscle, roles[finding.quality]), []).append((finding.id, side))
    out = []
    for (muscle, role), hits in found.items():
        sides = {side for _, side in hits}
        side = "" if "" in sides else "both" if len(sides) > 1 else sides.pop()
        entry = knowledge.terms.muscles[muscle]
        out.append(Target(muscle, side, role, entry.tier, entry.seed, _by_finding(hits)))
    order = {tier: i for i, tier in enumerate(knowledge.terms.tiers)}
    place = {muscle: i for i, muscle in enumerate(knowledge.terms.muscles)}
    supported = _supported(knowledge, conclusions)
    out.sort(
        key=lambda t: (order[t.tier], (t.muscle, t.role) not in supported, t.side not in ("", "both"), place[t.muscle])
    )
    return tuple(out)


def _by_finding(hits: list[tuple[str, str]]) -> tuple[Mapping[str, str], ...]:
    """(finding, side) pairs, each finding once with the side or sides on which it was found."""
    sides: dict[str, list[str]] = {}
    for finding, side in hits:
        sides.setdefault(finding, []).append(side)
    return tuple({"id": f, "side": "both" if len(at) > 1 else at[0]} for f, at in sides.items())


def reported(knowledge: KnowledgeBase, conclusions: Conclusions) -> Iterator[tuple[str, str, str]]:
    """(pattern, side, likelihood) of every pattern that is at least possible."""
    for pattern in knowledge.patterns.values():
        for side in conclusions.sides_of(words.PATTERN, f"{pattern.id}.{words.POSSIBLE}"):
            likely = conclusions.holds(words.PATTERN, f"{pattern.id}.{words.LIKELY}", side)
            yield pattern.id, side, words.LIKELY if likely else words.POSSIBLE


def _supported(knowledge: KnowledgeBase, conclusions: Conclusions) -> set[tuple[str, str]]:
    says = {words.SHORT: words.STRETCH, words.WEAK: words.STRENGTHENING, words.LONG_WEAK: words.STRENGTHENING}
    return {
        (muscle, says[mark])
        for pattern, _, _ in reported(knowledge, conclusions)
        for muscle, mark in knowledge.patterns[pattern].muscles.items()
        if mark in says
    }


def choose(
    knowledge: KnowledgeBase, conclusions: Conclusions, wanted: tuple[Target, ...], age: int | None, site: str
) -> Choice:
    """At most two stretches with their activation, two strengthening items and walking, for pain at `site`."""
    caps = knowledge.program["caps"]
    items: list[Chosen] = []
    unmet: list[Target] = []
    small: set[str] = set()  # minor muscles taken so far: few at once, whatever is done for them
    for target in wanted:
        if target.role != words.STRETCH:
            continue
        picked = _stretch(knowledge, conclusions, target, {c.exercise.id for c in items})
        if picked is None:
            unmet.append(target)
        elif sum(1 for c in items if not c.rides_on) < caps["stretches"]["most"] and _few(knowledge, target, small):
            items += picked
            small |= {target.muscle} if target.tier == words.MINOR else set()
    items += _movements(knowledge, conclusions, items, caps["stretches"]["most"])
    strong, missed = _strengthening(knowledge, conclusions, wanted, age, site, small)
    items, alone = _no_more_stretches_than(len(strong), items)
    walking = [Chosen(e, ("",), None) for e in _eligible(knowledge, conclusions, words.AEROBIC)][:1]
    return Choice((*items, *strong, *walking), (*unmet, *missed), tuple(alone))


def _few(knowledge: KnowledgeBase, target: Target, small: set[str]) -> bool:
    """Whether a target's muscle is not minor, or one of the few minor ones that may be worked on at once."""
    most = knowledge.program["caps"]["minor"]["most"]
    return target.tier != words.MINOR or target.muscle in small or len(small) < most


def _no_more_stretches_than(most: int, items: list[Chosen]) -> tuple[list[Chosen], list[Chosen]]:
    """At least one strengthening item for every stretch: the last stretches go, with their activation."""
    stretches = [c.exercise.id for c in items if c.exercise.use == words.STRETCH]
    gone = set(stretches[most:])
    alone = [c for c in items if c.exercise.id in gone or c.rides_on in gone]
    return [c for c in items if c not in alone], alone


def _eligible(knowledge: KnowledgeBase, conclusions: Conclusions, use: str, muscle: str = "") -> list[Exercise]:
    return [
        e
        for e in sorted(knowledge.exercises.values(), key=lambda e: (e.order, e.id))
        if e.use == use and (not muscle or e.muscle == muscle) and conclusions.sides_of(words.ELIGIBLE, e.id)
    ]


def _sides(conclusions: Conclusions, exercise: Exercise, target: Target | None) -> tuple[str, ...]:
    """The sides on which an exercise is done: where it is eligible and, if the target has a side, wanted."""
    sides = conclusions.sides_of(words.ELIGIBLE, exercise.id)
    if target is not None and target.side in words.SIDES:
        sides = tuple(s for s in sides if s in ("", target.side))
    return sides


def _stretch(
    knowledge: KnowledgeBase, conclusions: Conclusions, target: Target, taken: set[str]
) -> list[Chosen] | None:
    """The stretch that serves most of the target's sides, with an activation that may be done; or that alone.

    None if nothing may be given for it; an empty list if what may be is in the plan already.
    """
    options = [
        (e, sides)
        for e in _eligible(knowledge, conclusions, words.STRETCH, target.muscle)
        if (sides := _sides(conclusions, e, target))
    ]
    options.sort(key=lambda o: -len(o[1]))
    for stretch, sides in options:
        companion = _companion(knowledge, conclusions, stretch, target, taken)
        if companion:
            activation, at = companion
            return [Chosen(stretch, sides, target), Chosen(activation, at, target, rides_on=stretch.id)]
    if options:
        return None
    instead = [
        Chosen(activation, sides, target)
        for activation in _eligible(knowledge, conclusions, words.ACTIVATION, target.muscle)
        if (sides := _sides(conclusions, activation, target))
    ]
    return [c for c in instead if c.exercise.id not in taken][:1] if instead else None


def _companion(
    knowledge: KnowledgeBase, conclusions: Conclusions, stretch: Exercise, target: Target, taken: set[str]
) -> tuple[Exercise, tuple[str, ...]] | None:
    named = knowledge.exercises[stretch.activation]
    others = _eligible(knowledge, conclusions, words.ACTIVATION, stretch.muscle)
    for activation in (named, *others):
        sides = _sides(conclusions, activation, target)
        if sides and activation.id not in taken:
            return activation, sides
    return None


def _movements(knowledge: KnowledgeBase, conclusions: Conclusions, items: list[Chosen], most: int) -> list[Chosen]:
    """Movements that a person's own answers call for (they have `needs`), in the places that stretches leave."""
    free = most - sum(1 for c in items if not c.rides_on)
    taken = {c.exercise.id for c in items}
    called = [e for e in _eligible(knowledge, conclusions, words.ACTIVATION) if e.needs != TRUE and e.id not in taken]
    companions = {e.activation for e in knowledge.exercises.values() if e.activation}
    return [Chosen(e, _sides(conclusions, e, None), None) for e in called if e.id not in companions][: max(0, free)]


def _strengthening(
    knowledge: KnowledgeBase,
    conclusions: Conclusions,
    wanted: tuple[Target, ...],
    age: int | None,
    site: str,
    small: set[str],
) -> tuple[list[Chosen], list[Target]]:
    """First what the person's own checks ask for, then the quotas; balance has the first place from 65."""
    quotas = knowledge.program["quotas"]
    most = knowledge.program["caps"]["strengthening"]["most"]
    pool = [e for e in _eligible(knowledge, conclusions, words.STRENGTHENING) if e.level <= 1]
    chosen: list[Chosen] = []
    unmet: list[Target] = []

    def take(exercise: Exercise, target: Target | None) -> None:
        sides = _sides(conclusions, exercise, target)
        if sides and len(chosen) < most and exercise.id not in {c.exercise.id for c in chosen}:
            chosen.append(Chosen(exercise, sides, target))

    if age is None or age >= quotas["from_65"]["age"]:
        for exercise in [e for e in pool if e.focus == quotas["from_65"]["first"]][:1]:
            take(exercise, None)
    for target in (t for t in wanted if t.role == words.STRENGTHENING):
        options = [e for e in pool if e.muscle == target.muscle and _sides(conclusions, e, target)]
        minor_before = any(c.target and c.target.tier == words.MINOR for c in chosen)
        if not options:
            unmet.append(target)
        elif _few(knowledge, target, small) and not (target.tier == words.MINOR and minor_before):
            take(options[0], target)
            small |= {target.muscle} if target.tier == words.MINOR else set()
    places = knowledge.places(site)
    default = _by_pattern(knowledge, conclusions, pool, places["default_targets"])
    for focus in places["strengthening"]:
        if focus not in {c.exercise.focus for c in chosen}:
            for exercise in [e for e in default if e.focus == focus][:1]:
                take(exercise, None)
    taken = {c.exercise.muscle for c in chosen}
    for exercise in sorted(default, key=lambda e: e.muscle in taken):  # another muscle before more of the same
        take(exercise, None)
    return chosen, unmet


def _by_pattern(
    knowledge: KnowledgeBase, conclusions: Conclusions, pool: list[Exercise], default_targets: tuple[str, ...]
) -> list[Exercise]:
    """The pool: first muscles that a reported pattern of grade C or better calls weak, then the defaults."""
    weak = list(
        dict.fromkeys(
            muscle
            for pattern, _, _ in reported(knowledge, conclusions)
            if knowledge.patterns[pattern].grade in words.REPORTING_GRADES
            for muscle, mark in knowledge.patterns[pattern].muscles.items()
            if mark in (words.WEAK, words.LONG_WEAK)
        )
    )
    order = list(dict.fromkeys((*weak, *default_targets)))
    return sorted((e for e in pool if e.muscle in order), key=lambda e: order.index(e.muscle))
