"""The report as annotations of a GitHub workflow."""

from __future__ import annotations

from dataclasses import replace

from made_reports import EMPTY, FULL

from assess.audit.reports import render
from assess.errors import Place, Problem


def test_every_finding_is_one_command_with_its_signs_escaped() -> None:
    assert render(FULL, "github") == (
        "::notice file=knowledge/questions/b.yaml,line=4,col=7,title=blank-left::this blank is not filled: <x>\n"
        "::warning file=knowledge/terms.yaml,title=unused-item::nothing\x0b uses ‘it’ & <that>\n"
        "::error file=knowledge/triage/a.yaml,line=4,col=7,title=undecidable-triage::100 %25 wrong: it%0Aleans, on this"
        "%0Asee: knowledge/questions/b.yaml:4: this line opens it%0Afor example: leg-pain: yes, age: 60%0AMend it.\n"
        "::notice title=not looked at::impossible-case, rule-cycle: it needs files of the right shape whose references "
        "all hold\n"
    )


def test_signs_that_would_end_a_property_are_escaped_in_it_and_a_return_everywhere() -> None:
    odd = Problem(Place("knowledge/a:b,c%.yaml", 1, 2), "blank-left", "x\r::error::y")
    report = replace(EMPTY, findings=(odd,))
    said = "::error file=knowledge/a%3Ab%2Cc%25.yaml,line=1,col=2,title=blank-left::x%0D::error::y\n"
    assert render(report, "github") == said


def test_nothing_found_is_nothing_said() -> None:
    assert render(EMPTY, "github") == ""
