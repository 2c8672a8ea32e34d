"""A sheet being written from the top down: text that wraps, rules, rows, tables; new pages as needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from counter_app.documents import chips, fonts

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
NO_START = set("，。、；：？！）》〉】〕”’…—·%℃,.;:?!)]}")
NO_END = set("（《〈【〔“‘([{￥")
INK, SOFT, RULE = 0.08, 0.35, 0.62


def wrap(text: str, size: float, room: float) -> list[str]:
    """Break a text into lines: between any two characters, but not before 。 or after （."""
    lines: list[str] = []
    for part in text.split("\n"):
        line, used = "", 0.0
        for char in part:
            step = fonts.advance(char) * size
            if used + step > room and line and char not in NO_START:
                keep, rest = _break(line)
                lines.append(keep)
                line, used = rest, fonts.width(rest, size)
            line, used = line + char, used + step
        lines.append(line)
    return lines


def _break(line: str) -> tuple[str, str]:
    """Where a full line ends: not after an opening bracket, not inside a number or Latin word."""
    cut = len(line)
    while cut > 1 and (line[cut - 1] in NO_END or (line[cut - 1].isascii() and line[cut - 1].isalnum())):
        cut -= 1
    if cut <= len(line) // 2:
        cut = len(line)
    return line[:cut].rstrip(), line[cut:]


class Sheet:
    """One document. All lengths in points; `y` is the next free line from the top."""

    def __init__(
        self,
        title: str,
        page: tuple[float, float] = A4,
        margin: float = 18 * MM,
        size: float = 10.5,
        begin: Callable[[Sheet], None] | None = None,
    ) -> None:
        self._bytes = BytesIO()
        self.canvas = Canvas(self._bytes, pagesize=page, invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.canvas.setCreator("OneWindow")
        self.width, self.height = page
        self.margin, self.size = margin, size
        self.bottom = margin + 8 * MM
        self.page_number = 0
        self._begin = begin
        self._open = False
        self.y = 0.0
        self.turn()

    @property
    def left(self) -> float:
        """Where text begins."""
        return self.margin

    @property
    def room(self) -> float:
        """The width for text."""
        return self.width - 2 * self.margin

    def turn(self) -> None:
        """Begin a new page."""
        if self._open:
            self.canvas.showPage()
        self._open = True
        self.page_number += 1
        self.y = self.height - self.margin
        if self._begin is not None:
            self._begin(self)

    def need(self, height: float) -> None:
        """Turn the page when so much no longer fits."""
        if self.y - height < self.bottom:
            self.turn()

    def text(
        self, x: float, y: float, text: str, size: float, grey: float = INK, bold: bool = False
    ) -> float:
        """Draw one line with its baseline at y; returns its width."""
        start, canvas = x, self.canvas
        for run in fonts.runs(text):
            if run.font:
                x += self._run(run, x, y, size, grey, bold)
                continue
            for char in run.text:
                step = fonts.CHIP_WIDTH * size
                self._hidden(char, x, y, size)
                canvas.setStrokeGray(grey)
                chips.draw(canvas, char, x, y, step, size)
                x += step
        return x - start

    def right(self, x: float, y: float, text: str, size: float, grey: float = INK) -> None:
        """Draw one line that ends at x."""
        self.text(x - fonts.width(text, size), y, text, size, grey)

    def centred(self, y: float, text: str, size: float, bold: bool = False) -> None:
        """Draw one line in the middle of the page."""
        self.text((self.width - fonts.width(text, size)) / 2, y, text, size, bold=bold)

    def paragraph(
        self,
        text: str,
        size: float = 0,
        indent: float = 0,
        gap: float = 3,
        grey: float = INK,
        bold: bool = False,
    ) -> None:
        """Write a wrapped paragraph and move down."""
        size = size or self.size
        for line in wrap(text, size, self.room - indent):
            self.need(size * 1.5)
            self.y -= size * 1.5
            self.text(self.left + indent, self.y + size * 0.3, line, size, grey, bold)
        self.y -= gap

    def rule(self, gap: float = 4, grey: float = RULE, thick: float = 0.6) -> None:
        """Draw a thin line across."""
        self.y -= gap / 2
        self.canvas.setStrokeGray(grey)
        self.canvas.setLineWidth(thick)
        self.canvas.line(self.left, self.y, self.left + self.room, self.y)
        self.y -= gap / 2

    def heading(self, text: str) -> None:
        """Write a small heading over a block."""
        self.need(self.size * 4)
        self.y -= 3
        self.paragraph(text, self.size, gap=1, bold=True)

    def rows(self, pairs: Sequence[tuple[str, str]], label: float = 70) -> None:
        """Write label and value pairs in a ruled box; pairs with an empty value are left out."""
        for name, value in pairs:
            if value:
                self.cells([(label, name, SOFT), (self.room - label, value, INK)])

    def pairs(self, items: Sequence[tuple[str, str]], label: float = 70) -> None:
        """Write label and value pairs two in a line; empty values are left out."""
        kept = [item for item in items if item[1]]
        half = self.room / 2
        for first in range(0, len(kept), 2):
            cells: list[tuple[float, str, float]] = []
            for name, value in kept[first : first + 2]:
                cells += [(label, name, SOFT), (half - label, value, INK)]
            if len(cells) == 2:
                cells[1] = (self.room - label, cells[1][1], INK)
            self.cells(cells)

    def cells(self, cells: Sequence[tuple[float, str, float]], bold: bool = False) -> None:
        """Write one row of ruled cells `(width, text, grey)`, as high as its longest text."""
        pad, size = 4.0, self.size
        wrapped = [wrap(text, size, width - 2 * pad) for width, text, _ in cells]
        height = max(len(lines) for lines in wrapped) * size * 1.4 + 2 * pad
        self.need(height)
        x, top, canvas = self.left, self.y, self.canvas
        canvas.setStrokeGray(RULE)
        canvas.setLineWidth(0.5)
        for (width, _, grey), lines in zip(cells, wrapped, strict=True):
            canvas.rect(x, top - height, width, height)
            for nth, line in enumerate(lines):
                self.text(x + pad, top - pad - size * (1.05 + 1.4 * nth), line, size, grey, bold)
            x += width
        self.y = top - height

    def table(self, columns: Sequence[tuple[float, str]], rows: Sequence[Sequence[str]]) -> None:
        """Write a table; column widths are shares of the line, the head is repeated on a new page."""
        total = sum(share for share, _ in columns)
        widths = [share / total * self.room for share, _ in columns]
        head = [(w, name, SOFT) for w, (_, name) in zip(widths, columns, strict=True)]
        self.cells(head)
        for row in rows:
            page = self.page_number
            self.need(self.size * 3)
            if self.page_number != page:
                self.cells(head)
            self.cells([(w, text, INK) for w, text in zip(widths, row, strict=True)])

    def finish(self) -> bytes:
        """Close the document and return its bytes."""
        self.canvas.showPage()
        self.canvas.save()
        return self._bytes.getvalue()

    def _run(self, run: fonts.Run, x: float, y: float, size: float, grey: float, bold: bool) -> float:
        line = self.canvas.beginText(x, y)
        line.setFont(run.font, size)
        line.setFillGray(grey)
        if bold:
            line.setTextRenderMode(2)
            line.setStrokeGray(grey)
            self.canvas.setLineWidth(size * 0.03)
        line.textOut(run.text)
        if bold:
            line.setTextRenderMode(0)
        self.canvas.drawText(line)
        return fonts.width(run.text, size)

    def _hidden(self, char: str, x: float, y: float, size: float) -> None:
        """Keep the character in the text layer under its chip."""
        line: Any = self.canvas.beginText(x, y)
        line.setFont(fonts.FACES[0][0], size)
        line.setTextRenderMode(3)
        line.textOut(char)
        line.setTextRenderMode(0)
        self.canvas.drawText(line)
