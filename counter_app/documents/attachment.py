"""The canonical content as a file inside the PDF (PDF 32000-1, 7.11.4)."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc


def embed(canvas: Any, name: str, data: bytes) -> None:
    """Attach `data` under `name` to the document of a canvas; no dates, so the bytes stay the same."""
    doc = canvas._doc
    stream = pdfdoc.PDFStream(content=data, filters=[pdfdoc.PDFZCompress])
    stream.dictionary["Type"] = "/EmbeddedFile"
    stream.dictionary["Subtype"] = "/application#2Fjson"
    held = doc.Reference(stream, "ow1EmbeddedFile")
    title = pdfdoc.PDFString(name)
    spec = pdfdoc.PDFDictionary(
        {"Type": "/Filespec", "F": title, "UF": title, "EF": pdfdoc.PDFDictionary({"F": held})}
    )
    names = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([title, doc.Reference(spec, "ow1Filespec")])})
    doc.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": names})
