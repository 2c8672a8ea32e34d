"""A real receipt, from its content through CUPS: what cups-pdf puts down says what the receipt says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image, ImageChops
from pypdf import PdfReader

from counter_app.documents import Papers
from counter_app.seals.receipts import qr_text
from drivers import registry
from tests.documents.contents import INSTANT
from tests.documents.samples import proof_of

KEEPS_WORDS = "pdftops-renderer=pdftocairo"  # of the filters before a PostScript printer, the one that does


def words(file: Path) -> str:
    """The Chinese words of a file; digits and Latin letters go through PostScript as bare glyphs."""
    told = "".join(page.extract_text() for page in PdfReader(file).pages)
    return "".join(re.findall(r"[\u3400-\u9fff，。：、；（）·]", told))


def ink(file: Path) -> Any:
    """Its first page as it would lie in the tray, in black and white."""
    argv = ["pdftoppm", "-r", "100", "-gray", "-singlefile", str(file), str(file.with_suffix(""))]
    subprocess.run(argv, check=True, capture_output=True)
    return Image.open(file.with_suffix(".pgm"))


def printed(cups_queue: Any, tmp_path: Path, *options: str) -> tuple[Path, Path]:
    """The receipt as we made it and as it came out."""
    job = Papers().render(INSTANT, proof_of(INSTANT))
    ours = tmp_path / "ours.pdf"
    ours.write_bytes(job.pdf)
    known = set(cups_queue.folder.glob("*.pdf"))
    printer = registry.open("printers.system_queue", {"queue": cups_queue.queue, "options": options})
    assert printer.print(job).state == "done"
    theirs = tmp_path / "theirs.pdf"
    theirs.write_bytes(cups_queue.wait_for_paper(known).read_bytes())
    return ours, theirs


def test_a_receipt_comes_out_with_the_right_words(cups_queue: Any, tmp_path: Path) -> None:
    ours, theirs = printed(cups_queue, tmp_path, KEEPS_WORDS)
    assert words(theirs) == words(ours)
    for part in ("业务办理回执", "阿卜杜热合曼江·买买提吐尔逊江", "异地安置退休人员备案", "已当场办结"):
        assert part in words(theirs)


def test_the_page_lies_in_the_tray_as_it_was_made_and_its_code_can_be_read(
    cups_queue: Any, tmp_path: Path
) -> None:
    ours, theirs = (ink(file) for file in printed(cups_queue, tmp_path))
    assert theirs.size == ours.size
    differ = ImageChops.difference(ours, theirs).point(lambda dot: 255 if dot > 128 else 0)
    dark = ours.point(lambda dot: 255 if dot < 128 else 0).histogram()[255]
    assert dark > 5000
    assert differ.histogram()[255] < dark * 0.05
    assert [found.text for found in zxingcpp.read_barcodes(theirs)] == [qr_text(proof_of(INSTANT))]
