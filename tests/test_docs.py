"""The documents name only what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.name)
def test_every_test_and_file_that_a_document_names_is_there(document: Path) -> None:
    """`tests/a.py::test_b`, `knowledge/x/y.yaml`, `docs/z.md`; a `*` may stand in a name."""
    text = document.read_text("utf-8")
    named = re.findall(r"`((?:tests|knowledge|docs|assess|benchmarks|examples)/[\w./*-]+)(?:::(\w+))?`", text)
    for path, test in named:
        if not re.search(r"\.\w+$|/$|\*", path):
            continue
        found = list(ROOT.glob(path.rstrip("/")))
        assert found, f"{path} is not there"
        if test:
            assert re.search(rf"^def {test}\b", found[0].read_text("utf-8"), re.MULTILINE), f"{test} is not in {path}"


def test_every_hazard_that_was_asked_for_is_logged() -> None:
    """The hazards that the safety decisions list, each with a control, a test and what remains."""
    rows = [
        line
        for line in (ROOT / "docs" / "hazard-log.md").read_text("utf-8").splitlines()
        if re.match(r"\| \d+ \|", line)
    ]
    cells = [[c.strip() for c in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]
    assert all(len(c) == 6 and all(c) for c in cells)
    assert [int(c[0]) for c in cells] == list(range(1, len(cells) + 1))
    told = " ".join(c[1].lower() for c in cells)
    for hazard in (
        "false \"no\"", "false emergency", "false clearance", "self-check", "blood-pressure surge",
        "between two reviews", "low adherence", "no clinician has reviewed", "stale answers", "wrong side",
        "opens a bar",
    ):  # fmt: skip
        assert hazard in told
