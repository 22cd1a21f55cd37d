"""A small mistake in a rule that no case, no story and no invariant would notice.

Looks, with `--mutate`, at every change of one operator, limit, weight, side, level, answer, bar or tag, and at every
condition, sign and veto left out, one at a time. Whatever changes something for somebody should be noticed by a case
of the item, by a whole person's story (`--stories DIR`) or by an invariant. Where a case near to those that the item
has would notice, it is offered; its sentence is for whoever knows why.

Mend it by that case, or by another one that tells the two apart.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {number: {of: age, at_least: 60, unit: years}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {date-of-birth: "1950-01-01"}, expect: caution}
      - {says: it does not, given: {}, expect: no}

Good:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {number: {of: age, at_least: 60, unit: years}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: sixty is the mark, given: {date-of-birth: "1966-06-01"}, expect: caution}
      - {says: at fifty-nine it does not, given: {date-of-birth: "1967-06-01"}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.audit.proof.replay import case_text
from assess.audit.report import SURVIVES, UNDECIDED
from assess.errors import Problem

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "note"
NEEDS = "mutants"


def check(context: Context) -> Iterator[Problem]:
    """Those that survive, and those of which nobody knows whether they change anything."""
    tried = context.tried
    offered = tried.offered()
    for mutant, verdict in tried.verdicts.items():
        located = context.documents[mutant.item.kind, mutant.item.id].located
        if verdict == SURVIVES:
            offer = offered.get(mutant)
            hint = f"Under {offer.item.id!r} this would: {case_text(offer.case)}" if offer else ""
            yield located.problem(mutant.edit.at, "surviving-mutant", f"nothing notices it {mutant.edit.says}", hint)
        elif verdict == UNDECIDED:
            message = f"nothing notices it {mutant.edit.says}; whether anything can is not known"
            yield located.problem(mutant.edit.at, "surviving-mutant", message)
