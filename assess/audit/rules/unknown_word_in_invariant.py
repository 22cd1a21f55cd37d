"""An invariant selects by a word that names nothing: it would hold for want of anything to look at.

Looks at `never`, `at_most`, `present` and `no_match` of every invariant; tags are looked up when the files are read. An
invariant about nothing is always true, and whoever relies on it is deceived.

Mend it by naming what there is. Where an item was renamed, the invariant follows it.

Bad:
    # invariants/new-promise.yaml
    id: new-promise
    scope: rules
    says: No heat for somebody who was hurt.
    whenever: {answer: {injury: yes}}
    never: {uses: [heating]}
    sources: {design: design-value}

Good:
    # invariants/new-promise.yaml
    id: new-promise
    scope: rules
    says: No heat for somebody who was hurt.
    whenever: {answer: {injury: yes}}
    never: {uses: [heat]}
    sources: {design: design-value}
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem, did_you_mean
from assess.loading.vocabulary import MUSCLES
from assess.model import words
from assess.plan.invariants import BOUNDS, PRESENT

if TYPE_CHECKING:
    from assess.audit.run import Context
    from assess.loading.yaml12 import Path
    from assess.model.knowledge import Invariant

SEVERITY = "error"
NEEDS = "files"
ACCEPTABLE = False

KINDS = (words.EXERCISE, words.RELIEF, words.CHECK)
TIERS = (words.MAJOR, words.CONDITIONAL, words.SUPPORT, words.MINOR)


def check(context: Context) -> Iterator[Problem]:
    """`never`, `at_most`, `present` and `no_match`; tags are looked up where they are linked."""
    documents, vocabulary = context.documents, context.index.vocabulary
    ids = {i for kind, i in documents if kind in KINDS}
    uses = {str(d.data.get("use")) for (kind, _), d in documents.items() if kind in KINDS}
    for invariant in context.base.invariants.values():
        never = invariant.never
        for name, chosen, known in (
            ("ids", never.ids, ids),
            ("kinds", never.kinds, KINDS),
            ("uses", never.uses, uses),
            ("tiers", never.tiers, TIERS),
        ):
            for i, word in enumerate(chosen):
                yield from _word(context, invariant, ("never", name, i), word, known)
        for i, muscle in enumerate(never.muscles):
            if not vocabulary.has(MUSCLES, muscle):
                yield from _word(context, invariant, ("never", "muscles", i), muscle, vocabulary.known(MUSCLES))
        for bound in invariant.at_most:
            yield from _word(context, invariant, ("at_most", bound), bound, BOUNDS, key=True)
        for i, name in enumerate(invariant.present):
            yield from _word(context, invariant, ("present", i), name, PRESENT)
        for i, pattern in enumerate(invariant.no_match):
            try:
                re.compile(pattern)
            except re.error as error:
                message = f"this is no regular expression: {error}"
                yield context.at(invariant, ("no_match", i), "unknown-word-in-invariant", message)


def _word(
    context: Context, invariant: Invariant, path: Path, word: str, known: Collection[str], *, key: bool = False
) -> Iterator[Problem]:
    if word not in known:
        hint = did_you_mean(word, known) or f"There are: {', '.join(sorted(known))}."
        yield context.at(
            invariant, path, "unknown-word-in-invariant", f"{word!r} names nothing that can be in a plan", hint, key=key
        )
