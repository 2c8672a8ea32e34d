"""A CUPS server of our own for one test run; its cups-pdf queue drops papers in a private folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SBIN = "/usr/sbin:/usr/bin:/sbin:/bin"
MODEL = "lsb/usr/cups-pdf/CUPS-PDF_noopt.ppd"

CUPSD = """\
LogLevel warn
MaxLogSize 1m
Listen {socket}
Browsing Off
DefaultAuthType None
WebInterface No
PreserveJobHistory No
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES = """\
ServerRoot {folder}
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/spool/tmp
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
SystemGroup root lpadmin
"""
CUPS_PDF = """\
Out {out}
AnonDirName {out}
Spool {folder}/cups-pdf
Log {folder}
LogType 3
Label 2
TitlePref 0
Grp lpadmin
"""


def missing() -> str | None:
    """Why no server can be started here, or None."""
    if shutil.which("cupsd", path=SBIN) is None or not Path("/usr/lib/cups/backend/cups-pdf").exists():
        return "CUPS with cups-pdf is not installed; run installer/setup.sh"
    if os.geteuid() != 0:
        return "the cups-pdf backend runs for root only"
    return None


@dataclass(frozen=True)
class Cups:
    """A running server: `server` for `-h` and CUPS_SERVER, `folder` where finished PDFs land."""

    server: str
    queue: str
    folder: Path

    def _tool(self, name: str, *arguments: str) -> str:
        found = shutil.which(name, path=SBIN)
        assert found, name
        done = subprocess.run(
            [found, "-h", self.server, *arguments], check=True, capture_output=True, text=True, timeout=30
        )
        return done.stdout

    def stop_queue(self, reason: str) -> None:
        """Make the queue hold its jobs, as a jammed printer does."""
        self._tool("cupsdisable", "-r", reason, self.queue)

    def refuse(self, reason: str) -> None:
        """Make the queue refuse new jobs."""
        self._tool("cupsreject", "-r", reason, self.queue)

    def start_queue(self) -> None:
        """Undo `stop_queue` and `refuse`."""
        self._tool("cupsenable", self.queue)
        self._tool("cupsaccept", self.queue)

    def jobs(self) -> list[str]:
        """Ids of the jobs not finished yet."""
        return [line.split()[0] for line in self._tool("lpstat", "-o").splitlines() if line.strip()]

    def wait_for_paper(self, known: set[Path], limit_s: float = 30) -> Path:
        """The first finished PDF that was not there before. Raises TimeoutError."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            fresh = [f for f in self.folder.glob("*.pdf") if f not in known and f.stat().st_size]
            if fresh and not self.jobs():
                return fresh[0]
            time.sleep(0.05)  # CUPS tells no event when a backend is done
        raise TimeoutError("no paper came out of the queue")


def _write_settings(folder: Path) -> str:
    out = folder / "out"
    for name in ("spool/tmp", "cache", "state", "ppd", "ssl", "cups-pdf", "out"):
        (folder / name).mkdir(parents=True)
    at = str(folder / "sock")
    (folder / "cupsd.conf").write_text(CUPSD.format(socket=at))
    (folder / "cups-files.conf").write_text(FILES.format(folder=folder))
    (folder / "cups-pdf.conf").write_text(CUPS_PDF.format(folder=folder, out=out))
    out.chmod(0o1777)
    return at


def _wait_until_listening(at: str, process: subprocess.Popen[bytes], limit_s: float = 20) -> None:
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"cupsd ended with {process.returncode}")
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(at) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError("cupsd does not listen")


@contextmanager
def running(queue: str = "A4") -> Iterator[Cups]:
    """Start cupsd with one cups-pdf queue; stop it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="ow-cups-", dir="/tmp"))  # a socket path has 107 characters at most
    folder.chmod(0o755)  # the backend changes to the job's owner
    at = _write_settings(folder)
    # cups-pdf looks for settings in one compiled-in folder; an instance of our own leaves the others' alone.
    instance = Path("/etc/cups") / f"cups-pdf-{folder.name}.conf"
    instance.write_text((folder / "cups-pdf.conf").read_text())
    process = subprocess.Popen(
        ["cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")],
        env={**os.environ, "PATH": SBIN},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_listening(at, process)
        server = Cups(at, queue, folder / "out")
        server._tool("lpadmin", "-p", queue, "-v", f"cups-pdf:/{folder.name}", "-m", MODEL, "-E")
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        instance.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
