"""The questionary front end, fed key by key without a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from io import StringIO
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output

from assess.cli.terminal import TerminalPrompter, in_pages
from assess.interview.prompter import Given, Move, Reply, Ticked, short_hint
from assess.interview.steps import CHECKLIST, Ask

UP, DOWN, LEFT, F1, ESC, ENTER, SPACE = "\x1b[A", "\x1b[B", "\x1b[D", "\x1bOP", "\x1b", "\r", " "
CTRL_C, CTRL_D = "\x03", "\x04"
EMPTY = "An empty line is no answer. Press ? for the keys."

YES_NO = Ask("a", "Is it so?", "yes-no", "Topic")
CHOICE = Ask("b", "Which one?", "choice", "Topic", options={"left": "The left", "right": "The right"})
NUMBER = Ask("c", "How strong?", "number", "Topic", minimum=0, maximum=10, unit="0-10")
ANGLE = Ask("d", "Which angle?", "number", "Topic", minimum=-45, maximum=45, unit="degrees", unable=True)
BORN = Ask("e", "When were you born?", "birth-date", "Topic", unsure=False, latest=date(2026, 11, 2))
TEXT = Ask("f", "What for?", "text", "Topic", optional=True)
MANY = Ask("g", "Which of many?", "choice", "Topic", options={f"o{i}": f"Option {i}" for i in range(1, 13)})
LIST = Ask(
    "h", "Any of these?", CHECKLIST, "Topic", why="Some rule out.", options={"x": "One", "y": "Two", "z": "Three"}
)
LONG = Ask("i", "Any of these?", CHECKLIST, "Topic", options={f"o{i}": f"Condition {i}" for i in range(50)})


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


class Feeding(TerminalPrompter):
    """Presses the next keys each time that a prompt has begun, as a person does who reads first.

    Ctrl-C follows them: where they do not end the prompt, that is a failure and no endless wait.
    """

    def __init__(self, keyboard: PipeInput, *presses: str) -> None:
        super().__init__(DummyOutput())
        self.keyboard, self.presses = keyboard, list(presses)

    def _pressing(self, prompt: Callable[..., Any], *args: Any, **more: Any) -> Any:
        assert self.presses, "asked once more than expected"
        keys = self.presses.pop(0)
        self.keyboard.send_text(keys if keys in (CTRL_C, CTRL_D) else keys + CTRL_C)
        try:
            return prompt(*args, **more)
        except KeyboardInterrupt:
            if keys == CTRL_C:
                raise
            raise AssertionError(f"{keys!r} did not answer") from None

    def _prompt(self, *args: Any, **more: Any) -> Any:
        return self._pressing(super()._prompt, *args, **more)

    def _tick(self, *args: Any) -> Any:
        return self._pressing(super()._tick, *args)


def reply(keyboard: PipeInput, ask: Ask, *presses: str) -> Reply:
    """What comes back; every press must have been needed."""
    prompter = Feeding(keyboard, *presses)
    out = prompter.ask(ask)
    assert prompter.presses == []
    return out


@pytest.mark.parametrize(
    ("ask", "key", "expected"),
    [
        (YES_NO, "y", Given("yes")),
        (YES_NO, "n", Given("no")),
        (YES_NO, "N", Given("no")),
        (YES_NO, "u", Given("unsure")),
        (CHOICE, "2", Given("right")),
        (CHOICE, "u", Given("unsure")),
        (NUMBER, "u", Given("unsure")),
        (ANGLE, "c", Move("cant")),
        (ANGLE, "s", Move("skip")),
        (Ask("p", "Safe?", "yes-no", "T", optional=True), "s", Move("skip")),
    ],
)
def test_a_single_key_answers_at_once(keyboard: PipeInput, ask: Ask, key: str, expected: Reply) -> None:
    assert reply(keyboard, ask, key) == expected


@pytest.mark.parametrize("ask", [YES_NO, CHOICE, NUMBER, ANGLE, BORN, TEXT], ids=lambda a: a.kind)
@pytest.mark.parametrize(("key", "to"), [(ESC, "back"), (LEFT, "back"), (F1, "why")], ids=["Esc", "left", "F1"])
def test_esc_and_left_go_back_and_f1_says_why(keyboard: PipeInput, ask: Ask, key: str, to: str) -> None:
    assert reply(keyboard, ask, key) == Move(to)


@pytest.mark.parametrize("ask", [YES_NO, CHOICE, NUMBER, ANGLE, BORN], ids=lambda a: a.kind)
@pytest.mark.parametrize(("key", "to"), [("b", "back"), ("w", "why")])
def test_so_do_b_and_w_where_no_words_are_typed(keyboard: PipeInput, ask: Ask, key: str, to: str) -> None:
    assert reply(keyboard, ask, key) == Move(to)


@pytest.mark.parametrize("ask", [YES_NO, CHOICE, NUMBER, BORN], ids=lambda a: a.kind)
def test_enter_on_nothing_is_refused(keyboard: PipeInput, ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    assert reply(keyboard, ask, ENTER, ESC) == Move("back")
    assert EMPTY in capsys.readouterr().err


@pytest.mark.parametrize(
    ("ask", "typed", "expected"),
    [
        (YES_NO, "xkq7-" + "y", Given("yes")),
        (CHOICE, "a9-0" + "1", Given("left")),
        (NUMBER, "nope" + "7" + ENTER, Given(7)),
        (BORN, "on 17-05-1980" + ENTER, Given("1980-05-17")),
    ],
    ids=["yes-no", "choice", "number", "date"],
)
def test_stray_letters_answer_nothing(keyboard: PipeInput, ask: Ask, typed: str, expected: Reply) -> None:
    assert reply(keyboard, ask, typed) == expected


@pytest.mark.parametrize(
    ("ask", "typed", "expected"),
    [
        (NUMBER, "10", Given(10)),
        (NUMBER, "2,5", Given(2.5)),
        (NUMBER, "9\x7f3", Given(3)),
        (ANGLE, "-12", Given(-12)),
        (BORN, "1980-05-17", Given("1980-05-17")),
        (BORN, "17.05.1980", Given("1980-05-17")),
        (MANY, "12", Given("o12")),
        (TEXT, "to dig bulbs", Given("to dig bulbs")),
        (TEXT, "", Move("skip")),
    ],
)
def test_numbers_dates_and_words_end_with_enter(keyboard: PipeInput, ask: Ask, typed: str, expected: Reply) -> None:
    assert reply(keyboard, ask, typed + ENTER) == expected


def test_in_something_typed_left_moves_the_cursor_and_letters_of_moves_do_nothing(keyboard: PipeInput) -> None:
    assert reply(keyboard, NUMBER, "0" + LEFT + "1" + "wbu" + ENTER) == Given(10)


@pytest.mark.parametrize("typed", ["11", "-3", "3-"])
def test_a_number_out_of_range_is_refused(typed: str, keyboard: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    """A minus is never dropped: -3 is not 3."""
    assert reply(keyboard, NUMBER, typed + ENTER, "3" + ENTER) == Given(3)
    assert "Please type a number from 0 to 10, or u (not sure)." in capsys.readouterr().err


@pytest.mark.parametrize("ask", [YES_NO, CHOICE, NUMBER, BORN], ids=lambda a: a.kind)
def test_an_enter_out_of_habit_after_a_one_key_answer_does_nothing(
    ask: Ask, keyboard: PipeInput, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that follows is refused as ever: Enter is never an answer."""
    prompter = Feeding(keyboard, "n", ENTER + ESC, ENTER, ESC)
    assert prompter.ask(YES_NO) == Given("no")
    assert prompter.ask(ask) == Move("back")
    assert EMPTY not in capsys.readouterr().err
    assert prompter.ask(ask) == Move("back")
    assert EMPTY in capsys.readouterr().err


def test_it_does_not_end_a_free_line_either(keyboard: PipeInput) -> None:
    """Whoever presses y and Enter at a warning sign still gets the chance to take it back."""
    prompter = Feeding(keyboard, "y", ENTER + "MISTAKE" + ENTER)
    assert prompter.ask(YES_NO) == Given("yes")
    assert prompter.text("Type MISTAKE") == "MISTAKE"


def test_where_the_line_says_what_enter_does_it_does_that(keyboard: PipeInput) -> None:
    prompter = Feeding(keyboard, "n", ENTER, "n", ENTER, "n", ENTER)
    assert [prompter.ask(YES_NO), prompter.ask(TEXT)] == [Given("no"), Move("skip")]
    assert [prompter.ask(YES_NO), prompter.choose("Ready.", {"r": "read", "": "end"})] == [Given("no"), ""]
    assert prompter.ask(YES_NO) == Given("no")
    prompter.pages(["a"])
    assert prompter.presses == []


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (YES_NO, "y, n or u, please."),
        (Ask("a", "Which?", "choice", "T", options={"a": "A", "b": "B", "c": "C"}, unsure=False), "1, 2 or 3, please."),
        (NUMBER, "A number from 0 to 10 or u, please."),
        (BORN, "A date like 1986-04-23, please."),
        (MANY, "A number from 1 to 12 or u, please."),
    ],
)
def test_a_short_hint_says_what_would_be_an_answer(ask: Ask, said: str) -> None:
    assert short_hint(ask) == said


def test_the_question_mark_shows_the_keys_and_never_answers(
    keyboard: PipeInput, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reply(keyboard, YES_NO, "?", "n") == Given("no")
    assert "y = yes; n = no; u = not sure; w = why" in " ".join(capsys.readouterr().err.split())


def test_a_key_that_was_pressed_before_its_line_was_shown_does_not_answer_it(keyboard: PipeInput) -> None:
    """A doubled or held n must not say no to a warning sign that nobody has read."""
    prompter = Feeding(keyboard, "nn", "y")
    assert prompter.ask(YES_NO) == Given("no")
    assert prompter.ask(YES_NO) == Given("yes")


@pytest.mark.parametrize(("key", "error"), [(CTRL_C, KeyboardInterrupt), (CTRL_D, EOFError)], ids=["Ctrl-C", "Ctrl-D"])
def test_ctrl_c_and_the_end_of_the_input_pass_through(
    keyboard: PipeInput, key: str, error: type[BaseException]
) -> None:
    for ask in (YES_NO, CHOICE, NUMBER, BORN, TEXT):
        with pytest.raises(error):
            reply(keyboard, ask, key)
    with pytest.raises(KeyboardInterrupt):
        reply(keyboard, LIST, "y", CTRL_C)


# -- lists -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("presses", "expected"),
    [
        (["n"], Ticked(())),
        (["u"], Ticked((), unsure=True)),
        (["b"], Move("back")),
        ([F1], Move("why")),
        (["y", DOWN + DOWN + SPACE + DOWN + DOWN + SPACE + ENTER], Ticked(("x", "z"))),
        (["y", SPACE + ENTER], Ticked(())),
        (["y", DOWN + SPACE + ENTER], Ticked((), unsure=True)),
        (["y", UP + SPACE + ENTER], Ticked(("z",))),
    ],
    ids=["no", "unsure", "back", "why", "two ticks", "none of these", "not sure of one", "the last one"],
)
def test_a_list_is_opened_by_yes_and_ticked_with_space(
    keyboard: PipeInput, presses: list[str], expected: Reply
) -> None:
    assert reply(keyboard, LIST, *presses) == expected


def test_a_list_with_nothing_ticked_is_refused(keyboard: PipeInput) -> None:
    """Enter alone changes nothing; only then is something ticked."""
    assert reply(keyboard, LIST, "y", ENTER + ENTER + DOWN + DOWN + SPACE + ENTER) == Ticked(("x",))


def test_none_of_these_together_with_a_tick_is_refused(keyboard: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    """And the tick is still there when the list is shown again."""
    both = SPACE + DOWN + DOWN + SPACE + ENTER
    assert reply(keyboard, LIST, "y", both, ENTER) == Ticked(("x",))
    assert "You ticked “none of these” and something else. Please tick one or the other." in capsys.readouterr().err


@pytest.mark.parametrize("key", [ESC, LEFT, "b"])
def test_back_from_a_list_asks_the_line_that_opened_it(keyboard: PipeInput, key: str) -> None:
    assert reply(keyboard, LIST, "y", key, "n") == Ticked(())


def test_why_in_a_list_is_shown_and_the_list_stays(keyboard: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    assert reply(keyboard, LIST, "y", "w", SPACE + ENTER) == Ticked(())
    assert "Some rule out." in capsys.readouterr().err


@pytest.mark.parametrize("key", ["a", "i"])
def test_questionarys_keys_for_all_and_invert_do_nothing(keyboard: PipeInput, key: str) -> None:
    assert reply(keyboard, LIST, "y", key + DOWN + DOWN + SPACE + ENTER) == Ticked(("x",))


def test_a_long_list_comes_in_parts_and_back_keeps_what_was_ticked(
    keyboard: PipeInput, capsys: pytest.CaptureFixture[str]
) -> None:
    third = DOWN * 2 + SPACE + ENTER
    none = SPACE + ENTER
    assert reply(keyboard, LONG, "y", third, "b", ENTER, third) == Ticked(("o0", "o32"))
    assert "Part 2 of 2" in capsys.readouterr().err
    assert reply(keyboard, LONG, "y", none, none) == Ticked(())


def test_a_list_leaves_no_empty_prompt_and_says_what_was_ticked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen = StringIO()
    with create_pipe_input() as keys, create_app_session(input=keys):
        prompter = Feeding(keys, "y", DOWN + DOWN + SPACE + DOWN + SPACE + ENTER, "y", SPACE + ENTER)
        prompter._output = Vt100_Output(screen, lambda: Size(24, 80))
        assert prompter.ask(LIST) == Ticked(("x", "y"))
        assert prompter.ask(LIST) == Ticked(())
    seen = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", screen.getvalue())
    assert "> Which of these? Arrows move, Space ticks, Enter goes on, b = back." in seen
    assert "done" not in seen
    assert capsys.readouterr().err.endswith("You ticked none of these.\n")


def test_what_was_ticked_before_is_ticked_again(keyboard: PipeInput) -> None:
    ask = Ask("h", "Any?", CHECKLIST, "Topic", options=LIST.options, ticked=("y",))
    assert reply(keyboard, ask, "y", ENTER) == Ticked(("y",))


# -- the rest --------------------------------------------------------------------------------------------------


def test_one_of_a_few_ways_to_go_on_has_no_default(keyboard: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    prompter = Feeding(keyboard, ENTER, ESC, "x" + "L")
    assert prompter.choose("Do them now?", {"y": "now", "l": "later"}) == "l"
    assert capsys.readouterr().err.count("y or l, please.") == 2


@pytest.mark.parametrize(("key", "expected"), [("y", "y"), ("l", "l"), ("n", "l"), ("N", "l")])
def test_a_further_key_stands_for_a_way_to_go_on(keyboard: PipeInput, key: str, expected: str) -> None:
    """Whoever presses n for no does not land in the checks."""
    assert Feeding(keyboard, key).choose("Now?", {"y": "now", "l": "later"}, also={"n": "l"}) == expected


def test_a_free_line_gives_what_was_typed_and_esc_is_the_key_for_back(keyboard: PipeInput) -> None:
    prompter = Feeding(keyboard, " OK " + ENTER, ESC, F1)
    assert [prompter.text("Type OK") for _ in range(3)] == ["OK", "b", ""]


def test_something_long_is_shown_a_screen_at_a_time(keyboard: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"line {i}" for i in range(60)]
    Feeding(keyboard, "yn" + ENTER, SPACE).pages(lines)  # two pages
    assert capsys.readouterr().err.splitlines() == ["", *lines[:37], "", *lines[37:]]


@pytest.mark.parametrize(("typed", "error"), [("\n", None), ("yes\n", None), ("", EOFError)])
def test_the_first_screen_waits_for_enter(
    typed: str, error: type[BaseException] | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    with pytest.raises(error) if error else nullcontext():
        TerminalPrompter().wait(["Read this."], "begin")
    assert capsys.readouterr().err == "Read this.\n> [Enter = begin] "


@pytest.mark.parametrize(
    ("presses", "shown"),
    [
        ([ENTER, "b", ENTER, ENTER, ENTER], [0, 1, 0, 1, 2]),
        ([LEFT, "q"], [0, 0]),
        ([ENTER, ESC, F1, "Q"], [0, 1, 0, 1]),
        (["q"], [0]),
    ],
    ids=["page before", "before the first", "Esc", "to the end"],
)
def test_pages_go_on_back_and_to_the_end(
    presses: list[str], shown: list[int], keyboard: PipeInput, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"line {i}" for i in range(37 * 3)]
    prompter = Feeding(keyboard, *presses)
    prompter.pages(lines)
    assert prompter.presses == []
    assert [int(line[5:]) // 37 for line in capsys.readouterr().err.splitlines() if line][::37] == shown


def test_pages_break_between_paragraphs() -> None:
    assert in_pages(["", "a", "b", "", "c", "d", "", "e"], 5) == [["a", "b", "", "c", "d"], ["e"]]
    assert in_pages(["a", "b", "c"], 2) == [["a", "b"], ["c"]]
    assert in_pages([], 2) == []
