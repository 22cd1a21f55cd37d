"""Readers from another world: packages of npm, fetched once into a folder of their own and pinned to a version."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent.parent.parent / ".node"
PACKAGES = {"fhir": "4.12.0", "ical.js": "2.2.1"}
LFORMS = "lforms@40.1.3"
"""Its package holds the built form; what it was built with is twenty times as large and not needed."""


@contextmanager
def _alone() -> Iterator[None]:
    """Tests run side by side; one of them fetches, the others wait for it."""
    HERE.mkdir(exist_ok=True)
    with (HERE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@lru_cache(maxsize=1)
def modules() -> Path:
    """The folder of the packages, with everything that they need."""
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    with _alone():
        if not all(_version(name) == version for name, version in PACKAGES.items()):
            _npm("install", "--no-save", "--no-package-lock", "--ignore-scripts", "--prefix", str(HERE), *wanted)
    return HERE / "node_modules"


@lru_cache(maxsize=1)
def lforms() -> Path:
    """The built LHC-Forms: a folder to serve."""
    folder = HERE / LFORMS
    with _alone():
        if not folder.is_dir():
            packed = HERE / "parts"
            packed.mkdir(exist_ok=True)
            name = _npm("pack", LFORMS, "--pack-destination", str(packed)).split()[-1]
            with tarfile.open(packed / name) as archive:
                archive.extractall(packed, filter="data")
            (packed / "package").rename(folder)
    return folder / "dist" / "lforms"


def run(script: str, *args: str) -> Any:
    """What a script says, as JSON; `require` finds the packages."""
    node = shutil.which("node")
    assert node, "these tests need node"
    told = subprocess.run(
        [node, "-e", script, "--", *args], cwd=modules().parent, capture_output=True, text=True, check=True
    )
    return json.loads(told.stdout)


def _version(name: str) -> str:
    file = HERE / "node_modules" / name / "package.json"
    return str(json.loads(file.read_text("utf-8"))["version"]) if file.is_file() else ""


def _npm(*args: str) -> str:
    npm = shutil.which("npm")
    assert npm, "these tests need npm"
    return subprocess.run([npm, *args, "--silent"], cwd=HERE, capture_output=True, text=True, check=True).stdout
