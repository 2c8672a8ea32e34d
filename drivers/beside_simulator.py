"""Everything that stands before the citizen, simulated in one process: lighter than one process for each.

    python -m drivers.beside_simulator --data DIR

Prints one line: for each role the driver that speaks to it and its configuration, and what could not be
started with its reason. Each device has its own control socket, as if it was alone.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from drivers.eseals.simulator import SealTable
from drivers.fingerprints.simulator import FingerGlass
from drivers.gwq.simulator import CustomerScreen
from drivers.leds.simulator import StripTable
from drivers.pinpads.simulator import PinPad
from drivers.protocols import Fault
from drivers.raters.simulator import RaterTable
from drivers.signpads.simulator import SignPad
from drivers.simulate import FOLDER, ControlServer, Simulated
from drivers.simulator_process import arguments, line_of
from drivers.voices.simulator import Loudspeaker


class _Device(Simulated, Protocol):
    def close(self) -> None: ...


@dataclass(frozen=True)
class Ready:
    """A simulated device, and how a desk opens it."""

    device: _Device
    driver: str
    config: Mapping[str, str]


def _led(data: Path) -> Ready:
    line = line_of(data, "led")
    return Ready(StripTable(line), "leds.frame", {"port": str(line)})


def _rater(data: Path) -> Ready:
    line = line_of(data, "rater")
    return Ready(RaterTable(line), "raters.serial_line", {"port": str(line)})


def _eseal(data: Path) -> Ready:
    table = SealTable()
    return Ready(table, "eseals.http", {"url": table.url})


def _voice(data: Path) -> Ready:
    speaker = Loudspeaker(data / FOLDER / "loudspeaker", speed=1.0)
    return Ready(speaker, "voices.espeak", {"out": f"127.0.0.1:{speaker.port}"})


def _signpad(data: Path) -> Ready:
    pad = SignPad(data / FOLDER)
    return Ready(pad, "signpads.vendor_pad", pad.config)


def _fingerprint(data: Path) -> Ready:
    glass = FingerGlass(data / FOLDER)
    return Ready(glass, "fingerprints.vendor_livescan", glass.config)


def _pinpad(data: Path) -> Ready:
    pad = PinPad(data / FOLDER)
    return Ready(pad, "pinpads.vendor_pad", pad.config)


def _customer_screen(data: Path) -> Ready:
    screen = CustomerScreen(data / FOLDER)
    return Ready(screen, "gwq.vendor_gwq", screen.config)


ROLES: Mapping[str, Callable[[Path], Ready]] = {
    "led": _led,
    "rater": _rater,
    "signpad": _signpad,
    "fingerprint": _fingerprint,
    "customer_screen": _customer_screen,
    "pinpad": _pinpad,
    "voice": _voice,
    "eseal": _eseal,
}


def started(data: Path) -> tuple[dict[str, Ready], dict[str, Fault]]:
    """Every device of `ROLES` that can be had here, and why the others cannot."""
    made: dict[str, Ready] = {}
    missing: dict[str, Fault] = {}
    for role, make in ROLES.items():
        try:
            made[role] = make(data)
        except Fault as fault:
            missing[role] = fault
    return made, missing


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    given = arguments("drivers.beside_simulator", __doc__).parse_args(argv)
    os.nice(5)  # a desk that is being opened beside it goes first
    made, missing = started(given.data)
    servers = [ControlServer(given.data, one.device) for one in made.values()]
    sys.stdout.write(json.dumps(_told(made, missing), ensure_ascii=False) + "\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        sys.stdin.read()
    for server in servers:
        server.close()
    for one in made.values():
        one.device.close()
    return 0


def _told(made: Mapping[str, Ready], missing: Mapping[str, Fault]) -> dict[str, Any]:
    """The line that says what is there."""
    return {
        "roles": {
            role: {"device": one.device.name, "driver": one.driver, "config": one.config}
            for role, one in made.items()
        },
        "missing": {role: [fault.code, fault.detail] for role, fault in missing.items()},
    }


if __name__ == "__main__":
    sys.exit(main())
