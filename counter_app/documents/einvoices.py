"""Electronic invoices as files: what an OFD, an XML or a PDF says of its number, its day and its sum.

Elements are found by name wherever they stand: fiscal bills (财政电子票据), tax invoices (数电票) and
older kinds name the same five things differently, and issuers wrap them in layers of their own.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date

from counter_app.documents.pdf_reading import hush
from counter_app.domain.invoices import Invoice, cents
from counter_app.problems import Problem

MOST_BYTES = 20 * 1024 * 1024  # of a file, and of what an OFD unpacks to
MOST_PARTS = 2000
# What each is called: in XML the element, in OFD the name of its CustomData; `net` and `tax` make up a sum.
NAMES: Mapping[str, frozenset[str]] = {
    "number": frozenset(
        {"einvoicenumber", "invoicenumber", "invoiceno", "eiid", "fphm"}
        | {"发票号码", "票据号码", "电子票据号码"}
    ),
    "code": frozenset({"einvoicecode", "invoicecode", "fpdm", "发票代码", "票据代码", "电子票据代码"}),
    "amount": frozenset(
        {"totalamount", "totaltax-includedamount", "taxinclusivetotalamount", "jshj"}
        | {"价税合计", "金额合计"}
    ),
    "net": frozenset({"totalamwithouttax", "taxexclusivetotalamount", "合计金额"}),
    "tax": frozenset({"totaltaxam", "taxtotalamount", "合计税额"}),
    "day": frozenset({"issuedate", "issuetime", "requesttime", "kprq", "开票日期"}),
    "check": frozenset({"randomnumber", "checkcode", "invoicecheckcode", "jym", "校验码"}),
}
_DAY = re.compile(r"(20\d\d)\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})")
_LABELS = {
    "code": re.compile(r"(?:发票|票据)代码[:：\s]*([A-Z0-9]{4,20})"),
    "number": re.compile(r"(?:发票|票据)号码[:：\s]*([A-Z0-9]{4,30})"),
    "check": re.compile(r"校验码[:：\s]*([A-Za-z0-9]{4,20})"),
    "day": re.compile(r"开票日期[:：\s]*(20\d\d\D{0,2}\d{1,2}\D{0,2}\d{1,2})"),
    "amount": re.compile(r"(?:小写|价税合计|金额合计)[^\d¥￥-]{0,12}[¥￥]?\s*(\d[\d,]*\.\d{2})"),
}


def read(data: bytes, name: str) -> Invoice:
    """The invoice in a file. Raises Problem `invoice-file` (none of these kinds, or nothing found in it)."""
    if len(data) > MOST_BYTES:
        raise Problem("invoice-file", "file", name)
    try:
        found = _read(data)
    except Exception as error:  # a foreign file: whatever is wrong in it is wrong with it
        raise Problem("invoice-file", "file", name) from error
    if not found.get("number"):
        raise Problem("invoice-file", "file", name)
    day = _DAY.search(found.get("day", ""))
    issued = date(*map(int, day.groups())) if day else None
    return Invoice(
        found.get("code", "").upper(),
        found["number"].upper(),
        _sum(found),
        issued,
        found.get("check", ""),
    )


def _sum(found: Mapping[str, str]) -> int | None:
    if found.get("amount"):
        return cents(found["amount"])
    net, tax = cents(found.get("net", "")), cents(found.get("tax", "0"))
    return net + (tax or 0) if net is not None else None


def _read(data: bytes) -> dict[str, str]:
    if data.startswith(b"%PDF"):
        return _of_text(_words(data))
    if data.startswith(b"PK"):
        return _of_ofd(data)
    return dict(_of_xml(data))


def _of_xml(data: bytes) -> Iterator[tuple[str, str]]:
    """The first of each kind in document order; entities and document types are refused."""
    from defusedxml.ElementTree import fromstring

    seen: set[str] = set()
    for element in fromstring(data, forbid_dtd=True).iter():
        tag = str(element.get("Name") or element.tag.rpartition("}")[2]).lower()
        text = (element.text or "").strip()
        for kind, names in NAMES.items():
            if text and tag in names and kind not in seen:
                seen.add(kind)
                yield kind, text


def _of_ofd(data: bytes) -> dict[str, str]:
    """An OFD is a zip of XML: the invoice attached to it says most, then its own CustomData."""
    found: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        parts = [part for part in pack.infolist() if part.filename.lower().endswith(".xml")]
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            raise ValueError("unpacks to too much")
        for part in sorted(parts, key=lambda one: "attach" not in one.filename.lower()):
            for kind, text in _of_xml(pack.read(part)):
                found.setdefault(kind, text)
    return found


def _words(data: bytes) -> str:
    from pypdf import PdfReader

    hush()
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages[:3])


def _of_text(words: str) -> dict[str, str]:
    hits = {kind: label.search(words) for kind, label in _LABELS.items()}
    return {kind: hit.group(1) for kind, hit in hits.items() if hit is not None}
