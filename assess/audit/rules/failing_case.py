"""A case expects what the rules do not say.

Looks at every case of every item: the person is assessed as anybody would be, and what comes out is held against
`expect`. Either the case is right, and the rule has a slip, or the rule was changed on purpose and the case with it
has to be.

Mend it by finding out which of the two is right; never by making the case say what the rule happens to.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {injury: yes}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: yes}
      - {says: it does not, given: {injury: unsure}, expect: no}

Good:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {injury: yes}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: yes}
      - {says: nobody knows yet, given: {injury: unsure}, expect: open}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assess.audit.mutation.nearby import Asked, Crowd, Off
from assess.errors import Problem
from assess.inference.cases import given, verdict
from assess.inference.columns import COLUMNS
from assess.inference.compile import compile_rules
from assess.inference.leaves import Leaves
from assess.model.conclusions import Conclusions
from assess.model.conditions import Key
from assess.model.healthy import healthy
from assess.model.knowledge import Case
from assess.rules.evaluate import Pair

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "runs"
ACCEPTABLE = False


def check(context: Context) -> Iterator[Problem]:
    """All cases at once, a bit each."""
    base = context.base
    usual = healthy(base)
    told = [(item, i, case) for item in base.items() for i, case in enumerate(item.cases)]
    crowd = Crowd(base, usual, [_off(case, usual) for _, _, case in told])
    leaves = Leaves(base, COLUMNS, crowd)
    found = Asked(compile_rules(base), leaves)
    for bit, (item, i, case) in enumerate(told):
        said = verdict(item, case, Conclusions(_One(found, bit)))
        if said != case.expect:
            message = f"the case {case.says!r} expects {case.expect!r}; the rules say {said!r}"
            hint = "Look for a slip in the rule. If the rule is right, the case and its sentence change with it."
            yield context.at(item, ("cases", i, "expect"), "failing-case", message, hint)


def _off(case: Case, usual: Mapping[str, object]) -> Off:
    return given(case) if case.start == "healthy" else {**dict.fromkeys(usual), **given(case)}


class _One(dict[Key, tuple[bool, bool]]):
    """The conclusions of one of many."""

    def __init__(self, found: Mapping[object, Pair], bit: int) -> None:
        super().__init__()
        self._found, self._bit = found, bit

    def __missing__(self, key: Key) -> tuple[bool, bool]:
        true, false = self._found[key]
        return bool(true >> self._bit & 1), bool(false >> self._bit & 1)
