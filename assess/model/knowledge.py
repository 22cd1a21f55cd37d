"""The knowledge base as values. One class a kind; field names are those of the files in `knowledge/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assess.errors import Place
from assess.model import words
from assess.model.review import Review
from assess.model.terms import Manifest, Source, Terms
from assess.rules.nodes import FALSE, TRUE, Node


@dataclass(frozen=True, slots=True)
class Evidence:
    """How good the evidence for an item is: the brief's grade and one plain sentence."""

    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class Case:
    """An example that a rule must get right. `given` is laid over a healthy person, or over nothing."""

    says: str
    given: Mapping[str, Any]
    expect: str
    side: str = ""
    finding: str = ""
    start: str = "healthy"


@dataclass(frozen=True, eq=False, repr=False)
class Item:
    """What every item has; an item equals only itself. `sources` maps a source's key to how sure it makes the item."""

    id: str
    kind: str
    place: Place
    title: str
    ref: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    evidence: Evidence | None = None
    cases: tuple[Case, ...] = ()
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarifier:
    """One observable follow-up to an unsure line; `cant_tell` is the level that "can't tell" is given."""

    ask: str
    cant_tell: str


@dataclass(frozen=True, eq=False, repr=False)
class Question(Item):
    """One line. A `stem` opens it; `follows` marks a detail of another's yes; `loinc` is a code that is verified."""

    topic: str = ""
    order: int = 0
    answer: str = words.YES_NO
    ask: str = ""
    help: str = ""
    why: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    minimum: float = 0
    maximum: float = 0
    step: float = 1
    unit: str = ""
    loinc: str = ""
    at_most_age: bool = False
    grows_per_week: float = 0
    stem: str = ""
    checklist: bool = False
    follows: str = ""
    when: Node = TRUE
    unless_asked: str = words.NO
    clarifier: Clarifier | None = None
    role: str = ""
    offer_unsure: bool = True
    required: bool = False
    lasting: bool = False
    private: bool = False
    shows: tuple[str, ...] = ()
    healthy: Any = words.NO


@dataclass(frozen=True, slots=True)
class Refer:
    """Who should see the person, and how soon, beside whatever plan there is."""

    to: str
    within: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check can find, or a modifier notes. `muscle` and `quality` say what follows from it; both may be empty.

    With `for_clinician` it stands in the JSON and the letter and is never shown to the person.
    """

    id: str
    text: str
    sided: bool
    muscle: str = ""
    quality: str = ""
    when: Node = FALSE
    check: str = ""
    for_clinician: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Row(Item):
    """What triage rows and modifiers share: a condition, a level, and the tags that it bars."""

    when: Node = FALSE
    level: str = words.SELF_CARE
    level_when: Node | None = None
    within: str = ""
    say: str = ""
    act: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    refer: Refer | None = None
    clearable: bool = True
    unsure_level: bool = False
    each_side: bool = False
    finding: Finding | None = None
    dose_caps: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that a check records, for each side where the check has sides.

    With `counts_if` another answer voids the whole check on that side: nothing of it is known.
    """

    id: str
    ask: str
    answer: str
    options: Mapping[str, str]
    minimum: float
    maximum: float
    step: float
    unit: str
    error: float
    unable_means: str = ""
    counts_if: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Check(Item):
    """One self-test; `first` are offered before all others."""

    alone: str = words.YES
    minutes: float = 0
    first: bool = False
    sided: bool = False
    region: str = words.WHOLE
    position: str = ""
    muscles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    only_when: Node = TRUE
    purpose: str = ""
    setup: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry for or against a pattern."""

    weight: int
    kind: str
    when: Node


@dataclass(frozen=True, eq=False, repr=False)
class Pattern(Item):
    """A distortion pattern: never a cause, never a diagnosis."""

    grade: str = "C"
    region: str = words.WHOLE
    supports: tuple[Sign, ...] = ()
    opposes: tuple[Sign, ...] = ()
    vetoes: tuple[Node, ...] = ()
    cap: str = ""
    sided: bool = False
    muscles: Mapping[str, str] = field(default_factory=dict)
    lay: str = ""
    honesty: str = ""
    advice: tuple[str, ...] = ()
    refer: Refer | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Exercise(Item):
    """One exercise; the lowest `order` comes first. `activation` names the activation that rides on a stretch."""

    use: str = words.STRENGTHENING
    muscle: str = ""
    level: int = 0
    focus: str = ""
    order: int = 50
    sides: str = "both"
    position: str = ""
    tags: tuple[str, ...] = ()
    needs: Node = TRUE
    dose: str = ""
    activation: str = ""
    steps: tuple[str, ...] = ()
    feel: str = ""
    easier: str = ""
    harder: str = ""
    elsewhere: str = ""
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Relief(Item):
    """One thing that may ease the pain today."""

    use: str = ""
    tags: tuple[str, ...] = ()
    needs: Node = TRUE
    order: int = 0
    steps: tuple[str, ...] = ()
    dose: str = ""
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which items an invariant speaks of; empty fields select everything."""

    ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Invariant(Item):
    """A statement that must hold for every possible set of answers.

    `rules`: no selected item is eligible unless `unless` is known true, nor where `whenever` is not known
    false. `plan`: a named bound or presence. `text`: words that no output may hold.
    """

    scope: str = "rules"
    whenever: Node | None = None
    unless: Node | None = None
    never: Selection = field(default_factory=Selection)
    each_side: bool = False
    at_most: Mapping[str, float] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class KnowledgeBase:
    """Everything that `knowledge/` says, linked. Equal only to itself, so that it can key caches."""

    manifest: Manifest
    terms: Terms
    program: Mapping[str, Any]
    unlock_minor: Node
    sources: Mapping[str, Source]
    questions: Mapping[str, Question]
    triage: Mapping[str, Row]
    modifiers: Mapping[str, Row]
    checks: Mapping[str, Check]
    patterns: Mapping[str, Pattern]
    exercises: Mapping[str, Exercise]
    relief: Mapping[str, Relief]
    invariants: Mapping[str, Invariant]
    reviews: Mapping[str, Review] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """Every item, kind by kind, in the order of the files."""
        asked: tuple[Mapping[str, Item], ...] = (self.questions, self.triage, self.modifiers, self.checks)
        for group in (*asked, self.patterns, self.exercises, self.relief, self.invariants):
            yield from group.values()

    def find(self, item_id: str) -> Item | None:
        """The item with this id, whatever its kind."""
        return next((item for item in self.items() if item.id == item_id), None)

    @property
    def rows(self) -> Mapping[str, Row]:
        """Triage rows and modifiers together: everything that has a level or a bar."""
        return {**self.triage, **self.modifiers}

    @property
    def findings(self) -> Mapping[str, Finding]:
        """Every finding that a check can make or a modifier notes."""
        noted = (row.finding for row in self.modifiers.values() if row.finding)
        return {f.id: f for f in (*(f for check in self.checks.values() for f in check.findings), *noted)}

    def region(self, exercise: Exercise) -> str:
        """The half of the back that an exercise is for, which is its muscle's."""
        muscle = self.terms.muscles.get(exercise.muscle)
        return muscle.region if muscle else words.WHOLE

    def places(self, site: str) -> Mapping[str, Any]:
        """What program.yaml says of a site of pain: regions, strengthening quotas, default targets."""
        sites: Mapping[str, Mapping[str, Any]] = self.program["sites"]
        return sites.get(site) or next(iter(sites.values()))

    def by_role(self, role: str) -> Question | None:
        """The question that says it has this role."""
        return next((q for q in self.questions.values() if q.role == role), None)
