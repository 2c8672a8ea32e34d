"""A PostgreSQL server of our own for one test run: private folder, private socket, no TCP."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def _tool(name: str) -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found[-1] if found else None


def missing() -> str | None:
    """Why no server can be started here, or None."""
    return None if _tool("initdb") else "PostgreSQL is not installed; run installer/setup.sh"


@dataclass(frozen=True)
class Postgres:
    """A running server; `folder` holds its socket."""

    folder: Path
    user: str = "hall"

    def url(self, database: str = "postgres") -> str:
        """SQLAlchemy URL of one of its databases (driver psycopg)."""
        return f"postgresql+psycopg://{self.user}@/{database}?host={self.folder}"

    def fresh(self) -> str:
        """Create an empty database and give its URL."""
        name = "t" + uuid.uuid4().hex[:12]
        tool = _tool("createdb")
        subprocess.run([str(tool), "-h", str(self.folder), "-U", self.user, name], check=True)
        return self.url(name)

    def restart(self, how: str = "immediate") -> None:
        """Stop as a power cut does (`immediate`) or kindly (`fast`); start again and wait for its answer."""
        argv = [*_as_owner(), str(_tool("pg_ctl")), "-D", str(self.folder / "data"), "-m", how, "-w"]
        argv += ["-l", str(self.folder / "log"), "restart"]
        subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _as_owner() -> list[str]:
    """PostgreSQL refuses to run as root; Debian's package brings the account it likes."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


@contextmanager
def running(durable: bool = False) -> Iterator[Postgres]:
    """Start a server in a folder of its own, stop it at the end; a benchmark wants it to sync."""
    # Not pytest's folder: a socket path has 107 characters at most, and root's folder is closed to others.
    folder = Path(tempfile.mkdtemp(prefix="ow-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    owner = _as_owner()
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    settings = f"-c listen_addresses= -c unix_socket_directories={folder}"
    settings += "" if durable else " -c fsync=off"
    initdb = [
        str(_tool("initdb")),
        "-D",
        str(data),
        "-U",
        "hall",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    control = [*owner, str(_tool("pg_ctl")), "-D", str(data)]
    try:
        subprocess.run([*owner, *initdb], **quiet)  # type: ignore[call-overload]
        subprocess.run([*control, "-w", "-l", str(folder / "log"), "-o", settings, "start"], **quiet)  # type: ignore[call-overload]
        try:
            yield Postgres(folder)
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
