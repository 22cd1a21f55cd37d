"""Two rules that are true of exactly the same people and false of exactly the same people.

Looks at triage rows and modifiers of one level, and at findings for the same muscle. They may be written differently:
what counts is that no answers tell them apart. One of them will be changed one day, and the other forgotten.

Mend it by keeping one of them, or by writing what was meant to be different.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {not: {any: [{answer: {calf-swollen: no}}]}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {calf-swollen: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}
    # triage/other-sign.yaml
    id: other-sign
    title: Another sign
    level: caution
    when: {answer: {calf-swollen: yes}}
    say: You told us about that sign.
    act: [Let somebody look at it.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {calf-swollen: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}

Good:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {all: [{answer: {calf-swollen: yes}}, {answer: {injury: yes}}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {calf-swollen: yes, injury: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}
    # triage/other-sign.yaml
    id: other-sign
    title: Another sign
    level: caution
    when: {answer: {calf-swollen: yes}}
    say: You told us about that sign.
    act: [Let somebody look at it.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {calf-swollen: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from assess.errors import Place, Problem
from assess.model import words
from assess.model.knowledge import Check, Item, Row

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "warning"
NEEDS = "proofs"


def check(context: Context) -> Iterator[Problem]:
    """Rules of one kind and level; findings only among those that say the same of the same muscle."""
    proofs = context.proven
    seen: dict[Hashable, tuple[str, Place]] = {}
    for item in context.base.items():
        for part, path, key in proofs.heads_of(item):
            if not isinstance(item, Row | Check) or key.kind == words.ELIGIBLE:
                continue
            side = proofs.keys(key.kind, key.id)[-1].side
            true, false = proofs.found[key._replace(side=side)]
            says = (key.kind, _group(item, key.id), side, proofs.whole(true), proofs.whole(false))
            place = context.documents[item.kind, item.id].located.place(path, key=True)
            if says in seen:
                other, at = seen[says]
                message = f"{part!r} is true of the same people as {other!r}, and false of the same"
                yield context.at(item, path, "duplicate-rule", message, key=True, related=((at, other),))
            seen.setdefault(says, (part, place))


def _group(item: Item, name: str) -> Hashable:
    """What is compared with each other: rows of one level; findings of the same muscle and quality."""
    if isinstance(item, Row):
        return item.level
    found = next((f for f in item.findings if f.id == name), None) if isinstance(item, Check) else None
    return (found.muscle, found.quality) if found else item.id
