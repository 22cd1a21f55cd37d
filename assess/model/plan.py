"""The plan as a value: complete without the program that made it. Field names are those of the plan JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True)
class PlanTriage:
    """Level, how soon, the reasons in the person's words, what to do; and what is still open."""

    level: str
    within: str
    reasons: tuple[Mapping[str, Any], ...]
    action: tuple[str, ...]
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """What a check found, with the value that it rests on. `for_clinician`: never shown to the person."""

    id: str
    side: str
    value: Any
    unit: str
    text: str
    for_clinician: bool = False


@dataclass(frozen=True, slots=True)
class PlanPattern:
    """A reported pattern: `possible` or `likely`, never a cause."""

    id: str
    side: str
    likelihood: str
    title: str
    lay: str
    honesty: str
    advice: tuple[str, ...]
    evidence: str
    supports: tuple[str, ...]
    against: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A muscle that a check found short or weak; `role` is `stretch` or `strengthening`.

    `side` is where it is worked on; each of `findings` (id, side) keeps the side on which it was found.
    """

    muscle: str
    side: str
    role: str
    tier: str
    seed: str
    findings: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlannedRelief:
    """One thing that may ease the pain today."""

    id: str
    title: str
    use: str
    steps: tuple[str, ...]
    dose: str
    stop_signs: tuple[str, ...]
    because: tuple[str, ...]
    sources: tuple[str, ...]
    evidence: str
    evidence_note: str


@dataclass(frozen=True, slots=True)
class Dose:
    """Numbers (seconds, counts, percent) and the sentence that says them; `seconds` is the whole time a session."""

    name: str
    numbers: Mapping[str, float]
    text: str
    seconds: int


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    """One exercise for this person. `rides_on` names the stretch that an activation belongs to."""

    id: str
    title: str
    kind: str
    muscle: str
    muscle_name: str
    side: str
    level: int
    dose: Dose
    steps: tuple[str, ...]
    feel: str
    easier: str
    harder: str
    elsewhere: str
    stop_signs: tuple[str, ...]
    figure: str
    because: tuple[str, ...]
    sources: tuple[str, ...]
    evidence: str
    evidence_note: str
    rides_on: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One part of the day: which exercises, how long, what to tie it to, and the rest that follows."""

    id: str
    title: str
    tied_to: str
    exercises: tuple[str, ...]
    seconds: int
    days: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """The week. Strengthening stands in the place of one slot on exercise days; `keep` is never dropped."""

    slots: tuple[Slot, ...]
    exercise_days: tuple[str, ...]
    strengthening: tuple[str, ...]
    strengthening_seconds: int
    most_seconds_a_day: int
    keep: str
    ladder: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that could have been in the plan and is not; `code` says which kind of reason."""

    id: str
    title: str
    code: str
    side: str
    because: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything. `program` is `none`, `comfort` or `corrective`."""

    schema_version: str
    knowledge: Mapping[str, str]
    example: bool
    answers: Mapping[str, Any]
    answers_sha256: str
    triaged_at: str
    valid_until: str
    triage: PlanTriage
    refer: tuple[Mapping[str, str], ...]
    program: str
    goal: str
    activities: tuple[str, ...]
    watch_list: tuple[str, ...]
    findings: tuple[PlanFinding, ...] = ()
    patterns: tuple[PlanPattern, ...] = ()
    targets: tuple[Target, ...] = ()
    relief: tuple[PlannedRelief, ...] = ()
    exercises: tuple[PlannedExercise, ...] = ()
    schedule: Schedule | None = None
    left_out: tuple[LeftOut, ...] = ()
    review: Mapping[str, Any] = field(default_factory=dict)
    expect: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    flare_card: tuple[str, ...] = ()
    graded_return: tuple[str, ...] = ()
    stop_signs: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    honesty: str = ""
    notice: str = ""

    @property
    def found(self) -> tuple[PlanFinding, ...]:
        """The findings that the person is shown."""
        return tuple(f for f in self.findings if not f.for_clinician)


def as_data(plan: Plan) -> dict[str, Any]:
    """The plan as JSON-ready data, keys in the order of the class; `for` replaces `supports` in patterns."""
    data = asdict(plan)
    for pattern in data["patterns"]:
        pattern["for"] = pattern.pop("supports")
    return data
