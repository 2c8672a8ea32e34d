"""A disk whose power can be cut: only what was synced is sure to survive, the rest in any torn part."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512


@dataclass
class Disk:
    """What would be on the platters: `durable` per file name, and writes not yet synced, in order."""

    durable: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[tuple[int, bytes | None]]] = field(default_factory=dict)
    operations: int = 0
    watch: Any = None  # called after every operation

    def happened(self) -> None:
        self.operations += 1
        if self.watch is not None:
            self.watch()

    def wrote(self, name: str, at: int, data: bytes | None) -> None:
        """`data` None is a truncation to `at` bytes."""
        self.pending.setdefault(name, []).append((at, data))
        self.happened()

    def synced(self, name: str) -> None:
        image = self.durable.setdefault(name, bytearray())
        for at, data in self.pending.pop(name, []):
            _apply(image, at, data)
        self.happened()

    def deleted(self, name: str) -> None:
        self.durable.pop(name, None)
        self.pending.pop(name, None)
        self.happened()

    def cut(self, folder: Path, dice: random.Random) -> None:
        """Write what a power cut at this moment may leave: each sector of each pending write, or not."""
        for name in {*self.durable, *self.pending}:
            image = bytearray(self.durable.get(name, b""))
            for at, data in self.pending.get(name, []):
                if data is None:
                    if dice.random() < 0.5:
                        _apply(image, at, None)
                    continue
                for start in range(0, len(data), SECTOR):
                    if dice.random() < 0.5:
                        _apply(image, at + start, data[start : start + SECTOR])
            (folder / name).write_bytes(image)


def _apply(image: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del image[at:]
        return
    if len(image) < at:
        image.extend(bytes(at - len(image)))
    image[at : at + len(data)] = data


class CutVFS(apsw.VFS):  # type: ignore[misc]
    """The system's files, with every write and sync told to a Disk."""

    def __init__(self, disk: Disk, name: str) -> None:
        self.disk = disk
        self.vfs_name = name
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: Any) -> Any:
        return CutFile(self.disk, name, flags)

    def xDelete(self, name: str, sync_folder: bool) -> None:
        super().xDelete(name, sync_folder)
        self.disk.deleted(Path(name).name)


class CutFile(apsw.VFSFile):  # type: ignore[misc]
    def __init__(self, disk: Disk, name: Any, flags: Any) -> None:
        self.disk = disk
        self.file = Path(name.filename() if isinstance(name, apsw.URIFilename) else name or "temporary").name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self.disk.wrote(self.file, offset, bytes(data))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self.disk.wrote(self.file, size, None)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self.disk.synced(self.file)
