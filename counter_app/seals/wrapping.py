"""A secret wrapped to one holder of an X25519 key (ephemeral key, HKDF-SHA256, AES-256-GCM)."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.problems import Problem
from counter_app.seals.provider import AES_256_GCM, KEY_BYTES, STANDARD


def public_of(private: bytes) -> bytes:
    """The 32 public bytes of an X25519 key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def wrap(secret: bytes, public: bytes, purpose: str) -> bytes:
    """The ephemeral public key and the sealed secret; `purpose` must be given again to unwrap.

    Raises ValueError for a public key that is none.
    """
    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return mine + STANDARD.seal(AES_256_GCM, _key(shared, mine, public), secret, purpose.encode("utf-8"))


def unwrap(wrapped: bytes, private: bytes, purpose: str) -> bytes:
    """The secret. Raises Problem `seal-broken`: wrapped to another, for another purpose, or changed."""
    theirs, sealed = wrapped[:KEY_BYTES], wrapped[KEY_BYTES:]
    try:
        mine = X25519PrivateKey.from_private_bytes(private)
        shared = mine.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError as error:
        raise Problem("seal-broken") from error
    key = _key(shared, theirs, public_of(private))
    return STANDARD.open(AES_256_GCM, key, sealed, purpose.encode("utf-8"))


def _key(shared: bytes, once: bytes, holder: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"ow1.wrap" + once + holder).derive(
        shared
    )
