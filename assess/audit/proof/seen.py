"""Which answers a version of the knowledge sees: what it would refuse in a file, it has not been told."""

from __future__ import annotations

from datetime import date

from assess.loading.answer_values import ValueReader
from assess.loading.yaml12 import Located
from assess.model import words
from assess.model.answers import Unable, Value
from assess.model.knowledge import KnowledgeBase


class Seen:
    """One version's view of single answers."""

    def __init__(self, knowledge: KnowledgeBase, today: date) -> None:
        self._knowledge, self._reader = knowledge, ValueReader(knowledge, today)
        self._known: dict[tuple[str, Value], bool] = {}
        self._measured = {
            f"{check.id}.{measure.id}" + (f".{side}" if side else "")
            for check in knowledge.checks.values()
            for measure in check.measures
            for side in (words.SIDES if check.sided else ("",))
        }

    def __call__(self, answer: str, value: Value | None) -> Value | None:
        """The value, or None where this version does not know the line, or the value."""
        if value is None:
            return None
        key = answer, value
        if key not in self._known:
            self._known[key] = self._knows(answer, value)
        return value if self._known[key] else None

    def asks(self, answer: str) -> bool:
        """Whether this version has such a line."""
        head, _, last = answer.rpartition(".")
        if head == words.CLEARED:
            return last in self._knowledge.rows
        if last == words.COMPARED:
            line = self._knowledge.questions.get(head)
            return line is not None and line.clarifier is not None
        return answer in self._knowledge.questions or answer in self._measured

    def _knows(self, answer: str, value: Value) -> bool:
        if not self.asks(answer) or answer.startswith(f"{words.CLEARED}."):
            return self.asks(answer)
        raw = {words.UNABLE: value.reason} if isinstance(value, Unable) else value
        return answer in self._reader.read({answer: raw}, Located("", None), ())[0]
