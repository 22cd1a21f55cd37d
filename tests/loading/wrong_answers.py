"""Answers files with one mistake each: name -> bytes. What must be said of them is in `wrong_answers.txt`.

`NOTHING` can be read of the first ones; the mistakes in the second ones leave the other answers readable.
After a wanted change of a message run `python tests/loading/wrong_answers.py` and read the difference.
"""

from __future__ import annotations

import codecs
import subprocess
import sys
import tempfile
from pathlib import Path

MANY = 10_000_000


def without_notes(said: str) -> str:
    """What is said of a file, without the lines that were not answered."""
    return "".join(line for line in said.splitlines(keepends=True) if not line.startswith("note: "))


def answers(*lines: str, top: str = "") -> bytes:
    """A file with some answers."""
    body = "".join(f"  {line}\n" for line in lines)
    return f"{top}answers:\n{body}".encode()


NOTHING: dict[str, bytes] = {
    "empty": b"",
    "only white space": b" \n\t\r\n  \n",
    "some other file": b"root:*:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\n",
    "some other file that is no YAML": b"root: secret: more\n\t}\n",
    "some other list": b"- {user: root, password: secret}\n",
    "some other mapping": b"user: root\npassword: secret\n",
    "binary": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff",
    "a zero byte": b"answers:\n  injury: no\x00\n",
    "ten megabytes": b"answers:\n" + b"# " + b"x" * MANY,
    "deeply nested": b"answers: " + b"[" * 50_000 + b"]" * 50_000,
    "deeply nested JSON": b'{"answers": ' + b"[" * 9_000 + b"]" * 9_000 + b"}",
    "nested in blocks": b"\n".join(b" " * i + b"k:" for i in range(60)),
    "an alias": answers("injury: &same no", "very-ill: *same"),
    "an alias bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "a tag": answers("injury: !!python/object:os.system no"),
    "a local tag": answers("injury: !no yes"),
    "a merge key": b"answers:\n  <<: *other\n",
    "a key that is no word": b"answers:\n  [injury]: no\n",
    "two documents": b"answers: {}\n---\nanswers: {}\n",
    "no YAML": b"answers: {injury: no\n",
    "tabs in YAML": b"answers:\n\tinjury: no\n",
    "JSON with a comma too many": b'{\n\t"answers": {"injury": "no",,}\n}',
    "Latin-1": "answers:\n  main-goal: wieder über Zäune\n".encode("latin-1"),
    "UTF-16": "answers: {}\n".encode("utf-16"),
}

SOMETHING: dict[str, bytes] = {
    "a duplicate key": answers("injury: no", "very-ill: no", "injury: yes"),
    "a duplicate key at the top": b"answers:\n  injury: no\nanswers: {}\n",
    "duplicate keys in JSON": b'{"answers": {"injury": "no",\n "injury": "yes"}}',
    "duplicate keys in JSON with tabs": b'{\n\t"answers": {\n\t\t"injury": "no",\n\t\t"injury": "yes"\n\t}\n}',
    "duplicate keys in JSON with escapes": b'{"answers": {"main-goal": "\\ud83d\\ude00",'
    b' "injury": "no", "injury": "yes"}}',
    "a whole number too large to compare": b'{"answers": {"main-goal": "\\ud83d\\ude00", "pain-now": '
    + b"9" * 400
    + b"}}",
    "a whole number too large to read": b'{"answers": {"main-goal": "\\ud83d\\ude00", "pain-now": '
    + b"9" * 5000
    + b"}}",
    "a list": b"- injury: no\n",
    "a word": b"hello\n",
    "only a comment": b"# nothing yet\n",
    "no answers": b"complete: true\n",
    "answers in a list": b"answers: [injury, no]\n",
    "an unknown key at the top": answers("injury: no", top="complet: true\n"),
    "complete as a word": answers("injury: no", top="complete: yes\n"),
    "mistakes that are no list": answers("injury: no", top="mistakes: 5\n"),
    "an unknown id": answers("injurie: no"),
    "an unknown id with a byte order mark": codecs.BOM_UTF8 + answers("injurie: no"),
    "an unknown id with Windows line ends": answers("very-ill: no", "injurie: no").replace(b"\n", b"\r\n"),
    "an unknown id far from all others": answers("qqqq: no"),
    "an unknown side": answers("modified-thomas.thigh.up: 5"),
    "no side": answers("modified-thomas.thigh: 5"),
    "a side where there is none": answers("bridge-hold.seconds.left: 20"),
    "a clarifier of a line that has none": answers("leg-pain.compared: same"),
    "an unknown word of a clarifier": answers("injury.compared: maybe"),
    "an unknown value": answers("leg-pain: lefft"),
    "a value in capitals": answers("injury: NO"),
    "true": answers("injury: true"),
    "on": answers("injury: on"),
    "nothing": answers("injury:"),
    "a list as a value": answers("injury: [no]"),
    "a mapping as a value": answers("injury: {is: no}"),
    "a mapping as a text": answers("main-goal: {is: walking}"),
    "a text that is too long": answers(f"main-goal: {'x' * 201}"),
    "yes as a number": answers("pain-now: yes"),
    "an octal number": answers("pain-now: 012"),
    "a sexagesimal number": answers("pain-now: 1:30"),
    "a number in words": answers("pain-now: five"),
    "not a number": answers("pain-now: .nan"),
    "infinity": answers("pain-now: -.inf"),
    "infinity in JSON": b'{\t"answers": {"pain-now": Infinity}}',
    "a number too large to hold": b'{"answers": {"main-goal": "\\ud83d\\ude00", "pain-now": 1e999}}',
    "true as a number": answers("pain-now: true"),
    "a negative number": answers("pain-now: -1"),
    "a number out of range": answers("pain-now: 11"),
    "an age above one's own": answers('date-of-birth: "1980-05-17"', "pain-began-age: 60"),
    "an angle out of range": answers("modified-thomas.thigh.left: 46.5"),
    "unsure where that is no answer": answers("pain-site: unsure"),
    "a negative age": answers("age: -5"),
    "an age for a date of birth": answers("date-of-birth: -5"),
    "the thirtieth of February": answers('date-of-birth: "1980-02-30"'),
    "a birth in the future": answers('date-of-birth: "2999-01-01"'),
    "a birth in 1850": answers('date-of-birth: "1850-05-17"'),
    "a birth without dashes": answers('date-of-birth: "19800517"'),
    "unable for an unknown reason": answers("bridge-hold.seconds: {unable: tired}"),
    "unable without a reason": answers("bridge-hold.seconds: unable"),
    "unable and more": answers("bridge-hold.seconds: {unable: pain, since: today}"),
    "unable for a question": answers("injury: {unable: pain}"),
    "triage in the future": answers("injury: no", top='triaged_at: "2999-01-01T09:00:00+00:00"\n'),
    "triage without an offset": answers("injury: no", top='triaged_at: "2026-11-02T09:00:00"\n'),
    "triage on a date": answers("injury: no", top="triaged_at: 2026-11-02\n"),
    "triage at no time": answers("injury: no", top="triaged_at: yesterday\n"),
    "triage as a number": answers("injury: no", top="triaged_at: 20261102\n"),
    "cleared for an unknown reason": answers(
        "injury: no", top="cleared:\n  - {reason: pregnancie, by: a midwife, on: 2026-11-01, about: walking}\n"
    ),
    "cleared for what cannot be cleared": answers(
        "injury: no", top="cleared:\n  - {reason: under-16, by: a doctor, on: 2026-11-01, about: walking}\n"
    ),
    "cleared of an emergency": answers(
        "injury: no", top="cleared:\n  - {reason: cauda-equina-bladder, by: a doctor, on: 2026-11-01, about: walking}\n"
    ),
    "cleared on no date": answers(
        "injury: no", top="cleared:\n  - {reason: pregnancy, by: a midwife, on: yesterday, about: walking}\n"
    ),
    "cleared in the future": answers(
        "injury: no", top="cleared:\n  - {reason: pregnancy, by: a midwife, on: 2999-01-01, about: walking}\n"
    ),
    "cleared by nobody": answers(
        "injury: no", top="cleared:\n  - {reason: pregnancy, on: 2026-11-01, about: walking}\n"
    ),
    "cleared by a word": answers("injury: no", top="cleared: pregnancy\n"),
    "three mistakes": answers("injurie: no", "pain-now: 11", "leg-pain: lefft"),
}


DOUBTFUL = (
    "a duplicate key",
    "duplicate keys in JSON",
    "duplicate keys in JSON with tabs",
    "duplicate keys in JSON with escapes",
    "true",
    "on",
    "a list as a value",
    "a mapping as a value",
    "unable for a question",
)
"""Here a line on a warning sign is answered and cannot be read: it counts as unsure, and the action is printed."""


if __name__ == "__main__":
    book = Path(__file__).with_name("wrong_answers.txt")
    said = []
    with tempfile.TemporaryDirectory() as place:
        for name, raw in {**NOTHING, **SOMETHING}.items():
            (Path(place) / "answers.yaml").write_bytes(raw)
            start = "import sys; from assess.cli.main import main; sys.argv[0] = 'assess'; main()"
            command = [sys.executable, "-c", start, "plan", "answers.yaml", "--on", "2026-11-03"]
            ended = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
            said += [f"== {name}\n", without_notes(ended.stderr)]
    book.write_text("".join(said), encoding="utf-8")
