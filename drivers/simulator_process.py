"""What every simulator process does: serve its control socket until standard input closes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from drivers.protocols import Fault
from drivers.simulate import FOLDER, ControlServer, Simulated


def serve(data: Path, simulated: Simulated, ready: Mapping[str, Any]) -> None:
    """Announce `ready` as one JSON line, then serve; ends when whoever started it is gone, or by Ctrl+C."""
    server = ControlServer(data, simulated)
    sys.stdout.write(json.dumps({"ready": simulated.name, **ready}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        sys.stdin.read()
    server.close()


def arguments(module: str, manual: str | None, people: bool = False) -> argparse.ArgumentParser:
    """The command line every simulator understands; the demo gives each of them `--deck` and `--data`."""
    parser = argparse.ArgumentParser(prog="python -m " + module, description=manual)
    told = "file of invented people" if people else "not needed: this device knows nobody"
    parser.add_argument("--deck", type=Path, required=people, help=told)
    parser.add_argument("--data", type=Path, required=True, help="data folder, also for the control socket")
    return parser


def line_of(data: Path, name: str) -> Path:
    """Where a simulated serial line stands in a data folder; its folder is made."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / (name + ".tty")


class OnCable(Simulated, Protocol):
    """A simulated device behind a compiled library; `config` opens the family's driver on it."""

    @property
    def config(self) -> Mapping[str, str]:
        """Library and port."""

    def close(self) -> None:
        """Take it away."""


class OnLine(Simulated, Protocol):
    """A simulated device on a serial line."""

    def close(self) -> None:
        """Take it away."""


def run_on_line(
    argv: Sequence[str] | None, module: str, manual: str | None, make: Callable[[Path], OnLine]
) -> int:
    """The whole of a simulator on a line that knows nobody; ends when standard input closes."""
    given = arguments(module, manual).parse_args(argv)
    line = line_of(given.data, module.split(".")[1].rstrip("s"))
    device = make(line)
    serve(given.data, device, {"port": str(line)})
    device.close()
    return 0


def run_on_cable(
    argv: Sequence[str] | None, module: str, manual: str | None, make: Callable[[Path], OnCable]
) -> int:
    """The whole of a simulator behind a library; ends when standard input closes. 1 without a C compiler."""
    given = arguments(module, manual).parse_args(argv)
    try:
        device = make(given.data / FOLDER)
    except Fault as fault:
        sys.stderr.write(f"{fault.code}: {fault.detail}\n")
        return 1
    serve(given.data, device, device.config)
    device.close()
    return 0
