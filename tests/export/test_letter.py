"""The letter for a clinician: flags first, nothing claimed that was not answered, one page, the same bytes."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pytest
from conftest import AT
from many_plans import NASTY, record_for, records
from pypdf import PdfReader
from test_people import PEOPLE

from assess.audit.mutation.witnesses import story_person
from assess.errors import UsageError
from assess.export import letter_pdf, shared
from assess.export.clinician.measured import measurements
from assess.export.clinician.parts import Length
from assess.export.clinician.reasons import Reasons
from assess.export.clinician.said import Said, in_words
from assess.export.clinician.whole import letter
from assess.export.record import Record
from assess.export.text import columns
from assess.export.typeset import NOT_PRINTABLE
from assess.interview.agreements import about
from assess.loading.yaml12 import read as read_yaml
from assess.model import words
from assess.model.answers import Answers, Clearance, Unable
from assess.model.free_text import tidy
from assess.model.healthy import healthy
from assess.model.knowledge import KnowledgeBase

SADDLE = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}
LIMITED = {"limited-by-doctor": "yes"}
THOMAS = {
    "modified-thomas.thigh.left": 5,
    "modified-thomas.thigh.right": 0,
    "modified-thomas.back-flat.left": "yes",
    "modified-thomas.back-flat.right": "yes",
}
SAFER = "Holds only because what is unsure or not answered is read the safer way."


def person(knowledge: KnowledgeBase, *without: str, **more: Any) -> Answers:
    """Somebody healthy but for this."""
    given = {key.replace("__", ".").replace("_", "-"): value for key, value in more.items()}
    values = {**healthy(knowledge), **given}
    return Answers({k: v for k, v in values.items() if k not in without}, AT, True)


def having(knowledge: KnowledgeBase, answers: dict[str, Any]) -> Record:
    return record_for(Answers({**healthy(knowledge), **answers}, AT, True))


def text(record: Record) -> str:
    made = shared.render(record, "letter")
    assert isinstance(made, str)
    return made


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """Everybody's letter."""
    return {name: text(record) for name, record in records()}


def flat(name: str) -> str:
    """Somebody's letter on one line."""
    return " ".join(texts()[name].replace("!!", "").split())


def part(record: Record, title: str, length: Length = Length.WHOLE) -> dict[str, str]:
    """What stands under a heading, by label."""
    found = next(p for p in letter(record, length).parts if p.title == title)
    return {line.label: line.text for line in found.lines}


def reader(record: Record) -> PdfReader:
    made = shared.render(record, "letter-pdf")
    assert isinstance(made, bytes)
    return PdfReader(io.BytesIO(made))


@lru_cache(maxsize=1)
def some_records() -> tuple[tuple[str, Record], ...]:
    """Of every level those with the longest letters, and every eighth of the rest."""
    by_size = sorted(records(), key=lambda named: -len(texts()[named[0]]))
    kinds: dict[str, int] = {}
    chosen = []
    for i, (name, record) in enumerate(by_size):
        level = record.triage.level
        kinds[level] = kinds.get(level, 0) + 1
        if kinds[level] <= 4 or i % 8 == 0:
            chosen.append((name, record))
    return tuple(chosen)


# -- flags ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "first"),
    [
        (
            SADDLE,
            "!! FLAG: EMERGENCY\n"
            "!! Emergency, to be seen now: Cauda equina saddle (RF01). Rests on: saddle\n"
            "   change: yes; saddle since: recent (“It came in the last two weeks, or it is\n"
            "   getting worse”).\n",
        ),
        (
            {**SADDLE, "saddle-since": "weeks"},
            "!! FLAG: SAME DAY\n"
            "!! To be seen the same day: Cauda equina saddle weeks (RF01). Rests on: saddle\n"
            "   change: yes; saddle since: weeks (“It came two to twelve weeks ago and has\n"
            "   not changed”).\n",
        ),
        (
            LIMITED,
            "!! FLAG: CLINICIAN FIRST\n"
            "!! To be seen by a clinician within weeks, before any exercise: Exercise\n"
            "   limited (M13, M19). Rests on: limited by doctor: yes.\n",
        ),
    ],
)
def test_it_leads_with_the_flag_and_what_it_rests_on(knowledge: KnowledgeBase, given: Any, first: str) -> None:
    made = text(having(knowledge, given))
    assert made.split("\n\n")[1] + "\n" == first
    assert made.index("FLAG") < made.index("PRESENTING PROBLEM")


def test_where_somebody_must_look_first_there_is_no_exercise_in_it(knowledge: KnowledgeBase) -> None:
    seen = set()
    for name, record in records():
        if not shared.blocked(record):
            continue
        seen.add(record.triage.level)
        made = flat(name)
        checks = " ".join(line.label for line in measurements(record, Said(record), Length.WHOLE).lines)
        others = made.replace(" ".join(record.plan.triage.action), "")
        titles = [e.title for e in knowledge.exercises.values() if e.title in others]
        assert not [title for title in titles if title not in checks], name
        assert "Dose:" not in made, name
        wanted = "No exercise was given." if record.triage.level == words.CLINICIAN_FIRST else "Neither exercise nor"
        assert wanted in made, name
    assert seen == set(words.BLOCKING)


def test_every_flag_of_the_level_is_named_and_a_certain_one_rests_on_answers_that_were_given() -> None:
    for name, record in records():
        reasons = Reasons(record, Said(record))
        for reason in record.triage.reasons:
            if reason.level not in words.BLOCKING:
                continue
            read = reasons.of(reason.row)
            assert read, (name, reason.row.id)
            assert not reason.certain or all(a in record.answers.values for a in read), (name, reason.row.id)
            assert in_words(reason.row.id) in flat(name).lower(), (name, reason.row.id)


def test_what_nobody_said_is_told_as_not_answered_and_as_read_the_safer_way(knowledge: KnowledgeBase) -> None:
    given = person(knowledge, "bladder-since", cauda_equina_signs="yes", bladder_change="unsure")
    told = part(record_for(given), "Flag: emergency")
    assert (
        told["Emergency, to be seen now"]
        == f"Cauda equina bladder (RF02). Rests on: bladder change: unsure. Not answered: bladder since. {SAFER}"
    )
    assert (
        told["Lesser flags that hold as well"] == "cauda equina bladder weeks (RF02); cauda equina bladder long (RF02)"
    )


def test_a_clinicians_agreement_stands_with_its_flag_and_exercise_is_told_again(knowledge: KnowledgeBase) -> None:
    base = Answers({**healthy(knowledge), **LIMITED}, AT, True)
    row = next(r.row for r in record_for(base).triage.reasons if r.level == words.CLINICIAN_FIRST)
    agreed = Clearance(row.id, "Dr \u202eNobody", date(2026, 11, 1), "gentle work", about(knowledge, base, row.id))
    record = record_for(replace(base, cleared=(agreed,)))
    assert part(record, "Result of triage") == {
        "Level": f"{in_words(record.triage.level)}, with the agreement below.",
        "To be seen by a clinician, and agreed to as the person reports": "Exercise limited (M13, M19). "
        "Rests on: limited by doctor: yes. The person reports that exercise was agreed to by Dr Nobody on 2026-11-01, "
        "about: gentle work.",
    }
    assert "!!" not in text(record)
    assert "Walking" in part(record, "Advised, and why")


def test_an_agreement_that_does_not_count_is_told_as_such(knowledge: KnowledgeBase) -> None:
    base = Answers({**healthy(knowledge), **LIMITED}, AT, True)
    row = next(r.row for r in record_for(base).triage.reasons if r.level == words.CLINICIAN_FIRST)
    old = Clearance(row.id, "Dr Long Ago", date(2026, 7, 1), "gentle work", about(knowledge, base, row.id))
    told = part(record_for(replace(base, cleared=(old,))), "Flag: clinician first")
    assert told["Reported agreement that does not count"] == f"{in_words(row.id)}, by Dr Long Ago on 2026-07-01"


def test_a_plan_ends_where_the_agreement_that_it_rests_on_ends(knowledge: KnowledgeBase) -> None:
    base = Answers({**healthy(knowledge), **LIMITED}, AT, True)
    row = next(r.row for r in record_for(base).triage.reasons if r.level == words.CLINICIAN_FIRST)
    ending = Clearance(row.id, "Dr Somebody", date(2026, 8, 14), "gentle work", about(knowledge, base, row.id))
    plan = record_for(replace(base, cleared=(ending,))).plan
    assert (plan.valid_until, plan.review["on"]) == ("2026-11-06", "2026-11-06")
    assert plan.exercises


def test_a_wrong_key_that_was_taken_back_is_told(knowledge: KnowledgeBase) -> None:
    base = Answers(healthy(knowledge), AT, True, mistakes=("leg-weakness",))
    told = part(record_for(base), "Red flags asked")
    assert told["Taken back by the person as a wrong key"] == "leg weakness"


def test_what_is_unsure_is_no_fact_among_the_modifiers(knowledge: KnowledgeBase) -> None:
    """Thin bones that somebody is unsure of, and a loss of height: they count, and are told as what they are."""
    file = next(f for f in PEOPLE if f.stem == "more-08-a-bit-thin-boned")
    record = record_for(story_person(knowledge, read_yaml(file.read_bytes(), file.name).data, AT))
    assert (
        "bones thin (M10) (not certain: thin bones: unsure; rests on height loss: yes)"
        in part(record, "Modifiers and history")["Present"]
    )


# -- what was asked ------------------------------------------------------------------------------------------------


def test_denied_is_only_what_was_answered_no(knowledge: KnowledgeBase) -> None:
    whole = part(having(knowledge, {}), "Red flags asked")
    assert whole["Positive"] == "none"
    assert whole["Denied"].startswith(
        "Bladder, bowel and feeling: cauda equina signs; Legs: both legs change, leg weakness; Fever and feeling ill: "
    )
    assert "saddle" not in whole["Denied"], "a single sign is not asked where the line is denied"
    assert "Not asked" not in whole
    record = record_for(person(knowledge, "dark-thoughts", "leg-weakness", **SADDLE))
    told = part(record, "Red flags asked")
    assert "leg weakness" not in told["Denied"]
    assert "dark thoughts" not in told["Denied"]
    assert told["Not asked"] == "Legs (1); How you feel (1)"
    assert (
        told["Positive"]
        == "saddle change, saddle since: recent (“It came in the last two weeks, or it is getting worse”)"
    )
    assert "bladder change, bowel change" in told["Denied"], "these were asked, once the line was not denied"
    for name, someone in records():
        said = Said(someone)
        for length in (Length.WHOLE, Length.SHORTER):
            denied = part(someone, "Red flags asked", length).get("Denied", "")
            for group in denied.split("; "):
                for each in filter(None, group.split(": ")[-1].split(", ")):
                    assert said.values[each.replace(" ", "-")] in (words.NO, "none"), (name, each)


def test_a_doubt_stays_one_with_what_the_comparison_said(knowledge: KnowledgeBase) -> None:
    given = {"slow-signs": "yes", "night-pain": "unsure", "night-pain.compared": "same"}
    told = part(having(knowledge, given), "Red flags asked")
    assert told["Unsure"] == "night pain: unsure, compared with before: same"
    assert told["Positive"] == "none"
    assert "night pain" not in told["Denied"]
    none = part(having(knowledge, {"slow-signs": "yes", "slow-signs.compared": "same"}), "Red flags asked")
    assert none["Unsure"] == "slow signs: yes, compared with before: same, but none of its single signs"


def test_a_yes_that_the_rules_count_is_told_even_where_its_line_was_denied(knowledge: KnowledgeBase) -> None:
    record = having(knowledge, {"confused-drowsy": "yes"})
    assert record.triage.level == words.EMERGENCY
    assert "confused drowsy" in part(record, "Red flags asked")["Positive"]


def test_modifiers_present_and_not_known_and_the_history(knowledge: KnowledgeBase) -> None:
    given = {"long-conditions": "yes", "thin-bones": "yes", "diabetes": "unsure"}
    told = part(record_for(person(knowledge, "hernia-or-eye", **given)), "Modifiers and history")
    assert "bones thin (M10)" in told["Present"]
    assert told["Not known"] == "no straining (M14) (treated as present: what they bar is left out)"
    assert told["History"] == "thin bones; diabetes: unsure"
    calm = part(having(knowledge, {}), "Modifiers and history")
    assert calm == {"Present": "none", "History": "nothing named on the lists that were asked"}


def test_the_problem_in_short_words_and_the_goal_as_it_was_written(knowledge: KnowledgeBase) -> None:
    given = {
        "pain-stage": "persistent",
        "leg-pain": "left",
        "worse-sitting": "yes",
        "ease-direction": "arching",
        "main-goal": "sit through   a film",
        "activity-one": "driving",
    }
    told = part(having(knowledge, given), "Presenting problem", Length.SHORTER)
    assert told["Pain"].startswith(
        "site: lower back (“Low back, side of the waist or buttock”); stage: persistent (“More than 12 weeks ago”); "
        "now: 3/10"
    )
    assert "leg pain: left" in told["Pain"]
    assert told["Pain"].endswith("began age: 39 years")
    assert told["Behaviour"] == "worse sitting"
    assert told["Before today"] == "ease direction: arching (“Leaning back, standing or lying on my front”)"
    assert told["Goal"] == "“sit through a film”"
    assert told["Activities"] == "“driving”"
    whole = part(having(knowledge, given), "Presenting problem")
    assert whole["Behaviour"].startswith("worse sitting; denied: worse standing, worse bending")


# -- measurements --------------------------------------------------------------------------------------------------


def test_a_measurement_with_sides_norm_and_home_error(knowledge: KnowledgeBase) -> None:
    assert part(having(knowledge, THOMAS), "Self-measured") == {
        "Modified thomas (CK20)": "thigh left 5°, right 0° (±5°; hip flexors short above 0°; hip flexors short "
        "confirmed above 0° with repeated yes; hip flexors long below -10°); back flat yes on both sides. "
        "Finding: hip flexors short left."
    }
    assert part(having(knowledge, {}), "Self-measured") == {"": "No check was done."}


@pytest.mark.parametrize(
    ("answers", "mark"),
    [
        ({"pain-site": "neck", "chin-over-shoulder.angle.left": 60}, "neck turn short below 65°"),
        ({"pain-site": "neck", "date-of-birth": "1956-03-01", "chin-over-shoulder.angle.left": 60}, "short below 55°"),
        ({"sex-at-birth": "male", "knee-straighten.angle.left": 30}, "hamstrings short above 33° with tingling no"),
        ({"sex-at-birth": "female", "knee-straighten.angle.left": 30}, "hamstrings short above 23° with tingling no"),
        (
            {"knee-straighten.angle.left": 30},
            "hamstrings short above 33° with tingling no; hamstrings uneven sides differing from 10°",
        ),
        ({"forward-bend-look.angle.left": 6}, "back hump slight from 5° and below 7°"),
        ({"bird-dog-hold.seconds.left": 12}, "back endurance low lower side below 20 s"),
        ({"date-of-birth": "1950-03-01", "one-leg-stand.seconds.left": 5}, "balance short below 7 s"),
        (
            {"side-bend-slide.slide.left": 6},
            "waist side short sides differing from 3 cm with shorter yes on the other side",
        ),
    ],
)
def test_the_norm_is_that_of_this_person(knowledge: KnowledgeBase, answers: dict[str, Any], mark: str) -> None:
    (told,) = part(having(knowledge, answers), "Self-measured").values()
    assert mark in told
    limits = ("65°", "55°", "33°", "23°", "21 s", "20 s", "18 s", "13 s", "3 s")
    others = [f"{op} {limit}" for op in ("below", "above") for limit in limits]
    assert not [other for other in others if other in told and other not in mark]


def test_what_could_not_be_done_says_why_and_what_that_counts_as(knowledge: KnowledgeBase) -> None:
    told = part(
        having(
            knowledge,
            {
                **THOMAS,
                "modified-thomas.thigh.right": Unable("pain"),
                "heel-toe-walk.heels-uneven": Unable("weakness"),
                "heel-toe-walk.toes-uneven": Unable("no-helper"),
            },
        ),
        "Self-measured",
    )
    assert "thigh left 5°, right not done (pain) (±5°; " in told["Modified thomas (CK20)"]
    assert told["Heel toe walk (NS1, NS2)"] == (
        "heels uneven not done (weakness), counts as yes; toes uneven not done (no helper). Finding: foot power uneven."
    )


def test_a_voided_side_does_not_count(knowledge: KnowledgeBase) -> None:
    told = part(having(knowledge, {**THOMAS, "modified-thomas.back-flat.left": "no"}), "Self-measured")
    assert "thigh left 5° [not counted], right 0°" in told["Modified thomas (CK20)"]
    assert told["Modified thomas (CK20)"].endswith("back flat left no, right yes. No finding.")


def test_every_finding_that_holds_stands_with_its_check() -> None:
    for name, record in records():
        said = Said(record)
        for length in Length:
            told = " ".join(line.text for line in measurements(record, said, length).lines)
            for check in record.knowledge.checks.values():
                for finding in check.findings:
                    holds = record.conclusions.sides_of(words.FINDING, finding.id)
                    done = any(key.partition(".")[0] == check.id for key in said.values)
                    assert not (holds and done) or in_words(finding.id) in told, (name, length, finding.id)


# -- conclusions and advice ----------------------------------------------------------------------------------------


def test_the_mechanism_is_a_working_label_and_says_what_it_rests_on(knowledge: KnowledgeBase) -> None:
    told = part(dict(records())["v09-nerve-root"], "Mechanism")
    assert told == {
        "Pain mechanism, working label: peripheral neuropathic": "pain along a nerve (2.M, P12); rests on "
        "leg below knee: yes; slump response right: eases.",
        "": "A working label from answers alone, by exclusion where nothing pointed elsewhere; not a diagnosis.",
    }
    assert "Mechanism" not in [p.title for p in letter(having(knowledge, SADDLE)).parts]
    labels = {f.text for _, r in records() for f in r.plan.findings if f.for_clinician}
    assert len(labels) == 4
    for name, record in records():
        for f in record.plan.findings:
            assert not f.for_clinician or f.text[1:] in flat(name), name


def test_what_was_advised_and_why_and_what_was_left_out(knowledge: KnowledgeBase) -> None:
    record = dict(records())["v07-desk-worker"]
    told = part(record, "Advised, and why")
    assert told["Hip front stretch"] == (
        "stretch, iliopsoas, both sides. Dose: 2 rounds each side: ease in 5 s, push 5 s at 20 % of your strength, "
        "let go 2 s, ease further 10 s. Why: hip flexors short both. [C]"
    )
    assert told["Buttock squeeze"].endswith("Why: goes with hip front stretch. [B-C]")
    assert told["Bridge"].endswith("Why: bridge low. [B]")
    assert told["Week"] == (
        "in the parts of the day morning, day, bedtime; strengthening on mon, wed, fri; "
        "at most 11 min a day, walking not counted; review on 2026-11-16"
    )
    assert part(record, "Patterns reported")["Lower crossed"] == (
        "likely; evidence C-; signs for it 7, against it 0, not known 2."
    )
    assert part(record, "Left out, and why") == {"Later level": "17 items", "Not now": "32 items"}
    pregnant = having(knowledge, {"sex-at-birth": "female", "pregnant": "yes", "pregnancy-weeks": 24})
    assert part(pregnant, "Left out, and why")["Barred"].endswith("; pregnant 16 weeks (M06): legs on chair")
    waiting = part(record_for(person(knowledge, "hernia-or-eye")), "Left out, and why")
    assert "no straining (M14): " in waiting["Not known"]
    assert "no straining" not in waiting.get("Barred", "")
    bones = dict(records())["more-08-a-bit-thin-boned"]
    assert "bone check (M10): your GP, to ask for a bone check, within weeks" in str(part(bones, "Advised, and why"))


def test_nothing_advised_is_passed_over() -> None:
    for name, record in records():
        made = flat(name).lower()
        wanted = [*record.plan.exercises, *record.plan.relief, *record.plan.patterns]
        assert not [w.id for w in wanted if in_words(w.id) not in made], name
        assert not [r["to"] for r in record.plan.refer if r["to"].lower() not in made], name


# -- what leaves the machine ---------------------------------------------------------------------------------------


def test_private_answers_the_name_and_the_birth_date_are_not_in_it(knowledge: KnowledgeBase) -> None:
    kept = having(knowledge, {"safe-at-home": "yes"})
    without = having(knowledge, {})
    assert text(kept) == text(without)
    assert shared.render(kept, "letter-pdf") == shared.render(without, "letter-pdf")
    for name, record in records():
        made = texts()[name]
        assert "at home:" not in made.replace("measurement at home", ""), name
        assert str(record.answers.values["date-of-birth"]) not in made, name
        assert "safe at home" not in made, name


def test_it_says_whose_it_is_by_what_it_was_made_and_how_sure_it_is(knowledge: KnowledgeBase) -> None:
    record = having(knowledge, {})
    made = text(record)
    assert made.splitlines()[:2] == [
        "SELF-ASSESSMENT FOR BACK AND NECK PAIN: LETTER FOR A CLINICIAN",
        "==============================================================",
    ]
    assert "Age 40 years; sex at birth: male.\nLetter of 2026-11-02; triage of 2026-11-02 09:00." in made
    assert f"{knowledge.manifest.version} ({knowledge.manifest.sha256[:12]})" in made
    example = record_for(Answers(record.answers.values, AT, True, example=True))
    assert text(example).startswith("!! Example, not a real person\n")
    for name, someone in records():
        assert someone.plan.notice in flat(name), name


def test_who_hands_it_on_is_told_what_is_in_it(knowledge: KnowledgeBase) -> None:
    record = having(knowledge, THOMAS)
    told = shared.holds(record, "letter")
    assert told == shared.holds(record, "letter-pdf")
    assert told[0] == "Your age and sex; neither your name nor your date of birth."
    assert told[1] == f"What you answered on: {shared.answered_on(record)}."
    assert told[2] == "None of your private answers."
    assert told[-1] == "Your exercises and why you were given them, and what was left out and why."
    assert shared.holds(having(knowledge, SADDLE), "letter")[-1].startswith("At the top: what somebody must look at")


def test_somebody_elses_own_words_change_nothing_but_the_goal(knowledge: KnowledgeBase) -> None:
    record = having(knowledge, {})
    for mine in NASTY:
        written = replace(record, plan=replace(record.plan, goal=mine, activities=(mine,)))
        made = text(written)
        assert all(c.isprintable() or c == "\n" for c in made)
        assert max(columns(line) for line in made.splitlines()) <= 78
        assert part(written, "Presenting problem")["Goal"] == f"“{tidy(mine)}”"
        assert "".join(tidy(mine).split()) in "".join(made.split())
        others = [p for p in letter(written).parts if p.title != "Presenting problem"]
        assert others == [p for p in letter(record).parts if p.title != "Presenting problem"]


@pytest.mark.parametrize("mine", [NASTY[0], NASTY[1], NASTY[8], NASTY[24], NASTY[25], NASTY[27], NASTY[30]])
def test_own_words_are_printed_as_they_are_or_as_a_question_mark(knowledge: KnowledgeBase, mine: str) -> None:
    record = having(knowledge, {})
    written = replace(record, plan=replace(record.plan, goal=mine))
    pages = reader(written).pages
    assert len(pages) == 1
    wanted = NOT_PRINTABLE.sub("?", tidy(mine))
    assert "".join(wanted.split())[:40] in "".join(pages[0].extract_text().split())


# -- the page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_it_is_one_page_whoever_it_is_about(paper: str) -> None:
    for name, record in some_records():
        pages = reader(replace(record, look=replace(record.look, paper=paper))).pages
        assert len(pages) == 1, name
        box = pages[0].mediabox
        assert (round(box.width), round(box.height)) == ((595, 842) if paper == "a4" else (612, 792))


def test_it_can_be_read_without_a_glass_and_most_letters_are_whole() -> None:
    assert min(*letter_pdf.SIZES, letter_pdf.SMALLEST) >= 7.5
    named = dict(records())
    for name in ("v07-desk-worker", "v09-nerve-root", "v14-head-forward"):
        told = "".join(reader(named[name]).pages[0].extract_text().split())
        for piece in letter(named[name]).parts:
            for line in piece.lines:
                assert "".join(line.text.split()).replace("-", "") in told.replace("-", ""), (name, line)


def test_a_long_letter_tells_less_of_its_lesser_parts_only() -> None:
    for name, record in records():
        whole, shortest = letter(record), letter(record, Length.SHORTEST)
        kept = {"Result of triage", "Mechanism", "Patterns reported", "How sure"} | {
            p.title for p in whole.parts if p.loud
        }
        assert [p for p in whole.parts if p.title in kept] == [p for p in shortest.parts if p.title in kept], name
        assert [p.title for p in whole.parts] == [p.title for p in shortest.parts], name


def test_the_text_is_about_a_page_and_fits_a_terminal() -> None:
    lengths = []
    for name, told in texts().items():
        made = told.splitlines()
        assert max(columns(line) for line in made) <= 78, name
        assert not any(line != line.rstrip() for line in made), name
        lengths.append(len(made))
    assert sorted(lengths)[len(lengths) * 9 // 10] <= 90


def test_the_same_record_gives_the_same_bytes() -> None:
    for name in ("v07-desk-worker", "v14-head-forward"):
        record = dict(records())[name]
        later = replace(record, at=record.at + timedelta(hours=3))
        for fmt in ("letter", "letter-pdf"):
            assert shared.render(record, fmt) == shared.render(later, fmt)


def test_it_is_tagged_with_its_headings(knowledge: KnowledgeBase) -> None:
    made = reader(having(knowledge, THOMAS))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made.root_object["/Metadata"].get_data()
    kinds: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif hasattr(node, "get"):
            kinds.append(str(node.get("/S")))
            walk(node.get("/K"))

    walk(made.root_object["/StructTreeRoot"])
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(letter(having(knowledge, THOMAS)).parts)


def test_without_the_extra_the_text_is_there_all_the_same(
    knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    record = having(knowledge, {})
    with pytest.raises(UsageError, match="pdf"):
        shared.render(record, "letter-pdf")
    assert text(record)
