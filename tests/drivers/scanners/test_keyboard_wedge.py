"""Typing and codes told apart by speed alone, over generated streams of strokes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.key_scanner import Stroke, Verdict
from drivers.protocols import Fault, Scan
from drivers.scanners.keyboard_wedge import HICCUP_MS, PATIENT_MS, QUICK_MS, SURE, KeyboardWedge, cleaned
from drivers.vouchers.simulator_code import mint
from tests.fakes.platform import PEOPLE

Sized = Callable[[str], int]
KEYS = "0123456789abcxyzXOW.-_ "
CODES = st.text(alphabet="0123456789ABCxyz.-_=", min_size=SURE, max_size=40).filter(lambda t: len(set(t)) > 1)
TYPED = st.lists(st.tuples(st.sampled_from(KEYS + "\r\t"), st.integers(QUICK_MS + 1, 900)), max_size=60)


class Field:
    """A field behind a wedge: what reaches it, what is told, as the window carries verdicts out."""

    def __init__(self, ending: str = "auto") -> None:
        self.wedge = KeyboardWedge(ending)
        self.told: list[Any] = []
        self.wedge.watch(self.told.append, self.told.append)
        assert self.told.pop() is None  # ready
        self.text = ""
        self.held: list[str] = []
        self.now = 1000

    def stroke(self, committed: str, gap: int, composing: str = "") -> None:
        """One stroke `gap` ms after the last; the silence before it is heard when it was long."""
        patience = self.wedge.patience_ms
        if patience is not None and gap > patience:
            self.carry(self.wedge.silence())
        self.now += gap
        verdict = self.wedge.stroke(Stroke(committed, composing, self.now))
        self.carry(verdict)
        if verdict.own == "held":
            self.held.append(committed)
        elif verdict.own == "passed":
            assert not self.held  # nothing overtakes what waits
            self.text += committed

    def carry(self, verdict: Verdict) -> None:
        self.text += "".join(self.held[: verdict.released])
        del self.held[: verdict.released]
        if verdict.code is not None:
            self.held.clear()

    def rest(self) -> None:
        if self.wedge.patience_ms is not None:
            self.carry(self.wedge.silence())

    def type(self, text: str, gap: int) -> None:
        for char in text:
            self.stroke(char, gap)

    def codes(self) -> list[str]:
        return [one.text for one in self.told if isinstance(one, Scan)]


def test_a_person_is_never_taken_for_a_scanner(size: Sized) -> None:
    @settings(max_examples=size("examples"), deadline=None)
    @given(TYPED)
    def holds(strokes: list[tuple[str, int]]) -> None:
        field = Field()
        for char, gap in strokes:
            field.stroke(char, gap)
        field.rest()
        assert field.text == "".join(char for char, _ in strokes)
        assert field.told == []

    holds()


def test_quick_fingers_may_roll_over_a_few_keys(size: Sized) -> None:
    """Rolls of up to SURE - 1 strokes within a scanner's speed, as fast typists make, stay typing."""
    roll = st.lists(st.sampled_from("0123456789"), min_size=1, max_size=SURE - 1)

    @settings(max_examples=size("examples"), deadline=None)
    @given(st.lists(st.tuples(roll, st.integers(1, QUICK_MS)), min_size=1, max_size=12))
    def holds(rolls: list[tuple[list[str], int]]) -> None:
        field = Field()
        for keys, within in rolls:
            for nth, key in enumerate(keys):
                field.stroke(key, within if nth else QUICK_MS + 20)
        field.rest()
        assert field.text == "".join(key for keys, _ in rolls for key in keys)
        assert field.told == []

    holds()


def test_no_character_of_a_code_reaches_the_field(size: Sized) -> None:
    @settings(max_examples=size("examples"), deadline=None)
    @given(TYPED, CODES, st.data(), st.sampled_from(["\r", "\t", ""]), TYPED)
    def holds(before: Any, code: str, data: Any, ending: str, after: Any) -> None:
        field = Field()
        for char, gap in before:
            field.stroke(char, gap)
        gaps = data.draw(st.lists(st.integers(0, QUICK_MS), min_size=len(code), max_size=len(code)))
        field.stroke(code[0], 300)
        for nth, char in enumerate(code[1:], 1):
            # Once the run is sure, the radio may stumble now and then.
            is_sure = nth > SURE and len(set(code[:nth])) > 1
            field.stroke(char, HICCUP_MS - 1 if is_sure and nth % 7 == 0 else gaps[nth])
        if ending:
            field.stroke(ending, gaps[0])
        for nth, (char, gap) in enumerate(after):
            field.stroke(char, gap if nth else 400)
        field.rest()
        assert field.codes() == [cleaned(code)]
        assert field.text == "".join(char for char, _ in [*before, *after])

    holds()


def test_every_stroke_has_one_fate(size: Sized) -> None:
    """Whatever the timing: typed once and in order, or part of a code; nothing twice, nothing lost."""
    stream = st.lists(st.tuples(st.sampled_from("13579\r"), st.integers(0, 200)), max_size=80)

    @settings(max_examples=size("examples"), deadline=None)
    @given(stream)
    def holds(strokes: list[tuple[str, int]]) -> None:
        field = Field()
        for char, gap in strokes:
            field.stroke(char, gap)
        field.rest()
        left = iter("".join(char for char, _ in strokes if char != "\r"))
        typed = field.text.replace("\r", "")
        assert all(char in left for char in typed)  # in order
        count = len(typed) + sum(map(len, field.codes()))
        assert count == sum(char != "\r" for char, _ in strokes)

    holds()


@pytest.mark.parametrize("jitter", [0, 25, 45])
def test_a_number_typed_at_twelve_keys_a_second_is_typing(jitter: int) -> None:
    field = Field()
    number = "11010519491231002X"
    for nth, char in enumerate(number):
        field.stroke(char, 83 + (jitter if nth % 2 else -jitter))
    field.stroke("\r", 83)
    assert field.text == number + "\r"
    assert field.told == []


@pytest.mark.parametrize("gap", [0, 1, 5, 15, 30, QUICK_MS])
@pytest.mark.parametrize("ends", ["\r", "\t", "\r\r", ""])
def test_a_code_at_any_scanner_speed_arrives_once_and_bare(gap: int, ends: str) -> None:
    field = Field()
    code = mint(PEOPLE[0])
    for _ in range(2):
        field.type(code + ends, gap)
        field.rest()
        field.now += 500
    assert field.codes() == [code, code]
    assert field.text == ""


def test_what_was_typed_just_before_a_code_is_typed_and_the_code_is_not() -> None:
    field = Field()
    field.type("王府1", 90)
    field.stroke("4", QUICK_MS + 1)
    field.type("24" + "7" * 25 + "\r", 3)
    field.type("2", 200)
    field.rest()
    assert field.text == "王府12"
    assert field.codes() == ["424" + "7" * 25]


def test_a_key_held_down_is_not_a_code() -> None:
    field = Field()
    field.type("0" * 50, 30)
    field.rest()
    assert field.text == "0" * 50
    assert field.told == []


def test_a_stroke_waits_no_longer_than_it_must() -> None:
    field = Field()
    assert field.wedge.patience_ms is None
    field.stroke("1", 0)
    assert field.wedge.patience_ms == PATIENT_MS
    field.stroke("2", QUICK_MS + 1)
    assert field.held == ["2"]  # the one before is where it belongs


@pytest.mark.parametrize(
    ("ending", "sent", "codes", "text"),
    [
        ("cr", "OW1T.abc\t", ["OW1T.abc"], "\t"),
        ("tab", "OW1T.abc\t", ["OW1T.abc"], ""),
        ("none", "OW1T.abc\r", ["OW1T.abc"], "\r"),
    ],
)
def test_only_the_ending_set_up_is_eaten(ending: str, sent: str, codes: list[str], text: str) -> None:
    field = Field(ending)
    field.type(sent, 5)
    field.rest()
    assert (field.codes(), field.text) == (codes, text)
    with pytest.raises(ValueError, match="ending"):
        Field("crcr")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("４２４３６６９５０９０８４０４０８９６０９９３３００００", "4243669509084040896099330000"),
        ("OW1T。abc-_", "OW1T.abc-_"),
        ("ow1r.AbC", "OW1R.aBc"),  # Caps Lock
        ("OW1R.ow1r", "OW1R.ow1r"),
    ],
)
def test_what_input_methods_and_caps_lock_change_is_put_right(typed: str, code: str) -> None:
    field = Field()
    field.type(typed + "\r", 4)
    assert field.codes() == [code]
    assert field.text == ""


def test_letters_still_being_composed_belong_to_the_code() -> None:
    """A pinyin input method composes the letters and hands them over raw at Enter."""
    field = Field()
    for nth in range(1, 9):
        field.stroke("", 6, "owrtabcd"[:nth])
    field.stroke("owrtabcd", 6)
    field.rest()
    assert field.codes() == ["owrtabcd"]


def test_letters_an_input_method_ate_are_said_and_not_typed() -> None:
    field = Field()
    for nth in range(1, 7):
        field.stroke("", 6, "owrabc"[:nth])
    field.stroke("我", 6)
    field.type("24\r", 6)
    assert [one.code for one in field.told if isinstance(one, Fault)] == ["scan-garbled"]
    assert field.told[-1] is None  # one garbled code does not make a bad scanner
    assert field.text == ""


def test_an_input_method_that_only_clears_itself_is_no_stroke() -> None:
    field = Field()
    field.stroke("", 500)
    assert field.wedge.patience_ms is None


def test_nothing_shows_the_text() -> None:
    assert "424" not in repr(Stroke("424", "424")) + repr(Verdict(code="424"))
