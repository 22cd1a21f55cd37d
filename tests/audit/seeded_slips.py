"""Slips of the pen in files as they are: each at a random place of random files, many sown at once.

`SOUND` leaves every file in shape and every reference whole; `BROKEN` does not, and hides nothing else for that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from random import Random
from typing import Any

from sown import Edit, Fault, Ground, new_file
from sown_items import check, found, question, row

FOLDERS = ("questions", "triage", "modifiers", "checks", "patterns", "exercises", "relief")
SHORT = ("we", "sit", "and", "then", "look", "at", "it", "for", "a", "bit", "or", "go", "on", "as", "you", "did")


def _for_each_side(data: Any) -> bool:
    return data.get("sided") == "true" or data.get("sides") == "each"


class Slips:
    """Makes slips in one ground; no two of them are in one file of it."""

    def __init__(self, ground: Ground, rng: Random) -> None:
        self.g, self.rng, self._taken, self._count = ground, rng, {""}, 0

    # -- where -----------------------------------------------------------------------------------------------

    def name(self) -> str:
        self._count += 1
        return f"slip-{self._count}"

    def file(self, has: str, folders: Collection[str] = FOLDERS, fit: Callable[[Any], bool] = lambda _: True) -> str:
        """A file with some key that nothing was sown in yet, and whose findings nobody has accepted."""
        data = self.g.data
        free = [p for p in data if p.partition("/")[0] in folders and p not in self._taken and "accept" not in data[p]]
        path = self.rng.choice([p for p in free if has in data[p] and fit(data[p])])
        self._taken.add(path)
        return path

    def value(self, path: str, *way: str | int, new: str) -> Edit:
        return Edit(path, *self.g.value(path, *way), new)

    def before(self, path: str, *way: str | int, new: str) -> Edit:
        start = self.g.value(path, *way)[0]
        return Edit(path, start, start, new)

    def first_line(self, path: str, key: str, rule: str, text: str) -> Edit:
        """A line put before all others of a list that is written line by line."""
        start = self.g.value(path, key, 0)[0]
        return Edit(path, start, start, f'«{rule}»"{text}"\n  - ')

    def lined(self, folders: Collection[str] = FOLDERS, fit: Callable[[Any], bool] = lambda _: True) -> tuple[str, str]:
        """A file, and a list of lines in it that a person reads."""
        key = self.rng.choice(("steps", "stop") if folders != FOLDERS else ("act", "steps", "stop"))
        pattern = f"\n{key}:\n  - "
        lines = {d["id"] for p, d in self.g.data.items() if pattern in self.g.texts[p]}
        return self.file(key, folders, lambda d: d["id"] in lines and fit(d)), key

    # -- sound files -----------------------------------------------------------------------------------------

    def side_in_a_text(self) -> Fault:
        path, key = self.lined(("checks", "exercises"), _for_each_side)
        said = f"Turn the {self.rng.choice(('left', 'right'))} {self.rng.choice(('knee', 'foot', 'arm', 'hip'))} a bit."
        return Fault("one side", "side-mismatch", (self.first_line(path, key, "side-mismatch", said),))

    def side_in_a_rule(self) -> Fault:
        """A fixed side, or any side, in a rule that is written for each."""
        path = self.file("findings", ("checks",), lambda d: str(d).count("'side': 'this'") == 1 == len(d["findings"]))
        side, name = self.rng.choice(("left", "right", "any")), next(iter(self.g.data[path]["findings"]))
        edit = self.g.edit(path, "side: (this)", side)
        start = (self.g.key if side == "any" else self.g.value)(path, "findings", name)[0]
        return Fault(f"{side} side", "side-mismatch", (Edit(path, start, start, "«side-mismatch»"), edit))

    def side_of_a_case(self) -> Fault:
        name, side, other = self.name(), *self.rng.sample(("left", "right"), 2)
        new = row(self.g, f"modifiers/{name}", "{answer: {leg-pain: this}}").new
        new = new.replace("say:", "each_side: true\nsay:", 1)
        new = new.replace(
            "given: {}, expect: yes", f"given: {{leg-pain: {side}}}, side: «side-mismatch»{other}, expect: yes"
        )
        return Fault("a case of the other side", "side-mismatch", (new_file(f"modifiers/{name}.yaml", new),))

    def same_words(self) -> Fault:
        """What a neighbour says, in other capitals; the later of the two in the order of the files."""
        folder, key = self.rng.choice(
            (
                ("questions", "ask"),
                ("triage", "say"),
                ("checks", "purpose"),
                ("patterns", "lay"),
                ("exercises", "title"),
            )
        )
        plain = lambda d: d[key].replace(" ", "").replace(",", "").replace(".", "").isalnum()  # noqa: E731
        one, two = sorted((self.file(key, (folder,), plain), self.file(key, (folder,), plain)))
        said = self.g.data[one][key]
        said = self.rng.choice((said, said.upper(), said.rstrip(".") + " !", said.replace(" ", "  ")))
        return Fault(
            "a neighbour's words", "duplicate-wording", (self.value(two, key, new=f'«duplicate-wording»"{said}"'),)
        )

    def same_line(self) -> Fault:
        path, key = self.lined()
        said = self.g.data[path][key][0].replace('"', "'")
        start = self.g.value(path, key, 0)[0]
        new = Edit(path, start, start, f'"{said}"\n  - «duplicate-wording»')
        return Fault("a line twice", "duplicate-wording", (new,))

    def same_version(self) -> Fault:
        path = self.file("easier", ("exercises",), lambda d: not set(d["easier"]) & set(":\"'#"))
        easier = self.g.data[path]["easier"]
        return Fault(
            "harder is easier", "duplicate-wording", (self.value(path, "harder", new=f"«duplicate-wording»{easier}"),)
        )

    def long_sentence(self) -> Fault:
        path, key = self.lined()
        said = " ".join(self.rng.choice(SHORT) for _ in range(self.rng.randint(31, 45)))
        return Fault("a long sentence", "hard-text", (self.first_line(path, key, "hard-text", said + "."),))

    def unread_measure(self) -> Fault:
        path, name = self.file("measures", ("checks",)), self.name()
        start = self.g.key(path, "measures", next(iter(self.g.data[path]["measures"])))[0]
        new = f"«unread-measure»{name}: {{ask: Is it {name}?, answer: yes-no}}\n  "
        return Fault("a measure", "unread-measure", (Edit(path, start, start, new),))

    def unused_word(self) -> Fault:
        name, g = self.name(), self.g
        mark = "«unused-item»"
        topic = g.value("terms.yaml", "topics", 0)[0]
        end = len(g.texts["sources.yaml"])
        cited = f"{mark}{name}: {{title: The book {name}, year: 2020, doi: null, verified: nothing}}\n"
        edits: Any = self.rng.choice(
            (
                [g.under("terms.yaml", "tags", f"{mark}{name}: the tag {name}")],
                [g.under("terms.yaml", "findings", f"{mark}{name}: {{text: the find {name}, told_only: So.}}")],
                [Edit("terms.yaml", topic, topic, f"{{id: {mark}{name}, title: Topic {name}, phase: goals}}\n  - ")],
                [Edit("sources.yaml", end, end, cited)],
                [question(g, name, "yes-no", mark)],
                [
                    g.under("terms.yaml", "findings", f"{mark}{name}-seen: {{text: the sight of {name}}}"),
                    check(g, name, {"so": "answer: yes-no"}, f"{{check: {{of: {name}.so, is: yes}}}}"),
                ],
            )
        )
        return Fault("a word that nothing uses", "unused-item", tuple(edits))

    def case_of_nobody(self) -> Fault:
        name, mark = self.name(), "«impossible-case»"
        given = self.rng.choice(
            (f"{mark}{name}: yes", f"pain-now: {mark}{self.rng.randint(11, 99)}", f"leg-pain: {mark}{name}",
             f"{mark}cleared.not-{name}: yes", f"pain-new: {mark}{self.rng.randint(2, 9)}")
        )  # fmt: skip
        new = row(self.g, f"triage/{name}", self.g.leaves(self.rng, 1)[0], level="caution").new
        at = self.rng.choice(("given: {}, expect: yes", "given: {}, expect: no"))
        return Fault(
            "a case",
            "impossible-case",
            (new_file(f"triage/{name}.yaml", new.replace(at, at.replace("{}", f"{{{given}}}"))),),
        )

    def old_signature(self) -> Fault:
        path = self.file("sources", FOLDERS, lambda d: "reviewed_by" not in d)
        lines = [
            "reviewed_on: 2026-11-24",
            "reviewed_by: Jo Field, nurse",
            f"reviewed_sha256: {self.rng.randbytes(32).hex()}",
        ]
        kept = [line for line in lines if self.rng.random() < 0.7] or lines[:1]
        end = len(self.g.texts[path])
        return Fault(
            "a signature", "withdrawn-review", (Edit(path, end, end, "«withdrawn-review»" + "\n".join(kept) + "\n"),)
        )

    def idle_accept(self) -> Fault:
        path, rule = (
            self.file("sources"),
            self.rng.choice(("hard-text", "side-mismatch", "unread-measure", "missing-case")),
        )
        end = len(self.g.texts[path])
        new = f"accept:\n  - «unused-accept»{{rule: {rule}, why: It is right so.}}\n"
        return Fault("nothing is accepted", "unused-accept", (Edit(path, end, end, new),))

    def open_triage(self) -> Fault:
        """A row that blocks leans on what comes after triage."""
        name, of = self.name(), self.rng.choice(("modifiers", "checks", "patterns"))
        fits = {
            "modifiers": lambda d: not d.get("each_side"),
            "checks": lambda _: True,
            "patterns": lambda d: "sided" not in d,
        }
        item = self.rng.choice([d for d in self.g.items(of).values() if fits[of](d)])
        level = self.rng.choice(("same-day", "clinician-first"))
        test = {"modifiers": f"modifier: {item['id']}", "patterns": f"pattern: {{id: {item['id']}, label: possible}}"}
        leaf = self.g.leaves(self.rng, 1)[0]
        edits = []
        if of == "checks":
            edits = [
                found(self.g, name),
                check(self.g, name, {"so": "answer: yes-no"}, f"{{check: {{of: {name}.so, is: yes}}}}"),
            ]
            test[of] = f"check: {{of: {name}.so, is: yes}}"
        when = f"{{{self.rng.choice(('all', 'any'))}: [{leaf}, {{{test[of]}}}]}}"
        edits.append(row(self.g, f"triage/{name}-row", when, level=level, at="«undecidable-triage»"))
        return Fault(f"a {level} row on {of}", "undecidable-triage", tuple(edits))

    def one_sided_cases(self) -> Fault:
        name, expect = self.name(), self.rng.sample(("yes", "no"), 2)
        new = row(
            self.g, f"{self.rng.choice(('triage', 'modifiers'))}/{name}", self.g.leaves(self.rng, 1)[0], level="caution"
        )
        text = new.new.replace(f"expect: {expect[0]}", f"expect: {expect[1]}").replace("cases:", "«missing-case»cases:")
        return Fault(f"only {expect[1]}", "missing-case", (new_file(new.path, text),))

    def blank(self) -> Fault:
        path, key = self.lined()
        return Fault(
            "a blank", "blank-left", (self.first_line(path, key, "blank-left", f"Do it <so {self.name()} goes>."),)
        )

    def bad_word(self) -> Fault:
        path, key = self.lined()
        said = self.rng.choice(
            ("It cures you", "Take 400 mg of it", "It is a miracle", "Take two 5 ml", "We guarantee it")
        )
        return Fault(
            "a promise or a dose", "forbidden-word", (self.first_line(path, key, "forbidden-word", f"{said}."),)
        )

    def no_clarifier(self) -> Fault:
        name, level = self.name(), "emergency"
        topic = self.rng.choice([t["id"] for t in self.g.data["terms.yaml"]["topics"] if t["phase"] == "triage"])
        asked = question(self.g, name, "yes-no", "«missing-clarifier»").new.replace(
            f"topic: {self.g.topic}", f"topic: {topic}"
        )
        when = f"{{any: [{self.g.leaves(self.rng, 1)[0]}, {{answer: {{{name}: yes}}}}]}}"
        edits = new_file(f"questions/{name}.yaml", asked), row(self.g, f"triage/{name}-row", when, level=level)
        return Fault("no clarifier", "missing-clarifier", edits)

    def word_of_an_invariant(self) -> Fault:
        name, key = self.name(), self.rng.choice(("ids", "kinds", "uses", "muscles", "tiers"))
        never = f"never: {{{key}: [«unknown-word-in-invariant»{name}]}}"
        lines = [
            f"id: {name}",
            "scope: rules",
            f"says: Never {name}.",
            f"whenever: {self.g.leaves(self.rng, 1)[0]}",
            never,
        ]
        text = "\n".join([*lines, f"sources: {{{self.g.source}: design-value}}", ""])
        return Fault(f"no such {key}", "unknown-word-in-invariant", (new_file(f"invariants/{name}.yaml", text),))

    def wrong_accept(self) -> Fault:
        path, rule = (
            self.file("sources"),
            self.rng.choice(("hard-texts", "refuted-invariant", "dangling-reference", "not-yaml")),
        )
        end = len(self.g.texts[path])
        new = f"accept:\n  - {{rule: «wrong-accept»{rule}, why: It is right so.}}\n"
        return Fault(f"accepts {rule}", "wrong-accept", (Edit(path, end, end, new),))

    def stray(self) -> Fault:
        name = self.name()
        path = self.rng.choice((f"triage/{name}.yml", f"{name}.json", f"checks/{name}.YAML", f"{name}.yaml"))
        return Fault("a file that nothing reads", "stray-file", (new_file(path, "{}\n"),), path)

    def figure_of_nothing(self) -> Fault:
        name = self.name()
        text = f"id: «wrong-figure»{name}\nview: side\npose: standing\nframes: [{{says: Stand as you are}}]\n"
        return Fault("a figure of nothing", "wrong-figure", (new_file(f"figures/{name}.yaml", text),))

    # -- files that are broken -------------------------------------------------------------------------------

    def unknown_key(self) -> Fault:
        path = self.file("sources")
        return Fault("a key", "unknown-key", (self._top(path, f"«unknown-key»{self.name()}: 5"),))

    def twice(self) -> Fault:
        path = self.file("sources")
        key = self.rng.choice([k for k in self.g.data[path] if k in ("id", "title", "ask", "say")])
        return Fault(f"{key} twice", "duplicate-key", (self._top(path, f"«duplicate-key»{key}: again"),))

    def _top(self, path: str, line: str) -> Edit:
        """A line at the end of a file."""
        end = len(self.g.texts[path])
        return Edit(path, end, end, f"{line}\n")

    def missing_key(self) -> Fault:
        key = self.rng.choice(("topic", "say", "purpose", "honesty", "feel", "dose"))
        folders = {"dose": ("exercises",)}.get(key, FOLDERS)
        path = self.file(key, folders)
        (start, _), (_, end) = self.g.key(path, key), self.g.value(path, key)
        first = self.g.key(path, next(iter(self.g.data[path])))[0]
        edits = Edit(path, first, first, f"«missing-{key}»"), Edit(path, start, end, f"# {self.name()}")
        return Fault(f"no {key}", f"missing-{key}", edits)

    def wrong_value(self) -> Fault:
        key, rule, new = self.rng.choice(
            (("order", "wrong-type", "[1]"), ("minutes", "wrong-type", "many"), ("title", "wrong-type", "5"),
             ("region", "unknown-word", "middle"), ("level", "unknown-word", "high"), ("sides", "unknown-word", "all"),
             ("say", "empty-text", '""'), ("alone", "unknown-word", "never"), ("answer", "unknown-word", "maybe"))
        )  # fmt: skip
        path = self.file(key, ("triage", "modifiers") if key == "level" else FOLDERS)
        return Fault(f"{key}: {new}", rule, (self.value(path, key, new=f"«{rule}»{new}"),))

    def empty_list(self) -> Fault:
        """Of what is empty the key is shown: there is nothing else to show."""
        key = self.rng.choice(("tags", "steps", "stop", "supports", "act"))
        path = self.file(key, ("triage", "checks", "patterns", "exercises"))
        edits = Edit(path, self.g.key(path, key)[0], self.g.value(path, key)[1], f"«too-few»{key}: []\n")
        return Fault(f"no {key}", "too-few", (edits,))

    def heavy_sign(self) -> Fault:
        path, new = self.file("supports"), self.rng.randint(4, 99)
        return Fault(
            f"weight {new}", "out-of-range", (self.value(path, "supports", 0, "weight", new=f"«out-of-range»{new}"),)
        )

    def other_id(self) -> Fault:
        path = self.file("id")
        rule, new = self.rng.choice((("not-an-id", "Not_An_Id"), ("id-is-not-file-name", self.name())))
        marks = {rule: None, "id-is-not-file-name": None}
        return Fault("another id", rule, (self.value(path, "id", new="".join(f"«{mark}»" for mark in marks) + new),))

    def dangling(self) -> Fault:
        """A muscle, tag, position, dose, topic or line that there is not."""
        name = self.name()
        key = self.rng.choice(("muscle", "tags", "bars", "muscles", "activation", "stem", "topic", "position", "dose"))
        rule = "unknown-word-in-item" if key in ("topic", "position", "dose") else "dangling-reference"
        folders = {"dose": ("exercises",), "muscles": ("checks",), "tags": ("checks", "exercises")}.get(key, FOLDERS)
        path = self.file(key, folders, lambda d: d[key] != [])
        way = (key, self.rng.randrange(len(self.g.data[path][key]))) if key in ("tags", "bars", "muscles") else (key,)
        return Fault(f"no such {key}", rule, (self.value(path, *way, new=f"«{rule}»{name}"),))

    def no_such_source(self) -> Fault:
        path = self.file("sources")
        start = self.g.key(path, "sources", next(iter(self.g.data[path]["sources"])))[0]
        return Fault(
            "a source", "unknown-source", (Edit(path, start, start, f"«unknown-source»{self.name()}: verified, "),)
        )

    def condition(self) -> Fault:
        """Something wrong inside a condition, at a random place of it."""
        free = [s for s in self.g.spots if s.path not in self._taken and "/" in s.path and "known" not in s.text]
        at = self.rng.choice(free)
        self._taken.add(at.path)
        name = self.name()
        rule, leaf = self.rng.choice(
            (("dangling-reference", f"{{answer: {{«dangling-reference»{name}: yes}}}}"),
             ("dangling-reference", f"{{answer: {{pain-new: «dangling-reference»{name}}}}}"),
             ("dangling-reference", f"{{number: {{of: «dangling-reference»{name}, above: 1, unit: years}}}}"),
             ("unit-mismatch", "{number: {of: age, above: 50, unit: «unit-mismatch»months}}"),
             ("threshold-without-unit", "{number: «threshold-without-unit»{of: age, above: 50}}"),
             ("one-comparison", "{number: «one-comparison»{of: age, above: 5, below: 50, unit: years}}"),
             ("one-operator", "«one-operator»{answer: {pain-new: first}, triage: fever-very-ill}"),
             ("too-few", "{«too-few»any: []}"), ("unknown-key", f"{{«unknown-key»{name}: yes}}"),
             ("at-least-too-many", "{at_least: «at-least-too-many»2, of: [{answer: {pain-new: first}}]}"),
             ("known-of-conclusion", "{known: «known-of-conclusion»{level: emergency}}"))
        )  # fmt: skip
        op = self.rng.choice(("all", "any"))
        members = [at.text, leaf]
        self.rng.shuffle(members)
        return Fault(rule, rule, (Edit(at.path, at.start, at.end, f"{{{op}: [{', '.join(members)}]}}"),))

    def tab(self) -> Fault:
        path, key = self.lined()
        start = self.g.value(path, key, 0)[0] - 4
        return Fault("a tab", "tab", (Edit(path, start, start + 2, "«tab»\t"),))

    def not_yaml(self) -> Fault:
        path = self.file("sources")
        return Fault("a bracket", "not-yaml", (self._top(path, "«not-yaml»]"),))

    def circle(self) -> Fault:
        """Rows that lean on each other; the circle is named where its first row stands."""
        name, leaf = self.name(), self.g.leaves(self.rng, 1)[0]
        names = [f"{name}-{i}" for i in range(self.rng.randint(1, 4))]
        edits = []
        for i, own in enumerate(names):
            read = f"{{triage: {names[(i + 1) % len(names)]}}}"
            op = self.rng.choice(("all", "any"))
            at = "" if i else "«rule-cycle»"
            edits.append(row(self.g, f"triage/{own}", f"{{{op}: [{leaf}, {read}]}}", level="caution", at=at))
        return Fault(f"a circle of {len(names)}", "rule-cycle", tuple(edits))


SOUND = (
    Slips.side_in_a_text, Slips.side_in_a_rule, Slips.side_of_a_case, Slips.same_words, Slips.same_line,
    Slips.same_version, Slips.long_sentence, Slips.unread_measure, Slips.unused_word, Slips.case_of_nobody,
    Slips.old_signature, Slips.idle_accept, Slips.open_triage, Slips.one_sided_cases, Slips.blank, Slips.bad_word,
    Slips.no_clarifier, Slips.word_of_an_invariant, Slips.wrong_accept, Slips.stray, Slips.figure_of_nothing,
)  # fmt: skip
BROKEN = (
    Slips.unknown_key, Slips.twice, Slips.missing_key, Slips.wrong_value, Slips.empty_list, Slips.heavy_sign,
    Slips.other_id, Slips.dangling, Slips.no_such_source, Slips.condition, Slips.tab, Slips.not_yaml, Slips.circle,
    Slips.one_sided_cases, Slips.blank, Slips.bad_word, Slips.no_clarifier, Slips.word_of_an_invariant,
    Slips.wrong_accept, Slips.stray,
)  # fmt: skip
"""Where files are broken, what needs no more than the files themselves is found as well."""


def slips(ground: Ground, seed: int, each: int, *, broken: bool) -> list[Fault]:
    """Some slips of every kind."""
    made = Slips(ground, Random(seed))
    return [make(made) for make in (BROKEN if broken else SOUND) for _ in range(each)]
