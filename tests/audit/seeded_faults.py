"""Faults of logic, made by chance: what no answers can do, what all answers do, what changes nothing, what is unsafe.

Most are made by a law that keeps the meaning of a rule (A is A and (A or B)), at a random place of a random rule: then
it is known what is dead weight, and nothing else may be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from sown import Edit, Fault, Ground, Spot, new_file
from sown_items import check, ends, exercise, found, question, relief, row, whole

Maker = Callable[[Ground, Random, str], Fault]

IDLE, NEVER, ALWAYS = "«idle-condition»", "«never-firing-rule»", "«always-firing-rule»"
UNFIT_FOR_TWINS = ("each_side", "level_when", "unsure_level", "accept", "clarifier")


def group(rng: Random, op: str, *members: str) -> str:
    """An `all` or `any` with its members in any order."""
    return f"{{{op}: [{', '.join(rng.sample(members, len(members)))}]}}"


def spot(g: Ground, rng: Random, taken: set[str]) -> Spot:
    """A part of a condition in a file that nothing was sown in yet."""
    path = rng.choice(sorted({s.path for s in g.spots} - taken))
    taken.add(path)
    return rng.choice([s for s in g.spots if s.path == path])


# -- conditions of which something is known ------------------------------------------------------------------------


def absorbed(rng: Random, a: str, b: str) -> tuple[str, str]:
    """The same as A, with a part that is idle; and the law in words."""
    op, other = rng.choice((("all", "any"), ("any", "all")))
    inner = group(rng, other, a, b)
    match rng.randrange(5):
        case 0:
            return group(rng, op, a, IDLE + inner), f"A {op} (A {other} B)"
        case 1:
            return group(rng, op, IDLE + a, IDLE + a), f"A {op} A"
        case 2:
            return f"{{at_least: 1, of: [{IDLE}{group(rng, 'all', a, b)}, {a}]}}", "one of A, A and B"
        case 3:
            return f"{{at_least: 2, of: [{a}, {IDLE}{group(rng, 'all', a, b)}, {a}]}}", "two of A, A, A and B"
        case _:
            opposite = group(rng, op, f"{{not: {a}}}", b)
            return group(rng, op, a, f"{IDLE}{{not: {opposite}}}"), f"A {op} not (not A {op} B)"


def the_same(rng: Random, a: str) -> str:
    """The same as A, written otherwise, with nothing idle."""
    once = (f"{{any: [{a}]}}", f"{{all: [{a}]}}", f"{{not: {{not: {a}}}}}", f"{{not: {{any: [{{not: {a}}}]}}}}")
    return rng.choice(once)


def impossible(g: Ground, rng: Random) -> str:
    """What no answers make true, though some leave it open."""
    a, b, c = g.leaves(rng, 3)
    numbers = [n for n, q in g.free.items() if q["answer"] == "number" and int(q["max"]) > 3]
    number = rng.choice(numbers)
    unit, limit = g.free[number]["unit"], rng.randint(2, int(g.free[number]["max"]) - 1)
    over = f"{{number: {{of: {number}, above: {limit}, unit: {unit}}}}}"
    under = f"{{number: {{of: {number}, {rng.choice(('below', 'at_most'))}: {limit}, unit: {unit}}}}}"
    twice, late = f"{{at_least: 2, of: [{a}, {{not: {a}}}]}}", group(rng, "all", c, f"{{not: {b}}}")
    neither = f"{{not: {group(rng, 'any', a, f'{{not: {a}}}')}}}"
    both = group(rng, "all", a, f"{{not: {a}}}")
    core = rng.choice((both, group(rng, "all", over, under), twice, neither, group(rng, "all", b, late)))
    rest = [leaf for leaf in (a, b, c) if leaf.split(":")[1] not in core and leaf not in core and number not in leaf]
    return group(rng, "all", core, rest[0]) if rest and rng.random() < 0.4 else core


def certain(g: Ground, rng: Random) -> str:
    """What no answers make false, though some leave it open."""
    return f"{{not: {impossible(g, rng)}}}" if rng.random() < 0.5 else _covers(g, rng)


def _covers(g: Ground, rng: Random) -> str:
    name, asked = rng.choice(sorted(g.free.items()))
    if asked["answer"] == "number":
        op, limit = rng.choice((("at_least", asked["min"]), ("at_most", asked["max"])))
        return f"{{number: {{of: {name}, {op}: {limit}, unit: {asked['unit']}}}}}"
    options = list(asked.get("options", ("yes", "no")))
    return group(rng, "any", *(f"{{answer: {{{name}: {option}}}}}" for option in options))


# -- faults --------------------------------------------------------------------------------------------------------


def idle_condition(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    at = spot(g, rng, taken)
    new, law = absorbed(rng, at.text, g.leaves(rng, 1, g.texts[at.path])[0])
    return Fault(law, "idle-condition", (Edit(at.path, at.start, at.end, new),))


def _tests(rng: Random, name: str, sided: bool) -> tuple[dict[str, str], list[str]]:
    """Two measures and a test of each."""
    side = ", side: this" if sided else ""
    measures = {"so": "answer: yes-no", "far": "answer: number, unit: mm, min: 0, max: 50, step: 5, error: 5"}
    limit = f"{rng.choice(('at_least', 'above', 'below', 'at_most'))}: {rng.randint(2, 8) * 5}, unit: mm"
    tests = [
        f"{{check: {{of: {name}.so{side}, is: {rng.choice(('yes', 'no'))}}}}}",
        f"{{check: {{of: {name}.far{side}, {limit}}}}}",
    ]
    return measures, tests


def never_firing(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    never = impossible(g, rng)
    what = rng.choice(("triage", "modifiers", "checks", "finding", "exercises", "relief", "patterns"))
    measures, tests = _tests(rng, name, sided := rng.random() < 0.5)
    seen = group(rng, rng.choice(("all", "any")), *tests)
    match what:
        case "triage" | "modifiers":
            level = "caution" if what == "triage" else rng.choice(("", "caution"))
            edits: tuple[Edit, ...] = (row(g, f"{what}/{name}", never, level=level, at=NEVER),)
        case "checks":
            edits = (found(g, name, sided), check(g, name, measures, seen, sided=sided, only_when=never, id_at=NEVER))
        case "finding":
            one = rng.choice(tests)
            seen = group(rng, "all", *tests, f"{{not: {one}}}")
            at = f"{{at_least: 3, of: [{', '.join(tests)}, {{not: {one}}}]}}" if rng.random() < 0.3 else seen
            edits = (found(g, name, sided), check(g, name, measures, at, NEVER, sided))
        case "exercises":
            edits = (exercise(g, name, g.muscle, never, NEVER),)
        case "relief":
            edits = (relief(g, name, never, NEVER),)
        case _:
            edits = (pattern(g, rng, name),)
    return Fault(f"{what} that nothing makes true", "never-firing-rule", edits)


def pattern(g: Ground, rng: Random, name: str) -> Edit:
    """Signs of one kind only, where two are asked for; or signs that exclude each other, so that it is never likely."""
    kinds = rng.sample(("posture", "symptom", "length"), 3)
    if rng.random() < 0.5:
        signs = g.leaves(rng, rng.choice((2, 3)))
        of_kind = [kinds[0]] * len(signs)
    else:
        choices = [(n, list(q["options"])) for n, q in g.free.items() if len(q.get("options", ())) > 2]
        asked, options = rng.choice(choices)
        signs = [f"{{answer: {{{asked}: {o}}}}}" for o in rng.sample(options, 2)]
        signs += [s for s in g.leaves(rng, 2) if f"{asked}:" not in s][:1]
        of_kind = kinds
    lines = [f"id: {name}", f"title: The picture {name}", "grade: D", "region: both", f"lay: You look like {name}."]
    pairs = zip(of_kind, signs, strict=True)
    lines += [f"{NEVER}supports:", *(f"  - {{weight: 2, kind: {kind}, when: {s}}}" for kind, s in pairs)]
    lines += [f"muscles: {{{g.muscle}: unclear}}", "honesty: It is only a picture."]
    cases = [line.replace("expect: yes", "expect: likely").replace("expect: no", "expect: none") for line in ends(g)]
    return new_file(f"patterns/{name}.yaml", whole([*lines, *cases]))


def always_firing(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    what = rng.choice(("modifiers", "finding") if g.together else ("triage", "modifiers", "finding"))
    if what == "finding":
        measures, tests = _tests(rng, name, sided := rng.random() < 0.5)
        one, two = rng.sample(tests, 2)
        ways = (
            group(rng, "any", one, two, f"{{not: {two}}}"),
            f"{{not: {group(rng, 'all', two, one, f'{{not: {one}}}')}}}",
        )
        edits = (found(g, name, sided), check(g, name, measures, rng.choice(ways), ALWAYS, sided))
    else:
        edits = (row(g, f"{what}/{name}", certain(g, rng), level="caution" if what == "triage" else "", at=ALWAYS),)
    return Fault(f"{what} that nothing makes false", "always-firing-rule", edits)


def twins(g: Ground, folder: str) -> Iterator[Spot]:
    """The whole conditions that can be copied, of rows without sides and of findings: they stand in one line."""
    for s in g.spots:
        item, before = g.data[s.path], g.texts[s.path][: s.start].rpartition("\n")[2]
        entry = g.data["terms.yaml"]["findings"].get(before.strip(" :"), {})
        whole_ = before == "when: " if folder != "checks" else before[:2] == "  " and "quality" in entry
        if whole_ and s.path.startswith(f"{folder}/") and not set(UNFIT_FOR_TWINS) & item.keys():
            yield s


def duplicate_rule(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    every = [s for folder in ("triage", "modifiers", "checks") for s in twins(g, folder) if s.path not in taken]
    # a row that refers keeps an effect of its own; of the two the later in the order of the files is named
    at = rng.choice([s for s in every if "refer" in g.data[s.path] or "findings" in g.data[s.path]])
    taken.add(at.path)
    mark, again, folder = "«duplicate-rule»", the_same(rng, at.text), at.path.partition("/")[0]
    if folder != "checks":
        new = row(g, f"{folder}/zz-{name}", again, level=g.data[at.path].get("level", ""), at=mark)
        return Fault(f"{at.path} once more", "duplicate-rule", (new,))
    entry = g.data["terms.yaml"]["findings"][g.texts[at.path][: at.start].rpartition("\n")[2].strip(" :")]
    leads = ", ".join(f"{key}: {entry[key]}" for key in ("muscle", "quality"))
    measures, tests = _tests(rng, f"zz-{name}", sided := entry.get("sided") == "true")
    edits = [found(g, f"zz-{name}", sided, leads), check(g, f"zz-{name}", measures, again, mark, sided)]
    also = f"zz-{name}-also"  # so that the measures of the new check are read
    text = edits[1].new.replace("evidence:", f"  {also}-seen: {group(rng, 'all', *tests)}\nevidence:")
    text += f"  - {{says: it is too, given: {{}}, expect: yes, finding: {also}-seen}}\n"
    edits = [edits[0], found(g, also, sided), new_file(edits[1].path, text)]
    return Fault(f"a finding of {at.path} once more", "duplicate-rule", tuple(edits))


def _under(g: Ground, rng: Random, levels: tuple[str, ...], taken: set[str]) -> tuple[Spot, str]:
    """A row of some level, and its condition narrowed by another answer."""
    every = [s for folder in ("triage", "modifiers") for s in twins(g, folder) if s.path not in taken]
    fit = [s for s in every if g.data[s.path].get("level") in levels]
    at = rng.choice(fit)
    taken.add(at.path)
    return at, group(rng, "all", at.text, g.leaves(rng, 1, g.texts[at.path])[0])


def effectless_rule(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    at, narrower = _under(g, rng, ("caution",), taken)
    bars = [tag for tag in g.data[at.path].get("bars", ()) if rng.random() < 0.5]
    folder = at.path.partition("/")[0]
    new = row(g, f"{folder}/{name}", narrower, level="caution", at="«effectless-rule»", refer=False, bars=bars)
    return Fault(f"a special case of {at.path} that adds nothing", "effectless-rule", (new,))


def masked_flag(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    """Below a row that stops; without a referral of its own it has no effect either."""
    at, narrower = _under(g, rng, ("emergency", "same-day"), taken)
    level, refer = rng.choice(("caution", "clinician-first")), rng.random() < 0.5
    at_when = "" if refer else "«effectless-rule»"
    folder = rng.choice(("triage", "modifiers"))
    new = row(g, f"{folder}/{name}", narrower, level=level, level_at="«masked-flag»", refer=refer, at=at_when)
    return Fault(f"a {level} row below {at.path}", "masked-flag", (new,))


def finding_without_help(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    muscle = f"{name}-muscle"
    entry = f"{muscle}: {{name: muscle {name}, tier: support, region: lower, not_stretched: It holds.}}"
    edits = [g.under("terms.yaml", "muscles", entry)]
    way = rng.choice(("nothing", "excluded", "target"))
    if way == "target":
        places = [m.end() for m in re.finditer(r"default_targets: \[", g.texts["program.yaml"])]
        where = rng.choice(places)
        edits.append(Edit("program.yaml", where, where, f"«finding-without-help»{muscle}, "))
        return Fault("a target that nothing builds up", "finding-without-help", tuple(edits))
    measures, tests = _tests(rng, name, sided := rng.random() < 0.5)
    leads = f"muscle: {muscle}, quality: {rng.choice(('short', 'weak'))}"
    edits.append(found(g, name, sided, leads))
    if way == "excluded":
        side = ", side: any" if sided else ""
        edits.append(exercise(g, f"{name}-move", muscle, f"{{not: {{finding: {{id: {name}-seen{side}}}}}}}"))
    seen = group(rng, rng.choice(("all", "any")), *tests)
    edits.append(check(g, name, measures, seen, "«finding-without-help»", sided))
    return Fault(f"found, and {way} for it", "finding-without-help", tuple(edits))


def conflicting_findings(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    stretched = sorted({e["muscle"] for e in g.items("exercises").values() if e["use"] == "stretch"})
    measures, tests = _tests(rng, name, sided := rng.random() < 0.5)
    leads = f"muscle: {rng.choice(stretched)}, quality: long"
    seen = group(rng, rng.choice(("all", "any")), *tests)
    new = found(g, name, sided, leads), check(g, name, measures, seen, "«conflicting-findings»", sided)
    return Fault("long, and stretched all the same", "conflicting-findings", new)


def idle_question(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    """A new line, or a new measure, that is read only where something else decides."""
    if rng.random() < 0.3:
        measures, (one, two) = _tests(rng, name, sided := rng.random() < 0.5)
        measures = {key if key in one else f"«idle-question»{key}": text for key, text in measures.items()}
        op, other = rng.choice((("all", "any"), ("any", "all")))
        seen = group(rng, op, one, IDLE + group(rng, other, one, two))
        return Fault(
            "a measure in vain", "idle-question", (found(g, name, sided), check(g, name, measures, seen, "", sided))
        )
    at = spot(g, rng, taken)
    answer, more, test = rng.choice(
        (("yes-no", {}, f"{{answer: {{{name}: {rng.choice(('yes', 'no'))}}}}}"),
         ("choice", {"options": "{a: One, b: Two, c: Three}", "healthy": "a"}, f"{{answer: {{{name}: [b, c]}}}}"),
         ("number", {"unit": "points", "min": "0", "max": "9", "step": "1", "healthy": "0"},
          f"{{number: {{of: {name}, at_least: {rng.randint(1, 9)}, unit: points}}}}"))
    )  # fmt: skip
    op, other = rng.choice((("all", "any"), ("any", "all")))
    new = group(rng, op, at.text, IDLE + group(rng, other, at.text, test))
    edits = question(g, name, answer, "«idle-question»", **more), Edit(at.path, at.start, at.end, new)
    return Fault(f"a {answer} line in vain", "idle-question", edits)


def untold_option(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    """Rules name groups of options; of a group with more than one the second cannot be told from the first."""
    codes = [f"o{i}" for i in range(rng.randint(3, 6))]
    named = sorted(rng.sample(codes[1:], rng.randint(2, len(codes) - 1)))
    if len(named) >= 4 and rng.random() < 0.6:
        cut = rng.randint(2, len(named) - 2)
        groups = [named[:cut], named[cut:]]
    else:
        groups = [named]
    second = {group_[1] for group_ in groups}
    options = ", ".join(f"{'«untold-option»' if c in second else ''}{c}: Option {c}" for c in codes)
    if rng.random() < 0.4:
        groups, sided = groups[:1], rng.random() < 0.5
        options = ", ".join(f"{'«untold-option»' if c == groups[0][1] else ''}{c}: Option {c}" for c in codes)
        side = ", side: this" if sided else ""
        tests = [f"{{check: {{of: {name}.so{side}, is: {code}}}}}" for code in groups[0]]
        seen = group(rng, "any", *tests)
        new = check(g, name, {"so": f"answer: choice, options: {{{options}}}"}, seen, "", sided)
        return Fault("options of a measure", "untold-option", (found(g, name, sided), new))
    edits = [question(g, name, "choice", options=f"{{{options}}}", healthy=codes[0])]
    for i, codes_ in enumerate(groups):
        edits.append(row(g, f"triage/{name}-{i}", f"{{answer: {{{name}: [{', '.join(codes_)}]}}}}", level="caution"))
    return Fault("options of a line", "untold-option", tuple(edits))


def refuted_invariant(g: Ground, rng: Random, name: str, taken: set[str]) -> Fault:
    """Something that everybody may be given, and a statement that somebody may not be."""
    barring = [p for p, d in g.data.items() if set(g.tag.split(", ")) & set(d.get("bars", ()))]
    a, b = g.leaves(rng, 2, "".join(g.texts[path] for path in barring))
    what, of = rng.choice((("relief", relief(g, name)), ("exercise", exercise(g, name, g.muscle))))
    condition = rng.choice((a, f"{{not: {a}}}", group(rng, "all", a, b), group(rng, "any", a, b)))
    lines = [f"id: {name}-never", "scope: rules", f"«refuted-invariant»says: Not {name} for some."]
    lines += [f"{rng.choice(('whenever', 'unless'))}: {condition}", f"never: {{ids: [{name}]}}"]
    text = whole([*lines, f"sources: {{{g.source}: design-value}}"])
    return Fault(
        f"{what} that is forbidden to some", "refuted-invariant", (of, new_file(f"invariants/{name}-never.yaml", text))
    )


LOOSENED = (
    ("modifiers/late-child.yaml", r"^bars: .*\n", ("", "bars: [warm]\n"), "not-on-the-back-late"),
    ("modifiers/late-child.yaml", r"at_least: (16)", ("19", "20", "41"), "not-on-the-back-late"),
    ("modifiers/late-child.yaml", r"(answer: \{child: yes\})", ("answer: {stiff: yes}",), "not-on-the-back-late"),
    ("triage/pain-up.yaml", r"at_least: (7)", ("8", "10"), "no-end-in-strong-pain"),
    ("triage/pain-up.yaml", r"(at_least): 7", ("above",), "no-end-in-strong-pain"),
    ("triage/pain-up.yaml", r"(to-the-end), ", ("warm",), "no-end-in-strong-pain"),
    ("exercises/hip-stretch.yaml", r"(, to-the-end)", ("", ", warm"), "no-end-in-strong-pain"),
    ("exercises/thigh-stretch.yaml", r"(, to-the-end)", ("",), "no-end-in-strong-pain"),
    (
        "modifiers/leg-sore.yaml",
        r"^when: (.*)",
        ("{all: [{answer: {leg: this}}, {answer: {stiff: yes}}]}",),
        "no-end-for-a-sore-leg",
    ),
    ("modifiers/leg-sore.yaml", r"bars: \[(to-the-end)", ("warm",), "no-end-for-a-sore-leg"),
    (
        "triage/very-hot.yaml",
        r"any: \[(\{.*?\}\})",
        ("{all: [{answer: {hot: much}}, {answer: {stiff: yes}}]}",),
        "nobody-hot-works",
    ),
    ("triage/very-hot.yaml", r"^level: (same-day)", ("caution",), "nobody-hot-works"),
)
"""Files of the small knowledge, what is loosened there, and the invariant that keeps somebody safe from it."""


def loosened(g: Ground) -> list[Fault]:
    """Every bar, limit and level that an invariant of the small knowledge rests on, loosened in each way."""
    made = []
    for path, pattern_, ways, name in LOOSENED:
        stated = f"invariants/{name}.yaml"
        says = g.edit(stated, "^says", "«refuted-invariant»says")
        made += [Fault(f"{name} by {new!r}", "refuted-invariant", (says, g.edit(path, pattern_, new))) for new in ways]
    return made


LOGIC = (
    idle_condition, never_firing, always_firing, duplicate_rule, effectless_rule, masked_flag, finding_without_help,
    conflicting_findings, idle_question, untold_option, refuted_invariant,
)  # fmt: skip


def logic_faults(g: Ground, seed: int, each: int) -> list[Fault]:
    """Some faults of every kind."""
    rng, taken, made = Random(seed), set[str](), []
    for make in LOGIC:
        for i in range(each):
            name = f"sown-{make.__name__.replace('_', '-')}-{i}"
            made.append(make(g, rng, name, taken if g.together else set()))
    return made
