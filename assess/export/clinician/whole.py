"""The letter as a whole, in the order in which a clinician reads it."""

from __future__ import annotations

from assess.export.blocks import EXAMPLE
from assess.export.clinician.advised import advised, left_out
from assess.export.clinician.flags import asked, flag, modifiers
from assess.export.clinician.measured import measurements
from assess.export.clinician.parts import Length, Letter, Line, Part, lines, listed
from assess.export.clinician.reasons import Reasons
from assess.export.clinician.said import Said, in_words, named, quoted, sentence
from assess.export.record import Record
from assess.export.shared import answered_on, blocked
from assess.model import words

TITLE = "Self-assessment for back and neck pain: letter for a clinician"
GRADES = "[A] to [D] grade the evidence, A being the best."
LABEL = "A working label from answers alone, by exclusion where nothing pointed elsewhere; not a diagnosis."
SELF = (
    "Answered and measured by the person alone; nobody has examined them. ± is the error of a measurement at home. "
    "What is unsure was read the safer way."
)


def letter(record: Record, length: Length = Length.WHOLE) -> Letter:
    """What the letter says, so long."""
    said = Said(record)
    reasons = Reasons(record, said)
    parts = [
        flag(record, said, reasons),
        _problem(record, said, length),
        asked(record, said, length),
        modifiers(record, said, reasons, length),
        measurements(record, said, length),
        *_mechanism(record, reasons, said),
        *_patterns(record),
        advised(record, length),
        left_out(record, length),
        _how_sure(record),
    ]
    return Letter(
        TITLE,
        EXAMPLE if record.plan.example else "",
        _about(record, said),
        _made(record),
        tuple(p for p in parts if p is not None and p.lines),
    )


def holds(record: Record) -> tuple[str, ...]:
    """What somebody who is given the letter learns."""
    told = (
        "Your age and sex; neither your name nor your date of birth.",
        f"What you answered on: {answered_on(record)}.",
        "None of your private answers.",
        "Your own words on what you want to get back to, where you wrote any.",
        "What you measured, what it was taken to mean, and how sure that is.",
    )
    if blocked(record):
        return (*told, "At the top: what somebody must look at first, how soon, and which answers led there.")
    return (*told, "Your exercises and why you were given them, and what was left out and why.")


def _about(record: Record, said: Said) -> str:
    """Age, and what else is said of the person beside the pain."""
    topic = said.topic_of(words.BIRTH_DATE)
    others = [q for q in said.asked(topic) if q.role != words.BIRTH_DATE]
    told = [said.line(q.id) for q in others if q.answer == words.CHOICE or not said.quiet(q)]
    age = "not known" if said.age is None else f"{said.age} years"
    return sentence(listed([f"age {age}", *told])) + "."


def _made(record: Record) -> str:
    plan, k = record.plan, record.plan.knowledge
    triage = f"triage of {plan.triaged_at[:16].replace('T', ' ')}" if plan.triaged_at else "triage not finished"
    return f"Letter of {record.on}; {triage}. Rules: {k['name']} {k['version']} ({k['sha256'][:12]})."


def _problem(record: Record, said: Said, length: Length) -> Part:
    """The pain as it was answered, how it behaves, and what the person wants back."""
    site = said.topic_of(words.SITE)
    numbers = [q for q in said.asked(*said.topics(words.TRIAGE)) if isinstance(said.values[q.id], int | float)]
    label = in_words(site).split()[-1]
    pain = [said.line(q.id).removeprefix(f"{label} ") for q in (*said.asked(site), *numbers)]
    behaviour = []
    for topic in said.topics("today", "checks"):
        lines_of = list(said.asked(topic))
        positive = said.run_on(q for q in lines_of if not said.quiet(q))
        denied = ", ".join(in_words(q.id) for q in lines_of if said.quiet(q)) if length < Length.SHORTER else ""
        text = listed(t for t in (positive, f"denied: {denied}" if denied else "") if t)
        behaviour.append((sentence(in_words(topic)), text))
    plan = record.plan
    return Part(
        "Presenting problem",
        lines(
            (sentence(label), listed(pain)),
            *behaviour,
            ("Goal", quoted(plan.goal) if plan.goal else ""),
            ("Activities", listed(map(quoted, plan.activities))),
        ),
    )


def _mechanism(record: Record, reasons: Reasons, said: Said) -> tuple[Part, ...]:
    """The kind of pain: what triage has not cleared has none."""
    found = {f.id: f for f in record.plan.findings if f.for_clinician}
    told = []
    for row in record.knowledge.modifiers.values():
        if row.finding and row.finding.id in found:
            rests = listed(map(said.line, reasons.of(row)))
            because = f"; rests on {rests}" if rests else ""
            told.append(Line(sentence(row.finding.text), f"{named(row)}{because}."))
    if not told and record.plan.schedule is None:
        return ()
    told = told or [Line("Not decided", "the answers fit no kind of pain well enough.")]
    return (Part("Mechanism", (*told, Line("", LABEL))),)


def _patterns(record: Record) -> tuple[Part, ...]:
    told = tuple(
        Line(
            sentence(in_words(p.id)) + (f", {p.side}" if p.side else ""),
            f"{p.likelihood}; evidence {p.evidence}; signs for it {len(p.supports)}, against it {len(p.against)}, "
            f"not known {len(p.unknown)}.",
        )
        for p in record.plan.patterns
    )
    note = Line("", "What fits together; neither a cause of the pain nor a diagnosis.")
    return (Part("Patterns reported", (*told, note)),) if told else ()


def _how_sure(record: Record) -> Part:
    return Part("How sure", lines(("", f"{SELF} {GRADES}"), ("", record.plan.notice)))
