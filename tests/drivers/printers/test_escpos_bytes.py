"""Receipts as bytes: our own encoder, rare characters as dots, and no character cut in two."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.printers import escpos_bytes
from drivers.printers.escpos_paper import Printer
from drivers.protocols import Fault

words = st.text(st.characters(codec="gbk", exclude_categories=("Cc",)), max_size=120)


def draw(text: str) -> escpos_bytes.Dots:
    return 8, 1, b"\xff"


def made(*operations: tuple[Any, ...], columns: int = 48) -> bytes:
    return escpos_bytes.receipt(operations, columns, draw)


def test_the_bytes_of_a_small_receipt() -> None:
    told = made(("text", "医保 ¥12.50", "centre large bold"), ("feed", 3), ("cut",)).hex(" ").upper()
    assert told == (
        "1B 40 1C 26 "  # reset, Chinese on
        "1B 61 01 1D 21 11 1B 45 01 "  # centre, large, bold
        "D2 BD B1 A3 20 A3 A4 31 32 2E 35 30 0A "  # the yuan sign as ￥
        "1D 21 00 1B 45 00 1B 61 00 "
        "1B 64 03 1D 56 42 00"
    )


@given(words, st.integers(2, 48))
def test_what_is_printed_is_what_was_said(text: str, columns: int) -> None:
    printer = Printer()
    printer.feed(made(("text", text, ""), ("cut",), columns=columns))
    lines = printer.receipts[0].words
    assert "".join(lines) == escpos_bytes.plain(text)
    assert all(escpos_bytes.width(line) <= columns for line in lines)


def test_every_character_sent_as_text_is_the_same_in_gb18030() -> None:
    """Printers of either font read the same bytes; whatever they might read apart goes as dots."""
    sent = [char for char in map(chr, range(0x80, 0x10000)) if not escpos_bytes.needs_dots(char)]
    assert len(sent) > 21_000
    assert [c for c in sent if c.encode("gbk").decode("gb18030") != c or len(c.encode("gbk")) != 2] == []
    assert [c for c in ("\u4dae", "𬱖", "𠮷", "€") if not escpos_bytes.needs_dots(c)] == []


def test_no_line_begins_with_a_closing_mark() -> None:
    assert escpos_bytes.broken("查询进度。", 8) == ["查询进", "度。"]
    assert escpos_bytes.broken("（是）", 2) == ["（", "是", "）"]  # nothing to take along


@given(st.text(max_size=40))
def test_any_text_is_words_or_dots_and_never_a_question_mark(text: str) -> None:
    printer = Printer()
    printer.feed(made(("text", text, ""), ("cut",)))
    receipt = printer.receipts[0]
    rare = escpos_bytes.needs_dots(escpos_bytes.plain(text))
    assert receipt.rasters == int(rare)
    assert "".join(receipt.words) == ("" if rare else escpos_bytes.plain(text))


def test_nothing_in_a_text_is_a_command() -> None:
    printer = Printer()
    printer.feed(made(("text", "甲\x1b@\x1dV\x00乙\n丙", ""), ("cut",)))
    assert len(printer.receipts) == 1
    assert printer.receipts[0].words == ["甲 @ V 乙 丙"]


def test_a_high_picture_goes_in_bands() -> None:
    printer = Printer()
    printer.feed(made(("raster", 16, 300, bytes(600)), ("cut",)))
    assert printer.receipts[0].rasters == 3
    assert sum(strip.height for strip in printer.receipts[0].strips) == 300


@pytest.mark.parametrize(
    "operation",
    [
        ("jump",),
        (),
        ("text",),
        ("text", 5, ""),
        ("raster", 8, 2, b"x"),
        ("raster", 8, 0, b""),
        ("feed", 300),
        ("feed", "x"),
    ],
)
def test_what_is_no_operation_is_refused(operation: tuple[Any, ...]) -> None:
    with pytest.raises(Fault) as caught:
        made(operation)
    assert caught.value.code == "printer-refused"
