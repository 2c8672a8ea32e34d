"""A driver in a process of its own, seen from the counter: calls with a limit, restarts, health."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

from drivers.host import wire
from drivers.host.claimed import LibraryClaim
from drivers.protocols import Fault

_ROOT = Path(__file__).resolve().parents[2]
_START_MS = 10_000
_END_S = 1.0
_FREE_FAILURES = 2  # a library may die this often in a row before its next start waits
_FIRST_REST_S = 0.25
_LONGEST_REST_S = 10.0


@dataclass(frozen=True)
class HostHealth:
    """How one host is: its process (0 = none), how often it was started, and its last fault.

    `detail` says more of that fault; `fault_at` is when it was, in seconds since 1970; `bits` is the width of
    the Python that runs it (0 = never ran); `rests_s` is how long it will not be started again.
    """

    full_id: str
    pid: int
    starts: int
    last_fault: str = ""
    detail: str = ""
    fault_at: float = 0.0
    bits: int = 0
    rests_s: float = 0.0


class HostProcess:
    """Runs the driver `full_id`; a crash, a hang or nonsense costs the call and a new process.

    `python` is another interpreter to run it with (a 32-bit one, say). All calls go one after another;
    `held()` keeps others out of a conversation of several calls.
    """

    def __init__(self, full_id: str, config: Mapping[str, Any], limit_ms: int, python: str = "") -> None:
        self._full_id = full_id
        self._config = dict(config)
        self._limit_ms = limit_ms
        self._python = python or sys.executable
        self._claim = LibraryClaim(full_id, config)
        self._lock = threading.RLock()
        self._child: Optional[_Child] = None
        self._starts = 0
        self._failures = 0
        self._rest_until = 0.0
        self._last: Tuple[Optional[Fault], float] = (None, 0.0)
        self._bits = 0
        self.rest_s = _FIRST_REST_S

    def start(self) -> None:
        """Start the process and open the driver. Raises Fault."""
        with self._lock:
            self._ready()

    def call(self, name: str, *args: Any, limit_ms: int = 0) -> Any:
        """One call of the driver. Raises its Fault, or `device-timeout`, `driver-crashed`, `driver-resting`,
        `device-broken`.
        """
        with self._lock:
            child = self._ready()
            answer = self._asked(child, name, args, limit_ms or self._limit_ms)
            self._failures = 0
            return answer

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else's call comes between those made inside."""
        with self._lock:
            yield

    def health(self) -> HostHealth:
        """Its process and last fault; safe from any thread, never waits."""
        child, (fault, at) = self._child, self._last
        rests = max(0.0, self._rest_until - time.monotonic())
        told = (fault.code, fault.detail, at) if fault is not None else ("", "", 0.0)
        return HostHealth(self._full_id, child.pid if child else 0, self._starts, *told, self._bits, rests)

    def close(self) -> None:
        """End the process, also in the middle of a call."""
        child = self._child
        if child is not None:
            child.end()
        with self._lock:
            if self._child is not None:
                self._child.end()
                self._child = None
            self._claim.release()

    def _ready(self) -> _Child:
        if self._child is not None and self._child.alive:
            return self._child
        self._drop()
        rest = self._rest_until - time.monotonic()
        if rest > 0:
            raise Fault("driver-resting", str(int(rest) + 1))
        self._claimed()
        self._starts += 1
        child = _Child(self._full_id, self._python)
        self._child = child
        try:
            hello = self._asked(child, "hello", (), _START_MS)
            self._bits = hello["bits"] if isinstance(hello.get("bits"), int) else 0
            self._asked(child, "open", (self._config,), max(self._limit_ms, _START_MS))
        except Fault as fault:
            self._drop()
            self._note(fault)
            raise
        return child

    def _claimed(self) -> None:
        try:
            self._claim.take()
        except Fault as fault:
            self._note(fault)
            raise

    def _asked(self, child: _Child, name: str, args: Any, limit_ms: int) -> Any:
        try:
            return child.hello(limit_ms) if name == "hello" else child.ask(name, list(args), limit_ms)
        except _Lost as lost:
            if child.closed:  # by us, in the middle of the call
                raise Fault("device-gone", "closed") from None
            self._failed()
            self._note(lost.fault)
            raise lost.fault from None
        except Fault as fault:  # told by a driver that is alive
            self._failures = 0
            self._note(fault)
            raise

    def _note(self, fault: Fault) -> None:
        self._last = (fault, time.time())

    def _failed(self) -> None:
        self._drop()
        self._failures += 1
        if self._failures > _FREE_FAILURES:
            rest = min(self.rest_s * 2 ** (self._failures - _FREE_FAILURES - 1), _LONGEST_REST_S)
            self._rest_until = time.monotonic() + rest

    def _drop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Lost(Exception):
    """The process is of no more use; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class _Child:
    """One life of the process."""

    def __init__(self, full_id: str, python: str) -> None:
        self._full_id = full_id
        # In memory where there is such a place: libraries leave pictures and logs of people behind.
        roomy = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self._scratch = tempfile.mkdtemp(prefix="ow-", dir=roomy)
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        pipe = subprocess.PIPE
        try:
            self._process = subprocess.Popen(
                [python, "-m", "drivers.host.child", full_id],
                stdin=pipe,
                stdout=pipe,
                stderr=subprocess.DEVNULL,
                cwd=self._scratch,
                env=environment,
            )
        except OSError:
            shutil.rmtree(self._scratch, ignore_errors=True)
            raise Fault("device-unavailable", "无法运行 " + python) from None
        self._number = 0
        self._ended = False
        self._told: queue.Queue[Optional[bytes]] = queue.Queue()
        self._thread = threading.Thread(target=self._listen, name="host-" + full_id, daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    @property
    def closed(self) -> bool:
        """Whether it was ended on purpose."""
        return self._ended

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return not self._ended and self._process.poll() is None

    def hello(self, limit_ms: int) -> Dict[str, Any]:
        """Its first line."""
        told = self._next(time.monotonic() + limit_ms / 1000, limit_ms)
        hello = told.get("hello")
        if not isinstance(hello, dict) or hello.get("protocol") != wire.PROTOCOL:
            raise _Lost(Fault("device-broken", "hello"))
        return hello

    def ask(self, name: str, args: List[Any], limit_ms: int) -> Any:
        """One call and its answer."""
        self._number += 1
        line = wire.line({"id": self._number, "call": name, "args": args, "limit_ms": limit_ms})
        until = time.monotonic() + limit_ms / 1000
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError:
            raise _Lost(self._crash()) from None
        while True:
            told = self._next(until, limit_ms)
            if "event" not in told:
                return self._answer(told)

    def end(self) -> None:
        """Kill it, wait for it, and wipe its scratch folder."""
        if self._ended:
            return
        self._ended = True
        self._process.kill()
        self._process.wait()
        self._thread.join(_END_S)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _answer(self, told: Dict[str, Any]) -> Any:
        if told.get("id") != self._number:
            raise _Lost(Fault("device-broken", "answer to another call"))
        if "ok" in told:
            return wire.value(told["ok"])
        fault = told.get("fault")
        if not isinstance(fault, dict) or not isinstance(fault.get("code"), str):
            raise _Lost(Fault("device-broken", "neither answer nor fault"))
        raise Fault(fault["code"], str(fault.get("detail", ""))[:200])

    def _next(self, until: float, limit_ms: int) -> Dict[str, Any]:
        try:
            data = self._told.get(timeout=max(0.001, until - time.monotonic()))
        except queue.Empty:
            raise _Lost(Fault("device-timeout", str(limit_ms))) from None
        if data is None:
            raise _Lost(self._crash())
        try:
            return wire.message(data)
        except Fault as fault:
            raise _Lost(fault) from None

    def _crash(self) -> Fault:
        """How the process ended; it was not asked to."""
        try:
            code = self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            return Fault("driver-crashed", "closed its output")
        names = {int(each): each.name for each in signal.Signals}
        return Fault("driver-crashed", names.get(-code, "exit " + str(code)))

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            try:
                data = stream.readline(wire.LONGEST + 1)
            except (OSError, ValueError):
                data = b""
            self._told.put(data or None)
            if not data:
                return
