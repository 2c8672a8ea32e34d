"""The hash that ties each fact to the one before it, from row 1 of a device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.seals.canonical import canonical
from counter_app.seals.provider import SHA256, STANDARD, CryptoProvider

FACT_PREFIX = b"ow1"
AUDIT_PREFIX = b"aud1"
_NO_HASH = b'"hash":"",'
FIRST = ""  # the prev_hash of the first row of a device that continues nobody


def link(row: Mapping[str, Any], prefix: bytes = FACT_PREFIX, provider: CryptoProvider = STANDARD) -> str:
    """`H(prefix || canonical(row without "hash"))` as hex; the algorithm is named in `row["alg"]`."""
    plain = {key: value for key, value in row.items() if key != "hash"}
    return provider.digest(str(row.get("alg", SHA256)), prefix + canonical(plain))


def linked(row: Mapping[str, Any], provider: CryptoProvider = STANDARD) -> tuple[str, str]:
    """Hash of a fact, and its canonical JSON with that hash in it, walking it only once.

    The empty hash is cut out of the text again: it is the last of its kind, since only strings and
    integers follow it, and a quotation mark inside a string is escaped.
    """
    text = canonical({**row, "hash": ""})
    at = text.rindex(_NO_HASH)
    before, after = text[:at], text[at + len(_NO_HASH) :]
    digest = provider.digest(str(row["alg"]), b"%b%b%b" % (FACT_PREFIX, before, after))
    return digest, (b'%b"hash":"%b",%b' % (before, digest.encode("ascii"), after)).decode("utf-8")


def holds(row: Mapping[str, Any], prev_hash: str, prefix: bytes = FACT_PREFIX) -> bool:
    """Whether a row names its predecessor and carries its own right hash."""
    try:
        return row.get("prev_hash") == prev_hash and row.get("hash") == link(row, prefix)
    except ValueError:  # an unknown algorithm or a value without canonical form
        return False
