"""Which program on this machine a device belongs to, so that desk and kiosk never take each other's card.

Two rules. A device that a program names in its configuration belongs to that program, at once and whoever
used it before. A device nobody names belongs to the first program that found it, as long as that runs. The
system forgets a claim with the process that held it, however it ended.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import time
from pathlib import Path

_SHARED = "/run/lock"  # writable for everybody, gone with the next start
_NAMED, _FOUND = "named", "found"
_LOOKS, _LOOK_S = 4, 0.005


class Claims:
    """The claims of one driver on devices of one service (`scope` tells two services' equal names apart).

    Where the system has no such locks, every device is everybody's. Safe from any thread.
    """

    def __init__(self, scope: str = "") -> None:
        self._scope = scope
        self._held: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def name(self, device: str) -> bool:
        """Claim a device this program was told to use. False: another program was told so too."""
        return self._take(device, _NAMED)

    def may_use(self, device: str) -> bool:
        """Whether a device nobody named here may be used: not named elsewhere, not found elsewhere first."""
        return not _is_elsewhere(self._file(device, _NAMED)) and self._take(device, _FOUND)

    def release(self) -> None:
        """Give everything back."""
        with self._lock:
            for handle in self._held.values():
                os.ftruncate(handle, 0)
                os.close(handle)
            self._held.clear()

    def _take(self, device: str, rule: str) -> bool:
        with self._lock:
            if (device, rule) in self._held:
                return True
            handle = _opened(self._file(device, rule))
            if handle < 0:
                return True
            if _locked_soon(handle):
                os.ftruncate(handle, 0)
                os.pwrite(handle, str(os.getpid()).encode("ascii"), 0)
                self._held[device, rule] = handle
                return True
            mine = _holder(handle) == os.getpid()
            os.close(handle)
            return mine

    def _file(self, device: str, rule: str) -> Path:
        folder = _SHARED if os.access(_SHARED, os.W_OK) else tempfile.gettempdir()
        digest = hashlib.sha256((self._scope + "\0" + device).encode("utf-8")).hexdigest()[:24]
        return Path(folder) / ("onewindow-" + digest + "." + rule)


class Route:
    """Which readers are this desk's: the one named in its configuration, or all that are nobody else's."""

    def __init__(self, only: str = "", scope: str = "") -> None:
        self._only = only
        self._claims = Claims(scope)

    def is_wanted(self, reader: str) -> bool:
        """Whether the configuration means this reader."""
        return self._only in ("", reader)

    def is_ours(self, reader: str) -> bool:
        """Whether it is meant and not another program's; what is nobody's becomes ours."""
        if not self.is_wanted(reader):
            return False
        return self._claims.name(reader) if self._only else self._claims.may_use(reader)

    def release(self) -> None:
        """Let others have them."""
        self._claims.release()


def _is_elsewhere(file: Path) -> bool:
    """Whether another process holds the lock of a file."""
    if not file.exists():
        return False
    handle = _opened(file)
    if handle < 0:
        return False
    try:
        return not _locked(handle) and _holder(handle) != os.getpid()
    finally:
        os.close(handle)  # a lock just taken is given back


def _opened(file: Path) -> int:
    """The file, made for every user of the machine; -1 where that cannot be."""
    try:
        return os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        pass
    before = os.umask(0)
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:
        return -1
    finally:
        os.umask(before)


def _locked(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:
        return True  # a system without such locks: everything is everybody's
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _locked_soon(handle: int) -> bool:
    """Somebody who only looks holds the lock for a moment; whoever uses the device holds it on."""
    for _ in range(_LOOKS):
        if _locked(handle):
            return True
        time.sleep(_LOOK_S)
    return False


def _holder(handle: int) -> int:
    try:
        return int(os.pread(handle, 20, 0) or b"0")
    except (OSError, ValueError):
        return 0
