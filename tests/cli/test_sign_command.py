"""`assess sign`: what it writes, what it is over, what withdraws it, and what it refuses."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import bad_files
import pytest
from cli_runs import EXAMPLES, copy_knowledge, run

from assess.loading.load import inspect_index, load

BY = "Jo Field, physiotherapist"
ROW = "triage/cauda-equina-bladder.yaml"
LINE = "questions/bladder-since.yaml"
WITHDRAWN = (
    "Jo Field, physiotherapist signed on 2026-11-02; what it was over has changed since, and the signature is withdrawn"
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_knowledge(tmp_path_factory.mktemp("sign"))


@pytest.fixture
def copied(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy in the working directory, whose unchanged files are parsed once for all tests."""
    bad_files.read_once(monkeypatch)
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(whole, tmp_path / "knowledge"))


def sign(*args: str, by: str = BY, on: str = "2026-11-02") -> tuple[int, str]:
    told = run("sign", *args, "--by", by, "--on", on, "--knowledge", "knowledge")
    assert told.out == ""
    load.cache_clear()
    return told.code, told.err


def withdrawn() -> list[str]:
    """The messages of signatures that do not stand; the items under which they are say the same of themselves."""
    told = run("audit", "--select", "withdrawn-review", "--format", "github", "--knowledge", "knowledge").out
    found = [line for line in told.splitlines() if "withdrawn-review" in line]
    places = {line.partition("file=")[2].partition(".yaml")[0].rpartition("/")[2] for line in found}
    base, problems, _, _ = inspect_index("knowledge")
    assert problems == []
    assert {item_id for item_id, review in base.reviews.items() if not review.stands} == places - {"manifest"}
    return [line.partition("::")[2].partition("::")[2].partition("%0A")[0] for line in found]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    load.cache_clear()


def test_it_writes_three_lines_and_no_other_byte(copied: Path) -> None:
    before = {p: p.read_bytes() for p in copied.rglob("*.yaml")}
    assert sign("cauda-equina-bladder") == (0, f"signed: 1 file, 2026-11-02, {BY}\n")
    after = {p: p.read_bytes() for p in copied.rglob("*.yaml")}
    assert [str(p.relative_to(copied)) for p in before if before[p] != after[p]] == [ROW]
    added = after[copied / ROW].removeprefix(before[copied / ROW]).decode()
    lines = r'reviewed_on: 2026-11-02\nreviewed_by: "Jo Field, physiotherapist"\nreviewed_sha256: [0-9a-f]{64}\n'
    assert re.fullmatch(lines, added)
    shown = run("show", "cauda-equina-bladder", "--knowledge", "knowledge").out
    assert shown.endswith(f"Signed by a clinician: 2026-11-02, {BY}\n")
    assert withdrawn() == []


def test_a_second_signature_replaces_the_first_and_keeps_comments_byte_for_byte(copied: Path) -> None:
    sign("cauda-equina-bladder", "--note", "Read with “care”.")
    file = copied / ROW
    change(file, f'"{BY}"', f'"{BY}"   # in the clinic')
    change(file, "level: emergency", "level: emergency  # a comment")
    once = file.read_text("utf-8")
    assert sign("cauda-equina-bladder", by="Al Moss, GP", on="2026-11-03")[0] == 0
    wanted = once.replace("2026-11-02", "2026-11-03").replace(f'"{BY}"', '"Al Moss, GP"')
    assert file.read_text("utf-8") == wanted.replace('"Read with “care”."', "null")
    assert withdrawn() == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ROW, "Passing water has changed", "Passing water changed"),
        (ROW, "{S02: verified", "{S02: secondary"),
        (ROW, "bladder-since: recent}", "bladder-since: weeks}"),
        (LINE, "In the last two weeks", "In the last four weeks"),
        ("sources.yaml", "GIRFT/CSP/BASS 2023", "GIRFT/CSP/BASS 2024"),
    ],
    ids=["its words", "how sure", "its rule", "what a line that it reads means", "a source"],
)
def test_a_change_of_what_it_says_or_means_withdraws_it(copied: Path, file: str, old: str, new: str) -> None:
    sign("cauda-equina-bladder")
    change(copied / file, old, new)
    assert withdrawn() == [WITHDRAWN]
    shown = run("show", "cauda-equina-bladder", "--knowledge", "knowledge").out
    assert shown.endswith("Signed by a clinician: not since it was changed\n")
    change(copied / file, new, old)
    assert withdrawn() == []


def test_a_change_of_the_meaning_of_a_finding_or_a_tag_withdraws_it(copied: Path) -> None:
    sign("modified-thomas")
    change(
        copied / "terms.yaml",
        "hip-flexors-short: {text: the front of the hip is a bit tight",
        "hip-flexors-short: {text: the hip is tight",
    )
    assert withdrawn() == [WITHDRAWN]
    sign("modified-thomas")
    change(copied / "terms.yaml", "  supine: on your back", "  supine: lying flat on your back")
    assert withdrawn() == [WITHDRAWN]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ROW, "level: emergency", "level:   emergency   # now"),
        (ROW, "id: cauda-equina-bladder\n", "# first\n\nid: cauda-equina-bladder\n"),
        (LINE, "order: 31", "order: 32"),
        ("triage/cauda-equina-bladder-long.yaml", "say: ", "say: Well. "),
    ],
    ids=["blanks", "a comment", "the order of a line", "another row"],
)
def test_what_changes_nothing_of_it_leaves_it_standing(copied: Path, file: str, old: str, new: str) -> None:
    sign("cauda-equina-bladder")
    change(copied / file, old, new)
    assert withdrawn() == []


def test_all_is_every_item_and_the_whole_and_only_then_a_plan_names_who_signed(copied: Path) -> None:
    plan = ("plan", str(EXAMPLES / "desk-worker.yaml"), "--knowledge", "knowledge")

    def said() -> str:
        return " ".join(run(*plan).out.split())[-len(signed) :]

    signed = f"it is not a diagnosis and does not replace one. Signed: 2026-11-02, {BY}."
    for kind in ("triage", "modifier"):
        assert sign(kind)[0] == 0
    assert said() != signed
    items = sum(p.parent.name != "figures" for p in copied.glob("*/*.yaml"))
    assert sign("all") == (0, f"signed: {items + 1} files, 2026-11-02, {BY}\n")
    assert said() == signed
    manifest = (copied / "manifest.yaml").read_text("utf-8")
    assert "reviewed_on: 2026-11-02     # the date and name of the clinician who signed, once one has\n" in manifest
    assert run("show", "--unreviewed", "--knowledge", "knowledge").out == ""
    change(copied / "program.yaml", "stretches: {most: 2,", "stretches: {most: 3,")
    assert said() != signed
    assert withdrawn() == [WITHDRAWN.replace("what it was over", "something in the knowledge")]


def test_a_signature_without_all_its_parts_counts_for_nothing(copied: Path) -> None:
    change(copied / "manifest.yaml", "reviewed_on: null", "reviewed_on: 2026-11-02, Jo Field")
    assert withdrawn() == ["the signature counts for nothing: it has no `reviewed_by`, `reviewed_sha256`"]
    told = run("plan", str(EXAMPLES / "desk-worker.yaml"), "--knowledge", "knowledge").out
    assert "Signed:" not in told


def test_what_there_is_not_is_a_usage_error(copied: Path) -> None:
    close = "Did you mean 'cauda-equina-bladder' or 'cauda-equina-bladder-long'?"
    said = f"error: nothing is called 'cauda-equina-blader'\n  help: {close}\n"
    assert sign("cauda-equina-blader") == (2, said)
    kinds = "question, triage, modifier, check, pattern, exercise, relief, invariant"
    assert sign("zzz") == (2, f"error: nothing is called 'zzz'\n  help: Kinds: {kinds}; or `all`.\n")


@pytest.mark.parametrize("by", ["", "Jo", "Jo Field,", ", physiotherapist", "Name, profession"])
def test_who_signs_says_name_and_profession(copied: Path, by: str) -> None:
    example = 'Write --by "Name, profession", for example "Jo Field, physiotherapist".'
    said = f"error: --by {by!r} does not say who signs and as what\n  help: {example}\n"
    assert sign("cauda-equina-bladder", by=by) == (2, said)


def test_the_day_is_a_day_that_was(copied: Path) -> None:
    assert sign("cauda-equina-bladder", on="soon") == (2, "error: --on 'soon' is no date\n  help: Write 2026-11-24.\n")
    late = (date.today() + timedelta(days=2)).isoformat()
    hint = "A signature is dated on the day on which it is given."
    assert sign("cauda-equina-bladder", on=late) == (2, f"error: --on {late} lies in the future\n  help: {hint}\n")


def test_what_has_errors_is_not_signed(copied: Path) -> None:
    before = (copied / ROW).read_text("utf-8").replace("Do not wait for", "<how> not to wait for")
    (copied / ROW).write_text(before, "utf-8")
    code, said = sign("cauda-equina-bladder")
    assert (code, said.splitlines()[-2:]) == (
        3,
        ["error: nothing is signed: the audit finds errors", "  help: Mend them first."],
    )
    assert f"knowledge/{ROW}:11:5: error[blank-left]" in said
    assert (copied / ROW).read_text("utf-8") == before
    assert sign("bladder-since")[0] == 0


def test_a_file_that_is_read_only_is_not_written_and_nothing_else_either(copied: Path) -> None:
    file = copied / ROW
    file.chmod(0o444)
    before = {p: p.read_bytes() for p in copied.rglob("*.yaml")}
    said = f"error: cannot write knowledge/{ROW}: it is read-only\n  help: Nothing was signed.\n"
    assert sign("triage") == (5, said)
    assert {p: p.read_bytes() for p in copied.rglob("*.yaml")} == before


@pytest.mark.parametrize(
    ("old", "new", "end"),
    [("\n", "\r\n", "\r\n"), ("\r", "", "\n")],
    ids=["lines that end as in Windows", "no end of the last line"],
)
def test_a_file_keeps_its_line_ends(copied: Path, old: str, new: str, end: str) -> None:
    file = copied / ROW
    text = file.read_text("utf-8").replace(old, new) if new else file.read_text("utf-8").rstrip("\n")
    file.write_bytes(text.encode())
    assert sign("cauda-equina-bladder")[0] == 0
    added = file.read_bytes().decode().removeprefix(text)
    assert added.count(end) == (3 if text.endswith(end) else 4)
    assert added.replace(end, "").count("\n") == 0
    assert withdrawn() == []


def test_a_file_in_which_the_lines_find_no_place_is_left_alone(copied: Path) -> None:
    file = copied / LINE
    text = "".join(f"  {line}\n" for line in file.read_text("utf-8").splitlines())
    file.write_text(text, "utf-8")
    code, said = sign("bladder-since")
    assert (code, said.splitlines()[-1]) == (3, "error: one file cannot be signed by the program")
    assert "the lines of the signature find no place here" in said
    assert file.read_text("utf-8") == text
