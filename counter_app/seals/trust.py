"""Whose signatures count: public keys by key id, in one small readable file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from counter_app.domain.value import Value, field
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.files import write_private
from counter_app.seals.provider import KEY_BYTES, STANDARD, key_id

# In the data folder: who may send filings, and nothing else. Whoever signs packs stands in another list.
SENDERS = "senders.json"


class TrustStore(Value, frozen=True):
    """Public keys this machine believes, `key_id` to raw bytes; for receipts, packs and batches."""

    keys: Mapping[str, bytes] = field(default_factory=dict)

    def with_key(self, public_key: bytes) -> TrustStore:
        """The same store believing one more key."""
        return TrustStore({**self.keys, key_id(public_key): public_key})

    def without(self, name: str) -> TrustStore:
        """The same store after a key was revoked."""
        return TrustStore({k: v for k, v in self.keys.items() if k != name})

    def verify(self, message: bytes, signature: Mapping[str, str]) -> bool:
        """Whether a detached `{alg, key_id, sig}` over a message is by a key we believe."""
        public_key = self.keys.get(signature.get("key_id", ""))
        if public_key is None:
            return False
        try:
            raw = base64url.decode(signature["sig"])
        except (KeyError, ValueError):
            return False
        return STANDARD.verify(signature.get("alg", ""), public_key, message, raw)

    def save(self, file: Path) -> None:
        """Write durably; public keys only, so nothing here is secret."""
        plain = {name: key.hex() for name, key in sorted(self.keys.items())}
        write_private(file, json.dumps({"version": 1, "keys": plain}, indent=1).encode("ascii"))


def load(file: Path) -> TrustStore:
    """Read a trust store; a missing file believes nobody.

    Raises Problem `seal-broken` when the file is not one, or a key does not fit its id.
    """
    if not file.exists():
        return TrustStore()
    try:
        plain = json.loads(file.read_text("ascii"))
        keys = {str(name): bytes.fromhex(value) for name, value in plain["keys"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Problem("seal-broken", str(file)) from error
    if any(len(key) != KEY_BYTES or key_id(key) != name for name, key in keys.items()):
        raise Problem("seal-broken", str(file))
    return TrustStore(keys)
