"""What becomes of mutants: judged by reading and assessing everything anew, and held to its aims on our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from conftest import AT
from support.random_people import MOODS, People

from assess.audit.mutation.equivalence import OBSERVED
from assess.audit.mutation.mutants import BARS, FIRST, REST, Mutant
from assess.audit.mutation.trial import Trial, trial
from assess.audit.mutation.witnesses import cases, stories
from assess.audit.proof import claims
from assess.audit.proof.proofs import Proofs
from assess.audit.report import CASE, EQUIVALENT, INVARIANT, REFUTED, STORY, SURVIVES, Tally
from assess.inference.cases import answers_of, verdict
from assess.inference.columns import COLUMNS, infer_all
from assess.inference.infer import infer
from assess.inference.invariants import violations
from assess.loading.build import build
from assess.loading.documents import Document, schema_errors
from assess.loading.load import inspect
from assess.loading.source import FOLDERS as KINDS
from assess.model.answers import Answers
from assess.model.conditions import Key
from assess.model.knowledge import KnowledgeBase, Question
from assess.rules.evaluate import Pair

PEOPLE = Path(__file__).parents[2] / "people"
ITEMS = ("bag-lift", "bridge-hold", "sway-back", "heat-wrap", "fever-very-ill", "pregnant")
MINI = Path(__file__).parents[2] / "knowledge" / "mini"
AIMS = {FIRST: 95.0, BARS: 95.0, REST: 90.0}


@pytest.fixture(scope="module")
def read() -> tuple[KnowledgeBase, list[Document]]:
    base, problems, documents = inspect()
    assert problems == []
    return base, documents


@pytest.fixture(scope="module")
def tried(read: tuple[KnowledgeBase, list[Document]]) -> Trial:
    """The mutants of some of the files: one in nine of all kinds."""
    base, documents = read
    return trial(
        base, documents, told=PEOPLE, offer=False, only=[d.id for d in documents if d.kind in KINDS.values()][::14]
    )


def sample(tried: Trial, *wanted: str, lines: bool = False, count: int = 6) -> list[Mutant]:
    """Some of the mutants with these verdicts, the same in every run; of lines, or of all else."""
    every = [m for m, v in tried.verdicts.items() if v in wanted and isinstance(m.item, Question) == lines]
    return Random(4).sample(every, min(count, len(every)))


def assessed(base: KnowledgeBase, people: Sequence[Answers]) -> dict[Key, Pair]:
    """Everything that is concluded of them, by knowledge that is compiled as a whole."""
    everybody = (1 << len(people)) - 1
    found, _ = infer_all(base, people, [AT] * len(people))
    return {key: (true & everybody, false & everybody) for key, (true, false) in found.items()}


def test_our_own_cases_stories_and_invariants_notice_what_they_are_to_notice(
    read: tuple[KnowledgeBase, list[Document]],
) -> None:
    whole = trial(*read, told=PEOPLE, offer=False)
    assert {t.group: t.share for t in whole.tallies() if t.share < AIMS[t.group]} == {}
    assert whole.coverage.share > AIMS[BARS]


@pytest.mark.parametrize("lines", [False, True])
def test_a_case_notices_a_mutant_exactly_if_it_comes_out_otherwise_with_it(
    tried: Trial, read: tuple[KnowledgeBase, list[Document]], lines: bool
) -> None:
    told = list(cases(read[0], AT))
    before = assessed(read[0], [w.answers for w in told])
    for mutant in (
        *sample(tried, CASE, lines=lines),
        *sample(tried, STORY, INVARIANT, SURVIVES, EQUIVALENT, lines=lines),
    ):
        after = assessed(mutant.base, [w.answers for w in told])
        differs = any(
            (true and (before[key][0] ^ after[key][0]) >> i & 1)
            or (false and (before[key][1] ^ after[key][1]) >> i & 1)
            for i, witness in enumerate(told)
            for key, true, false in witness.watched
        )
        assert differs == (tried.verdicts[mutant] == CASE), (mutant.place, mutant.edit.says)


def test_with_a_mutant_that_an_invariant_notices_somebody_breaks_it(
    tried: Trial, read: tuple[KnowledgeBase, list[Document]]
) -> None:
    told = [w.answers for w in (*cases(read[0], AT), *stories(read[0], PEOPLE, AT))]
    everybody = (1 << len(told)) - 1
    for mutant in sample(tried, INVARIANT, count=3):
        found, leaves = infer_all(mutant.base, told, [AT] * len(told))
        assert any(where & everybody for _, where in violations(mutant.base, COLUMNS, leaves, found)), mutant.place


def test_nobody_sees_a_difference_with_a_mutant_that_is_called_equivalent(
    tried: Trial, read: tuple[KnowledgeBase, list[Document]]
) -> None:
    people = People(read[0], AT)
    drawn = [Answers(people.person(Random(seed), MOODS[seed % len(MOODS)]), AT, True) for seed in range(300)]
    before = assessed(read[0], drawn)
    mutants = sample(tried, EQUIVALENT, count=8) + sample(tried, EQUIVALENT, lines=True, count=3)
    assert len(mutants) > 8
    for mutant in mutants:
        after = assessed(mutant.base, drawn)
        differing = {k for k in before.keys() & after.keys() if before[k] != after[k] and k.kind in OBSERVED}
        assert differing == set(), (mutant.place, mutant.edit.says)


def test_every_offered_case_holds_as_things_are_and_fails_with_each_mutant_that_it_is_offered_for(
    read: tuple[KnowledgeBase, list[Document]],
) -> None:
    """Without the cases that there are, so that there is something to offer."""
    documents = [_bare(d) for d in read[1]]
    base, _ = build(documents, "")
    found = trial(base, read[1], only=ITEMS)
    assert {offer.item.id for offer in found.offers} >= {*ITEMS} - {"pregnant"}
    for offer in found.offers:
        person = answers_of(base, offer.case, AT)
        assert verdict(offer.item, offer.case, infer(base, person, AT)) == offer.case.expect
        for mutant in offer.kills[:3]:
            item = next((i for i in mutant.changed if i.id == offer.item.id), offer.item)
            said = verdict(item, offer.case, infer(mutant.base, person, AT))
            assert said != offer.case.expect, (offer.item.id, offer.case.given, mutant.edit.says)


def _bare(document: Document) -> Document:
    """The file without its cases, if it is one of those that are tried."""
    if document.id not in ITEMS:
        return document
    data = {key: value for key, value in document.data.items() if key != "cases"}
    return replace(document, located=replace(document.located, data=data))


def test_what_becomes_of_the_mutants_of_a_small_knowledge_is_what_proofs_and_many_people_say() -> None:
    """An invariant that notices is refuted; nobody of thousands differs by an equivalent mutant; offers do."""
    base, _, documents = inspect(str(MINI))
    found = trial(base, documents)
    people = People(base, AT)
    drawn = [Answers(people.person(Random(seed), MOODS[seed % len(MOODS)]), AT, True) for seed in range(3000)]
    before = assessed(base, drawn)
    seen = set()
    for mutant, said in found.verdicts.items():
        seen.add(said)
        if said == INVARIANT:
            assert REFUTED in {p.verdict for p in claims.every(Proofs(mutant.base))}, (mutant.place, mutant.edit.says)
        if said == EQUIVALENT:
            after = assessed(mutant.base, drawn)
            differing = {k for k in before.keys() & after.keys() if before[k] != after[k] and k.kind in OBSERVED}
            assert differing == set(), (mutant.place, mutant.edit.says)
    assert seen >= {CASE, INVARIANT, EQUIVALENT, SURVIVES}
    for offer in found.offers:
        person = answers_of(base, offer.case, AT)
        assert verdict(offer.item, offer.case, infer(base, person, AT)) == offer.case.expect
        for mutant in offer.kills:
            item = next((i for i in mutant.changed if i.id == offer.item.id), offer.item)
            said = verdict(item, offer.case, infer(mutant.base, person, AT))
            assert said != offer.case.expect, (offer.item.id, offer.case.given, mutant.edit.says)


def test_every_mutant_could_have_been_written(tried: Trial) -> None:
    """What is tried has the right shape: a slip that loading would refuse proves nothing."""
    for mutant in sample(tried, CASE, STORY, INVARIANT, SURVIVES, EQUIVALENT, count=100):
        document = mutant.document
        assert schema_errors(document) == [], (mutant.place, mutant.edit.says)


@pytest.mark.parametrize(
    ("counts", "killed", "counted", "share"),
    [
        ({"case": 1999, "survives": 1}, 1999, 2000, 99.9),
        ({"case": 1, "story": 1, "invariant": 1, "undecided": 1, "equivalent": 9}, 3, 4, 75.0),
        ({"case": 2, "survives": 1}, 2, 3, 66.6),
        ({"equivalent": 3}, 0, 0, 100.0),
    ],
)
def test_a_share_is_cut_off_and_what_nobody_can_notice_does_not_count(
    counts: dict[str, int], killed: int, counted: int, share: float
) -> None:
    tally = Tally("x", counts)
    assert (tally.killed, tally.counted, tally.share) == (killed, counted, share)
