"""Whatever somebody replies: the interview ends, loses nothing on the way back, goes on from its file, and plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.interview.machine import Interview, measures_of
from assess.interview.outcome import assess_answers
from assess.interview.steps import CHECKLIST, Ask, DoCheck, Done, OfferChecks, ReadBack, Stop, Today
from assess.loading.answers_file import dump_answers, read_answers
from assess.model import words
from assess.model.answers import Answers, Value
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase

STEPS = 400
BACKS = 4
MOODS = st.sampled_from(["calm", "calm", "worried", "unsure", "anything"])
QUIET = settings(
    max_examples=10,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class Person:
    """Draws replies. `calm` answers as in health but now and then; `unsure` wherever it can."""

    def __init__(self, knowledge: KnowledgeBase, data: st.DataObject) -> None:
        self.knowledge = knowledge
        self.data = data
        self.mood = data.draw(MOODS)
        self.healthy = healthy(knowledge)
        self.backs = 0

    def often(self, calm: int, other: int) -> bool:
        """True about `calm` (or, in another mood, `other`) times in twenty."""
        return self.data.draw(st.integers(0, 19)) < (calm if self.mood == "calm" else other)

    def reply(self, state: Interview, ask: Ask) -> Interview:
        """One reply of any kind that a front end can bring."""
        if self.backs < BACKS and self.data.draw(st.integers(0, 29)) == 29:
            self.backs += 1
            return state.back()
        if ask.unable and not self.often(18, 15):
            check = self.knowledge.checks[ask.id.partition(".")[0]]
            reason = self.data.draw(st.sampled_from([*words.UNABLE_REASONS, "skip"]))
            return state.skip(*measures_of(check)) if reason == "skip" else state.unable(check, reason)
        if ask.private or (ask.kind == words.TEXT and self.often(10, 10)):
            return state.skip(ask.id)
        if ask.kind == CHECKLIST:
            return self.list(state, ask)
        return state.answer(ask.id, self.value(ask))

    def list(self, state: Interview, ask: Ask) -> Interview:
        """None, a few, or unsure."""
        if self.mood == "unsure":
            return state.answer_checklist(ask.id, (), unsure=True)
        if self.often(14, 6):
            return state.answer_checklist(ask.id, ())
        few = st.lists(st.sampled_from(list(ask.options or {})), max_size=3, unique=True)
        return state.answer_checklist(ask.id, self.data.draw(few))

    def value(self, ask: Ask) -> Value:
        """An answer of the right kind."""
        if self.mood == "unsure" and ask.unsure:
            return words.UNSURE
        if ask.id in self.healthy and self.often(18, 8):
            return self.healthy[ask.id]
        unsure = [words.UNSURE] if ask.unsure else []
        match ask.kind:
            case words.NUMBER:
                return self.data.draw(st.integers(int(ask.minimum), int(ask.maximum)) | st.sampled_from(unsure or [0]))
            case words.BIRTH_DATE:
                return f"{self.data.draw(st.integers(1926, 2014))}-03-04"
            case words.TEXT:
                return "to dig the garden"
            case _:
                return str(self.data.draw(st.sampled_from([*(ask.options or (words.YES, words.NO)), *unsure])))


def sitting(person: Person, at: datetime, look: object = None) -> tuple[Interview, Stop | Done]:
    """A whole interview; `look` sees every state in which a line is asked."""
    state = Interview(person.knowledge, Answers(), at)
    for _ in range(STEPS):
        step = state.next_step()
        match step:
            case Ask():
                if callable(look):
                    look(state, step)
                state = person.reply(state, step)
            case ReadBack():
                state = state.confirm()
            case Today():
                assess_answers(person.knowledge, state.answers, at)  # what to do today can be worked out
                state = state.shown_today()
            case OfferChecks(checks=checks):
                state = state.choose_checks(*(c.id for c in checks if person.often(17, 17)))
            case DoCheck(check=check):
                state = state.shown_check(check)
            case Stop() | Done():
                return state, step
    raise AssertionError(f"still asking after {STEPS} steps: {state.history[-5:]}")


@QUIET
@given(data=st.data())
def test_every_interview_ends_and_what_ends_plans(knowledge: KnowledgeBase, at: datetime, data: st.DataObject) -> None:
    """No line is asked for ever, nothing raises, and at the end no needed answer is missing."""
    state, end = sitting(Person(knowledge, data), at)
    outcome = assess_answers(knowledge, state.finish().answers, at)
    if isinstance(end, Stop):
        assert outcome.triage.level == end.triage.level
        assert outcome.exit_code == 10
    else:
        assert outcome.triage.level not in words.STOPPING
        assert outcome.triage.open == ()


@QUIET
@given(data=st.data())
def test_back_and_the_same_answer_is_where_one_was(knowledge: KnowledgeBase, at: datetime, data: st.DataObject) -> None:
    person = Person(knowledge, data)

    def look(state: Interview, step: Ask) -> None:
        if state.revisit or not state.history or not person.often(3, 3):
            return
        back = state.back()
        line = back.revisit
        assert back.answers == state.answers
        question = knowledge.questions.get(line)
        if question is not None and question.checklist:
            said = state.answers.values
            ticked = [d.id for d in state.listed(line) if said.get(d.id) == words.YES]
            unsure = said[line] == words.UNSURE
            again = back.answer_checklist(line, () if unsure else ticked, unsure=unsure)
        else:
            again = back.answer(line, state.answers.values[line])
        assert again == state
        assert again.next_step() == step

    sitting(person, at, look)


@QUIET
@given(data=st.data())
def test_the_file_alone_brings_back_the_next_line(knowledge: KnowledgeBase, at: datetime, data: st.DataObject) -> None:
    """With what was only shown or chosen in that sitting (today, the checks, what was left out) it is the same step."""
    person = Person(knowledge, data)

    def look(state: Interview, step: Ask) -> None:
        if state.revisit or not person.often(3, 3):
            return
        read = read_answers(knowledge, dump_answers(knowledge, state.answers).encode(), "saved", at)
        assert read.problems == ()
        resumed = Interview.resumed(knowledge, read.answers, at)
        assert dict(resumed.answers.values) == dict(state.answers.values)
        shown = replace(
            resumed,
            skipped=state.skipped,
            today_shown=state.today_shown,
            checks=state.checks,
            check_shown=state.check_shown,
        )
        assert shown.next_step() == step

    sitting(person, at, look)
