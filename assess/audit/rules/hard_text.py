"""A text that a person reads is too hard.

Looks at everything of an item that reaches a person: the words of questions, reasons, steps, stop signs, notes on the
evidence. Taken together they must be readable at 14 (Flesch and Kincaid's grade plus five years; this measure counts
syllables by rule and comes out half a year higher than a dictionary does). And no sentence may have more than 30 words.

People in pain read badly, and many read badly without pain. A line of triage that is not understood is answered
"no".

Mend it with shorter sentences and everyday words. Names that people know from the packet may be long: accept the
finding with that reason.

Bad:
    # relief/hard-words.yaml
    id: hard-words
    title: Proprioceptive facilitation
    use: position
    tags: [supine]
    order: 90
    steps: [Implement neuromuscular facilitation of the paravertebral musculature.]
    dose: Approximately fifteen minutes
    stop: [Discontinue immediately following deterioration.]
    sources: {design: design-value}
    evidence: {grade: D, note: Experimental corroboration is unavailable.}
    cases:
      - {says: it may be given, given: {}, expect: yes}
      - {says: not while something stops, given: {both-legs-change: yes}, expect: no}

Good:
    # relief/hard-words.yaml
    id: hard-words
    title: A short rest
    use: position
    tags: [supine]
    order: 90
    steps: [Lie on your back and let your legs rest on a chair.]
    dose: About fifteen minutes
    stop: [Stop if it gets worse.]
    sources: {design: design-value}
    evidence: {grade: D, note: Nobody has tested this.}
    cases:
      - {says: it may be given, given: {}, expect: yes}
      - {says: not while something stops, given: {both-legs-change: yes}, expect: no}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.audit.reading_age import reading_age, sentences
from assess.audit.wording import texts
from assess.errors import Problem
from assess.model import words

if TYPE_CHECKING:
    from assess.audit.run import Context

SEVERITY = "warning"
NEEDS = "sound"

OLDEST = 14.5
"""Years: 14 as a dictionary of syllables measures them, and what this measure gives more on average."""
LONGEST = 30
"""Words of a sentence."""
FEW = 6
"""Words: of fewer, a single long one says nothing about the sentence."""
HINT = "Use shorter sentences and everyday words."


def check(context: Context) -> Iterator[Problem]:
    """Every item but invariants, which no person reads; the finding stands at the hardest text."""
    for item in context.base.items():
        if item.kind == words.INVARIANT:
            continue
        read = list(texts(context.documents[item.kind, item.id]))
        age = reading_age(text for _, text in read)
        if age > OLDEST:
            path, _ = max(read, key=lambda entry: (len(entry[1].split()) >= FEW, reading_age([entry[1]])))
            said = f"{item.id!r} reads at {age:.1f} years, and this is the hardest of it; the aim is at most {OLDEST:g}"
            yield context.at(item, path, "hard-text", said, HINT)
        for path, text in read:
            longest = max(map(len, sentences(text)), default=0)
            if longest > LONGEST:
                said = f"a sentence of {longest} words; the aim is at most {LONGEST}"
                yield context.at(item, path, "hard-text", said, "Make two of it.")
