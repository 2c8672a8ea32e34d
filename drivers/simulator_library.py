"""A simulated device behind a vendor's library: the library is real and compiled here, the device a process.

`Cable` is the device's end of the line (the library's is drivers/simulator_library.h), `library` compiles a
stand-in with the vendor's export names. Without a C compiler there is no such device, and it says so.
"""

from __future__ import annotations

import hashlib
import shutil
import socket
import struct
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from drivers.protocols import Fault
from drivers.simulate import short_path

COMPILERS = ("gcc", "cc", "tcc")
DEEDS = {"crash": 1, "exit": 2, "hang": 3, "overrun": 4, "chatter": 5}
_SHARED = Path(__file__).with_name("simulator_library.h")
_REPLY = struct.Struct("<iiiI")
_SIZES = struct.Struct("<II")
_MOST = 1 << 20


@dataclass(frozen=True)
class Reply:
    """What a function of the library returns: its code, what it fills in, what it does wrong on the way.

    `told` is the length it says the data has; -1 is the true one.
    """

    code: int = 0
    data: bytes = b""
    deed: str = ""
    told: int = -1


@dataclass(frozen=True)
class Call:
    """One call of the library; `link` breaks when the process that made it is gone."""

    name: str
    given: bytes
    link: socket.socket


class Cable:
    """Answers the calls of a library at the socket `path`, each in a thread, until unplugged."""

    def __init__(self, path: Path, answer: Callable[[Call], Reply]) -> None:
        self._path, self._answer = path, answer
        self._listener: socket.socket | None = None
        self._links: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.plug()

    @property
    def is_plugged(self) -> bool:
        """Whether the device is there."""
        return self._listener is not None

    def plug(self) -> None:
        """Make the device appear."""
        if self._listener is not None:
            return
        self._path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        with short_path(self._path) as path:
            self._listener.bind(path)
        self._path.chmod(0o600)
        self._listener.listen(8)
        threading.Thread(target=self._serve, args=(self._listener,), name="cable", daemon=True).start()

    def unplug(self) -> None:
        """Make it vanish under whoever is asking it."""
        listener, self._listener = self._listener, None
        if listener is None:
            return
        self._path.unlink(missing_ok=True)
        with self._lock:
            ends = [listener, *self._links]
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # closing alone would not wake the threads that wait
        listener.close()

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                link, _ = listener.accept()
            except OSError:
                return  # unplugged
            with self._lock:
                self._links.add(link)
            threading.Thread(target=self._talk, args=(link,), name="cable-call", daemon=True).start()

    def _talk(self, link: socket.socket) -> None:
        try:
            with link, suppress(OSError, ValueError):
                name, given = (_exactly(link, size) for size in _SIZES.unpack(_exactly(link, _SIZES.size)))
                reply = self._answer(Call(name.decode("ascii"), given, link))
                told = len(reply.data) if reply.told < 0 else reply.told
                head = _REPLY.pack(reply.code, DEEDS.get(reply.deed, 0), told, len(reply.data))
                link.sendall(head + reply.data)
        finally:
            with self._lock:
                self._links.discard(link)


def library(source: Path, folder: Path) -> Path:
    """The stand-in compiled from `source`, in `folder`; what was compiled there before is taken again.

    Raises Fault `device-unavailable` where no C compiler is to be had.
    """
    made = folder / f"lib{source.parent.name}-{_digest(source)}.so"
    if made.exists():
        return made
    compiler = next((name for name in COMPILERS if shutil.which(name)), "")
    if not compiler:
        raise Fault("device-unavailable", "缺少程序 " + COMPILERS[0])
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = made.with_suffix(".new")
    argv = [compiler, "-shared", "-fPIC", "-O1", "-pthread", "-o", str(fresh), str(source)]
    done = subprocess.run(argv, capture_output=True, check=False)
    if done.returncode:
        raise Fault("device-unavailable", compiler + " " + str(done.returncode))
    fresh.replace(made)
    return made


def _digest(source: Path) -> str:
    return hashlib.sha256(source.read_bytes() + _SHARED.read_bytes()).hexdigest()[:12]


def _exactly(link: socket.socket, size: int) -> bytes:
    if size > _MOST:
        raise ValueError("too much")
    data = b""
    while len(data) < size:
        more = link.recv(size - len(data))
        if not more:
            raise ValueError("half a call")
        data += more
    return data
