"""Running the command line: in this process, or as a program of its own."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from conftest import AT

from assess.cli.main import main
from assess.loading.answers_file import dump_answers
from assess.loading.load import load
from assess.model.answers import Answers, Value
from assess.model.healthy import healthy

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"


class Run(NamedTuple):
    """How a run ended: exit code and what each stream got; `both` is what a terminal shows, in order."""

    code: int
    out: str
    err: str
    both: str


class _Both(io.StringIO):
    """A stream that also writes into another one."""

    def __init__(self, together: io.StringIO) -> None:
        super().__init__()
        self._together = together

    def write(self, text: str) -> int:
        self._together.write(text)
        return super().write(text)


class _Stdin:
    """Standard input that holds bytes and is no terminal."""

    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)

    def isatty(self) -> bool:
        return False


def run(*args: str, stdin: bytes = b"") -> Run:
    """One call of `assess`, as its `main` sees it."""
    together = io.StringIO()
    out, err = _Both(together), _Both(together)
    with (
        mock.patch.object(sys, "argv", ["assess", *args]),
        mock.patch.object(sys, "stdin", _Stdin(stdin)),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int)
    return Run(code, out.getvalue(), err.getvalue(), together.getvalue())


def program(*args: str, stdin: bytes = b"", cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[bytes]:
    """One call of `python -m assess` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "assess", *args],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )


def copy_knowledge(directory: Path) -> Path:
    """A copy of the real knowledge, as `directory/knowledge`."""
    return Path(shutil.copytree(ROOT / "knowledge", directory / "knowledge"))


def healthy_file(
    directory: Path, values: Mapping[str, Value] | None = None, *, at: datetime | None = AT, complete: bool = True
) -> Path:
    """`answers.yaml` of a person without trouble, with some other values laid over."""
    base = load()
    file = directory / "answers.yaml"
    answers = Answers({**healthy(base), **(values or {})}, at, complete)
    file.write_text(dump_answers(base, answers), encoding="utf-8")
    return file
