"""A USB printer by libusb: claimed from the kernel, asked, printed on, given back."""

from __future__ import annotations

import pytest

from drivers.printers.escpos import DRIVER, EscposPrinter
from drivers.printers.escpos_usb import usb_printers
from drivers.protocols import Fault, PrintJob
from tests.drivers.printers.test_escpos import JOB, WORDS
from tests.fakes.usb_printer import PORT, UsbBus


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> UsbBus:
    import usb.backend.libusb1

    made = UsbBus()
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda *_, **__: made)
    return made


def code_of(printer: EscposPrinter, job: PrintJob = JOB) -> tuple[str, str]:
    with pytest.raises(Fault) as caught:
        printer.print(job)
    return caught.value.code, caught.value.detail


def test_a_receipt_decodes_to_the_right_words_and_the_kernel_has_its_printer_again(bus: UsbBus) -> None:
    assert EscposPrinter(PORT, limit_ms=2000).print(JOB).state == "done"
    assert bus.printer.receipts[0].words == WORDS
    assert bus.printer.receipts[0].rasters == 2
    assert (bus.claimed, bus.kernel_has_it) == (False, True)


def test_its_paper_is_asked_for(bus: UsbBus) -> None:
    bus.printer.paper = False
    assert code_of(EscposPrinter(PORT, limit_ms=2000)) == ("printer-jam", "缺纸")
    assert not bus.printer.busy
    assert bus.kernel_has_it


def test_one_that_says_nothing_is_believed(bus: UsbBus) -> None:
    bus.dumb = True
    assert EscposPrinter(PORT, limit_ms=2000).print(JOB).state == "sent"
    assert bus.printer.receipts[0].words == WORDS


@pytest.mark.parametrize("port", [PORT, "usb:ffff:0001", PORT + ":serial"])
def test_one_that_is_not_there_is_absent(bus: UsbBus, port: str) -> None:
    bus.plugged = port != PORT
    assert code_of(EscposPrinter(port))[0] == "printer-absent"


def test_it_is_found_by_what_it_is(bus: UsbBus) -> None:
    assert [finding.config for finding in usb_printers()] == [{"port": PORT}]
    assert DRIVER.finds is not None
    assert {"port": PORT} in [finding.config for finding in DRIVER.finds()]
    bus.plugged = False
    assert usb_printers() == ()
