"""What the interview says between its lines, as wrapped text. Words only; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from assess.cli.plain import WIDTH
from assess.cli.typed import command
from assess.interview.steps import DoCheck, OfferChecks
from assess.model import words
from assess.model.describe import notice, whom_to_ring
from assess.model.knowledge import KnowledgeBase, Row
from assess.model.plan import Plan

READ_BACK_ROWS = 18
"""How many lines of a read-back are shown at once: they and what is asked about them fit a small screen."""


def welcome(knowledge: KnowledgeBase) -> list[str]:
    """What this is and how to answer."""
    return [
        "",
        "Self-assessment for back and neck pain",
        "",
        *wrap(
            "First come a few lines about you and warning signs, about six minutes. Then you see what to do "
            "today, and, if you like, a few checks that make the plan fit you.",
            WIDTH,
        ),
        *wrap(notice(knowledge), WIDTH),
        "",
        *wrap(
            "Everything stays on this machine. Keys: y yes, n no, u not sure, w why, b back, ? all keys. "
            "Ctrl-C stops and saves.",
            WIDTH,
        ),
    ]


def before_start(knowledge: KnowledgeBase) -> list[str]:
    """When not to answer questions but to ring."""
    said, ring = knowledge.program["before_start"], whom_to_ring(knowledge, words.EMERGENCY)
    return ["", *wrap(said["lead"], WIDTH), *_bullets(said["signs"]), *wrap(ring, WIDTH)]


def read_back(noes: Sequence[tuple[str, str]]) -> Iterator[tuple[dict[str, str], list[str]]]:
    """The lines that were answered no, a screen at a time: number -> question, and the text."""
    if not noes:
        yield {}, ["", "Please check: you answered no to none of the warning signs."]
        return
    parts: list[list[list[str]]] = [[]]
    for number, (_, text) in enumerate(noes, 1):
        entry = wrap(text, WIDTH, initial_indent=f"  {number:>2}. ", subsequent_indent="      ")
        if parts[-1] and sum(map(len, parts[-1])) + len(entry) > READ_BACK_ROWS:
            parts.append([])
        parts[-1].append(entry)
    first = 1
    for at, part in enumerate(parts, 1):
        of = f" (part {at} of {len(parts)})" if len(parts) > 1 else ""
        numbers = {str(n): noes[n - 1][0] for n in range(first, first + len(part))}
        first += len(part)
        yield numbers, ["", f"Please check{of}. You answered no to each of these:", *(x for e in part for x in e)]


def today(plan: Plan) -> list[str]:
    """What to do today: triage, what eases, what to watch."""
    out = ["", "What to do today", "================"]
    for line in plan.triage.action:
        out += wrap(line, WIDTH)
    out += _bullets(str(reason["text"]) for reason in plan.triage.reasons)
    for relief in plan.relief:
        out += ["", relief.title, *_bullets(relief.steps)]
        if relief.dose:
            out += _bullets([f"How much: {relief.dose}."])
    return [*out, "", "Watch out, from now on:", *_bullets(plan.watch_list)]


def verdict(knowledge: KnowledgeBase, plan: Plan) -> list[str]:
    """What it comes to, in a line or two: the level and the first thing to do."""
    title = str(knowledge.program["levels"][plan.triage.level]["title"])
    return ["", *(line for text in (f"{title}.", *plan.triage.action[:1]) for line in wrap(text, WIDTH))]


BY, ABOUT = "WHO", "WHAT"
"""What stands in a printed command where the person has to write something; `assess agreed` refuses it."""


def when_agreed(rows: Sequence[Row], file: Sequence[str], again: str) -> list[str]:
    """How to go on after a clinician has agreed to exercise; nothing where nobody can agree."""
    if not rows:
        return []
    out = ["", *wrap("When a clinician has agreed to exercise, record it and start again:", WIDTH)]
    out += [f"  {command('agreed', row.id, '--by', BY, '--about', ABOUT, *file)}" for row in rows]
    return [*out, f"  {again}"]


def offered(step: OfferChecks) -> list[str]:
    """The self-checks on offer."""
    needs = {"phone": " (a phone helps)", "helper": " (with a helper)"}
    minutes = sum(check.minutes for check in step.checks)
    one = len(step.checks) == 1
    head = f"{len(step.checks)} self-check{'' if one else 's'} would make the plan fit you better"
    return [
        "",
        f"{head}, about {minutes:g} minutes:",
        *(f"  - {check.title}{needs.get(check.alone, '')}" for check in step.checks),
    ]


def how_to(step: DoCheck) -> list[str]:
    """How a check is done."""
    check = step.check
    out = ["", f"Check {step.number} of {step.of}: {check.title}", *wrap(check.purpose, WIDTH)]
    for number, text in enumerate((*check.setup, *check.steps), 1):
        out += wrap(text, WIDTH, initial_indent=f"  {number}. ", subsequent_indent="     ")
    for text in check.stop:
        out += wrap(f"Stop: {text}", WIDTH, initial_indent="  ! ", subsequent_indent="    ")
    return out


def ended(plan: Plan, checked: bool, plan_file: str, following: str) -> list[str]:
    """What was found, where the plan is, the command that follows."""
    found = "; ".join(f.text for f in plan.found) or "no check stood out"
    doing = ", ".join(e.title for e in plan.exercises if not e.rides_on)
    return [
        *(wrap(f"Found: {found}.", WIDTH) if checked else []),
        *wrap(f"Your plan: {doing or 'what eases the pain, and no exercises for now'}.", WIDTH),
        f"It lies in {plan_file}",
        f"Next: {following}",
    ]


def _bullets(texts: Sequence[str] | Iterator[str]) -> list[str]:
    return [line for text in texts for line in wrap(text, WIDTH, initial_indent=" - ", subsequent_indent="   ")]
