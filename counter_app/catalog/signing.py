"""Signed packs: a detached signature over the hashes of a folder's files, so none can be changed unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from counter_app.problems import Problem
from counter_app.seals.canonical import canonical
from counter_app.seals.trust import TrustStore

SIGNATURE = "_pack.sig"


def manifest(folder: Path) -> bytes:
    """What is signed: canonical JSON of every TOML file's name and SHA-256."""
    files = sorted(file for file in folder.rglob("*.toml") if file.is_file())
    hashes = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }
    return canonical({"kind": "pack", "files": hashes})


def sign_pack(folder: Path, sign: Callable[[bytes], Mapping[str, str]]) -> Path:
    """Write the signature `{alg, key_id, sig}` beside the files; `sign` is `Secrets.sign`."""
    file = folder / SIGNATURE
    file.write_text(json.dumps(dict(sign(manifest(folder)))), "ascii")
    return file


def verify_pack(folder: Path, trust: TrustStore) -> None:
    """Refuse a folder that is not as somebody we believe signed it.

    Raises Problem `pack-unsigned` (no signature) or `pack-signature` (changed, or a stranger's).
    """
    file = folder / SIGNATURE
    if not file.is_file():
        raise Problem("pack-unsigned", str(folder))
    try:
        signature = json.loads(file.read_text("ascii"))
        is_good = isinstance(signature, dict) and trust.verify(manifest(folder), signature)
    except (ValueError, TypeError, AttributeError):
        is_good = False
    if not is_good:
        raise Problem("pack-signature", str(folder))
