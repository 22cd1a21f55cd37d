"""Answers and conclusions -> the plan. Pure: same answers, same knowledge, same day, same plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from assess.model import words
from assess.model.answers import CLEARED_WEEKS, Answers, plain
from assess.model.conclusions import Conclusions, Reason, Triage
from assess.model.conditions import Compare, Is, Key, answer_id
from assess.model.describe import conclusion, notice, side_words, whom_to_ring
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import (
    SCHEMA_VERSION,
    Dose,
    Plan,
    PlanFinding,
    PlannedExercise,
    PlanPattern,
    PlanTriage,
)
from assess.model.week import in_order, usual
from assess.plan.choose import Chosen, choose, reported, targets
from assess.plan.dose import dose_caps
from assess.plan.left_out import left_out
from assess.plan.relief import choose_relief, planned_relief
from assess.plan.schedule import Timetable, fit
from assess.rules.nodes import Leaf, walk


@dataclass(frozen=True, slots=True)
class Person:
    """What a plan needs to know of the person beside the conclusions. `age` in years, None if not known."""

    answers: Answers
    age: int | None
    on: date


def make_plan(knowledge: KnowledgeBase, person: Person, conclusions: Conclusions, triage: Triage) -> Plan:
    """The plan. Emergency and same-day carry the action only; clinician-first carries comfort."""
    answers = person.answers
    corrective = not triage.stops and triage.level != words.CLINICIAN_FIRST
    program = "none" if triage.stops else words.CORRECTIVE if corrective else words.COMFORT
    head = _head(knowledge, person, conclusions, triage, program)
    if triage.stops:
        return Plan(**head)
    wanted = targets(knowledge, conclusions) if corrective else ()
    site = _answer(knowledge, answers, words.SITE)
    choice = choose(knowledge, conclusions, wanted, person.age, site) if corrective else None
    caps = dose_caps(
        knowledge, tuple(m.id for m in knowledge.modifiers.values() if not _refuted(conclusions, m.id, m.each_side))
    )
    days = in_order(answers.week.over(usual(knowledge.program)).days)
    timetable = fit(knowledge, choice.items, caps, person.age, days) if choice else None
    kept = tuple(c for c in choice.items if c not in timetable.dropped) if choice and timetable else ()
    relief = tuple(planned_relief(knowledge, r) for r in choose_relief(knowledge, conclusions))
    exercises = tuple(_planned(knowledge, conclusions, c, timetable) for c in kept) if timetable else ()
    out = left_out(
        knowledge,
        conclusions,
        kept,
        {r.id for r in relief},
        choice.unmet if choice else (),
        choice.alone if choice else (),
        timetable.dropped if timetable else (),
        comfort_only=not corrective,
    )
    patterns = _patterns(knowledge, conclusions) if corrective else ()
    stage = _answer(knowledge, answers, words.STAGE)
    expect = knowledge.program["expect"]
    used = _used_sources(knowledge, exercises, relief, patterns)
    return Plan(
        **head,
        findings=_findings(knowledge, conclusions, answers) if corrective else (),
        patterns=patterns,
        targets=wanted,
        relief=relief,
        exercises=exercises,
        schedule=timetable.schedule if timetable else None,
        left_out=out,
        review=_review(knowledge, answers, triage),
        expect=tuple(expect.get(stage, expect[words.UNSURE])),
        advice=_advice(knowledge, patterns),
        flare_card=tuple(knowledge.program["flare_card"]),
        graded_return=tuple(knowledge.program["graded_return"]),
        stop_signs=(*knowledge.program["stop_signs"], knowledge.program["traffic_light"]),
        sources={key: knowledge.sources[key].title for key in used},
        honesty=knowledge.program["honesty"],
    )


def _head(
    knowledge: KnowledgeBase, person: Person, conclusions: Conclusions, triage: Triage, program: str
) -> dict[str, Any]:
    answers = person.answers
    private = frozenset(q.id for q in knowledge.questions.values() if q.private)
    shown = [r for r in triage.reasons if r.level == triage.level] if triage.stops else list(triage.reasons)
    level = knowledge.program["levels"][triage.level]
    action = [level["lead"]]
    for reason in shown:
        if not reason.cleared and reason.level == triage.level:
            action += [line for line in _act(knowledge, reason) if line not in action]
    action += [line for line in (whom_to_ring(knowledge, triage.level), level["none"]) if line]
    manifest = knowledge.manifest
    return {
        "schema_version": SCHEMA_VERSION,
        "knowledge": {"name": manifest.name, "version": manifest.version, "sha256": manifest.sha256},
        "example": answers.example,
        "answers": plain(answers, private)["answers"],
        "answers_sha256": answers.sha256(private),
        "triaged_at": answers.triaged_at.isoformat() if answers.triaged_at else "",
        "valid_until": last.isoformat() if (last := _last_day(answers, triage)) else "",
        "triage": PlanTriage(
            triage.level,
            triage.within,
            tuple(
                {
                    "id": r.row.id,
                    "level": r.level,
                    "text": r.row.say if r.certain else knowledge.program["unsure"]["say"].format(title=r.row.title),
                    "cleared": r.cleared,
                    "clearable": r.level == words.CLINICIAN_FIRST and r.row.clearable,
                    "sources": list(r.row.sources),
                }
                for r in shown
            ),
            tuple(action),
            tuple(row.id for row in triage.open),
        ),
        "refer": () if triage.stops else _refer(knowledge, conclusions, triage, program),
        "program": program,
        "goal": _answer(knowledge, answers, words.GOAL),
        "activities": tuple(
            str(answers.values[q.id])
            for q in knowledge.questions.values()
            if q.role == words.ACTIVITY and answers.values.get(q.id)
        ),
        "watch_list": tuple(knowledge.program["watch_list"]),
        "notice": notice(knowledge),
    }


def _act(knowledge: KnowledgeBase, reason: Reason) -> Iterator[str]:
    """What to do. A sentence to say to others states nothing as a fact that the person was not sure of."""
    unsure = knowledge.program["unsure"]
    for line in reason.row.act:
        told = line.startswith(unsure["instead_of"]) and not reason.certain
        yield unsure["tell"].format(title=reason.row.title) if told else line


def _refer(
    knowledge: KnowledgeBase, conclusions: Conclusions, triage: Triage, program: str
) -> tuple[Mapping[str, str], ...]:
    """Who else should look at it: what rows say, and reported patterns."""
    out = [{"id": row.id, "to": r.to, "within": r.within, "text": row.say} for row, r in triage.refer]
    if program == words.CORRECTIVE:
        for pattern_id in dict.fromkeys(p for p, _, _ in reported(knowledge, conclusions)):
            pattern = knowledge.patterns[pattern_id]
            if pattern.refer:
                out.append(
                    {"id": pattern.id, "to": pattern.refer.to, "within": pattern.refer.within, "text": pattern.lay}
                )
    return tuple(out)


def _answer(knowledge: KnowledgeBase, answers: Answers, role: str) -> str:
    question = knowledge.by_role(role)
    return str(answers.values.get(question.id, "")) if question else ""


def _refuted(conclusions: Conclusions, modifier: str, each_side: bool) -> bool:
    return all(conclusions.refuted(words.MODIFIER, modifier, s) for s in (words.SIDES if each_side else ("",)))


def _findings(knowledge: KnowledgeBase, conclusions: Conclusions, answers: Answers) -> tuple[PlanFinding, ...]:
    out = []
    for finding in knowledge.findings.values():
        if knowledge.terms.findings[finding.id].get("repeats"):
            continue  # it says another finding once more, with more certainty; the person reads it once
        for side in conclusions.sides_of(words.FINDING, finding.id):
            value, unit = _measured(finding.when, side, answers)
            text = finding.text + side_words(side)
            out.append(PlanFinding(finding.id, side, value, unit, text, finding.for_clinician))
    return tuple(out)


def _measured(node: Any, side: str, answers: Answers) -> tuple[Any, str]:
    """The first answer that a finding rests on, with its unit."""
    for part in walk(node):
        if isinstance(part, Leaf) and isinstance(part.test, Is | Compare) and part.test.of != words.AGE:
            at = side if part.test.side in (words.THIS, words.OTHER) else part.test.side
            value = answers.values.get(answer_id(part.test.of, at))
            if isinstance(value, int | float | str):
                return value, part.test.unit if isinstance(part.test, Compare) else ""
    return None, ""


def _patterns(knowledge: KnowledgeBase, conclusions: Conclusions) -> tuple[PlanPattern, ...]:
    out = []
    for pattern_id, side, likelihood in reported(knowledge, conclusions):
        pattern = knowledge.patterns[pattern_id]

        def signs(name: str, count: int, state: str, pattern_id: str = pattern_id, side: str = side) -> tuple[str, ...]:
            keys = (Key(words.SIGN, f"{pattern_id}.{name}.{i}", side) for i in range(count))
            return tuple(conclusion(key, knowledge) for key in keys if conclusions.state(key) == state)

        supports, opposes = len(pattern.supports), len(pattern.opposes)
        out.append(
            PlanPattern(
                pattern.id,
                side,
                likelihood,
                pattern.title,
                pattern.lay,
                pattern.honesty,
                pattern.advice,
                pattern.grade,
                signs(words.FOR, supports, words.YES),
                (*signs(words.FOR, supports, words.NO), *signs(words.AGAINST, opposes, words.YES)),
                signs(words.FOR, supports, "open"),
            )
        )
    return tuple(out)


def _planned(knowledge: KnowledgeBase, conclusions: Conclusions, c: Chosen, timetable: Timetable) -> PlannedExercise:
    e = c.exercise
    dose: Dose = timetable.doses[e.id]
    assert e.evidence is not None
    return PlannedExercise(
        e.id,
        e.title,
        e.use,
        e.muscle,
        knowledge.terms.muscles[e.muscle].seed,
        "both" if len(c.sides) > 1 else c.sides[0],
        e.level,
        dose,
        e.steps,
        e.feel,
        e.easier,
        e.harder,
        e.elsewhere,
        e.stop,
        "",
        _because(knowledge, conclusions, c),
        tuple(dict.fromkeys((*e.sources, *knowledge.program["doses"][e.dose]["sources"]))),
        e.evidence.grade,
        e.evidence.note,
        c.rides_on,
    )


def _because(knowledge: KnowledgeBase, conclusions: Conclusions, c: Chosen) -> tuple[str, ...]:
    says: Mapping[str, str] = knowledge.program["because"]
    e = c.exercise
    if e.use == words.AEROBIC:
        return (says["walking"],)
    out = []
    if c.target:
        found = [knowledge.findings[f["id"]].text + side_words(f["side"]) for f in c.target.findings]
        out += [says["finding"].format(finding=text) for text in found]
        wanted = (words.SHORT,) if c.target.role == words.STRETCH else (words.WEAK, words.LONG_WEAK)
        for pattern_id, _, _ in reported(knowledge, conclusions):
            pattern = knowledge.patterns[pattern_id]
            if pattern.muscles.get(c.target.muscle) in wanted:
                out.append(says["pattern"].format(pattern=pattern.title))
        if e.use == words.ACTIVATION:
            out.append(says["activation"] if c.rides_on else says["instead"])
    elif e.use == words.ACTIVATION:
        out.append(says["movement"])
    else:
        first = knowledge.program["quotas"]["from_65"]["first"]
        out.append(says["balance"] if e.focus == first else says["default"])
    return tuple(dict.fromkeys(out))


def _last_day(answers: Answers, triage: Triage) -> date | None:
    """The last day of the plan: an agreement that it rests on may run out before (Triage 13)."""
    last = answers.valid_until
    if last is None:
        return None
    ends: dict[str, date] = {}
    for given in answers.cleared:
        end = given.on + timedelta(weeks=CLEARED_WEEKS)
        ends[given.reason] = max(end, ends.get(given.reason, end))
    return min([last, *(ends[r.row.id] for r in triage.reasons if r.cleared and r.row.id in ends)])


def _review(knowledge: KnowledgeBase, answers: Answers, triage: Triage) -> dict[str, Any]:
    review = knowledge.program["review"]
    begun, last = answers.triaged_at, _last_day(answers, triage)
    on = min((begun + timedelta(days=review["days"]["is"])).date(), last) if begun and last else None
    return {"on": on.isoformat() if on else "", "text": review["text"], "steps": list(review["steps"])}


def _advice(knowledge: KnowledgeBase, patterns: Iterable[PlanPattern]) -> tuple[str, ...]:
    lines = [line for pattern in patterns for line in pattern.advice]
    return tuple(dict.fromkeys((*lines, knowledge.program["offer_of_help"])))


def _used_sources(
    knowledge: KnowledgeBase,
    exercises: Iterable[PlannedExercise],
    relief: Iterable[Any],
    patterns: Iterable[PlanPattern],
) -> tuple[str, ...]:
    used = {key for e in exercises for key in e.sources} | {key for r in relief for key in r.sources}
    used |= {key for p in patterns for key in knowledge.patterns[p.id].sources}
    used |= set(knowledge.program["watch_sources"]) | set(knowledge.program["expect"]["sources"])
    return tuple(key for key in knowledge.sources if key in used)
