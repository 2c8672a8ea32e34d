"""Papers through a queue of the system's printing service (CUPS), fed by pipe and followed to its end.

The PDF goes to `lp` on its standard input, so no clear file of ours exists; the job's own spool file and
history are purged when it has ended, and a job that fails is cancelled: what was refused to the clerk must
not come out of the printer an hour later.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any, Dict, List, Mapping, Sequence

from drivers.protocols import Driver, Fault, Finding, Option, PrintJob, PrintOutcome

_log = logging.getLogger("drivers.printers.system_queue")
_LIMIT_MS = 25_000
_POLL_S = 0.15
_TOOL_S = 10.0
_FORGET_S = 2.0
_ALERTS = re.compile(
    r"(media-(?:jam|empty|needed)|input-tray-missing|door-open|cover-open|interlock-open|toner-empty|"
    r"marker-supply-empty|marker-waste-full|output-area-full|offline|shutdown|paused|connecting-to-device)"
    r"(?:-error|-report|-warning)?\b"
)
_HARMLESS = re.compile(r"connecting-to-device|-warning\b|-report\b")


class SystemQueue:
    """One CUPS queue; "" is the system's default. `server` is a host or socket path, "" the usual one.

    `options` are added to every job as `-o name=value`; `limit_ms` bounds a job from pipe to paper.
    """

    def __init__(
        self, queue: str = "", server: str = "", options: Sequence[str] = (), limit_ms: int = _LIMIT_MS
    ) -> None:
        self._queue = queue
        self._options = tuple(options)
        self._limit_s = limit_ms / 1000
        self._environment = {**os.environ, "LC_ALL": "C"}
        if server:
            self._environment["CUPS_SERVER"] = server

    def check(self) -> None:
        """Raise Fault `printer-absent` when there is no such queue or no printing service."""
        self._queue = self._queue or self._default()
        shown = self._run(["lpstat", "-p", self._queue])
        if shown.returncode != 0 or not shown.stdout.startswith(b"printer "):
            raise Fault("printer-absent", self._queue)

    def print(self, job: PrintJob) -> PrintOutcome:
        """Hand the job over and follow it until it has left the queue.

        Raises Fault `printer-absent`, `printer-jam` (stopped, jammed, no paper; says the printer's reason),
        `printer-full` or `printer-refused`; the job is then cancelled.
        """
        if not job.pdf:
            raise Fault("printer-refused", "no PDF")
        self.check()
        self._ready()
        job_id = self._hand_over(job)
        try:
            self._follow(job_id)
        except Fault:
            with suppress(Fault):
                self._run(["cancel", "-x", job_id])
            raise
        finally:
            with suppress(Fault):
                self._forget(job_id)
        return PrintOutcome(job_id, "done")

    def close(self) -> None:
        """Nothing is held between two papers."""

    def _default(self) -> str:
        words = _text(self._run(["lpstat", "-d"]).stdout).rpartition(": ")
        if not words[1]:
            raise Fault("printer-absent", "default")
        return words[2].strip()

    def _ready(self) -> None:
        """Raise the reason why a job would only wait."""
        accepting = _text(self._run(["lpstat", "-a", self._queue]).stdout)
        if "not accepting" in accepting:
            raise Fault("printer-absent", self._queue)
        trouble = self._trouble()
        if trouble:
            raise Fault("printer-jam", trouble)

    def _trouble(self) -> str:
        """What keeps the printer from printing, in its own words; "" when nothing does."""
        lines = _text(self._run(["lpstat", "-l", "-p", self._queue]).stdout).splitlines()
        head = lines[0] if lines else ""
        if " disabled since" in head:
            reason = head.partition(" -")[2].strip() or (lines[1].strip() if len(lines) > 1 else "")
            return "打印机已停止" if reason in ("", "reason unknown") else reason
        found: List[str] = []
        for line in lines:
            if "Alerts:" in line:
                words = line.partition("Alerts:")[2].split()
                found += [word for word in words if _ALERTS.match(word) and not _HARMLESS.search(word)]
        return " ".join(found)

    def _hand_over(self, job: PrintJob) -> str:
        options = [word for option in self._options for word in ("-o", option)]
        command = ["lp", "-d", self._queue, "-t", job.title, "-n", str(job.copies), *options]
        command += ["-o", "job-sheets=none", "-o", "document-format=application/pdf", "-"]
        done = self._run(command, job.pdf, self._limit_s)
        told = _text(done.stdout)
        found = re.search(r"request id is (\S+-\d+)", told)
        if done.returncode == 0 and found:
            return found.group(1)
        raise _refusal(_text(done.stderr), self._queue)

    def _follow(self, job_id: str) -> None:
        until = time.monotonic() + self._limit_s
        while job_id in self._jobs("not-completed"):
            trouble = self._trouble()
            if trouble:
                raise Fault("printer-jam", trouble)
            if time.monotonic() > until:
                raise Fault("printer-refused", f"{int(self._limit_s)} s")
            time.sleep(_POLL_S)
        ended = self._jobs("completed").get(job_id, "")
        if re.search(r"abort|cancel|job-stopped", ended):
            raise Fault("printer-refused", re.sub(r"\s+", " ", ended).strip()[:80])

    def _forget(self, job_id: str) -> None:
        """Have the server drop the finished job and its file, where it keeps them."""
        number = job_id.rpartition("-")[2]
        until = time.monotonic() + _FORGET_S  # a cancelled job needs a moment to stop
        while job_id in self._jobs("completed"):
            if time.monotonic() > until:
                _log.warning(
                    "the printing service keeps finished jobs: set PreserveJobFiles No in cupsd.conf"
                )
                return
            self._run([sys.executable, "-m", "drivers.printers.cups_purge", self._queue, number])
            time.sleep(_POLL_S)

    def _jobs(self, which: str) -> Dict[str, str]:
        """Jobs of the queue with what is said of each."""
        jobs: Dict[str, str] = {}
        last = ""
        shown = self._run(["lpstat", "-l", "-W", which, "-o", self._queue])
        if shown.returncode != 0:  # the service went away: whether the paper came out is not known
            raise Fault("printer-refused", "lpstat")
        for line in _text(shown.stdout).splitlines():
            if line and not line[0].isspace():
                last = line.split()[0]
                jobs[last] = ""
            elif last:
                jobs[last] += line + "\n"
        return jobs

    def _run(
        self, command: Sequence[str], given: bytes = b"", limit_s: float = _TOOL_S
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                list(command),
                input=given,
                capture_output=True,
                env=self._environment,
                timeout=limit_s,
                check=False,
            )
        except FileNotFoundError:
            raise Fault("printer-absent", command[0]) from None
        except subprocess.TimeoutExpired:
            raise Fault("printer-refused", f"{command[0]} {int(limit_s)} s") from None


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace")


def _refusal(told: str, queue: str) -> Fault:
    words = told.replace("lp: ", "").strip()
    if re.search(r"not found|does not exist|No such file|not accepting|Unable to connect", words):
        return Fault("printer-absent", queue)
    if re.search(r"No space|too large|disk full", words):
        return Fault("printer-full", queue)
    return Fault("printer-refused", words[:80])


def _open(config: Mapping[str, Any]) -> SystemQueue:
    queue = SystemQueue(
        str(config.get("queue", "")),
        str(config.get("server", "")),
        tuple(str(option) for option in config.get("options", ())),
        int(config.get("limit_ms", _LIMIT_MS)),
    )
    queue.check()
    return queue


def _finds() -> Sequence[Finding]:
    done = subprocess.run(["lpstat", "-e"], capture_output=True, timeout=_TOOL_S, check=False)
    names = _text(done.stdout).splitlines() if done.returncode == 0 else []
    return [Finding("打印队列 " + name, {"queue": name}) for name in names if name.strip()]


DRIVER = Driver(
    id="system_queue",
    family="printers",
    title="系统打印队列（CUPS）",
    open=_open,
    programs=("lp", "lpstat", "cancel"),
    media=("a4", "r80"),
    options=(
        Option("queue", "打印队列", "队列名称；空 = 系统默认"),
        Option("server", "打印服务器", "空 = 本机"),
    ),
    finds=_finds,
)
