"""Starts the simulated devices of one desk: card and ID-card reader, scanner, voucher platform, as processes.

For the demo hall, rehearsals and tests. What comes out is an ordinary choice of drivers for `DeviceRoom`:
nothing behind it knows that a device is simulated.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from drivers.host.pcscd import PrivatePcscd
from drivers.protocols import Fault
from drivers.simulate import Remote, found

_READY_S = 60.0
_BESIDE = "beside"


class SimulatedDevices:
    """Simulators for the data folder `data`, with the cards and codes of the people in the file `deck`.

    `service` is an already running private smart-card service to use instead of a new one. What could not
    be started (no pcscd, say) is in `missing` with its reason; the rest works. `pages` adds a document
    camera, whose host is the heaviest guest of them all.
    """

    def __init__(
        self,
        data: Path,
        deck: Path,
        readers: int = 2,
        service: PrivatePcscd | None = None,
        pages: bool = False,
    ) -> None:
        self._pages = pages
        self._data = data
        self._deck = deck
        self._readers = readers
        self._given = service
        self._pcscd = service
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._told: dict[str, Mapping[str, Any]] = {}
        self.missing: dict[str, Fault] = {}
        self._joining = threading.Lock()

    def start(self) -> SimulatedDevices:
        """Start everything and wait until it is ready.

        The private smart-card service's address is put into this process's environment, where the PC/SC
        library looks for it at its first call: start before any driver is opened.
        """
        self._data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._begin("scanner", "drivers.scanners.simulator", ())
        self._begin("platform", "drivers.vouchers.simulator", ())
        self._begin("receipt", "drivers.printers.simulator", ())
        self._begin("idcard", "drivers.cards.sdt_simulator", ())
        if self._pages:
            self._begin("document_camera", "drivers.document_cameras.simulator", ())
        try:
            folder = self._data / "simulators" / "pcscd"
            self._pcscd = self._given or PrivatePcscd(folder, self._readers).start()
            os.environ.update(self._pcscd.environment)
            slots = [word for s in self._pcscd.slots for word in ("--slot", f"{s.reader}={s.port}")]
            self._begin("card", "drivers.cards.simulator", slots)
        except Fault as fault:
            self.missing["card"] = fault
        for name, process in self._processes.items():
            self._await(name, process)
        return self

    def choices(self) -> dict[str, tuple[str, Mapping[str, Any]]]:
        """The roles these devices fill, for `DeviceRoom`; add the printers of the desk."""
        drivers: dict[str, tuple[str, Mapping[str, Any]]] = {
            "card": ("cards.pcsc", {}),
            "idcard": ("cards.sdt_serial", {"port": self._told.get("idcard", {}).get("port")}),
            "scanner": ("scanners.serial_line", {"port": self._told.get("scanner", {}).get("port")}),
            "voucher": ("vouchers.http", {"url": self._told.get("platform", {}).get("url")}),
        }
        pages = self._told.get("document_camera", {}).get("port")
        drivers["document_camera"] = ("document_cameras.camera", {"port": pages})
        told = {"voucher": "platform"}  # the others have the names of their roles
        return {role: choice for role, choice in drivers.items() if told.get(role, role) in self._told}

    def begin_beside(self) -> None:
        """Start what stands before the citizen, in one more process, once; never waits for it."""
        with self._joining:
            if _BESIDE not in self._processes:
                self._begin(_BESIDE, "drivers.beside_simulator", ())

    def join(self, role: str) -> tuple[str, Mapping[str, Any]]:
        """The choice for `DeviceRoom` of one more role before the citizen.

        Waits until its simulator is ready; from any thread. Raises Fault `device-unavailable`.
        """
        self.begin_beside()
        with self._joining:
            if _BESIDE not in self._told and _BESIDE not in self.missing:
                self._await(_BESIDE, self._processes[_BESIDE])
                told = self._told.get(_BESIDE, {}).get("missing", {})
                self.missing.update({name: Fault(*why) for name, why in told.items()})
        choices = self._told.get(_BESIDE, {}).get("roles", {})
        if role not in choices:
            raise self.missing.get(role) or self.missing.get(_BESIDE) or Fault("device-unavailable", role)
        told = choices[role]
        return str(told["driver"]), dict(told["config"])

    def playing(self, role: str) -> Remote:
        """The simulated device of a role that was joined. Raises Fault, simulate.Refused."""
        self.join(role)
        return self.device(str(self._told[_BESIDE]["roles"][role]["device"]))

    def receipt_printer(self) -> tuple[str, Mapping[str, Any]]:
        """The choice for the role `receipt_printer`, for a desk that prints slips on it."""
        return "printers.escpos", {"port": self._told.get("receipt", {}).get("port")}

    def devices(self) -> tuple[Remote, ...]:
        """The running simulators, for a panel: `.title`, `.actions()`, `.do(action, values)`."""
        return found(self._data)

    def device(self, name: str) -> Remote:
        """One of them by its name, as `card`. Raises simulate.Refused."""
        return Remote(self._data / "simulators" / f"{name}.sock")

    def restart_card_service(self) -> None:
        """Crash the smart-card service and start it again; cards must be inserted anew."""
        if self._pcscd is not None:
            self._pcscd.crash()
            self._pcscd.restart()

    def stop(self) -> None:
        """Stop every simulator and the private service."""
        for process in self._processes.values():
            _stream(process.stdin).close()
        for process in self._processes.values():
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _stream(process.stdout).close()
        self._processes.clear()
        if self._pcscd is not None and self._given is None:
            self._pcscd.stop()

    def __enter__(self) -> SimulatedDevices:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _begin(self, name: str, module: str, more: Sequence[str]) -> None:
        argv = [sys.executable, "-m", module, "--deck", str(self._deck), "--data", str(self._data), *more]
        if name == "card" and self._pcscd is not None:
            argv = self._pcscd.inside(argv)
        pipe = subprocess.PIPE
        self._processes[name] = subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True)

    def _await(self, name: str, process: subprocess.Popen[str]) -> None:
        out = _stream(process.stdout)
        ready, _, _ = select.select([out], [], [], _READY_S)
        line = out.readline() if ready else ""
        if line:
            self._told[name] = json.loads(line)
        else:
            self.missing[name] = Fault("device-unavailable", name)


def _stream(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise ValueError("not a pipe")
    return stream
