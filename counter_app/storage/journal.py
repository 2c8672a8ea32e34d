"""The side journal: what each commit said, sealed, in a second file that SQLite never touches.

One flipped bit in a WAL makes SQLite drop every later commit without a word; the journal puts them
back. `journal/<device>-<epoch>-<first unit>.owj` holds a header line and then one line per unit:
`<from> <to> <base64url>`, the sealed part being zlib-packed JSON. Space is taken from the
disk before the commit it belongs to, so that a full disk stops the commit and not its journal; it is
taken as written zeros, because overwriting them needs half the time that an fsync of grown or merely
allocated space does.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.files import sync_folder, write_private
from counter_app.seals.provider import AES_256_GCM, STANDARD
from counter_app.storage.changes import Change

FOLDER = "journal"
_HEADER = "OW1J 1"
_FILE_LIMIT = 8 << 20
_GRAIN = 256 << 10


class Line(Value, frozen=True):
    """What the units `first` to `last` changed; more than one unit only where lines were lost."""

    first: int
    last: int
    changes: list[Change]


@dataclass(slots=True)
class Journal:
    """The journal of one device and epoch. `high` is the last unit it holds, 0 when it is empty."""

    folder: Path
    key: bytes = field(repr=False)
    device: str
    epoch: int
    high: int = 0
    _handle: int = -1
    _end: int = 0
    _room: int = 0

    # --- reading --------------------------------------------------------------------------------
    def lines(self, after: int = 0) -> Iterator[Line]:
        """Every line that goes beyond unit `after`, in order; a torn last line is left out.

        Raises Problem `journal-broken` with the number of the first unit that cannot be trusted.
        """
        files = self.files()
        begun = [_first_unit(file) for file in files]
        skip = max([nth for nth, first in enumerate(begun) if first <= after + 1], default=0)
        expected = begun[skip] if files else 0
        for nth, file in enumerate(files[skip:], skip):
            raw = _whole_lines(file)
            for at, text in enumerate(raw[1:], 1):
                is_last = nth == len(files) - 1 and at == len(raw) - 1
                line = self._line(text, wanted=after)
                if line is None and is_last:
                    return
                if line is None or line.first != expected:
                    raise Problem("journal-broken", file.name, str(expected))
                expected = line.last + 1
                if line.last > after:
                    yield line

    def files(self) -> list[Path]:
        """The files of this device and epoch, oldest first."""
        return sorted(self.folder.glob(f"{self.device}-{self.epoch:04d}-*.owj"))

    def _line(self, text: bytes, wanted: int = 0) -> Line | None:
        """One line, opened only when it goes beyond `wanted`; None when it is not whole."""
        try:
            begin, end, sealed = text.decode("ascii").split(" ")
            first, last = int(begin), int(end)
            if last <= wanted:
                return Line(first, last, [])
            packed = STANDARD.open(AES_256_GCM, self.key, base64url.decode(sealed), self._bound(first, last))
            changes = msgspec.json.decode(zlib.decompress(packed), type=list[Change])
        except (ValueError, zlib.error, msgspec.DecodeError, Problem):
            return None
        return Line(first, last, changes)

    def _bound(self, first: int, last: int) -> bytes:
        return f"ow1.journal|{self.device}|{self.epoch}|{first}|{last}".encode("ascii")

    # --- writing --------------------------------------------------------------------------------
    def open(self) -> None:
        """Open for appending: find the last whole line, cut a torn one off. Raises Problem `store-write`."""
        with _disk():
            self.folder.mkdir(mode=0o700, exist_ok=True)
            sync_folder(self.folder.parent)
            self.high = 0
            files = self.files()
            while files and not self._take(files[-1]):
                files.pop()

    def _take(self, file: Path) -> bool:
        """Go on in a file; False when a crash left it without even a header."""
        raw = _whole_lines(file)
        if not raw or raw[0] != self._header():
            file.unlink()
            return False
        kept, line = len(raw), None
        while kept > 1 and (line := self._line(raw[kept - 1])) is None:
            kept -= 1  # torn, or gone bad since: the database has its rows
        if len(raw) - kept > 1:  # more than a crash can tear: keep it for whoever looks into it
            write_private(file.with_suffix(".bad"), b"\n".join(raw[kept:]))
        self._end = self._room = sum(len(one) + 1 for one in raw[:kept])
        self._handle = os.open(file, os.O_RDWR)
        os.ftruncate(self._handle, self._end)
        os.fsync(self._handle)
        self.high = line.last if line is not None else _first_unit(file) - 1
        return True

    def pack(self, first: int, last: int, changes: Sequence[Change]) -> bytes:
        """The sealed line of a unit, ready to be appended."""
        packed = zlib.compress(msgspec.json.encode(changes), 1)
        sealed = STANDARD.seal(AES_256_GCM, self.key, packed, self._bound(first, last))
        return f"{first} {last} {base64url.encode(sealed)}\n".encode("ascii")

    def reserve(self, line: bytes) -> None:
        """Take the disk space of a line before its commit. Raises Problem `store-write`."""
        with _disk():
            if self._handle < 0 or self._end + len(line) > _FILE_LIMIT:
                self._begin_file()
            if self._end + len(line) > self._room:
                grow = max(_GRAIN, len(line))
                _write_all(self._handle, bytes(grow), self._room)
                self._room += grow

    def append(self, line: bytes) -> None:
        """Write a reserved line and make it durable. Raises Problem `journal-write`."""
        try:
            _write_all(self._handle, line, self._end)
            os.fsync(self._handle)
        except OSError as error:
            raise Problem("journal-write", "", error.strerror or "") from error
        self._end += len(line)
        self.high = int(line.split(b" ", 2)[1])

    def close(self) -> None:
        """Give unused space back and close."""
        if self._handle >= 0:
            os.ftruncate(self._handle, self._end)
            os.close(self._handle)
            self._handle = -1

    def begin(self) -> None:
        """Begin an empty journal after unit `high`, for a new epoch. Raises Problem `store-write`."""
        with _disk():
            self._begin_file()

    def _begin_file(self) -> None:
        self.close()
        file = self.folder / f"{self.device}-{self.epoch:04d}-{self.high + 1:012d}.owj"
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        header = self._header() + b"\n"
        _write_all(self._handle, header, 0)
        os.fsync(self._handle)
        sync_folder(self.folder)
        self._end = self._room = len(header)

    def _header(self) -> bytes:
        return f"{_HEADER} {self.device} {self.epoch}".encode("ascii")


def owners(folder: Path) -> set[tuple[str, int]]:
    """Every device and epoch that has a journal in a folder."""
    names = (file.stem.rsplit("-", 2) for file in folder.glob("*-*-*.owj"))
    return {(device, int(epoch)) for device, epoch, _ in names}


def lines_over_epochs(side: Journal, after: int) -> Iterator[Line]:
    """Every line beyond a unit, those of earlier epochs first where a restore has begun a new journal.

    Raises Problem `journal-broken` for a unit that no journal has.
    """
    begun = [_first_unit(file) for file in side.files()]
    reached = after
    if begun and after + 1 < begun[0]:
        earlier = max((e for d, e in owners(side.folder) if d == side.device and e < side.epoch), default=0)
        before = Journal(side.folder, side.key, side.device, earlier)
        for line in lines_over_epochs(before, after) if earlier else ():
            if line.last >= begun[0]:
                break
            reached = line.last
            yield line
        if reached != begun[0] - 1:
            raise Problem("journal-broken", FOLDER, str(reached + 1))
    yield from side.lines(reached)


def newest_owner(folder: Path) -> tuple[str, int] | None:
    """Device and epoch of the newest journal in a folder, None when there is none with a line."""
    files = [file for file in folder.glob("*.owj") if len(_whole_lines(file)) > 1]
    if not files:
        return None
    newest = max(files, key=lambda file: file.stat().st_mtime_ns)
    device, epoch = _whole_lines(newest)[0].decode("ascii").split(" ")[2:4]
    return device, int(epoch)


def _first_unit(file: Path) -> int:
    return int(file.stem.rsplit("-", 1)[1])


def _whole_lines(file: Path) -> list[bytes]:
    """The lines that were ended; reserved space and a torn tail are left out."""
    return file.read_bytes().rstrip(b"\0").split(b"\n")[:-1]


def _write_all(handle: int, data: bytes, at: int) -> None:
    os.lseek(handle, at, os.SEEK_SET)
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Problem("store-write", FOLDER, error.strerror or "") from error
