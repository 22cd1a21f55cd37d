"""Which changed files a changed conclusion comes from: through its own rule, or through what it rests on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from assess.audit.against.both import Both, Former
from assess.audit.against.files import WORDING, FileChange
from assess.inference.gates import CANT_TELL_SUFFIX
from assess.inference.leaves import inputs
from assess.loading.source import FOLDERS
from assess.model import words
from assess.model.conditions import Compare, Is, Key
from assess.model.knowledge import KnowledgeBase
from assess.rules.nodes import Atom, Leaf, Node, walk


class Causes:
    """Files by what they hold. Where no file of an item explains a difference, those at the top do, or all.

    Nothing comes from conclusions that are the `same` for everybody.
    """

    def __init__(self, both: Both, files: Iterable[FileChange], same: Iterable[Key]) -> None:
        self._both = both
        self._files = {f.item: f.path for f in files if set(f.about) - {WORDING}}
        self._top = [path for (kind, _), path in self._files.items() if kind not in FOLDERS.values()]
        self._changed = frozenset(both.changed) - set(same)
        self._found: dict[Hashable, frozenset[str]] = {}

    def of(self, head: Hashable) -> frozenset[str]:
        """The paths."""
        if head not in self._found:
            old, new = (self._both.when(version, head) for version in (0, 1))
            inherited: frozenset[str] = frozenset().union(
                *(self.of(key) for node in (old, new) for key in _reads(node) if key in self._changed)
            )
            own = frozenset(self._own(head, old, new)) if old != new else frozenset()
            self._found[head] = inherited | own or frozenset(self._top or self._files.values())
        return self._found[head]

    def _own(self, head: Hashable, old: Node | None, new: Node | None) -> Iterator[str]:
        """Files of the conclusion itself, and of what only one of its two rules reads."""
        before, after = (set(walk(node)) if node else set() for node in (old, new))
        apart = before ^ after
        names: set[tuple[str, str]] = set()
        for base in self._both.bases:
            names |= set(_items(head, base))
            for node in apart:
                names |= set(_read_by(node, base))
        yield from (self._files[name] for name in names if name in self._files)


def _reads(node: Node | None) -> Iterator[Hashable]:
    return (n.key for n in walk(node) if isinstance(n, Atom)) if node else iter(())


def _items(head: Hashable, base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The items that a conclusion is of."""
    if not isinstance(head, Key):
        return
    name = head.id.removesuffix(CANT_TELL_SUFFIX)
    match head.kind:
        case words.TRIAGE | words.MODIFIER | words.LEVEL:
            yield from ((kind, name) for kind in (words.TRIAGE, words.MODIFIER))
        case words.PATTERN | words.SIGN:
            yield words.PATTERN, name.partition(".")[0]
        case words.FINDING:
            yield from ((words.CHECK, c.id) for c in base.checks.values() if any(f.id == name for f in c.findings))
            yield from (
                (words.MODIFIER, row.id) for row in base.modifiers.values() if row.finding and row.finding.id == name
            )
        case words.ELIGIBLE | words.NEEDED:
            yield from ((kind, name) for kind in (words.EXERCISE, words.CHECK, words.RELIEF))


def _read_by(node: Node, base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The items that an atom or a test on answers is about."""
    match node:
        case Atom(key):
            yield from _items(key, base)
        case Leaf(Former(test)):
            yield from _read_by(Leaf(test), base)
        case Leaf(Is() | Compare() as test):
            for answer in (test.of, *inputs(base, test)):
                first, _, rest = answer.partition(".")
                yield from ((kind, first) for kind in (words.QUESTION, words.CHECK))
                if first == words.CLEARED:
                    yield from ((kind, rest) for kind in (words.TRIAGE, words.MODIFIER))
