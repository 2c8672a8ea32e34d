"""The port `Documents`: contents into print jobs, same arguments same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from counter_app.catalog.papers import PAPERS
from counter_app.documents.codes import qr_matrix
from counter_app.documents.signatures import CLEAR
from counter_app.domain.checklist import Checklist
from counter_app.domain.papers import PaperContent, plain_of
from counter_app.domain.ticket_slip import TicketSlip
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals.canonical import canonical
from counter_app.seals.receipts import qr_text
from drivers.protocols import PrintJob

if TYPE_CHECKING:
    from counter_app.documents.a4 import Made
    from counter_app.documents.press import Press
    from counter_app.documents.registry import Paper

ATTACHMENT = "content.json"
NO_SEAL = CLEAR  # keeps a seal's place where the seal itself is not at hand
NOTHING: Mapping[str, bytes] = {}
# In this order no step takes long: what others import comes first.
_HEAVY = (
    *("PIL.ExifTags", "PIL.Image", "reportlab.lib.utils", "reportlab.rl_config"),
    *("reportlab.pdfbase._fontdata", "reportlab.pdfbase.pdfdoc", "reportlab.pdfgen.canvas"),
    *("reportlab.pdfbase.ttfonts", "counter_app.documents.sentences", "counter_app.documents.layout"),
    *("counter_app.documents.a4", "counter_app.documents.slip", "counter_app.documents.registry"),
    *("qrcode.util", "PIL.ImageFont", "qrcode"),
)
# ReportLab keeps a font's reading position and the glyphs of a document in the font itself.
_ONE_AT_A_TIME = Lock()


class Papers:
    """Renders papers with ReportLab, which is imported when the first one is needed.

    `seal_image` is the hall's own seal (a square PNG with clear ground); without one, sealed papers have
    a frame to be stamped by hand.
    """

    def __init__(self, seal_image: Path | None = None) -> None:
        self._seal = seal_image

    def render(
        self,
        content: PaperContent,
        proof: Mapping[str, str],
        reprint: int = 0,
        pictures: Mapping[str, bytes] = NOTHING,
    ) -> PrintJob:
        """One paper as a print job; `reprint` > 0 prints 补打 with that count.

        `pictures` are those of the content's signatures by name; one that is missing leaves its line free.

        Raises Problem `not-found` for an unknown kind, `font-missing`, `seal-image`.
        """
        seal = _image(self._seal) if self._seal is not None and content.seals else b""
        document = Document(plain_of(content), dict(proof), reprint, 0, bool(seal))
        return press_again(document, seal, pictures)

    def trial_sheet(self, lines: Sequence[str]) -> PrintJob:
        """A page to try a printer with. Raises Problem `font-missing`."""
        from counter_app.documents.trial_sheet import trial_sheet

        with _ONE_AT_A_TIME:
            return trial_sheet(lines)

    def ticket(self, slip: TicketSlip) -> PrintJob:
        """A number on 80 mm paper. Raises Problem `font-missing`."""
        from counter_app.documents import ticket

        with _ONE_AT_A_TIME:
            return ticket.press(slip, qr_matrix(slip.qr))

    def checklist(self, told: Checklist) -> PrintJob:
        """What to bring, on 80 mm paper. Raises Problem `font-missing`."""
        from counter_app.documents import checklist

        with _ONE_AT_A_TIME:
            return checklist.press(told)

    def kinds(self) -> Mapping[str, str]:
        """Paper codes and their Chinese titles."""
        return PAPERS

    def warm(self) -> Iterator[None]:
        """Import ReportLab and qrcode and read the everyday font, which take 0.3 s together."""
        for name in _HEAVY:
            import_module(name)
            yield
        from counter_app.documents import fonts

        with _ONE_AT_A_TIME:
            fonts.font(fonts.TEXT)
        yield


def _image(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Problem("seal-image", str(file)) from error


class Document(Value, frozen=True):
    """What is embedded in a paper: enough to make the very same one again."""

    content: Mapping[str, Any]
    proof: Mapping[str, str]
    reprint: int = 0
    edition: int = 0
    seal_image: bool = False

    def canonical(self) -> bytes:
        """Its bytes in the PDF."""
        told = {"content": self.content, "proof": self.proof, "reprint": self.reprint}
        from counter_app.documents.sentences import current_edition

        edition = self.edition or current_edition()
        return canonical({**told, "edition": edition, "seal_image": self.seal_image})


def read_document(data: bytes) -> Document:
    """What was embedded. Raises ValueError, KeyError, TypeError when it is not ours."""
    given = json.loads(data)
    if not isinstance(given["content"], dict) or not isinstance(given["proof"], dict):
        raise TypeError("content and proof are objects")
    proof = {str(key): str(value) for key, value in given["proof"].items()}
    reprint, edition = int(given.get("reprint", 0)), int(given.get("edition", 1))
    return Document(given["content"], proof, reprint, edition, bool(given.get("seal_image", False)))


def press_again(
    document: Document, seal: bytes = NO_SEAL, pictures: Mapping[str, bytes] = NOTHING
) -> PrintJob:
    """The print job of a document; who only compares needs neither seal nor signatures.

    Raises Problem `not-found`, `font-missing`, `paper-broken`.
    """
    with _ONE_AT_A_TIME:
        drawn = draw(document, seal, pictures)
        pdf = drawn.press.finish(ATTACHMENT, document.canonical())
    paper, content = drawn.paper, drawn.content
    name = f"{content.number}-{content.kind}" + (f"-{document.reprint}" if document.reprint else "")
    return PrintJob(name, paper.heading(content), paper.media, pdf, drawn.operations, paper.copies)


class Drawn(Value, frozen=True):
    """A paper on the press, not yet closed; `operations` for a receipt printer, else ()."""

    paper: Paper
    content: PaperContent
    press: Press
    operations: tuple[tuple[Any, ...], ...] = ()


def draw(document: Document, seal: bytes = NO_SEAL, pictures: Mapping[str, bytes] = NOTHING) -> Drawn:
    """Set a document. Raises Problem `not-found`, `font-missing`, `paper-broken`."""
    from counter_app.documents import a4, slip
    from counter_app.documents.discreet import discreet
    from counter_app.documents.registry import paper_of
    from counter_app.domain.codec import from_plain

    content = discreet(from_plain(PaperContent, document.content))
    paper = paper_of(content.kind)
    made = made_of(document, seal, pictures)
    if paper.media == "a4":
        return Drawn(paper, content, a4.press(paper, content, made))
    return Drawn(paper, content, slip.press(paper, content, made), slip.operations(paper, content, made))


def made_of(document: Document, seal: bytes = NO_SEAL, pictures: Mapping[str, bytes] = NOTHING) -> Made:
    """What stands on a paper besides its words: QR, check code, marks, seal, signatures."""
    from counter_app.documents.a4 import Made

    digest = document.proof.get("content_hash", "")
    code = f"{digest[:4]} {digest[4:8]}".upper()
    qr = qr_matrix(qr_text(document.proof))
    stamp = seal if document.seal_image else b""
    return Made(qr, code, document.reprint, document.edition, stamp, pictures)
