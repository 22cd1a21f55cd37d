"""Words of a figure that nothing defines: places, poses, muscles, parts and things, each told where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assess.errors import Problem, did_you_mean
from assess.figures.body import DIRECTIONS, PARTS
from assess.figures.overlays import LIMB_PARTS
from assess.figures.read import Atlas
from assess.figures.things import KINDS, NEEDS
from assess.loading.yaml12 import Located
from assess.model.figures import Figure

Path = tuple[str | int, ...]
SPOTS = ("at", "to", "push", "move", "turn", "dot", "cross")
LISTS = {"angle": "spot", "distance": "spot", "muscles": "muscle", "rests": "part"}


def unknown_words(document: Located, atlas: Atlas) -> Iterator[Problem]:
    """Names in a figure, or in the poses and sites that figures share, that nothing is called."""
    known = {"spot": atlas.spots, "pose": atlas.poses, "muscle": atlas.muscles, "part": PARTS}
    for path, kind, said in _words(document.data, ()):
        word = said.removeprefix("this-").removeprefix("other-") if kind == "spot" else said
        if word not in known[kind]:
            hint = did_you_mean(word, known[kind])
            yield document.problem(path, f"unknown-{kind}", f"there is no {kind} {word!r}", hint)
        elif kind == "spot" and said == word and atlas.spots[word]["part"] in LIMB_PARTS:
            hint = f"Write this-{word} or other-{word}."
            yield document.problem(path, "unknown-spot", f"there are two of the spot {word!r}", hint)


def circles(document: Located, name: str) -> Iterator[Problem]:
    """Poses that are like each other without an end."""
    poses = document.data if name == "poses" else {}
    for pose, said in poses.items():
        seen = [pose]
        like = said.get("like")
        while like in poses and like not in seen:
            seen.append(like)
            like = poses[like].get("like")
        if like == pose:
            way = " is like ".join([*seen, pose])
            yield document.problem((pose, "like"), "pose-cycle", f"this has no end: {way}")


def things_that_cannot_be_drawn(document: Located, figure: Figure) -> Iterator[Problem]:
    """Kinds that nobody can draw, and those without their place; a picture may move a thing by its name alone."""
    for i, frame in enumerate(figure.frames):
        for thing in frame.pose.things:
            here = ("frames", i)
            if thing.kind not in KINDS:
                hint = did_you_mean(thing.kind, KINDS)
                yield document.problem(here, "unknown-thing", f"there is no thing {thing.kind!r}", hint)
            for key in NEEDS.get(thing.kind, ()):
                if getattr(thing, key) is None:
                    yield document.problem(here, "missing-place", f"a {thing.kind} needs its `{key}`")


def parts_that_are_not(document: Located, figure: Figure, atlas: Atlas) -> Iterator[Problem]:
    """Parts by themselves, and places on them, that nothing is called."""
    for i, frame in enumerate(figure.frames):
        if frame.part is None:
            continue
        here = ("frames", i, "part")
        if frame.part.name not in atlas.parts:
            hint = did_you_mean(frame.part.name, atlas.parts)
            yield document.problem((*here, "as"), "unknown-part", f"there is no part {frame.part.name!r}", hint)
            continue
        places = atlas.parts[frame.part.name]["places"]
        for j, dot in enumerate(frame.part.dots):
            if dot not in places:
                said = f"there is no place {dot!r} on it"
                yield document.problem((*here, "dots", j), "unknown-place", said, did_you_mean(dot, places))


def _words(data: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Every word that names something, with where it stands and what it names."""
    if isinstance(data, list):
        for i, entry in enumerate(data):
            kind = LISTS.get(str(path[-1])) if path else None
            if kind and isinstance(entry, str):
                yield (*path, i), kind, entry
            else:
                yield from _words(entry, (*path, i))
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _word(key, value, (*path, key))


def _word(key: str, value: Any, here: Path) -> Iterator[tuple[Path, str, str]]:
    if not isinstance(value, str):
        yield from _words(value, here)
    elif key in SPOTS:
        yield here, "spot", value
    elif key == "fixed":
        yield here, "part", value
    elif key in ("pose", "like"):
        yield here, "pose", value
    elif key in ("toward", "about") and "." in value and value.rpartition(".")[2] in DIRECTIONS:
        yield here, "part", value.rpartition(".")[0]
