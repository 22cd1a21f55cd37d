"""A template's blank (`<like this>`) is still there.

Looks at every text of every file. `assess new` writes such blanks for the author to fill; one that is left is shown to
a person as it stands.

Mend it by writing what the blank asks for.

Bad:
    # triage/new-sign.yaml
    id: new-sign
    title: A sign
    level: caution
    when: {answer: {injury: yes}}
    say: <one sentence that gives the reason>
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
    say: You told us about this sign.
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

from assess.audit.accepts import KEY
from assess.errors import Problem

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "files"

BLANK = re.compile(r"<[a-z][^<>]*>")


def check(context: Context) -> Iterator[Problem]:
    """Every text of every file."""
    for document in context.documents.values():
        for path, text in _texts(document.data, ()):
            if BLANK.search(text) and not _repeats(path):
                yield document.located.problem(path, "blank-left", f"this blank is not filled: {text}")


def _repeats(path: tuple[str | int, ...]) -> bool:
    """Whether a text is the `about` of an `accept`: that repeats the words of a finding."""
    return path[:1] == (KEY,) and path[-1] == "about"


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _texts(inner, (*path, i))
