"""Rigs for the contract tests: a shipped driver with whatever simulated thing stands before it.

A rig is a context manager; a new driver gets one line in `SIMULATED`. What a person at the desk does, or the
simulator of another package, stands in `metal_rigs`.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from drivers import registry
from drivers.cards.sdt_simulator import IdTable
from drivers.deck import Invented
from drivers.document_cameras.simulator import PageTable
from drivers.key_scanner import Stroke
from drivers.printers.simulator import ReceiptTable
from drivers.protocols import Scan
from drivers.scanners.camera_simulator import Lens
from drivers.scanners.simulator import ScannerTable
from drivers.vouchers.simulator_code import mint
from tests.fakes import citizen_rigs
from tests.fakes.card_table import hand
from tests.fakes.platform import PEOPLE, hub_before, platform
from tests.fakes.rig import Rig
from tests.fakes.vendor import CODE, Stub

PERSON = {"name": "王敏", "idno": "11010519491231002X", "version": "2.00"}


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
    until = time.monotonic() + 60
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
