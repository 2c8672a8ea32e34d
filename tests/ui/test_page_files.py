"""Files as pages: pictures of every common kind, PDF, what is too large, what is no page; covers burnt in."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from counter_app.problems import Problem
from tests.fakes.page_pictures import page_picture
from ui import page_files
from ui.page_files import MOST_BYTES, SIZES, blackened, pages_of


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF"])
def test_a_picture_of_any_common_kind_is_one_page(qapp: QApplication, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"照片.{kind.lower()}"
    Image.new("RGB", (300, 200), "#336699").save(file, kind)
    (page,) = pages_of(file)
    assert page.startswith(b"\xff\xd8")
    assert QImage.fromData(page).size().toTuple() == (300, 200)


def test_a_picture_held_sideways_stands_upright_and_nothing_shines_through(
    qapp: QApplication, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a telephone held upright
    Image.new("RGB", (300, 200), "white").save(tmp_path / "a.jpg", exif=exif)
    assert QImage.fromData(pages_of(tmp_path / "a.jpg")[0]).size().toTuple() == (200, 300)
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(tmp_path / "b.png")
    assert QImage.fromData(pages_of(tmp_path / "b.png")[0]).pixelColor(5, 5).lightness() > 250


def test_a_large_picture_becomes_a_page_that_is_kept(qapp: QApplication, tmp_path: Path) -> None:
    Image.new("L", (4200, 300), "white").save(tmp_path / "a.png")
    (page,) = pages_of(tmp_path / "a.png")
    assert QImage.fromData(page).width() == SIZES[0]
    Image.effect_noise((1500, 1200), 120).save(tmp_path / "b.png")
    (noise,) = pages_of(tmp_path / "b.png")
    assert len(noise) <= MOST_BYTES
    assert not QImage.fromData(noise).isNull()


def test_every_page_of_a_pdf_is_a_page(qapp: QApplication, tmp_path: Path) -> None:
    first, second = (Image.new("RGB", (200, 280), colour) for colour in ("red", "blue"))
    first.save(tmp_path / "a.pdf", save_all=True, append_images=[second])
    pages = pages_of(tmp_path / "a.pdf")
    colours = [Image.open(io.BytesIO(page)).convert("RGB").getpixel((20, 20)) for page in pages]
    assert [max(range(3), key=lambda at, c=colour: c[at]) for colour in colours] == [0, 2]


@pytest.mark.parametrize("data", [b"", b"no picture", b"%PDF-1.7\nbroken"])
def test_what_is_no_page_is_refused(qapp: QApplication, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    with pytest.raises(Problem) as refused:
        pages_of(tmp_path / "a.jpg")
    assert refused.value.code == "page-file"
    with pytest.raises(Problem):
        pages_of(tmp_path / "none.jpg")


def test_without_the_tool_it_says_what_to_install(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_files, "TOOL", "no-such-tool")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(Problem) as refused:
        pages_of(tmp_path / "a.pdf")
    assert refused.value.code == "page-file-tool"


def test_what_is_covered_is_gone(qapp: QApplication) -> None:
    page = page_picture()
    covered = QImage.fromData(blackened(page, (QRectF(0.0, 0.0, 0.5, 0.25), QRectF(0.9, 0.9, 0.1, 0.1))))
    assert covered.size() == QImage.fromData(page).size()
    wide, high = covered.width(), covered.height()
    for x, y in ((5, 5), (wide // 2 - 12, high // 4 - 12), (wide - 5, high - 5)):
        assert covered.pixelColor(x, y).lightness() < 12
    assert covered.pixelColor(wide // 2 + 12, high // 4 + 12).lightness() > 200
