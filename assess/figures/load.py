"""`knowledge/figures/` -> what can be drawn; read only when a picture is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from assess.errors import KnowledgeError, Place, Problem, did_you_mean
from assess.figures.body_map import body_map
from assess.figures.draw import Picture, pictures
from assess.figures.links import circles, parts_that_are_not, things_that_cannot_be_drawn, unknown_words
from assess.figures.read import Atlas
from assess.loading.load import shown_as
from assess.loading.shape import explain
from assess.loading.source import FIGURES, locate
from assess.loading.yaml12 import Located, YamlError, read
from assess.model import words
from assess.model.figures import Figure
from assess.model.knowledge import Check, Exercise, KnowledgeBase, Relief

SHARED = ("body", "poses")
SEE = "knowledge/README.md"


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Every figure of one knowledge, by the id of its item; `wrong` is what keeps others from being drawn.

    Equal only to itself, so that it can key caches.
    """

    atlas: Atlas
    by_id: Mapping[str, Figure]
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    located: Mapping[str, Located]
    wrong: tuple[Problem, ...] = ()

    def pictures(self, item: str, side: str = "") -> list[Picture]:
        """The pictures of an item for a side; none where the item has no figure. Raises where its file is wrong."""
        figure = self.by_id.get(item)
        if figure is None:
            self.refuse(item)
            return []
        return list(_drawn(self, item, side if side in words.SIDES else ""))

    def body_map(self, site: str, muscles: Sequence[tuple[str, str]], title: str) -> list[Picture]:
        """Where it hurts and what is worked on, from the front and from the back."""
        return body_map(self.atlas, site, muscles, title)

    def refuse(self, *items: str) -> None:
        """Raise if anything is wrong with the files of these items, or of any where none is named."""
        found = [p for p in self.wrong if not items or _stem(p) in items]
        if found:
            hint = "Run `assess audit` to see them all; every line above names file, line and column."
            raise KnowledgeError("the figures have problems", hint=hint, problems=found[:20])


@lru_cache(maxsize=1024)
def _drawn(figures: Figures, item: str, side: str) -> tuple[Picture, ...]:
    return tuple(pictures(figures.atlas, figures.by_id[item], figures.titles[item], side, figures.texts[item]))


def _stem(problem: Problem) -> str:
    return problem.place.file.rpartition("/")[2].removesuffix(".yaml")


@lru_cache(maxsize=2)
def figures_of(knowledge: KnowledgeBase, directory: str | None = None) -> Figures:
    """The figures of a knowledge; a `KnowledgeError` names every problem with the files that all of them need.

    Knowledge without a folder of figures has none.
    """
    root = locate(directory)
    if not (root / FIGURES).is_dir():
        return Figures(Atlas({"spots": {}, "muscles": {}}, {}), {}, {}, {}, {})
    found, problems = read_figures(knowledge, root, shown_as(directory))
    if found is None:
        raise KnowledgeError(
            "the figures have problems", hint="Run `assess audit` to see them.", problems=problems[:20]
        )
    return found


def read_figures(knowledge: KnowledgeBase, root: Traversable, shown: str) -> tuple[Figures | None, list[Problem]]:
    """What can be drawn, and whatever is wrong with the rest; `shown` is put before each path."""
    located, problems = _read(root, shown)
    sound = {name: file for name, file in located.items() if not problems.get(name)}
    wrong = [p for found in problems.values() for p in found]
    if all(name in sound for name in SHARED):
        atlas = Atlas(sound["body"].data, sound["poses"].data)
        shared = [p for name in SHARED for p in (*unknown_words(sound[name], atlas), *circles(sound[name], name))]
        wrong += shared
    if any(name not in sound for name in SHARED) or shared:
        return None, sorted(wrong)
    items = {i.id: i for i in knowledge.items() if isinstance(i, Exercise | Check | Relief)}
    by_id: dict[str, Figure] = {}
    for name, document in sound.items():
        if name in SHARED:
            continue
        found = list(unknown_words(document, atlas))
        if name not in items:
            hint = did_you_mean(name, items)
            found.append(document.problem(("id",), "unknown-item", f"nothing that is done is called {name!r}", hint))
        if not found:
            figure = atlas.figure(document.data, _meant(items[name]))
            found = [*things_that_cannot_be_drawn(document, figure), *parts_that_are_not(document, figure, atlas)]
        if not found:
            by_id[name] = figure
        wrong += found
    titles = {i: item.title for i, item in items.items()}
    texts = {i: " ".join((*getattr(item, "setup", ()), *item.steps)) for i, item in items.items()}
    return Figures(atlas, by_id, titles, texts, sound, tuple(sorted(wrong))), sorted(wrong)


def _meant(item: Exercise | Check | Relief) -> tuple[str, ...]:
    if isinstance(item, Exercise):
        return (item.muscle,)
    return item.muscles if isinstance(item, Check) else ()


def _read(root: Traversable, shown: str) -> tuple[dict[str, Located], dict[str, list[Problem]]]:
    """Every file of the folder, and what YAML and schema say against it."""
    folder = root / FIGURES
    located: dict[str, Located] = {}
    problems: dict[str, list[Problem]] = {}
    entries = sorted(folder.iterdir(), key=lambda e: e.name) if folder.is_dir() else []
    for entry in entries:
        if entry.name.startswith(".") or not entry.name.endswith(".yaml"):
            continue
        name, path = entry.name.removesuffix(".yaml"), f"{shown}/{FIGURES}/{entry.name}"
        try:
            located[name] = read(entry.read_bytes(), path)
        except YamlError as error:
            problems[name] = [error.problem]
            continue
        kind = name if name in SHARED else "figure"
        errors = _validator(kind).iter_errors(located[name].data)
        problems[name] = [p for error in errors for p in explain(error, located[name], SEE)]
        if kind == "figure" and not problems[name] and located[name].data["id"] != name:
            problems[name] = [
                located[name].problem(("id",), "id-is-not-file-name", f"the id is not the file's name {name!r}")
            ]
    for name in SHARED:
        if name not in located and name not in problems:
            problems[name] = [Problem(Place(f"{shown}/{FIGURES}/{name}.yaml"), "missing-file", "this file is missing")]
    return located, problems


@lru_cache(maxsize=4)
def _validator(kind: str) -> Any:
    from jsonschema import Draft202012Validator

    whole = json.loads((files("assess.figures") / "figures.schema.json").read_text("utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": whole["$defs"]})
