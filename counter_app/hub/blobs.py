"""Scanned pages of the hall: sealed files by their own hash, taken in by pieces that may be sent again.

A page is sealed at its counter; the hub keeps it without being able to read it. Who may read gets the
counter's page key, sealed for the hall (`pages.py` of `sync`).
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals.files import sync_folder

FOLDER = "blobs"
LARGEST = 32 << 20
_NAME = re.compile(r"[0-9a-f]{64}")
_HALL = re.compile(r"[0-9A-Za-z_-]{1,32}")


class Blobs(Value, frozen=True):
    """The folder `blobs/<hall>/ab/<sha256 of the bytes>`, with `.part` while a page is under way."""

    folder: Path

    def held(self, hall: str, name: str) -> int:
        """How many bytes are here of a page that is not whole; -1 when it is whole, 0 for none."""
        file = self._file(hall, name)
        if file.exists():
            return -1
        part = _part(file)
        return part.stat().st_size if part.exists() else 0

    def add(self, hall: str, name: str, piece: bytes, start: int, total: int) -> int:
        """Keep a piece that begins at `start`; the bytes held after it, -1 when the page is whole.

        The page is on disk when it is whole. Raises Problem `blob-broken` (it is not what its name
        says), `blob-place` (a piece is missing before this one), `body-large`, `store-write`.
        """
        if not 0 < total <= LARGEST or len(piece) > total:
            raise Problem("body-large", "blob", str(LARGEST))
        file = self._file(hall, name)
        if file.exists():
            return -1
        held = self.held(hall, name)
        if start > held or start + len(piece) > total:
            raise Problem("blob-place", "blob", str(held))
        try:
            return self._write(file, name, piece, start, total)
        except OSError as error:
            raise Problem("store-write", FOLDER, error.strerror or "") from error

    def read(self, hall: str, name: str) -> bytes:
        """A whole page as it was sealed. Raises Problem `not-found`, `seal-broken` (changed on disk)."""
        file = self._file(hall, name)
        if not file.exists():
            raise Problem("not-found", "blob", name)
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != name:
            raise Problem("seal-broken", FOLDER)
        return data

    def _write(self, file: Path, name: str, piece: bytes, start: int, total: int) -> int:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = _part(file)
        handle = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.pwrite(handle, piece, start)
            held = max(os.fstat(handle).st_size, start + len(piece))
            if held < total:
                return held
            data = os.pread(handle, total, 0)
            if hashlib.sha256(data).hexdigest() != name:
                part.unlink()
                raise Problem("blob-broken", "blob", name)
            os.fsync(handle)
        finally:
            os.close(handle)
        part.replace(file)
        sync_folder(file.parent)
        return -1

    def _file(self, hall: str, name: str) -> Path:
        if not _NAME.fullmatch(name) or not _HALL.fullmatch(hall):
            raise Problem("not-found", "blob", name)
        return self.folder / hall / name[:2] / name


def _part(file: Path) -> Path:
    return file.with_suffix(".part")
