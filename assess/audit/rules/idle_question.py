"""A question or a measure whose answer is read and can change nothing, whatever else is answered.

Looks at everything that a rule reads. In the reduced diagram of an outcome stand exactly the answers on which it
depends; an answer that stands in none is asked in vain. Outcomes are triage rows, modifiers, findings, patterns, and
what may be given. Questions with a part in the program (where it hurts, the goal) and private ones are left alone.

Mend the rule that reads it: most often a condition beside it already decides.

Bad:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    sources: {design: design-value}
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {any: [{answer: {injury: yes}}, {all: [{answer: {injury: yes}}, {answer: {new-line: yes}}]}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}

Good:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    sources: {design: design-value}
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {all: [{answer: {injury: yes}}, {answer: {new-line: yes}}]}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes, new-line: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "warning"
NEEDS = "proofs"


def check(context: Context) -> Iterator[Problem]:
    """Every answer id that some rule reads; of a measure with sides, both together."""
    base, proofs = context.base, context.proven
    level = proofs.space.level
    for question in base.questions.values():
        if question.role or question.private or question.required:
            continue
        if question.id in level and not proofs.matters(level[question.id]):
            message = f"no outcome depends on the answer to {question.id!r}"
            yield context.at(question, ("id",), "idle-question", message)
    for check_ in base.checks.values():
        for measure in check_.measures:
            of = f"{check_.id}.{measure.id}"
            read = [level[answer] for answer in level if of in (answer, answer.rpartition(".")[0])]
            if read and not any(map(proofs.matters, read)):
                message = f"no outcome depends on the measure {measure.id!r}"
                yield context.at(check_, ("measures", measure.id), "idle-question", message, key=True)
