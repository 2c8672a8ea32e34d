"""Sealing to somebody's public key: what is put in, only the holder of the private half takes out."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.problems import Problem
from counter_app.seals.provider import AES_256_GCM, KEY_BYTES, STANDARD

_INFO = b"ow1.box|"


def box_public(private: bytes) -> bytes:
    """The 32 public bytes of an X25519 key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal_to(public: bytes, data: bytes, where: str) -> bytes:
    """Seal for one public key by a fresh X25519 pair, HKDF-SHA-256 and AES-256-GCM; bound to `where`.

    Raises Problem `seal-broken` for what is no public key.
    """
    own = X25519PrivateKey.generate()
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise Problem("seal-broken", "box") from error
    mine = own.public_key().public_bytes_raw()
    return mine + STANDARD.seal(AES_256_GCM, _key(shared, mine, public), data, _bound(where))


def open_box(private: bytes, sealed: bytes, where: str) -> bytes:
    """Open what `seal_to` made for this key at the same place. Raises Problem `seal-broken`."""
    theirs, rest = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    own = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError as error:
        raise Problem("seal-broken", "box") from error
    return STANDARD.open(AES_256_GCM, _key(shared, theirs, box_public(private)), rest, _bound(where))


def _key(shared: bytes, sender: bytes, receiver: bytes) -> bytes:
    made = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=_INFO + sender + receiver)
    return made.derive(shared)


def _bound(where: str) -> bytes:
    return _INFO + where.encode("utf-8")
