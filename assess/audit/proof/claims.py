"""What is claimed of all answers: the invariants of the knowledge, and what any knowledge must keep."""

from __future__ import annotations

from collections.abc import Iterator

from assess.audit.proof.domains import ABSENT
from assess.audit.proof.proofs import Exclusion, Proofs
from assess.audit.report import Proof
from assess.errors import Place
from assess.inference.invariants import violations_of
from assess.loading.links import Linked
from assess.model import words
from assess.model.conditions import Key
from assess.model.knowledge import Check, Exercise, Relief

PHASE = "triage"


def every(proofs: Proofs) -> Iterator[Proof]:
    """Every claim with its verdict, the invariants first."""
    base = proofs.knowledge
    for invariant in base.invariants.values():
        if invariant.scope == "rules":
            yield proofs.claim(invariant.id, invariant.title, invariant.place, _kept(proofs, invariant.id))
    for claim_id, says, parts in (
        ("every-bar-fails-closed", "Nothing is given unless each bar on it is known not to apply.", _bars(proofs)),
        ("minor-muscles-wait", "Minor muscles are worked on only once they are unlocked.", _minors(proofs)),
        ("no-line-is-skipped", "A triage line that is asked and not answered decides no row.", _lines(proofs)),
    ):
        yield proofs.claim(claim_id, says, Place(proofs.shown), parts)


def place(context: Linked, proof: Proof) -> Place:
    """Where a claim stands: an invariant in its file, line and column; what every knowledge must keep, in all of it."""
    document = context.documents.get((words.INVARIANT, proof.id))
    return document.located.place(("says",), key=True) if document else proof.place


def _kept(proofs: Proofs, invariant_id: str) -> Iterator[Exclusion]:
    invariant = proofs.knowledge.invariants[invariant_id]
    space, found = proofs.space, proofs.conclusions
    for broken, where in violations_of(invariant, proofs.knowledge, space.algebra, space.leaves, found):
        yield Exclusion(Key(words.ELIGIBLE, broken.item, broken.side), (where,))


def _bars(proofs: Proofs) -> Iterator[Exclusion]:
    """An item against each of its tags; a tag against each row that bars it."""
    base = proofs.knowledge
    items: list[Exercise | Check | Relief] = [*base.exercises.values(), *base.checks.values(), *base.relief.values()]
    for item in items:
        for key in proofs.keys(words.ELIGIBLE, item.id):
            for tag in item.tags:
                yield Exclusion(key, (~proofs.false(words.BAR, tag, key.side), proofs.true(*key)))
    for kind, rows in ((words.TRIAGE, base.triage), (words.MODIFIER, base.modifiers)):
        for row in rows.values():
            for tag in row.bars:
                for key in proofs.keys(kind, row.id):
                    bar = Key(words.BAR, tag, key.side)
                    yield Exclusion(bar, (~proofs.false(*key), proofs.false(*bar)), refuted=True)


def _minors(proofs: Proofs) -> Iterator[Exclusion]:
    base = proofs.knowledge
    unlocked = proofs.true(words.UNLOCKED, words.MINOR)
    for exercise in base.exercises.values():
        if base.terms.muscles[exercise.muscle].tier == words.MINOR:
            for key in proofs.keys(words.ELIGIBLE, exercise.id):
                yield Exclusion(key, (~unlocked, proofs.true(*key)))


def _lines(proofs: Proofs) -> Iterator[Exclusion]:
    """Triage closed without a line that is asked, although some answer to it would make a row hold that does not."""
    space = proofs.space
    phases = {topic["id"]: topic["phase"] for topic in proofs.knowledge.terms.topics}
    gate = Key(words.GATE, words.COMFORT)
    for row in proofs.knowledge.triage.values():
        holds = proofs.whole(proofs.true(words.TRIAGE, row.id))
        for level in sorted(holds.support()) if row.level in words.BLOCKING else ():
            question = proofs.knowledge.questions.get(space.variables[level].answer)
            if question is None or phases.get(question.topic) != PHASE:
                continue
            cells = space.variables[level].cells
            unanswered = cells.index(ABSENT)
            closed = space.restricted(proofs.true(*gate), level, unanswered)
            decided = space.restricted(holds, level, unanswered)
            answers = {space.restricted(holds, level, c): None for c in range(len(cells)) if c != unanswered}
            for with_answer in answers:
                yield Exclusion(gate, (with_answer & ~decided, ~space.leaves.off(question), closed))
