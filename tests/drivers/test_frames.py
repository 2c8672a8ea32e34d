"""Frames by template, against sums worked out elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.frames import Frame, crc16
from drivers.protocols import Fault


def test_a_template_says_every_byte() -> None:
    frame = Frame("3A {colour} {length2le} {text} {sum8} 0A", "gb2312", ("colour",))
    data = frame.make({"colour": 2}, "请")
    assert data == bytes.fromhex("3A 02 02 00 C7 EB") + bytes([(0x3A + 2 + 2 + 0xC7 + 0xEB) & 0xFF, 0x0A])


def test_checksums_are_those_everybody_uses() -> None:
    assert crc16(b"123456789") == 0x4B37  # the published check value of CRC-16/MODBUS
    assert Frame("01 03 00 00 00 01 {crc16}").make({}) == bytes.fromhex("010300000001840A")
    assert Frame("01 03 00 00 00 01 {crc16be}").make({})[-2:] == bytes.fromhex("0A84")
    assert Frame("AA 01 {xor8} 55").make({}) == bytes.fromhex("AA01AB55")
    assert Frame("AA {from} 01 02 {sum8}").make({}) == bytes.fromhex("AA010203")


@pytest.mark.parametrize(
    ("template", "encoding"),
    [("", "gb18030"), ("3G", "gb18030"), ("3A5", "gb18030"), ("{colr}", "gbk"), ("3A", "utf-7")],
)
def test_a_wrong_template_is_refused_when_it_is_made(template: str, encoding: str) -> None:
    with pytest.raises(Fault) as caught:
        Frame(template, encoding, ("colour",))
    assert caught.value.code == "frame-template"
    assert caught.value.detail


def test_what_does_not_fit_is_refused_and_what_cannot_be_written_is_a_question_mark() -> None:
    with pytest.raises(Fault):
        Frame("{length} {text}").make({}, "长" * 200)
    with pytest.raises(Fault):
        Frame("{level}", names=("level",)).make({})
    assert Frame("{text}", "gb2312").make({}, "𬱖") == b"?"


@given(st.text(max_size=60), st.sampled_from(["gb2312", "gbk", "gb18030", "utf-8"]))
def test_every_text_has_its_length_and_a_sum_that_holds(text: str, encoding: str) -> None:
    data = Frame("A5 {length2} {text} {xor8}", encoding).make({}, text)
    assert int.from_bytes(data[1:3], "big") == len(data) - 4
    total = 0
    for byte in data:
        total ^= byte
    assert total == 0
