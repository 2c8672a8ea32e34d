"""What ReportLab gets wrong and we mend, tried against its own class."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, makeToUnicodeCMap
from reportlab.pdfgen.canvas import Canvas

from counter_app.documents import fonts
from counter_app.documents.mended import MendedFont, to_unicode


def _pdf(font: TTFont, text: str) -> bytes:
    pdfmetrics.registerFont(font)
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setFont(font.fontName, 12)
    for at in range(0, len(text), 40):
        canvas.drawString(20, 800 - at / 2, text[at : at + 40])
    canvas.save()
    return out.getvalue()


def test_the_original_writes_no_utf_16_and_ours_does(pdftotext: Callable[[bytes], str]) -> None:
    """When this fails in its first half, ReportLab is mended and that part of our class can go."""
    utf_16 = "<D873DC56>"
    assert utf_16 not in makeToUnicodeCMap("F", [0, ord("𬱖")])
    assert utf_16 in to_unicode("F", [0, ord("𬱖")])
    assert "𬱖" in pdftotext(_pdf(MendedFont("Ours", str(fonts.path(fonts.FACES[2]))), "𬱖"))


@pytest.mark.parametrize("face", fonts.FACES)
def test_a_character_without_glyph_keeps_its_text(
    face: fonts.Face, pdftotext: Callable[[bytes], str]
) -> None:
    text = "\U0003ff0a\U0003ff0b"
    font = MendedFont(f"Keeps{face.name}", str(fonts.path(face)))
    assert all(not font.face.charToGlyph.get(ord(char)) for char in text)
    assert text in pdftotext(_pdf(font, text))


@pytest.mark.parametrize("count", [1, 31, 32, 33, 254, 255, 256, 257, 700])
def test_codes_never_collide(count: int, pdftotext: Callable[[bytes], str]) -> None:
    """0 is .notdef and 32 a space in every subset; all others are one character each."""
    chars = [chr(0x4E00 + n) for n in range(count)]
    font = MendedFont(f"Ours{count}", str(fonts.path(fonts.TEXT)))
    found = pdftotext(_pdf(font, "".join(chars)))
    assert "".join(found.split()) == "".join(chars)


def test_map_is_utf_16_in_blocks_of_a_hundred() -> None:
    told = to_unicode("F", [0, 0x4E00, 0x2CC56, *range(0x5000, 0x5080)])
    assert "<02> <D873DC56>" in told
    assert "100 beginbfchar" in told
    assert "31 beginbfchar" in told
