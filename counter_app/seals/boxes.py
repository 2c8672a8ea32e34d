"""A secret for one reader: sealed to an X25519 public key made for one question, readable by who asked.

The wire may be plain HTTP on the machine itself or behind a proxy; a key of a hall never crosses it readable.
"""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.provider import AES_256_GCM, KEY_BYTES, STANDARD

_PURPOSE = b"ow1.box|"


class BoxKey:
    """The reader's half, good for as long as the object lives. Its repr shows nothing."""

    def __init__(self) -> None:
        self._private = X25519PrivateKey.generate()

    @property
    def public(self) -> str:
        """What the writer is told, base64url."""
        return base64url.encode(self._private.public_key().public_bytes_raw())

    def open(self, box: str, about: str) -> bytes:
        """Open what `boxed` made for this key and the same words. Raises Problem `seal-broken`."""
        try:
            data = base64url.decode(box)
            theirs = X25519PublicKey.from_public_bytes(data[:KEY_BYTES])
            shared = self._private.exchange(theirs)
        except ValueError as error:
            raise Problem("seal-broken") from error
        key = _key(shared, data[:KEY_BYTES] + self._private.public_key().public_bytes_raw())
        return STANDARD.open(AES_256_GCM, key, data[KEY_BYTES:], _PURPOSE + about.encode("utf-8"))


def boxed(public: str, plain: bytes, about: str) -> str:
    """Seal bytes for the holder of a public key; `about` must be said again to open.

    Raises Problem `body-broken` when it is no X25519 key.
    """
    mine = X25519PrivateKey.generate()
    try:
        theirs = base64url.decode(public)
        shared = mine.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError as error:
        raise Problem("body-broken", "public_key", "public_key") from error
    own = mine.public_key().public_bytes_raw()
    sealed = STANDARD.seal(AES_256_GCM, _key(shared, own + theirs), plain, _PURPOSE + about.encode("utf-8"))
    return base64url.encode(own + sealed)


def _key(shared: bytes, both: bytes) -> bytes:
    """One key for one box, bound to both public halves."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=both, info=_PURPOSE).derive(shared)
