"""One document -> one item of the knowledge, collecting what does not link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from assess.loading.conditions import Index, Parser
from assess.loading.documents import Document
from assess.loading.vocabulary import FINDINGS, MUSCLES, TAGS
from assess.loading.yaml12 import Path
from assess.model import knowledge as k
from assess.model import words
from assess.model.conditions import Key
from assess.rules.nodes import FALSE, TRUE, Atom, Node


def make(document: Document, index: Index) -> k.Item:
    """The item of a document that has the right shape."""
    return _MAKERS[document.kind](document, index)


def _common(d: Document) -> dict[str, Any]:
    raw = d.data
    evidence = raw.get("evidence")
    return {
        "id": d.id,
        "kind": d.kind,
        "place": d.located.place(("id",)),
        "title": raw.get("title", raw.get("ask", raw.get("says", d.id))),
        "ref": tuple(raw.get("ref", ())),
        "sources": MappingProxyType(raw.get("sources", {})),
        "evidence": k.Evidence(evidence["grade"], evidence["note"]) if evidence else None,
        "cases": tuple(
            k.Case(
                c["says"],
                MappingProxyType(c["given"]),
                c["expect"],
                c.get("side", ""),
                c.get("finding", ""),
                c.get("start", "healthy"),
            )
            for c in raw.get("cases", ())
        ),
        "was": tuple(raw.get("was", ())),
    }


def _cond(raw: Mapping[str, Any], key: str, parser: Parser, default: Node) -> Node:
    return parser.parse(raw[key], (key,)) if key in raw else default


def _question(d: Document, index: Index) -> k.Question:
    raw = d.data
    parser = Parser(index, d, sides=False)
    kind = raw["answer"]
    options = raw.get("options", {})
    for key in ("stem", "follows"):
        if key in raw and index.raw(words.QUESTION, raw[key]) is None:
            index.dangling(d, (key,), raw[key], "question", index.by_kind["question"])
    if kind == words.NUMBER:
        for key in ("unit", "min", "max", "healthy"):
            if key not in raw:
                index.problems.append(d.located.problem((), f"missing-{key}", f"a number needs `{key}`", key=True))
    if kind == words.CHOICE:
        for key in ("options", "healthy"):
            if key not in raw:
                index.problems.append(d.located.problem((), f"missing-{key}", f"a choice needs `{key}`", key=True))
    if options and raw.get("healthy") not in options:
        index.problems.append(
            d.located.problem(("healthy",), "dangling-reference", f"{raw.get('healthy')!r} is not an option", key=True)
        )
    clarifier = raw.get("clarifier")
    return k.Question(
        **_common(d),
        topic=raw["topic"],
        order=raw["order"],
        answer=kind,
        ask=raw["ask"],
        help=raw.get("help", ""),
        why=raw["why"],
        options=MappingProxyType(options),
        minimum=raw.get("min", 0),
        maximum=raw.get("max", 0),
        step=raw.get("step", 1),
        unit=raw.get("unit", ""),
        at_most_age=raw.get("at_most_age", False),
        loinc=raw.get("loinc", ""),
        grows_per_week=raw.get("grows_per_week", 0),
        stem=raw.get("stem", ""),
        checklist=raw.get("checklist", False),
        follows=raw.get("follows", ""),
        when=_cond(raw, "when", parser, TRUE),
        unless_asked=raw.get("unless_asked", words.NO),
        clarifier=k.Clarifier(clarifier["ask"], clarifier["cant_tell"]) if clarifier else None,
        role=raw.get("role", ""),
        offer_unsure=raw.get("offer_unsure", True),
        required=raw.get("required", False),
        lasting=raw.get("lasting", False),
        private=raw.get("private", False),
        shows=tuple(raw.get("shows", ())),
        healthy=raw.get("healthy", words.NO),
    )


def _refer(raw: Mapping[str, Any]) -> k.Refer | None:
    refer = raw.get("refer")
    return k.Refer(refer["to"], refer["within"]) if refer else None


def _row(d: Document, index: Index) -> k.Row:
    raw = d.data
    parser = Parser(index, d, sides=raw.get("each_side", False))
    _tags(raw, "bars", d, index)
    return k.Row(
        **_common(d),
        when=_cond(raw, "when", parser, FALSE),
        level=raw.get("level", words.SELF_CARE),
        level_when=parser.parse(raw["level_when"], ("level_when",)) if "level_when" in raw else None,
        within=raw.get("within", ""),
        say=raw["say"],
        act=tuple(raw.get("act", ())),
        bars=tuple(raw.get("bars", ())),
        refer=_refer(raw),
        clearable=raw.get("clearable", True),
        unsure_level=raw.get("unsure_level", False),
        each_side=raw.get("each_side", False),
        finding=_noted(d, index) if "finding" in raw else None,
        dose_caps=MappingProxyType(raw.get("dose_caps", {})),
    )


def _tags(raw: Mapping[str, Any], key: str, d: Document, index: Index, under: Path = ()) -> None:
    for i, tag in enumerate(raw.get(key, ())):
        if not index.vocabulary.has(TAGS, tag):
            index.dangling(d, (*under, key, i), tag, "tag of terms.yaml", index.vocabulary.known(TAGS))
        else:
            index.used.add((f"tag-{key}", tag))


def _muscle(muscle: str, path: tuple[str | int, ...], d: Document, index: Index, *, key: bool = False) -> None:
    if not index.vocabulary.has(MUSCLES, muscle):
        known = index.vocabulary.known(MUSCLES)
        index.dangling(d, path, muscle, "muscle of terms.yaml", known, key=key)


def _finding_entry(
    finding: str, path: tuple[str | int, ...], d: Document, index: Index, *, key: bool
) -> Mapping[str, Any] | None:
    if not index.vocabulary.has(FINDINGS, finding):
        known = index.vocabulary.known(FINDINGS)
        index.dangling(d, path, finding, "finding of terms.yaml", known, key=key)
    index.used.add(("found", finding))
    return index.vocabulary.entry(FINDINGS, finding)


def _finding(finding: str, entry: Mapping[str, Any] | None, sided: bool, when: Node, check: str) -> k.Finding:
    said = entry or {}
    return k.Finding(
        finding,
        said.get("text", finding),
        sided,
        said.get("muscle", ""),
        said.get("quality", ""),
        when,
        check,
        said.get("for_clinician", False),
    )


def _noted(d: Document, index: Index) -> k.Finding:
    """The finding as which a modifier is recorded: it holds where the modifier is known to."""
    entry = _finding_entry(d.data["finding"], ("finding",), d, index, key=False)
    return _finding(d.data["finding"], entry, False, Atom(Key(words.MODIFIER, d.id)), "")


def _check(d: Document, index: Index) -> k.Check:
    raw = d.data
    _tags(raw, "tags", d, index)
    for i, muscle in enumerate(raw.get("muscles", ())):
        _muscle(muscle, ("muscles", i), d, index)
    measures = tuple(
        k.Measure(
            m_id,
            m["ask"],
            m["answer"],
            MappingProxyType(m.get("options", {})),
            m.get("min", 0),
            m.get("max", 0),
            m.get("step", 1),
            m.get("unit", ""),
            m.get("error", 0),
            m.get("unable_means", ""),
            m.get("counts_if", ""),
        )
        for m_id, m in raw["measures"].items()
    )
    findings = []
    for finding, condition in raw["findings"].items():
        path = ("findings", finding)
        entry = _finding_entry(finding, path, d, index, key=True)
        # where its words cannot be read, nobody knows whether it has sides: `this` is let pass
        sided = entry is None or bool(entry.get("sided", False))
        findings.append(_finding(finding, entry, sided, Parser(index, d, sides=sided).parse(condition, path), d.id))
    return k.Check(
        **_common(d),
        alone=raw["alone"],
        minutes=raw["minutes"],
        first=raw.get("first", False),
        sided=raw.get("sided", False),
        region=raw["region"],
        position=raw["position"],
        muscles=tuple(raw.get("muscles", ())),
        tags=tuple(raw["tags"]),
        only_when=_cond(raw, "only_when", Parser(index, d, sides=False), TRUE),
        purpose=raw["purpose"],
        setup=tuple(raw.get("setup", ())),
        steps=tuple(raw["steps"]),
        stop=tuple(raw["stop"]),
        measures=measures,
        findings=tuple(findings),
    )


def _pattern(d: Document, index: Index) -> k.Pattern:
    raw = d.data
    parser = Parser(index, d, sides=raw.get("sided", False))

    def signs(key: str) -> tuple[k.Sign, ...]:
        return tuple(
            k.Sign(s["weight"], s["kind"], parser.parse(s["when"], (key, i, "when")))
            for i, s in enumerate(raw.get(key, ()))
        )

    for muscle in raw["muscles"]:
        _muscle(muscle, ("muscles", muscle), d, index, key=True)
    return k.Pattern(
        **_common(d),
        grade=raw["grade"],
        region=raw["region"],
        supports=signs("supports"),
        opposes=signs("opposes"),
        vetoes=tuple(parser.parse(v, ("vetoes", i)) for i, v in enumerate(raw.get("vetoes", ()))),
        cap=raw.get("cap", ""),
        sided=raw.get("sided", False),
        muscles=MappingProxyType(raw["muscles"]),
        lay=raw["lay"],
        honesty=raw["honesty"],
        advice=tuple(raw.get("advice", ())),
        refer=_refer(raw),
    )


def _exercise(d: Document, index: Index) -> k.Exercise:
    raw = d.data
    _tags(raw, "tags", d, index)
    _muscle(raw["muscle"], ("muscle",), d, index)
    parser = Parser(index, d, sides=raw["sides"] == "each")
    if "activation" in raw and index.raw(words.EXERCISE, raw["activation"]) is None:
        index.dangling(d, ("activation",), raw["activation"], "exercise", index.by_kind["exercise"])
    if raw["use"] == words.STRETCH and "activation" not in raw:
        index.problems.append(
            d.located.problem((), "missing-activation", "a stretch names the activation that rides on it", key=True)
        )
    return k.Exercise(
        **_common(d),
        use=raw["use"],
        muscle=raw["muscle"],
        level=raw.get("level", 0),
        focus=raw.get("focus", ""),
        order=raw.get("order", 50),
        sides=raw["sides"],
        position=raw["position"],
        tags=tuple(raw["tags"]),
        needs=_cond(raw, "needs", parser, TRUE),
        dose=raw["dose"],
        activation=raw.get("activation", ""),
        steps=tuple(raw["steps"]),
        feel=raw["feel"],
        easier=raw["easier"],
        harder=raw["harder"],
        elsewhere=raw["elsewhere"],
        stop=tuple(raw["stop"]),
    )


def _relief(d: Document, index: Index) -> k.Relief:
    raw = d.data
    _tags(raw, "tags", d, index)
    return k.Relief(
        **_common(d),
        use=raw["use"],
        tags=tuple(raw.get("tags", ())),
        needs=_cond(raw, "needs", Parser(index, d, sides=False), TRUE),
        order=raw["order"],
        steps=tuple(raw["steps"]),
        dose=raw.get("dose", ""),
        stop=tuple(raw.get("stop", ())),
    )


def _invariant(d: Document, index: Index) -> k.Invariant:
    raw = d.data
    parser = Parser(index, d, sides=raw.get("each_side", False))
    _tags(raw.get("never", {}), "tags", d, index, ("never",))
    chosen = {key: tuple(v) for key, v in raw.get("never", {}).items()}
    return k.Invariant(
        **_common(d),
        scope=raw["scope"],
        whenever=parser.parse(raw["whenever"], ("whenever",)) if "whenever" in raw else None,
        unless=parser.parse(raw["unless"], ("unless",)) if "unless" in raw else None,
        never=k.Selection(**chosen),
        each_side=raw.get("each_side", False),
        at_most=MappingProxyType(raw.get("at_most", {})),
        present=tuple(raw.get("present", ())),
        no_match=tuple(raw.get("no_match", ())),
    )


_MAKERS: Mapping[str, Callable[[Document, Index], k.Item]] = {
    words.QUESTION: _question,
    words.TRIAGE: _row,
    words.MODIFIER: _row,
    words.CHECK: _check,
    words.PATTERN: _pattern,
    words.EXERCISE: _exercise,
    words.RELIEF: _relief,
    words.INVARIANT: _invariant,
}
