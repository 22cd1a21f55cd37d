"""Flags: those that the letter leads with, every red flag asked with its answer, and what else the rules know of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assess.export.clinician.parts import Length, Line, Part, counted, lines, listed
from assess.export.clinician.reasons import Reasons
from assess.export.clinician.said import Said, in_words, named, sentence
from assess.export.record import Record
from assess.export.shared import blocked
from assess.inference.readings import over_sides
from assess.model import words
from assess.model.conclusions import Reason
from assess.model.conditions import Compare, Is, Key
from assess.model.free_text import tidy
from assess.model.knowledge import Question, Row
from assess.rules.nodes import Leaf, walk

SEEN = {
    words.EMERGENCY: "emergency, to be seen now",
    words.SAME_DAY: "to be seen the same day",
    words.CLINICIAN_FIRST: "to be seen by a clinician within {within}, before any exercise",
}
"""How soon, by level."""
SAFER = "holds only because what is unsure or not answered is read the safer way"
FEW = 12
"""Up to how many rows that are not known are named."""


def flag(record: Record, said: Said, reasons: Reasons) -> Part:
    """The result of triage: each flag with how soon, and the answers that it rests on."""
    found = record.triage.reasons
    high = [r for r in found if r.level in words.BLOCKING]
    if not high:
        text = f"{in_words(record.triage.level)}; no flag that needs a clinician before exercise."
        return Part("Result of triage", lines(("Level", text), *_noted(record), *_stale(record)))
    lead = [r for r in high if r.level == record.triage.level] if record.triage.stops else high
    told = [Line(_soon(r), _flag(record, said, reasons, r)) for r in lead]
    told += lines(("Lesser flags that hold as well", listed(f"{named(r.row)}" for r in high if r not in lead)))
    title = f"Flag: {in_words(record.triage.level)}" if blocked(record) else "Result of triage"
    level = () if blocked(record) else lines(("Level", f"{in_words(record.triage.level)}, with the agreement below."))
    return Part(title, (*level, *told, *lines(*_noted(record), *_stale(record))), loud=blocked(record))


def _soon(reason: Reason) -> str:
    if reason.cleared:
        return "To be seen by a clinician, and agreed to as the person reports"
    return sentence(SEEN[reason.level].format(within=reason.row.within))


def _flag(record: Record, said: Said, reasons: Reasons, reason: Reason) -> str:
    read = reasons.of(reason.row)
    given = [said.line(a) for a in read if a in said.values]
    missing = [in_words(a) for a in read if a not in said.values]
    parts = [f"{sentence(named(reason.row))}. Rests on: {listed(given) or 'no answer'}"]
    if missing:
        parts.append(f"Not answered: {', '.join(missing)}")
    if not reason.certain:
        parts.append(sentence(SAFER))
    if reason.cleared:
        parts += [
            f"The person reports that exercise was agreed to by {tidy(c.by)} on {c.on}, about: {tidy(c.about)}"
            for c in record.answers.cleared
            if c.reason == reason.row.id
        ]
    return ". ".join(parts) + "."


def _stale(record: Record) -> Iterator[tuple[str, str]]:
    """Agreements that are written down and do not count, and referrals, which are not to be overlooked."""
    counted_now = {r.row.id for r in record.triage.reasons if r.cleared}
    past = [f"{in_words(c.reason)}, by {tidy(c.by)} on {c.on}" for c in record.answers.cleared]
    stale = [text for c, text in zip(record.answers.cleared, past, strict=True) if c.reason not in counted_now]
    yield "Reported agreement that does not count", listed(stale)
    yield "Referral advised (below)", listed(f"{r['to']}, within {r['within']}" for r in record.plan.refer)


def _noted(record: Record) -> Iterator[tuple[str, str]]:
    """Cautions of triage; those of modifiers stand with them."""
    cautions = [r for r in record.triage.reasons if r.level == words.CAUTION and r.row.kind == words.TRIAGE]
    yield "Caution", listed(named(r.row) + ("" if r.certain else f" ({SAFER})") for r in cautions)
    waiting = record.triage.open
    few = [named(row) for row in waiting] if len(waiting) <= FEW else [counted(len(waiting), "row")]
    yield "Not decided", listed(few)


def asked(record: Record, said: Said, length: Length) -> Part:
    """The red flags: positive, unsure, denied, not asked. What was not asked is never told as denied."""
    topics = said.topics(words.TRIAGE)
    positive, unsure, denied = [], [], []
    for question in said.asked(*topics):
        if isinstance(said.values[question.id], int | float) or _parent_told(said, question):
            continue
        if said.quiet(question):
            denied.append(question)
        elif _doubtful(said, question):
            unsure.append(question)
        elif not said.details(question):
            positive.append(question)
    missing = [q for t in topics for q in said.knowledge.questions.values() if q.topic == t and _missing(said, q)]
    return Part(
        "Red flags asked",
        lines(
            ("Positive", listed(_with_details(said, q) for q in positive) or "none"),
            ("Unsure", listed(_unsure(said, q) for q in unsure)),
            ("Denied", _by_topic(said, denied, length)),
            ("Not asked", _counts(said, missing)),
            ("Taken back by the person as a wrong key", listed(map(in_words, record.answers.mistakes))),
            ("", "A line called “signs” asks for several at once; single signs are asked where it is not denied."),
        ),
    )


def _parent_told(said: Said, question: Question) -> bool:
    """A detail of a red flag stands behind it."""
    parent = said.knowledge.questions.get(question.follows)
    return parent is not None and parent.topic in said.topics(words.TRIAGE) and not _own_line(question)


def _own_line(question: Question) -> bool:
    """A detail that is a red flag itself: it has its own way with doubt."""
    return question.clarifier is not None


def _doubtful(said: Said, question: Question) -> bool:
    """Unsure, or a yes of which no single sign was confirmed."""
    details = said.details(question)
    doubt = said.values[question.id] == words.UNSURE or bool(details)
    return doubt and not any(_sign(said, d) for d in details)


def _sign(said: Said, question: Question) -> bool:
    return said.values[question.id] in (words.YES, words.UNSURE)


def _unsure(said: Said, question: Question) -> str:
    none = ", but none of its single signs" if said.values[question.id] == words.YES else ""
    asked = question.clarifier is None or f"{question.id}.{words.COMPARED}" in said.values
    still = "" if asked else ", not compared with before"
    return f"{in_words(question.id)}: {said.value(question)}{none}{still}{_behind(said, question)}"


def _with_details(said: Said, question: Question) -> str:
    return said.run_on([question]) + _behind(said, question)


def _behind(said: Said, question: Question) -> str:
    """What was answered to the details of a line."""
    details = [said.line(q.id) for q in said.follow_ups(question) if not _own_line(q)]
    return "".join(f", {detail}" for detail in details)


def _missing(said: Said, question: Question) -> bool:
    """A line that the rules ask and that has no answer; its details may still be to come."""
    return question.id not in said.values and not (question.stem or question.follows) and said.applies(question)


def _by_topic(said: Said, denied: list[Question], length: Length) -> str:
    if length == Length.SHORTEST and denied:
        return f"{counted(len(denied), 'line')}: {_counts(said, denied)}"
    if length >= Length.SHORTER:
        return ", ".join(in_words(q.id) for q in denied)
    titles = {str(t["id"]): str(t["title"]) for t in said.knowledge.terms.topics}
    groups: dict[str, list[str]] = {}
    for question in denied:
        groups.setdefault(titles[question.topic], []).append(in_words(question.id))
    return listed(f"{title}: {', '.join(names)}" for title, names in groups.items())


def _counts(said: Said, questions: Iterable[Question]) -> str:
    titles = {str(t["id"]): str(t["title"]) for t in said.knowledge.terms.topics}
    counts: dict[str, int] = {}
    for question in questions:
        counts[titles[question.topic]] = counts.get(titles[question.topic], 0) + 1
    return listed(f"{title} ({count})" for title, count in counts.items())


def modifiers(record: Record, said: Said, reasons: Reasons, length: Length) -> Part:
    """What bars or changes items, present or not known; and the conditions and medicines as they were answered."""
    present, unknown = [], []
    for row in record.knowledge.modifiers.values():
        if row.finding and row.finding.for_clinician:
            continue
        sides = over_sides(row.each_side)
        holds = [s for s in sides if record.conclusions.holds(words.MODIFIER, row.id, s)]
        if holds:
            rests = reasons.below(Key(words.MODIFIER, row.id, side) for side in holds)
            present.append(named(row) + _sides(row, holds) + _doubt(said, row, rests))
        elif not all(record.conclusions.refuted(words.MODIFIER, row.id, s) for s in sides):
            unknown.append(named(row))
    apart = {said.topic_of(words.BIRTH_DATE), said.topic_of(words.SITE)}
    health = [q for q in said.asked(*said.topics("person")) if q.topic not in apart and not said.quiet(q)]
    history = [q for q in health if not (q.checklist and said.details(q))]
    never = [q for q in said.knowledge.questions.values() if q.checklist and _missing(said, q)]
    named_all = len(unknown) <= FEW and length < Length.SHORT
    few = unknown if named_all or not unknown else [counted(len(unknown), "row")]
    return Part(
        "Modifiers and history",
        lines(
            ("Present", listed(present) or "none"),
            ("Not known", listed(few) + (" (treated as present: what they bar is left out)" if few else "")),
            ("History", said.run_on(history) or ("" if never else "nothing named on the lists that were asked")),
            ("History not asked", ", ".join(in_words(q.id) for q in never)),
        ),
    )


def _doubt(said: Said, row: Row, rests: Iterable[str]) -> str:
    """Where something that a row asks for is unsure, it is no fact, whatever else it holds by."""
    read = {n.test.of for n in walk(row.when) if isinstance(n, Leaf) and isinstance(n.test, Is | Compare)}
    unsure = [said.line(of) for of in sorted(read) if said.values.get(of) == words.UNSURE]
    if not unsure:
        return ""
    other = [line for line in map(said.line, rests) if line not in unsure]
    return f" (not certain: {listed([*unsure, *(f'rests on {line}' for line in other)])})"


def _sides(row: Row, sides: list[str]) -> str:
    return f", {' and '.join(sides)}" if row.each_side else ""
