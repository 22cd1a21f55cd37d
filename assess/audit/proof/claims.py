"""What is claimed of all answers: the invariants of the knowledge, and what any knowledge must keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assess.audit.proof.domains import ABSENT
from assess.audit.proof.proofs import Exclusion, Proofs
from assess.audit.proof.space import Where
from assess.audit.report import Proof
from assess.errors import Place
from assess.inference.invariants import violations_of
from assess.model import words
from assess.model.conditions import Key
from assess.model.knowledge import Check, Exercise, KnowledgeBase, Relief

PHASE = "triage"


def every(proofs: Proofs) -> Iterator[Proof]:
    """Every claim with its verdict, the invariants first."""
    base = proofs.knowledge
    for invariant in base.invariants.values():
        if invariant.scope == "rules":
            yield proofs.claim(invariant.id, invariant.title, invariant.place, _kept(proofs, invariant.id))
    root = Place(base.manifest.name)
    for claim_id, says, parts in (
        ("every-bar-fails-closed", "Nothing is given unless each bar on it is known not to apply.", _bars(proofs)),
        ("minor-muscles-wait", "Minor muscles are worked on only once they are unlocked.", _minors(proofs)),
        ("no-line-is-skipped", "A triage line that is asked and not answered decides no row.", _lines(proofs)),
        (
            "every-finding-has-help",
            "With nothing barred, whatever is found short or to be built up has an exercise.",
            _helped(proofs),
        ),
    ):
        yield proofs.claim(claim_id, says, root, parts)


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


def _helped(proofs: Proofs) -> Iterator[Exclusion]:
    """A finding, every gate open and nothing barred or withheld; and yet no exercise for its muscle there."""
    base = proofs.knowledge
    for finding in base.findings.values():
        if not finding.muscle or finding.quality not in (words.SHORT, words.WEAK):
            continue
        for key in proofs.keys(words.FINDING, finding.id):
            open_ = [proofs.true(words.GATE, words.CORRECTIVE), *_region(proofs, base, finding.muscle)]
            if base.terms.muscles[finding.muscle].tier == words.MINOR:
                open_.append(proofs.true(words.UNLOCKED, words.MINOR))
            open_.append(proofs.false(words.WITHHELD, finding.muscle, key.side))
            items = [e for e in base.exercises.values() if e.muscle == finding.muscle]
            tags = {tag for item in items for tag in item.tags}
            open_ += [proofs.false(words.BAR, tag) for tag in sorted(tags)]
            none = [~proofs.true(*k) for item in items for k in _on(proofs, item, key.side)]
            yield Exclusion(key, (proofs.true(*key), *open_, *none))


def _region(proofs: Proofs, base: KnowledgeBase, muscle: str) -> Iterable[Where]:
    region = base.terms.muscles[muscle].region
    return (proofs.true(words.GATE, region),) if region in words.REGIONS else ()


def _on(proofs: Proofs, exercise: Exercise, side: str) -> Iterator[Key]:
    for key in proofs.keys(words.ELIGIBLE, exercise.id):
        if not key.side or not side or key.side == side:
            yield key
