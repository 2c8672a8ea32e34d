"""Is a paper ours and unchanged? Signature, content and every word on the page are compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from counter_app.documents import pdf_reading
from counter_app.documents.papers import ATTACHMENT, Document, press_again, read_document
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals.receipts import check, content_hash, parse_qr

LARGEST = 20 * 1024 * 1024  # bytes; no paper of ours comes near


class Verified(Value, frozen=True):
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
    """Check a PDF: its embedded content and proof, and that the pages say just what the content says.

    Raises Problem `font-missing` where the page cannot be composed again.
    """
    refused: tuple[type[Exception], ...] = (OSError, *pdf_reading.unreadable())
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        data = path.read_bytes()
        found = pdf_reading.read(data, ATTACHMENT)
        document = read_document(found.attachment)
    except refused:
        return Verified(False, because="不是本系统打印的单据，或文件已损坏。")
    signed = _signed(document.proof, public_keys)
    if not signed.ok:
        return signed
    why = _differs(document, found.pages, data)
    return Verified(False, signed.number, signed.device, why) if why else signed


def _differs(document: Document, pages: object, data: bytes) -> str:
    """Why a signed paper does not say what was signed, "" when it does."""
    proof = document.proof
    try:
        if content_hash(document.content) != proof["content_hash"]:
            return "单据内容与签名不符。"
        if document.content["number"] != proof["number"]:
            return "单据编号与签名不符。"
        if document.reprint < 0:
            return "补打次数不对。"
        again = press_again(document).pdf
    except (ValueError, KeyError, TypeError, AttributeError):
        return "单据内容与签名不符。"
    except Problem as problem:
        if problem.code == "font-missing":
            raise
        return problem.cause
    if again == data:
        return ""
    return "" if pdf_reading.read(again, ATTACHMENT).pages == pages else "页面文字或图形与签发内容不一致。"


def _signed(proof: Mapping[str, str], public_keys: Mapping[str, bytes]) -> Verified:
    number, device = proof.get("number", ""), proof.get("key_id", "")
    if device not in public_keys:
        return Verified(False, number, device, "签发设备不在信任名单内。")
    if not check(proof, public_keys):
        return Verified(False, number, device, "签名不符，单据可能被改动。")
    return Verified(True, number, device)
