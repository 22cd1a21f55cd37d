"""CLIPS as an independent judge: a program becomes CLIPS rules, the leaves of a person are given as facts.

Every condition has a number, and two rails: the fact `(t7)` says that condition 7 is known true, `(f7)` that it is
known false. A condition is settled before anything that leans on it looks (salience by height), so the few rules
that ask for the *absence* of a fact (`known`, a count, a score) ask it of settled conditions only.
Shares no code with the network, the session or the evaluator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator

import clips

from assess.rules import nodes as n
from assess.rules.strata import Program
from support.three_valued import LeafTruth, by_head

PREAMBLE = (
    # A member of a count or a score that matters: `what` is for, against or veto.
    "(deftemplate part (slot of) (slot member) (slot what) (slot weight) (slot kind))",
    # A member for which is known, true or false.
    "(deftemplate told (slot of) (slot member) (slot weight))",
    """(deffunction weight-of (?node ?what)
         (bind ?sum 0)
         (do-for-all-facts ((?p part)) (and (= ?p:of ?node) (eq ?p:what ?what)) (bind ?sum (+ ?sum ?p:weight)))
         ?sum)""",
    """(deffunction weight-told (?node)
         (bind ?sum 0)
         (do-for-all-facts ((?p told)) (= ?p:of ?node) (bind ?sum (+ ?sum ?p:weight)))
         ?sum)""",
    """(deffunction kinds-for (?node)
         (bind ?kinds (create$))
         (do-for-all-facts ((?p part)) (and (= ?p:of ?node) (eq ?p:what for))
           (if (not (member$ ?p:kind ?kinds)) then (bind ?kinds (create$ ?kinds ?p:kind))))
         (length$ ?kinds))""",
    """(deffunction reached (?node ?percent ?cover ?kinds ?whole)
         (bind ?told (weight-told ?node))
         (and (= (weight-of ?node veto) 0)
              (>= (* 100 (- (weight-of ?node for) (weight-of ?node against))) (* ?percent ?told))
              (>= (* 100 ?told) (* ?cover ?whole))
              (>= (kinds-for ?node) ?kinds)))""",
)


class ClipsJudge:
    """The CLIPS rules of one program. `conclusions` may be asked for as many people as one likes."""

    def __init__(self, program: Program) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._heights: dict[int, int] = {}
        self.leaves: dict[n.Leaf, int] = {}
        self._bodies = by_head(program.rules)
        self._constructs: list[str] = []
        for head in self._bodies:
            self._head(head)
        self._environment = clips.Environment()
        for construct in (*PREAMBLE, *self._constructs):
            self._environment.build(construct)

    def conclusions(self, leaf: LeafTruth) -> dict[Hashable, tuple[bool, bool]]:
        """Every head with (known true, known false), from the truth of every leaf."""
        environment = self._environment
        environment.reset()
        for node, number in self.leaves.items():
            truth = leaf(node)
            if truth is not None:
                environment.assert_string(f"({'t' if truth else 'f'}{number})")
        environment.assert_string("(leaves-are-told)")
        environment.run()
        there = {fact.template.name for fact in environment.facts()}
        heads = {head: self._numbers["head", head] for head in self._bodies}
        return {head: (f"t{number}" in there, f"f{number}" in there) for head, number in heads.items()}

    def close(self) -> None:
        """Let CLIPS go now. It prints how much memory it lost; a test's output is a better place than the terminal."""
        del self._environment

    # -- a program as constructs -------------------------------------------------------------------------------

    def _new(self, key: Hashable, below: tuple[int, ...]) -> int:
        number = self._numbers[key] = len(self._numbers)
        self._heights[number] = 1 + max((self._heights[b] for b in below), default=0)
        return number

    def _rule(self, number: int, conditions: str, action: str, *, first: bool = False) -> None:
        """A rule that settles a condition; `first`: what has to be gathered before that."""
        name = f"r{len(self._constructs)}"
        salience = f"(declare (salience {first - 2 * self._heights[number]}))"
        self._constructs.append(f"(defrule {name} {salience} {conditions} => {action})")

    def _head(self, head: Hashable) -> int:
        if ("head", head) in self._numbers:
            return self._numbers["head", head]
        bodies = tuple(self._node(when) for when in self._bodies[head])
        number = self._new(("head", head), bodies)
        self._any(number, bodies)
        return number

    def _all(self, number: int, members: tuple[int, ...], true: str = "t", false: str = "f") -> None:
        every = " ".join(f"({true}{m})" for m in dict.fromkeys(members)) or "(leaves-are-told)"
        self._rule(number, every, f"(assert ({true}{number}))")
        for member in dict.fromkeys(members):
            self._rule(number, f"({false}{member})", f"(assert ({false}{number}))")

    def _any(self, number: int, members: tuple[int, ...]) -> None:
        self._all(number, members, true="f", false="t")

    def _node(self, node: n.Node) -> int:
        if isinstance(node, n.Atom):
            return self._head(node.key)
        if node in self._numbers:
            return self._numbers[node]
        below = tuple(self._node(child) for child in n.children(node))
        number = self._new(node, below)
        t, f = f"(assert (t{number}))", f"(assert (f{number}))"
        match node:
            case n.Leaf():
                self.leaves[node] = number
                self._constructs += [f"(deftemplate t{number})", f"(deftemplate f{number})"]
            case n.Not():
                self._rule(number, f"(f{below[0]})", t)
                self._rule(number, f"(t{below[0]})", f)
            case n.Known():
                self._rule(number, f"(t{below[0]})", t)
                self._rule(number, f"(leaves-are-told) (not (t{below[0]}))", f)
            case n.AllOf():
                self._all(number, below)
            case n.AnyOf():
                self._any(number, below)
            case n.AtLeast(count, _):
                for place, member in enumerate(below):
                    self._part(number, place, f"(t{member})", "for", 1, "any")
                    self._part(number, place, f"(f{member})", "against", 1, "any")
                enough = f"(>= (weight-of {number} for) {count})"
                too_few = f"(> (weight-of {number} against) {len(below) - count})"
                self._rule(number, "(leaves-are-told)", f"(if {enough} then {t}) (if {too_few} then {f})")
            case n.Score():
                self._score(number, node, below)
        return number

    def _part(self, number: int, place: int, condition: str, what: str, weight: int, kind: str) -> None:
        part = f"(part (of {number}) (member {place}) (what {what}) (weight {weight}) (kind {kind}))"
        self._rule(number, condition, f"(assert {part})", first=True)

    def _score(self, number: int, node: n.Score, below: tuple[int, ...]) -> None:
        places = iter(enumerate(below))
        kinds = {kind: f"kind-{i}" for i, kind in enumerate(Counter(w.kind for w in node.supports))}
        for w, (place, member) in zip(node.supports, _next(places, len(node.supports)), strict=True):
            self._part(number, place, f"(t{member})", "for", w.weight, kinds[w.kind])
            told = f"(assert (told (of {number}) (member {place}) (weight {w.weight})))"
            self._rule(number, f"(or (t{member}) (f{member}))", told, first=True)
        for w, (place, member) in zip(node.opposes, _next(places, len(node.opposes)), strict=True):
            self._part(number, place, f"(t{member})", "against", w.weight, "any")
        for place, member in places:
            self._part(number, place, f"(t{member})", "veto", 1, "any")
        whole = sum(w.weight for w in node.supports)
        test = f"(reached {number} {node.percent} {node.cover} {node.kinds} {whole})"
        verdict = f"(if {test} then (assert (t{number})) else (assert (f{number})))"
        self._rule(number, "(leaves-are-told)", verdict)


def _next(places: Iterator[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    return [next(places) for _ in range(count)]
