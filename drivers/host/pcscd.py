"""Starts and stops a private pcscd with virtual readers, for the demo hall, tests and rehearsals.

Where the kernel allows, the daemon lives in its own network and mount namespace: vpcd's open ports are
then reachable from nowhere else, and several private daemons run side by side. A keeper process stands
between: it ends the daemon when its own standard input closes, so a killed demo leaves nothing behind.
Never part of a real counter, which uses the system's own pcscd.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Dict, List, Optional, Sequence, Tuple

from drivers.host.pcscd_keeper import SYSTEM_FOLDER, program
from drivers.protocols import Fault

_LIBRARIES = (
    "/usr/lib/pcsc/drivers/serial/libifdvpcd.so",
    "/usr/local/lib/pcsc/drivers/serial/libifdvpcd.so",
)
_FIRST_PORTS = (0x8C7B, 0x9C40, 0x9C4A, 0x9C54, 0x9C5E, 0x9C68, 0x9C72, 0x9C7C)
_NOTE = "service.json"
_SOCKET_LIMIT = 100  # sun_path holds 108 bytes
# Tried in this order; each is the unshare options and whether /run/pcscd can be a private folder.
_WAYS = (
    ("namespace", ("--net", "--mount", "--propagation", "private"), True),
    ("chroot", ("--net", "--mount", "--propagation", "unchanged"), True),
    ("user", ("--user", "--map-root-user", "--net", "--mount"), True),
    ("net", ("--net",), False),
)


@dataclass(frozen=True)
class Slot:
    """One virtual reader: a card is inserted by connecting to `port` on 127.0.0.1 inside the namespace."""

    reader: str
    port: int


class PrivatePcscd:
    """One pcscd of our own with `readers` virtual readers (rounded up to pairs, at most 16).

    `folder` takes configuration and socket and may be deleted after `stop`. Use as a context manager
    or call `start` and `stop`; the same object can be started again after a stop or a crash.
    """

    def __init__(self, folder: Path, readers: int = 2) -> None:
        self._folder = Path(folder).resolve()
        self._pairs = max(1, (readers + 1) // 2)
        self._run = self._folder / "run"
        self._short: Optional[str] = None
        self._keeper: Optional[subprocess.Popen[str]] = None
        self._keeper_pid = 0
        self._way = ""
        self.pid = 0

    @property
    def slots(self) -> Tuple[Slot, ...]:
        """The virtual readers with their PC/SC names."""
        found = []
        for pair in range(self._pairs):
            for slot in (0, 1):
                found.append(Slot(f"{_friendly(pair)} 00 {slot:02X}", _FIRST_PORTS[pair] + slot))
        return tuple(found)

    @property
    def private(self) -> bool:
        """Whether socket and ports are this service's own, so that several can run at once."""
        return any(way == self._way and own for way, _, own in _WAYS)

    @property
    def environment(self) -> Dict[str, str]:
        """What a PC/SC client process needs in its environment before its first PC/SC call."""
        if not self.private:
            return {}
        return {"PCSCLITE_CSOCK_NAME": str(self._run / "pcscd.comm")}

    def start(self) -> PrivatePcscd:
        """Start and wait until clients can connect. Raises Fault `reader-service`.

        A process that already runs such a service joins that one: its PC/SC library knows no second.
        """
        if self._join():
            return self
        self._prepare()
        self._way = way = self._choose()
        if way == "adopted":
            return self
        options = {name: given for name, given, _ in _WAYS}.get(way, ())
        argv = [sys.executable, "-m", "drivers.host.pcscd_keeper", str(self._conf())]
        argv.append(str(self._run) if self.private else "")
        argv.append("lo" if options else "")
        if options:
            argv = ["unshare", *options, "--", *argv]
        pipe = subprocess.PIPE
        self._keeper = subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True, cwd=str(_checkout()))
        self._keeper_pid = self._keeper.pid
        self._wait_ready()
        self._note()
        return self

    def stop(self) -> None:
        """Stop the daemon by closing its keeper's standard input; safe to call twice."""
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            _pipe(keeper.stdin).close()
            try:
                keeper.wait(5)
            except subprocess.TimeoutExpired:
                keeper.kill()
                keeper.wait()
            _pipe(keeper.stdout).close()
        if self._short:
            shutil.rmtree(self._short, ignore_errors=True)
            self._short = None
        self._keeper_pid = self.pid = 0

    def crash(self) -> None:
        """Kill the daemon as a crash would; `restart` brings it back."""
        os.kill(self.pid, signal.SIGKILL)

    def restart(self) -> None:
        """Stop the daemon, if it still runs, and start another where the virtual cards can reach it.

        Raises Fault `reader-service`.
        """
        if self._keeper is None:
            raise Fault("reader-service", "not ours to restart")
        (self._run / "pcscd.comm").unlink(missing_ok=True)
        _pipe(self._keeper.stdin).write("restart\n")
        _pipe(self._keeper.stdin).flush()
        self._wait_ready()

    def inside(self, argv: Sequence[str]) -> List[str]:
        """The command that runs `argv` where the virtual readers' ports are."""
        if not self._keeper_pid or self._way in ("plain", "adopted"):
            return list(argv)
        spaces = f"/proc/{self._keeper_pid}/ns/"
        command = ["nsenter", "--net=" + spaces + "net"]
        if self._way == "user":
            command += ["--user=" + spaces + "user", "--preserve-credentials"]
        return [*command, "--", *argv]

    def __enter__(self) -> PrivatePcscd:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _note(self) -> None:
        """Leave word beside the socket for `_join`."""
        if self.private:
            told = {"owner": os.getpid(), "keeper": self._keeper_pid, "pid": self.pid, "way": self._way}
            (self._run / _NOTE).write_text(json.dumps({**told, "pairs": self._pairs}), "utf-8")

    def _join(self) -> bool:
        place = Path(os.environ.get("PCSCLITE_CSOCK_NAME", "/nowhere/at/all"))
        try:
            told = json.loads((place.parent / _NOTE).read_text("utf-8"))
        except (OSError, ValueError):
            return False
        if told.get("owner") != os.getpid() or not _answers(str(place)):
            return False
        self._run, self._way = place.parent, str(told["way"])
        self._pairs, self._keeper_pid, self.pid = int(told["pairs"]), int(told["keeper"]), int(told["pid"])
        return True

    def _conf(self) -> Path:
        return self._folder / "reader.conf.d"

    def _prepare(self) -> None:
        """Write one configuration entry per reader pair, each with its own copy of the library.

        A second entry with the same file would overwrite the first one's slots inside vpcd.
        """
        library = next((path for path in _LIBRARIES if Path(path).exists()), "")
        if not library or not program():
            raise Fault("reader-service", "pcscd, vsmartcard-vpcd")
        shutil.rmtree(self._conf(), ignore_errors=True)
        self._conf().mkdir(parents=True)
        self._run = self._socket_folder()
        self._run.mkdir(parents=True, exist_ok=True)
        (self._run / "pcscd.comm").unlink(missing_ok=True)
        for pair in range(self._pairs):
            copy = self._folder / f"libifdvpcd_{pair}.so"
            shutil.copyfile(library, copy)
            (self._conf() / f"vpcd{pair}").write_text(_entry(pair, copy), "utf-8")

    def _socket_folder(self) -> Path:
        """Where the socket lies: a PC/SC library that has read its address once keeps it for ever, so the
        next daemon of a process takes the place of the one before.
        """
        pinned = os.environ.get("PCSCLITE_CSOCK_NAME", "")
        if pinned and not _answers(pinned):
            return Path(pinned).parent
        own = self._folder / "run"
        if len(str(own)) <= _SOCKET_LIMIT - len("/pcscd.comm"):
            return own
        self._short = self._short or tempfile.mkdtemp(prefix="ow1-pcscd-")
        return Path(self._short)

    def _choose(self) -> str:
        for way, options, private in _WAYS:
            if way == "chroot" and not _mounts_stay_inside():
                continue
            probe = ["mount", "-t", "tmpfs", "tmpfs", "/run"] if private else ["true"]
            tried = subprocess.run(
                ["unshare", *options, "--", *probe], stderr=subprocess.DEVNULL, check=False
            )
            if tried.returncode == 0 and (private or not _answers(SYSTEM_FOLDER + "/pcscd.comm")):
                return way
        if not _answers(SYSTEM_FOLDER + "/pcscd.comm"):
            return "plain"
        if _listening(_FIRST_PORTS[0]):
            return "adopted"
        raise Fault("reader-service", "another pcscd without vpcd is running")

    def _wait_ready(self, limit_s: float = 10.0) -> None:
        keeper = self._keeper
        line = _pipe(keeper.stdout).readline() if keeper else ""
        if not line:
            self.stop()
            raise Fault("reader-service", "pcscd did not start")
        self.pid = int(json.loads(line)["pid"])
        path = self.environment.get("PCSCLITE_CSOCK_NAME", SYSTEM_FOLDER + "/pcscd.comm")
        until = time.monotonic() + limit_s
        while not _answers(path):
            if time.monotonic() > until or not Path(f"/proc/{self.pid}").exists():
                self.stop()
                raise Fault("reader-service", "pcscd does not answer")
            time.sleep(0.01)


def start(folder: str, readers: int = 2) -> PrivatePcscd:
    """Start a private daemon with `readers` virtual readers. Raises Fault `reader-service`.

    A client process sets `.environment` before its first PC/SC call; `.stop()` ends it.
    """
    return PrivatePcscd(Path(folder), readers).start()


def _pipe(stream: Optional[IO[str]]) -> IO[str]:
    if stream is None:
        raise ValueError("not a pipe")
    return stream


def _friendly(pair: int) -> str:
    return "Virtual PCD" if pair == 0 else "Virtual PCD " + chr(ord("A") + pair)


def _entry(pair: int, library: Path) -> str:
    port = f"0x{_FIRST_PORTS[pair]:X}"
    lines = [f'FRIENDLYNAME "{_friendly(pair)}"', "DEVICENAME /dev/null:" + port]
    return "\n".join([*lines, "LIBPATH " + str(library), "CHANNELID " + port, ""])


def _checkout() -> Path:
    return Path(__file__).resolve().parents[2]


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def _mounts_stay_inside() -> bool:
    """Whether a mount made in a namespace of ours is seen nowhere else though propagation is left as it is.

    In a chroot it cannot be changed; when no mount of the first process is shared there is no need to.
    """
    try:
        return " shared:" not in Path("/proc/1/mountinfo").read_text("utf-8", "replace")
    except OSError:
        return False


def _listening(port: int) -> bool:
    """Whether somebody listens; connecting would insert a card, so the kernel's table is read instead."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
    return any(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)
