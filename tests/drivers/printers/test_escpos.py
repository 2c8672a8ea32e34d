"""The receipt printer driver on the shipped TCP printer, a terminal line, a device file, and silent ones."""

from __future__ import annotations

import os
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from drivers.printers.escpos import EscposPrinter
from drivers.printers.escpos_paper import Printer
from drivers.printers.simulator import ReceiptTable
from drivers.protocols import Fault, PrintJob

RARE = "𬱖晓梅"
JOB = PrintJob(
    "r-1",
    "slip",
    "r80",
    operations=(
        ("text", "医疗保险受理回执", "centre large"),
        ("text", "经办：王敏　应付 ¥12.50", ""),
        ("text", RARE, ""),
        ("raster", 64, 64, b"\xaa\x55\xaa\x55\xaa\x55\xaa\x55" * 64),
        ("feed", 3),
        ("cut",),
    ),
)
WORDS = ["医疗保险受理回执", "经办：王敏　应付 ￥12.50"]


@pytest.fixture
def table(tmp_path: Path) -> Iterator[ReceiptTable]:
    made = ReceiptTable(tmp_path / "receipts")
    yield made
    made.close()


@pytest.fixture
def printer(table: ReceiptTable) -> EscposPrinter:
    return EscposPrinter(f"127.0.0.1:{table.port}", limit_ms=2000)


def code_of(work: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Fault) as caught:
        work()
    return caught.value.code, caught.value.detail


def test_a_receipt_comes_out_with_the_right_words_and_dots(printer: EscposPrinter, tmp_path: Path) -> None:
    assert printer.print(JOB).state == "done"
    assert (tmp_path / "receipts" / "0001.txt").read_text("utf-8").splitlines() == WORDS
    with Image.open(tmp_path / "receipts" / "0001.png") as picture:
        rare = picture.crop((0, 54 + 30, 24, 54 + 30 + 30))
        assert picture.width == 576
        assert sum(1 for dot in rare.tobytes() if dot != 0xFF) > 40  # the rare character is drawn


def test_each_copy_is_a_receipt(printer: EscposPrinter, tmp_path: Path) -> None:
    printer.print(PrintJob("r", "s", "r80", operations=JOB.operations, copies=3))
    assert len(list((tmp_path / "receipts").glob("*.png"))) == 3


@pytest.mark.parametrize(
    ("trouble", "mend", "told"),
    [
        ("paper_out", "paper_in", ("printer-jam", "缺纸")),
        ("open", "close", ("printer-jam", "上盖没有合好")),
    ],
)
def test_a_printer_in_trouble_is_not_sent_anything(
    table: ReceiptTable,
    printer: EscposPrinter,
    tmp_path: Path,
    trouble: str,
    mend: str,
    told: tuple[str, str],
) -> None:
    table.do(trouble, {})
    assert code_of(lambda: printer.print(JOB)) == told
    assert not table.printer.busy
    table.do(mend, {})
    assert printer.print(JOB).state == "done"
    assert len(list((tmp_path / "receipts").glob("*.png"))) == 1


def test_a_printer_switched_off_is_absent_and_comes_back(table: ReceiptTable, printer: EscposPrinter) -> None:
    table.do("off", {})
    assert code_of(lambda: printer.print(JOB))[0] == "printer-absent"
    table.do("on", {})
    assert printer.print(JOB).state == "done"


def test_a_roll_that_is_nearly_empty_is_noted_and_the_receipt_is_out(
    table: ReceiptTable, printer: EscposPrinter
) -> None:
    assert printer.print(JOB).note == ""
    table.do("paper_low", {})
    outcome = printer.print(JOB)
    assert (outcome.state, outcome.note) == ("done", "纸将用完")
    table.do("paper_in", {})
    assert printer.print(JOB).note == ""


def test_paper_that_ends_in_the_middle_is_told(table: ReceiptTable, printer: EscposPrinter) -> None:
    feed = table.printer.feed

    def ends(data: bytes) -> bytes:
        table.printer.paper = table.printer.paper and b"\n" not in data
        return feed(data)

    table.printer.feed = ends  # type: ignore[method-assign]
    assert code_of(lambda: printer.print(JOB)) == ("printer-jam", "缺纸")


def test_a_printer_that_never_answers_is_believed() -> None:
    taken = bytearray()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        link, _ = listener.accept()
        with link:
            while data := link.recv(65536):
                taken.extend(data)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    where = f"127.0.0.1:{listener.getsockname()[1]}"
    assert EscposPrinter(where, limit_ms=2000).print(JOB).state == "sent"
    thread.join(60)
    listener.close()
    paper = Printer()
    paper.feed(bytes(taken))
    assert paper.receipts[0].words == WORDS


def test_a_printer_that_takes_nothing_more_is_told_in_time() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    big = PrintJob("r", "s", "r80", operations=(("raster", 576, 8192, bytes(72 * 8192)),) * 40)
    where = f"127.0.0.1:{listener.getsockname()[1]}"
    assert code_of(lambda: EscposPrinter(where, limit_ms=700).print(big))[0] == "printer-jam"
    listener.close()


def test_a_device_file_gets_the_bytes_and_none_is_ever_made(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    assert code_of(lambda: EscposPrinter(str(device)).print(JOB))[0] == "printer-absent"
    assert not device.exists()
    device.touch()
    assert EscposPrinter(str(device)).print(JOB).state == "sent"
    paper = Printer()
    paper.feed(device.read_bytes())
    assert paper.receipts[0].words == WORDS


def test_a_serial_printer_is_asked_and_prints() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    paper = Printer()
    done = threading.Event()

    def serve() -> None:
        answer = b""
        while not (paper.receipts and answer):  # the answer after the cut ends the job
            answer = paper.feed(os.read(master, 4096))
            os.write(master, answer)
        done.set()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    outcome = EscposPrinter(os.ttyname(slave), limit_ms=5000)
    job = PrintJob("r", "s", "r80", operations=(*JOB.operations[:2], ("cut",)))
    assert outcome.print(job).state == "done"
    assert done.wait(60)
    assert paper.receipts[0].words == WORDS
    thread.join(60)
    os.close(slave)
    os.close(master)
