"""The 80 mm slip, as a PDF and for a printer that takes text, raster and cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import zxingcpp
from PIL import Image

from counter_app.documents import Papers
from counter_app.domain.papers import PaperContent
from counter_app.seals.receipts import qr_text
from drivers.protocols import PrintJob
from tests.documents.conftest import drawn
from tests.documents.samples import proof_of, sample

PLAIN = replace(sample("SLHZ"), applicant_name="王小明")


def _job(content: PaperContent, reprint: int = 0) -> PrintJob:
    return Papers().render(content, proof_of(content), reprint)


def _texts(job: PrintJob) -> list[str]:
    return [operation[1] for operation in job.operations if operation[0] == "text"]


def test_slip_is_80_mm_wide_and_as_long_as_it_must_be(
    pictures: Callable[[bytes, int], list[Image.Image]],
) -> None:
    short = replace(PLAIN, materials=[], due_on="")
    sizes = [pictures(_job(content).pdf, 72)[0].size for content in (PLAIN, short)]
    assert [width for width, _ in sizes] == [227, 227]
    assert sizes[1][1] < sizes[0][1] < 500


def test_operations_say_what_the_page_says() -> None:
    job = _job(replace(PLAIN, demo=True), 2)
    told = "".join(_texts(job)).replace("-", "")
    page = drawn(replace(PLAIN, demo=True), 2).lines
    for line in page:
        assert line.replace("-", "") in told
    assert job.media == "r80"


def test_operations_end_with_the_qr_and_a_cut() -> None:
    kinds = [operation[0] for operation in _job(PLAIN).operations]
    assert kinds[-4:] == ["raster", "text", "feed", "cut"]
    assert kinds.count("cut") == 1


def _picture(operation: tuple[object, ...]) -> Image.Image:
    _, width, height, data = operation
    assert isinstance(width, int)
    assert isinstance(height, int)
    assert isinstance(data, bytes)
    assert len(data) == (width + 7) // 8 * height
    ink = Image.frombytes("1", ((width + 7) // 8 * 8, height), data)
    paper = Image.new("L", (ink.width + 40, ink.height + 40), 255)
    paper.paste(0, (20, 20), ink.convert("L"))
    return paper


def test_the_raster_is_the_qr_of_the_proof() -> None:
    raster = next(operation for operation in _job(PLAIN).operations if operation[0] == "raster")
    assert [found.text for found in zxingcpp.read_barcodes(_picture(raster))] == [qr_text(proof_of(PLAIN))]


def test_a_name_the_printer_cannot_spell_goes_as_dots() -> None:
    rare = replace(PLAIN, applicant_name="欧阳𬱖䶮")
    before, after = _job(PLAIN), _job(rare)
    assert len(_texts(after)) == len(_texts(before)) - 1
    line = next(operation for operation in after.operations if operation[0] == "raster")
    ink = _picture(line).point(lambda value: 255 - value)
    assert ink.getbbox() is not None
    assert ink.getbbox()[2] > 24 * 7  # type: ignore[index]  # 申请人：欧阳𬱖䶮 is eight characters


def test_no_answer_and_no_disease_lies_open_in_a_basket() -> None:
    job = _job(replace(sample("SLHZ"), situation="恶性肿瘤"))
    told = "".join(_texts(job)) + "".join(drawn(replace(sample("SLHZ"), situation="恶性肿瘤")).lines)
    for secret in ("M03900", "恶性肿瘤", "人民医院", "138****1526"):
        assert secret not in told


def test_lines_do_not_lie_on_each_other(pdftotext: Callable[[bytes], str]) -> None:
    found = [line for line in pdftotext(_job(PLAIN).pdf).splitlines() if line.strip()]
    wanted = drawn(PLAIN).lines
    assert len(found) >= len(wanted) - 1
    assert all(first != second for first, second in pairwise(found))
