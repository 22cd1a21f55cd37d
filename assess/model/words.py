"""The closed words of the rule language and of the plan. No item of the knowledge base may have one as its id."""

from __future__ import annotations

from typing import Final

YES: Final = "yes"
NO: Final = "no"
UNSURE: Final = "unsure"
VOID: Final = "void"
UNABLE: Final = "unable"

UNABLE_REASONS: Final = ("pain", "position", "no-helper", "weakness")
NO_HELPER: Final = "no-helper"

COMPARED: Final = "compared"
"""Suffix of a clarifier's answer id: `<question>.compared`."""
SAME: Final = "same"
DIFFERENT: Final = "different"
CANT_TELL: Final = "cant-tell"
CLARIFIED: Final = (SAME, DIFFERENT, CANT_TELL)

CLEARED: Final = "cleared"
"""Prefix of the answer that a clinician agreed: `cleared.<row>`."""

LEFT: Final = "left"
RIGHT: Final = "right"
SIDES: Final = (LEFT, RIGHT)
THIS: Final = "this"
OTHER: Final = "other"

EMERGENCY: Final = "emergency"
SAME_DAY: Final = "same-day"
CLINICIAN_FIRST: Final = "clinician-first"
CAUTION: Final = "caution"
SELF_CARE: Final = "self-care"
LEVELS: Final = (EMERGENCY, SAME_DAY, CLINICIAN_FIRST, CAUTION, SELF_CARE)
"""From the highest to the lowest."""
STOPPING: Final = (EMERGENCY, SAME_DAY)
BLOCKING: Final = (EMERGENCY, SAME_DAY, CLINICIAN_FIRST)

STRETCH: Final = "stretch"
ACTIVATION: Final = "activation"
STRENGTHENING: Final = "strengthening"
AEROBIC: Final = "aerobic"
EXERCISE_KINDS: Final = (STRETCH, ACTIVATION, STRENGTHENING, AEROBIC)
POSITION: Final = "position"

SHORT: Final = "short"
WEAK: Final = "weak"
LONG: Final = "long"
LONG_WEAK: Final = "long-weak"
UNCLEAR: Final = "unclear"

POSSIBLE: Final = "possible"
LIKELY: Final = "likely"
NONE: Final = "none"
NOT_ENOUGH: Final = "not-enough"

MAJOR: Final = "major"
MINOR: Final = "minor"
CONDITIONAL: Final = "conditional"
SUPPORT: Final = "support"

LOWER: Final = "lower"
UPPER: Final = "upper"
WHOLE: Final = "both"
REGIONS: Final = (LOWER, UPPER)
"""The halves of the back that are worked on apart; what is `both` belongs to each."""

FINDING: Final = "finding"
PATTERN: Final = "pattern"
TRIAGE: Final = "triage"
MODIFIER: Final = "modifier"
CHECK: Final = "check"
EXERCISE: Final = "exercise"
RELIEF: Final = "relief"
QUESTION: Final = "question"
INVARIANT: Final = "invariant"
LEVEL: Final = "level"
BAR: Final = "bar"
GATE: Final = "gate"
ELIGIBLE: Final = "eligible"
NEEDED: Final = "needed"
SIGN: Final = "sign"
FOR: Final = "for"
AGAINST: Final = "against"
WITHHELD: Final = "withheld"
UNLOCKED: Final = "unlocked"
COMFORT: Final = "comfort"
CORRECTIVE: Final = "corrective"
ENOUGH: Final = "enough"

AGE: Final = "age"
BIRTH_DATE: Final = "birth-date"
YES_NO: Final = "yes-no"
CHOICE: Final = "choice"
NUMBER: Final = "number"
TEXT: Final = "text"

SITE: Final = "site"
STAGE: Final = "stage"
GOAL: Final = "goal"
ACTIVITY: Final = "activity"
ROLES: Final = (BIRTH_DATE, SITE, STAGE, GOAL, ACTIVITY)
"""What the program itself must find among the questions: the question says its role, the code never its id."""

TAGS: Final = ("verified", "secondary", "standard-teaching", "design-value")
"""How sure a source makes a statement; the brief's [V], [V2], [M] and [D]."""
GRADES: Final = ("A", "A-", "B", "B-", "B-C", "C", "C-", "D+", "D")
REPORTING_GRADES: Final = ("A", "A-", "B", "B-", "B-C", "C")
"""Patterns of these grades may prescribe by themselves; lower ones only withhold."""


def worst(levels: list[str]) -> str:
    """The highest of the levels given; self-care where there is none."""
    return next((level for level in LEVELS if level in levels), SELF_CARE)
