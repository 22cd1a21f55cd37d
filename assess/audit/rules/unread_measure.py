"""A check records something, or has a cut-off, that no rule reads.

Looks at every measure of every check, and at every cut-off table. A measure is read by a condition anywhere, or decides
with `counts_if` whether the others count.

The person measures, and nothing follows: no finding, no pattern, not even a line that tells them. Mostly the finding
was forgotten, or reads another measure than it was meant to.

Mend it with a finding that reads it (one that is only told says so: `told_only`), or stop asking.

Bad:
    # adds to terms.yaml
    findings:
      new-hip-turn-low: {text: one hip turns less, sided: false, told_only: It is an example.}
    # checks/new-hip-turn.yaml
    id: new-hip-turn
    title: Turning the hip in
    alone: yes
    minutes: 2
    region: lower
    position: sitting
    muscles: [piriformis]
    tags: [self-test]
    purpose: It looks at how far each hip turns.
    setup: [Sit on a table.]
    steps: [Swing the foot out.]
    stop: [Stop if it hurts.]
    measures:
      far: {ask: "Did it go far?", answer: yes-no}
      pinch: {ask: "Did it pinch?", answer: yes-no}
    findings:
      new-hip-turn-low: {check: {of: new-hip-turn.far, is: no}}
    sources: {design: design-value}
    evidence: {grade: D, note: Nobody has looked at it.}
    cases:
      - {says: it holds, finding: new-hip-turn-low, given: {new-hip-turn.far: no}, expect: yes}
      - {says: it does not, finding: new-hip-turn-low, given: {new-hip-turn.far: yes}, expect: no}

Good:
    # adds to terms.yaml
    findings:
      new-hip-turn-low: {text: one hip turns less, sided: false, told_only: It is an example.}
    # checks/new-hip-turn.yaml
    id: new-hip-turn
    title: Turning the hip in
    alone: yes
    minutes: 2
    region: lower
    position: sitting
    muscles: [piriformis]
    tags: [self-test]
    purpose: It looks at how far each hip turns.
    setup: [Sit on a table.]
    steps: [Swing the foot out.]
    stop: [Stop if it hurts.]
    measures:
      far: {ask: "Did it go far?", answer: yes-no}
      pinch: {ask: "Did it pinch?", answer: yes-no}
    findings:
      new-hip-turn-low:
        all: [{check: {of: new-hip-turn.far, is: no}}, {not: {check: {of: new-hip-turn.pinch, is: yes}}}]
    sources: {design: design-value}
    evidence: {grade: D, note: Nobody has looked at it.}
    cases:
      - says: it holds
        finding: new-hip-turn-low
        given: {new-hip-turn.far: no, new-hip-turn.pinch: no}
        expect: yes
      - {says: it does not, finding: new-hip-turn-low, given: {new-hip-turn.far: yes}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assess.errors import Problem

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "warning"
NEEDS = "sound"


def check(context: Context) -> Iterator[Problem]:
    """What the check conditions of all files read, against what the checks have."""
    conditions = [test for document in context.documents.values() for test in _tests(document.data)]
    read = {test.get("of") for test in conditions}
    beyond = {(str(test.get("of")).partition(".")[0], test.get("beyond")) for test in conditions}
    for item in context.base.checks.values():
        for measure in item.measures:
            if f"{item.id}.{measure.id}" not in read and not (measure.counts_if and len(item.measures) > 1):
                yield context.at(
                    item,
                    ("measures", measure.id),
                    "unread-measure",
                    f"no rule reads {measure.id!r}: whoever measures it learns nothing from it",
                    "Let a finding read it, or do not ask for it.",
                    key=True,
                )
        for table in context.documents[item.kind, item.id].data.get("cutoffs", {}):
            if (item.id, table) not in beyond:
                yield context.at(
                    item,
                    ("cutoffs", table),
                    "unread-measure",
                    f"no rule reads the cut-off {table!r}",
                    "Let a finding read it (`beyond`), or take it away.",
                    key=True,
                )


def _tests(value: Any) -> Iterator[dict[str, Any]]:
    """Every `check: {of: ...}` at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get("check"), dict):
            yield value["check"]
        for inner in value.values():
            yield from _tests(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _tests(inner)
