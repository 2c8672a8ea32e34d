"""Placed strips onto a PDF page. The only module that tells ReportLab what to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from counter_app.documents import attachment, chips, fonts
from counter_app.documents.codes import qr_matrix
from counter_app.documents.paging import Page
from counter_app.documents.signatures import inked
from counter_app.documents.strips import INK, MM, CodePlace, Ink, PicturePlace, SealPlace, Shape

SEAL = 38 * MM  # the size of a 业务专用章; over the issuer and the date, as seals are
BOLD = 0.032  # of the size: how much bold letters are thickened, there being no bold face
Qr = Sequence[Sequence[bool]]
NO_PICTURES: Mapping[str, bytes] = {}


class Press:
    """One PDF document. Points from the lower left corner, as PDF counts; same calls, same bytes."""

    def __init__(self, title: str, width: float, height: float) -> None:
        rl_config.useA85 = 0  # binary streams: a fifth smaller, and no slow text encoding of each
        self.width, self.height = width, height
        self._bytes = BytesIO()
        # Our own font from the start, or every file would name a Helvetica it does not carry.
        first = fonts.font(fonts.TEXT).fontName
        self._canvas: Any = Canvas(
            self._bytes, (width, height), invariant=1, pageCompression=1, initialFontName=first
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor("")
        self._canvas.setSubject("")
        self._canvas.setCreator("OneWindow")
        self._canvas.setProducer("OneWindow")
        self.lines: list[str] = []  # every line of text as it was written
        self.letters: list[Ink] = []  # what waits to be written on the page that is open

    def page(
        self,
        placed: Page,
        left: float,
        top: float,
        seal: BytesIO | None = None,
        pictures: Mapping[str, bytes] = NO_PICTURES,
    ) -> None:
        """Draw the strips of one page with their upper left corner at (left, top).

        `pictures` are the signatures by name; the place of one that is not at hand stays clear.
        """
        for at in placed:
            for item in at.strip.items:
                y = top - at.y - item.y
                if isinstance(item, Ink):
                    self.ink(left + item.x, y, item.text, item.size, item.grey, item.bold)
                elif isinstance(item, Shape):
                    self.shape(item, left + item.x, y)
                elif isinstance(item, PicturePlace):
                    self._signature(item, left + item.x, y, pictures.get(item.page, b""))
                elif isinstance(item, CodePlace):
                    self.qr(qr_matrix(item.text), left + item.x, y - item.width, item.width)
                else:
                    self._seal(item, left + item.x, y, seal)

    def ink(self, x: float, y: float, text: str, size: float, grey: float = INK, bold: bool = False) -> None:
        """Note one line of text with its baseline at y; all text of a page is written at its end."""
        self.letters.append(Ink(x, y, text, size, grey, bold))

    def centred(self, y: float, text: str, size: float, grey: float = INK, bold: bool = False) -> None:
        """Note one line in the middle of the page."""
        self.ink((self.width - fonts.width(text, size)) / 2, y, text, size, grey, bold)

    def right(self, x: float, y: float, text: str, size: float, grey: float = INK) -> None:
        """Note one line that ends at x."""
        self.ink(x - fonts.width(text, size), y, text, size, grey)

    def shape(self, shape: Shape, x: float, y: float) -> None:
        """Draw a box whose upper left corner is at (x, y), or a rule."""
        told = [f"q {shape.thick:.2f} w"]
        if shape.edge is not None:
            told.append(f"{shape.edge:.3f} G")
        if shape.fill is not None:
            told.append(f"{shape.fill:.3f} g")
        if shape.dash:
            told.append("[3 2.5] 0 d")
        if shape.width and shape.height:
            paint = {(True, False): "S", (False, True): "f", (True, True): "B"}
            kind = paint[shape.edge is not None, shape.fill is not None]
            told.append(f"{x:.2f} {y - shape.height:.2f} {shape.width:.2f} {shape.height:.2f} re {kind} Q")
        else:
            told.append(f"{x:.2f} {y:.2f} m {x + shape.width:.2f} {y - shape.height:.2f} l S Q")
        self._canvas._code.append(" ".join(told))

    def ground(self, picture: bytes) -> None:
        """Lay a picture under the whole page, before anything else is drawn on it."""
        self._canvas.drawImage(ImageReader(BytesIO(picture)), 0, 0, self.width, self.height)

    def qr(self, matrix: Qr, x: float, y: float, size: float) -> None:
        """Draw a QR matrix with its lower left corner at (x, y), a rectangle for each run of dark modules."""
        cell = size / len(matrix)
        told = [f"q {cell:.5f} 0 0 {cell:.5f} {x:.3f} {y:.3f} cm 0 g"]
        for row, line in enumerate(matrix):
            up = len(matrix) - 1 - row
            told += [f"{start} {up} {length} 1 re" for start, length in dark_runs(line)]
        self._canvas._code.append(" ".join([*told, "f Q"]))

    def turn(self) -> None:
        """Write the text of this page and begin the next."""
        self._write()
        self._canvas.showPage()

    def finish(self, name: str, data: bytes) -> bytes:
        """Attach a file, close the document, return its bytes. The last page must have been turned."""
        attachment.embed(self._canvas, name, data)
        self._canvas.save()
        return self._bytes.getvalue()

    def _write(self) -> None:
        """All text of the page in one text object, top to bottom as it was noted.

        Written out here and not by ReportLab's text object, which asks twenty questions for each run.
        """
        told, look, doc = ["BT"], "", self._canvas._doc
        for line in self.letters:
            x = line.x
            for run in fonts.runs(line.text):
                face = run.face or fonts.TEXT
                wide = fonts.width(run.text, line.size)
                wanted = _look(line, run.face)
                if wanted != look:
                    told.append(wanted)
                    look = wanted
                told.append(f"1 0 0 1 {x:.2f} {line.y:.2f} Tm")
                if run.face is None:
                    told.append(_stretched(wide / line.size))
                font = fonts.font(face)
                for subset, codes in font.splitString(run.text, doc):
                    name = font.getSubsetInternalName(subset, doc)
                    told.append(f"{name} {line.size:.2f} Tf <{codes.hex()}> Tj")
                if run.face is None:
                    told.append("100 Tz")
                    if wide:
                        chips.draw(self._canvas, run.text, x, line.y, wide, line.size, line.grey)
                x += wide
        self.lines += [line.text for line in self.letters]
        self.letters.clear()
        self._canvas._code.append(" ".join([*told, "ET"]))

    def _signature(self, place: PicturePlace, x: float, y: float, picture: bytes) -> None:
        """A signature over its line; the very same drawing with and without the picture at hand."""
        image = ImageReader(inked(picture, place.width, place.height))
        self._canvas.drawImage(image, x, y - place.height, place.width, place.height, mask="auto")

    def _seal(self, place: SealPlace, x: float, y: float, image: BytesIO | None) -> None:
        """The hall's seal in its place, square; without one the caller has drawn a frame to stamp in."""
        if image is None:
            return
        left, low = x + (place.width - SEAL) / 2, y - place.height - 4
        self._canvas.drawImage(ImageReader(image), left, low, SEAL, SEAL, mask="auto")


def dark_runs(line: Sequence[bool]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    found: list[tuple[int, int]] = []
    for column, dark in enumerate(line):
        if not dark:
            continue
        if found and sum(found[-1]) == column:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((column, 1))
    return found


def _look(line: Ink, face: fonts.Face | None) -> str:
    """Colour, thickness and mode of a run: filled, filled and outlined, or only there to be found."""
    stroke = line.size * ((face.stroke if face else 0) + (BOLD if line.bold else 0))
    mode = 3 if face is None else 2 if stroke else 0
    return f"{line.grey:.3f} g {line.grey:.3f} G {stroke:.3f} w {mode} Tr"


def _stretched(wide: float) -> str:
    """How far to stretch the hidden character so that it is as wide as what is drawn for it."""
    return f"{max(wide * 100_000 / fonts.font(fonts.TEXT).face.defaultWidth, 1):.2f} Tz"
