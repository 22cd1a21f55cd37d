"""For a terminal: every finding with the line that it is about, what was proved, and the sum of it all."""

from __future__ import annotations

from collections.abc import Iterator

from assess.audit.report import CASE, EQUIVALENT, INVARIANT, PROVED, STORY, SURVIVES, UNDECIDED, Report
from assess.audit.reports.numbers import figure
from assess.errors import SEVERITIES

SAID = {
    CASE: "by a case",
    STORY: "by a story",
    INVARIANT: "by an invariant",
    SURVIVES: "by nothing",
    UNDECIDED: "by nothing, perhaps rightly",
    EQUIVALENT: "besides change nothing for anybody",
}
"""What became of mutants, in words that follow their number."""


def render(report: Report) -> str:
    """Findings first, the sum last: that is what is left on the screen."""
    lines = [problem.render() for problem in report.findings]
    lines += [f"{a.finding.place}: accepted[{a.finding.code}] {a.finding.message}: {a.why}" for a in report.accepted]
    lines += _proofs(report)
    lines += _mutants(report)
    lines += [f"not looked at: {', '.join(rules)} ({why})" for why, rules in report.not_looked_at().items()]
    return "\n".join([*lines, _sum(report)]) + "\n"


def _proofs(report: Report) -> Iterator[str]:
    """What holds for everybody, sentence by sentence: this is what a clinician reads."""
    proved = [proof for proof in report.proofs if proof.verdict == PROVED]
    for proof in proved:
        over = f"for all {figure(proof.answer_sets)} answer sets" if proof.spoken_of else "since there is no such item"
        yield f"proved {over}: {proof.says}"
    if report.proofs:
        yield f"{len(proved)} of {len(report.proofs)} properties are proved."


def _mutants(report: Report) -> Iterator[str]:
    """What became of the mutants, group by group."""
    for tally in report.tallies:
        counts = [f"{count} {SAID[verdict]}" for verdict in SAID if (count := tally.counts.get(verdict, 0))]
        noticed = f"{tally.killed} of {tally.counted} mutants are noticed ({tally.share} %)"
        yield f"{tally.group}: {noticed}: {', '.join(counts)}."
    if report.coverage:
        covered = report.coverage
        both = f"{covered.both} of {covered.conditions} conditions ({covered.share} %)"
        who = "Cases and stories" if report.stories else "Cases"
        yield f"{who} show {both} both ways: known true, and known false."
        if not report.stories:
            yield "No stories were tried; --stories DIR names whole people who are to notice, too."


def _sum(report: Report) -> str:
    counts = [_plural(count, severity) for severity in SEVERITIES if (count := report.count(severity))]
    counts += [f"{len(report.accepted)} accepted"] if report.accepted else []
    found = ", ".join(counts) or "no problem"
    return (
        f"{found} in {_plural(report.files, 'file')}; {_plural(len(report.run), 'audit rule')} beside shape and links."
    )


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
