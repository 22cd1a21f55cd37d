"""Write the plans beside the example answers anew: `python examples/regenerate.py [TARGET]`.

The answers are the source; only the stamp of the knowledge in them is renewed. Every format of every example; of PDFs
and of records the digest, and in a TARGET of its own those too.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from assess.cli.share import record_of
from assess.export import shared
from assess.export.formats import FILES, FORMATS, render
from assess.interview.offer import for_the_floor
from assess.interview.outcome import assess_answers
from assess.loading.answers_file import dump_answers, read_answers
from assess.loading.load import load
from assess.model import words

HERE = Path(__file__).parent
KEPT = {
    "text": "plan.txt",
    "md": "plan.md",
    "json": "plan.json",
    "html": "plan.html",
    "ics": "plan.ics",
    "letter": "letter.txt",
}
DIGESTS = "digests.txt"
"""The rest is made anew and compared by its SHA-256: it is large, and nobody reads its differences."""


def regenerate(target: Path, *, paper: bool = False) -> None:
    """Write every example and its plans into `target`; the PDFs themselves only with `paper`."""
    knowledge, digests = load(), []
    for file in sorted(HERE.glob("*.yaml")):
        found = read_answers(knowledge, file.read_bytes(), file.name, datetime.now().astimezone())
        if found.problems or found.answers.triaged_at is None:
            raise SystemExit("\n".join(p.render() for p in found.problems) or f"{file.name} has no time of triage")
        answers = replace(found.answers, example=True)
        (target / file.name).write_text(dump_answers(knowledge, answers), encoding="utf-8")
        outcome = assess_answers(knowledge, answers, found.answers.triaged_at)
        plan = outcome.plan
        conclusions = outcome.conclusions
        blocked = plan.triage.level in words.BLOCKING
        checks = () if blocked else for_the_floor(knowledge, answers, conclusions, found.answers.triaged_at)
        at = found.answers.triaged_at
        record = record_of(knowledge, answers, outcome, at.date(), at)
        made = {fmt: render(knowledge, plan, fmt, checks=checks) for fmt in FORMATS}
        made |= {fmt: shared.render(record, fmt) for fmt in shared.FORMATS}
        for fmt, written in made.items():
            raw = written.encode() if isinstance(written, str) else written
            name = KEPT.get(fmt) or {**FILES, **shared.FILES}[fmt]
            if fmt not in KEPT:
                digests.append(f"{hashlib.sha256(raw).hexdigest()}  {file.stem}.{name}\n")
            if fmt in KEPT or paper:
                (target / f"{file.stem}.{name}").write_bytes(raw)
    (target / DIGESTS).write_text("".join(digests), encoding="utf-8")


if __name__ == "__main__":
    elsewhere = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    regenerate(elsewhere or HERE, paper=elsewhere is not None)
