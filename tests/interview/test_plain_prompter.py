"""The plain front end: the exact lines that it prints, and what it makes of what is typed."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest

from assess.cli.plain import PlainPrompter
from assess.interview.prompter import Given, Move, Reply, Ticked, parse
from assess.interview.steps import CHECKLIST, Ask
from assess.model.answers import Unable

LIKE = "Please type the date like 1986-04-23: year, month, day."
EMPTY = "An empty line is no answer. Press ? for the keys."
YES_NO = Ask("a", "Is it so?", "yes-no", "Topic", help="Only if it is new.", why="Because.", more=9)
CHOICE = Ask("b", "Which one?", "choice", "Topic", options={"left": "The left", "right": "The right"})
NUMBER = Ask("c", "How strong?", "number", "Topic", minimum=0, maximum=10, unit="0-10")
ANGLE = Ask("d", "Which angle?", "number", "Topic", minimum=-45, maximum=45, unit="degrees", unable=True)
BORN = Ask("e", "When were you born?", "birth-date", "Topic", unsure=False, latest=date(2026, 11, 2))
BEGAN = Ask("j", "How old were you?", "number", "Topic", minimum=0, maximum=45, unit="years", age=45)
TEXT = Ask("f", "What for?", "text", "Topic", optional=True)
PRIVATE = Ask("g", "Are you safe?", "yes-no", "Topic", optional=True, private=True)
LIST = Ask("h", "Any of these?", CHECKLIST, "Topic", options={"x": "One", "y": "Two", "z": "Three"})


def reply(ask: Ask, typed: str) -> tuple[Reply, str]:
    """What comes back, and what was printed."""
    out = StringIO()
    return PlainPrompter(StringIO(typed), out).ask(ask), out.getvalue()


@pytest.mark.parametrize(
    ("ask", "typed", "expected"),
    [
        (YES_NO, "y\n", "\nTopic — about 9 more\nIs it so?\n  Only if it is new.\n[y, n, u = not sure, ? = keys] > "),
        (CHOICE, "1\n", "\nTopic\nWhich one?\n   1. The left\n   2. The right\n[1-2, u = not sure, ? = keys] > "),
        (NUMBER, "3\n", "\nTopic\nHow strong?\n[0 to 10, u = not sure, ? = keys] > "),
        (
            ANGLE,
            "3\n",
            "\nTopic\nWhich angle?\n[-45 to 45 degrees, u = not sure, c = can't, s = skip, ? = keys] > ",
        ),
        (BORN, "17-05-1980\n", "\nTopic\nWhen were you born?\n[like 1986-04-23, ? = keys] > "),
        (TEXT, "\n", "\nTopic\nWhat for?\n[your own words; Enter alone leaves it out, ? = keys] > "),
        (PRIVATE, "s\n", "\nTopic\nAre you safe?\n[y, n, u = not sure, s = leave it out, ? = keys] > "),
        (
            LIST,
            "y\n2 3\n",
            "\nTopic\nAny of these?\n[y, n, u = not sure, ? = keys] >    1. One\n   2. Two\n   3. Three\n"
            "   0. None of these\n[the numbers that apply, like 2 5, 0 = none, u = not sure, ? = keys] > ",
        ),
    ],
    ids=["yes-no", "choice", "number", "measure", "birth date", "text", "private", "list"],
)
def test_the_lines_of_each_kind(ask: Ask, typed: str, expected: str) -> None:
    assert reply(ask, typed)[1] == expected


@pytest.mark.parametrize(
    ("ask", "typed", "expected"),
    [
        (YES_NO, "y", Given("yes")),
        (YES_NO, "N", Given("no")),
        (YES_NO, "u", Given("unsure")),
        (YES_NO, " yes ", Given("yes")),
        (YES_NO, "b", Move("back")),
        (YES_NO, "back", Move("back")),
        (YES_NO, "w", Move("why")),
        (CHOICE, "2", Given("right")),
        (CHOICE, "u", Given("unsure")),
        (NUMBER, "0", Given(0)),
        (NUMBER, "10", Given(10)),
        (NUMBER, "2,5", Given(2.5)),
        (NUMBER, "u", Given("unsure")),
        (ANGLE, "-5", Given(-5)),
        (ANGLE, "c", Move("cant")),
        (ANGLE, "s", Move("skip")),
        (BORN, "1980-05-17", Given("1980-05-17")),
        (BORN, "17-05-1980", Given("1980-05-17")),
        (BORN, "17.5.1980", Given("1980-05-17")),
        (BORN, "17/05/1980", Given("1980-05-17")),
        (BORN, "17 5 1980", Given("1980-05-17")),
        (BORN, "2026-11-02", Given("2026-11-02")),
        (TEXT, "to dig", Given("to dig")),
        (TEXT, "back", Given("back")),
        (TEXT, "b", Move("back")),
        (TEXT, "", Move("skip")),
        (TEXT, "bell\x07", Given("bell")),
        (PRIVATE, "s", Move("skip")),
        (LIST, "n", Ticked(())),
        (LIST, "u", Ticked((), unsure=True)),
        (LIST, "y\n3 1 3", Ticked(("z", "x"))),
        (LIST, "y\n0", Ticked(())),
        (LIST, "y\nu", Ticked((), unsure=True)),
        (LIST, "y\nb\nn", Ticked(())),
        (LIST, "b", Move("back")),
    ],
)
def test_what_is_typed(ask: Ask, typed: str, expected: Reply) -> None:
    assert reply(ask, f"{typed}\n")[0] == expected


@pytest.mark.parametrize(
    ("ask", "typed", "said"),
    [
        (YES_NO, "", EMPTY),
        (YES_NO, "   ", EMPTY),
        (CHOICE, "", EMPTY),
        (NUMBER, "", EMPTY),
        (BORN, "", EMPTY),
        (YES_NO, "maybe", "Please answer y (yes), n (no) or u (not sure)."),
        (YES_NO, "s", "Please answer y (yes), n (no) or u (not sure)."),
        (CHOICE, "3", "Please type a number from 1 to 2, or u (not sure)."),
        (CHOICE, "0", "Please type a number from 1 to 2, or u (not sure)."),
        (NUMBER, "11", "Please type a number from 0 to 10, or u (not sure)."),
        (NUMBER, "-1", "Please type a number from 0 to 10, or u (not sure)."),
        (BEGAN, "46", "You are 45; please check."),
        (BEGAN, "-3", "Please type a number from 0 to 45, or u (not sure)."),
        (NUMBER, "nan", "Please type a number from 0 to 10, or u (not sure)."),
        (NUMBER, "lots", "Please type a number from 0 to 10, or u (not sure)."),
        (BORN, "u", LIKE),
        (BORN, "1980", LIKE),
        (BORN, "17 May 1980", LIKE),
        (BORN, "1980-05-17-3", LIKE),
        (BORN, "17-13-1980", "There is no month 13."),
        (BORN, "1980-00-17", "There is no month 0."),
        (BORN, "32-01-1980", "There is no day 32."),
        (BORN, "31-02-1980", "There is no 31st of February."),
        (BORN, "1980/4/31", "There is no 31st of April."),
        (BORN, "29.2.1981", "There was no 29th of February in 1981."),
        (BORN, "0000-01-01", "There is no year 0."),
        (BORN, "1-1-1", "Please write the year with four digits, like 1986-04-23."),
        (BORN, "80-05-17", "Please write the year with four digits, like 1986-04-23."),
        (BORN, "17-05-80", "Please write the year with four digits, like 1986-04-23."),
        (BORN, "2026-11-03", "That is no possible date of birth. Please check the year."),
        (BORN, "17-05-1880", "That is no possible date of birth. Please check the year."),
    ],
)
def test_what_is_refused_is_said_and_asked_again(ask: Ask, typed: str, said: str) -> None:
    out = StringIO()
    with pytest.raises(EOFError):
        PlainPrompter(StringIO(f"{typed}\n"), out).ask(ask)
    assert said in out.getvalue().split(" > ")[-2]


@pytest.mark.parametrize("typed", ["", "4", "1 x", "yes"])
def test_a_list_wants_numbers_of_it(typed: str) -> None:
    said = EMPTY if not typed else "Please type the numbers that apply, like 2 5; or 0 for none of these"
    assert said in reply(LIST, f"y\n{typed}\n0\n")[1]


def test_the_question_mark_shows_the_keys_and_never_answers() -> None:
    answered, printed = reply(YES_NO, "?\nn\n")
    assert answered == Given("no")
    keys = "y = yes; n = no; u = not sure; w = why this is asked; b = back; ? = these keys; Ctrl-C = stop, saved."
    assert keys in " ".join(printed.split())


@pytest.mark.parametrize(
    ("ask", "keys"),
    [
        (CHOICE, "the number of an answer; u = not sure; w = why"),
        (ANGLE, "a number, then Enter; u = not sure; c = I can't do it; s = skip this check; w = why"),
        (BORN, "a date, then Enter; w = why"),
        (TEXT, "your own words, then Enter; Enter alone leaves it out; w = why"),
        (PRIVATE, "y = yes; n = no; u = not sure; s = leave it out; w = why"),
    ],
)
def test_each_line_names_its_own_keys(ask: Ask, keys: str) -> None:
    out = StringIO()
    with pytest.raises(EOFError):
        PlainPrompter(StringIO("?\n"), out).ask(ask)
    assert keys in " ".join(out.getvalue().split())


@pytest.mark.parametrize("typed", ["", "?\n", "\n\n"])
def test_the_end_of_the_input_is_never_an_answer(typed: str) -> None:
    for ask in (YES_NO, CHOICE, NUMBER, BORN, PRIVATE, LIST):
        with pytest.raises(EOFError):
            PlainPrompter(StringIO(typed), StringIO()).ask(ask)


@pytest.mark.parametrize(
    ("before", "said"),
    [("no", "no"), ("unsure", "not sure"), (Unable("weakness"), "I can't do it, I am not strong enough for it")],
)
def test_what_was_said_before_is_shown(before: str | Unable, said: str) -> None:
    ask = Ask("a", "Is it so?", "yes-no", "Topic", before=before)
    assert f"  (before, you said: {said})\n" in reply(ask, "y\n")[1]


def test_a_choice_said_before_is_shown_in_its_words() -> None:
    ask = Ask("b", "Which one?", "choice", "Topic", options={"left": "The left"}, before="left")
    assert "  (before, you said: The left)\n" in reply(ask, "1\n")[1]


def test_one_of_a_few_ways_to_go_on_has_no_default() -> None:
    out = StringIO()
    chosen = PlainPrompter(StringIO("\nx\nY\n"), out).choose("Do them now?", {"y": "now", "l": "later"})
    assert chosen == "y"
    assert out.getvalue() == (
        "\nDo them now?\n  y = now\n  l = later\n[y, l] > y or l, please.\n[y, l] > y or l, please.\n[y, l] > "
    )


def test_a_further_key_stands_for_a_way_to_go_on() -> None:
    """Whoever types n for no does not land in the checks."""
    ways = {"y": "now", "l": "later"}
    assert PlainPrompter(StringIO("N\n"), StringIO()).choose("Now?", ways, also={"n": "l"}) == "l"


def test_a_way_without_a_key_is_enter() -> None:
    out = StringIO()
    assert PlainPrompter(StringIO("x\n\n"), out).choose("Ready.", {"r": "read it now", "": "end"}) == ""
    assert out.getvalue() == (
        "\nReady.\n  r = read it now\n  Enter = end\n[r, Enter] > r or Enter, please.\n[r, Enter] > "
    )


def test_long_lines_are_wrapped_between_words() -> None:
    ask = Ask("b", "word " * 40, "choice", "Topic", options={"l": "other " * 30})
    assert max(map(len, reply(ask, "1\n")[1].splitlines())) <= 76


MANY = "1" * 5_000


@pytest.mark.parametrize(
    ("ask", "typed", "said"),
    [
        (BORN, "99999999999-01-01", LIKE),
        (BORN, f"{MANY}-01-01", LIKE),
        (CHOICE, MANY, "Please type a number from 1 to 2, or u (not sure)."),
        (LIST, MANY, "Please type the numbers that apply, like 2 5; or 0 for none of these, or u if you are not sure."),
        (NUMBER, MANY, "Please type a number from 0 to 10, or u (not sure)."),
    ],
    ids=["a year", "a long year", "a choice", "a list", "a number"],
)
def test_more_digits_than_a_number_has_are_refused_in_words(ask: Ask, typed: str, said: str) -> None:
    assert parse(ask, typed) == said
