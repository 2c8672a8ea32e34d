"""The proof printed on a paper: what is signed, how it travels in a QR code, how it is checked."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.canonical import canonical
from counter_app.seals.packing import packed, unpacked
from counter_app.seals.provider import SHA256, STANDARD

MARK = "OW1R."
PROOF_KEYS = ("number", "event_id", "content_hash", "alg", "key_id", "sig")
_TEXT_LIMIT = 2000


def content_hash(plain: Mapping[str, object]) -> str:
    """Hex SHA-256 of the canonical JSON of what a paper says."""
    return text_hash(canonical(plain))


def text_hash(text: bytes) -> str:
    """The same of what is canonical JSON already."""
    return STANDARD.digest(SHA256, text)


def receipt_message(number: str, event_id: str, content_hash: str) -> bytes:
    """The bytes a receipt's signature is over; `for` keeps it from fitting any other document."""
    return canonical(
        {"for": "ow1.receipt", "number": number, "event_id": event_id, "content_hash": content_hash}
    )


def qr_text(proof: Mapping[str, str]) -> str:
    """`OW1R.` + base64url of the six proof values, packed so that the QR stays small.

    Each value is one kind byte, one length byte and its bytes; digests, ids and signatures travel
    as bytes instead of letters. Raises ValueError when a value is longer than 255 bytes.
    """
    return MARK + base64url.encode(packed(proof[key] for key in PROOF_KEYS))


def parse_qr(text: str) -> dict[str, str]:
    """The proof in a scanned text. Raises Problem `paper-broken` unless it is exactly what we print."""
    clean = text.strip()
    if not clean.startswith(MARK) or len(clean) > _TEXT_LIMIT:
        raise Problem("paper-broken", "qr", "不是本系统单据的二维码。")
    try:
        values = unpacked(base64url.decode(clean[len(MARK) :]))
        proof = dict(zip(PROOF_KEYS, values, strict=True))
        is_ours = qr_text(proof) == clean  # one proof has one text
    except (ValueError, IndexError) as error:
        raise Problem("paper-broken", "qr", "二维码内容不完整。") from error
    if not is_ours:
        raise Problem("paper-broken", "qr", "二维码内容不完整。")
    return proof


def check(proof: Mapping[str, str], public_keys: Mapping[str, bytes]) -> bool:
    """Whether a known device signed this proof; `public_keys` maps key_id to 32 raw bytes."""
    public_key = public_keys.get(proof.get("key_id", ""))
    if public_key is None or any(key not in proof for key in PROOF_KEYS):
        return False
    try:
        signature = base64url.decode(proof["sig"])
        message = receipt_message(proof["number"], proof["event_id"], proof["content_hash"])
    except ValueError:
        return False
    return STANDARD.verify(proof["alg"], public_key, message, signature)
