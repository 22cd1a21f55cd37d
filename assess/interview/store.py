"""Where an assessment is kept: one answers file, written whole after every answer, readable by its owner only."""

from __future__ import annotations

import os
from pathlib import Path

from assess.errors import CannotWrite
from assess.loading.answers_file import dump_answers, write_whole
from assess.model.answers import Answers
from assess.model.knowledge import KnowledgeBase


def default_file() -> Path:
    """The current assessment in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("assess") / "current.yaml"


class Store:
    """One answers file. Writes are atomic and mode 0600; a directory that it makes is mode 0700."""

    def __init__(self, knowledge: KnowledgeBase, file: Path) -> None:
        self.file = file
        self._knowledge = knowledge

    def exists(self) -> bool:
        """Whether there is a saved assessment."""
        return self.file.is_file()

    def prepare(self) -> None:
        """Make sure that saving will work, before the first question is asked."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise CannotWrite(
                f"cannot make {self.file.parent}: {error.strerror}", hint="Save elsewhere with --save FILE."
            ) from None
        if not os.access(self.file.parent, os.W_OK):
            raise CannotWrite(f"cannot write in {self.file.parent}", hint="Save elsewhere with --save FILE.")

    def save(self, answers: Answers) -> None:
        """Write the answers."""
        write_whole(self.file, dump_answers(self._knowledge, answers), private=True)

    def forget(self) -> None:
        """Delete the saved assessment."""
        self.file.unlink(missing_ok=True)
