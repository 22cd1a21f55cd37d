"""`assess`: the interview at the edge. Drives the state machine through a prompter and keeps every answer on disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from assess.cli import say
from assess.cli.begin import ASKED_AGAIN, begin
from assess.cli.calendars import ask_start, ask_week, renew, with_week, write_calendar
from assess.cli.front import pick_prompter, print_result, print_stop
from assess.cli.output import cannot_write
from assess.cli.plain import UNABLE_WORDS, WIDTH
from assess.cli.typed import command
from assess.errors import STOPPED, AnswerNeeded, AssessError, CannotWrite
from assess.interview.machine import Interview, check_of, measures_of
from assess.interview.prompter import BACK_KEY, Given, Move, Prompter, Reply, Ticked
from assess.interview.steps import Ask, DoCheck, OfferChecks, ReadBack, Stop, Today
from assess.interview.store import Store, default_file, too_old
from assess.model import words
from assess.model.answers import Answers
from assess.model.knowledge import KnowledgeBase
from assess.model.week import usual

if TYPE_CHECKING:
    from assess.interview.outcome import Outcome
    from assess.model.plan import Schedule

INTERRUPTED = 130
CANT = {"p": "pain", "o": "position", "h": words.NO_HELPER, "w": "weakness"}


def local_now() -> datetime:
    """The time on the wall."""
    return datetime.now().astimezone().replace(microsecond=0)


class Left(Exception):
    """The person wants to be away from this screen at once."""


class Runner:
    """One sitting. `clock` is the only way in which it learns the time."""

    def __init__(
        self, knowledge: KnowledgeBase, prompter: Prompter, store: Store, clock: Callable[[], datetime] = local_now
    ) -> None:
        self.knowledge = knowledge
        self.prompter = prompter
        self.store = store
        self.clock = clock
        self.state = Interview(knowledge, Answers(), clock())
        self._seen = clock()

    # -- the loop -----------------------------------------------------------------------------------------------

    def go(self) -> int:
        """Ask until it is done. Ctrl-C and the end of the input save; neither is ever an answer."""
        try:
            began = begin(self.knowledge, self.prompter, self.store, self.clock())
            if began is None:
                return STOPPED
            self.state = replace(began, answers=replace(began.answers, id=self.store.identity()))
            return self._loop()
        except KeyboardInterrupt:
            return self._interrupted(INTERRUPTED, "Stopped.")
        except EOFError:
            return self._interrupted(AnswerNeeded.exit_code, "The input ended.")
        except (CannotWrite, OSError) as error:
            stopped = self._stopped()
            if stopped is None:
                raise error if isinstance(error, CannotWrite) else cannot_write(error) from None
            self._print(stopped)  # what to do does not wait for a disk
            return STOPPED
        except Left:
            self.prompter.wipe()
            return INTERRUPTED

    def _loop(self) -> int:
        while True:
            step = self.state.next_step()
            now = self.clock()
            old = bool(self.state.answers.values) and too_old(self.state.answers, self._seen, now)
            self._seen = now
            if old and not isinstance(step, Stop):
                self.prompter.show(["", ASKED_AGAIN])
                self.state = replace(self.state.reopen_triage(), now=now)
                continue
            match step:
                case Ask():
                    self._reply(step, self.prompter.ask(step))
                case Stop():
                    code = self._stop()
                    if code is not None:
                        return code
                case ReadBack():
                    self._read_back(step)
                case Today():
                    self._today()
                case OfferChecks():
                    self._offer(step)
                case DoCheck():
                    self.prompter.show(say.how_to(step))
                    self.state = self.state.shown_check(step.check)
                case _:
                    return self._finished()

    def _set(self, state: Interview) -> None:
        changed = state.answers != self.state.answers
        self.state = state
        if changed:
            self.store.save(state.answers)

    def _reply(self, ask: Ask, reply: Reply) -> None:
        match reply:
            case Given(value) if ask.private:
                self._private(ask, str(value))
            case Given(value):
                if ask.kind == words.BIRTH_DATE:
                    self.prompter.show([f"  {date.fromisoformat(str(value)):%d %B %Y}"])
                self._set(self.state.answer(ask.id, value))
            case Ticked(codes, unsure):
                ticked = "; ".join((ask.options or {})[code] for code in codes)
                self.prompter.show(wrap(f"You ticked: {ticked}.", WIDTH) if ticked else [])
                self._set(self.state.answer_checklist(ask.id, codes, unsure=unsure))
            case Move("back"):
                before = self.state
                self.state = self.state.back()
                if before is self.state:
                    self.prompter.show(["This is the first line."])
            case Move("why"):
                self.prompter.show(wrap(ask.why or "It decides what may be in your plan.", WIDTH))
            case Move("skip"):
                lines = measures_of(check_of(self.knowledge, ask.id)) if ask.unable else (ask.id,)
                self.state = self.state.skip(*lines)
            case Move("cant"):
                self._cant(ask)

    def _private(self, ask: Ask, value: str) -> None:
        """Used here and now, and never written (Triage 10)."""
        if value != words.NO:
            shows = self.knowledge.questions[ask.id].shows
            self.prompter.show(["", *(line for text in shows for line in wrap(text, WIDTH))])
            go_on = {"g": "go on", "x": "clear the screen and leave at once; what you answered before is saved"}
            if self.prompter.choose("Nothing of this is kept.", go_on) == "x":
                raise Left
        self.state = self.state.skip(ask.id)

    def _cant(self, ask: Ask) -> None:
        options = {key: UNABLE_WORDS[reason] for key, reason in CANT.items()}
        key = self.prompter.choose("What keeps you from it?", {**options, BACK_KEY: "back to the question"})
        if key != BACK_KEY:
            self._set(self.state.unable(check_of(self.knowledge, ask.id), CANT[key]))

    # -- the larger steps ---------------------------------------------------------------------------------------

    def _stop(self) -> int | None:
        """The action first and whole; then a way back from a wrong key."""
        outcome = self._assessed()
        self._print(outcome)
        try:
            typed = self.prompter.text("Pressed the wrong key? Type MISTAKE to go back; anything else ends here")
        except (EOFError, KeyboardInterrupt):
            return outcome.exit_code
        if typed.upper() != "MISTAKE":
            return outcome.exit_code
        self._set(self.state.mistake())
        return None

    def _read_back(self, step: ReadBack) -> None:
        for numbers, lines in say.read_back(step.noes):
            self.prompter.show(lines)
            while True:
                change = ", or a number to change that line" if numbers else ""
                typed = self.prompter.text(f"Type OK if that is right{change}").upper()
                if typed == "OK":
                    break
                if typed == BACK_KEY.upper():
                    self.state = self.state.back()
                    return
                if typed in numbers:
                    self.state = self.state.change(numbers[typed])
                    return
                span = f", or a number from {min(numbers, key=int)} to {max(numbers, key=int)}" if numbers else ""
                self.prompter.show([f"Please type OK{span}."])
        self._set(replace(self.state, now=self.clock()).confirm())

    def _today(self) -> None:
        outcome = self._assessed()
        lines = say.today(outcome.plan)
        if outcome.triage.level == words.CLINICIAN_FIRST:
            asked = [r.row for r in outcome.triage.reasons if r.level == words.CLINICIAN_FIRST and not r.cleared]
            file = () if self._default else ("--answers", str(self.store.file))
            agree = asked if all(row.clearable for row in asked) else []
            lines += say.when_agreed(agree, file, self._start_again)
        self.prompter.pages(lines)
        self._once_more(outcome)
        self.state = self.state.shown_today()

    def _offer(self, step: OfferChecks) -> None:
        self.prompter.show(say.offered(step))
        ways = {"y": "now", "l": "later: the plan is there without them"}
        now = self.prompter.choose("Do them now?", ways, also={"n": "l"}) == "y"
        self.state = self.state.choose_checks(*(c.id for c in step.checks if now))
        if now and isinstance(self.state.next_step(), Ask):
            self.prompter.show(["", "A few lines first; then the checks."])

    # -- ending -------------------------------------------------------------------------------------------------

    def _finished(self) -> int:
        self._set(self.state.finish())
        outcome = self._assessed()
        self._save_plan(outcome)
        checked = any(answer.partition(".")[0] in self.knowledge.checks for answer in self.state.answers.values)
        file = () if self._default else (str(self.store.file),)
        following = command("export", *file, "--format", "html", "-o", "plan.html")
        ended = say.ended(outcome.plan, checked, str(self.store.plan_file), following)
        print_result(self.prompter, "\n".join(ended))
        renew(self.knowledge, outcome, self.store, self.clock())
        with suppress(EOFError, KeyboardInterrupt, OSError):  # everything is done; whoever goes away now may go
            ways = {"r": "read it now"}
            if outcome.plan.schedule:
                ways["c"] = "put it into your calendar"
            while chosen := self.prompter.choose("Your plan is ready.", {**ways, "": "end"}):
                if chosen == "r":
                    self.prompter.pages(self.store.plan_file.read_text("utf-8").splitlines())
                elif outcome.plan.schedule:
                    self._calendar(outcome.plan.schedule)
            self._once_more(outcome)
        return outcome.exit_code

    def _calendar(self, schedule: Schedule) -> None:
        """Ask when, and write the calendar; the plan says the days that were chosen too."""
        week = ask_week(self.knowledge, self.prompter, self.state.answers.week, schedule)
        answers = with_week(self.state.answers, week, usual(self.knowledge.program))
        self._set(replace(self.state, answers=answers))
        outcome = self._assessed()
        self._save_plan(outcome)
        try:
            from assess.cli.share import record_of

            now = self.clock()
            record = ask_start(self.prompter, record_of(self.knowledge, answers, outcome, now.date(), now))
            write_calendar(record, self.prompter, self.store)
        except AssessError as error:
            self.prompter.show(["", *error.render().splitlines()])

    def _save_plan(self, outcome: Outcome) -> None:
        from assess.export.formats import text_of

        self.store.save_plan(text_of(self.knowledge, outcome.plan))

    def _once_more(self, outcome: Outcome) -> None:
        """What it comes to, again, where everything before has run past."""
        if self.prompter.scrolls:
            self.prompter.show(say.verdict(self.knowledge, outcome.plan))

    def _interrupted(self, code: int, said: str) -> int:
        """Everything that was answered is on disk already; a line that is in doubt counts as yes (Triage 6)."""
        stopped = self._stopped()
        if stopped is not None:
            self._print(stopped)
            return STOPPED
        if self.store.exists():
            self.prompter.show(["", f"{said} Your answers are saved in {self.store.file}"])
            self.prompter.show([f"Go on with: {self._start_again}"])
        else:
            self.prompter.show(["", f"{said} Nothing was answered yet, and nothing is saved."])
        return code

    def _assessed(self) -> Outcome:
        """What the answers come to. Imported late: the first question does not wait for the engines."""
        from assess.interview.outcome import assess_answers

        return assess_answers(self.knowledge, self.state.answers, self.clock())

    def _stopped(self) -> Outcome | None:
        """The outcome if the answers as they stand mean an emergency or the same day."""
        if not self.state.answers.values:
            return None
        from assess.interview.resume import outcome_or_none

        outcome = outcome_or_none(self.knowledge, self.state.answers, self.clock())
        return outcome if outcome is not None and outcome.triage.stops else None

    def _print(self, outcome: Outcome) -> None:
        print_stop(self.knowledge, self.prompter, self.store, outcome, self.clock())

    @property
    def _default(self) -> bool:
        return self.store.file == default_file()

    @property
    def _start_again(self) -> str:
        return command() if self._default else command("--save", str(self.store.file))


def run(knowledge: KnowledgeBase, *, plain: bool, save: str | None, no_input: bool) -> int:
    """One sitting; returns the exit code."""
    if no_input:
        raise AnswerNeeded(
            "`assess` asks questions, and --no-input forbids it",
            hint="Give an answers file: `assess plan FILE` (examples/ has some).",
        )
    store = Store(knowledge, Path(save) if save else default_file())
    store.prepare()
    return Runner(knowledge, pick_prompter(plain), store).go()
