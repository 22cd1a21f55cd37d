"""Whatever is wrong with a file, the audit says so and does not fall over: damage by chance, the same every time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import bad_files
import pytest

from assess.loading.source import SINGLES, read_all
from assess.loading.yaml12 import read

SEEDS = range(60)
JUNK: tuple[Any, ...] = (None, True, "zzz", "", 5, -1.5, [], {}, ["a"], {"a": 1}, [1], [{}], [None], {"of": "x"}, "yes")
CONTENTS = read_all(bad_files.ROOT / "knowledge")
TOPS = [f"{single}.yaml" for single in SINGLES]

Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bad_files.copy_into(tmp_path_factory.mktemp("damage"))


def paths(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The way to every part of a value."""
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(inner, (*path, key))


def damaged(data: Any, rng: Random) -> tuple[Any, str]:
    """The data with one part taken away, replaced, renamed or added to."""
    data = deepcopy(data)
    *way, last = rng.choice([p for p in paths(data) if p])
    holder = data
    for key in way:
        holder = holder[key]
    how = rng.choice(("replace", "replace", "replace", "delete", "rename", "add"))
    junk = deepcopy(rng.choice(JUNK))
    if how == "delete":
        del holder[last]
    elif how == "rename" and isinstance(holder, dict):
        holder["renamed"] = holder.pop(last)
    elif how == "add" and isinstance(holder, dict):
        holder["added"] = junk
    else:
        holder[last] = junk
    return data, f"{how} {(*way, last)} {junk!r}"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_audit_survives_any_damage(seed: int, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fourth time two files are damaged at once, and often one of those at the top."""
    monkeypatch.chdir(copied.parent)
    bad_files.read_once(monkeypatch)
    rng = Random(seed)
    items = sorted(set(CONTENTS) - set(TOPS))
    files, said = {}, []
    for _ in range(2 if seed % 4 == 0 else 1):
        path = rng.choice(TOPS if rng.random() < 0.4 else items)
        data, how = damaged(read(CONTENTS[path], path).data, rng)
        files[path] = json.dumps(data, ensure_ascii=False).encode()
        said.append(f"{path}: {how}")
    try:
        problems = bad_files.found(copied, files, bad_files.CASES)
    except Exception as error:
        raise AssertionError("; ".join(said)) from error
    assert all(p.message and p.code and p.place.file.startswith("knowledge") for p in problems)
