"""The comparison in words, the same for every format that is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assess.audit.against.comparison import Comparison, Group, Member, Named
from assess.audit.against.crowd import PEOPLE
from assess.audit.against.files import CHANGED, PLAN, RULE, WORDING, Detail, FileChange
from assess.audit.against.outcomes import BARS, CLOSED, GAINED, LEVELS, LOST, OPENED, REST
from assess.audit.against.weights import MEANS
from assess.model import words

FEW = 3
"""How many of a group are named, and how many differences of a file."""
LONG = 60
"""Characters of a value that is shown whole."""

Mark = Callable[[str], str]

HEADINGS = {
    LEVELS: "Levels and warning signs",
    BARS: "Bars",
    REST: "What is found and what can be given",
}
GIVEN = (words.EXERCISE, words.CHECK, words.RELIEF)
_NAMES = {words.TRIAGE: "warning sign", words.BAR: "tag", words.UNLOCKED: "tier"}
_MANY = {words.RELIEF: "relief"}
_WAYS = {
    words.LEVEL: {GAINED: "now given", LOST: "no longer given"},
    words.GATE: {GAINED: "now open", LOST: "no longer open"},
    words.BAR: {GAINED: "now barred", LOST: "no longer barred"},
    words.UNLOCKED: {GAINED: "now unlocked", LOST: "no longer unlocked"},
    **{kind: {GAINED: "now possible", LOST: "no longer possible"} for kind in GIVEN},
}
_HOLDING = {
    GAINED: "now holding",
    LOST: "no longer holding",
    OPENED: "open instead of ruled out",
    CLOSED: "ruled out instead of open",
}
_ABOUT = {RULE: "", PLAN: "numbers of the plan only", WORDING: "wording only"}


def head(named: Named) -> str:
    """A version in a few words."""
    return f"{named.shown} ({named.version}, {named.sha256[:8]})"


def file_line(file: FileChange, mark: Mark = str) -> str:
    """One file that differs: rules and numbers with their values, of words only where they stand."""
    if file.change != CHANGED:
        return f"{mark(file.path)}: {file.change}"
    if not file.about:
        return f"{mark(file.path)}: layout only"
    main = file.about[0]
    told = [_detail(d) for d in file.details if d.about == main]
    if main == WORDING:
        told = list(dict.fromkeys(d.at.partition(" / ")[0] for d in file.details))
    more = [f"and {len(told) - FEW} more"] if len(told) > FEW else []
    said = "; ".join([*told[:FEW], *more])
    return f"{mark(file.path)}: {_ABOUT[main]} ({said})" if _ABOUT[main] else f"{mark(file.path)}: {said}"


def _detail(detail: Detail) -> str:
    was, now = (value and (value if len(value) <= LONG else f"{value[:LONG]}…") for value in (detail.was, detail.now))
    match was, now:
        case None, _:
            return f"{detail.at}: + {now}"
        case _, None:
            return f"{detail.at}: - {was}"
        case _:
            return f"{detail.at}: {was} -> {now}"


def group_line(group: Group, mark: Mark = str) -> str:
    """What differs, and for how many: of a large group the first few."""
    named = dict(_merged(group))
    name = _NAMES.get(group.kind, group.kind)
    if len(named) > 1:
        name = _MANY.get(group.kind, f"{name}s")
    way = _WAYS.get(group.kind, {}).get(group.way) or _HOLDING[group.way]
    count = f", {len(named)}" if len(named) > FEW else ""
    told = [f"{mark(item)} ({share})" for item, share in list(named.items())[:FEW]]
    more = [f"and {len(named) - FEW} more"] if len(named) > FEW else []
    return f"{name.capitalize()} {way}{count}: {', '.join([*told, *more])}"


def _merged(group: Group) -> Iterator[tuple[str, str]]:
    """The sides of one outcome as one: its name and the largest share."""
    by_id: dict[str, list[Member]] = {}
    for member in group.members:
        by_id.setdefault(member.key.id, []).append(member)
    for item, members in by_id.items():
        sides = [m.key.side for m in members]
        one = f" ({sides[0]})" if len(sides) == 1 and sides[0] else ""
        yield f"{item}{one}", share(max(members, key=lambda m: (m.share, m.key)))


def share(member: Member) -> str:
    """A share as people read it; exact if nothing else is said."""
    if member.share < 1e-6:
        return "less than 1 in a million"
    said = _percent(member.share, 1 if member.people else 2)
    return f"at most {said}" if member.at_most else f"about {said}" if member.people else said


def _percent(part: float, digits: int) -> str:
    if part < 0.001:
        return f"1 in {int(float(f'{1 / part:.{digits}g}')):,}"
    return f"{float(f'{100 * part:.{digits}g}'):g} %"


def example_line(group: Group, mark: Mark = str) -> str:
    """Who shows it, and what each version says to them."""
    shown = group.example
    given = ", ".join(mark(f"{answer}: {value}") for answer, value in shown.answers) or "somebody without trouble"
    about = f"{shown.key.id}{f' ({shown.key.side})' if shown.key.side else ''}"
    level = f"triage {shown.was.level} -> {shown.now.level}" if shown.was.level != shown.now.level else ""
    said = [f"{about} {shown.was.outcome} -> {shown.now.outcome}", *([level] if level else [])]
    return f"for example {given}; {', '.join(said)}"


def because_line(group: Group, mark: Mark = str) -> str:
    """The files that a group comes from."""
    more = [f"{len(group.because) - FEW} more"] if len(group.because) > FEW else []
    return f"because of {', '.join([*map(mark, group.because[:FEW]), *more])}"


def sum_line(found: Comparison) -> str:
    """The sum of it all."""
    if not found.files:
        return "Both versions are the same, byte for byte."
    outcomes = {member.key for group in found.groups for member in group.members}
    count = len(outcomes | set(found.undecided))
    parts = [f"{len(outcomes)} outcome{'' if len(outcomes) == 1 else 's'} differ{'s' if len(outcomes) == 1 else ''}"]
    if not count:
        parts = ["No outcome differs"]
    if found.undecided:
        parts.append(f"{len(set(found.undecided))} undecided")
    if found.same:
        parts.append(f"{found.same} rest on other rules and are the same for everybody")
    return f"{'; '.join(parts)}."


def undecided_line(found: Comparison, mark: Mark = str) -> str:
    """What may differ or not."""
    named = list(dict.fromkeys(f"{key.kind} {key.id}" for key in found.undecided))
    return f"Undecided, too many answers hang together: {', '.join(mark(name) for name in named)}"


def means_lines(found: Comparison) -> list[str]:
    """What a share means, where one was said."""
    if not found.groups:
        return []
    estimated = any(member.people for group in found.groups for member in group.members)
    about = (
        f"“About” is estimated from {PEOPLE:,} such people whom the difference could reach; “at most” says that none "
        "of them shows it, and somebody else does. The rest is exact."
    )
    return [MEANS, *([about] if estimated else [])]


def several_causes(found: Comparison) -> bool:
    """Whether it has to be said which file something comes from."""
    return sum(bool(set(file.about) - {WORDING}) for file in found.files) > 1
