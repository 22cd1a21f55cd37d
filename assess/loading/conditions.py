"""A condition as written -> nodes, with every reference looked up and every unit compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assess.errors import Problem, did_you_mean
from assess.loading.documents import Document
from assess.loading.vocabulary import FINDINGS, Vocabulary
from assess.loading.yaml12 import Path
from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.rules.nodes import FALSE, AllOf, AnyOf, AtLeast, Atom, Known, Leaf, Node, Not, walk

EACH_SIDE = "Write the rule for each side (`each_side: true`, `sided: true`), or name the side."
FEW = 8
"""Up to how many words are listed where none is close."""
COMPARISONS = ("at_least", "above", "at_most", "below")


@dataclass(slots=True)
class Index:
    """What conditions may refer to, taken from the raw documents, so that one broken file hides no other."""

    by_kind: dict[str, dict[str, Document]]
    vocabulary: Vocabulary
    problems: list[Problem] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)

    def raw(self, kind: str, item_id: str) -> dict[str, Any] | None:
        """The raw data of an item, noting that it is used."""
        document = self.by_kind.get(kind, {}).get(item_id)
        if document is None:
            return None
        self.used.add((kind, item_id))
        return document.data

    def tells(self, kind: str, item_id: str, *keys: str) -> bool:
        """Whether what the item's file says under these keys can be relied on; if not, only that file is wrong."""
        return self.by_kind[kind][item_id].tells(*keys)

    def dangling(self, document: Document, path: Path, word: str, kind: str, known: Any, *, key: bool = False) -> None:
        """Note that a document names something that there is not."""
        hint = did_you_mean(str(word), known)
        if not hint and 0 < len(known) <= FEW:
            hint = f"There are: {', '.join(known)}."
        message = f"{word!r} is not {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        self.problems.append(document.located.problem(path, "dangling-reference", message, hint, key=key))


@dataclass(slots=True)
class Parser:
    """Parses the conditions of one document. `sides` tells whether `this` and `other` mean something here."""

    index: Index
    document: Document
    sides: bool

    def parse(self, raw: Any, path: Path) -> Node:
        """The node of a condition; a broken part becomes false and a problem."""
        if not isinstance(raw, dict):
            return FALSE
        operators = [k for k in raw if k != "of"]
        if len(operators) != 1 or ("of" in raw) != (operators == ["at_least"]):
            return self._bad(
                path,
                "one-operator",
                f"a condition has one operator, found: {', '.join(raw)}",
                "Put several conditions under `all:` or `any:`; `at_least` goes with `of`.",
            )
        operator = operators[0]
        body, under = raw[operator], (*path, operator)
        match operator:
            case "all":
                return AllOf(tuple(self.parse(m, (*under, i)) for i, m in enumerate(body)))
            case "any":
                return AnyOf(tuple(self.parse(m, (*under, i)) for i, m in enumerate(body)))
            case "not":
                return Not(self.parse(body, under))
            case "at_least":
                members = tuple(self.parse(m, (*path, "of", i)) for i, m in enumerate(raw["of"]))
                if body > len(members):
                    return self._bad(under, "at-least-too-many", f"at least {body} of {len(members)} can never hold")
                return AtLeast(body, members)
            case "known":
                member = self.parse(body, under)
                if any(isinstance(n, Atom) for n in walk(member)):
                    return self._bad(under, "known-of-conclusion", "`known` may hold answers, numbers and checks only")
                return Known(member)
            case "answer":
                return self._answer(body, under)
            case "number":
                return self._number(body, under)
            case "check":
                return self._check(body, under)
            case "finding":
                return self._finding(body, under)
            case "pattern":
                return self._pattern(body, under)
            case "level":
                return Atom(Key(words.LEVEL, body))
            case _:
                return self._row(operator, body, under)

    def _bad(self, path: Path, code: str, message: str, hint: str = "", *, key: bool = False) -> Node:
        self.index.problems.append(self.document.located.problem(path, code, message, hint, key=key))
        return FALSE

    def _dangling(self, path: Path, word: str, kind: str, known: Any, *, key: bool = False) -> Node:
        self.index.dangling(self.document, path, word, kind, known, key=key)
        return FALSE

    def _answer(self, body: dict[str, Any], path: Path) -> Node:
        question, values = next(iter(body.items()))
        raw = self.index.raw(words.QUESTION, question)
        if raw is None:
            return self._dangling((*path, question), question, "question", self.index.by_kind["question"], key=True)
        if not self.index.tells(words.QUESTION, question, "answer", "options", "private"):
            return FALSE
        if raw.get("private"):
            return self._bad(
                (*path, question), "private-in-rule", f"{question!r} is private and may stand in no rule", key=True
            )
        options = raw.get("options") or (
            {words.YES: "", words.NO: ""} if raw.get("answer", words.YES_NO) == words.YES_NO else {}
        )
        nodes = []
        for i, value in enumerate(values if isinstance(values, list) else [values]):
            at = (*path, question, i) if isinstance(values, list) else (*path, question)
            if value == words.THIS:
                if not self.sides or not set(words.SIDES) <= set(options):
                    return self._bad(at, "side-without-sides", f"{value!r} needs a rule for each side", EACH_SIDE)
            elif value not in options:
                return self._dangling(at, value, f"answer to {question!r}", options)
            nodes.append(Leaf(Is(question, value)))
        return nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))

    def _comparison(self, body: dict[str, Any], path: Path) -> tuple[str, float] | None:
        given = [k for k in COMPARISONS if k in body]
        if len(given) != 1:
            self._bad(path, "one-comparison", f"give exactly one of {', '.join(COMPARISONS)}")
            return None
        return given[0], float(body[given[0]])

    def _unit(self, body: dict[str, Any], unit: str, path: Path) -> bool:
        if "unit" not in body:
            self._bad(path, "threshold-without-unit", "a threshold needs its unit", f"Write `unit: {unit}`.")
            return False
        if body["unit"] != unit:
            message = f"the unit is {unit!r}, not {body['unit']!r}"
            self._bad((*path, "unit"), "unit-mismatch", message, f"Write `unit: {unit}`, and the number in it.")
            return False
        return True

    def _number(self, body: dict[str, Any], path: Path) -> Node:
        compared = self._comparison(body, path)
        if body["of"] == words.AGE:
            unit = "years"
        else:
            raw = self.index.raw(words.QUESTION, body["of"])
            if raw is not None and not self.index.tells(words.QUESTION, body["of"], "answer", "unit", "private"):
                return FALSE
            numbers = [q for q, d in self.index.by_kind["question"].items() if d.data.get("answer") == words.NUMBER]
            if raw is None or raw.get("answer") != words.NUMBER:
                return self._dangling((*path, "of"), body["of"], "number that is asked", [*numbers, words.AGE])
            if raw.get("private"):
                message = f"{body['of']!r} is private and may stand in no rule"
                return self._bad((*path, "of"), "private-in-rule", message)
            unit = str(raw.get("unit", ""))
        if compared is None or not self._unit(body, unit, path):
            return FALSE
        return Leaf(Compare(body["of"], compared[0], compared[1], unit))

    def _check(self, body: dict[str, Any], path: Path) -> Node:
        check_id, _, measure_id = str(body["of"]).partition(".")
        check = self.index.raw(words.CHECK, check_id)
        if check is not None and not self.index.tells(words.CHECK, check_id, "measures", "sided", "cutoffs"):
            return FALSE
        measures = (check or {}).get("measures", {})
        if check is None or measure_id not in measures:
            known = [(c, d.data["measures"]) for c, d in self.index.by_kind["check"].items() if d.sound]
            every = [f"{c}.{m}" for c, found in known for m in found]
            return self._dangling((*path, "of"), body["of"], "measure of a check", every)
        measure, sided = measures[measure_id], bool(check.get("sided", False))
        take = body.get("take", "value")
        side = body.get("side", "")
        if take != "value":
            if not sided or side:
                return self._bad(
                    path, "side-mismatch", f"`take: {take}` compares the two sides of a check that has sides"
                )
        elif sided != bool(side):
            return self._bad(
                path,
                "side-missing" if sided else "side-unknown",
                f"{check_id!r} {'has' if sided else 'has no'} sides",
                "Write `side: this` (or left, right, any, both)." if sided else "Leave out `side`.",
            )
        if side in (words.THIS, words.OTHER) and not self.sides:
            return self._bad(path, "side-without-sides", f"`side: {side}` needs a rule for each side", EACH_SIDE)
        of = str(body["of"])
        if "is" in body:
            options = measure.get("options") or {words.YES: "", words.NO: ""}
            values = body["is"] if isinstance(body["is"], list) else [body["is"]]
            for i, value in enumerate(values):
                if value not in options:
                    at: Path = (*path, "is", i) if isinstance(body["is"], list) else (*path, "is")
                    return self._dangling(at, value, f"result of {of!r}", options)
            return _sides(side, lambda s: _any([Leaf(Is(of, v, s)) for v in values]))
        if measure.get("answer") != words.NUMBER:
            return self._bad(path, "not-a-number", f"{of!r} is not a number", "Compare it with `is:`.")
        unit = str(measure.get("unit", ""))
        if "beyond" in body:
            return self._beyond(body, check, of, unit, take, side, path)
        compared = self._comparison(body, path)
        if compared is None or not self._unit(body, unit, path):
            return FALSE
        op, limit = compared
        return _sides(side, lambda s: Leaf(Compare(of, op, limit, unit, take, s)))

    def _beyond(
        self, body: dict[str, Any], check: dict[str, Any], of: str, unit: str, take: str, side: str, path: Path
    ) -> Node:
        """A cut-off by bands, so written that an unknown age or sex still decides what every band agrees on."""
        table = check.get("cutoffs", {}).get(body["beyond"])
        if table is None:
            return self._dangling((*path, "beyond"), body["beyond"], "cut-off of this check", check.get("cutoffs", {}))
        if table["unit"] != unit:
            return self._bad(
                (*path, "beyond"), "unit-mismatch", f"the cut-off is in {table['unit']!r}, the measure in {unit!r}"
            )
        owner = Parser(self.index, self.index.by_kind[words.CHECK][of.partition(".")[0]], self.sides)
        at: Path = ("cutoffs", body["beyond"])
        bands: list[tuple[Node | None, str, float]] = []
        for i, band in enumerate(table["bands"]):
            compared = owner._comparison({k: v for k, v in band.items() if k != "when"}, (*at, "bands", i))
            if compared is None:
                return FALSE
            when = owner.parse(band["when"], (*at, "bands", i, "when")) if "when" in band else None
            bands.append((when, *compared))
        applies = owner.parse(table["when"], (*at, "when")) if "when" in table else None

        def on(s: str) -> Node:
            tests = [Leaf(Compare(of, op, limit, unit, take, s)) for _, op, limit in bands]
            if all(when is None for when, _, _ in bands):
                return tests[0] if len(tests) == 1 else AllOf(tuple(tests))
            own = (AllOf((when, test)) for (when, _, _), test in zip(bands, tests, strict=True) if when)
            node: Node = AnyOf((AllOf(tuple(tests)), *own))
            return AllOf((applies, node)) if applies else node

        return _sides(side, on)

    def _finding(self, body: Any, path: Path) -> Node:
        finding, side = (body, "") if isinstance(body, str) else (body["id"], body.get("side", ""))
        vocabulary = self.index.vocabulary
        if not vocabulary.has(FINDINGS, finding):
            return self._dangling(path, finding, "finding of terms.yaml", vocabulary.known(FINDINGS))
        self.index.used.add((words.FINDING, finding))
        entry = vocabulary.entry(FINDINGS, finding)
        if entry is None:
            return FALSE
        sided = bool(entry.get("sided", False))
        if sided != bool(side):
            return self._bad(
                path,
                "side-missing" if sided else "side-unknown",
                f"the finding {finding!r} {'has' if sided else 'has no'} sides",
                f"Write `finding: {{id: {finding}, side: any}}`." if sided else f"Write `finding: {finding}`.",
            )
        return self._keyed(words.FINDING, finding, side, path)

    def _pattern(self, body: dict[str, Any], path: Path) -> Node:
        raw = self.index.raw(words.PATTERN, body["id"])
        if raw is None:
            return self._dangling((*path, "id"), body["id"], "pattern", self.index.by_kind["pattern"])
        if not self.index.tells(words.PATTERN, body["id"], "sided"):
            return FALSE
        side = body.get("side", "")
        if bool(raw.get("sided", False)) != bool(side):
            return self._bad(
                path, "side-mismatch", f"the pattern {body['id']!r} {'needs a side' if not side else 'has no sides'}"
            )
        return self._keyed(words.PATTERN, f"{body['id']}.{body['label']}", side, path)

    def _keyed(self, kind: str, item_id: str, side: str, path: Path) -> Node:
        if side in (words.THIS, words.OTHER) and not self.sides:
            return self._bad(path, "side-without-sides", f"`side: {side}` needs a rule for each side", EACH_SIDE)
        return _sides(side, lambda s: Atom(Key(kind, item_id, s)))

    def _row(self, kind: str, item_id: str, path: Path) -> Node:
        raw = self.index.raw(kind, item_id)
        if raw is None:
            return self._dangling(path, item_id, "triage row" if kind == "triage" else kind, self.index.by_kind[kind])
        if raw.get("each_side"):
            return AnyOf(tuple(Atom(Key(kind, item_id, s)) for s in words.SIDES))
        return Atom(Key(kind, item_id))


def _any(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))


def _sides(side: str, on: Any) -> Node:
    if side == "any":
        return AnyOf(tuple(on(s) for s in words.SIDES))
    if side == "both":
        return AllOf(tuple(on(s) for s in words.SIDES))
    node: Node = on(side)
    return node
