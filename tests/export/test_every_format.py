"""What holds for a plan in whatever format it is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError
from many_plans import NASTY, full_plan, plans, with_words
from support.as_text import READ, as_text

from assess.export.blocks import KINDS, Heading, blocks
from assess.export.formats import FORMATS, render
from assess.export.json_format import schema
from assess.model import words
from assess.model.knowledge import KnowledgeBase
from assess.model.plan import Plan, as_data

ROOT = Path(__file__).resolve().parents[2]


def without() -> list[tuple[str, Plan]]:
    """The plans of people who must see somebody first; a clinician's agreement changes the level itself."""
    return [(name, plan) for name, plan in plans() if plan.triage.level in words.BLOCKING]


def test_the_plans_tried_are_of_every_level_and_program() -> None:
    """Otherwise the tests here would say little."""
    tried = {(plan.triage.level, plan.program) for _, plan in plans()}
    assert tried >= {
        ("emergency", "none"),
        ("same-day", "none"),
        ("clinician-first", "comfort"),
        ("caution", "corrective"),
        ("self-care", "corrective"),
    }


@pytest.mark.parametrize("written", NASTY)
def test_json_read_back_is_the_plan(written: str, knowledge: KnowledgeBase) -> None:
    """Also the words of a person, letter for letter."""
    plan = with_words(full_plan(), written)
    text = render(knowledge, plan, "json")
    assert json.loads(text) == json.loads(json.dumps(as_data(plan)))
    assert json.loads(text)["goal"] == written
    assert text.endswith("}\n")


def test_json_of_every_plan_is_the_plan_and_fits_the_schema(knowledge: KnowledgeBase) -> None:
    validator = Draft202012Validator(schema())
    for name, plan in plans():
        data = json.loads(render(knowledge, plan, "json"))
        assert data == json.loads(json.dumps(as_data(plan))), name
        assert list(data) == list(as_data(plan))
        assert validator.is_valid(data)


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_plan_that_does_not_fit_the_schema_is_never_written(fmt: str, knowledge: KnowledgeBase) -> None:
    plan = full_plan()
    wrong = replace(plan, exercises=(replace(plan.exercises[0], kind="magic"), *plan.exercises[1:]))
    with pytest.raises(ValidationError, match="'magic' is not one of"):
        render(knowledge, wrong, fmt)


@pytest.mark.parametrize("fmt", READ)
def test_no_exercise_reaches_a_person_who_must_see_somebody_first(fmt: str, knowledge: KnowledgeBase) -> None:
    """Emergency, same day, clinician first: no exercise, no timetable, and on a stop no relief either."""
    titles = [e.title for e in knowledge.exercises.values()]
    relief = [r.title for r in knowledge.relief.values()]
    assert {plan.triage.level for _, plan in without()} == set(words.BLOCKING)
    for name, plan in without():
        text = as_text(render(knowledge, plan, fmt), fmt)
        if fmt == "json":
            data = json.loads(text)
            assert (data["exercises"], data["schedule"]) == ([], None), name
            assert data["relief"] == [] or plan.program != "none"
            continue
        lines = [line.strip(" #*") for line in text.splitlines()]
        kinds = tuple(f"({kind})" for kind in KINDS.values())
        heads = [line for line in lines if line.endswith(kinds)]
        given = [t for t in titles if any(head.startswith((f"{t} (", f"{t}, ")) for head in heads)]
        assert given == [], name
        assert not {"Your week", "Your exercises"} & set(lines), name
        if plan.program == "none":
            assert [t for t in relief if t in lines] == [], name
            assert not {"Today, for the pain", "Stop, and when to see somebody"} & set(lines), name


def test_a_plan_with_exercises_would_be_noticed(knowledge: KnowledgeBase) -> None:
    """The test above looks for what is really there in a full plan."""
    titles = {level: str(entry["title"]) for level, entry in knowledge.program["levels"].items()}
    headings = {b.text for b in blocks(full_plan(), titles) if isinstance(b, Heading)}
    assert {"Your week", "Your exercises", "Today, for the pain", "Stop, and when to see somebody"} <= headings
    assert any(h.startswith(f"{full_plan().exercises[0].title}") for h in headings)


def test_what_to_do_stands_before_why_on_a_stop(knowledge: KnowledgeBase) -> None:
    for name, plan in plans():
        if plan.program == "none":
            for fmt in ("text", "md"):
                text = " ".join(render(knowledge, plan, fmt).replace("!! ", "").replace("*", "").split())
                at = [text.find(" ".join(line.replace("*", "").split())) for line in plan.triage.action]
                assert at == sorted(at), name
                assert 0 <= max(at) < text.find("Why:"), name


def test_the_same_answers_give_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """Whatever the seed of Python's hashes, in every format; a second later, from another directory."""
    script = (
        "import sys, pathlib; from assess.export.formats import FORMATS, render;"
        "from assess.interview.outcome import assess_answers; from assess.loading.answers_file import read_answers;"
        "from assess.loading.load import load; base = load();"
        "files = sorted(pathlib.Path(sys.argv[1]).glob('*.yaml'));"
        "from datetime import datetime; now = datetime.now().astimezone();"
        "found = [read_answers(base, f.read_bytes(), f.name, now).answers for f in files];"
        "plans = [assess_answers(base, a, a.triaged_at).plan for a in found];"
        "made = [render(base, p, fmt) for p in plans for fmt in FORMATS];"
        "sys.stdout.buffer.write(b''.join(m if isinstance(m, bytes) else m.encode() for m in made))"
    )
    outputs = set()
    for seed in ("1", "77"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        ended = subprocess.run(
            [sys.executable, "-c", script, str(ROOT / "examples")],
            capture_output=True,
            check=True,
            cwd=tmp_path,
            env=env,
        )
        outputs.add(ended.stdout)
    (only,) = outputs
    assert len(only) > 100_000
