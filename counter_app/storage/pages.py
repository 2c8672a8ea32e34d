"""Scanned pages: one sealed file each, named by its own hash, durable before any commit names it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.problems import Problem
from counter_app.seals.files import sync_folder, write_private
from counter_app.seals.provider import AES_256_GCM, STANDARD

FOLDER = "blobs"
_BOUND = b"ow1.page"


def opened(sealed: bytes, keys: Sequence[bytes]) -> bytes:
    """A sealed page by whichever key fits. Raises Problem `seal-broken`."""
    for key in keys[:-1]:
        try:
            return STANDARD.open(AES_256_GCM, key, sealed, _BOUND)
        except Problem:
            continue
    return STANDARD.open(AES_256_GCM, keys[-1], sealed, _BOUND)


@dataclass(frozen=True, slots=True)
class Pages:
    """The folder `blobs/`: `blobs/ab/<sha256 of the sealed bytes>`."""

    folder: Path
    key: bytes = field(repr=False)
    older: tuple[bytes, ...] = field(default=(), repr=False)  # keys of pages sealed before this one

    def add(self, data: bytes) -> str:
        """Seal and keep one page; file and folder are on disk when this returns its name (ref).

        Raises Problem `store-write`.
        """
        sealed = STANDARD.seal(AES_256_GCM, self.key, data, _BOUND)
        ref = hashlib.sha256(sealed).hexdigest()
        file = self._file(ref)
        try:
            if not file.parent.exists():
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                sync_folder(file.parent.parent)
                sync_folder(self.folder.parent)
            write_private(file, sealed)
        except OSError as error:
            raise Problem("store-write", FOLDER, error.strerror or "") from error
        return ref

    def read(self, ref: str) -> bytes:
        """The page itself. Raises Problem `not-found` or `seal-broken` (changed on disk)."""
        file = self._file(ref)
        if not file.exists():
            raise Problem("not-found", FOLDER, ref)
        sealed = file.read_bytes()
        if hashlib.sha256(sealed).hexdigest() != ref:
            raise Problem("seal-broken", FOLDER)
        return opened(sealed, (self.key, *self.older))

    def size(self, ref: str) -> int:
        """Bytes of the sealed file. Raises Problem `not-found`: a commit must not name a missing page."""
        file = self._file(ref)
        if not file.exists():
            raise Problem("not-found", FOLDER, ref)
        return file.stat().st_size

    def sweep(self, named: Iterable[str], older_than_s: float, now_s: float) -> list[str]:
        """Remove files no commit names and nobody is still working on; returns what went."""
        keep, gone = set(named), []
        for file in self.folder.glob("??/*"):
            if file.name not in keep and now_s - file.stat().st_mtime > older_than_s:
                file.unlink()
                gone.append(file.name)
        return gone

    def _file(self, ref: str) -> Path:
        if len(ref) != 64 or os.sep in ref or not ref.isalnum():
            raise Problem("not-found", FOLDER, ref)
        return self.folder / ref[:2] / ref
