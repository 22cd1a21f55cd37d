"""Compare two versions: every outcome that differs, grouped by kind, way and cause, each group with one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assess.audit.against.both import Both, Version
from assess.audit.against.causes import Causes
from assess.audit.against.comparison import Comparison, Group, Member, Named
from assess.audit.against.files import file_changes
from assess.audit.against.outcomes import CLOSED, GAINED, LOST, OPENED, SECTIONS, differences, section
from assess.audit.against.people import Replayed
from assess.audit.against.settle import Settled, Settler
from assess.audit.proof.diagram import OutOfBudget
from assess.model import words
from assess.model.conditions import Key
from assess.model.knowledge import Item, KnowledgeBase

TRIED = 12
"""Of how many outcomes of a group a person is looked for, to show the one with the fewest answers."""
KINDS = [kind for kinds in SECTIONS.values() for kind in kinds]
WAYS = (GAINED, LOST, OPENED, CLOSED)

Grouping = tuple[str, str, tuple[str, ...]]


def compare(old: Version, new: Version, progress: Callable[[str], None] = lambda _: None) -> Comparison:
    """What differs; equal bytes are equal without any work."""
    files = file_changes(old.contents, new.contents)
    named = _named(old), _named(new)
    if not files:
        return Comparison(*named, files)
    progress("reading both versions as rules")
    both = Both(old.base, new.base)
    if not both.changed:
        return Comparison(*named, files)
    progress("working out where they differ")
    settler, looked = Settler(both), _Looked()
    keys = [key for key in both.changed if isinstance(key, Key) and section(key)]
    for key in keys:
        progress(f"{key.kind} {key.id}")
        looked.at(settler, key)
    causes = Causes(both, files, looked.same)
    groups: dict[Grouping, list[Settled]] = {}
    for settled in looked.differ:
        kind = _kind(settled.key, both.bases)
        groups.setdefault((kind, settled.way, tuple(sorted(causes.of(settled.key)))), []).append(settled)
    replayed = Replayed(both)
    found = [_group(key, members, settler, replayed) for key, members in groups.items()]
    found.sort(key=lambda g: (KINDS.index(g.members[0].key.kind), g.kind, WAYS.index(g.way), g.because))
    return Comparison(*named, files, tuple(found), tuple(looked.undecided), len(looked.same))


@dataclass
class _Looked:
    differ: list[Settled] = field(default_factory=list)
    undecided: list[Key] = field(default_factory=list)
    same: list[Key] = field(default_factory=list)

    def at(self, settler: Settler, key: Key) -> None:
        """Settle every way in which an outcome can differ."""
        old, new = settler.found
        found, open_ways = 0, 0
        for difference in differences(key, old[key], new[key]):
            try:
                settled = settler.settle(difference)
            except OutOfBudget:
                open_ways += 1
                continue
            if settled is not None:
                self.differ.append(settled)
                found += 1
        if open_ways:
            self.undecided.append(key)
        elif not found:
            self.same.append(key)


def _group(grouping: Grouping, settled: list[Settled], settler: Settler, replayed: Replayed) -> Group:
    kind, way, because = grouping
    settled.sort(key=_most_first)
    people = [(settler.example(one), one) for one in settled[:TRIED]]
    cells, one = min(people, key=lambda pair: len(pair[0]))
    members = tuple(Member(s.key, s.share, s.people, s.at_most) for s in settled)
    return Group(kind, way, because, members, replayed.shown(one.key, way, cells))


def _most_first(settled: Settled) -> tuple[float, Key]:
    """Levels from the highest on, everything else by its share; what is at most so much comes last."""
    if settled.key.kind == words.LEVEL:
        return words.LEVELS.index(settled.key.id), settled.key
    return settled.at_most - float(f"{settled.share:.4g}"), settled.key


def _kind(key: Key, bases: tuple[KnowledgeBase, KnowledgeBase]) -> str:
    """What an outcome is of: of what can be given the kind of the item."""
    if key.kind != words.ELIGIBLE:
        return key.kind
    items = (item for base in reversed(bases) for item in _given(base))
    return next(item.kind for item in items if item.id == key.id)


def _given(base: KnowledgeBase) -> tuple[Item, ...]:
    return *base.exercises.values(), *base.checks.values(), *base.relief.values()


def _named(version: Version) -> Named:
    manifest = version.base.manifest
    return Named(version.shown, manifest.name, manifest.version, manifest.sha256)
