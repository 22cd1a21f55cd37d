"""Files as reports for other programs name them: by a path that does not leave the directory they are read from."""

from __future__ import annotations

from pathlib import PurePath

from assess.audit.report import Report


def relative(report: Report, file: str) -> str:
    """The path from the directory that holds the knowledge, if it is named from elsewhere; else as it is shown."""
    shown = PurePath(report.root)
    if shown.is_absolute() or ".." in shown.parts:
        return (PurePath(shown.name) / inside(report, file)).as_posix()
    return PurePath(file).as_posix()


def inside(report: Report, file: str) -> str:
    """The path within the knowledge, which is the same wherever that lies."""
    return file.removeprefix(report.root).lstrip("/")
