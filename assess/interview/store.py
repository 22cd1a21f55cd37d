"""Where an assessment is kept: one answers file, written whole after every answer, readable by its owner only."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from assess.errors import AnswersError, CannotWrite
from assess.loading.answers_file import ReadAnswers, dump_answers, read_answers, write_whole
from assess.model.answers import UNFINISHED_HOURS, Answers
from assess.model.knowledge import KnowledgeBase


def default_file() -> Path:
    """The current assessment in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("assess") / "current.yaml"


class Store:
    """One answers file, and the plan beside it. Writes are atomic and mode 0600; a directory that it makes is 0700.

    `option` is how the command at hand names another file.
    """

    def __init__(self, knowledge: KnowledgeBase, file: Path, option: str = "--save") -> None:
        self.file = file
        self.plan_file = file.with_name(f"{file.stem}-plan.txt")
        self.calendar_file = file.with_name(f"{file.stem}-plan.ics")
        self._id = ""
        self._knowledge = knowledge
        self._elsewhere = f"Save elsewhere with {option} FILE."

    def exists(self) -> bool:
        """Whether there is a saved assessment."""
        return self.file.is_file()

    def prepare(self) -> None:
        """Make sure that saving will work, before the first question is asked."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise CannotWrite(f"cannot make {self.file.parent}: {error.strerror}", hint=self._elsewhere) from None
        try:  # asked of the place itself: rights alone do not tell
            with tempfile.NamedTemporaryFile(dir=self.file.parent, prefix=f".{self.file.name}."):
                pass
        except OSError as error:
            message = f"cannot write in {self.file.parent}: {error.strerror}"
            raise CannotWrite(message, hint=self._elsewhere) from None
        if self.file.exists() and not self.file.is_file():
            raise CannotWrite(f"{self.file} is no file", hint=self._elsewhere)

    def read(self, now: datetime) -> ReadAnswers | None:
        """What was saved; None if nothing was. A file that holds no answers is an error: it is not written over."""
        if not self.exists():
            return None
        elsewhere = f"Delete {self.file}, or keep another assessment with --save FILE."
        try:
            raw = self.file.read_bytes()
        except OSError as error:
            raise AnswersError(f"cannot read {self.file}: {error.strerror}", hint=elsewhere) from None
        if not raw.strip():
            return None
        try:
            found = read_answers(self._knowledge, raw, str(self.file), now)
        except AnswersError as error:
            raise AnswersError(error.message, hint=elsewhere, problems=error.problems) from None
        if found.problems and not found.answers.values:
            raise AnswersError(f"{self.file} holds no answers", hint=elsewhere, problems=found.problems)
        if found.answers.example:
            raise AnswersError(f"{self.file} is an example and cannot be gone on with", hint="Choose another --save.")
        self._id = found.answers.id
        return found

    def identity(self) -> str:
        """A random name for what is kept here. It outlives a fresh start, so that a stop cancels an older calendar."""
        self._id = self._id or str(uuid4())
        return self._id

    def saved_at(self) -> datetime:
        """When the last answer was saved."""
        return datetime.fromtimestamp(self.file.stat().st_mtime).astimezone()

    def save(self, answers: Answers, *, given_to: Mapping[str, str] | None = None) -> None:
        """Write the answers; `given_to` is the knowledge that asked for them, the present one if not given."""
        write_whole(
            self.file,
            dump_answers(self._knowledge, answers, given_to=given_to),
            private=True,
            elsewhere=self._elsewhere,
        )

    def save_plan(self, text: str) -> None:
        """Write the plan to read."""
        write_whole(self.plan_file, text, private=True, elsewhere=self._elsewhere)

    def save_calendar(self, made: bytes) -> None:
        """Write the calendar of the plan."""
        write_whole(self.calendar_file, made, private=True, elsewhere=self._elsewhere)

    def forget_plan(self) -> None:
        """Delete the plan, if that is possible: it should not outlive a stop."""
        with suppress(OSError):
            self.plan_file.unlink()

    def forget(self) -> None:
        """Delete the saved assessment and its plan."""
        self.forget_plan()
        try:
            self.file.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(f"cannot delete {self.file}: {error.strerror}", hint=self._elsewhere) from None


def too_old(answers: Answers, saved_at: datetime, now: datetime) -> bool:
    """Whether the warning signs must be asked again: by the time of triage, or before it by the last answer."""
    return now - (answers.triaged_at or saved_at) > timedelta(hours=UNFINISHED_HOURS)
