"""The demo's devices: real transports with simulator processes at their far ends.

A smart-card service of our own with virtual readers, a card process, a scanner on a pseudo terminal,
a resolver of 医保电子凭证 codes on 127.0.0.1. Whatever cannot be started is named and left out.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from drivers import simulate
from drivers.host.pcscd import PrivatePcscd
from drivers.protocols import Fault
from drivers.simulate import Refused, Remote

READY_S = 15.0


class Simulators:
    """Started on entering, stopped by closing their standard input on leaving."""

    def __init__(self, data: Path, deck: Path, work: Path, readers: int = 2) -> None:
        self._data, self._deck = data, deck
        self._pcscd = PrivatePcscd(work / "pcscd", readers)
        self._processes: list[subprocess.Popen[str]] = []
        self.missing: dict[str, str] = {}
        self.resolver_url = ""

    @property
    def scanner_port(self) -> str:
        """The serial port the scanner driver opens."""
        return str(self._data / simulate.FOLDER / "scanner.tty")

    def start(self) -> None:
        """Start everything that can be started; `missing` says what could not and why."""
        self._data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._attempt("card", self._start_cards)
        self._attempt("scanner", self._start_scanner)
        self._attempt("voucher", self._start_resolver)

    def stop(self) -> None:
        """Stop what was started; safe to call twice."""
        processes, self._processes = self._processes, []
        for process in processes:
            if process.stdin is not None:
                process.stdin.close()
        for process in processes:
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        self._pcscd.stop()

    def device(self, name: str) -> Remote:
        """A running simulated device. Raises Refused."""
        for remote in simulate.found(self._data):
            if remote.name == name:
                return remote
        raise Refused(self.missing.get(name, f"没有这个设备：{name}"))

    def devices(self) -> tuple[Remote, ...]:
        """Everything that is running, for the training panel."""
        return simulate.found(self._data)

    def _attempt(self, name: str, start: Any) -> None:
        try:
            start()
        except Fault as fault:
            self.missing[name] = f"{fault.code} {fault.detail}".strip()
        except (OSError, RuntimeError) as error:
            self.missing[name] = str(error)

    def _start_cards(self) -> None:
        self._pcscd.start()
        os.environ.update(self._pcscd.environment)
        slots = [f"--slot={slot.reader}={slot.port}" for slot in self._pcscd.slots]
        own = [sys.executable, "-m", "drivers.cards.simulator", *self._common(), *slots]
        self._spawn(self._pcscd.inside(own))

    def _start_scanner(self) -> None:
        self._spawn([sys.executable, "-m", "drivers.scanners.simulator", *self._common()])

    def _start_resolver(self) -> None:
        ready = self._spawn([sys.executable, "-m", "drivers.vouchers.simulator", *self._common()])
        self.resolver_url = str(ready.get("url", ""))

    def _common(self) -> list[str]:
        return ["--deck", str(self._deck), "--data", str(self._data)]

    def _spawn(self, argv: Sequence[str]) -> dict[str, Any]:
        """Start a simulator and wait for its first line. Raises RuntimeError."""
        pipe = subprocess.PIPE
        process = subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True, cwd=str(_checkout()))
        self._processes.append(process)
        assert process.stdout is not None
        if not select.select([process.stdout], [], [], READY_S)[0]:
            raise RuntimeError(f"{argv[-1]}: no answer")
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{argv[2]}: ended with {process.wait()}")
        ready: dict[str, Any] = json.loads(line)
        return ready


def _checkout() -> Path:
    return Path(__file__).resolve().parents[2]
