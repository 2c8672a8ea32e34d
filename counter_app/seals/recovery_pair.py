"""The pair of keys for recovery: made once for a hall, its private half in a file for the safe."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from counter_app.problems import Problem
from counter_app.seals.keyring import SHORTEST


def make_pair(private_file: Path, passphrase: str) -> bytes:
    """Write a new private key, encrypted under a passphrase (PKCS #8, 0600); answers its public half.

    Raises Problem `passphrase-short`, `store-write` (also when the file is there already).
    """
    if len(passphrase) < SHORTEST:
        raise Problem("passphrase-short")
    key = X25519PrivateKey.generate()
    hidden = BestAvailableEncryption(passphrase.encode("utf-8"))
    try:
        handle = os.open(private_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden))
    except OSError as error:
        raise Problem("store-write", private_file.name, error.strerror or "") from error
    return key.public_key().public_bytes_raw()


def read_private(file: Path, passphrase: str) -> bytes:
    """The private key of a file. Raises Problem `recovery-key` for a wrong file or passphrase."""
    try:
        key = load_pem_private_key(file.read_bytes(), passphrase.encode("utf-8"))
    except (OSError, ValueError, TypeError) as error:
        raise Problem("recovery-key", file.name) from error
    if not isinstance(key, X25519PrivateKey):
        raise Problem("recovery-key", file.name)
    return key.private_bytes_raw()
