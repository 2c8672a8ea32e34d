"""SDT frames and the text blocks of the four kinds of identity card."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.problems import ROWS
from drivers.cards import sdt
from drivers.cards.sdt_simulator_card import IdCardSpec
from drivers.protocols import Fault, IdCardRead

RESIDENT: dict[str, Any] = {
    "name": "王敏",
    "idno": "371102197608201244",
    "ethnic_code": "11",
    "address": "山东省日照市东港区石臼街道示例路1号",
    "issuer": "日照市公安局东港分局",
}


def told(new_address: str = "", **spec: Any) -> IdCardRead:
    card = IdCardSpec.of(spec)
    return sdt.card_of(card.text(), card.picture(), new_address.encode("utf-16-le"), "r")


def code_of(work: Any) -> str:
    with pytest.raises(Fault) as caught:
        work()
    return caught.value.code


# GA/T 467 command frames as the reader's manual prints them
@pytest.mark.parametrize(
    ("command", "hex_frame"),
    [
        (sdt.RESET, "AAAAAA96690003" + "10FFEC"),
        (sdt.STATUS, "AAAAAA96690003" + "11FFED"),
        (sdt.FIND, "AAAAAA96690003" + "200122"),
        (sdt.SELECT, "AAAAAA96690003" + "200221"),
        (sdt.READ_BASE, "AAAAAA96690003" + "300132"),
        (sdt.READ_ADDRESS, "AAAAAA96690003" + "300330"),
    ],
)
def test_commands_are_framed_as_printed(command: bytes, hex_frame: str) -> None:
    assert sdt.frame(command).hex().upper() == hex_frame


@given(st.lists(st.binary(min_size=1, max_size=80), max_size=6), st.lists(st.integers(1, 40), max_size=30))
def test_whole_frames_come_out_of_a_stream_cut_anywhere(bodies: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(b"\x00\xaa\x69" + sdt.frame(body) for body in bodies)
    splitter, found = sdt.Splitter(), []
    for cut in [*cuts, len(stream)]:
        found += splitter.feed(stream[:cut])
        stream = stream[cut:]
    assert found == bodies


@given(st.binary(max_size=300))
def test_after_any_noise_frames_are_found_again(noise: bytes) -> None:
    splitter, found, faults = sdt.Splitter(), [], set()
    for data in [noise + sdt.HEAD + noise, *[sdt.frame(b"\x00\x00\x90")] * 500]:
        try:
            found += splitter.feed(data)
        except Fault as fault:
            faults.add(fault.code)
    assert faults <= {"device-broken"}
    assert found[-1] == b"\x00\x00\x90"


def test_one_wrong_bit_is_noticed() -> None:
    whole = sdt.frame(b"\x00\x00\x90" + b"text")
    for bit in range(7 * 8, len(whole) * 8):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        assert code_of(lambda data=bytes(damaged): sdt.Splitter().feed(data)) == "device-broken"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (0x80, "card-none"),
        (0x81, "idcard-again"),
        (0x41, "idcard-again"),
        (0x31, "idcard-again"),
        (0x40, "idcard-wrong"),
        (0x10, "device-broken"),
        (0x21, "device-broken"),
        (0x66, "reader-refused"),
        (0x60, "reader-refused"),
        (0xEE, "reader-refused"),
    ],
)
def test_each_status_has_its_own_advice(code: int, name: str) -> None:
    fault = sdt.refusal(sdt.Answer(bytes([0, 0, code])))
    assert fault.code == name
    assert ROWS[name].advice


def test_a_resident_card_is_read_whole() -> None:
    card = told(**RESIDENT)
    assert (card.kind, card.name, card.idno, card.sex, card.ethnic_code) == (
        "resident",
        "王敏",
        "371102197608201244",
        "2",
        "11",
    )
    assert (card.birth_date, card.valid_from, card.valid_to) == ("1976-08-20", "2016-05-01", "2036-05-01")
    assert (card.address, card.issuer) == (RESIDENT["address"], "日照市公安局东港分局")
    assert (card.complete, card.missing, len(card.photo)) == (True, (), 1024)


def test_the_new_address_replaces_the_printed_one() -> None:
    card = told("山东省日照市岚山区安东卫街道新居路2号".ljust(35), **RESIDENT)
    assert card.address == "山东省日照市岚山区安东卫街道新居路2号"


def test_a_card_for_ever() -> None:
    assert told(**RESIDENT, valid_to="长期").valid_to == "长期"


def test_a_residence_permit_of_hong_kong() -> None:
    number = {"idno": "810000199001011230", "pass_no": "H12345678", "issue_count": "02"}
    card = told(kind="hmt", **{**RESIDENT, **number})
    assert (card.kind, card.idno, card.pass_no, card.issue_count) == (
        "hmt",
        "810000199001011230",
        "H12345678",
        "02",
    )
    assert (card.ethnic_code, card.complete, card.address) == ("", True, RESIDENT["address"])


FOREIGN = {"foreign_name": "MARTINEZ GARCIA, ANA MARIA", "nationality": "ESP", "sex": "2"}


def test_a_foreigners_card_of_2017() -> None:
    born = {"birth_date": "1985-03-04", "idno": "ESP310085030415", "issuer": "1500"}
    card = told(kind="foreigner", name="安娜", **FOREIGN, **born)
    assert (card.kind, card.name, card.foreign_name) == (
        "foreigner",
        "安娜",
        "MARTINEZ GARCIA, ANA MARIA",
    )
    assert (card.idno, card.nationality, card.birth_date) == ("ESP310085030415", "ESP", "1985-03-04")
    assert (card.issuer, card.address, card.complete) == ("1500", "", True)


def test_who_has_no_chinese_name_is_called_by_the_foreign_one() -> None:
    born = {"birth_date": "1985-03-04", "idno": "ESP310085030415", "issuer": "1500"}
    card = told(kind="foreigner", **FOREIGN, **born)
    assert card.name == "MARTINEZ GARCIA, ANA MARIA"


def test_a_foreigners_card_of_2023_joins_the_two_parts_of_a_long_name() -> None:
    name = "ABCDEFGHIJ KLMNOPQRST UVWXYZABCDEF, GHIJKLMNO"
    card = told(kind="foreigner_2023", idno="911555198503042224", foreign_name=name, nationality="ESP")
    assert (card.kind, card.foreign_name, card.name) == ("foreigner_2023", name, name)
    assert (card.sex, card.birth_date, card.nationality) == ("2", "1985-03-04", "ESP")
    assert (card.complete, card.missing) == (True, ())


@pytest.mark.parametrize(
    ("offset", "hex_bytes", "missing"),
    [
        ("0", "00D8", ("name",)),  # half of a surrogate pair
        ("0", "0900", ("name",)),  # a control character
        ("36", "41004200", ("birth_date",)),
        ("204", "3200300032003600310033003300310", ("valid_to",)),
        ("122", "2000" * 18, ("idno",)),
    ],
)
def test_what_is_no_text_and_no_date_is_missing_and_never_mended(
    offset: str, hex_bytes: str, missing: tuple[str, ...]
) -> None:
    whole = hex_bytes if len(hex_bytes) % 2 == 0 else hex_bytes + "0"
    card = told(**RESIDENT, raw={offset: whole})
    assert (card.complete, card.missing) == (False, missing)
    assert not getattr(card, missing[0])


def test_a_number_with_a_wrong_check_digit_is_handed_on_as_it_is() -> None:
    assert told(**{**RESIDENT, "idno": "371102197608201245"}).idno == "371102197608201245"


def test_an_unknown_layout_is_refused() -> None:
    assert code_of(lambda: told(**RESIDENT, raw={"248": "5A00"})) == "card-data"


@given(st.binary(min_size=256, max_size=256), st.binary(max_size=70))
def test_any_block_is_a_reading_or_a_fault(text: bytes, address: bytes) -> None:
    if text[248:250].decode("utf-16-le", "replace") in " \0JIY":
        card = sdt.card_of(text, b"", address, "r")
        assert card.complete == (not card.missing)
    else:
        assert code_of(lambda: sdt.card_of(text, b"", address, "r")) == "card-data"


@given(st.binary(max_size=40))
def test_any_base_data_of_a_wrong_length_is_refused(data: bytes) -> None:
    assert code_of(lambda: sdt.base_of(data)) == "card-data"


def test_the_sample_head_of_a_good_base_answer() -> None:
    head = bytes.fromhex("AAAAAA9669050800009001000400")
    card = IdCardSpec.of(RESIDENT)
    body = b"\x00\x00\x90\x01\x00\x04\x00" + card.text() + card.picture()
    whole = sdt.frame(body)
    assert (whole[: len(head)], len(whole)) == (head, 1295)
    assert sdt.base_of(sdt.answer_of(body).data) == (card.text(), card.picture())
