"""Base64url without padding, read strictly: one value has exactly one text."""

from __future__ import annotations

import base64
import binascii


def encode(data: bytes) -> str:
    """Bytes as letters that survive a QR code, a URL and a JSON document."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def decode(text: str) -> bytes:
    """What `encode` was given. Raises ValueError for any text `encode` would not have made."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if encode(data) != text:
        raise ValueError("not base64url")
    return data
