"""Every problem that reading a file of the knowledge can have, by its code, with a sentence for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assess.loading.documents import schema

CODES = {
    # the file
    "missing-file": "A file that there must be at the top of the knowledge is not there.",
    "too-large": "The file is larger than any file of the knowledge should be.",
    "not-text": "The file is no plain text in UTF-8.",
    "not-yaml": "The text is no YAML.",
    "tab": "A tab stands where YAML wants spaces.",
    "several-documents": "A second document begins after a line of three hyphens.",
    "alias": "An alias of YAML is used, which is not read.",
    "tag": "A tag of YAML is used, which is not read.",
    "too-deep": "Lists and mappings are nested too deep.",
    "key": "A key is no word.",
    "duplicate-key": "A key stands twice in one mapping.",
    # its shape
    "unknown-key": "A key is none of those that can stand here.",
    "wrong-type": "A value is of another type than is wanted here.",
    "unknown-word": "A word is none of those that can stand here.",
    "missing-case": "A rule has fewer than two cases.",
    "one-operator": "A condition has more or fewer than one operator.",
    "one-comparison": "A comparison has more or fewer than one bound.",
    "too-few": "Fewer entries than are needed.",
    "too-many": "More entries than are allowed.",
    "empty-text": "A text is empty.",
    "too-long": "A text is longer than there is room for.",
    "out-of-range": "A number lies outside its bounds.",
    "not-an-id": "An id is not written as ids are: lower-case words joined by hyphens.",
    "id-is-not-file-name": "An item's id is not the name of its file.",
    "schema": "The file does not fit the schema of its kind.",
    "missing-activation": "A stretch names no activation that rides on it.",
    # its references
    "dangling-reference": "Something is named that there is not.",
    "duplicate-id": "An id is used twice, or is a word of the rule language, or is a former id.",
    "unknown-source": "A source is named that sources.yaml does not have.",
    "unknown-word-in-item": "An item names a position, a dose or a topic that there is not.",
    "unknown-word-in-program": "program.yaml names something that there is not, or a blank that nothing fills.",
    "unknown-word-in-terms": "terms.yaml names something that there is not.",
    "unmade-finding": "A rule reads a finding that no check makes.",
    "rule-cycle": "Rules, or lines that open each other, lean on each other in a circle.",
    # its conditions
    "at-least-too-many": "More conditions are asked for than there are.",
    "known-of-conclusion": "`known:` stands around a conclusion instead of an answer.",
    "not-a-number": "Something is compared as a number that is none.",
    "private-in-rule": "A rule reads a private answer.",
    "side-mismatch": "Two sides are compared, or named, where there are none.",
    "side-missing": "A condition names no side where there are two.",
    "side-unknown": "A condition names a side where there is none.",
    "side-without-sides": "A condition says `this` or `other` in a rule that is not written for each side.",
    "threshold-without-unit": "A number stands without its unit.",
    "unit-mismatch": "A number is given in another unit than what it is compared with.",
}
"""What each code says; missing keys, of which there are many, are made from the schema."""

NEEDED = ("healthy", "max", "min", "options", "unit")
"""Keys that only some answers need, beside those that the schema asks for."""


def codes() -> dict[str, str]:
    """Every code with its sentence."""
    missing = sorted({*NEEDED, *_required(schema()["$defs"])})
    said = {f"missing-{key.replace('_', '-')}": f"The key `{key}` is missing where it is needed." for key in missing}
    return {**said, **CODES}


def _required(part: Any) -> Iterator[str]:
    """The keys that some part of the schema asks for; answers files are no part of the knowledge."""
    if isinstance(part, dict):
        if isinstance(part.get("required"), list):
            yield from part["required"]
        for key, inner in part.items():
            if key != "answers":
                yield from _required(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _required(inner)
