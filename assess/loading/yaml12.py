"""YAML as people mean it (1.2 scalars), with the place of every value, and nothing that surprises.

Built from parser events with an own stack: no recursion, so a deeply nested file is an error and not a crash.
Aliases, tags, duplicate keys and several documents are refused; `yes`, `012` and `1:30` are text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from assess.errors import Place, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_DIGITS = 16
"""Of a whole number; what is longer is text."""

_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,15})")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]{0,15})\.[0-9]{1,20}")
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line in YAML."""
_UNSEEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a file."""
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}

Path = tuple[str | int, ...]


class YamlError(Exception):
    """The text is no YAML that we read; carries the one problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class Located:
    """Parsed data, where each value and key stands, and the text's lines for excerpts.

    `twice` names the keys that stand twice with two values, where that is let pass; they are not in the data.
    """

    file: str
    data: Any
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    twice: dict[Path, Problem] = field(default_factory=dict)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The place of the value at `path` (or of its key), or of the nearest thing around it."""
        first, second = (self.keys, self.values) if key else (self.values, self.keys)
        for end in range(len(path), -1, -1):
            where = first.get(path[:end]) or second.get(path[:end])
            if where:
                return Place(self.file, *where)
        return Place(self.file)

    def problem(self, path: Path, code: str, message: str, hint: str = "", *, key: bool = False) -> Problem:
        """A problem at `path`, with the source line."""
        place = self.place(path, key=key)
        return Problem(place, code, message, hint, excerpt=self.excerpt(place))

    def excerpt(self, place: Place) -> str:
        """The source line of a place."""
        return self.lines[place.line - 1] if 0 < place.line <= len(self.lines) else ""


def read(raw: bytes, file: str, *, let_twice: bool = False) -> Located:
    """Parse bytes. Raises `YamlError` with place and hint.

    With `let_twice` a key that stands twice costs only itself: two mappings become one, of other values none is kept.
    """
    import yaml

    if len(raw) > MAX_BYTES:
        raise YamlError(
            Problem(Place(file), "too-large", f"the file is larger than {MAX_BYTES:,} bytes", "Is it the right file?")
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlError(
            Problem(
                Place(file),
                "not-text",
                f"this is not a text file (byte {error.start} is not UTF-8)",
                "Save it as plain text in UTF-8.",
            )
        ) from None
    located = Located(file, None, lines=_BREAK.split(text))
    unseen = _UNSEEN.search(text)
    if unseen:
        line = len(_BREAK.findall(text, 0, unseen.start())) + 1
        before = max(text.rfind(end, 0, unseen.start()) for end in "\n\r\x85\u2028\u2029")
        place = Place(file, line, unseen.start() - before)
        message = f"the character U+{ord(unseen.group()):04X} cannot stand in a text file"
        raise YamlError(Problem(place, "not-text", message, "Delete it.", excerpt=located.excerpt(place)))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        try:
            _build(yaml, yaml.parse(text, Loader=loader), located, let_twice)
        except yaml.MarkedYAMLError as error:
            # Newer libyaml refuses 1,000 levels while looking ahead, before it says where the first 40 began.
            if "nesting depth" not in str(error.problem):
                raise
            located = Located(file, None, lines=located.lines)
            _build(yaml, yaml.parse(text, Loader=yaml.SafeLoader), located, let_twice)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        indent = located.excerpt(place)[: place.column]
        if indent.isspace() and "\t" in indent:
            tab = Place(file, place.line, indent.index("\t") + 1)
            problem = Problem(
                tab, "tab", "a tab stands before the text", "Indent with spaces.", excerpt=located.excerpt(tab)
            )
            raise YamlError(problem) from None
        begun = error.context_mark.line + 1 if error.context_mark else place.line
        since = f"{error.context} that begins in line {begun}:" if begun != place.line else error.context
        message = " ".join(part for part in (since, error.problem) if part)
        raise YamlError(
            Problem(
                place,
                "not-yaml",
                message or "this is not YAML",
                "Check quotes, colons and indentation here.",
                excerpt=located.excerpt(place),
            )
        ) from None
    except yaml.YAMLError as error:
        raise YamlError(
            Problem(Place(file), "not-text", f"this is not a text file ({str(error).splitlines()[0]})")
        ) from None
    return located


def _build(yaml: Any, events: Any, out: Located, let_twice: bool) -> None:
    """Consume parser events into `out.data`."""
    stack: list[_Open] = []
    seen: set[Path] | None = set() if let_twice else None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refuse(event, out, "several-documents", "there is a second document after `---`")
        elif isinstance(event, yaml.AliasEvent):
            raise _refuse(event, out, "alias", "aliases (`*name`) are not read", "Write the value out.")
        elif isinstance(event, yaml.ScalarEvent):
            if event.tag is not None:
                raise _refuse(
                    event, out, "tag", f"tags ({_as_written(event.tag)}) are not read", "Write the plain value."
                )
            _add(stack, out, event, _scalar(event), text=event.value, seen=seen)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            if event.tag is not None:
                raise _refuse(
                    event, out, "tag", f"tags ({_as_written(event.tag)}) are not read", "Write the plain value."
                )
            if len(stack) >= MAX_DEPTH:
                raise _refuse(event, out, "too-deep", f"this is nested more than {MAX_DEPTH} levels deep")
            empty: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            stack.append(_add(stack, out, event, empty, text=None, seen=seen))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            stack.pop()


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled."""

    holder: Any
    path: Path
    key: str | None = None


def _add(stack: list[_Open], out: Located, event: Any, data: Any, text: str | None, seen: set[Path] | None) -> _Open:
    """Put one value or key where it belongs; a list or mapping is filled next."""
    where = (event.start_mark.line + 1, event.start_mark.column + 1)
    if not stack:
        out.data = data
        out.values[()] = where
        return _Open(data, ())
    top = stack[-1]
    if isinstance(top.holder, list):
        path: Path = (*top.path, len(top.holder))
        top.holder.append(data)
    elif top.key is None:
        if text is None:
            raise _refuse(event, out, "key", "a key must be a word")
        path = (*top.path, text)
        if text in top.holder or path in out.twice:
            error = _refuse(event, out, "duplicate-key", f"the key {text!r} stands twice", "Keep one of the two.")
            if seen is None:
                raise error
            seen.add(path)
            out.twice.setdefault(path, error.problem)
        top.key = text
        out.keys.setdefault(path, where)
        return _Open(data, path)
    else:
        path = (*top.path, top.key)
        data = _kept(top.holder, top.key, data, again=path in (seen or ()))
        top.key = None
    out.values.setdefault(path, where)
    return _Open(data, path)


def _kept(holder: dict[str, Any], key: str, data: Any, *, again: bool) -> Any:
    """What a key comes to: of two mappings one, of a mapping and something else the mapping, of the rest none."""
    before = holder.get(key)
    if again and isinstance(before, dict):
        return before if isinstance(data, dict) else data
    if again and not isinstance(data, dict):
        holder.pop(key, None)
    else:
        holder[key] = data
    return data


def _scalar(event: Any) -> Any:
    if not event.implicit[0]:
        return event.value
    text = event.value
    if text.lower() in _WORDS and text in ("true", "false", "null", "~", "", "True", "False", "Null"):
        return _WORDS[text.lower()]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _as_written(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _refuse(event: Any, out: Located, code: str, message: str, hint: str = "") -> YamlError:
    place = Place(out.file, event.start_mark.line + 1, event.start_mark.column + 1)
    return YamlError(Problem(place, code, message, hint, excerpt=out.excerpt(place)))
