"""The way to a USB receipt printer the kernel made no file for, by libusb: `usb:04b8:0e15` or with a serial.

Needs the package pyusb and the system's libusb-1.0, and a udev rule that lets this user at the printer
(`installer/` has none: it names one hall's printer).
"""

from __future__ import annotations

import re
from typing import Any, Optional, Tuple

from drivers.protocols import Finding

_WHERE = re.compile(r"usb:([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?::(.+))?")
_PRINTER_CLASS = 7
_IN = 0x80


def is_usb(where: str) -> bool:
    """Whether an address means a USB printer."""
    return _WHERE.fullmatch(where) is not None


class UsbWay:
    """One printer, claimed from the kernel while a receipt is printed. Raises OSError, ImportError."""

    def __init__(self, where: str, limit_s: float) -> None:
        import usb.core
        import usb.util

        found = _WHERE.fullmatch(where)
        if found is None:
            raise ValueError(where)
        self._usb = usb
        self._limit_ms = int(limit_s * 1000)
        vendor, product = int(found[1], 16), int(found[2], 16)
        device = usb.core.find(idVendor=vendor, idProduct=product, custom_match=_serial(found[3]))
        if device is None:
            raise OSError(where)
        self._device = device
        self._number, self._out, self._in = _ends(device)
        self._had_kernel = _kernel_has(device, self._number)
        if self._had_kernel:
            device.detach_kernel_driver(self._number)
        usb.util.claim_interface(device, self._number)

    def write(self, data: memoryview) -> int:
        """Hand bytes over; how many went. 0 when the printer takes none for half a second."""
        try:
            return int(self._device.write(self._out, bytes(data), 500))
        except self._usb.core.USBTimeoutError:
            return 0

    def read(self, limit_s: float) -> bytes:
        """One byte of an answer, nothing when none comes in time."""
        if self._in is None:
            return b""
        try:
            return bytes(self._device.read(self._in, 64, max(1, int(limit_s * 1000))))[:1]
        except self._usb.core.USBTimeoutError:
            return b""

    def close(self) -> None:
        """Give the printer back to the kernel."""
        self._usb.util.release_interface(self._device, self._number)
        if self._had_kernel:
            self._device.attach_kernel_driver(self._number)
        self._usb.util.dispose_resources(self._device)


def usb_printers() -> Tuple[Finding, ...]:
    """USB printers that libusb sees, each as `{"port"}`; none where libusb or its package is missing."""
    try:
        import usb.core

        found = list(usb.core.find(find_all=True, custom_match=_is_printer))
    except Exception:  # no libusb, no package, no right to look
        return ()
    rows = [(f"{device.idVendor:04x}:{device.idProduct:04x}", device) for device in found]
    return tuple(Finding("USB 打印机 " + name, {"port": "usb:" + name}) for name, _ in rows)


def _kernel_has(device: Any, number: int) -> bool:
    try:
        return bool(device.is_kernel_driver_active(number))
    except NotImplementedError:  # a system whose kernel takes no printer for itself
        return False


def _is_printer(device: Any) -> bool:
    return any(interface.bInterfaceClass == _PRINTER_CLASS for config in device for interface in config)


def _serial(wanted: Optional[str]) -> Any:
    return (lambda device: device.serial_number == wanted) if wanted else _is_printer


def _ends(device: Any) -> Tuple[int, int, Optional[int]]:
    """Number of the printer's interface and its endpoints out and in."""
    for interface in device.get_active_configuration():
        if interface.bInterfaceClass == _PRINTER_CLASS:
            ends = [end.bEndpointAddress for end in interface]
            out = next((end for end in ends if not end & _IN), None)
            if out is not None:
                return interface.bInterfaceNumber, out, next((end for end in ends if end & _IN), None)
    raise OSError("no printer interface")
