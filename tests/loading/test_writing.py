"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from assess.errors import CannotWrite
from assess.loading.answers_file import write_whole


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


@pytest.fixture(autouse=True)
def _umask() -> object:
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_text_and_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "für\r\n")
    write_whole(tmp_path / "b", b"\x00\xff")
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == ("für\r\n".encode(), b"\x00\xff")


def test_a_new_file_has_the_mode_that_the_user_wants_and_a_private_one_is_for_its_owner(tmp_path: Path) -> None:
    write_whole(tmp_path / "plan", "x")
    write_whole(tmp_path / "answers", "x", private=True)
    assert (mode(tmp_path / "plan"), mode(tmp_path / "answers")) == (0o640, 0o600)


def test_a_file_that_is_written_over_keeps_its_mode(tmp_path: Path) -> None:
    """Somebody who closed a plan to others does not find it open again."""
    file = tmp_path / "plan"
    file.write_text("old")
    file.chmod(0o600)
    write_whole(file, "new")
    assert (file.read_text(), mode(file)) == ("new", 0o600)
    file.chmod(0o644)
    write_whole(file, "newer", private=True)
    assert mode(file) == 0o600


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("folder", "{} is a directory", "Choose another place."),
        ("missing/plan", "cannot write {}: No such file or directory", "Choose another place."),
        ("file/plan", "cannot write {}: Not a directory", "Choose another place."),
        ("x" * 250, "cannot write {}: File name too long", "Choose another place."),
        ("pipe", "{} is no ordinary file", "Choose another place."),
    ],
)
def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(
    name: str, message: str, hint: str, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    os.mkfifo(tmp_path / "pipe")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CannotWrite) as caught:
        write_whole(tmp_path / name, "text")
    assert (caught.value.message, caught.value.hint) == (message.format(tmp_path / name), hint)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text() == "kept"


def test_a_device_is_not_replaced_by_a_file() -> None:
    """As root, `-o /dev/null --yes` would otherwise put a plan in its place."""
    with pytest.raises(CannotWrite, match="/dev/null is no ordinary file"):
        write_whole(Path("/dev/null"), "text")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("broken", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_breaks_off_leaves_the_old_file_and_no_other(
    step: str, broken: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, or Ctrl-C at the worst moment."""
    file = tmp_path / "plan"
    file.write_text("old")

    def fail(*_: object) -> None:
        raise broken

    monkeypatch.setattr(os, step, fail)
    wanted = CannotWrite if isinstance(broken, OSError) else KeyboardInterrupt
    with pytest.raises(wanted) as caught:
        write_whole(file, "new")
    if isinstance(caught.value, CannotWrite):
        assert caught.value.message == f"cannot write {file}: No space left on device"
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("plan", "old")]
