"""Signatures given on a device stand on the paper's line, with what they were given under, and verify."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from counter_app.documents import Papers
from counter_app.documents.papers import Document, draw
from counter_app.documents.parts import given
from counter_app.documents.signatures import CLEAR, inked
from counter_app.documents.verify import verify_file
from counter_app.domain.papers import PaperContent, PaperSignature, plain_of
from tests.documents.conftest import ALIKE, DOTS, unlike
from tests.documents.samples import proof_of, public_keys, sample

UNDER = "以上内容我已核对，情况属实。"
NAME, FINGER = "a" * 64, "b" * 64
SIGNED = [PaperSignature(NAME, "sign", UNDER), PaperSignature(FINGER, "finger", UNDER)]
CASES = {"SLTZ": SIGNED[:1], "GZCN": SIGNED[1:], "YCGZ": SIGNED}


def written() -> bytes:
    """A name as a pad gives it: dark on white, with much white around."""
    sheet = Image.new("RGB", (600, 300), "white")
    pen = ImageDraw.Draw(sheet)
    pen.line([(80, 200), (160, 90), (210, 210), (300, 110), (360, 200), (470, 120)], "black", 9)
    return png(sheet)


def pressed() -> bytes:
    """A finger: rings, grey on white."""
    sheet = Image.new("L", (256, 360), 255)
    pen = ImageDraw.Draw(sheet)
    for nth in range(12):
        pen.ellipse([20 + nth * 9, 20 + nth * 13, 236 - nth * 9, 340 - nth * 13], outline=70, width=4)
    return png(sheet)


def png(sheet: Image.Image) -> bytes:
    held = io.BytesIO()
    sheet.save(held, "PNG")
    return held.getvalue()


PICTURES = {NAME: written(), FINGER: pressed()}


def signed(kind: str) -> PaperContent:
    return replace(sample(kind), signatures=CASES[kind])


@pytest.mark.parametrize("kind", CASES)
def test_a_signed_paper_is_the_golden_one(
    kind: str,
    papers: Papers,
    golden: Callable[[str, bytes], bytes],
    pictures: Callable[[bytes, int], list[Image.Image]],
) -> None:
    content = signed(kind)
    told = "\n".join(draw(Document(plain_of(content), proof_of(content))).press.lines) + "\n"
    assert told == golden(f"{kind}-signed.txt", told.encode("utf-8")).decode("utf-8")
    pages = pictures(papers.render(content, proof_of(content), 0, PICTURES).pdf, DOTS)
    assert len(pages) == 1
    held = io.BytesIO()
    pages[0].quantize(16).save(held, "PNG", optimize=True)
    kept = Image.open(io.BytesIO(golden(f"{kind}-signed.png", held.getvalue()))).convert("L")
    assert unlike(pages[0], kept) < ALIKE


@pytest.mark.parametrize("kind", CASES)
def test_it_verifies_without_the_pictures_at_hand(kind: str, papers: Papers, tmp_path: Path) -> None:
    content, file = signed(kind), tmp_path / "a.pdf"
    file.write_bytes(papers.render(content, proof_of(content), 0, PICTURES).pdf)
    assert verify_file(file, public_keys()).ok
    other = replace(content, signatures=[])
    file.write_bytes(papers.render(other, proof_of(content), 0, PICTURES).pdf)
    assert verify_file(file, public_keys()).because == "单据内容与签名不符。"


def test_a_lost_picture_leaves_the_line_to_be_signed_by_hand(
    papers: Papers, pictures: Callable[[bytes, int], list[Image.Image]], tmp_path: Path
) -> None:
    content, file = signed("SLTZ"), tmp_path / "a.pdf"
    for lost in (b"", b"\x89PNG\r\n\x1a\n rubbish"):
        job = papers.render(content, proof_of(content), 0, {NAME: lost})
        file.write_bytes(job.pdf)
        assert verify_file(file, public_keys()).ok
        there = papers.render(content, proof_of(content), 0, PICTURES).pdf
        assert unlike(pictures(job.pdf, DOTS)[0], pictures(there, DOTS)[0]) > 0


def test_same_arguments_same_bytes_and_no_signature_no_trace(papers: Papers) -> None:
    content = signed("SLTZ")
    one, other = (papers.render(content, proof_of(content), 0, PICTURES).pdf for _ in range(2))
    assert one == other
    assert "signatures" not in plain_of(sample("SLTZ"))


def test_only_the_ink_is_printed_as_large_as_it_can_be() -> None:
    with Image.open(inked(PICTURES[NAME], 90, 36)) as found:
        alpha = found.getchannel("A")
        assert found.size == (360, 144)
        left, top, right, bottom = alpha.getbbox() or (0, 0, 0, 0)
        assert right - left == 360 or bottom - top == 144
        assert alpha.getpixel((1, 1)) == 0
    assert inked(b"none", 90, 36).getvalue() == CLEAR
    with Image.open(inked(png(Image.new("RGB", (50, 50), "white")), 90, 36)) as empty:
        assert empty.getchannel("A").getbbox() is None


def test_of_several_names_the_last_has_the_line() -> None:
    other = PaperSignature("other", "sign", UNDER)
    twice = replace(sample("SLTZ"), signatures=[other, *SIGNED])
    assert given(twice).pages == (NAME, FINGER)


def test_the_slip_bears_the_ink_too(papers: Papers) -> None:
    content = replace(sample("SLHZ"), signatures=SIGNED[:1])
    job = papers.render(content, proof_of(content), 0, PICTURES)
    sizes = {operation[1:3]: operation[3] for operation in job.operations if operation[0] == "raster"}
    (width, height), dots = (288, 96), sizes[288, 96]
    inked_bits = sum(bin(byte).count("1") for byte in dots)
    assert 0.01 < inked_bits / (width * height) < 0.4
    assert any(UNDER in operation[1] for operation in job.operations if operation[0] == "text")
    lines = draw(Document(plain_of(content), proof_of(content))).press.lines
    assert UNDER in "".join(lines)
    unsigned = papers.render(sample("SLHZ"), proof_of(sample("SLHZ")), 0, PICTURES)
    assert (288, 96) not in [operation[1:3] for operation in unsigned.operations]
