"""Every rare character is drawn, and found again by another program."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents import fonts
from counter_app.documents.press import Press
from counter_app.problems import Problem

# CJK Unified Ideographs Extensions A-F, whole.
RANGES = (
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B739),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
RARE = [chr(code) for first, last in RANGES for code in range(first, last + 1)]
PER_LINE, PER_PAGE = 40, 60
NOBODYS = "\U0003ff0a"  # in a plane no font fills


def _pdf(lines: list[str]) -> bytes:
    press = Press("glyphs", 595, 842)
    for nth, line in enumerate(lines):
        press.ink(20, 820 - nth % PER_PAGE * 13, line, 12)
        if nth % PER_PAGE == PER_PAGE - 1:
            press.turn()
    press.turn()
    return press.finish("content.json", b"{}")


def test_rare_characters_are_found_again(
    size: Callable[[str], int], pdftotext: Callable[[bytes], str]
) -> None:
    count = size("rare_glyphs")
    chosen = RARE if count >= len(RARE) else random.Random(8105).sample(RARE, count)
    lines = ["".join(chosen[at : at + PER_LINE]) for at in range(0, len(chosen), PER_LINE)]
    found = pdftotext(_pdf(lines)).replace("\f", "").splitlines()
    assert found == lines


def test_every_rare_character_has_an_outline() -> None:
    empty = []
    for char in RARE:
        face = fonts.face_of(char)
        assert face is not None
        outlines = fonts.font(face).face
        glyph = outlines.charToGlyph[ord(char)]
        if outlines.glyphPos[glyph + 1] == outlines.glyphPos[glyph]:
            empty.append(char)
    assert empty == []


def test_all_six_extensions_are_tried() -> None:
    assert len(RARE) == 66_923


@given(st.text(st.sampled_from(["王", "𬱖", "䶮", "A", "1", "·", "é", NOBODYS, "\ufe00"]), max_size=30))
def test_runs_are_the_text(text: str) -> None:
    runs = list(fonts.runs(text))
    assert "".join(run.text for run in runs) == text
    for run in runs:
        assert {fonts.face_of(char) for char in run.text} == {run.face}
        assert run.face is not None or len(run.text) == 1


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_widths_add_up(text: str) -> None:
    parts = sum(fonts.width(char, 10.5) for char in text)
    assert fonts.width(text, 10.5) == pytest.approx(parts)


def test_ordinary_text_stays_in_one_font() -> None:
    assert [run.face for run in fonts.runs("王小明 No.1（示例）“您”")] == [fonts.TEXT]


def test_a_character_of_no_font_keeps_its_place() -> None:
    assert fonts.face_of(NOBODYS) is None
    assert fonts.advance(NOBODYS) == fonts.CHIP_WIDTH


@pytest.mark.parametrize("silent", ["\ufe00", "\U000e0100", "\u200d"])
def test_a_selector_takes_no_room(silent: str) -> None:
    assert fonts.face_of(silent) is None
    assert fonts.advance(silent) == 0


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        fonts.path(fonts.Face("None", "no-such-font.ttf", "fonts-none"))
    assert refused.value.code == "font-missing"
    assert "fonts-none" in refused.value.cause
    assert fonts.missing() == ()


def test_fonts_are_embedded_and_cut_down(tmp_path: Path) -> None:
    file = tmp_path / "glyphs.pdf"
    file.write_bytes(_pdf(["欧阳𬱖䶮 abc"]))
    listed = subprocess.run(["pdffonts", str(file)], capture_output=True, check=True, text=True).stdout
    rows = listed.splitlines()[2:]
    assert len(rows) >= 2
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)  # embedded, subset, ToUnicode
    assert file.stat().st_size < 40_000
