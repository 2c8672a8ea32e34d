"""Is a paper ours and unchanged? Signature, content and every word on the page are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from counter_app.documents.papers import ATTACHMENT, Papers, read_document
from counter_app.domain.codec import from_plain
from counter_app.domain.papers import PaperContent
from counter_app.problems import Problem
from counter_app.seals.receipts import check, content_hash, parse_qr

_REPRINT = re.compile(r"补打 (\d+)")


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict on a paper; `because` says in Chinese what is wrong, "" when nothing is."""

    ok: bool
    number: str = ""
    device: str = ""
    because: str = ""


def verify_text(text: str, public_keys: Mapping[str, bytes]) -> Verified:
    """Check what a scanner read from the QR of a paper."""
    try:
        proof = parse_qr(text)
    except Problem as problem:
        return Verified(False, because=problem.cause)
    return _signed(proof, public_keys)


def verify_file(path: Path, public_keys: Mapping[str, bytes]) -> Verified:
    """Check a PDF: its embedded content and proof, and that the pages say just what the content says."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        data = path.read_bytes()
        pages = pages_of(data)
        plain, proof = read_document(PdfReader(BytesIO(data)).attachments[ATTACHMENT][0])
        content = from_plain(PaperContent, plain)
    except (OSError, PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return Verified(False, because="不是本系统打印的单据，或文件已损坏。")
    signed = _signed(proof, public_keys)
    if not signed.ok:
        return signed
    if content_hash(plain) != proof["content_hash"] or content.number != proof["number"]:
        return Verified(False, signed.number, signed.device, "单据内容与签名不符。")
    marks = _REPRINT.findall(pages[0]) if pages else []
    reprint = int(marks[0]) if marks else 0
    if pages_of(Papers().render(content, proof, reprint).pdf) != pages:
        return Verified(False, signed.number, signed.device, "页面文字与签发内容不一致。")
    return signed


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def _signed(proof: Mapping[str, str], public_keys: Mapping[str, bytes]) -> Verified:
    number, device = proof.get("number", ""), proof.get("key_id", "")
    if device not in public_keys:
        return Verified(False, number, device, "签发设备不在信任名单内。")
    if not check(proof, public_keys):
        return Verified(False, number, device, "签名不符，单据可能被改动。")
    return Verified(True, number, device)
