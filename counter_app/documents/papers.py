"""The port `Documents`: contents into print jobs, same arguments same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from counter_app.catalog.papers import PAPERS
from counter_app.domain.codec import to_plain
from counter_app.domain.papers import PaperContent
from counter_app.seals.canonical import canonical
from counter_app.seals.receipts import qr_text
from drivers.protocols import PrintJob

if TYPE_CHECKING:
    from counter_app.documents.registry import Paper

ATTACHMENT = "content.json"


class Papers:
    """Renders papers with ReportLab, which is imported when the first one is needed."""

    def render(self, content: PaperContent, proof: Mapping[str, str], reprint: int = 0) -> PrintJob:
        """One paper as a print job; `reprint` > 0 prints 补打 with that count.

        Raises Problem `not-found` for an unknown kind, `font-missing`.
        """
        from counter_app.documents.registry import paper_of

        paper = paper_of(content.kind)
        name = f"{content.number}-{content.kind}" + (f"-{reprint}" if reprint else "")
        qr, data = qr_matrix(qr_text(proof)), document(content, proof)
        if paper.media == "a4":
            return PrintJob(name, paper.title, "a4", _a4(paper, content, qr, data, reprint), (), paper.copies)
        from counter_app.documents import slip

        pdf = slip.pdf(paper, content, qr, reprint, ATTACHMENT, data)
        return PrintJob(
            name, paper.title, paper.media, pdf, slip.operations(content, paper.title, qr, reprint)
        )

    def kinds(self) -> Mapping[str, str]:
        """Paper codes and their Chinese titles."""
        return PAPERS


def _a4(
    paper: Paper, content: PaperContent, qr: Sequence[Sequence[bool]], data: bytes, reprint: int
) -> bytes:
    from counter_app.documents import attachment, fonts, parts
    from counter_app.documents.sheet import Sheet

    fonts.faces()
    sheet = Sheet(f"{paper.title} {content.number}", begin=parts.head(content, paper.title, qr, reprint))
    paper.compose(sheet, content)
    attachment.embed(sheet.canvas, ATTACHMENT, data)
    return sheet.finish()


def document(content: PaperContent, proof: Mapping[str, str]) -> bytes:
    """What is embedded: the canonical content with its proof."""
    return canonical({"content": to_plain(content), "proof": dict(proof)})


def read_document(data: bytes) -> tuple[dict[str, object], dict[str, str]]:
    """Content and proof out of an embedded document. Raises ValueError, KeyError."""
    given = json.loads(data)
    return dict(given["content"]), {str(k): str(v) for k, v in dict(given["proof"]).items()}


def qr_matrix(text: str) -> Sequence[Sequence[bool]]:
    """The modules of a QR code, with its quiet zone."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=1)
    code.add_data(text)
    code.make(fit=True)
    matrix: list[list[bool]] = code.get_matrix()
    return matrix
