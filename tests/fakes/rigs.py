"""Rigs for the contract tests: a driver with whatever stands before it, simulated or real.

A rig is a context manager; a new driver gets one line in `SIMULATED`. The rigs of `METAL` ask a person at
the desk (run pytest with -s).
"""

from __future__ import annotations

import importlib
import itertools
import sys
import termios
import threading
import time
import tty
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from drivers import registry
from drivers.cards.sdt_simulator import IdTable
from drivers.deck import Invented
from drivers.document_cameras.simulator import PageTable
from drivers.printers.simulator import ReceiptTable
from drivers.protocols import Scan, Stroke
from drivers.scanners.camera_simulator import Lens
from drivers.scanners.simulator import ScannerTable
from drivers.vouchers.simulator_code import mint
from tests.fakes import citizen_rigs
from tests.fakes.card_table import hand
from tests.fakes.listening import Listener
from tests.fakes.platform import PEOPLE, hub_before, platform
from tests.fakes.vendor import CODE, Stub

PATIENCE_S = 60.0
PERSON = {"name": "王敏", "idno": "11010519491231002X", "version": "2.00"}


@dataclass
class Rig:
    """`device` is the opened driver; `put` brings something before it, `take` removes it."""

    device: Any
    put: Callable[[], str] = lambda: ""
    take: Callable[[], None] = lambda: None
    heard: Listener = field(default_factory=Listener)
    limit_s: float = 10.0
    code: str = ""
    pin: str = ""  # of the card that `put` brings
    words: Callable[[], str] | None = None  # what a printer has put on paper so far, where it can be read


@contextmanager
def pcsc(request: pytest.FixtureRequest) -> Iterator[Rig]:
    service = request.getfixturevalue("pcscd")
    data = request.getfixturevalue("tmp_path")
    device = registry.open("cards.pcsc", {})
    with hand(service, data) as cards:
        rig = Rig(device, lambda: cards.insert(**PERSON), cards.pull, pin="123456")
        yield rig
    device.close()
    probe = registry.open("cards.pcsc", {})
    probe.watch(rig.heard)
    rig.heard.event("readers")
    until = time.monotonic() + 5
    while service_holds_card(probe) and time.monotonic() < until:
        rig.heard.event("removed", 5)
    probe.close()


def service_holds_card(probe: Any) -> bool:
    """Whether some reader still holds a card: closing a simulator takes up to a poll of the service."""
    from drivers.cards.pcsc_calls import Context

    context = Context()
    try:
        return any(s.present for s in context.changes(dict.fromkeys(context.readers(), 0), 0))
    finally:
        context.release()


@contextmanager
def sdt_serial(request: pytest.FixtureRequest) -> Iterator[Rig]:
    port = request.getfixturevalue("tmp_path") / "sdt"
    table = IdTable((Invented("wang", PERSON["name"], PERSON["idno"], address="示例路1号"),), port)
    device = registry.open("cards.sdt_serial", {"port": str(port), "limit_ms": 1000})

    def put() -> str:
        table.do("lay", {"card": "wang"})
        return str(port)

    yield Rig(device, put, lambda: str(table.do("lift", {})))
    device.close()
    table.unplug()


def vendor(
    full_id: str, stub: str, **config: Any
) -> Callable[[pytest.FixtureRequest], AbstractContextManager[Rig]]:
    """A driver that runs in a host, on the compiled stub of its library."""

    @contextmanager
    def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
        library = Stub(stub, request.getfixturevalue("tmp_path") / "vendor")
        library.mode("ok" if full_id.startswith("vouchers") else "nocard")
        given = {
            "lib": str(library.lib),
            "limit_ms": 2000,
            "poll_ms": 50,
            "url": "http://127.0.0.1",
            **config,
        }
        given["role"] = getattr(request.module, "READS", "card")
        device = registry.open(full_id, given)

        def put() -> str:
            library.mode("ok")
            return library.lib.name

        yield Rig(device, put, lambda: library.mode("nocard"), code=CODE, pin="keys")
        device.close()

    return rig


@contextmanager
def serial_line(request: pytest.FixtureRequest) -> Iterator[Rig]:
    port = request.getfixturevalue("tmp_path") / "tty"
    gun = ScannerTable((), port)
    device = registry.open("scanners.serial_line", {"port": str(port)})
    code = mint(PEOPLE[0])

    def put() -> str:
        gun.do("scan", {"text": code})
        return code

    yield Rig(device, put)
    device.close()
    gun.unplug()


@contextmanager
def keyboard_wedge(request: pytest.FixtureRequest) -> Iterator[Rig]:
    device = registry.open("scanners.keyboard_wedge", {})
    code = mint(PEOPLE[0])
    typed = itertools.count(1000, 4)

    def put() -> str:
        for char in code + "\r":
            device.stroke(Stroke(char, "", next(typed)))
        return code

    yield Rig(device, put)
    device.close()


@contextmanager
def code_camera(request: pytest.FixtureRequest) -> Iterator[Rig]:
    folder = request.getfixturevalue("tmp_path") / "lens"
    lens = Lens((), folder)
    device = registry.open("scanners.camera", {"port": str(folder), "again_ms": 400})
    rig = Rig(device, limit_s=20)
    code, others = mint(PEOPLE[0]), itertools.count()
    kept: list[Any] = []

    def put() -> str:
        """Held up until it was told, then out of sight (another was seen) long enough to be new again."""
        lens.do("scan", {"text": code, "tilt": "5"})
        last = kept[-1].at_ms if kept else 0
        kept.append(rig.heard.wait(lambda t: isinstance(t, Scan) and t.at_ms > last, rig.limit_s))
        other = f"OW1T.other{next(others)}"
        lens.do("scan", {"text": other})
        rig.heard.wait(lambda t: isinstance(t, Scan) and t.text == other, rig.limit_s)
        lens.do("away", {})
        threading.Event().wait(0.6)
        for told in kept:
            rig.heard(told)  # for the test itself
        return code

    rig.put = put
    yield rig
    device.close()
    lens.unplug()


@contextmanager
def document_camera(request: pytest.FixtureRequest) -> Iterator[Rig]:
    folder = request.getfixturevalue("tmp_path") / "pages"
    table = PageTable(folder)
    device = registry.open("document_cameras.camera", {"port": str(folder)})

    def put() -> str:
        return str(table.do("lay", {"sheet": "a4", "tilt": "6", "text": "PAGE 1"}))

    yield Rig(device, put, lambda: str(table.unplug()))
    device.close()
    table.unplug()


@contextmanager
def http(request: pytest.FixtureRequest) -> Iterator[Rig]:
    with platform() as web:
        device = registry.open("vouchers.http", {"url": web.url, "limit_ms": 500})
        yield Rig(device, code=mint(PEOPLE[0]))
        device.close()


@contextmanager
def hub(request: pytest.FixtureRequest) -> Iterator[Rig]:
    folder = request.getfixturevalue("tmp_path")
    with platform() as web, hub_before(web.url, folder) as (url, token):
        device = registry.open("vouchers.hub", {"url": url, "token": token, "limit_ms": 2000})
        yield Rig(device, code=mint(PEOPLE[0]))
        device.close()


@contextmanager
def pdf_folder(request: pytest.FixtureRequest) -> Iterator[Rig]:
    folder = request.getfixturevalue("tmp_path") / "papers"

    def away() -> None:
        folder.rename(folder.with_name("elsewhere"))
        folder.write_bytes(b"")  # a file stands in the way

    def back() -> str:
        folder.unlink()
        folder.with_name("elsewhere").rename(folder)
        return ""

    device = registry.open("printers.pdf_folder", {"folder": str(folder)})
    yield Rig(device, back, away, words=lambda: _words(sorted(folder.glob("*.pdf"))))


@contextmanager
def escpos(request: pytest.FixtureRequest) -> Iterator[Rig]:
    folder = request.getfixturevalue("tmp_path") / "receipts"
    table = ReceiptTable(folder)
    yield Rig(
        registry.open("printers.escpos", {"port": f"127.0.0.1:{table.port}"}),
        lambda: table.do("paper_in", {}),
        lambda: _nothing(table.do("paper_out", {})),
        words=lambda: "\n".join(file.read_text("utf-8") for file in sorted(folder.glob("*.txt"))),
    )
    table.close()


@contextmanager
def system_queue(request: pytest.FixtureRequest) -> Iterator[Rig]:
    cups = request.getfixturevalue("cups_queue")
    known = set(cups.folder.glob("*.pdf"))

    def words() -> str:
        cups.wait_for_paper(known)
        return _words(sorted(set(cups.folder.glob("*.pdf")) - known))

    def mend() -> str:
        cups.start_queue()
        return ""

    device = registry.open("printers.system_queue", {"queue": cups.queue})
    yield Rig(device, mend, lambda: cups.stop_queue("Paper jam"), words=words)
    cups.start_queue()


def _words(files: list[Path]) -> str:
    return "\n".join(page.extract_text() for file in files for page in PdfReader(file).pages)


def _nothing(_: object) -> None:
    """What was done is told by nobody."""


SIMULATED: Mapping[str, Callable[[pytest.FixtureRequest], AbstractContextManager[Any]]] = {
    "cards.pcsc": pcsc,
    "cards.sdt_serial": sdt_serial,
    "cards.vendor_nhsa": vendor("cards.vendor_nhsa", "heasec"),
    "cards.vendor_sdtapi": vendor("cards.vendor_sdtapi", "sdtapi"),
    "cards.vendor_ssse": vendor("cards.vendor_ssse", "sscard"),
    "cards.vendor_termb": vendor("cards.vendor_termb", "termb"),
    "scanners.camera": code_camera,
    "scanners.keyboard_wedge": keyboard_wedge,
    "scanners.serial_line": serial_line,
    "vouchers.http": http,
    "vouchers.hub": hub,
    "vouchers.nation_ec": vendor("vouchers.nation_ec", "nationec"),
    "document_cameras.camera": document_camera,
    "vouchers.nhsa_ec": vendor("vouchers.nhsa_ec", "heasec"),
    "printers.escpos": escpos,
    "printers.pdf_folder": pdf_folder,
    "printers.system_queue": system_queue,
    **citizen_rigs.SIMULATED,
}


@contextmanager
def packaged(driver_id: str, module: str, config: Mapping[str, Any]) -> Iterator[Rig]:
    """A driver of another package on the simulator that package brings (`devices new` writes such a rig)."""
    with importlib.import_module(module).rig() as made:
        device = registry.open(driver_id, {**made.config, **config})
        given = {
            name: getattr(made, name) for name in ("put", "take", "words", "code") if hasattr(made, name)
        }
        yield Rig(device, **given)
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
