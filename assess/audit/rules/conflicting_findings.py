"""A muscle that was found long on a side can be stretched there all the same: stretched and protected at once.

Looks at every finding of a long muscle, and at every stretch of that muscle. Another check may find the same muscle
short; the plan must not have to choose. Weak and short may go together.

Mend it by letting the stretch ask that the muscle was not found long, or by cut-offs that do not overlap.

Bad:
    # adds to terms.yaml
    findings:
      new-finding: {text: something was found, sided: true, muscle: upper-trapezius, quality: long}
    # checks/new-check.yaml
    id: new-check
    title: A new check
    alone: yes
    minutes: 1
    sided: true
    region: upper
    position: standing
    muscles: [upper-trapezius]
    tags: [self-test, standing]
    purpose: It tries something.
    setup: [Stand.]
    steps: [Look.]
    stop: [It hurts.]
    measures:
      seen: {ask: Did you see it?, answer: yes-no}
    findings:
      new-finding: {check: {of: new-check.seen, side: this, is: yes}}
    evidence: {grade: D, note: Nobody knows.}
    sources: {design: design-value}
    cases:
      - {says: it is found, given: {new-check.seen.left: yes}, side: left, expect: yes, finding: new-finding}
      - {says: it is not, given: {new-check.seen.left: no}, side: left, expect: no, finding: new-finding}
      - {says: it may be tried, given: {pain-site: neck}, expect: yes}
      - {says: not in strong pain, given: {pain-site: neck, pain-now: 9}, expect: no}

Good:
    # adds to terms.yaml
    findings:
      new-finding: {text: something was found, sided: false, muscle: glute-max, quality: weak}
    # checks/new-check.yaml
    id: new-check
    title: A new check
    alone: yes
    minutes: 1
    sided: false
    region: lower
    position: standing
    muscles: [glute-max]
    tags: [self-test, standing]
    purpose: It tries something.
    setup: [Stand.]
    steps: [Look.]
    stop: [It hurts.]
    measures:
      seen: {ask: Did you see it?, answer: yes-no}
    findings:
      new-finding: {check: {of: new-check.seen, is: yes}}
    evidence: {grade: D, note: Nobody knows.}
    sources: {design: design-value}
    cases:
      - {says: it is found, given: {new-check.seen: yes}, expect: yes, finding: new-finding}
      - {says: it is not, given: {new-check.seen: no}, expect: no, finding: new-finding}
      - {says: it may be tried, given: {}, expect: yes}
      - {says: not in strong pain, given: {pain-now: 9}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from assess.audit.proof.replay import shown
from assess.errors import Problem
from assess.model import words

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "warning"
NEEDS = "proofs"


def check(context: Context) -> Iterator[Problem]:
    """Each finding of a long muscle against each stretch of it, side by side."""
    base, proofs = context.base, context.proven
    stretches = [e for e in base.exercises.values() if e.use == words.STRETCH]
    for check_ in base.checks.values():
        for finding in check_.findings:
            if finding.quality not in (words.LONG, words.LONG_WEAK):
                continue
            for stretch in stretches:
                pairs = product(proofs.keys(words.FINDING, finding.id), proofs.keys(words.ELIGIBLE, stretch.id))
                found = (
                    proofs.nearest(proofs.true(*a), proofs.true(*b))
                    for a, b in pairs
                    if stretch.muscle == finding.muscle and (a.side == b.side or not a.side or not b.side)
                )
                example = next((e for e in found if e is not None), None)
                if example is not None:
                    yield context.at(
                        check_,
                        ("findings", finding.id),
                        "conflicting-findings",
                        f"{finding.muscle!r} can be found long here, and {stretch.id!r} stretches it",
                        key=True,
                        related=((stretch.place, stretch.id),),
                        example=shown(example),
                    )
