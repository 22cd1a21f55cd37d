"""Something is asked, found, cited or tagged and nothing uses it: dead weight, or a rule that was forgotten.

Looks at questions that no rule reads, findings that no check makes or that lead nowhere, tags that no item carries and
nothing bars, sources that nothing cites, topics without a question. Whoever answers a line expects that it matters.

Mend it by letting a rule use it, or by taking it away.

Bad:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    sources: {design: design-value}

Good:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    sources: {design: design-value}
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {new-line: yes}}
    say: You told us about this sign.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {new-line: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.model import words

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "sound"


def check(context: Context) -> Iterator[Problem]:
    """Questions, findings, sources, tags and topics."""
    yield from _questions(context)
    base, used = context.base, context.index.used
    terms = context.single("terms").located
    for finding, entry in base.terms.findings.items():
        read = (words.FINDING, finding) in used  # one that is read and not found is a problem of loading
        if ("found", finding) not in used and not read:
            yield terms.problem(("findings", finding), "unused-item", f"no check finds {finding!r}", key=True)
        elif not read and not entry.get("muscle") and not entry.get("told_only"):
            yield terms.problem(
                ("findings", finding),
                "unused-item",
                f"nothing follows from the finding {finding!r}",
                "Let a rule read it, or say why it is only told: `told_only: ...`.",
                key=True,
            )
    carried = {
        tag for group in (base.exercises, base.checks, base.relief) for item in group.values() for tag in item.tags
    }
    barred = {tag for row in base.rows.values() for tag in row.bars}
    for tag in base.terms.tags:
        if tag not in carried | barred:
            yield terms.problem(
                ("tags", tag), "unused-item", f"no item carries the tag {tag!r}, and nothing bars it", key=True
            )
    cited = {key for item in base.items() for key in item.sources} | set(_cited_in(base.program))
    sources = context.single("sources").located
    for key in base.sources:
        if key not in cited and not _register(key):
            yield sources.problem((key,), "unused-item", f"nothing cites {key!r}", key=True)
    asked = {q.topic for q in base.questions.values()}
    for i, topic in enumerate(base.terms.topics):
        if topic["id"] not in asked:
            yield terms.problem(("topics", i, "id"), "unused-item", f"no question belongs to the topic {topic['id']!r}")


def _register(key: str) -> bool:
    """The brief's register S01-S117 is kept whole: later knowledge cites the rest."""
    return key.startswith("S") and key[1:].isdigit()


def _cited_in(value: object) -> Iterator[str]:
    if hasattr(value, "items"):
        for key, inner in value.items():
            if key.endswith("sources") and hasattr(inner, "keys"):
                yield from inner
            yield from _cited_in(inner)


def _questions(context: Context) -> Iterator[Problem]:
    base, used = context.base, context.index.used
    for question in base.questions.values():
        opens = any(question.id in (q.stem, q.follows) for q in base.questions.values())
        if question.role or question.private or question.required or opens or (words.QUESTION, question.id) in used:
            continue
        yield context.at(question, ("id",), "unused-item", f"no rule uses the answer to {question.id!r}")
