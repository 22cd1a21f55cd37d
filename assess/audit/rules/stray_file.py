"""A file that looks like knowledge lies where nothing reads it: somebody believes that it counts.

Looks at YAML and JSON below the directory of the knowledge: outside the folders of the kinds, one level too deep, or
under another ending than `.yaml`.

Mend it by moving or renaming the file, or by taking it away.

Bad:
    # triage/new-sign.yml
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

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from assess.errors import Place, Problem
from assess.loading.source import FIGURES, FOLDERS, SINGLES

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "error"
NEEDS = "files"

SUFFIXES = (".yaml", ".yml", ".json")


def check(context: Context) -> Iterator[Problem]:
    """YAML and JSON outside the folders of the kinds, under another ending, or one level too deep."""
    for path in sorted(_strays(context.root, "")):
        yield Problem(
            Place(f"{context.shown}/{path}"),
            "stray-file",
            "nothing reads this file",
            "Items lie directly in the folder of their kind, and their names end in .yaml.",
        )


def _strays(directory: Traversable, under: str) -> Iterator[str]:
    for entry in directory.iterdir():
        path = f"{under}{entry.name}"
        if entry.name.startswith(".") or path == FIGURES:
            continue
        if entry.is_dir():
            yield from _strays(entry, f"{path}/")
        elif entry.name.lower().endswith(SUFFIXES) and not _is_read(path):
            yield path


def _is_read(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    return suffix == "yaml" and (folder in FOLDERS if folder else stem in SINGLES)
