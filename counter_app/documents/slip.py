"""A slip: one narrow page as long as its content, and the same as operations for a receipt printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from counter_app.documents import attachment, parts, words
from counter_app.documents.registry import Paper
from counter_app.documents.sheet import MM, Sheet
from counter_app.documents.slhz import lines
from counter_app.domain.papers import PaperContent

WIDTH, TALL = 72 * MM, 600 * MM
MARGIN, QR = 3 * MM, 26 * MM
DOTS = 4  # printer dots to one module of the QR


def pdf(
    paper: Paper, content: PaperContent, qr: Sequence[Sequence[bool]], reprint: int, name: str, data: bytes
) -> bytes:
    """The slip as a PDF: composed once to learn its length, once for good."""
    used = TALL - _write(paper, content, qr, reprint, TALL).y
    sheet = _write(paper, content, qr, reprint, used + MARGIN * 2)
    attachment.embed(sheet.canvas, name, data)
    return sheet.finish()


def operations(
    content: PaperContent, title: str, qr: Sequence[Sequence[bool]], reprint: int
) -> tuple[tuple[Any, ...], ...]:
    """The slip for a printer that takes text, raster and cut."""
    head = content.agency.name or content.agency.region_name
    told: list[tuple[Any, ...]] = []
    if content.demo:
        told.append(("text", words.form("common")["demo"], "centre"))
    if reprint:
        told.append(("text", f"补打 {reprint}", "bold"))
    told += [("text", head, "centre"), ("text", title, "centre large")]
    told += [("text", line, "") for line in lines(content)]
    told += [("text", line, "small") for line in words.form("slhz")["notices"]]
    told += [_raster(qr), ("feed", 3), ("cut",)]
    return tuple(told)


def _write(
    paper: Paper, content: PaperContent, qr: Sequence[Sequence[bool]], reprint: int, height: float
) -> Sheet:
    sheet = Sheet(
        f"{paper.title} {content.number}", (WIDTH, height), MARGIN, 9, _head(content, paper.title, reprint)
    )
    sheet.bottom = 0
    paper.compose(sheet, content)
    sheet.y -= QR + 6
    parts.draw_qr(sheet, qr, (WIDTH - QR) / 2, sheet.y, QR)
    return sheet


def _head(content: PaperContent, title: str, reprint: int) -> Callable[[Sheet], None]:
    def begin(sheet: Sheet) -> None:
        if content.demo:
            sheet.y -= 10
            sheet.centred(sheet.y, words.form("common")["demo"], 8)
        if reprint:
            sheet.y -= 12
            sheet.text(sheet.left, sheet.y, f"补打 {reprint}", 9, bold=True)
        sheet.y -= 14
        sheet.centred(sheet.y, content.agency.name or content.agency.region_name, 9)
        sheet.y -= 20
        sheet.centred(sheet.y, title, 15, bold=True)
        sheet.y -= 6

    return begin


def _raster(qr: Sequence[Sequence[bool]]) -> tuple[Any, ...]:
    """The QR as black-and-white rows, eight dots to a byte, most significant first."""
    size = len(qr) * DOTS
    rows = bytearray()
    for line in qr:
        bits = "".join(("1" if dark else "0") * DOTS for dark in line)
        bits += "0" * (-len(bits) % 8)
        rows += bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)) * DOTS
    return ("raster", size, size, bytes(rows))
