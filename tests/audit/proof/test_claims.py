"""What is claimed of everybody holds on the real knowledge; a fault is refuted by the nearest person, replayed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import AT

from assess.audit.proof import claims
from assess.audit.proof.proofs import Proofs
from assess.audit.proof.replay import replay, written
from assess.errors import EngineDisagreement
from assess.inference.infer import infer, triage
from assess.loading.answers_file import read_answers
from assess.model import words
from assess.model.answers import Answers
from assess.model.conditions import Key
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase


@pytest.fixture(scope="module")
def proofs(knowledge: KnowledgeBase) -> Proofs:
    return Proofs(knowledge)


def again(proofs: Proofs, knowledge: KnowledgeBase) -> Proofs:
    """The proofs of a version that reads the same answers: what did not change is not worked out again."""
    return Proofs(knowledge, space=proofs.space, memory=proofs.memory)


def test_every_claim_is_proved_and_says_over_how_many_answers(proofs: Proofs) -> None:
    made = list(claims.every(proofs))
    assert [p.id for p in made if p.verdict != "proved"] == []
    stated = [i for i in proofs.knowledge.invariants.values() if i.scope == "rules"]
    assert [p.id for p in made] == [
        *(i.id for i in stated),
        "every-bar-fails-closed",
        "minor-muscles-wait",
        "no-line-is-skipped",
    ]
    guards = [p.id for p in made if not p.spoken_of]  # they keep something from ever being added
    assert guards == ["no-neck-exercise-to-the-limit", "no-stretch-of-the-holding-muscles-above"]
    assert all(p.answer_sets > 10**100 for p in made if p.spoken_of)


def test_a_bar_that_is_missing_is_refuted_by_the_nearest_person_and_written_as_a_case(
    proofs: Proofs, knowledge: KnowledgeBase
) -> None:
    row = knowledge.modifiers["pregnant-16-weeks"]
    open_ = replace(row, bars=tuple(tag for tag in row.bars if tag != "supine"))
    broken = again(proofs, replace(knowledge, modifiers={**knowledge.modifiers, row.id: open_}))
    refuted = [p for p in claims.every(broken) if p.verdict == "refuted"]
    assert [(p.id, p.example) for p in refuted] == [
        ("no-back-lying-late-in-pregnancy", (("pregnant", "yes"), ("pregnancy-weeks", "16")))
    ]
    text = written(broken.knowledge, "It is so.", *broken.broken["no-back-lying-late-in-pregnancy"])
    assert text.splitlines()[2] == (
        '#   - {says: "It is so.", given: {pregnant: yes, pregnancy-weeks: 16}, expect: no}'
    )
    read = read_answers(knowledge, text.encode(), "written", AT)
    assert not read.problems
    assert read.answers.values == {**healthy(knowledge), "pregnant": "yes", "pregnancy-weeks": 16}


def test_an_example_that_does_not_replay_is_an_internal_error(knowledge: KnowledgeBase) -> None:
    with pytest.raises(EngineDisagreement) as caught:
        replay(knowledge, {}, Key(words.LEVEL, words.EMERGENCY))
    assert caught.value.message == ("by the proof level:emergency can be known yes; experta does not conclude it")


def test_a_symptom_beside_a_risk_that_is_unsure_is_waited_for(knowledge: KnowledgeBase) -> None:
    """Perhaps an aneurysm, and something in the belly: what it is there is still to be asked."""
    given = {"known-aneurysm": "unsure", "belly-signs": "yes"}
    signs = ("deep-steady-pain", "belly-pulse", "flank-waves")
    answers = Answers({**healthy(knowledge), **given}, AT).without(*signs)
    found = triage(knowledge, infer(knowledge, answers, AT), answers, AT)
    assert "aneurysm-known-pain" in [row.id for row in found.open]
