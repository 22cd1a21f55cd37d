"""Which front end asks, and where a result is printed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from assess.cli.calendars import renew
from assess.cli.output import on_a_terminal, put
from assess.cli.plain import PlainPrompter
from assess.interview.prompter import Prompter
from assess.interview.store import Store
from assess.model.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from assess.interview.outcome import Outcome


def pick_prompter(plain: bool) -> Prompter:
    """The terminal front end, or the plain one where it is asked for or the terminal cannot do more."""
    terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
    if plain or os.environ.get("ACCESSIBLE") or os.environ.get("TERM", "dumb") == "dumb" or not terminal:
        return PlainPrompter()
    try:
        from assess.cli.terminal import TerminalPrompter

        return TerminalPrompter()
    except Exception:  # a console that prompt_toolkit cannot open; the plain lines work everywhere
        return PlainPrompter()


def print_result(prompter: Prompter, text: str, *, urgent: bool = False) -> None:
    """On the output stream; and on the screen too where that is somewhere else."""
    with suppress(OSError):  # a screen that is gone does not keep the result back
        prompter.show([""])
    written = put(text.rstrip("\n") + "\n", urgent=urgent)
    if written and not on_a_terminal(sys.stdout) and on_a_terminal(sys.stderr):
        prompter.show(text.splitlines())


def print_stop(knowledge: KnowledgeBase, prompter: Prompter, store: Store, outcome: Outcome, now: datetime) -> None:
    """The action, without the list of what was not asked. A plan from before must not be followed, so it goes."""
    from assess.export.formats import text_of

    plan = replace(outcome.plan, triage=replace(outcome.plan.triage, open=()))
    print_result(prompter, text_of(knowledge, plan), urgent=True)
    store.forget_plan()
    renew(knowledge, outcome, store, now)
