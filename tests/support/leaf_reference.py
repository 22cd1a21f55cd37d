"""What a test on answers means, in plain Python over a dict of answers: True, False, or None for not known.

Written from `knowledge/README.md` ("Conditions", "Three readings", stems, follows, when, clarifiers, unable and
void), apart from `assess.inference.leaves`, to be held against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from assess.model.answers import Unable, Value
from assess.model.conditions import Compare, Is, Reading
from assess.model.knowledge import KnowledgeBase, Measure, Question
from assess.rules.nodes import Leaf, walk
from support.three_valued import Interpreter, Truth, truth

YES, NO, UNCLEAR, OPEN = "yes", "no", "unclear", "open"
PLAN_DAYS = range(15)
"""The day of triage and the fourteen after it."""
SAYS_NOTHING = ("unsure", "void")


class LeafReference:
    """The meaning of every test for one person. `cleared` are the rows that a clinician's agreement covers."""

    def __init__(
        self, knowledge: KnowledgeBase, values: Mapping[str, Value], at: datetime, cleared: Iterable[str] = ()
    ) -> None:
        self._knowledge = knowledge
        self._questions = knowledge.questions
        self._checks = knowledge.checks
        self._measures = _measures(knowledge)
        self._values = values
        self._today = at.date()
        self._cleared = frozenset(cleared)
        self._status: dict[str, str] = {}
        self._when: dict[str, Truth] = {}

    def __call__(self, leaf: Leaf) -> Truth:
        """The truth of one leaf."""
        test = leaf.test
        assert isinstance(test, Is | Compare)
        if isinstance(test, Compare):
            return self._compare(test)
        if test.of.startswith("cleared."):
            return test.of.removeprefix("cleared.") in self._cleared
        question = self._questions.get(test.of)
        if question is None:
            return self._result(test)
        return self._line(question, test) if question.answer == "yes-no" else self._choice(question, test)

    # -- is a line asked, and what did its answer come to ------------------------------------------------------

    def not_asked(self, question: Question) -> bool:
        """No answer, and it is known that there will be none: the line does not apply."""
        if question.id in self._values:
            return False
        if question.stem and self._stem_is_no(self._questions[question.stem]):
            return True
        if question.follows and self.status(self._questions[question.follows]) == NO:
            return True
        return self.applies(question) is False

    def applies(self, question: Question) -> Truth:
        """The line's own `when`."""
        if question.id not in self._when:
            self._when[question.id] = truth(Interpreter({}, self).node(question.when))
        return self._when[question.id]

    def _stem_is_no(self, stem: Question) -> bool:
        return self._values.get(stem.id) == "no" or self.not_asked(stem)

    def status(self, question: Question) -> str:
        """What a yes-no line came to: yes, no, unclear ("can't tell"), or open."""
        if question.id not in self._status:
            self._status[question.id] = self._work_out(question)
        return self._status[question.id]

    def _work_out(self, question: Question) -> str:
        said = self._values.get(question.id)
        if said is None:
            return NO if self.not_asked(question) else OPEN
        if said == "no":
            return NO
        signs = self.signs(question)
        if signs:
            came_to = [self.status(sign) for sign in signs]
            if YES in came_to or UNCLEAR in came_to:
                return NO  # the sign speaks for itself; the stem stands for what none of its signs is
            if OPEN in came_to:
                return OPEN
            if said == "unsure":
                return NO
        elif said == "yes":
            return YES
        return self._clarified(question)

    def _clarified(self, question: Question) -> str:
        if question.clarifier is None:
            return UNCLEAR
        compared = self._values.get(f"{question.id}.compared")
        return {"same": NO, "different": YES, "cant-tell": UNCLEAR}.get(str(compared), OPEN)

    def signs(self, question: Question) -> list[Question]:
        """The lines that a stem opens; a list to tick has none in this sense."""
        return [] if question.checklist else _opened_by(self._knowledge).get(question.id, [])

    # -- words -------------------------------------------------------------------------------------------------

    def _line(self, question: Question, test: Is) -> Truth:
        status = self.status(question)
        if status == OPEN:
            return None
        if status != UNCLEAR:
            return status == test.value
        if test.reading is Reading.PLAIN:
            return None
        if test.reading is Reading.CERTAIN:
            return False
        grade = question.clarifier.cant_tell if question.clarifier else None
        return test.value == "no" or grade is None or grade in test.cant_tell

    def _choice(self, question: Question, test: Is) -> Truth:
        said = self._values.get(question.id)
        if said is None:
            return question.unless_asked == test.value if self.not_asked(question) else None
        return _doubtful(test.reading) if said == "unsure" else said == test.value

    def _result(self, test: Is) -> Truth:
        found = self._recorded(test.of, test.side)
        if isinstance(found, Unable):
            means = self._measures[test.of].unable_means
            return means == test.value if means and found.reason != "no-helper" else None
        return None if found is None or found in SAYS_NOTHING else found == test.value

    def _recorded(self, of: str, side: str) -> Value | None:
        """The answer; nothing, if another measure of its check voids what was recorded on that side."""
        check = self._checks.get(of.partition(".")[0])
        at = f".{side}" if side else ""
        for measure in check.measures if check else ():
            counts = self._values.get(f"{check.id}.{measure.id}{at}", measure.counts_if)
            if measure.counts_if and counts != measure.counts_if:
                return None
        return self._values.get(of + at)

    # -- numbers -----------------------------------------------------------------------------------------------

    def _compare(self, test: Compare) -> Truth:
        question = self._questions.get(test.of)
        if question is not None:
            if self._values.get(question.id) == "unsure":
                return _doubtful(test.reading)
            if self.not_asked(question):
                return False
        days = PLAN_DAYS if test.any_day else PLAN_DAYS[:1]
        numbers = [found for day in days if (found := self._number_on(test, day)) is not None]
        return any(_compares(test.op, x, test.limit) for x in numbers) if numbers else None

    def _number_on(self, test: Compare, day: int) -> float | None:
        if test.of == "age":
            return self._age(self._today + timedelta(days=day))
        if test.take == "value":
            said = self._recorded(test.of, test.side)
            grows = self._questions[test.of].grows_per_week if test.of in self._questions else 0
            return said + grows * day / 7 if isinstance(said, int | float) else None
        both = [self._recorded(test.of, side) for side in ("left", "right")]
        if not all(isinstance(x, int | float) for x in both):
            return None
        low, high = sorted(float(x) for x in both if isinstance(x, int | float))
        return {"lowest": low, "highest": high, "difference": high - low}[test.take]

    def _age(self, day: date) -> int | None:
        line = next((q for q in self._questions.values() if q.role == "birth-date"), None)
        said = self._values.get(line.id) if line else None
        if not isinstance(said, str) or said == "unsure":
            return None
        born = date.fromisoformat(said)
        age = day.year - born.year
        return age if (day.month, day.day) >= (born.month, born.day) else age - 1

    # -- asking ------------------------------------------------------------------------------------------------

    def asked_now(self, answer: str) -> bool:
        """Whether a line may be put to the person now, so that an answer would be heard."""
        if answer in self._values:
            return False
        line, _, suffix = answer.rpartition(".")
        if suffix == "compared":
            return self._in_doubt(self._questions[line])
        question = self._questions.get(answer)
        if question is None:
            return not answer.startswith("cleared.")
        if question.stem and self._values.get(question.stem) not in ("yes", "unsure"):
            return False
        if question.follows and self.status(self._questions[question.follows]) not in (YES, UNCLEAR):
            return False
        applies = self.applies(question)
        return applies is True or (applies is None and not any(self._decides_when(question)))

    def _in_doubt(self, question: Question) -> bool:
        if question.clarifier is None or self._values.get(question.id) not in ("yes", "unsure"):
            return False
        came_to = [self.status(sign) for sign in self.signs(question)]
        said = self._values[question.id]
        return all(c == NO for c in came_to) and said == "yes" if came_to else said == "unsure"

    def _decides_when(self, question: Question) -> Iterator[str]:
        for node in walk(question.when):
            if isinstance(node, Leaf) and self(node) is None:
                yield from (a for a in inputs_of(node, self._knowledge) if self.asked_now(a))


@lru_cache(maxsize=4)
def _measures(knowledge: KnowledgeBase) -> dict[str, Measure]:
    return {f"{check.id}.{measure.id}": measure for check in knowledge.checks.values() for measure in check.measures}


@lru_cache(maxsize=4)
def _opened_by(knowledge: KnowledgeBase) -> dict[str, list[Question]]:
    opened: dict[str, list[Question]] = {}
    for question in knowledge.questions.values():
        opened.setdefault(question.stem, []).append(question)
    return opened


def inputs_of(leaf: Leaf, knowledge: KnowledgeBase, *, whens: bool = True) -> frozenset[str]:
    """Every answer that a test can lean on: its line, what opens that line, its signs, and their clarifiers.

    `whens`: also what decides whether one of these is asked at all.
    """
    test = leaf.test
    assert isinstance(test, Is | Compare)
    if test.of == "age":
        return frozenset(q.id for q in knowledge.questions.values() if q.role == "birth-date")
    if test.of in knowledge.questions:
        return _line_inputs(test.of, knowledge, whens)
    sides = ("left", "right") if isinstance(test, Compare) and test.take != "value" else (test.side,)
    check = knowledge.checks.get(test.of.partition(".")[0])
    voiding = [f"{check.id}.{m.id}" for m in check.measures if m.counts_if] if check else []
    return frozenset(f"{of}.{side}" if side else of for of in (test.of, *voiding) for side in sides)


@lru_cache(maxsize=2048)
def _line_inputs(first: str, knowledge: KnowledgeBase, whens: bool) -> frozenset[str]:
    questions = knowledge.questions
    found: set[str] = set()
    seen: set[tuple[str, bool]] = set()
    waiting = [(questions[first], True)]  # a stem opens a line by its plain answer; elsewhere what it came to counts
    while waiting:
        line, came_to = waiting.pop()
        if (line.id, came_to) in seen:
            continue
        seen.add((line.id, came_to))
        found.add(line.id)
        if came_to:
            found |= {f"{line.id}.compared"} if line.clarifier else set()
            waiting += [(q, True) for q in questions.values() if q.stem == line.id and not line.checklist]
        waiting += [(questions[line.stem], False)] if line.stem else []
        waiting += [(questions[line.follows], True)] if line.follows else []
        for node in walk(line.when) if whens else ():
            if isinstance(node, Leaf) and isinstance(node.test, Is | Compare) and node.test.of in questions:
                waiting.append((questions[node.test.of], True))
            elif isinstance(node, Leaf):
                found |= inputs_of(node, knowledge)
    return frozenset(found)


def _doubtful(reading: Reading) -> Truth:
    return {Reading.PLAIN: None, Reading.SUSPECTING: True, Reading.CERTAIN: False}[reading]


def _compares(op: str, x: float, limit: float) -> bool:
    return {"at_least": x >= limit, "above": x > limit, "at_most": x <= limit, "below": x < limit}[op]
