"""`assess`: the interview at the edge. Drives the state machine through a prompter and keeps every answer on disk."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from assess.cli.plain import WIDTH, PlainPrompter
from assess.errors import STOPPED, AnswerNeeded
from assess.interview.machine import Interview, measures_of
from assess.interview.prompter import Given, Move, Prompter, Reply, Ticked
from assess.interview.steps import Ask, DoCheck, OfferChecks, ReadBack, Stop, Today
from assess.interview.store import Store
from assess.loading.answers_file import read_answers, write_whole
from assess.model import words
from assess.model.answers import UNFINISHED_HOURS, Answers
from assess.model.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from assess.interview.outcome import Outcome

INTERRUPTED = 130


def pick_prompter(plain: bool) -> Prompter:
    """The terminal front end, or the plain one where it is asked for or the terminal cannot do more."""
    if plain or os.environ.get("ACCESSIBLE") or os.environ.get("TERM", "dumb") == "dumb" or not sys.stdin.isatty():
        return PlainPrompter()
    try:
        from assess.cli.terminal import TerminalPrompter

        return TerminalPrompter()
    except Exception:  # a console that prompt_toolkit cannot open; the plain lines work everywhere
        return PlainPrompter()


class Runner:
    """One sitting."""

    def __init__(self, knowledge: KnowledgeBase, prompter: Prompter, store: Store) -> None:
        self.knowledge = knowledge
        self.prompter = prompter
        self.store = store
        self.state = Interview(knowledge, Answers(), _now())
        self._topic = ""

    # -- beginning ----------------------------------------------------------------------------------------------

    def start(self) -> int | None:
        """Resume, start afresh, or finish at once; an exit code ends the sitting."""
        if not self.store.exists():
            self.prompter.show(self._welcome())
            return None
        saved = read_answers(self.knowledge, self.store.file.read_bytes(), str(self.store.file), _now()).answers
        stopped = _outcome(self.knowledge, saved)
        if stopped is not None and stopped.triage.stops:
            self._print(stopped)
            if (
                self._choose("Your last answers ended here. Start again from the beginning?", y="yes", n="no, leave it")
                == "n"
            ):
                return STOPPED
            return None
        if not saved.values:
            self.prompter.show(self._welcome())
            return None
        when = saved.triaged_at.astimezone().strftime("%d %B %Y, %H:%M") if saved.triaged_at else "an earlier time"
        ready = saved.complete and stopped is not None
        question = f"There is {'a finished' if ready else 'an unfinished'} assessment from {when}."
        options = {"r": "go on with it", "f": "start afresh (the old answers are deleted)"}
        if ready:
            options["r"] = "go on: look at it again, or do more checks"
        if self.prompter.choose(question, options) == "f":
            self.store.forget()
            return None
        state = Interview(
            self.knowledge,
            Answers(saved.values, saved.triaged_at, False, saved.cleared, mistakes=saved.mistakes),
            _now(),
        )
        old = saved.triaged_at is None or _now() - saved.triaged_at > timedelta(hours=UNFINISHED_HOURS)
        began = datetime.fromtimestamp(self.store.file.stat().st_mtime).astimezone()
        if old and _now() - began > timedelta(hours=UNFINISHED_HOURS):
            self.prompter.show(wrap("It is more than a day old, so the warning signs are asked again first.", WIDTH))
            state = state.reopen_triage()
        self.state = state
        return None

    def _welcome(self) -> list[str]:
        return [
            "Self-assessment for back and neck pain",
            "",
            *wrap(
                "First come a few lines about you and warning signs, about six minutes. Then you see what to do "
                "today, and, if you like, a few checks that make the plan fit you.",
                WIDTH,
            ),
            *wrap(str(self.knowledge.program["notice"]), WIDTH),
            "",
            *wrap(
                "Everything stays on this machine. Keys: y yes, n no, u not sure, w why, b back, ? all keys. "
                "Ctrl-C stops and saves.",
                WIDTH,
            ),
        ]

    def _choose(self, text: str, **options: str) -> str:
        return self.prompter.choose(text, options)

    # -- the loop -----------------------------------------------------------------------------------------------

    def go(self) -> int:
        """Ask until it is done. Ctrl-C and the end of the input save; neither is ever an answer."""
        try:
            code = self.start()
            if code is not None:
                return code
            return self._loop()
        except KeyboardInterrupt:
            return self._interrupted(INTERRUPTED, "Stopped.")
        except EOFError:
            return self._interrupted(AnswerNeeded.exit_code, "The input ended.")

    def _loop(self) -> int:
        while True:
            step = self.state.next_step()
            match step:
                case Ask():
                    self._asked(step)
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
                    self._do_check(step)
                case _:
                    return self._finished()

    def _assessed(self) -> Outcome:
        """What the answers come to. Imported late: the first question does not wait for the engines."""
        from assess.interview.outcome import assess_answers

        return assess_answers(self.knowledge, self.state.answers, _now())

    def _set(self, state: Interview) -> None:
        if state.answers != self.state.answers:
            self.store.save(state.answers)
        self.state = state

    def _asked(self, ask: Ask) -> None:
        reply = self.prompter.ask(ask)
        self._reply(ask, reply)

    def _reply(self, ask: Ask, reply: Reply) -> None:
        match reply:
            case Given(value):
                if ask.private:
                    self._private(ask, str(value))
                    self.state = self.state.skip(ask.id)
                else:
                    self._set(self.state.answer(ask.id, value))
            case Ticked(codes, unsure):
                self._set(self.state.answer_checklist(ask.id, codes, unsure=unsure))
            case Move("back"):
                before = self.state
                self.state = self.state.back()
                if before is self.state:
                    self.prompter.show(["This is the first line."])
            case Move("why"):
                self.prompter.show(wrap(ask.why or "It decides what may be in your plan.", WIDTH))
            case Move("skip"):
                self.state = self.state.skip(*(self._of_check(ask) if ask.unable else (ask.id,)))
            case Move("cant"):
                self._cant(ask)

    def _private(self, ask: Ask, value: str) -> None:
        question = self.knowledge.questions[ask.id]
        if value != words.NO:
            self.prompter.show([line for text in question.shows for line in wrap(text, WIDTH)])

    def _of_check(self, ask: Ask) -> tuple[str, ...]:
        return measures_of(self.knowledge.checks[ask.id.split(".")[0]])

    def _cant(self, ask: Ask) -> None:
        reasons = {
            "p": "it hurts",
            "o": "I cannot get into that position",
            "h": "I have nobody to help",
            "w": "I am not strong enough for it",
        }
        key = self._choose("What keeps you from it?", **reasons)
        reason = dict(zip(reasons, words.UNABLE_REASONS, strict=True))[key] if key != "o" else "position"
        reason = {"p": "pain", "o": "position", "h": words.NO_HELPER, "w": "weakness"}[key]
        self._set(self.state.unable(self.knowledge.checks[ask.id.split(".")[0]], reason))

    # -- the larger steps ---------------------------------------------------------------------------------------

    def _stop(self) -> int | None:
        """The action first and whole; then a way back from a wrong key."""
        outcome = self._assessed()
        self._print(outcome)
        self.store.save(self.state.answers)
        try:
            typed = self.prompter.text("Pressed the wrong key? Type MISTAKE to go back; anything else ends here")
        except (EOFError, KeyboardInterrupt):
            return outcome.exit_code
        if typed.strip().upper() != "MISTAKE":
            return outcome.exit_code
        self._set(self.state.mistake())
        return None

    def _read_back(self, step: ReadBack) -> None:
        lines = ["", "Please check: you answered no to each of these."]
        for number, (_, text) in enumerate(step.noes, 1):
            lines += wrap(text, WIDTH, initial_indent=f"  {number:>2}. ", subsequent_indent="      ")
        self.prompter.show(lines)
        numbers = {str(i): question for i, (question, _) in enumerate(step.noes, 1)}
        while True:
            typed = self.prompter.text("Type OK if all of that is right, or a number to change it").strip()
            if typed.upper() == "OK":
                self._set(self.state.confirm())
                return
            if typed in numbers:
                self._asked(self.state.line(numbers[typed]))
                return
            self.prompter.show(["Please type OK, or a number of the list."])

    def _today(self) -> None:
        outcome = self._assessed()
        self.prompter.show(["", "=" * 40, "What to do today", "=" * 40])
        plan = outcome.plan
        for line in plan.triage.action:
            self.prompter.show(wrap(line, WIDTH))
        for reason in plan.triage.reasons:
            self.prompter.show(wrap(str(reason["text"]), WIDTH, initial_indent=" - ", subsequent_indent="   "))
        if plan.covered:
            self.prompter.show(["", *wrap(plan.covered, WIDTH)])
        for relief in plan.relief:
            self.prompter.show(["", relief.title])
            for text in (*relief.steps, *([f"How much: {relief.dose}."] if relief.dose else [])):
                self.prompter.show(wrap(text, WIDTH, initial_indent=" - ", subsequent_indent="   "))
        self.prompter.show(["", "Watch out, from now on:"])
        for text in plan.watch_list:
            self.prompter.show(wrap(text, WIDTH, initial_indent=" - ", subsequent_indent="   "))
        from dataclasses import replace

        self.state = replace(self.state, today_shown=True)
        if outcome.triage.level == words.CLINICIAN_FIRST:
            self.prompter.show(
                [
                    "",
                    *wrap(
                        "When a clinician has agreed to exercise, record it with `assess agreed`; then start again.",
                        WIDTH,
                    ),
                ]
            )

    def _offer(self, step: OfferChecks) -> None:
        from dataclasses import replace

        minutes = sum(check.minutes for check in step.checks)
        self.prompter.show(
            ["", f"{len(step.checks)} self-checks would make the plan fit you better, about {minutes:g} minutes:"]
        )
        needs = {"phone": " (a phone helps)", "helper": " (with a helper)"}
        self.prompter.show([f"  - {check.title}{needs.get(check.alone, '')}" for check in step.checks])
        key = self._choose("Do them now?", n="now", l="later: the plan is there without them")
        self.state = replace(self.state, checks=tuple(c.id for c in step.checks) if key == "n" else ())

    def _do_check(self, step: DoCheck) -> None:
        from dataclasses import replace

        check = step.check
        lines = ["", f"Check {step.number} of {step.of}: {check.title}", *wrap(check.purpose, WIDTH)]
        for number, text in enumerate((*check.setup, *check.steps), 1):
            lines += wrap(text, WIDTH, initial_indent=f"  {number}. ", subsequent_indent="     ")
        for text in check.stop:
            lines += wrap(f"Stop: {text}", WIDTH, initial_indent="  ! ", subsequent_indent="    ")
        self.prompter.show([*lines, "  (c = I can't do it, s = skip it)"])
        self.state = replace(self.state, check_shown=check.id)

    # -- ending -------------------------------------------------------------------------------------------------

    def _finished(self) -> int:
        from assess.export.formats import render

        self._set(self.state.finish())
        outcome = self._assessed()
        target = self.store.file.with_name(f"{self.store.file.stem}-plan.txt")
        write_whole(target, render(self.knowledge, outcome.plan, "text"), private=True)
        plan = outcome.plan
        found = "; ".join(f.text for f in plan.findings) or "no check stood out"
        doing = ", ".join(e.title for e in plan.exercises if not e.rides_on) or "what eases the pain"
        self.prompter.show(
            [
                "",
                *wrap(f"Found: {found}.", WIDTH),
                *wrap(f"Your plan: {doing}.", WIDTH),
                f"It lies in {target}",
                f"Next: assess export {self.store.file} --format md -o plan.md",
            ]
        )
        return outcome.exit_code

    def _interrupted(self, code: int, said: str) -> int:
        self.store.save(self.state.answers)
        outcome = _outcome(self.knowledge, self.state.answers)
        if outcome is not None and outcome.triage.stops:
            self._print(outcome)
            return outcome.exit_code
        self.prompter.show(["", f"{said} Your answers are saved in {self.store.file}", "Go on with: assess"])
        return code

    def _print(self, outcome: Outcome) -> None:
        """An action goes to the output stream and is complete by itself."""
        from assess.export.formats import render

        print(render(self.knowledge, outcome.plan, "text"), flush=True)


def _now() -> datetime:
    return datetime.now().astimezone().replace(microsecond=0)


def _outcome(knowledge: KnowledgeBase, answers: Answers) -> Outcome | None:
    """The outcome, or None where a needed line is open."""
    from assess.interview.outcome import assess_answers

    try:
        return assess_answers(knowledge, answers, _now())
    except AnswerNeeded:
        return None


def run(knowledge: KnowledgeBase, *, plain: bool, save: str | None, no_input: bool) -> int:
    """One sitting; returns the exit code."""
    from assess.interview.store import default_file

    store = Store(knowledge, Path(save) if save else default_file())
    if no_input:
        raise AnswerNeeded(
            "`assess` asks questions, and --no-input forbids it",
            hint="Give an answers file: assess plan FILE (examples/ has some).",
        )
    store.prepare()
    return Runner(knowledge, pick_prompter(plain), store).go()
