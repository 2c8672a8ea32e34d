"""The 80 mm slip: the same blocks as a narrow PDF and as operations for a receipt printer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_app.documents import a4, bilingual, words
from counter_app.documents.a4 import Made
from counter_app.documents.blocks import Block, Code, Divide, Key, Signing, Text
from counter_app.documents.codes import qr_matrix
from counter_app.documents.dots import ink_dots, needs_dots, qr_dots, text_dots
from counter_app.documents.layout import strips
from counter_app.documents.paging import Placed
from counter_app.documents.press import Press
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form, practice
from counter_app.documents.strips import MM, SOFT, Scale
from counter_app.domain.papers import PaperContent

WIDTH, MARGIN, TEXT = 80 * MM, 5 * MM, 10.0
ASIDE = 8.5
QR_SIZE = 30 * MM
Operation = tuple[Any, ...]


def press(paper: Paper, content: PaperContent, made: Made) -> Press:
    """The slip, drawn, just as long as it needs to be; the document is still open for an attachment."""
    placed, y = [], _head_height(paper, content, made)
    for strip in strips(paper.blocks(content, made.edition), Scale(TEXT, WIDTH - 2 * MARGIN)):
        placed.append(Placed(y, strip))
        y += strip.height
    height = y + QR_SIZE + 22 + 2 * MARGIN
    sheet = Press(f"{paper.title} {content.number}", WIDTH, height)
    _head(sheet, paper, content, made, height - MARGIN)
    sheet.page(tuple(placed), MARGIN, height - MARGIN, pictures=made.pictures)
    sheet.qr(made.qr, (WIDTH - QR_SIZE) / 2, MARGIN + 14, QR_SIZE)
    verify = Form("common", content, made.edition).text("verify")
    sheet.centred(MARGIN, f"{verify}　验真码 {made.check_code}", 8)
    sheet.turn()
    return sheet


def operations(paper: Paper, content: PaperContent, made: Made) -> tuple[Operation, ...]:
    """The slip for a printer that takes text, raster and cut.

    A line with a character the printer's own GB18030 font may lack goes as dots.
    """
    common = Form("common", content, made.edition)
    told = [(common.text(practice(content)), "centre")] if content.demo else []
    told += [(f"补打 {made.reprint}", "bold")] if made.reprint else []
    title = bilingual.words_for(paper.title, bilingual.tongue_of(content.tongue, made.edition))
    told += [(words.issuer(content), "centre"), (paper.title, "centre large"), (title, "centre")]
    told += [line for block in paper.blocks(content, made.edition) for line in _texts(block)]
    done: list[Operation] = [
        ("text", *line) if not needs_dots(line[0]) else text_dots(line[0]) for line in told if line[0]
    ]
    for signing in (block for block in paper.blocks(content, made.edition) if isinstance(block, Signing)):
        done += _signed(signing, made)
    for code in (block for block in paper.blocks(content, made.edition) if isinstance(block, Code)):
        done += [qr_dots(qr_matrix(code.text)), *(("text", line, "centre") for line in code.lines)]
    last = ("text", f"{common.text('verify')}　验真码 {made.check_code}", "centre")
    return (*done, qr_dots(made.qr), last, ("feed", 3), ("cut",))


def _texts(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Text):
        yield block.text, "small" if block.small else ""
        yield block.aside, "small"
    elif isinstance(block, Key):
        asides = block.asides or (("", ""),) * len(block.pairs)
        for (name, value), aside in zip(block.pairs, asides, strict=True):
            yield f"{name}：{value}", "bold"
            yield " ".join(one for one in aside if one), "small"
    elif isinstance(block, Divide):
        yield "-" * 32, ""


def _signed(block: Signing, made: Made) -> Iterator[Operation]:
    """When it was signed, and the ink itself where its picture is at hand."""
    yield ("text", f"{block.signers[0]}：{block.given.day}", "")
    for page in block.given.pages:
        if page in made.pictures:
            yield ink_dots(made.pictures[page])


def _head_height(paper: Paper, content: PaperContent, made: Made) -> float:
    return (
        52.0
        + (13 if a4.aside(paper, content, made) else 0)
        + (14 if content.demo else 0)
        + (18 if made.reprint else 0)
    )


def _head(press: Press, paper: Paper, content: PaperContent, made: Made, top: float) -> None:
    y = top
    if content.demo:
        y -= 10
        press.centred(y, Form("common", content, made.edition).text(practice(content)), 9, bold=True)
        y -= 4
    if made.reprint:
        y -= 12
        press.ink(MARGIN, y, f"补打 {made.reprint}", 10, bold=True)
        y -= 6
    press.centred(y - 14, words.issuer(content), 10)
    press.centred(y - 36, paper.title, 16, bold=True)
    if content.tongue:
        press.centred(y - 49, a4.aside(paper, content, made), ASIDE, SOFT)
