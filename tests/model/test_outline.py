"""Conditions as lines: every node in words that a clinician can read, with its numbers and what it looks up."""

from __future__ import annotations

from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import KnowledgeBase
from assess.model.outline import Line, outline, phrase
from assess.rules.nodes import FALSE, TRUE, AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Node, Not

WORSE, SITS = Leaf(Is("worse-standing", "yes")), Leaf(Is("sits-six-hours", "yes"))
SAID_WORSE = "“Does standing still for a long time make your back pain worse?” — yes"
SAID_SITS = "“On most days, do you sit for more than six hours?” — yes"
NOT_SITS = SAID_SITS.replace("— yes", "— no")
KNEE = "Leg hang at the edge of the bed{}: How far does the hanging knee bend? Straight is 0"


def text(node: Node, knowledge: KnowledgeBase) -> list[str]:
    """The lines, indented."""

    def lines(line: Line, depth: int) -> list[str]:
        return ["  " * depth + line.text, *(one for part in line.parts for one in lines(part, depth + 1))]

    return lines(outline(node, knowledge), 0)


def sides(of: str, op: str, limit: float, unit: str) -> tuple[Node, Node]:
    left, right = (Leaf(Compare(of, op, limit, unit, side=side)) for side in ("left", "right"))
    return left, right


def test_groups_and_their_opposites_say_how_many_are_meant(knowledge: KnowledgeBase) -> None:
    both = (WORSE, SITS)
    heads = [
        text(node, knowledge)[0]
        for node in (
            AllOf(both),
            AnyOf(both),
            AtLeast(2, both),
            Not(AllOf(both)),
            Not(AnyOf(both)),
            Not(AtLeast(2, both)),
        )
    ]
    assert heads == ["all of:", "any of:", "at least 2 of:", "not all of:", "none of:", "fewer than 2 of:"]
    assert text(Not(AnyOf(both)), knowledge)[1:] == [f"  {SAID_WORSE}", f"  {SAID_SITS}"]
    assert text(AllOf((WORSE, Not(SITS))), knowledge) == ["all of:", f"  {SAID_WORSE}", f"  {NOT_SITS}"]
    assert [text(node, knowledge) for node in (TRUE, FALSE, Not(TRUE), AllOf((SITS,)))] == [
        ["always"],
        ["never"],
        ["never"],
        [SAID_SITS],
    ]


def test_the_same_on_both_sides_is_one_line(knowledge: KnowledgeBase) -> None:
    limits = sides("modified-thomas.knee", "at_least", 80, "degrees")
    said = KNEE.format("") + " — at least 80°"
    assert text(AnyOf(limits), knowledge) == [f"{said}, on either side"]
    assert text(AllOf(limits), knowledge) == [f"{said}, on both sides"]
    assert text(Not(AnyOf(limits)), knowledge) == [f"{said}, on neither side"]
    assert text(Not(AllOf(limits)), knowledge) == [f"{said}, not on both sides"]
    assert text(limits[0], knowledge) == [KNEE.format(" (left)") + " — at least 80°"]
    found = AnyOf(tuple(Atom(Key("finding", "hip-flexors-short", side)) for side in ("left", "right")))
    assert text(found, knowledge) == ["the front of the hip is a bit tight, on either side"]


def test_one_or_another_answer_is_one_line_and_an_age_one_phrase(knowledge: KnowledgeBase) -> None:
    sex = AnyOf((Leaf(Is("sex-at-birth", "female")), Leaf(Is("sex-at-birth", "male"))))
    age = (Leaf(Compare("age", "at_least", 60, "years")), Leaf(Compare("age", "below", 65, "years")))
    assert text(sex, knowledge) == ["“Which sex were you given at birth?” — Female or Male"]
    assert text(AllOf(age), knowledge) == ["age 60 to under 65 years"]
    assert text(AllOf((*age, SITS)), knowledge) == ["all of:", "  age 60 to under 65 years", f"  {SAID_SITS}"]


def test_known_is_said_and_never_dropped(knowledge: KnowledgeBase) -> None:
    taken = Known(AnyOf(sides("modified-thomas.knee", "at_least", 0, "degrees")))
    assert text(Not(taken), knowledge) == [KNEE.format("") + " — not measured, on either side"]
    assert text(Known(SITS), knowledge) == ["it is known that:", f"  {SAID_SITS}"]
    assert text(Not(Known(SITS)), knowledge) == ["it is not known that:", f"  {SAID_SITS}"]


def test_a_cut_off_by_age_is_a_table(knowledge: KnowledgeBase) -> None:
    [finding] = [f for f in knowledge.checks["chin-over-shoulder"].findings if f.id == "neck-turn-short"]
    assert outline(finding.when, knowledge) == Line(
        "Look over each shoulder (that side): How many degrees did you turn to this side — beyond the cut-off",
        reads=(("check", "chin-over-shoulder"),),
        bands=(("age below 50 years", "below 65°"), ("age at least 50 years", "below 55°")),
    )


def test_every_table_of_cut_offs_by_age_or_sex_is_found(knowledge: KnowledgeBase) -> None:
    def tables(line: Line) -> int:
        return bool(line.bands) + sum(map(tables, line.parts))

    made = [f for check in knowledge.checks.values() for f in check.findings]
    assert sorted(f.id for f in made if tables(outline(f.when, knowledge))) == [
        "balance-short",
        "chair-stand-low",
        "hamstrings-short",
        "hamstrings-short-seated",
        "hand-speed-low",
        "neck-turn-short",
        "nod-hold-low",
    ]


def test_a_phrase_keeps_what_belongs_together(knowledge: KnowledgeBase) -> None:
    line = outline(AnyOf((WORSE, AllOf((WORSE, Not(SITS))))), knowledge)
    assert phrase(line) == f"{SAID_WORSE} or ({SAID_WORSE} and {NOT_SITS})"
    assert phrase(outline(AtLeast(2, (WORSE, SITS)), knowledge)) == f"at least 2 of: {SAID_WORSE}; {SAID_SITS}"


def test_what_is_read_stands_with_the_line_that_reads_it(knowledge: KnowledgeBase) -> None:
    pattern, level = Atom(Key("pattern", "lower-crossed.likely")), Atom(Key("level", "emergency"))
    found = outline(AllOf((WORSE, pattern, level)), knowledge)
    assert [part.reads for part in found.parts] == [
        (("question", "worse-standing"),),
        (("pattern", "lower-crossed"),),
        (("level", "emergency"),),
    ]
