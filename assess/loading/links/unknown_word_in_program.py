"""program.yaml names a muscle, a part of the day, a source or a number of a dose that there is not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from string import Formatter
from typing import TYPE_CHECKING, Any

from assess.errors import Problem, did_you_mean
from assess.loading.vocabulary import MUSCLES, SOURCES
from assess.model import words

if TYPE_CHECKING:
    from assess.loading.links import Linked
    from assess.loading.yaml12 import Path

CODE = "unknown-word-in-program"


def check(linked: Linked) -> Iterator[Problem]:
    """Targets, slots, citations, and the blanks in the words of doses and reasons."""
    base, vocabulary = linked.base, linked.index.vocabulary
    program = base.program
    yield from _sites(linked, program.get("sites", {}))
    slots = [slot["id"] for slot in program.get("slots", ())]
    named: list[tuple[Path, str]] = [((key,), program[key]) for key in ("keep", "exercise_slot") if key in program]
    named += [(("drop_order", i), slot) for i, slot in enumerate(program.get("drop_order", ()))]
    for path, slot in named if slots else ():
        yield from _word(linked, path, slot, slots, "slot of this file")
    for path, key in _cited(program, ()):
        if not vocabulary.has(SOURCES, key):
            known = vocabulary.known(SOURCES)
            yield from _word(linked, path, key, known, "source of sources.yaml", key=True)
    for name, dose in program.get("doses", {}).items():
        yield from _blanks(linked, ("doses", name, "text"), dose["text"], {"each", *dose} - {"text", "sources"})
    says: Mapping[str, str] = program.get("because", {})
    for name in says:
        yield from _blanks(linked, ("because", name), says[name], {name})
    for name in ("say", "tell") if "unsure" in program else ():
        yield from _blanks(linked, ("unsure", name), program["unsure"][name], {"title"})
    row = "not_known_row"
    if row in program.get("left_out", {}):
        yield from _blanks(linked, ("left_out", row), program["left_out"][row], {"title"})


def _sites(linked: Linked, sites: Mapping[str, Any]) -> Iterator[Problem]:
    """Each place where the pain may be has its entry, and each entry's muscles are in the vocabulary."""
    vocabulary, asked = linked.index.vocabulary, linked.base.by_role(words.SITE)
    places = tuple(asked.options) if asked else tuple(sites)
    for site, entry in sites.items():
        yield from _word(linked, ("sites", site), site, places, "place of pain that is asked for", key=True)
        for i, muscle in enumerate(entry.get("default_targets", ())):
            if not vocabulary.has(MUSCLES, muscle):
                path = ("sites", site, "default_targets", i)
                yield from _word(linked, path, muscle, vocabulary.known(MUSCLES), "muscle of terms.yaml")
    for site in places if sites else ():
        if site not in sites:
            located = linked.single("program").located
            yield located.problem(("sites",), CODE, f"nothing is said of pain at {site!r}", "Add an entry.", key=True)


def _word(
    linked: Linked, path: Path, word: str, known: Collection[str], said: str, *, key: bool = False
) -> Iterator[Problem]:
    if word not in known:
        hint = did_you_mean(word, known) or f"There are: {', '.join(sorted(known)[:20])}."
        yield linked.single("program").located.problem(path, CODE, f"{word!r} is no {said}", hint, key=key)


def _cited(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key.endswith("sources") and isinstance(inner, Mapping):
                yield from (((*path, key, source), source) for source in inner)
            else:
                yield from _cited(inner, (*path, key))


def _blanks(linked: Linked, path: Path, text: str, known: Collection[str]) -> Iterator[Problem]:
    try:
        blanks = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        yield linked.single("program").located.problem(path, CODE, f"a brace is not closed or not opened: {error}")
        return
    for blank in blanks:
        if blank not in known:
            hint = f"There are: {', '.join(f'{{{k}}}' for k in sorted(known))}."
            yield linked.single("program").located.problem(path, CODE, f"nothing fills the blank {{{blank}}}", hint)
