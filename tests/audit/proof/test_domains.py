"""What answers there can be: every value that a rule can tell from another is there, and only once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.small import HERE, line, small

from assess.audit.proof.domains import ABSENT, Domain, domains, joint_domains
from assess.audit.proof.proofs import leaves_of
from assess.model.answers import Unable
from assess.model.conditions import Compare, Is
from assess.model.knowledge import Check, KnowledgeBase, Measure, Question
from assess.rules.nodes import Leaf


def number(name: str, **more: object) -> Question:
    return replace(
        Question(name, "question", HERE, name, answer="number", minimum=0, maximum=6, unit="points", healthy=0), **more
    )  # type: ignore[arg-type]


def of(base: KnowledgeBase, *tests: Is | Compare) -> dict[str, Domain]:
    return domains(base, [Leaf(test) for test in tests])


def test_a_line_has_its_words_not_sure_and_no_answer(knowledge: KnowledgeBase) -> None:
    found = of(small(knowledge, line("q")), Is("q", "yes"))["q"]
    assert (found.cells, found.sizes, found.usual, found.size) == (("no", "yes", "unsure", ABSENT), (1, 1, 1, 1), 0, 4)


def test_words_that_no_rule_names_are_one_cell(knowledge: KnowledgeBase) -> None:
    options = {"a": "", "b": "", "c": "", "d": ""}
    choice = Question("which", "question", HERE, "which", answer="choice", options=options, healthy="b")
    found = of(small(knowledge, choice), Is("which", "c"))["which"]
    assert found.cells == ("b", "c", "unsure", ABSENT)
    assert found.stand_for == (("a", "b", "d"), ("c",), ("unsure",), (ABSENT,))
    assert (found.sizes, found.usual) == ((3, 1, 1, 1), 0)


def test_a_line_that_does_not_offer_not_sure_has_no_such_cell(knowledge: KnowledgeBase) -> None:
    choice = Question("w", "question", HERE, "w", answer="choice", options={"a": "", "b": ""}, healthy="a")
    found = of(small(knowledge, replace(choice, offer_unsure=False)), Is("w", "a"))["w"]
    assert found.cells == ("a", "b", ABSENT)


def test_numbers_are_cut_at_the_limits_and_between_them(knowledge: KnowledgeBase) -> None:
    """Between `above 2` and `below 3` lies 2.5: nobody is asked for it, but a file may say it."""
    tests = (Compare("much", "above", 2, "points"), Compare("much", "below", 3, "points"))
    found = of(small(knowledge, number("much")), *tests)["much"]
    assert dict(zip(found.cells, found.sizes, strict=True)) == {0: 3, 3: 4, 2.5: 0, "unsure": 1, ABSENT: 1}


def test_a_number_that_grows_is_cut_also_where_it_will_cross_the_limit(knowledge: KnowledgeBase) -> None:
    test = Compare("weeks", "at_least", 5, "points", any_day=True)
    found = of(small(knowledge, number("weeks", grows_per_week=1)), test)["weeks"]
    assert found.cells[:2] == (0, 3)  # two weeks of the plan carry 3 to 5


def test_two_sides_of_which_only_the_difference_counts_are_distances(knowledge: KnowledgeBase) -> None:
    measure = Measure("m", "m", "number", {}, 0, 50, 1, "mm", 0)
    check = Check("c", "check", HERE, "c", sided=True, measures=(measure,))
    found = of(small(knowledge, check), Compare("c.m", "at_least", 20, "mm", take="difference"))
    assert found["c.m.left"].cells == (0, "unsure", ABSENT)
    assert found["c.m.right"].cells == (0, 20, "unsure", ABSENT)
    assert found["c.m.right"].stand_for[1] == tuple(range(20, 51))
    assert found["c.m.right"].stand_for[2] == (
        "unsure",
        "void",
        *(Unable(r) for r in ("pain", "position", "no-helper", "weakness")),
    )


def test_two_sides_that_are_also_read_alone_keep_every_value(knowledge: KnowledgeBase) -> None:
    measure = Measure("m", "m", "number", {}, 0, 9, 1, "mm", 0)
    check = Check("c", "check", HERE, "c", sided=True, measures=(measure,))
    tests = (Compare("c.m", "at_least", 3, "mm", take="difference"), Compare("c.m", "above", 5, "mm", side="left"))
    assert of(small(knowledge, check), *tests)["c.m.left"].cells == (*range(10), "unsure", ABSENT)


@pytest.mark.parametrize("age", [15, 16, 49, 50, 74, 75])
def test_ages_on_both_sides_of_every_limit_are_there(age: int, knowledge: KnowledgeBase) -> None:
    birth = knowledge.by_role("birth-date")
    assert birth is not None
    found = domains(knowledge, leaves_of(knowledge))[birth.id]
    cells = [i for i, values in enumerate(found.stand_for) if any(_is(value, age) for value in values)]
    neighbours = [i for i, values in enumerate(found.stand_for) if any(_is(value, age + 1) for value in values)]
    assert cells
    assert neighbours
    if age in (15, 49, 74):
        assert not set(cells) & set(neighbours)


def _is(value: object, age: int) -> bool:
    from datetime import date

    from assess.audit.proof.domains import AT
    from assess.model.age import age_on

    return isinstance(value, str) and age_on(date.fromisoformat(value), AT.date()) == age


def test_everything_that_a_rule_reads_has_a_domain_with_a_usual_cell(knowledge: KnowledgeBase) -> None:
    found = domains(knowledge, leaves_of(knowledge))
    assert len(found) > 500
    for domain in found.values():
        assert domain.cells[-1] is ABSENT
        assert len(set(map(str, domain.cells))) == len(domain.cells)
        assert 0 <= domain.usual < len(domain.cells)


def test_two_versions_keep_apart_what_only_one_of_them_knows(knowledge: KnowledgeBase) -> None:
    """`c` and `d` are named by no rule; to the version that lacks it, an option is no answer."""
    choice = Question("w", "question", HERE, "w", answer="choice", options={"a": "", "b": "", "c": ""}, healthy="a")
    old = small(knowledge, choice)
    new = small(knowledge, replace(choice, options={"a": "", "b": "", "d": ""}))
    leaves = [Leaf(Is("w", "a"))]
    found = joint_domains(((new, leaves), (old, leaves)))["w"]
    assert found.stand_for == (("a",), ("b",), ("d",), ("unsure",), ("c",), (ABSENT,))
    assert [c for c in domains(new, leaves)["w"].stand_for if len(c) > 1] == [("b", "d")]


def test_a_line_that_one_version_lacks_has_the_usual_answer_of_the_other(knowledge: KnowledgeBase) -> None:
    found = joint_domains(((small(knowledge), []), (small(knowledge, line("gone")), [Leaf(Is("gone", "yes"))])))
    assert (found["gone"].cells, found["gone"].usual) == (("no", "yes", "unsure", ABSENT), 0)
