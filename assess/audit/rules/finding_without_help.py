"""Something is found short or to be built up, nothing is barred, and yet there is no exercise for it.

Looks at every finding that names a muscle, and at every muscle that program.yaml gives to people without a finding. All
gates are taken as open: triage is done, no bar holds, minor muscles are unlocked, no pattern withholds the stretch. A
person who was told that something is tight, and gets nothing for it, has been worried for nothing.

Mend it by an exercise for that muscle, by a referral, or by saying in `accept` why nothing is done.

Bad:
    # adds to terms.yaml
    findings:
      new-finding: {text: something was found, sided: false, muscle: supraspinatus, quality: short}
    # checks/new-check.yaml
    id: new-check
    title: A new check
    alone: yes
    minutes: 1
    sided: false
    region: upper
    position: standing
    muscles: [supraspinatus]
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
from typing import TYPE_CHECKING

from assess.audit.proof.replay import shown
from assess.errors import Problem
from assess.model import words
from assess.model.knowledge import Exercise

if TYPE_CHECKING:
    from assess.audit.proof.proofs import Proofs
    from assess.audit.proof.space import Where
    from assess.audit.run import Context
    from assess.model.conditions import Key

SEVERITY = "warning"
NEEDS = "proofs"


def check(context: Context) -> Iterator[Problem]:
    """Findings of checks, then the default targets."""
    base, proofs = context.base, context.proven
    for check_ in base.checks.values():
        for finding in check_.findings:
            if not finding.muscle or finding.quality not in (words.SHORT, words.WEAK):
                continue
            for key in proofs.keys(words.FINDING, finding.id)[:1]:
                items = [e for e in base.exercises.values() if e.muscle == finding.muscle]
                example = proofs.nearest(proofs.true(*key), *_open(proofs, finding.muscle, items, key.side))
                if example is not None:
                    yield context.at(
                        check_,
                        ("findings", finding.id),
                        "finding-without-help",
                        f"{finding.id!r} can be found, nothing barred, and no exercise for {finding.muscle!r} follows",
                        "Give one, or refer, or accept it with the reason.",
                        key=True,
                        example=shown(example),
                    )
    yield from _targets(context)


def _open(proofs: Proofs, muscle: str, items: list[Exercise], side: str) -> Iterator[Where]:
    """Every gate that stands before exercises for a muscle; and none of the exercises can be given."""
    entry = proofs.knowledge.terms.muscles[muscle]
    yield proofs.true(words.GATE, words.CORRECTIVE)
    if entry.region in words.REGIONS:
        yield proofs.true(words.GATE, entry.region)
    if entry.tier == words.MINOR:
        yield proofs.true(words.UNLOCKED, words.MINOR)
    yield proofs.false(words.WITHHELD, muscle, side)
    yield from (proofs.false(words.BAR, tag) for tag in sorted({tag for item in items for tag in item.tags}))
    for item in items:
        yield from (~proofs.true(*key) for key in proofs.keys(words.ELIGIBLE, item.id) if _there(key, side))


def _there(key: Key, side: str) -> bool:
    return not key.side or not side or key.side == side


def _targets(context: Context) -> Iterator[Problem]:
    """Muscles that everybody with this pain gains from must have something that somebody can be given."""
    program, strengthened = context.single("program").located, set()
    for exercise in context.base.exercises.values():
        if any(
            context.proven.exists(context.proven.true(*k)) for k in context.proven.keys(words.ELIGIBLE, exercise.id)
        ):
            strengthened.add(exercise.muscle)
    for site, entry in context.base.program.get("sites", {}).items():
        for i, muscle in enumerate(entry.get("default_targets", ())):
            if muscle not in strengthened:
                path = ("sites", site, "default_targets", i)
                message = f"{muscle!r} is worked on by everybody here, and no exercise for it can be given"
                yield program.problem(path, "finding-without-help", message)
