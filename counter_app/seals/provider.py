"""The algorithms, behind one Protocol: what is stored names its algorithm, so others can follow."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache, partial
from typing import Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from counter_app.domain.value import Value
from counter_app.problems import Problem

SHA256 = "sha256"
SM3 = "sm3"
ED25519 = "ed25519"
AES_256_GCM = "aes-256-gcm"
SM4_GCM = "sm4-gcm"
CIPHERS = (AES_256_GCM, SM4_GCM)
KEY_BYTES = 32
_TAG_BYTES = 16
_NONCE_BYTES = 12


class CryptoProvider(Protocol):
    """Hashing, signing and sealing. A certified module (SM2, SM4, a UKey) is another provider."""

    def digest(self, alg: str, data: bytes) -> str:
        """Hex digest; `alg` is `sha256` or `sm3`. Raises ValueError for another name."""

    def sign(self, alg: str, private_key: bytes, message: bytes) -> bytes:
        """Detached signature. Raises ValueError for an unknown algorithm."""

    def verify(self, alg: str, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the signature fits; False for an unknown algorithm or a malformed key."""

    def public_key(self, alg: str, private_key: bytes) -> bytes:
        """The public half of a signing key."""

    def seal(self, alg: str, key: bytes, plain: bytes, bound_to: bytes) -> bytes:
        """Encrypt and authenticate; `bound_to` must be given again to open."""

    def open(self, alg: str, key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
        """Open what `seal` made. Raises Problem `seal-broken`."""


class StandardProvider(Value, frozen=True):
    """SHA-256 and SM3, Ed25519, AES-256-GCM and SM4-GCM from the `cryptography` package.

    SM2 signatures are not in it: a UKey or a certified module is a provider of its own.
    """

    def digest(self, alg: str, data: bytes) -> str:
        """Hex digest. Raises ValueError for an unknown algorithm."""
        if alg == SHA256:
            return hashlib.sha256(data).hexdigest()
        if alg == SM3:
            state = hashes.Hash(hashes.SM3())
            state.update(data)
            return state.finalize().hex()
        raise ValueError(f"unknown hash {alg}")

    def sign(self, alg: str, private_key: bytes, message: bytes) -> bytes:
        """Ed25519 signature, 64 bytes. Raises ValueError for another algorithm."""
        if alg != ED25519:
            raise ValueError(f"unknown signature {alg}")
        return _signer(private_key).sign(message)

    def verify(self, alg: str, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the signature fits."""
        if alg != ED25519:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def public_key(self, alg: str, private_key: bytes) -> bytes:
        """The 32 public bytes of an Ed25519 key. Raises ValueError for another algorithm."""
        if alg != ED25519:
            raise ValueError(f"unknown signature {alg}")
        return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()

    def seal(self, alg: str, key: bytes, plain: bytes, bound_to: bytes) -> bytes:
        """Nonce (12 bytes, random), ciphertext and tag. Raises ValueError for an unknown algorithm."""
        nonce = os.urandom(_NONCE_BYTES)
        if alg == AES_256_GCM:
            return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)
        if alg == SM4_GCM:
            return nonce + _sm4_sealed(key, nonce, plain, bound_to)
        raise ValueError(f"unknown cipher {alg}")

    def open(self, alg: str, key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
        """Open what `seal` made. Raises Problem `seal-broken`, also for an unknown algorithm."""
        if alg not in CIPHERS or len(sealed) < _NONCE_BYTES + _TAG_BYTES:
            raise Problem("seal-broken")
        opened = AESGCM(key).decrypt if alg == AES_256_GCM else partial(_sm4_opened, key)
        try:
            return opened(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
        except InvalidTag as error:
            raise Problem("seal-broken") from error


def _sm4(key: bytes) -> SM4:
    """SM4 takes 16 bytes (GB/T 32907); SM3 makes them of a key of 32, so that one key serves either."""
    state = hashes.Hash(hashes.SM3())
    state.update(b"ow1.sm4|" + key)
    return SM4(state.finalize()[:16])


def _sm4_sealed(key: bytes, nonce: bytes, plain: bytes, bound_to: bytes) -> bytes:
    sealing = Cipher(_sm4(key), GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(bound_to)
    return sealing.update(plain) + sealing.finalize() + sealing.tag


def _sm4_opened(key: bytes, nonce: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    opening = Cipher(_sm4(key), GCM(nonce, sealed[-_TAG_BYTES:])).decryptor()
    opening.authenticate_additional_data(bound_to)
    return opening.update(sealed[:-_TAG_BYTES]) + opening.finalize()


@lru_cache(maxsize=4)
def _signer(private_key: bytes) -> Ed25519PrivateKey:
    """Making the key object costs more than a signature, and a device has one."""
    return Ed25519PrivateKey.from_private_bytes(private_key)


STANDARD = StandardProvider()


def new_key() -> bytes:
    """32 random bytes: a database, field, blind-index or Ed25519 private key."""
    return os.urandom(KEY_BYTES)


def key_id(public_key: bytes) -> str:
    """The short name of a public key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]
