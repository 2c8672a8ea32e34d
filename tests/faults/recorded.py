"""The log of recorder.c, and the disk it describes: cut off anywhere, it leaves what a power cut may."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECTOR = 512
DATA = "data"  # below the root, and there before anything is recorded
_HEAD = struct.Struct("IIIIq")
_BORN_AGAIN = ("-shm", "store.lock")  # never on a disk in any state that counts


@dataclass(frozen=True)
class Record:
    """`op`: c(reate) w(rite) t(runcate) s(ync) u(nlink) r(ename) d(irectory); paths below the root."""

    op: str
    path: str
    second: str
    offset: int
    data: bytes


def build(folder: Path) -> Path:
    """The shared object, compiled. Raises CalledProcessError with gcc's words."""
    made = folder / "recorder.so"
    source = Path(__file__).with_name("recorder.c")
    argv = ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(made), str(source), "-ldl"]
    subprocess.run(argv, check=True, capture_output=True)
    return made


def record(library: Path, folder: Path, module: str, *words: str) -> list[Record]:
    """Run `python -m module folder/root words…` under the recorder; everything it changed there, in order."""
    root, log = folder / "root", folder / "log"
    (root / DATA).mkdir(parents=True)
    extra = {"LD_PRELOAD": str(library), "RECORD_ROOT": str(root), "RECORD_LOG": str(log)}
    environment = {**os.environ, **extra, "PYTHONPATH": str(ROOT)}
    argv = [sys.executable, "-m", module, str(root), *words]
    done = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return list(_read(log.read_bytes(), str(root)))


def _read(raw: bytes, root: str) -> Iterator[Record]:
    at = 0
    while at < len(raw):
        op, path, second, size, offset = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        ends = (at + path, at + path + second, at + path + second + size)
        names = [raw[at : ends[0]].decode(), raw[ends[0] : ends[1]].decode()]
        names = [name[len(root) + 1 :] for name in names]
        yield Record(chr(op), names[0], names[1], offset, raw[ends[1] : ends[2]])
        at = ends[2]


@dataclass
class Inode:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # None: cut to that length

    def synced(self) -> None:
        for at, data in self.pending:
            _put(self.durable, at, data)
        self.pending.clear()

    def left(self, dice: random.Random) -> bytes:
        """The durable bytes, and of what was not synced any sectors."""
        image = bytearray(self.durable)
        for at, data in self.pending:
            if data is None:
                if dice.random() < 0.5:
                    _put(image, at, None)
                continue
            for start in range(0, len(data), SECTOR):
                if dice.random() < 0.5:
                    _put(image, at + start, data[start : start + SECTOR])
        return bytes(image)


Names = dict[str, Inode | None]  # None is a folder


@dataclass
class Platter:
    """What the records so far have made durable, and what hangs in the air.

    Names are kept per folder in the order they changed; a sync of the folder makes them durable, a cut leaves
    the first few of the others.
    """

    live: Names = field(default_factory=lambda: {DATA: None})
    names: Names = field(default_factory=lambda: {DATA: None})
    changes: dict[str, list[tuple[str, str, Inode | None]]] = field(default_factory=dict)

    def take(self, one: Record) -> None:
        if one.op in "cdur":
            self._named(one)
        elif one.op == "s" and self._is_folder(one.path):
            for change in self.changes.pop(one.path, []):
                _rename(self.names, change)
        elif (inode := self.live.get(one.path)) is not None:
            if one.op == "s":
                inode.synced()
            else:
                inode.pending.append((one.offset, one.data if one.op == "w" else None))

    def _is_folder(self, path: str) -> bool:
        return path == "" or (path in self.live and self.live[path] is None)

    def _named(self, one: Record) -> None:
        where = one.path.rpartition("/")[0]
        kind = {"c": "add", "d": "add", "u": "drop", "r": "move"}[one.op]
        inode = Inode() if one.op == "c" else self.live.get(one.path)
        steps = [("add", one.second, inode), ("drop", one.path, None)] if kind == "move" else []
        for change in steps or [(kind, one.path, inode)]:
            _rename(self.live, change)
        # A rename is one change on the disk: both names or none.
        self.changes.setdefault(where, []).append((kind, f"{one.path}\0{one.second}", inode))

    def cut(self, folder: Path, dice: random.Random) -> None:
        """Write what is there after the power has come back."""
        names = dict(self.names)
        for changes in self.changes.values():
            for change in changes[: dice.randint(0, len(changes))]:
                _rename(names, change)
        for name, inode in sorted(names.items()):
            file = folder / name
            if not file.parent.is_dir():
                continue  # what it lay in was not durable
            if inode is None:
                file.mkdir()
            elif not name.endswith(_BORN_AGAIN):
                file.write_bytes(inode.left(dice))


def _rename(names: Names, change: tuple[str, str, Inode | None]) -> None:
    kind, path, inode = change
    path, _, second = path.partition("\0")
    if kind == "add":
        names[path] = inode
    elif kind == "drop":
        names.pop(path, None)
    else:
        names[second] = inode
        names.pop(path, None)


def _put(image: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        if len(image) > at:
            del image[at:]
        return
    if len(image) < at:
        image.extend(bytes(at - len(image)))
    image[at : at + len(data)] = data
