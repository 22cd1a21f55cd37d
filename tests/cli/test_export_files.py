"""`assess export`: the same bytes as on the output, whole or not at all, and never over a file unasked."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from cli_runs import EXAMPLES, ROOT, healthy_file, program, run
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from assess.export import shared
from assess.export.formats import FILES, PAPER
from assess.loading.yaml12 import read
from assess.model.knowledge import KnowledgeBase

ON = ("--on", "2026-11-03")
FORMATS = ("text", "md", "json", "html")
NAMES = sorted(p.stem for p in EXAMPLES.glob("*.yaml"))
ELSEWHERE = "  help: Name another file with -o, or leave it out to print.\n"
SADDLE = {"cauda-equina-signs": "yes", "saddle-change": "yes", "saddle-since": "recent"}


def listing(directory: Path) -> dict[str, bytes | None]:
    """Every entry below a directory, with what files hold."""
    return {str(p.relative_to(directory)): p.read_bytes() if p.is_file() else None for p in directory.rglob("*")}


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_file_holds_what_the_output_would(fmt: str, tmp_path: Path) -> None:
    answers = str(healthy_file(tmp_path))
    printed = run("plan", answers, *ON, "--format", fmt)
    told = run("export", answers, *ON, "--format", fmt, "-o", str(tmp_path / "out"))
    assert told[:3] == (0, "", f"written: {tmp_path / 'out'}\n")
    assert (tmp_path / "out").read_text("utf-8") == printed.out
    assert run("export", answers, *ON, "--format", fmt)[:3] == (0, printed.out, "")
    assert run("export", answers, *ON, "--format", fmt, "-o", "-")[:3] == (0, printed.out, "")


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_file_that_is_there_is_kept_without_yes(fmt: str, tmp_path: Path) -> None:
    answers, target = str(healthy_file(tmp_path)), tmp_path / "plan"
    target.write_text("mine")
    before = listing(tmp_path)
    told = run("export", answers, *ON, "--format", fmt, "-o", str(target))
    assert told[:3] == (
        5,
        "",
        f"error: {target} is there already\n  help: Add --yes to write over it, or choose another name.\n",
    )
    assert listing(tmp_path) == before
    assert run("export", answers, *ON, "--format", fmt, "-o", str(target), "--yes").code == 0
    assert target.read_text("utf-8") == run("plan", answers, *ON, "--format", fmt).out


@pytest.mark.parametrize("yes", [(), ("--yes",)])
@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("folder", "error: {} is a directory\n" + ELSEWHERE),
        ("folder/", "error: {} is a directory\n" + ELSEWHERE),
        (
            "file/plan.txt",
            "error: cannot write {}: Not a directory\n" + ELSEWHERE,
        ),
        (
            "missing/plan.txt",
            "error: cannot write {}: No such file or directory\n" + ELSEWHERE,
        ),
    ],
)
def test_a_place_that_cannot_be_written_is_named_and_nothing_changes(
    target: str, said: str, yes: tuple[str, ...], tmp_path: Path
) -> None:
    answers = str(healthy_file(tmp_path))
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    before = listing(tmp_path)
    told = run("export", answers, *ON, "-o", f"{tmp_path}/{target}", *yes)
    assert told[:3] == (5, "", said.format(tmp_path / target))
    assert listing(tmp_path) == before


def test_a_device_is_left_alone(tmp_path: Path) -> None:
    told = run("export", str(healthy_file(tmp_path)), *ON, "-o", "/dev/null", "--yes")
    assert told[:3] == (
        5,
        "",
        "error: /dev/null is no ordinary file\n" + ELSEWHERE,
    )
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(("place", "code"), [("plan", 10), ("nowhere/plan", 5)])
def test_an_emergency_is_said_at_once_whatever_becomes_of_the_file(
    fmt: str, place: str, code: int, tmp_path: Path
) -> None:
    """The action is printed also where the plan goes into a file, and also where that file cannot be written."""
    answers = str(healthy_file(tmp_path, SADDLE))
    told = run("export", answers, *ON, "--format", fmt, "-o", str(tmp_path / place))
    assert told.code == code
    assert told.out == run("plan", answers, *ON).out
    assert told.both.startswith("THIS NEEDS HELP NOW\n")
    if code == 10:
        assert (tmp_path / place).read_text("utf-8") == run("plan", answers, *ON, "--format", fmt).out


def test_no_plan_leaves_no_file(tmp_path: Path) -> None:
    """A triage that is too old, an answers file with a mistake, a format that there is not."""
    answers = healthy_file(tmp_path)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("answers: {injurie: no}\n")
    before = listing(tmp_path)
    target = ("-o", str(tmp_path / "plan"))
    codes = [
        run("export", str(answers), "--on", "2026-12-24", *target).code,
        run("export", str(wrong), *ON, *target).code,
        run("export", str(answers), *ON, "--format", "docx", *target).code,
    ]
    assert codes == [4, 3, 2]
    assert listing(tmp_path) == before


# -- the ways in ---------------------------------------------------------------------------------------------------


def as_json(answers: Path) -> str:
    return json.dumps(read(answers.read_bytes(), "answers.yaml").data, indent=2)


@pytest.mark.parametrize(
    "how", ["JSON", "JSON with tabs", "JSON in one line", "a byte order mark", "Windows line ends", "ASCII escapes"]
)
def test_the_same_answers_in_another_dress_give_the_same_plan(how: str, tmp_path: Path) -> None:
    answers = healthy_file(tmp_path, {"main-goal": "für mich 🙂"})
    text, data = answers.read_text("utf-8"), json.loads(as_json(answers))
    dressed = {
        "JSON": as_json(answers).encode(),
        "JSON with tabs": as_json(answers).replace("  ", "\t").encode(),
        "JSON in one line": json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode(),
        "a byte order mark": codecs.BOM_UTF8 + text.encode(),
        "Windows line ends": text.replace("\n", "\r\n").encode(),
        "ASCII escapes": as_json(answers).encode("ascii"),
    }[how]
    other = tmp_path / "other"
    other.write_bytes(dressed)
    assert run("plan", str(other), *ON)[:3] == (0, run("plan", str(answers), *ON).out, "")


def test_standard_input_is_a_file_like_any_other(tmp_path: Path) -> None:
    answers = healthy_file(tmp_path)
    wanted = run("plan", str(answers), *ON)
    assert run("plan", "-", *ON, stdin=answers.read_bytes())[:3] == wanted[:3]
    assert run("export", "-", *ON, "-o", str(tmp_path / "out"), stdin=answers.read_bytes()).code == 0
    assert (tmp_path / "out").read_text("utf-8") == wanted.out
    ended = program("plan", "-", *ON, stdin=answers.read_bytes())
    assert (ended.returncode, ended.stdout.decode()) == (0, wanted.out)
    empty = run("plan", "-", *ON)
    assert (empty.code, empty.err.splitlines()[0]) == (3, "error: (standard input) is empty")


# -- the plan as JSON ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_json_of_every_example_fits_the_schema_that_ships(name: str) -> None:
    schema = json.loads((files("assess.export") / "plan.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    told = run("plan", str(EXAMPLES / f"{name}.yaml"), "--format", "json")
    assert told.code in (0, 10)
    assert [e.message for e in Draft202012Validator(schema).iter_errors(json.loads(told.out))] == []


def test_the_schema_closes_every_object_of_the_plan() -> None:
    """A misspelt key of the plan would be refused, not shipped."""
    schema = json.loads((ROOT / "assess" / "export" / "plan.schema.json").read_text("utf-8"))

    def objects(part: object) -> Iterator[dict[str, Any]]:
        if isinstance(part, dict):
            if part.get("type") == "object" and "properties" in part:
                yield part
            for inner in part.values():
                yield from objects(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from objects(inner)

    found = list(objects(schema))
    assert len(found) > 10
    assert [o for o in found if o.get("additionalProperties") is not False] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plan: plan.pop("watch_list"),
        lambda plan: plan.update(exercize=[]),
        lambda plan: plan.update(program="all"),
        lambda plan: plan["triage"].update(level="urgent"),
        lambda plan: plan["exercises"][0].update(kind="magic"),
        lambda plan: plan["exercises"][0].pop("because"),
        lambda plan: plan["relief"][0].pop("sources"),
    ],
)
def test_the_schema_refuses_a_plan_that_lacks_or_invents_something(spoil: Callable[[dict[str, Any]], object]) -> None:
    schema = json.loads((ROOT / "assess" / "export" / "plan.schema.json").read_text("utf-8"))
    plan = json.loads(run("plan", str(EXAMPLES / "desk-worker.yaml"), "--format", "json").out)
    validator = Draft202012Validator(schema)
    assert validator.is_valid(plan)
    spoil(plan)
    assert not validator.is_valid(plan)


# -- on paper -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fmt", PAPER)
def test_paper_goes_to_a_file_as_pdf_whole_or_not_at_all(fmt: str, tmp_path: Path) -> None:
    answers = str(healthy_file(tmp_path))
    before = listing(tmp_path)
    for output in ((), ("-o", "-")):
        told = run("export", answers, *ON, "--format", fmt, *output)
        assert told[:2] == (2, "")
        assert told.err == f"error: {fmt} goes to a file\n  help: assess export --format {fmt} -o {FILES[fmt]}\n"
    assert run("export", answers, *ON, "--format", fmt, "-o", str(tmp_path / "gone" / "x.pdf")).code == 5
    assert listing(tmp_path) == before
    told = run("export", answers, *ON, "--format", fmt, "-o", str(tmp_path / "x.pdf"), "--paper", "letter")
    assert told[:3] == (0, "", f"written: {tmp_path / 'x.pdf'}\n")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_all_formats_go_into_one_directory_and_nothing_is_written_over(tmp_path: Path) -> None:
    answers, target = str(healthy_file(tmp_path)), tmp_path / "new" / "mine"
    told = run("export", answers, *ON, "--format", "all", "-o", str(target), "--yes")
    assert told[:2] == (0, "")
    assert told.err.endswith(f"written: {target}\n")
    assert sorted(p.name for p in target.iterdir()) == sorted([*FILES.values(), *shared.FILES.values()])
    for fmt in FORMATS:
        assert (target / FILES[fmt]).read_text("utf-8") == run("plan", answers, *ON, "--format", fmt).out
    (target / "plan.txt").unlink()
    before = listing(target)
    assert run("export", answers, *ON, "--format", "all", "-o", str(target)).code == 2
    assert listing(target) == before
    assert run("export", answers, *ON, "--format", "all", "-o", str(target), "--yes").code == 0
    assert (target / "plan.txt").exists()


def test_without_the_extra_nothing_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    answers = str(healthy_file(tmp_path))
    told = run("export", answers, *ON, "--format", "all", "-o", str(tmp_path / "mine"))
    assert told[:2] == (2, "")
    assert told.err == (
        "error: PDF needs the extra `pdf`, which is not installed\n"
        "  help: Install it with: pip install 'assess[pdf]'. Formats without it: text, md, json, html.\n"
    )
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("fmt", PAPER)
def test_a_stop_is_said_at_once_and_the_paper_is_its_page(fmt: str, tmp_path: Path) -> None:
    told = run("export", str(healthy_file(tmp_path, SADDLE)), *ON, "--format", fmt, "-o", str(tmp_path / "x.pdf"))
    assert (told.code, told.out.splitlines()[0]) == (10, "THIS NEEDS HELP NOW")
    pages = PdfReader(tmp_path / "x.pdf").pages
    assert len(pages) == 1
    assert "This needs help now" in pages[0].extract_text()


def test_the_check_sheet_holds_the_checks_that_would_be_offered(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    """For somebody whose answers leave much open: some checks, at most six, and none that a bar forbids."""
    file = healthy_file(tmp_path, {"pain-site": "lower-back"})
    assert run("export", str(file), *ON, "--format", "checks", "-o", str(tmp_path / "x.pdf")).code == 0
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages)
    named = [c for c in knowledge.checks.values() if f"\n{c.title}\n" in text]
    assert 1 <= len(named) <= 6
    bent = healthy_file(tmp_path, {"pain-site": "lower-back", "long-conditions": "yes", "thin-bones": "yes"})
    run("export", str(bent), *ON, "--format", "checks", "-o", str(tmp_path / "y.pdf"))
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "y.pdf").pages)
    barred = {"lumbar-flexion-end-range", "lumbar-flexion-loaded"}
    assert not any(f"\n{c.title}\n" in text for c in knowledge.checks.values() if barred & set(c.tags))
