"""One muscle can be found short and long at once, on the same side: it would be stretched and protected.

Looks at the findings of all checks that speak of the same muscle. Somebody may measure so that both hold; the plan
must not have to choose. Weak and short may go together.

Mend it by a condition that lets one of them rest on the other being absent, or by cut-offs that do not overlap.

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
    """Each finding of a long muscle against each of a short one, side by side."""
    proofs = context.proven
    found = [(c, f) for c in context.base.checks.values() for f in c.findings if f.muscle]
    long = [(c, f) for c, f in found if f.quality in (words.LONG, words.LONG_WEAK)]
    for (check_, one), (other_check, other) in product(long, found):
        if other.muscle != one.muscle or other.quality != words.SHORT:
            continue
        pairs = product(proofs.keys(words.FINDING, one.id), proofs.keys(words.FINDING, other.id))
        for a, b in pairs:
            example = proofs.nearest(proofs.true(*a), proofs.true(*b)) if a.side in ("", b.side) else None
            if example is not None:
                there = context.documents[other_check.kind, other_check.id].located.place(
                    ("findings", other.id), key=True
                )
                yield context.at(
                    check_,
                    ("findings", one.id),
                    "conflicting-findings",
                    f"{one.muscle!r} can be found long here and short by {other.id!r}, at once",
                    key=True,
                    related=((there, other.id),),
                    example=shown(example),
                )
                break
