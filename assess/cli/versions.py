"""The versions of the knowledge that are compared: files as they lie there, a directory, or a revision from git."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

from assess.audit.against.both import Version
from assess.errors import KnowledgeError, UsageError, did_you_mean
from assess.loading.load import inspect_contents, load, shown_as
from assess.loading.source import PACKAGED, belonging, locate, read_all


def this_version(directory: str | None) -> Version:
    """The knowledge that the command line names."""
    return Version(shown_as(directory), read_all(locate(directory)), load(directory))


def version_named(named: str, directory: str | None) -> Version:
    """Another version of it: the directory of that name, or the git revision of the repository that it lies in."""
    if not named.strip():
        raise UsageError("--against names nothing", hint="Name a directory, or a revision such as HEAD~1.")
    if Path(named).is_dir():
        try:
            contents, shown = read_all(locate(named)), named.rstrip("/")
        except KnowledgeError as error:
            raise UsageError(error.message, hint="Name a directory that holds manifest.yaml.") from None
    else:
        contents, shown = _Repository(named, directory).contents(), named
    base, problems = inspect_contents(contents, shown)
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
        raise UsageError(
            f"the knowledge of {named} has {count}, so nothing can be compared with it",
            hint="Name a version without problems.",
            problems=problems[:20],
        )
    return Version(shown, contents, base)


class _Repository:
    """The repository around the knowledge, asked for one revision."""

    def __init__(self, revision: str, directory: str | None) -> None:
        self._revision = revision
        root = locate(directory)
        if not isinstance(root, Path) or root.name == PACKAGED:
            raise self._nothing("the installed knowledge has no earlier versions", "Name a directory.")
        git = shutil.which("git")
        if git is None:
            raise self._nothing("git, which could know it as a revision, is not installed", "Name a directory.")
        self._git, self._root = git, root

    def contents(self) -> dict[str, bytes]:
        """The files of the knowledge as they were."""
        around = self._ask("rev-parse", "--show-toplevel")
        inside = self._ask("rev-parse", "--show-prefix")
        if around is None or inside is None:
            raise self._nothing(f"{self._root} lies in no git repository", "Name a directory.")
        self._root, folder = Path(around.decode().rstrip("\n")), inside.decode().strip("\n").rstrip("/")
        commit = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{self._revision}^{{commit}}")
        if commit is None:
            known = (self._ask("for-each-ref", "--format=%(refname:short)") or b"").decode().split()
            hint = did_you_mean(self._revision, known) or "Name a directory, or a revision such as HEAD~1."
            raise UsageError(f"there is no directory and no git revision {self._revision!r}", hint=hint)
        packed = self._ask("archive", "--format=tar", f"{commit.decode().strip()}:{folder}")
        found = belonging(_unpacked(packed)) if packed else {}
        if "manifest.yaml" not in found:
            raise UsageError(
                f"{self._revision} holds no knowledge at {folder or '.'}",
                hint="Name a revision in which the knowledge lies at the same place.",
            )
        return found

    def _ask(self, *words: str) -> bytes | None:
        """What git says; None if it refuses. Run without a shell, so that nothing in a name is ever a command."""
        told = subprocess.run(  # noqa: S603
            [self._git, "-C", str(self._root), *words], capture_output=True, check=False, stdin=subprocess.DEVNULL
        )
        return told.stdout if told.returncode == 0 else None

    def _nothing(self, why: str, hint: str) -> UsageError:
        return UsageError(f"there is no directory {self._revision!r}, and {why}", hint=hint)


def _unpacked(packed: bytes) -> dict[str, bytes]:
    """Path -> bytes of the files in an archive; nothing of it is ever written to the disk."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        opened = ((member.name, archive.extractfile(member)) for member in archive if member.isfile())
        return {name: file.read() for name, file in opened if file is not None}
