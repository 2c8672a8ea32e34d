"""Values packed so that a QR stays small: the tightest form that gives the very same string back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from counter_app.seals import base64url

_FORMS: tuple[tuple[Callable[[str], bytes], Callable[[bytes], str]], ...] = (
    (lambda text: uuid.UUID(text).bytes, lambda data: str(uuid.UUID(bytes=data))),
    (bytes.fromhex, bytes.hex),
    (base64url.decode, base64url.encode),
    (lambda text: text.encode("utf-8"), lambda data: data.decode("utf-8")),
)


def packed(values: Iterable[str]) -> bytes:
    """Each value as one kind byte, one length byte and its bytes. Raises ValueError beyond 255 bytes."""
    return b"".join(map(_pack, values))


def unpacked(data: bytes) -> list[str]:
    """The values again. Raises ValueError or IndexError when something is cut off."""
    values, at = [], 0
    while at < len(data):
        kind, length = data[at], data[at + 1]
        piece = data[at + 2 : at + 2 + length]
        if len(piece) != length:
            raise ValueError("cut off")
        values.append(_FORMS[kind][1](piece))
        at += 2 + length
    return values


def _pack(value: str) -> bytes:
    for kind, (pack, unpack) in enumerate(_FORMS):
        try:
            data = pack(value)
            if unpack(data) == value:
                return bytes([kind, len(data)]) + data
        except ValueError:
            continue
    raise ValueError("a value cannot be packed")
