"""The report in a terminal."""

from __future__ import annotations

import pytest
from made_reports import EMPTY, FULL

from assess.audit.reports import render
from assess.audit.reports.numbers import figure


def test_findings_then_what_is_accepted_proved_and_not_looked_at_then_the_sum() -> None:
    assert render(FULL, "text") == (
        "knowledge/questions/b.yaml:4:7: note[blank-left] this blank is not filled: <x>\n"
        "knowledge/terms.yaml: warning[unused-item] nothing\x0b uses ‘it’ & <that>\n"
        "knowledge/triage/a.yaml:4:7: error[undecidable-triage] 100 % wrong: it\nleans, on this\n"
        "  |\n"
        "4 | when: [a, b]\n"
        "  |       ^\n"
        "  see: knowledge/questions/b.yaml:4:7: this line opens it\n"
        "  for example: leg-pain: yes, age: 60\n"
        "  help: Mend it.\n"
        "knowledge/questions/b.yaml:4:7: accepted[missing-case] no case of b: It is only told.\n"
        "proved for all 1.4 x 10^12 answer sets: No heat when hurt.\n"
        "proved for all 4,096 answer sets: No cold when hurt.\n"
        "2 of 4 properties are proved.\n"
        "not looked at: impossible-case, rule-cycle (it needs files of the right shape whose references all hold)\n"
        "1 error, 1 warning, 1 note, 1 accepted in 12 files; 4 audit rules beside shape and links.\n"
    )


def test_nothing_to_say_is_said() -> None:
    assert render(EMPTY, "text") == "no problem in 1 file; 0 audit rules beside shape and links.\n"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0"),
        (999_999, "999,999"),
        (1_000_000, "1.0 x 10^6"),
        (1_999_999, "1.9 x 10^6"),
        (9_999_999, "9.9 x 10^6"),
        (10_000_000, "1.0 x 10^7"),
        (10**400 - 1, "9.9 x 10^399"),
    ],
)
def test_a_large_number_is_a_power_of_ten_and_never_rounded_up(count: int, said: str) -> None:
    assert figure(count) == said
