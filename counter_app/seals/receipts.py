"""The proof printed on a paper: what is signed, how it travels in a QR code, how it is checked."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.canonical import canonical
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
    packed = b"".join(_pack(proof[key]) for key in PROOF_KEYS)
    return MARK + base64url.encode(packed)


def parse_qr(text: str) -> dict[str, str]:
    """The proof in a scanned text. Raises Problem `paper-broken` unless it is exactly what we print."""
    clean = text.strip()
    if not clean.startswith(MARK) or len(clean) > _TEXT_LIMIT:
        raise Problem("paper-broken", "qr", "不是本系统单据的二维码。")
    try:
        values = _unpack(base64url.decode(clean[len(MARK) :]))
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


# --- packing: the tightest of these forms that gives the very same string back --------------------


_FORMS: tuple[tuple[Callable[[str], bytes], Callable[[bytes], str]], ...] = (
    (lambda text: uuid.UUID(text).bytes, lambda data: str(uuid.UUID(bytes=data))),
    (bytes.fromhex, bytes.hex),
    (base64url.decode, base64url.encode),
    (lambda text: text.encode("utf-8"), lambda data: data.decode("utf-8")),
)


def _pack(value: str) -> bytes:
    for kind, (pack, unpack) in enumerate(_FORMS):
        try:
            data = pack(value)
            if unpack(data) == value:
                return bytes([kind, len(data)]) + data
        except ValueError:
            continue
    raise ValueError("a proof value cannot be packed")


def _unpack(packed: bytes) -> list[str]:
    values, at = [], 0
    while at < len(packed):
        kind, length = packed[at], packed[at + 1]
        data = packed[at + 2 : at + 2 + length]
        if len(data) != length:
            raise ValueError("cut off")
        values.append(_FORMS[kind][1](data))
        at += 2 + length
    return values
