"""A text that a person sees holds what an invariant of scope `text` forbids: a dose, a promise, a frightening word.

Looks at every text that can reach a person, in every file but the sources, the manifest and the invariants. The
invariants of scope `text` say what must not be read there, as regular expressions, each with its reason.

Mend it by saying the same in other words. If the word is right, the invariant is wrong: change that, with a reason.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {injury: yes}}
    say: Take 400 mg and lie down.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}

Good:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {injury: yes}}
    say: Lie down and ring somebody.
    act: [Show it to somebody.]
    sources: {design: design-value}
    cases:
      - {says: it holds, given: {injury: yes}, expect: yes}
      - {says: it does not, given: {}, expect: no}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assess.errors import Problem

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "files"
ACCEPTABLE = False

UNSEEN = {
    "id", "ref", "sources", "cases", "when", "level_when", "tags", "bars", "healthy", "role", "topic", "needs",
    "only_when", "cutoffs", "whenever", "unless", "never", "no_match", "was", "dose_caps", "muscle", "position",
    "unit", "answer", "seed_groups", "tiers", "quotas", "sites", "unlock_minor", "grade", "kind", "quality",
    "region", "level", "use", "stem", "follows", "unless_asked", "counts_if", "unable_means", "focus", "sides",
    "activation", "accept",
}  # fmt: skip
"""Keys below which nothing is shown to a person, or only under the field's own names."""


def check(context: Context) -> Iterator[Problem]:
    """Every text of every file but the sources, the manifest and the invariants themselves."""
    patterns = [
        (i.id, pattern)
        for i in context.base.invariants.values()
        if i.scope == "text"
        for pattern in map(_compiled, i.no_match)
        if pattern
    ]
    for document in context.documents.values():
        if document.kind in ("invariant", "sources", "manifest"):
            continue
        shown = {k: v for k, v in document.data.items() if not (document.kind == "pattern" and k == "muscles")}
        for path, text in _seen(shown, ()):
            for invariant, pattern in patterns:
                hit = pattern.search(text)
                if hit:
                    yield document.located.problem(
                        path, "forbidden-word", f"{hit.group(0)!r} must not reach a person ({invariant})",
                        "Say it in other words.",
                    )  # fmt: skip


def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:  # unknown-word-in-invariant says so
        return None


def _seen(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in UNSEEN and not str(key).endswith("sources"):
                yield from _seen(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _seen(inner, (*path, i))
