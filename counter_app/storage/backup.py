"""Backups of a data folder: made beside a running desk, encrypted, compared, and named file by file.

`backups/<moment>/` holds a copy of every database, the side journal, the pages, the archives, the wrapped
keys and the settings, and a manifest of their hashes signed by the device. Nothing in it is in clear, save
what is in clear in the data folder (the keys of a demo). Papers that a folder printer left there are not
part of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_app import __version__
from counter_app.database import copying
from counter_app.problems import Problem
from counter_app.seals.canonical import canonical
from counter_app.seals.device import DeviceSecrets
from counter_app.seals.files import sync_folder, write_private
from counter_app.seals.trust import TrustStore
from counter_app.seals.vault import Damage
from counter_app.storage import audit
from counter_app.storage.journal import FOLDER as JOURNAL
from counter_app.storage.pages import FOLDER as PAGES
from counter_app.storage.state import StoreState

MANIFEST, SIGNATURE, FORMAT = "manifest.json", "manifest.sig", 1
DATABASES = "*.db"
FOLDERS = (PAGES, "archive", "packs")
SMALL = ("*.toml", "*.keys", "*.key", "*.pub", "senders.json", "trust.json", "keys.*", "recovery*")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup as its manifest tells it; `unit_no` and `entries` say how far it reaches."""

    folder: Path
    made_at: str
    version: str
    device: str
    epoch: int
    unit_no: int
    entries: int
    files: Mapping[str, tuple[int, str]] = field(repr=False)  # name: bytes, SHA-256

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(size for size, _ in self.files.values())


def make(source: Path, state: StoreState, secrets: DeviceSecrets, root: Path, now: datetime) -> Backup:
    """Back a data folder up below `root`; the backup is there whole and compared, or not at all.

    `state` is that of the store as its caller opened it: the copy reaches at least as far. Raises Problem
    `backup-failed`, `backup-there` (one of the same second).
    """
    folder = root / now.strftime("%Y%m%d-%H%M%S")
    if folder.exists():
        raise Problem("backup-there", folder.name, folder.name)
    draft = root / f".{folder.name}.new"
    earlier = newest(root)
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        _fill(source, draft, earlier, secrets)
        _describe(draft, state, secrets, now)
        sync_folder(draft)
        draft.replace(folder)
        sync_folder(root)
    except OSError as error:
        raise Problem("backup-failed", folder.name, error.strerror or type(error).__name__) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return read(folder)


def _fill(source: Path, draft: Path, earlier: Path | None, secrets: DeviceSecrets) -> None:
    # Databases first: a journal that was copied later reaches at least as far, and opening puts the rest
    # back.
    for file in sorted(source.glob(DATABASES)):
        copying.copy(file, secrets.keys.database, draft / file.name)
    for small in sorted(_small(source)):
        _copy(source / small, draft / small)
    for file in sorted((source / JOURNAL).glob("*.owj")):
        _copy(file, draft / JOURNAL / file.name)
    for folder in FOLDERS:
        for file in sorted(f for f in (source / folder).rglob("*") if f.is_file() and not f.is_symlink()):
            name = file.relative_to(source)
            before = earlier / name if earlier is not None else None
            _copy(file, draft / name, before)


def _small(source: Path) -> set[str]:
    return {file.name for pattern in SMALL for file in source.glob(pattern) if file.is_file()}


def _copy(file: Path, target: Path, earlier: Path | None = None) -> None:
    """Copy durably; a file that an earlier backup has byte for byte is linked to, not written again."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if earlier is not None and earlier.is_file() and hash_of(earlier) == hash_of(file):
        with contextlib.suppress(OSError):  # a USB stick knows no links
            os.link(earlier, target)
            return
    copy_durably(file, target)


def copy_durably(file: Path, target: Path) -> None:
    """Copy a file to where none is: on disk when this returns, readable by this user only. Raises OSError."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with file.open("rb") as given, os.fdopen(handle, "wb") as out:
        shutil.copyfileobj(given, out, _PIECE)
        out.flush()
        os.fsync(out.fileno())


def _describe(draft: Path, state: StoreState, secrets: DeviceSecrets, now: datetime) -> None:
    rows = [
        {"name": name, "bytes": file.stat().st_size, "sha256": hash_of(file)} for name, file in _files(draft)
    ]
    about = {
        "format": FORMAT,
        "made_at": now.isoformat(timespec="seconds"),
        "version": __version__,
        "device": state.device,
        "epoch": state.epoch,
        "unit_no": state.unit_no,
        "entries": state.entry,
        "files": rows,
    }
    manifest = canonical(about)
    write_private(draft / MANIFEST, manifest)
    write_private(draft / SIGNATURE, canonical(dict(secrets.sign(manifest))))


def read(folder: Path) -> Backup:
    """What a backup says of itself. Raises Problem `backup-broken` for a folder that is none."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        files = {row["name"]: (int(row["bytes"]), str(row["sha256"])) for row in told["files"]}
        if told["format"] != FORMAT or any(_is_outside(name) for name in files):
            raise ValueError("of another format")
        about: dict[str, Any] = {name: int(told[name]) for name in ("epoch", "unit_no", "entries")}
        about |= {name: str(told[name]) for name in ("made_at", "version", "device")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem("backup-broken", folder.name, MANIFEST) from error
    return Backup(folder, files=files, **about)


def signed_by(folder: Path, secrets: DeviceSecrets) -> bool:
    """Whether the manifest in a folder is one this device has signed."""
    try:
        signature = json.loads((folder / SIGNATURE).read_bytes())
        manifest = (folder / MANIFEST).read_bytes()
    except (OSError, ValueError):
        return False
    believed = TrustStore().with_key(secrets.keys.public_key)
    return isinstance(signature, dict) and believed.verify(manifest, signature)


def damage(backup: Backup, secrets: DeviceSecrets | None = None) -> list[Damage]:
    """Everything that differs from the manifest; with the keys also whose manifest it is."""
    found = [
        one for name, expected in backup.files.items() for one in _compared(backup.folder, name, expected)
    ]
    there = {name for name, _ in _files(backup.folder)} - {MANIFEST, SIGNATURE}
    found += [Damage(name, "extra", "清单中没有这个文件") for name in sorted(there - backup.files.keys())]
    if secrets is not None and not signed_by(backup.folder, secrets):
        found.append(Damage(SIGNATURE, "signature", "清单与签名不符"))
    return found


def newest(root: Path) -> Path | None:
    """The newest whole backup below a folder, None when there is none."""
    return max(backups(root), key=lambda folder: folder.name, default=None)


def backups(root: Path) -> Iterator[Path]:
    """Every whole backup below a folder; half-made ones and copies from before an upgrade are none."""
    return (file.parent for file in root.glob(f"[0-9]*/{MANIFEST}"))


def thin_out(root: Path, keep: int) -> list[str]:
    """Remove all but the newest `keep` backups; gives the names of those that went."""
    old = sorted(backups(root), key=lambda folder: folder.name)[:-keep] if keep else []
    for folder in old:
        (folder / MANIFEST).unlink()  # from here on it is no backup, whatever becomes of the rest
        shutil.rmtree(folder)
    return [folder.name for folder in old]


def hash_of(file: Path) -> str:
    """SHA-256 of a file of any size."""
    with file.open("rb") as given:
        return hashlib.file_digest(given, "sha256").hexdigest()


def prove(store: Any) -> None:
    """Raise Problem `backup-broken` unless the chains of an opened copy hold from first row to last."""
    whole, _, bad = audit.verify(store)
    if not whole:
        raise Problem("backup-broken", "audit", str(bad))


def _files(folder: Path) -> Iterable[tuple[str, Path]]:
    return sorted((f.relative_to(folder).as_posix(), f) for f in folder.rglob("*") if f.is_file())


def _is_outside(name: str) -> bool:
    path = Path(name)
    return path.is_absolute() or ".." in path.parts


def _compared(folder: Path, name: str, expected: tuple[int, str]) -> list[Damage]:
    file = folder / name
    if not file.is_file():
        return [Damage(name, "missing", "文件缺失")]
    if file.stat().st_size != expected[0]:
        return [Damage(name, "size", f"文件长度由 {expected[0]} 变为 {file.stat().st_size} 字节")]
    if hash_of(file) != expected[1]:
        return [Damage(name, "changed", "文件内容已被改动")]
    return []
