"""Faults as changes of texts. What must be found stands in the new text itself, at its place, as `«rule»`.

So the line and the column of a finding come from where the fault was written, and from nothing that the audit says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

MARK = re.compile("«([a-z-]+)»")
CONDITIONS = {"when", "level_when", "needs", "only_when"}
"""Keys whose values are conditions, beside findings and vetoes."""

Finding = tuple[str, int, int, str]
"""Path in the knowledge, line, column, rule."""


@dataclass(frozen=True)
class Edit:
    """A stretch of a file's text and what comes in its place; a file that there is not is empty."""

    path: str
    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Fault:
    """One thing done wrong: in a few words, the rule that must find it, and how it is done."""

    says: str
    rule: str
    edits: tuple[Edit, ...]
    file: str = ""
    """Where the finding is about a file as a whole."""

    @property
    def name(self) -> str:
        return f"{self.rule}: {self.says} in {self.edits[-1].path}"


@dataclass(frozen=True)
class Spot:
    """A condition, or a part of one, that stands in one line of a file."""

    path: str
    start: int
    end: int
    text: str


def new_file(path: str, text: str) -> Edit:
    return Edit(path, 0, 0, text)


def sow(texts: Mapping[str, str], faults: Collection[Fault]) -> tuple[dict[str, bytes], set[Finding]]:
    """The changed files and what must be found in them. No two faults may change the same stretch of text."""
    changes: dict[str, list[Edit]] = {}
    for fault in faults:
        for edit in fault.edits:
            changes.setdefault(edit.path, []).append(edit)
    files: dict[str, bytes] = {}
    wanted: set[Finding] = {(f.file, 0, 0, f.rule) for f in faults if f.file}
    for path, edits in changes.items():
        text, upto = texts.get(path, ""), len(texts.get(path, ""))
        for edit in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
            assert edit.end <= upto, f"two faults in the same place of {path}"
            text, upto = text[: edit.start] + edit.new + text[edit.end :], edit.start
        for mark in MARK.finditer(text):
            before = MARK.sub("", text[: mark.start()])
            wanted.add((path, before.count("\n") + 1, len(before) - before.rfind("\n"), mark[1]))
        files[path] = MARK.sub("", text).encode()
    return files, wanted


class Ground:
    """Knowledge into which faults are sown: its texts, and what may be read, cited and used in what is sown.

    `together` says that many are sown at once, so that no two may meet in one file of it.
    """

    def __init__(
        self,
        root: Path,
        source: str,
        topic: str,
        position: str,
        tag: str,
        dose: str,
        muscle: str,
        together: bool = False,
    ):
        self.root = root
        self.texts = {str(p.relative_to(root)): p.read_text("utf-8") for p in sorted(root.rglob("*.yaml"))}
        self.data: dict[str, Any] = {p: yaml.load(t, yaml.CBaseLoader) for p, t in self.texts.items()}
        self.source, self.topic, self.position, self.tag, self.dose = source, topic, position, tag, dose
        self.muscle, self.together = muscle, together
        self.spots = [spot for path in self.texts for spot in self._spots(path)]
        self.free = {i: q for i, q in self.items("questions").items() if self._free(i, q)}

    def items(self, folder: str) -> dict[str, Any]:
        """The items of one folder, by id."""
        return {d["id"]: d for p, d in self.data.items() if p.startswith(f"{folder}/")}

    def _free(self, name: str, question: Any) -> bool:
        """Whether a question stands alone: its answer has to do with no other's, and some rule reads it."""
        phases = {topic["id"]: topic["phase"] for topic in self.data["terms.yaml"]["topics"]}
        alone = (
            not {"stem", "follows", "when", "role", "private", "required", "grows_per_week", "accept"} & question.keys()
        )
        opens = any(name in (q.get("stem"), q.get("follows")) for q in self.items("questions").values())
        read = any(re.search(rf"\{{(of: )?{name}\b", t) for p, t in self.texts.items() if not p.startswith("inv"))
        return alone and not opens and read and phases[question["topic"]] != "triage"

    def leaves(self, rng: Random, count: int, beside: str = "") -> list[str]:
        """Tests of different answers, none of which is read in a text `beside` which they will stand."""
        names = [n for n in self.free if not re.search(rf"\b{n}\b", beside)]
        return [self.leaf(rng, name) for name in rng.sample(names, count)]

    def leaf(self, rng: Random, name: str) -> str:
        """A test of one answer that some answers pass and some do not."""
        question = self.free[name]
        if question["answer"] == "number":
            low, high = int(question["min"]) + 1, int(question["max"])
            op = rng.choice(("at_least", "below"))
            return f"{{number: {{of: {name}, {op}: {rng.randint(low, high)}, unit: {question['unit']}}}}}"
        options = list(question.get("options", ("yes", "no")))
        chosen = rng.sample(options, rng.randint(1, len(options) - 1))
        return f"{{answer: {{{name}: {chosen[0] if len(chosen) == 1 else '[' + ', '.join(chosen) + ']'}}}}}"

    def span(self, path: str, pattern: str) -> tuple[int, int]:
        """Where a pattern's only match is, or the group of it."""
        (match,) = re.finditer(pattern, self.texts[path], re.MULTILINE)
        return match.span(match.lastindex or 0)

    def edit(self, path: str, pattern: str, new: str) -> Edit:
        """The only match of a pattern, or the group of it, replaced."""
        return Edit(path, *self.span(path, pattern), new)

    def under(self, path: str, key: str, line: str) -> Edit:
        """A line put below a key at the beginning of a line, before all that stand there."""
        end = self.span(path, rf"^{key}:.*\n")[1]
        return Edit(path, end, end, f"  {line}\n")

    def value(self, path: str, *way: str | int) -> tuple[int, int]:
        """Where a value of a file stands in its text."""
        return _span(_found(yaml.compose(self.texts[path], yaml.CBaseLoader), way)[1])

    def key(self, path: str, *way: str | int) -> tuple[int, int]:
        """Where its key stands."""
        return _span(_found(yaml.compose(self.texts[path], yaml.CBaseLoader), way)[0])

    # -- conditions as they stand in the files -------------------------------------------------------------------

    def _spots(self, path: str) -> Iterator[Spot]:
        if path.partition("/")[0] in ("manifest.yaml", "sources.yaml", "terms.yaml", "invariants"):
            return
        for condition in _conditions(yaml.compose(self.texts[path], yaml.CBaseLoader), ()):
            for node in _parts(condition):
                start, end = node.start_mark.index, node.end_mark.index
                if node.flow_style and "\n" not in self.texts[path][start:end]:
                    yield Spot(path, start, end, self.texts[path][start:end])


def _found(node: Any, way: tuple[str | int, ...]) -> tuple[Any, Any]:
    """The key (of a list's member, the member) and the value at the end of a way from a node."""
    key = node
    for step in way:
        if isinstance(step, int):
            key = node = node.value[step]
        else:
            key, node = next((k, v) for k, v in node.value if k.value == step)
    return key, node


def _span(node: Any) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _conditions(node: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """The nodes of whole conditions, wherever they stand in a file; not those of a table of cut-offs."""
    if path and (path[-1] in CONDITIONS or path[-2:] in (("vetoes", "-"),) or path[:-1] == ("findings",)):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for key, inner in node.value:
            if key.value not in ("cutoffs", "cases"):
                yield from _conditions(inner, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from _conditions(inner, (*path, "-"))


def _parts(node: Any) -> Iterator[Any]:
    """A condition and all that it is made of."""
    yield node
    for key, inner in node.value:
        if key.value in ("all", "any", "of") and isinstance(inner, yaml.SequenceNode):
            for member in inner.value:
                yield from _parts(member)
        elif key.value in ("not", "known"):
            yield from _parts(inner)
