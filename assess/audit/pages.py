"""The page of an audit rule, and the list of them all, from what the rules say of themselves."""

from __future__ import annotations

from collections.abc import Iterator

from assess.audit.registry import FILES, FINDINGS, MUTANTS, PROOFS, RUNS, SOUND, Rule, known, looked_at
from assess.loading.codes import CODES

NEEDS = {
    FILES: "always looked at",
    SOUND: "looked at once every file has the right shape and every reference holds",
    RUNS: "looked at once the program can be run on the knowledge",
    PROOFS: "looked at with `--prove`, once the program can be run on the knowledge",
    MUTANTS: "looked at with `--mutate`, once the program can be run on the knowledge",
    FINDINGS: "looked at after all other rules, once every file has the right shape and every reference holds",
}


def page(rule: Rule) -> str:
    """One rule as Markdown, which can also be read as it stands."""
    lines = [f"# {rule.name}", "", rule.says, ""]
    if rule.check is None:
        return "\n".join([*lines, f"{rule.severity}; found when the files are read; cannot be accepted."]) + "\n"
    accepted = "can be accepted with a reason" if rule.acceptable else "cannot be accepted"
    lines += [f"{rule.severity}; {NEEDS[rule.needs]}; {accepted}.", "", rule.about, ""]
    for title, example in (("Bad", rule.bad), ("Good", rule.good)):
        lines += [f"## {title}", "", "```yaml", example, "```", ""]
    return "\n".join(lines)


def index() -> str:
    """The list of every name that a finding can have."""
    return "\n".join(_index()) + "\n"


def _index() -> Iterator[str]:
    yield from (
        "# Audit rules",
        "",
        "`assess audit --explain RULE` prints one page, `docs/regenerate.py` writes them all.",
        "",
        "| rule | severity | what it finds |",
        "|---|---|---|",
    )
    for rule in looked_at():
        yield f"| [{rule.name}]({rule.name}.md) | {rule.severity} | {_cell(rule.says)} |"
    yield from (
        "",
        "Found when the files are read, always an error, and never to be accepted:",
        "",
        "| name | what it finds |",
    )
    yield "|---|---|"
    for name in CODES:
        if known()[name].check is None:
            yield f"| {name} | {_cell(known()[name].says)} |"
    yield "| missing-KEY | A key is missing where it is needed; the name says which. |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
