"""Records and return codes of the vendor libraries of social-security readers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.problems import ROWS
from drivers.cards import vendor_record as record
from drivers.protocols import Fault
from tests.fakes.hostile import honest
from tests.fakes.vendor import NAME, NUMBER, RECORD


def gbk(text: str) -> bytes:
    return text.encode("gb18030")


def test_a_record_is_read_whole() -> None:
    card = record.card_of(gbk(RECORD), "r", "proof")
    assert (card.region, card.idno, card.card_no, card.name) == ("371100", NUMBER, "X60820124", NAME)
    assert (card.spec_version, card.issued_on, card.expires_on) == ("2.00", "2016-05-01", "2036-04-30")
    assert (card.atr, card.complete, card.missing, card.proof) == (
        "00814E43238697159900BF7C7A",
        True,
        (),
        "proof",
    )
    assert card.card_id == "371100D15600000500BF7C7A48FB4966"


@pytest.mark.parametrize("parts", [9, 11, 12])
@pytest.mark.parametrize("ending", ["|", ""])
def test_records_of_every_length_that_occurs(parts: int, ending: str) -> None:
    told = [*RECORD.split("|")[:11], "JS123"][:parts]
    assert record.card_of(gbk("|".join(told) + ending), "r").complete


def test_a_version_3_card_without_key_module_says_what_is_missing() -> None:
    card = record.card_of(
        gbk("371100|||371100D15600000500BF7C7A48FB4966||00814E|3.00|20200101|20300101|"), "r"
    )
    assert (card.complete, card.missing) == (False, ("idno", "card_no", "name"))


@pytest.mark.parametrize(
    ("nth", "value", "key"),
    [
        (0, "37110", "region"),
        (1, "11010519491231002?", "idno"),
        (3, "XYZ", "card_id"),
        (7, "20161301", "issued_on"),
    ],
)
def test_a_part_of_the_wrong_kind_is_missing_and_kept_as_bytes(nth: int, value: str, key: str) -> None:
    parts = RECORD.split("|")
    parts[nth] = value
    card = record.card_of(gbk("|".join(parts)), "r")
    assert (card.missing, card.raw) == ((key,), {key: value.encode().hex().upper()})
    assert getattr(card, key) == ""


def test_a_wrong_check_digit_is_not_mended() -> None:
    assert record.card_of(gbk(RECORD.replace(NUMBER, "110105194912310021")), "r").idno == "110105194912310021"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_card_or_a_fault(data: bytes) -> None:
    try:
        card = record.card_of(data, "r")
    except Fault as fault:
        said = fault.code
    else:
        said = "card-data" if card.complete == (not card.missing) else ""
    assert said == "card-data"


@given(st.integers(-70000, 70000).filter(bool), st.binary(max_size=60))
def test_every_code_is_a_refusal_with_advice_and_without_long_numbers(code: int, text: bytes) -> None:
    fault = record.fault_of(code, text + NUMBER.encode())
    assert ROWS[fault.code].advice
    assert NUMBER not in fault.detail


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (-1, "card-wrong"),
        (-2, "card-none"),
        (-4, "card-mute"),
        (-12, "reader-none"),
        (-21, "card-fake"),
        (-32, "pin-timeout"),
        (-52, "pin-locked"),
        (-2203, "card-needs-key"),
        (-27266, "card-wrong"),
        (-27265, "card-locked"),
        (-27011, "pin-locked"),
        (-27010, "card-needs-key"),
        (-25536, "pin-locked"),  # 63C0
        (-25538, "pin-wrong"),
        (-26881, "card-data"),
        (-37635, "card-locked"),
        (7, "vendor-refused"),
    ],
)
def test_the_published_codes(code: int, name: str) -> None:
    assert record.fault_of(code, b"").code == name


def test_how_many_tries_are_left_is_told() -> None:
    assert record.fault_of(-51, gbk("还可以输入3次")).detail == "3"
    assert record.fault_of(-0x63C2, b"").detail == "2"


@pytest.mark.parametrize("text", [b"", b"|", b"a|b|c|", b"|" * 40])
def test_too_few_or_too_many_parts_are_refused(text: bytes) -> None:
    with pytest.raises(Fault) as caught:
        record.card_of(text, "r")
    assert caught.value.code == "card-data"


@given(st.integers(0, len(gbk(RECORD)) - 1), st.binary(min_size=1, max_size=2))
def test_a_changed_byte_is_shown_as_it_is_or_left_out_and_never_repaired(at: int, bad: bytes) -> None:
    data = gbk(RECORD)[:at] + bad + gbk(RECORD)[at + len(bad) :]
    try:
        card = record.card_of(data, "r")
    except Fault as fault:
        said = fault.code
    else:
        honest(card, data)
        said = "card-data"
    assert said == "card-data"
