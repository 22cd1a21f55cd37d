"""Write the plans beside the example answers anew: `python examples/regenerate.py [TARGET]`.

The answers are the source; only the stamp of the knowledge in them is renewed. Every format of every example.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from assess.export.formats import FORMATS, render
from assess.interview.outcome import assess_answers
from assess.loading.answers_file import dump_answers, read_answers
from assess.loading.load import load

HERE = Path(__file__).parent
SUFFIXES = {"text": "txt", "md": "md", "json": "json"}


def regenerate(target: Path) -> None:
    """Write every example and its plans into `target`."""
    knowledge = load()
    for file in sorted(HERE.glob("*.yaml")):
        found = read_answers(knowledge, file.read_bytes(), file.name, datetime.now().astimezone())
        if found.problems or found.answers.triaged_at is None:
            raise SystemExit("\n".join(p.render() for p in found.problems) or f"{file.name} has no time of triage")
        answers = replace(found.answers, example=True)
        (target / file.name).write_text(dump_answers(knowledge, answers), encoding="utf-8")
        plan = assess_answers(knowledge, answers, found.answers.triaged_at).plan
        for fmt in FORMATS:
            text = render(knowledge, plan, fmt)
            (target / f"{file.stem}.plan.{SUFFIXES[fmt]}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    regenerate(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
