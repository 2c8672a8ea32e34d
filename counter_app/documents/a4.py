"""One A4 paper: head with number, seal and QR, the pages, a foot with page n of m."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from counter_app.documents import fonts, watermark, words
from counter_app.documents.bilingual import lighter, tongue_of, words_for
from counter_app.documents.codes import qr_matrix
from counter_app.documents.paging import Page, pages
from counter_app.documents.press import Press, Qr
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form, practice
from counter_app.documents.shaping import shaped
from counter_app.documents.strips import MM, SOFT, Ink, SealPlace, Shape
from counter_app.domain.papers import PaperContent

WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, TOP, BOTTOM = 19 * MM, 11.5 * MM, 15.5 * MM
ROOM = WIDTH - 2 * LEFT
QR_SIZE = 25 * MM
RATE_SIZE = 21 * MM
HEAD, RUNNING = QR_SIZE + 26, 26.0
SEAL_FRAME, SEAL_IMAGE = 25 * MM, 29 * MM  # a frame to stamp in; a printed seal may reach over it


@dataclass(frozen=True, slots=True)
class Made:
    """Everything on the paper besides what it says."""

    qr: Qr
    check_code: str
    reprint: int = 0
    edition: int = 0
    seal: bytes = b""  # a square picture; b"" for a frame to be stamped
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # of signatures, by name


def lay_out(paper: Paper, content: PaperContent, made: Made) -> list[Page]:
    """The pages of a paper with every line in its place; one sheet in Chinese is one in two languages."""
    first = HEIGHT - TOP - HEAD - BOTTOM
    later = HEIGHT - TOP - RUNNING - BOTTOM
    seal = SEAL_IMAGE if made.seal else SEAL_FRAME
    given = paper.blocks(content, made.edition)
    whole = pages(given, ROOM, first, later, seal)
    if len(whole) == 1 or not content.tongue:
        return whole
    tries = (pages(less, ROOM, first, later, seal) for less in lighter(given))
    return next((found for found in tries if len(found) == 1), whole)


def press(paper: Paper, content: PaperContent, made: Made) -> Press:
    """The paper, drawn; the document is still open for an attachment."""
    found = lay_out(paper, content, made)
    sheet = Press(f"{paper.heading(content)} {content.number}", WIDTH, HEIGHT)
    mark = watermark.mark_of(content)
    for nth, page in enumerate(found):
        if mark:
            sheet.ground(watermark.ground(mark, WIDTH, HEIGHT))
        top = HEIGHT - TOP
        if nth == 0:
            _head(sheet, paper, content, made)
        else:
            sheet.ink(LEFT, top - 14, f"{paper.heading(content)}（续）　编号：{content.number}", 9, SOFT)
            sheet.shape(Shape(0, 0, ROOM, edge=0.3, thick=0.6), LEFT, top - 20)
        _issuer(sheet, page, content, top - (HEAD if nth == 0 else RUNNING), framed=not made.seal)
        head = HEAD if nth == 0 else RUNNING
        sheet.page(page, LEFT, top - head, BytesIO(made.seal) if made.seal else None, made.pictures)
        _foot(sheet, content, made, nth + 1, len(found))
        sheet.turn()
    return sheet


def _head(press: Press, paper: Paper, content: PaperContent, made: Made) -> None:
    form, top, right = Form("common", content, made.edition), HEIGHT - TOP, LEFT + ROOM
    _demo(press, content, form)
    press.qr(made.qr, right - QR_SIZE, top - QR_SIZE, QR_SIZE)
    press.centred(top - 26, words.issuer(content), 14)
    press.centred(top - 57, paper.heading(content), 23, bold=True)
    if content.tongue:
        press.centred(top - 70, aside(paper, content, made), 9.5, SOFT)
    press.ink(LEFT, top - QR_SIZE - 11, f"编号：{content.number}", 10.5)
    press.right(right, top - QR_SIZE - 11, f"{form.text('verify')}　验真码 {made.check_code}", 8.5, SOFT)
    press.shape(Shape(0, 0, ROOM, edge=0.1, thick=1.2), LEFT, top - QR_SIZE - 18)
    left = LEFT + _rating(press, content, top)
    if made.reprint:
        mark = f"补打 {made.reprint}"
        wide = fonts.width(mark, 11) + 14
        press.shape(Shape(0, 0, wide, 20, edge=0.1, thick=0.9), left, top - 8)
        press.ink(left + 7, top - 22, mark, 11, bold=True)


def aside(paper: Paper, content: PaperContent, made: Made) -> str:
    """The title in the language of whoever takes the paper, as it is set; "" in Chinese alone."""
    tongue = tongue_of(content.tongue, made.edition)
    return shaped(words_for(paper.heading(content), tongue))


def _rating(press: Press, content: PaperContent, top: float) -> float:
    """The code to rate by, across from the one to verify by; how much room it takes on the left."""
    if not content.rate_url:
        return 0.0
    press.qr(qr_matrix(content.rate_url), LEFT, top - RATE_SIZE, RATE_SIZE)
    press.ink(LEFT, top - RATE_SIZE - 9, f"扫码评价（好差评），至{words.day(content.rate_until)}", 7.5, SOFT)
    return RATE_SIZE + 8


def _demo(press: Press, content: PaperContent, form: Form) -> None:
    """演示 across the top: plain to see, and out of the way of the words."""
    if not content.demo:
        return
    band = 9 * MM
    press.shape(Shape(0, 0, WIDTH, band, fill=0.86), 0, HEIGHT)
    press.centred(HEIGHT - band + 8.5, form.text(practice(content)), 12, bold=True)


def _foot(press: Press, content: PaperContent, made: Made, nth: int, count: int) -> None:
    y = 11 * MM
    press.shape(Shape(0, 0, ROOM, edge=0.6, thick=0.4), LEFT, y + 12)
    press.ink(LEFT, y, words.place(content.agency) or words.issuer(content), 8, SOFT)
    if content.demo:
        press.centred(
            y - 12, Form("common", content, made.edition).text(f"{practice(content)}_foot"), 8, SOFT
        )
    press.right(LEFT + ROOM, y, f"{content.number}　第 {nth} 页，共 {count} 页", 8, SOFT)


def _issuer(press: Press, page: Page, content: PaperContent, top: float, framed: bool) -> None:
    """Who seals and when, in the seal's place; in a dashed frame where it is to be stamped by hand."""
    for at in page:
        for item in at.strip.items:
            if isinstance(item, SealPlace):
                _signed(press, content, item, LEFT + item.x, top - at.y - item.y, framed)


def _signed(press: Press, content: PaperContent, place: SealPlace, x: float, y: float, framed: bool) -> None:
    if framed:
        press.shape(Shape(0, 0, place.width, place.height, edge=0.55, thick=0.6, dash=True), x, y)
    told = (
        Ink(0, 0, words.issuer(content), 10.5),
        Ink(0, 0, f"（盖{'、'.join(content.seals)}）" if framed else "", 9, SOFT),
        Ink(0, 0, words.day(content.issued_at), 10.5),
    )
    for nth, line in enumerate(told):
        at = x + (place.width - fonts.width(line.text, line.size)) / 2
        press.ink(
            at, y - place.height * 0.5 + 22 - nth * 18 - line.size * 0.35, line.text, line.size, line.grey
        )
