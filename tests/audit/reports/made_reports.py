"""Reports to write in every format: one that has everything that a report can have, and one that has nothing."""

from __future__ import annotations

from assess.audit.report import NOT_CHOSEN, Accepted, Proof, Report, Skipped
from assess.audit.run import NOT_SOUND
from assess.errors import Place, Problem

SHA = "0123456789abcdef" * 4
ROW, LINE, PROMISE = (Place(f"knowledge/{name}.yaml", 4, 7) for name in ("triage/a", "questions/b", "invariants/c"))
EXAMPLE = (("leg-pain", "yes"), ("age", "60"))

REFUTED = Problem(
    ROW,
    "undecidable-triage",
    "100 % wrong: it\nleans, on this",
    "Mend it.",
    related=((LINE, "this line opens it"),),
    example=EXAMPLE,
    excerpt="when: [a, b]",
)
PLAIN = Problem(Place("knowledge/terms.yaml"), "unused-item", "nothing\x0b uses ‘it’ & <that>", severity="warning")
SMALL = Problem(LINE, "blank-left", "this blank is not filled: <x>", severity="note")

FULL = Report(
    "spine",
    "1.2.0",
    SHA,
    "knowledge",
    12,
    (SMALL, PLAIN, REFUTED),
    (Accepted(Problem(LINE, "missing-case", "no case of b"), "It is only told.", Place(LINE.file, 9, 5)),),
    ("blank-left", "missing-case", "undecidable-triage", "unused-item"),
    (Skipped("impossible-case", NOT_SOUND), Skipped("rule-cycle", NOT_SOUND), Skipped("stray-file", NOT_CHOSEN)),
    (
        Proof("no-heat", "No heat when hurt.", "proved", 3, 1_459_999_999_999, PROMISE),
        Proof("no-cold", "No cold when hurt.", "proved", 1, 4_096, PROMISE),
        Proof("no-bend", "No bending.", "refuted", 5, 12, PROMISE, EXAMPLE),
        Proof("no-lift", "No lifting.", "unknown", 2, 0, PROMISE),
    ),
)
EMPTY = Report("spine", "1.2.0", SHA, "knowledge", 1)
