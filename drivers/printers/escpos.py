"""Receipt printers that speak ESC/POS, 80 or 58 mm, at a network address, serial port or device file."""

from __future__ import annotations

from typing import Any, Mapping, Tuple

from drivers.plugs import printer_files, serial_ports
from drivers.printers import escpos_bytes as told
from drivers.printers.escpos_dots import Drawer
from drivers.printers.escpos_port import Port
from drivers.printers.escpos_usb import usb_printers
from drivers.protocols import Driver, Fault, Finding, Option, PrintJob, PrintOutcome

_COLUMNS = {80: (48, 576), 58: (32, 384)}  # columns of half-width letters, dots
_STATUS_S = 0.5
_FIXED, _FIXED_IS = 0x93, 0x12  # bits every answer to a status question has
_PAPER_OUT, _COVER, _ERROR = 0x60, 0x04, 0x40
_END_OUT, _END_LOW = 0x0C, 0x03  # the same in the answer after the last line
_LIMIT_MS = 20_000


class EscposPrinter:
    """One printer. A printer that answers is asked for paper before and after; one that does not is believed.

    `limit_ms` bounds one receipt; `paper` is its width in mm.
    """

    def __init__(
        self, where: str, paper: int = 80, baud: int = 9600, font: str = "", limit_ms: int = _LIMIT_MS
    ) -> None:
        self._where = where
        self._columns, dots = _COLUMNS[paper]
        self._baud = baud
        self._draw = Drawer(dots, font)
        self._limit_ms = limit_ms

    def print(self, job: PrintJob) -> PrintOutcome:
        """Print the operations of a job; `done` when the printer says so, `sent` when it says nothing.

        A roll that is nearly empty is noted in the outcome. Raises Fault `printer-refused` (nothing to
        print), `printer-absent`, `printer-jam` (no paper, cover open, or it stopped: the receipt may hang
        half out).
        """
        if not job.operations:
            raise Fault("printer-refused", "no operations")
        data = told.receipt(job.operations, self._columns, self._draw)
        state = note = ""
        for _ in range(max(1, job.copies)):
            state, note = self._one(data)
        return PrintOutcome(job.name, state, note=note)

    def close(self) -> None:
        """Nothing is held between two receipts."""

    def _one(self, data: bytes) -> Tuple[str, str]:
        """State and note of one receipt."""
        with Port(self._where, self._baud, self._limit_ms) as port:
            answers = _ready(port)
            port.send(data + (told.STATUS_AT_END if answers else b""))
            if not answers:
                return "sent", ""
            answer = port.answer(self._limit_ms / 1000)
            if answer < 0 or answer & _END_OUT:
                _ready(port)  # says why, if it can
                raise Fault("printer-jam", "缺纸" if answer >= 0 else "打印没有结束")
            return "done", "纸将用完" if answer & _END_LOW else ""


def _ready(port: Port) -> bool:
    """Whether the printer answers at all. Raises Fault `printer-jam` when it cannot print."""
    paper = _asked(port, told.STATUS_PAPER)
    if paper < 0:
        return False
    if paper & _PAPER_OUT:
        raise Fault("printer-jam", "缺纸")
    offline = _asked(port, told.STATUS_OFFLINE)
    if offline >= 0 and offline & (_COVER | _ERROR):
        raise Fault("printer-jam", "上盖没有合好" if offline & _COVER else "打印机报错")
    return True


def _asked(port: Port, question: bytes) -> int:
    port.send(question)
    answer = port.answer(_STATUS_S)
    return answer if answer & _FIXED == _FIXED_IS else -1


def _open(config: Mapping[str, Any]) -> EscposPrinter:
    where = str(config.get("port") or "")
    if not where:
        raise ValueError("port")
    return EscposPrinter(
        where,
        int(config.get("paper", 80)),
        int(config.get("baud", 9600)),
        str(config.get("font", "")),
        int(config.get("limit_ms", _LIMIT_MS)),
    )


def _finds() -> Tuple[Finding, ...]:
    return (*printer_files(), *usb_printers(), *serial_ports())


DRIVER = Driver(
    id="escpos",
    family="printers",
    title="小票打印机（ESC/POS）",
    open=_open,
    media=("r80",),
    options=(
        Option("port", "端口", "主机:9100、串口路径、/dev/usb/lp0 或 usb:厂商:产品"),
        Option("paper", "纸宽", "80 或 58（毫米）", number=True),
        Option("baud", "速率", "9600（仅串口）", number=True),
        Option("font", "字体", "生僻字用的字体文件；空 = 自动"),
    ),
    finds=_finds,
)
