"""A receipt printer on a USB bus that exists only for libusb's Python side: the bus below is ours."""

from __future__ import annotations

import errno
from array import array
from types import SimpleNamespace
from typing import Any

from drivers.printers.escpos_paper import Printer

VENDOR, PRODUCT = 0x04B8, 0x0E15
PORT = f"usb:{VENDOR:04x}:{PRODUCT:04x}"


class UsbBus:
    """What `usb.core` asks of a backend: one printer, with a bulk endpoint each way."""

    def __init__(self, plugged: bool = True) -> None:
        self.printer = Printer()
        self.plugged = plugged
        self.answers = b""
        self.kernel_has_it = True
        self.claimed = False
        self.dumb = False  # takes everything, answers nothing

    def enumerate_devices(self) -> Any:
        return iter(["printer"] if self.plugged else [])

    def get_device_descriptor(self, device: Any) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x100,
            iManufacturer=0, iProduct=0, iSerialNumber=0, bNumConfigurations=1, address=1, bus=1,
            port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, device: Any, config: int) -> Any:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1,
            iConfiguration=0, bmAttributes=0xC0, bMaxPower=1, extra_descriptors=b"",
        )  # fmt: skip

    def get_interface_descriptor(self, device: Any, interface: int, alternate: int, config: int) -> Any:
        if interface or alternate:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2,
            bInterfaceClass=7, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
            extra_descriptors=b"",
        )  # fmt: skip

    def get_endpoint_descriptor(self, device: Any, endpoint: int, *where: int) -> Any:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(0x01, 0x82)[endpoint], bmAttributes=2,
            wMaxPacketSize=64, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=b"",
        )  # fmt: skip

    def open_device(self, device: Any) -> str:
        return "handle"

    def close_device(self, handle: Any) -> None: ...

    def get_configuration(self, handle: Any) -> int:
        return 1

    def set_configuration(self, handle: Any, value: int) -> None: ...

    def is_kernel_driver_active(self, handle: Any, interface: int) -> bool:
        return self.kernel_has_it

    def detach_kernel_driver(self, handle: Any, interface: int) -> None:
        self.kernel_has_it = False

    def attach_kernel_driver(self, handle: Any, interface: int) -> None:
        self.kernel_has_it = True

    def claim_interface(self, handle: Any, interface: int) -> None:
        if self.kernel_has_it:
            raise self.error(errno.EBUSY)
        self.claimed = True

    def release_interface(self, handle: Any, interface: int) -> None:
        self.claimed = False

    def bulk_write(self, handle: Any, endpoint: int, interface: int, data: Any, timeout: int) -> int:
        assert (endpoint, self.claimed) == (0x01, True)
        self._here()
        answer = self.printer.feed(bytes(data))
        self.answers += b"" if self.dumb else answer
        return len(data)

    def bulk_read(self, handle: Any, endpoint: int, interface: int, buffer: Any, timeout: int) -> int:
        assert endpoint == 0x82
        self._here()
        if not self.answers:
            raise self.timeout()
        told, self.answers = self.answers[: len(buffer)], self.answers[len(buffer) :]
        buffer[: len(told)] = array("B", told)
        return len(told)

    intr_write = iso_write = bulk_write  # looked up by libusb's side, never called
    intr_read = iso_read = bulk_read

    def _here(self) -> None:
        if not self.plugged:
            raise self.error(errno.ENODEV)

    def error(self, number: int) -> Exception:
        from usb.core import USBError

        return USBError("usb", errno=number)

    def timeout(self) -> Exception:
        from usb.core import USBTimeoutError

        return USBTimeoutError("usb", errno=errno.ETIMEDOUT)
