"""The broken knowledge files in tests/knowledge/bad, each laid over a copy of the real knowledge.

The first line of a file names its place: `# triage/x.yaml`, or `# adds to terms.yaml` for entries that are put
before all others of that file. `NAME.2.yaml` goes with `NAME.yaml`; `NAME.txt` is what the audit must say of them,
word for word. After a wanted change of a message run `python tests/audit/bad_files.py` and read the difference.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from assess.audit.mutation.trial import trial
from assess.audit.proof.proofs import Proofs
from assess.audit.proof.search import BUDGET
from assess.audit.registry import MUTANTS, PROOFS, choose, find, looked_at
from assess.audit.run import audit
from assess.errors import Problem
from assess.loading import documents, yaml12

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "tests" / "knowledge" / "bad"
NAMES = sorted(p.stem for p in BAD.glob("*.yaml") if "." not in p.stem)
SHOWN = sorted({p.stem for p in BAD.glob("*.txt")} - set(NAMES))
"""Rules whose own bad example is the broken file: their page says how it looks, and a `.txt` what is said of it."""
HEAD = re.compile(r"^# (?=\S+\.\w+$|adds to )", re.MULTILINE)
ADDS = "adds to "
CASES = "failing-case"
DRAWN = "missing-figure"
UNKNOWN, LITTLE = "unknown-invariant", 5


def copy_into(directory: Path) -> Path:
    """A copy of the real knowledge, as `directory/knowledge`."""
    return Path(shutil.copytree(ROOT / "knowledge", directory / "knowledge"))


def overlays(*names: str) -> dict[str, bytes]:
    """Path in the knowledge -> bytes, for all files of some bad files."""
    found: dict[str, bytes] = {}
    for name in names:
        for file in sorted(BAD.glob(f"{name}.yaml")) + sorted(BAD.glob(f"{name}.[0-9].yaml")):
            target, raw = placed(file.read_bytes())
            found[target] = raw
    return found


def example(text: str) -> dict[str, bytes]:
    """Path in the knowledge -> bytes of every file of a rule's example, headed as a broken file is."""
    before, *parts = HEAD.split(text)
    assert not before.strip()
    return dict(placed(f"# {part}\n".encode()) for part in parts)


def placed(raw: bytes) -> tuple[str, bytes]:
    """A broken file's place in the knowledge, from its first line, and its bytes there."""
    target = raw.partition(b"\n")[0].decode().removeprefix("# ").strip()
    if target.startswith(ADDS):
        target = target.removeprefix(ADDS)
        raw = woven(raw.decode(), (ROOT / "knowledge" / target).read_text("utf-8")).encode()
    return target, raw


def woven(added: str, real: str) -> str:
    """A file with entries added before all others: the lists that get one more come first."""
    keys = re.findall(r"^([\w-]+):", added, re.MULTILINE)
    last, rest = "", real
    for key in keys:
        block = re.search(rf"^{key}:.*\n((?:[ #-].*\n|\n)*)", rest, re.MULTILINE)
        if block:
            last = block.group(1)
            rest = rest[: block.start()] + rest[block.end() :]
    return added + last + rest


@contextlib.contextmanager
def laid_over(knowledge: Path, files: dict[str, bytes]) -> Iterator[None]:
    """The files in their places for as long as the block lasts."""
    before = {path: (knowledge / path).read_bytes() if (knowledge / path).exists() else None for path in files}
    try:
        for path, raw in files.items():
            (knowledge / path).write_bytes(raw)
        yield
    finally:
        for path, old in before.items():
            if old is None:
                (knowledge / path).unlink()
            else:
                (knowledge / path).write_bytes(old)


def found(knowledge: Path, files: dict[str, bytes], rule: str = "") -> list[Problem]:
    """What the audit finds; the working directory must be the one that holds the copy.

    What needs the proofs or the mutants is looked at too where `rule` begins with its name, the mutants being those
    of the files laid over; others are not, to save time. What becomes of cases is looked at only by its own rule; so is
    whether there is a picture, for broken items have none.
    What cannot be worked out is shown with next to no budget, in the files laid over only: much is not, then.
    """
    needs = {r.name: r.needs for r in looked_at() if r.needs in (PROOFS, MUTANTS)}
    others = {CASES, DRAWN} - {rule}
    rule = next((name for name in needs if rule.startswith(name)), "")
    chosen = choose(ignore=sorted(needs.keys() - {rule} | others))
    budget = LITTLE if rule == UNKNOWN else BUDGET
    prove = (lambda base, shown, _: Proofs(base, shown, budget=budget)) if needs.get(rule) == PROOFS else None
    only = {Path(path).stem for path in files}
    mutate = (lambda base, read, _: trial(base, read, only=only)) if needs.get(rule) == MUTANTS else None
    with laid_over(knowledge, files):
        problems = audit(knowledge.name, chosen=chosen, prove=prove, mutate=mutate).findings
    return of(problems, files) if rule == UNKNOWN else list(problems)


_READ: Any = lru_cache(maxsize=None)(yaml12.read)
_CHECK = documents.schema_errors
_CHECKED: dict[int, tuple[yaml12.Located, list[Any]]] = {}


def _checked(document: documents.Document) -> list[Any]:
    key = id(document.located)
    if key not in _CHECKED:
        _CHECKED[key] = (document.located, _CHECK(document))
    return _CHECKED[key][1]


def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six hundred files stay as they are: they are parsed and checked against the schema once, not in every test."""
    monkeypatch.setattr(documents, "read", _READ)
    monkeypatch.setattr(documents, "schema_errors", _checked)


def of(problems: Iterable[Problem], paths: Iterable[str]) -> list[Problem]:
    """The problems in some files."""
    places = {f"knowledge/{path}" for path in paths}
    return [p for p in problems if p.place.file in places]


def text(problems: Iterable[Problem]) -> str:
    """The problems as the audit prints them."""
    return "".join(p.render() + "\n" for p in problems)


def expected(name: str) -> str:
    """What must be said of a bad file."""
    return (BAD / f"{name}.txt").read_text("utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary, contextlib.chdir(temporary):
        copied = copy_into(Path(temporary))
        for bad in (*NAMES, *SHOWN):
            overlaid = overlays(bad) or example(find(bad).bad)
            (BAD / f"{bad}.txt").write_text(text(of(found(copied, overlaid, bad), overlaid)), encoding="utf-8")
