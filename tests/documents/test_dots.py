"""Dots for receipt printers."""

from __future__ import annotations

import pytest

from counter_app.documents.dots import LINE, needs_dots, qr_dots, text_dots


@pytest.mark.parametrize(
    ("text", "is_rare"),
    [("王小明", False), ("買買提·A-1（）", False), ("𬱖", True), ("䶮", True), ("张é", False), ("张ñ", True)],
)
def test_only_what_the_printer_lacks_goes_as_dots(text: str, is_rare: bool) -> None:
    assert needs_dots(text) is is_rare


def test_qr_rows_are_whole_bytes_most_significant_first() -> None:
    assert qr_dots([[True, False, True], [False, False, False], [True, True, True]]) == (
        "raster",
        12,
        12,
        bytes.fromhex("f0f0" * 4 + "0000" * 4 + "fff0" * 4),
    )


def test_long_lines_wrap_inside_the_head() -> None:
    one, two = text_dots("𬱖" * 3), text_dots("𬱖" * 30)
    assert one[1] == two[1] == LINE
    assert two[2] == 2 * one[2]


def test_every_character_leaves_ink_also_one_of_no_font() -> None:
    _, _, _, blank = text_dots("")
    assert not any(blank)
    for text in ("𬱖", "王", "\U0003ff0a"):
        assert any(text_dots(text)[3])
