"""What is built: a wheel and an sdist that hold the knowledge, run from a zip, and never show an older state of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess import __version__
from assess.loading.source import digest, read_all

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "desk-worker.yaml"
WHEEL, SDIST = f"assess-{__version__}-py3-none-any.whl", f"assess-{__version__}.tar.gz"
CALL = (
    "import sys, site; sys.path[:] = [p for p in sys.path if p != {root!r}]; {way}; import assess;"
    "sys.argv = ['assess', *{args!r}]; import atexit;"
    "atexit.register(lambda: print(assess.__file__, 'yaml' in sys.modules, file=sys.stderr));"
    "from assess.cli.main import main; main()"
)
"""One call of `assess` from a place; afterwards says from where it came and whether YAML was read."""
SITE, FIRST = "site.addsitedir({!r})", "sys.path.insert(0, {!r})"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both, as `python -m build` makes them: the sdist from the checkout, the wheel from the sdist."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=out)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return out


@pytest.fixture(scope="module")
def _unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(built / WHEEL) as wheel:
        wheel.extractall(place)
    return place


@pytest.fixture
def unpacked(_unpacked: Path) -> Iterator[Path]:
    """The wheel as it lies in site-packages; what a test changes of one file is put back."""
    heat = _unpacked / "assess" / "_knowledge" / "relief" / "heat.yaml"
    text = heat.read_bytes()
    yield _unpacked
    heat.write_bytes(text)


def call(way: str, place: Path, *args: str, home: Path) -> tuple[int, str, list[str]]:
    """Exit code, output and lines of the error stream of one call."""
    code = CALL.format(root=str(ROOT), way=way.format(str(place)), args=args)
    env = {**os.environ, "XDG_CACHE_HOME": str(home / "cache"), "XDG_DATA_HOME": str(home), "PYTHONUTF8": "1"}
    for name in ("PYTHONPATH", "ASSESS_KNOWLEDGE", "ASSESS_NO_CACHE"):
        env.pop(name, None)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=home, env=env)
    return ended.returncode, ended.stdout, ended.stderr.splitlines()


# -- what is in them -----------------------------------------------------------------------------------------------


def test_the_wheel_holds_every_file_of_the_knowledge_as_it_is(built: Path) -> None:
    with zipfile.ZipFile(built / WHEEL) as wheel:
        held = {name: wheel.read(name) for name in wheel.namelist()}
    knowledge = {f"assess/_knowledge/{path}": raw for path, raw in read_all(ROOT / "knowledge").items()}
    assert {name: held.get(name) for name in knowledge} == knowledge
    kept = json.loads(held["assess/_knowledge.json"])
    assert kept["sha256"] == digest(read_all(ROOT / "knowledge"))
    assert len(kept["files"]) == len(knowledge)


def test_the_wheel_holds_the_whole_package_and_nothing_else(built: Path) -> None:
    """Every module, schema and template; no tests, no caches, no examples."""
    with zipfile.ZipFile(built / WHEEL) as wheel:
        held = set(wheel.namelist())
    package = {
        str(p.relative_to(ROOT)) for p in (ROOT / "assess").rglob("*") if p.is_file() and "__pycache__" not in p.parts
    }
    rest = {n for n in held - package if not n.startswith("assess/_knowledge")}
    info = f"assess-{__version__}.dist-info"
    assert package - held == set()
    assert rest == {f"{info}/{n}" for n in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}


def test_the_wheel_names_what_it_needs(built: Path) -> None:
    with zipfile.ZipFile(built / WHEEL) as wheel:
        metadata = wheel.read(f"assess-{__version__}.dist-info/METADATA").decode()
        entry = wheel.read(f"assess-{__version__}.dist-info/entry_points.txt").decode()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needs = [
        line.removeprefix("Requires-Dist: ") for line in metadata.splitlines() if line.startswith("Requires-Dist: ")
    ]
    assert sorted(n for n in needs if ";" not in n) == sorted(d.lower() for d in project["dependencies"])
    assert "License-Expression: MIT" in metadata
    assert entry == "[console_scripts]\nassess = assess.cli.main:main\n"


def test_the_sdist_holds_what_the_tests_and_the_build_need(built: Path) -> None:
    with tarfile.open(built / SDIST) as sdist:
        held = {name.partition("/")[2] for name in sdist.getnames()}
    wanted = {
        str(p.relative_to(ROOT))
        for folder in ("assess", "knowledge", "examples", "tests")
        for p in (ROOT / folder).rglob("*")
        if p.is_file() and not {"__pycache__", ".hypothesis", ".pytest_cache"} & set(p.parts)
    }
    assert wanted - held == set()
    assert {"pyproject.toml", "hatch_bundle.py", "README.md", "LICENSE"} <= held


# -- they run ------------------------------------------------------------------------------------------------------


def test_a_plan_comes_out_of_the_zip_itself(built: Path, tmp_path: Path) -> None:
    """Imported from the wheel file, with nothing unpacked: the same bytes as from the checkout."""
    shutil.copy(EXAMPLE, tmp_path)
    code, out, err = call(FIRST, built / WHEEL, "plan", EXAMPLE.name, home=tmp_path)
    assert (code, err[-1].split()[0]) == (0, str(built / WHEEL / "assess" / "__init__.py"))
    here = subprocess.run(
        [sys.executable, "-m", "assess", "plan", str(EXAMPLE)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert out == here.stdout
    assert not (tmp_path / "cache").exists()


def test_the_bundle_saves_reading_six_hundred_files(built: Path, unpacked: Path, tmp_path: Path) -> None:
    """`assess show` of an item needs no YAML parser, from the zip as from site-packages."""
    for place in (built / WHEEL, unpacked):
        code, out, err = call(FIRST, place, "show", "heat", home=tmp_path)
        assert (code, err) == (0, [f"{place / 'assess' / '__init__.py'} False"])
        assert out.startswith("Warmth on the sore place\n")
    assert not (tmp_path / "cache").exists()


def test_a_changed_file_counts_more_than_the_bundle(unpacked: Path, tmp_path: Path) -> None:
    heat = unpacked / "assess" / "_knowledge" / "relief" / "heat.yaml"
    heat.write_text(heat.read_text("utf-8").replace("title: Warmth on the sore place", "title: Warmth, but changed"))
    for parsed in (True, False):  # the second time from the cache of the user
        code, out, err = call(FIRST, unpacked, "show", "heat", home=tmp_path)
        assert (code, err[-1].split()[1]) == (0, str(parsed))
        assert out.startswith("Warmth, but changed\n")


def test_a_file_that_was_broken_after_the_build_is_an_error(unpacked: Path, tmp_path: Path) -> None:
    """The sound bundle of before is not used in its place."""
    heat = unpacked / "assess" / "_knowledge" / "relief" / "heat.yaml"
    heat.write_text("id: heat\n")
    code, out, err = call(FIRST, unpacked, "show", "heat", home=tmp_path)
    assert (code, out) == (3, "")
    assert err[0].startswith("knowledge/relief/heat.yaml:1:1: error[missing-")
    assert call(FIRST, unpacked, "audit", home=tmp_path)[0] == 1


def test_the_installed_knowledge_is_not_written_to(built: Path, unpacked: Path, tmp_path: Path) -> None:
    for place in (built / WHEEL, unpacked):
        code, out, err = call(FIRST, place, "new", "relief", "brand-new", home=tmp_path)
        assert (code, out) == (5, "")
        assert err[:2] == [
            "error: the installed knowledge cannot be changed",
            "  help: Name a directory of your own with --knowledge.",
        ]
    assert not (unpacked / "assess" / "_knowledge" / "relief" / "brand-new.yaml").exists()


def test_an_editable_install_sees_the_files_of_the_checkout(tmp_path: Path) -> None:
    """No copy of the knowledge is made; a change shows at the next start."""
    project, place = tmp_path / "project", tmp_path / "site"
    for name in ("assess", "knowledge"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_bundle.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project)
    place.mkdir()
    build = f"from hatchling.build import build_editable; print(build_editable({str(tmp_path)!r}))"
    ended = subprocess.run([sys.executable, "-c", build], capture_output=True, text=True, check=True, cwd=project)
    with zipfile.ZipFile(tmp_path / ended.stdout.strip()) as wheel:
        assert [n for n in wheel.namelist() if "_knowledge" in n] == []
        wheel.extractall(place)
    first = call(SITE, place, "show", "heat", home=tmp_path)
    assert (first[0], first[2][-1].split()[0]) == (0, str(project / "assess" / "__init__.py"))
    assert first[1].startswith("Warmth on the sore place\n")
    heat = project / "knowledge" / "relief" / "heat.yaml"
    heat.write_text(heat.read_text("utf-8").replace("title: Warmth on the sore place", "title: Warmth, but changed"))
    assert call(SITE, place, "show", "heat", home=tmp_path)[1].startswith("Warmth, but changed\n")
