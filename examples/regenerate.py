"""Write the plans beside the example answers anew: `python examples/regenerate.py [TARGET]`.

The answers are the source; only the stamp of the knowledge in them is renewed. Every format of every example; of PDFs
the digest, and in a TARGET of its own the PDFs too.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from assess.export.formats import FILES, FORMATS, render
from assess.interview.offer import for_the_floor
from assess.interview.outcome import assess_answers
from assess.loading.answers_file import dump_answers, read_answers
from assess.loading.load import load
from assess.model import words

HERE = Path(__file__).parent
SUFFIXES = {"text": "txt", "md": "md", "json": "json", "html": "html"}
DIGESTS = "paper.txt"
"""PDFs are made anew and compared by their SHA-256: they are large, and nobody reads their differences."""


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
        for fmt in FORMATS:
            made = render(knowledge, plan, fmt, checks=checks)
            if isinstance(made, str):
                (target / f"{file.stem}.plan.{SUFFIXES[fmt]}").write_text(made, encoding="utf-8")
            else:
                digests.append(f"{hashlib.sha256(made).hexdigest()}  {file.stem}.{FILES[fmt]}\n")
                if paper:
                    (target / f"{file.stem}.{FILES[fmt]}").write_bytes(made)
    (target / DIGESTS).write_text("".join(digests), encoding="utf-8")


if __name__ == "__main__":
    elsewhere = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    regenerate(elsewhere or HERE, paper=elsewhere is not None)
