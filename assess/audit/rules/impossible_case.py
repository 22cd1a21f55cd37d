"""A case speaks of answers that nobody can give, or of a finding that its check does not make.

Looks at the `given` of every case as an answers file would be read: ids, options, ranges and steps. A case that nobody
can live through holds for nobody, so it proves nothing of the rule.

Mend it by giving answers as the questions and measures allow them.

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
      - {says: it holds, given: {injuries: yes}, expect: yes}
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
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assess.errors import Problem, did_you_mean
from assess.loading.answer_values import ValueReader
from assess.model import words
from assess.model.healthy import healthy
from assess.model.knowledge import Check

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "sound"

CODE = "impossible-case"


def check(context: Context) -> Iterator[Problem]:
    """`given` as an answers file would be read; `cleared.ROW` is a clinician's agreement to a row."""
    base = context.base
    reader = ValueReader(base, date.max)
    rows, answered = base.rows, healthy(base)
    for item in base.items():
        located = context.documents[item.kind, item.id].located
        for i, case in enumerate(item.cases):
            answers = {
                key: raw
                for key, raw in case.given.items()
                if not key.startswith(f"{words.CLEARED}.") and not (raw is None and key in answered)
            }
            for problem in reader.read(answers, located, ("cases", i, "given"))[1]:
                yield replace(problem, code=CODE)
            for key in sorted(key for key in case.given if key.startswith(f"{words.CLEARED}.")):
                row = key.partition(".")[2]
                if row not in rows:
                    path, hint = ("cases", i, "given", key), did_you_mean(row, rows)
                    yield context.at(item, path, CODE, f"{row!r} is no triage row and no modifier", hint, key=True)
            if isinstance(item, Check) and case.finding and case.finding not in [f.id for f in item.findings]:
                hint = did_you_mean(case.finding, [f.id for f in item.findings])
                message = f"this check does not find {case.finding!r}"
                yield context.at(item, ("cases", i, "finding"), CODE, message, hint)
