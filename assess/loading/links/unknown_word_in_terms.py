"""terms.yaml names a muscle or a finding that it does not have itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.errors import Problem, did_you_mean
from assess.loading.vocabulary import FINDINGS, MUSCLES

if TYPE_CHECKING:
    from assess.loading.links import Linked
    from assess.loading.yaml12 import Path


def check(linked: Linked) -> Iterator[Problem]:
    """The units of the seed's groups, and the muscles of findings and what they repeat."""
    terms = linked.base.terms
    words: list[tuple[Path, str, str]] = [
        (("seed_groups", i, "units", j), MUSCLES, unit)
        for i, group in enumerate(terms.seed_groups)
        for j, unit in enumerate(group["units"])
    ]
    for finding, entry in terms.findings.items():
        words += [((FINDINGS, finding, "muscle"), MUSCLES, entry["muscle"])] if "muscle" in entry else []
        words += [((FINDINGS, finding, "repeats"), FINDINGS, entry["repeats"])] if "repeats" in entry else []
    vocabulary = linked.index.vocabulary
    for path, name, word in words:
        if not vocabulary.has(name, word):
            hint = did_you_mean(word, vocabulary.known(name)) or f"Add it to `{name}:` of this file."
            message = f"{word!r} is not among the {name}"
            yield linked.single("terms").located.problem(path, "unknown-word-in-terms", message, hint)
