"""The YAML that we read: scalars as people mean them, each with its place."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from assess.loading.yaml12 import MAX_BYTES, YamlError, read


def data(text: str) -> Any:
    return read(text.encode(), "f.yaml").data


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("TRUE", "TRUE"),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("012", "012"),
        ("0o14", "0o14"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("1.50", 1.5),
        ("-0.25", -0.25),
        ("0.30000000000000004", 0.30000000000000004),
        (".5", ".5"),
        ("5.", "5."),
        ("1e3", "1e3"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("12345678901234567", "12345678901234567"),
        ("2026-11-02", "2026-11-02"),
        ("2026-11-02T09:00:00Z", "2026-11-02T09:00:00Z"),
        ('"5"', "5"),
        ("'true'", "true"),
        ('""', ""),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_a_scalar_is_what_people_mean_by_it(written: str, meant: object) -> None:
    found = data(f"key: {written}\n")["key"]
    assert (found, type(found)) == (meant, type(meant))


def test_keys_are_always_words() -> None:
    assert data("1: a\ntrue: b\nnull: c\n2026-11-02: d\n") == {"1": "a", "true": "b", "null": "c", "2026-11-02": "d"}


def test_every_value_and_every_key_has_its_place() -> None:
    located = read(b"# first\none: 1\nlist:\n  - a\n  - {in: b, out: [c, d]}\n", "f.yaml")
    values = {path: (p.line, p.column) for path in located.values for p in [located.place(path)]}
    assert values == {
        (): (2, 1),
        ("one",): (2, 6),
        ("list",): (4, 3),
        ("list", 0): (4, 5),
        ("list", 1): (5, 5),
        ("list", 1, "in"): (5, 10),
        ("list", 1, "out"): (5, 18),
        ("list", 1, "out", 0): (5, 19),
        ("list", 1, "out", 1): (5, 22),
    }
    assert [str(located.place(p, key=True)) for p in (("one",), ("list", 1, "out"))] == ["f.yaml:2:1", "f.yaml:5:13"]


def test_the_place_of_something_that_is_not_there_is_that_of_what_is_around_it() -> None:
    located = read(b"outer:\n  inner: {a: 1}\n", "f.yaml")
    assert str(located.place(("outer", "inner", "b", 3))) == "f.yaml:2:10"
    assert str(read(b"", "f.yaml").place(("outer",))) == "f.yaml"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_gives_the_same_places_and_a_clean_excerpt(end: str) -> None:
    text = end.join(["# one", "two: 2", "three: [", "  4]", ""])
    located = read(text.encode(), "f.yaml")
    problem = located.problem(("three", 0), "code", "wrong")
    assert located.data == {"two": 2, "three": [4]}
    assert problem.render() == "f.yaml:4:3: error[code] wrong\n  |\n4 |   4]\n  |   ^"


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    located = read(b"\xef\xbb\xbfone: 1\n", "f.yaml")
    assert (located.data, str(located.place(("one",), key=True))) == ({"one": 1}, "f.yaml:1:1")
    assert located.lines == ["one: 1", ""]


def test_a_long_line_is_shown_around_the_caret() -> None:
    located = read(("[" + "1, " * 500 + "wrong]").encode(), "f.yaml")
    place, _, line, caret = located.problem((500,), "code", "wrong").render().split("\n")
    assert place == "f.yaml:1:1502: error[code] wrong"
    assert len(line) <= 170
    assert line[caret.index("^") :].startswith("wrong]")


def test_characters_that_are_not_seen_do_not_reach_the_terminal() -> None:
    """A letter that turns the writing direction stays out of an error message."""
    located = read("one: \u202etwo\n".encode(), "f.yaml")
    assert located.problem(("one",), "code", "wrong").render() == (
        "f.yaml:1:6: error[code] wrong\n  |\n1 | one:  two\n  |      ^"
    )


def test_the_largest_file_is_a_million_bytes() -> None:
    assert read(b"#" * (MAX_BYTES - 1) + b"\n", "f.yaml").data is None
    with pytest.raises(YamlError) as caught:
        read(b"#" * (MAX_BYTES + 1), "f.yaml")
    assert caught.value.problem.message == "the file is larger than 1,000,000 bytes"


def test_forty_levels_are_read_and_one_more_is_not() -> None:
    assert data("[" * 40 + "]" * 40) is not None
    with pytest.raises(YamlError) as caught:
        data("[" * 41 + "]" * 41)
    assert caught.value.problem.render().startswith("f.yaml:1:41: error[too-deep] ")


def test_a_parser_with_a_limit_of_its_own_does_not_change_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer libyaml gives up at 1,000 levels while looking ahead, and points there."""

    class Limited(yaml.SafeLoader):
        def check_event(self, *choices: object) -> bool:
            raise yaml.scanner.ScannerError("while increasing flow level", None, "exceeded maximum nesting depth", None)

    monkeypatch.setattr(yaml, "CSafeLoader", Limited)
    with pytest.raises(YamlError) as caught:
        data("[" * 2000 + "]" * 2000)
    assert caught.value.problem.render().startswith("f.yaml:1:41: error[too-deep] ")
