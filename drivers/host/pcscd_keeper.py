"""Between a private pcscd and its owner: `python -m drivers.host.pcscd_keeper CONF FOLDER LOOPBACK`.

It runs inside the namespace made for the daemon and ends it when its own standard input closes, so that
even an owner killed with -9 leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import List

SYSTEM_FOLDER = "/run/pcscd"


def program() -> str:
    """The daemon's path; an ordinary user's PATH on Debian has no sbin."""
    return shutil.which("pcscd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") or ""


def _bring_loopback_up() -> None:
    import fcntl
    import struct

    with socket.socket() as handle:
        request = struct.pack("16sh14x", b"lo", 0x41)  # IFF_UP | IFF_RUNNING
        fcntl.ioctl(handle, 0x8914, request)  # SIOCSIFFLAGS


def _use_private_folder(folder: str) -> None:
    """Lay `folder` over /run/pcscd, which is compiled into pcscd; seen only inside this namespace."""
    os.chdir(folder)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    Path(SYSTEM_FOLDER).mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "--bind", ".", SYSTEM_FOLDER], check=True)


def _polkit() -> List[str]:
    manual = subprocess.run([program(), "--help"], capture_output=True, text=True, check=False).stdout
    return ["--disable-polkit"] if "--disable-polkit" in manual else []


def keep(conf: str, folder: str, loopback: str) -> int:
    """The keeper: run pcscd until standard input closes; a line `restart` there renews it in the same
    namespace. Prints one line `{"pid"}` for each daemon.
    """
    if loopback:
        _bring_loopback_up()
    if folder:
        _use_private_folder(folder)
    else:
        Path(SYSTEM_FOLDER).mkdir(parents=True, exist_ok=True)
    daemon = _daemon(conf)
    for line in sys.stdin:  # until whoever started us is gone
        if line.strip() == "restart":
            _end(daemon)
            daemon = _daemon(conf)
    _end(daemon)
    return 0


def _daemon(conf: str) -> subprocess.Popen[bytes]:
    argv = [program(), "--foreground", "--error", *_polkit(), "-c", conf]
    quiet = subprocess.DEVNULL
    daemon = subprocess.Popen(argv, stdin=quiet, stdout=quiet, stderr=quiet)
    sys.stdout.write(json.dumps({"pid": daemon.pid}) + "\n")
    sys.stdout.flush()
    return daemon


def _end(daemon: subprocess.Popen[bytes]) -> None:
    daemon.terminate()
    try:
        daemon.wait(3)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the owner's to handle
    sys.exit(keep(*sys.argv[1:4]))
