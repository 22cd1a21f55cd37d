"""How a sitting begins: afresh, or with what is saved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from assess.cli import say
from assess.cli.front import print_stop
from assess.interview.machine import Interview
from assess.interview.prompter import Prompter
from assess.interview.store import Store
from assess.model.answers import Answers
from assess.model.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from assess.interview.resume import Saved

ASKED_AGAIN = "More than a day has passed. Pain and warning signs change: they are asked again first."


def saved_in(knowledge: KnowledgeBase, store: Store, now: datetime) -> Saved | None:
    """What there is to go on with. Imported late: a first start does not wait for the engines."""
    if not store.exists():
        return None
    from assess.interview.resume import find_saved

    return find_saved(knowledge, store, now)


def begin(knowledge: KnowledgeBase, prompter: Prompter, store: Store, now: datetime) -> Interview | None:
    """Where to begin; None if what is saved has stopped and is to stay."""
    fresh = Interview(knowledge, Answers(), now)
    saved = saved_in(knowledge, store, now)
    if saved is not None and saved.stop:
        print_stop(knowledge, prompter, store, saved.stop, now)
        question = "Your last answers ended here. Start again from the beginning?"
        if not _again(prompter, question):
            return None
    elif saved is not None:
        if _goes_on(prompter, saved):
            return saved.state
        store.forget()
    prompter.wait([*say.welcome(knowledge), *say.before_start(knowledge)], "begin")
    return fresh


def _again(prompter: Prompter, question: str) -> bool:
    """Whether to begin afresh. The action stands on the screen: whoever only goes away now was stopped all the same."""
    try:
        return prompter.choose(question, {"y": "yes", "n": "no, leave it"}) == "y"
    except (EOFError, KeyboardInterrupt, OSError):
        return False


def _goes_on(prompter: Prompter, saved: Saved) -> bool:
    kind = "a finished" if saved.finished else "an unfinished"
    question = f"There is {kind} assessment from {saved.when.astimezone():%d %B %Y, %H:%M}."
    go_on = "go on: look at it again, or do more checks" if saved.finished else "go on with it"
    if prompter.choose(question, {"g": go_on, "f": "start afresh (the old answers are deleted)"}) == "f":
        return False
    if saved.unread:
        prompter.show(["Some of it cannot be read any more; those lines are asked again."])
    if saved.other_knowledge:
        prompter.show(["The questions have changed since then; what is new is asked."])
    if saved.too_old:
        prompter.show([ASKED_AGAIN])
    return True
