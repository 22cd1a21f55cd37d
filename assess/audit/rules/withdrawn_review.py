"""A clinician signed this, and it is not what was signed any more; the signature counts for nothing.

Looks at every signature in every file: at the hash that was written with it, over what the file said and over what its
words meant then. A change of the rule, or of a line, a measure, a source or a word that it uses, withdraws the
signature: nobody may rest on a reading of something else. One without date, name or hash never counted.

Mend it by letting a clinician read it again (`assess sign`), or by taking the lines of the signature away.

Bad:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    accept: [{rule: unused-item, why: The letter shows the answer to the physiotherapist.}]
    sources: {design: design-value}
    reviewed_on: 2026-11-24
    reviewed_by: Jo Field, physiotherapist
    reviewed_sha256: 0f5a8f1c6e6e2b1d0c0e9e6f7a3b2c1d0f5a8f1c6e6e2b1d0c0e9e6f7a3b2c1d

Good:
    # questions/new-line.yaml
    id: new-line
    topic: behaviour
    order: 900
    answer: yes-no
    ask: Is it so?
    why: It matters.
    accept: [{rule: unused-item, why: The letter shows the answer to the physiotherapist.}]
    sources: {design: design-value}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem
from assess.loading.signature import BY, KEYS, ON, SHA256, WHOLE
from assess.model.review import Review

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "note"
NEEDS = "sound"
ACCEPTABLE = False


def check(context: Context) -> Iterator[Problem]:
    """Signatures that do not stand."""
    base = context.base
    for (kind, name), document in context.documents.items():
        review = base.manifest.review if kind == WHOLE else base.reviews.get(name)
        if review is None or review.stands:
            continue
        lacking = [key for key in (ON, BY, SHA256) if not document.data.get(key)]
        at = next(key for key in KEYS if document.data.get(key))
        hint = "Let it be read and signed again with `assess sign`, or take the signature away."
        yield document.located.problem((at,), "withdrawn-review", _said(review, kind, lacking), hint, key=True)


def _said(review: Review, kind: str, lacking: list[str]) -> str:
    if lacking:
        return f"the signature counts for nothing: it has no {', '.join(f'`{key}`' for key in lacking)}"
    what = "something in the knowledge" if kind == WHOLE else "what it was over"
    return f"{review.by} signed on {review.on}; {what} has changed since, and the signature is withdrawn"
