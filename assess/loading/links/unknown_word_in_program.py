"""program.yaml names a muscle, a part of the day, a source or a number of a dose that there is not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from string import Formatter
from typing import TYPE_CHECKING, Any

from assess.errors import Problem, did_you_mean
from assess.loading.vocabulary import MUSCLES, SOURCES

if TYPE_CHECKING:
    from assess.loading.links import Linked
    from assess.loading.yaml12 import Path

CODE = "unknown-word-in-program"


def check(linked: Linked) -> Iterator[Problem]:
    """Targets, slots, citations, and the blanks in the words of doses and reasons."""
    base, vocabulary = linked.base, linked.index.vocabulary
    program = base.program
    for i, muscle in enumerate(program.get("default_targets", ())):
        if not vocabulary.has(MUSCLES, muscle):
            yield from _word(linked, ("default_targets", i), muscle, vocabulary.known(MUSCLES), "muscle of terms.yaml")
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
    row = "not_known_row"
    if row in program.get("left_out", {}):
        yield from _blanks(linked, ("left_out", row), program["left_out"][row], {"title"})


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
