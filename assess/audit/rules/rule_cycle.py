"""Rules lean on each other in a circle: there is no order in which they could be worked out.

Looks at the rules as they are compiled, with bars, gates and levels written out; circles as written are found when the
files are read. Where two rules wait for each other, what comes out would depend on which is looked at first.

Mend it by letting one of them read the answers instead of the other rule.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {any: [{answer: {injury: yes}}, {triage: new-sign}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}

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
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Place, Problem
from assess.inference.compile import compile_rules
from assess.rules.strata import Cycle, Undefined

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "runs"
ACCEPTABLE = False


def check(context: Context) -> Iterator[Problem]:
    """The rules as compiled."""
    try:
        compile_rules(context.base)
    except Cycle as error:
        names = " -> ".join(str(head) for head in error.heads)
        yield Problem(Place(context.shown), "rule-cycle", f"rules lean on each other in a circle: {names}")
    except Undefined as error:
        yield Problem(Place(context.shown), "rule-cycle", f"{error.head} reads {error.key}, which nothing concludes")
