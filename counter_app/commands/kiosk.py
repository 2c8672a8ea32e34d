"""`kiosk`: open the self-service machine on a data folder of its own."""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.commands.reading import passphrase_if_needed
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.kiosk import KioskCounter
    from counter_app.page_voice import PageVoice
    from counter_app.settings import Settings

LOG = logging.getLogger("kiosk")
MANUAL = """\
counter-app kiosk --data DIR
    One machine alone: its own store, its own numbers.

counter-app kiosk --data DIR --hub URL --token-file FILE
    A machine of a hall. It accepts cases, so its token is a device's (role `device`). What people leave
    unfinished goes to the hub, signed; desks take it up when the machine's device.pub stands among
    their senders (`counter-app trust add`).

counter-app kiosk --demo [--beside DIR]
    Invented people and simulated devices; with --beside in the hall of a demo desk that runs with
    `demo --data DIR --serve`. The PIN of a demo is 135790.

The screen is full and cannot be closed: five taps on the name of the hall ask for the manager's PIN,
whose hash is the setting `kiosk_pin`. `counter-app kiosk --hash-pin` reads a PIN of 6 to 12 digits from
standard input and prints that hash.
"""
DEMO_PIN = "135790"
WINDOW = "Z1"
BESIDE = "kiosk"  # the folder of a demo kiosk inside that of its desk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder of this machine")
    parser.add_argument("--hub", default="", metavar="URL", help="address of the hall's hub")
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="file with the token of --hub")
    parser.add_argument(
        "--beside", type=Path, metavar="DIR", help="folder of a desk that serves its hub here"
    )
    parser.add_argument("--demo", action="store_true", help="invented people, simulated devices")
    parser.add_argument("--region", default="rizhao", help="region pack of a demo (default: rizhao)")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="file with the passphrase")
    parser.add_argument("--hash-pin", action="store_true", help="print the hash of a PIN and end")


def run(arguments: argparse.Namespace) -> int:
    """Open the machine and run until the manager's PIN."""
    if arguments.hash_pin:
        from counter_app.seals.pin import hashed

        sys.stdout.write(hashed(sys.stdin.readline().strip()) + "\n")
        return EXIT_DONE
    from counter_app.logs import keep_log
    from counter_app.settings import SETTINGS_FILE, Settings, load
    from ui.app import run_kiosk

    if arguments.demo:
        return _run_demo(arguments, Settings(window=WINDOW))
    if arguments.data is None:
        raise Problem("usage", "kiosk", "请用 --data 说明数据目录，或用 --demo 试用")
    settings = load(arguments.data / SETTINGS_FILE)
    words, wish = passphrase_if_needed(arguments, settings.key_store)
    settings = replace(settings, key_store=wish)
    keep_log(arguments.data)
    return run_kiosk(lambda: open_kiosk(arguments, settings, words), settings)


def _run_demo(arguments: argparse.Namespace, settings: Settings) -> int:
    import tempfile

    from ui.app import run_kiosk

    with tempfile.TemporaryDirectory(prefix="onewindow-kiosk-") as folder:
        beside: Path | None = arguments.beside
        data = arguments.data or (beside / BESIDE if beside else Path(folder))
        keeps = arguments.data is not None or beside is not None
        return run_kiosk(lambda: open_demo_kiosk(arguments, data, keeps), settings)


def open_kiosk(arguments: argparse.Namespace, settings: Settings, words: str) -> KioskCounter:
    """The kiosk of a real folder. Raises Problem (`kiosk-pin-none`, `store-…`, `pack-…`, `usage`)."""
    from counter_app.bootstrap import Wraps, open_parts
    from counter_app.kiosk_opening import joined, kiosk_actor
    from counter_app.seals.keyring import keyring_of

    if not settings.kiosk_pin:
        raise Problem("kiosk-pin-none", "kiosk_pin")
    hub = hall_of(arguments, settings)
    keyring = keyring_of(arguments.data, lambda: words, settings.key_store)
    actor = kiosk_actor(settings.window)
    wraps = Wraps(hub=lambda own: hub or own)
    parts = open_parts(settings, arguments.data, actor=actor, keyring=keyring, wraps=wraps)
    return joined(_closing(parts, hub), arguments.data, settings.kiosk_pin, voice_of(settings))


def open_demo_kiosk(arguments: argparse.Namespace, data: Path, keeps: bool) -> KioskCounter:
    """A kiosk of invented people; alone, or in the hall of a demo desk."""
    from counter_app.clock import WallClock
    from counter_app.demo.hall import DemoHall, Plan
    from counter_app.kiosk_opening import joined, kiosk_actor
    from counter_app.seals import pin
    from counter_app.seals.keyring import DemoKeyring, MemoryKeyring
    from counter_app.settings import Settings

    data.mkdir(parents=True, exist_ok=True)
    hub = hall_of(arguments, Settings())
    keyring = DemoKeyring(data) if keeps else MemoryKeyring()
    plan = Plan(arguments.region, WINDOW, keyring=keyring, actor=kiosk_actor(WINDOW), hub=hub)
    hall = DemoHall(plan, data, WallClock())
    hall.__enter__()
    assert hall.parts is not None
    parts = _closing(hall.parts, hub, hall.close)
    return joined(parts, data, pin.hashed(DEMO_PIN), voice_of(Settings()))


def voice_of(settings: Settings) -> PageVoice | None:
    """What reads the pages aloud; None, and the log says why, where there is no such engine or player."""
    from counter_app.page_voice import PageVoice
    from drivers import registry
    from drivers.protocols import Fault

    if not settings.kiosk_voice:
        return None
    try:
        return PageVoice(registry.open(settings.kiosk_voice, {"out": settings.kiosk_voice_out}))
    except Fault as fault:
        LOG.warning("no voice: %s %s", fault.code, fault.detail)
        return None


def hall_of(arguments: argparse.Namespace, settings: Settings) -> Any:
    """The hall's hub at an address or beside a desk; None: this machine is a hall of its own."""
    from counter_app.commands.hall_door import door, hall_at

    if arguments.beside is not None:
        return door(arguments.beside)
    address = arguments.hub or settings.hub
    return hall_at(address, arguments.token_file) if address else None


def _closing(parts: Any, hub: Any, *more: Any) -> Any:
    closers = (*parts.closers, *([hub.close] if hub is not None else []), *more)
    return replace(parts, closers=closers)


COMMAND = Command("kiosk", "open the self-service machine", add_arguments, run, MANUAL)
