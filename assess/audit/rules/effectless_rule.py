"""A row that changes nothing for anybody: others say as much whenever it holds, and bar all that it bars.

Looks at triage rows and modifiers whose level, if there is one, never stands alone: whenever the row holds, another of
its level or a higher one holds. If besides every tag that it bars is barred by other rows whenever it may hold, and it
refers to nobody, caps no dose, notes no finding and is read by no other rule, it can be left out.

Mend it by leaving it out, or by the bar, the referral or the level that was meant.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {all: [{answer: {calf-swollen: yes}}, {answer: {pain-site: neck}}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {calf-swollen: yes, pain-site: neck}, expect: yes}
      - {says: it does not, given: {}, expect: no}

Good:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {all: [{answer: {calf-swollen: yes}}, {answer: {pain-site: neck}}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    refer: {to: a GP, within: weeks}
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {calf-swollen: yes, pain-site: neck}, expect: yes}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.inference.gates import CANT_TELL_SUFFIX, lowered
from assess.model import words

if TYPE_CHECKING:
    from assess.audit.proof.space import Where
    from assess.audit.run import Context
    from assess.model.knowledge import Row

SEVERITY = "warning"
NEEDS = "proofs"


def check(context: Context) -> Iterator[Problem]:
    """Rows that nothing else leans on."""
    used = context.index.used
    for row in context.base.rows.values():
        more = row.refer or row.finding or row.dose_caps or (row.kind, row.id) in used
        if not more and not _level_alone(context, row) and not _bars_alone(context, row):
            message = f"nothing changes for anybody if {row.id!r} is left out: other rows say and bar as much"
            yield context.at(row, ("when",), "effectless-rule", message, key=True)


def _level_alone(context: Context, row: Row) -> bool:
    """Whether somebody has a level by this row, and by no other that level or a higher one."""
    proofs = context.proven
    said = list(_levels(context))
    for own, level, holds in said:
        upto = words.LEVELS[: words.LEVELS.index(level) + 1]
        others = (~other for r, at, other in said if r is not row and at in upto)
        if own is row and proofs.exists(holds, *others):
            return True
    return False


def _levels(context: Context) -> Iterator[tuple[Row, str, Where]]:
    """Where each row has its level; and where an emergency row counts as same-day, because nobody can tell."""
    base, proofs = context.base, context.proven
    for row in base.rows.values():
        if row.level != words.SELF_CARE:
            yield row, row.level, proofs.true(words.LEVEL, row.id)
    for row in lowered(base):
        yield row, words.SAME_DAY, proofs.true(words.TRIAGE, row.id + CANT_TELL_SUFFIX)


def _bars_alone(context: Context, row: Row) -> bool:
    """Whether for somebody a tag is barred by this row and by no other."""
    proofs = context.proven
    for tag in row.bars:
        others = [r for r in context.base.rows.values() if r is not row and tag in r.bars]
        for key in proofs.keys(row.kind, row.id):
            free = [proofs.false(*k) for r in others for k in proofs.keys(r.kind, r.id) if k.side in ("", key.side)]
            if proofs.exists(~proofs.false(*key), *free):
                return True
    return False
