"""Trying a device out, for whoever sets a desk up: what it did, with nothing of a person in it."""

from __future__ import annotations

import queue
from dataclasses import dataclass
from typing import Any

from drivers.protocols import Fault, PrintJob, Scan
from drivers.roles import NOT_THE_DEVICE

# Nobody's code: a platform that refuses it has answered. Sent only by a person's wish to try the line.
CODE_OF_NOBODY = "424" + "0" * 25
_BUSINESS = "01101"
_SCAN_MS = 10_000  # how long somebody may take to scan a code for a trial
_SENTENCE = "请 A001 号到 1 号窗口"
_ANSWERS = ("voucher-expired", "voucher-refused", "voucher-other")


@dataclass(frozen=True)
class Trial:
    """What a device did: `read no-card card-trouble scanned printed sent answered photographed said
    opened`.

    `detail` is a reader's name, a kind of code, the size of a picture or a fault's code; `count` the length
    of a scanned code.
    """

    what: str
    detail: str = ""
    count: int = 0


class ScanTrial:
    """The code with which somebody tries a scanner; it goes nowhere else. Safe from any thread."""

    def __init__(self) -> None:
        self._wanted: queue.Queue[Scan] | None = None

    def takes(self, scan: Scan) -> bool:
        """Whether a code was scanned for the trial; it is nobody else's then."""
        wanted = self._wanted
        if wanted is not None:
            wanted.put(scan)
        return wanted is not None

    def wait(self) -> Trial:
        """Wait ten seconds for a code. Raises Fault `scan-none`."""
        wanted: queue.Queue[Scan] = queue.Queue()
        self._wanted = wanted
        try:
            scan = wanted.get(timeout=_SCAN_MS / 1000)
        except queue.Empty:
            raise Fault("scan-none", str(_SCAN_MS // 1000)) from None
        finally:
            self._wanted = None
        return Trial("scanned", scan.kind, len(scan.text))


def tried(role: str, device: Any, sheet: PrintJob | None = None) -> Trial:
    """Try an opened device in its lane; `sheet` is what a printer prints. Raises its Fault."""
    if sheet is not None:
        return Trial("printed" if device.print(sheet).state == "done" else "sent")
    if role in ("card", "idcard"):
        return _reader(device)
    if role == "voucher":
        return _resolver(device)
    if role == "document_camera":
        page = device.capture()
        return Trial("photographed", f"{page.width}×{page.height}")
    if role == "voice":
        device.say(_SENTENCE)
        return Trial("said", _SENTENCE)
    if role == "customer_screen" and not device.online():
        raise Fault("gwq-away", "未连接")
    check = getattr(device, "check", None)
    told = check() if callable(check) else None
    return Trial("opened", told if isinstance(told, str) else "")


def _reader(device: Any) -> Trial:
    names = device.readers() if hasattr(device, "readers") else ()
    try:
        told = device.read("")
    except Fault as fault:
        if fault.code == "card-none":
            return Trial("no-card", "、".join(names))
        if fault.code in NOT_THE_DEVICE:
            return Trial("card-trouble", fault.code)
        raise
    return Trial("read", str(told.reader))


def _resolver(device: Any) -> Trial:
    try:
        device.resolve(CODE_OF_NOBODY, _BUSINESS)
    except Fault as fault:
        if fault.code not in _ANSWERS:
            raise
        return Trial("answered", fault.code)
    return Trial("answered")
