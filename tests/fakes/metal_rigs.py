"""Rigs for drivers of other packages on their own simulators, and for devices on this desk.

The rigs of `METAL` ask a person at the desk (run pytest with -s).
"""

from __future__ import annotations

import importlib
import sys
import termios
import threading
import time
import tty
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from typing import Any

from drivers import registry
from drivers.key_scanner import Stroke
from drivers.protocols import Scan
from tests.fakes import citizen_rigs
from tests.fakes.citizen_rigs import AskRig, VoiceRig
from tests.fakes.listening import Listener
from tests.fakes.rig import Rig

PATIENCE_S = 60.0
_KINDS: Mapping[str, type[Any]] = {
    **dict.fromkeys(("cards", "scanners", "vouchers", "printers", "document_cameras"), Rig),
    "voices": VoiceRig,
}


@contextmanager
def packaged(driver_id: str, module: str, config: Mapping[str, Any]) -> Iterator[Rig]:
    """A driver of another package on the simulator that package brings (`devices new` writes such a rig)."""
    kind = _KINDS.get(driver_id.split(".")[0], AskRig)
    with importlib.import_module(module).rig() as made:
        device = registry.open(driver_id, {**made.config, **config})
        words = [one.name for one in fields(kind) if one.name != "device" and hasattr(made, one.name)]
        yield kind(device, **{name: getattr(made, name) for name in words})
        device.close()


@contextmanager
def metal_card(driver_id: str, config: Mapping[str, Any]) -> Iterator[Rig]:
    device = registry.open(driver_id, config)
    asked = Listener()
    watcher = registry.open(driver_id, config)
    watcher.watch(asked)

    def put() -> str:
        print("\n>>> insert or lay on a card")
        return str(asked.event("inserted", PATIENCE_S).reader)

    def take() -> None:
        print("\n>>> take the card out")
        asked.event("removed", PATIENCE_S)

    yield Rig(device, put, take, limit_s=PATIENCE_S)
    watcher.close()
    device.close()


@contextmanager
def metal_scanner(driver_id: str, config: Mapping[str, Any]) -> Iterator[Rig]:
    device = registry.open(driver_id, config)
    rig = Rig(device, limit_s=PATIENCE_S)
    if hasattr(device, "stroke"):
        terminal_types(device)

    def put() -> str:
        print("\n>>> scan the same code each time you are asked")
        told = rig.heard.wait(lambda t: isinstance(t, Scan), PATIENCE_S)
        rig.heard(told)  # for the test itself
        return str(told.text)

    rig.put = put
    yield rig
    device.close()


def terminal_types(device: Any) -> None:
    """Hand what a keyboard types into this terminal to a driver that needs a window to hear it."""

    def listen() -> None:
        before = termios.tcgetattr(sys.stdin)
        tty.setcbreak(sys.stdin)
        try:
            while char := sys.stdin.read(1):
                at_ms = time.monotonic_ns() // 1_000_000
                device.stroke(Stroke(char.replace("\n", "\r"), "", at_ms))
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    threading.Thread(target=listen, daemon=True).start()


@contextmanager
def metal_pages(driver_id: str, config: Mapping[str, Any]) -> Iterator[Rig]:
    device = registry.open(driver_id, config)

    def put() -> str:
        input("\n>>> lay a sheet under the camera, then Enter")
        return "laid"

    def take() -> None:
        input("\n>>> pull the camera's plug, then Enter")

    yield Rig(device, put, take, limit_s=PATIENCE_S)
    device.close()


@contextmanager
def metal_voucher(driver_id: str, config: Mapping[str, Any]) -> Iterator[Rig]:
    device = registry.open(driver_id, config)
    yield Rig(device, code=input("\n>>> a fresh 医保码: "))
    device.close()


@contextmanager
def metal_printer(driver_id: str, config: Mapping[str, Any]) -> Iterator[Rig]:
    device = registry.open(driver_id, config)
    yield Rig(device)
    device.close()


METAL: Mapping[str, Callable[[str, Mapping[str, Any]], AbstractContextManager[Any]]] = {
    "cards": metal_card,
    "scanners": metal_scanner,
    "document_cameras": metal_pages,
    "vouchers": metal_voucher,
    "printers": metal_printer,
    **citizen_rigs.METAL,
}
