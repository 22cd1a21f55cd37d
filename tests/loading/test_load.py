"""The knowledge as it lies there now: quickly where it is known to be sound, and never an older state of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assess.errors import KnowledgeError
from assess.loading import load as loading
from assess.loading.source import locate
from assess.model.knowledge import KnowledgeBase

REAL = Path(__file__).resolve().parents[2] / "knowledge"


@pytest.fixture(scope="module")
def _copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(REAL, tmp_path_factory.mktemp("load") / "knowledge"))


@pytest.fixture
def copied(_copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the knowledge, and a cache directory that is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("ASSESS_NO_CACHE", raising=False)
    return _copied


def load(directory: Path) -> KnowledgeBase:
    """As a new process does."""
    return loading.load.__wrapped__(str(directory))


def cached(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").rglob("*.*"))


def must_not_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Any:
        raise AssertionError("the YAML was parsed again")

    monkeypatch.setattr(loading, "parse_all", fail)


def same(one: KnowledgeBase, other: KnowledgeBase) -> bool:
    return [(i.kind, i.id, i.title) for i in one.items()] == [(i.kind, i.id, i.title) for i in other.items()]


def test_the_second_start_does_not_parse_again(copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(copied)
    assert len(cached(tmp_path)) == 1
    must_not_parse(monkeypatch)
    second = load(copied)
    assert same(first, second)
    assert first.manifest == second.manifest


def test_a_changed_file_takes_effect_at_once(copied: Path, tmp_path: Path) -> None:
    """The cache is keyed by the hash of every byte; what was kept for the old state goes."""
    before = load(copied)
    file = copied / "relief" / "heat.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("title: Warmth on the sore place", "title: Warmth where it is sore"), encoding="utf-8")
    try:
        after = load(copied)
    finally:
        file.write_text(text, encoding="utf-8")
    assert (before.relief["heat"].title, after.relief["heat"].title) == (
        "Warmth on the sore place",
        "Warmth where it is sore",
    )
    assert before.manifest.sha256 != after.manifest.sha256
    assert [after.manifest.sha256[:16] in p.name for p in cached(tmp_path)] == [True]


@pytest.mark.parametrize("change", ["a new file", "a file less", "a renamed file", "a comment"])
def test_every_change_of_the_files_changes_the_hash(change: str, copied: Path) -> None:
    before = load(copied).manifest.sha256
    file = copied / "questions" / "sits-six-hours.yaml"
    text = file.read_bytes()
    other = copied / "questions" / "zz-other.yaml"
    match change:
        case "a new file":
            other.write_bytes(b"")
        case "a file less":
            file.unlink()
        case "a renamed file":
            file.rename(other)
        case "a comment":
            file.write_bytes(text + b"# more\n")
    try:
        after = loading.digest(loading.read_all(copied))
    finally:
        other.unlink(missing_ok=True)
        file.write_bytes(text)
    assert before != after
    assert load(copied).manifest.sha256 == before


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda kept: b"",
    "cut short": lambda kept: kept[:1000],
    "a list": lambda kept: b"[]",
    "no hash": lambda kept: b'{"sha256": 5}',
    "no text": lambda kept: b"\xff" + kept,
    "a file less": lambda kept: kept.replace(b'"relief/heat.yaml":', b'"relief/heet.yaml":'),
    "a key less": lambda kept: kept.replace(b'"say":', b'"sey":'),
    "of another type": lambda kept: kept.replace(b'"cases":[', b'"cases":5,"was":['),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_cache_is_passed_over(how: str, copied: Path, tmp_path: Path) -> None:
    first = load(copied)
    (file,) = cached(tmp_path)
    damaged = DAMAGE[how](file.read_bytes())
    assert damaged != file.read_bytes()
    file.write_bytes(damaged)
    assert same(load(copied), first)
    assert json.loads(file.read_text("utf-8"))["sha256"] == first.manifest.sha256


def test_a_read_only_home_costs_only_time(copied: Path, tmp_path: Path) -> None:
    """The cache directory cannot be made: its parent is a file."""
    (tmp_path / "cache").write_text("a file")
    assert same(load(copied), load(copied))
    assert (tmp_path / "cache").read_text() == "a file"


def test_the_cache_can_be_switched_off(copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESS_NO_CACHE", "1")
    load(copied)
    assert cached(tmp_path) == []


def test_unsound_knowledge_is_refused_with_its_problems_and_never_kept(copied: Path, tmp_path: Path) -> None:
    """At most twenty problems are printed; nothing of it reaches the cache or a bundle."""
    stray = [copied / "triage" / f"zz-{i:02}.yaml" for i in range(25)]
    for file in stray:
        file.write_text("- no mapping\n")
    try:
        with pytest.raises(KnowledgeError) as caught:
            load(copied)
        with pytest.raises(KnowledgeError, match="only sound knowledge is bundled"):
            loading.bundle_text(str(copied))
    finally:
        for file in stray:
            file.unlink()
    assert caught.value.message == "the knowledge has 25 problems"
    assert caught.value.hint == "Run `assess audit` to see them all; every line above names file, line and column."
    assert [str(p.place) for p in caught.value.problems] == [f"{copied}/triage/zz-{i:02}.yaml:1:1" for i in range(20)]
    assert cached(tmp_path) == []


def test_a_directory_that_is_named_must_be_there_and_hold_knowledge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KnowledgeError) as missing:
        locate(str(tmp_path / "nowhere"))
    with pytest.raises(KnowledgeError) as bare:
        locate(str(tmp_path))
    monkeypatch.setenv("ASSESS_KNOWLEDGE", str(tmp_path / "elsewhere"))
    with pytest.raises(KnowledgeError) as named:
        locate()
    assert [(e.value.message, e.value.hint) for e in (missing, bare, named)] == [
        (f"there is no directory {tmp_path}/nowhere", "Name a directory that holds manifest.yaml."),
        (
            f"{tmp_path} holds no knowledge: manifest.yaml is missing",
            "Copy this project's knowledge/ and change it; directories are never merged.",
        ),
        (f"there is no directory {tmp_path}/elsewhere", "Name a directory that holds manifest.yaml."),
    ]


def test_the_option_counts_more_than_the_environment(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESS_KNOWLEDGE", "/nowhere")
    assert locate(str(copied)) == copied
    monkeypatch.setenv("ASSESS_KNOWLEDGE", str(copied))
    assert locate() == copied


def test_a_checkout_reads_its_own_knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSESS_KNOWLEDGE", raising=False)
    assert locate() == REAL
