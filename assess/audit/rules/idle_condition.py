"""A condition without which its rule would say the same of everybody: it is dead weight, or not what was meant.

Looks at every member of an `all`, an `any` and an `at_least` that stands in a rule. In an `all` the others imply it; in
an `any` whatever it covers another covers too. Both what is known true and what is known false are compared, for all
answers.

Mend it by leaving the member out, or by writing what it was meant to say.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when:
      all:
        - number: {of: age, at_least: 60, unit: years}
        - number: {of: age, at_least: 50, unit: years}
        - answer: {injury: yes}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes, date-of-birth: "1950-01-01"}, expect: yes}
      - {says: it does not, given: {}, expect: no}

Good:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when:
      all:
        - number: {of: age, at_least: 60, unit: years}
        - answer: {injury: yes}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes, date-of-birth: "1950-01-01"}, expect: yes}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assess.audit.written import Written, conditions, members, parts
from assess.errors import Problem
from assess.rules.nodes import AllOf, AnyOf, AtLeast, Node

if TYPE_CHECKING:
    from assess.audit.run import Context
    from assess.loading.yaml12 import Path

SEVERITY = "warning"
NEEDS = "proofs"


def check(context: Context) -> Iterator[Problem]:
    """Members, by comparing the group with and without them."""
    for written in conditions(context.base, context.documents):
        for raw, group, path in parts(written.raw, written.node, written.path):
            if isinstance(group, AllOf | AnyOf | AtLeast):
                yield from _idle(context, written, list(members(raw, group, path)), group)


def _idle(
    context: Context, written: Written, inside: list[tuple[Any, Node, Path]], group: AllOf | AnyOf | AtLeast
) -> Iterator[Problem]:
    proofs = context.proven
    whole = proofs.value(written.read(group))
    for i, (_, _, path) in enumerate(inside):
        others = tuple(node for j, (_, node, _) in enumerate(inside) if j != i)
        if not others or (isinstance(group, AtLeast) and group.count > len(others)):
            continue
        less = AtLeast(group.count, others) if isinstance(group, AtLeast) else type(group)(others)
        if proofs.same(whole, proofs.value(written.read(less))):
            message = "without this condition the rule would say the same of everybody"
            hint = "Leave it out, or write what was meant."
            yield written.document.located.problem(path, "idle-condition", message, hint)
