"""What an e-seal service may send back, and what of it is believed."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, Dict

from drivers.protocols import Fault, SealedPdf

_LONGEST_WORDS = 80


def sealed_of(data: bytes, original: bytes, digest: str, rewrites: bool) -> SealedPdf:
    """The sealed paper of an answer. Raises Fault `eseal-garbled` when it is not the paper that was sent.

    A service that seals as PDF means it adds to the end; `rewrites` allows one that writes the file anew,
    whose word (the digest it read) is then all there is.
    """
    told = _told(data)
    try:
        pdf = base64.b64decode(str(told["pdf"]), validate=True)
    except (KeyError, binascii.Error, ValueError):
        raise Fault("eseal-garbled", "pdf") from None
    if str(told.get("digest", "")).lower() != digest:
        raise Fault("eseal-garbled", "digest")
    if not pdf.startswith(b"%PDF-") or pdf == original or b"%%EOF" not in pdf[-1024:]:
        raise Fault("eseal-garbled", "没有印章")
    if not rewrites and not pdf.startswith(original):
        raise Fault("eseal-garbled", "原单据被改动")
    words = {
        key: str(told.get(key, ""))[:_LONGEST_WORDS] for key in ("seal", "serial", "sealed_at", "certificate")
    }
    if not words["serial"]:
        raise Fault("eseal-garbled", "serial")
    return SealedPdf(pdf, **words)


def refusal_of(data: bytes, status: int) -> Fault:
    """Why a service refused, in its own words, shortened."""
    try:
        told = _told(data)
        words = str(told.get("message", "")) or str(told.get("code", ""))
    except Fault:
        words = ""
    shown = "".join(char if char.isprintable() else " " for char in words)[:_LONGEST_WORDS]
    return Fault("eseal-refused", shown or str(status))


def _told(data: bytes) -> Dict[str, Any]:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        raise Fault("eseal-garbled", "JSON") from None
    if not isinstance(told, dict):
        raise Fault("eseal-garbled", "JSON")
    return told
