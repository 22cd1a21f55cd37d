"""How items are written that faults are sown in: as short as an item can be, with what must be found at its place."""

from __future__ import annotations

from collections.abc import Sequence

from sown import Edit, Ground, new_file


def row(
    g: Ground,
    path: str,
    when: str,
    *,
    level: str = "",
    at: str = "",
    level_at: str = "",
    refer: bool = True,
    bars: Sequence[str] = (),
) -> Edit:
    """A triage row or a modifier; `at` is what must be found at its condition, `level_at` at its level."""
    name = path.rpartition("/")[2]
    lines = [f"id: {name}", f"title: The sign {name}", f"level: {level_at}{level}" if level else ""]
    lines += ["within: weeks" if level == "clinician-first" else "", f"{at}when: {when}", f"say: It is about {name}."]
    lines += ["act: [Look at it.]", f"bars: [{', '.join(bars)}]" if bars else ""]
    lines += [f"refer: {{to: the office of {name}, within: weeks}}" if refer else ""]
    return new_file(f"{path}.yaml", whole([*lines, *ends(g)]))


def check(
    g: Ground, name: str, measures: dict[str, str], when: str, at: str = "", sided: bool = False, **more: str
) -> Edit:
    """A check that makes one finding of its own name; measures as `ask` has them."""
    lines = [f"{more.get('id_at', '')}id: {name}", f"title: The test {name}", "alone: yes", "minutes: 1"]
    lines += [f"sided: {str(sided).lower()}", "region: both", f"position: {g.position}", f"tags: [{g.tag}]"]
    lines += [f"only_when: {more['only_when']}"] if "only_when" in more else []
    lines += [f"purpose: It tries {name}.", "steps: [Look.]", "stop: [It hurts.]", "measures:"]
    lines += [
        f"  {measure}: {{ask: Is it {measure.rpartition('»')[2]}?, {text}}}" for measure, text in measures.items()
    ]
    lines += ["findings:", f"  {at}{name}-seen: {when}"]
    return new_file(f"checks/{name}.yaml", whole([*lines, *ends(g, f", finding: {name}-seen")]))


def found(g: Ground, name: str, sided: bool = False, leads: str = "told_only: It is told.") -> Edit:
    """The words of that finding."""
    entry = f"{name}-seen: {{text: the sight of {name}, sided: {str(sided).lower()}, {leads}}}"
    return g.under("terms.yaml", "findings", entry)


def question(g: Ground, name: str, answer: str, at: str = "", **more: str) -> Edit:
    lines = [f"id: {at}{name}", f"topic: {g.topic}", "order: 900", f"answer: {answer}"]
    lines += [f"ask: Is it {name}?", "why: It counts.", *(f"{key}: {value}" for key, value in more.items())]
    return new_file(f"questions/{name}.yaml", whole([*lines, f"sources: {{{g.source}: design-value}}"]))


def exercise(g: Ground, name: str, muscle: str, needs: str = "", at: str = "") -> Edit:
    lines = [f"{at}id: {name}", f"title: The move {name}", "use: strengthening", f"muscle: {muscle}", "level: 1"]
    lines += ["focus: hip", "sides: both", f"position: {g.position}", f"tags: [{g.tag}]", f"dose: {g.dose}"]
    lines += [f"needs: {needs}" if needs else "", "steps: [Move.]", "feel: All over.", "easier: Less.", "harder: More."]
    lines += ["elsewhere: Do it there.", "stop: [It hurts.]"]
    return new_file(f"exercises/{name}.yaml", whole([*lines, *ends(g)]))


def relief(g: Ground, name: str, needs: str = "", at: str = "") -> Edit:
    lines = [
        f"{at}id: {name}",
        f"title: The rest {name}",
        "use: position",
        "order: 99",
        f"needs: {needs}" if needs else "",
    ]
    return new_file(f"relief/{name}.yaml", whole([*lines, "steps: [Rest.]", "stop: [It hurts.]", *ends(g)]))


def ends(g: Ground, finding: str = "") -> list[str]:
    cases = [f"  - {{says: it is {yes}, given: {{}}, expect: {yes}{finding}}}" for yes in ("yes", "no")]
    return ["evidence: {grade: D, note: Nobody knows.}", f"sources: {{{g.source}: design-value}}", "cases:", *cases]


def whole(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines if line)
