"""A text, a rule or a case speaks of another side than the one that it is for.

Looks at what is written once and meant for each side (`sided`, `each_side`, `sides: each`), and at cases that name
their side. There a text must not name only the left or only the right; a rule must not read one fixed side without
reading the other in the same way, and must read `this` or `other` somewhere, or it says the same of both sides; and a
case that holds on one side must give an answer of that side.

A fixed side in a rule for each side finds the right hip by the left one. Nothing else shows it: the rule works, and
half of all people get the wrong side.

Mend it by writing `this` (or `other`) for the side, by saying "that leg" in the text, or by taking the sides off.

Bad:
    # adds to terms.yaml
    findings:
      new-hip-turn-low: {text: one hip turns less, sided: true, told_only: It is an example.}
    # checks/new-hip-turn.yaml
    id: new-hip-turn
    title: Turning the hip in
    alone: yes
    minutes: 2
    sided: true
    region: lower
    position: sitting
    muscles: [piriformis]
    tags: [self-test]
    purpose: It looks at how far each hip turns.
    setup: [Sit on a table.]
    steps: [Swing the foot out.]
    stop: [Stop if it hurts.]
    measures:
      far: {ask: "Did it go far?", answer: yes-no}
    findings:
      new-hip-turn-low: {check: {of: new-hip-turn.far, side: left, is: no}}
    sources: {design: design-value}
    evidence: {grade: D, note: Nobody has looked at it.}
    cases:
      - {says: it holds, finding: new-hip-turn-low, side: left, given: {new-hip-turn.far.left: no}, expect: yes}
      - {says: it does not, finding: new-hip-turn-low, side: left, given: {new-hip-turn.far.left: yes}, expect: no}

Good:
    # adds to terms.yaml
    findings:
      new-hip-turn-low: {text: one hip turns less, sided: true, told_only: It is an example.}
    # checks/new-hip-turn.yaml
    id: new-hip-turn
    title: Turning the hip in
    alone: yes
    minutes: 2
    sided: true
    region: lower
    position: sitting
    muscles: [piriformis]
    tags: [self-test]
    purpose: It looks at how far each hip turns.
    setup: [Sit on a table.]
    steps: [Swing the foot out.]
    stop: [Stop if it hurts.]
    measures:
      far: {ask: "Did it go far?", answer: yes-no}
    findings:
      new-hip-turn-low: {check: {of: new-hip-turn.far, side: this, is: no}}
    sources: {design: design-value}
    evidence: {grade: D, note: Nobody has looked at it.}
    cases:
      - {says: it holds, finding: new-hip-turn-low, side: left, given: {new-hip-turn.far.left: no}, expect: yes}
      - {says: it does not, finding: new-hip-turn-low, side: left, given: {new-hip-turn.far.left: yes}, expect: no}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assess.audit.wording import texts
from assess.errors import Problem
from assess.loading.yaml12 import Path
from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import Check, Exercise, Item, KnowledgeBase, Pattern, Row
from assess.rules.nodes import TRUE, Atom, Leaf, Node, walk

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "warning"
NEEDS = "sound"

PART = (
    "side|leg|hip|knee|arm|hand|shoulder|foot|thigh|buttock|calf|ear|elbow|heel|ankle|wrist|eye|palm|fist|forearm|thumb"
)
NAMED = re.compile(
    rf"\b(left|right)[ -](?:{PART})s?\b|\b(?:on|to|from) (?:your|the) (left|right)(?=$|[^\w ]| and | or )",
    re.IGNORECASE,
)
"""A side of the body in a text; not "right away", "a right angle" or "left out"."""
OPPOSITE = {words.LEFT: words.RIGHT, words.RIGHT: words.LEFT}
HOLDS = (words.YES, words.LIKELY, words.POSSIBLE)


def check(context: Context) -> Iterator[Problem]:
    """Texts and rules of what is meant for each side; cases of everything."""
    for item in context.base.items():
        sided = _sided(item)
        if sided:
            yield from _texts(context, item)
        for path, rules, must in _rules(context.base, item):
            yield from _reads(context, item, path, rules, must)
        yield from _cases(context, item)


def _sided(item: Item) -> bool:
    match item:
        case Check() | Pattern():
            return item.sided
        case Row():
            return item.each_side
        case Exercise():
            return item.sides == "each"
        case _:
            return False


def _texts(context: Context, item: Item) -> Iterator[Problem]:
    for path, text in texts(context.documents[item.kind, item.id]):
        sides = {side.lower() for pair in NAMED.findall(text) for side in pair if side}
        if len(sides) == 1:
            side = sides.pop()
            yield context.at(
                item,
                path,
                "side-mismatch",
                f"{item.id!r} is for each side, and this text names only the {side}",
                "Say “that side” or “the same leg”, or name both sides.",
            )


def _rules(base: KnowledgeBase, item: Item) -> Iterator[tuple[Path, Sequence[Node], bool]]:
    """The rules of an item that are written for each side, and whether they must read a side at all."""
    match item:
        case Check():
            for finding in item.findings:
                if finding.sided:
                    yield ("findings", finding.id), (finding.when,), True
        case Row() if item.each_side:
            yield ("when",), (item.when,), True
        case Pattern() if item.sided:
            signs = [("supports", i, s.when) for i, s in enumerate(item.supports)]
            signs += [("opposes", i, s.when) for i, s in enumerate(item.opposes)]
            yield ("supports",), [when for _, _, when in signs] + list(item.vetoes), True
            for name, i, when in signs:
                yield (name, i, "when"), (when,), False
            for i, veto in enumerate(item.vetoes):
                yield ("vetoes", i), (veto,), False
        case Exercise() if item.sides == "each" and item.needs != TRUE:
            yield ("needs",), (item.needs,), False


def _reads(context: Context, item: Item, path: Path, rules: Sequence[Node], must: bool) -> Iterator[Problem]:
    """One fixed side without its mirror; or, where a side must be read, neither `this` nor `other`."""
    tests = {side: _at(rules, side) for side in (*words.SIDES, words.THIS, words.OTHER)}
    lonely = [s for s in words.SIDES if tests[s] - {_moved(test, s) for test in tests[OPPOSITE[s]]}]
    if lonely and (len(rules) == 1):
        yield context.at(
            item,
            path,
            "side-mismatch",
            f"this rule is for each side, and reads the {lonely[0]} in a way in which it does not read the other",
            "Write `this` for the side that the rule is about, `other` for the one across.",
        )
    elif must and not lonely and not tests[words.THIS] | tests[words.OTHER]:
        yield context.at(
            item,
            path,
            "side-mismatch",
            "this is for each side, and its rule reads neither `this` nor `other`: it says the same of both",
            "Write `this` for the side that the rule is about, or take the sides off.",
            key=True,
        )


def _at(rules: Sequence[Node], side: str) -> set[object]:
    """The tests and conclusions that are read at a side, by their place or by the answer."""
    found: set[object] = set()
    for node in (n for rule in rules for n in walk(rule)):
        if isinstance(node, Atom) and isinstance(node.key, Key) and node.key.side == side:
            found.add(node.key)
        elif isinstance(node, Leaf) and isinstance(node.test, Is | Compare):
            test = node.test
            if test.side == side or (isinstance(test, Is) and test.value == side):
                found.add(test)
    return found


def _moved(test: object, side: str) -> object:
    """The same test at a side."""
    if isinstance(test, Key):
        return test._replace(side=side)
    if isinstance(test, Is) and test.value in words.SIDES:
        return replace(test, value=side)
    return replace(test, side=side) if isinstance(test, Is | Compare) else test


def _cases(context: Context, item: Item) -> Iterator[Problem]:
    """A case that holds on one side and gives answers of the other only."""
    for i, case in enumerate(item.cases):
        if case.side not in OPPOSITE or case.expect not in HOLDS:
            continue
        across = OPPOSITE[case.side]
        given = {str(answer).rpartition(".")[2] for answer in case.given} | {str(v) for v in case.given.values()}
        if across in given and not given & {case.side, "both"}:
            yield context.at(
                item,
                ("cases", i, "side"),
                "side-mismatch",
                f"this case is about the {case.side}, and what it gives is about the {across}",
                f"Give the answer of that side, or write `side: {across}`.",
            )
