"""Where something is plugged into this machine: the places several drivers look at."""

from __future__ import annotations

from pathlib import Path

from drivers.protocols import Finding

_USB_PRINTERS = "/dev/usb"
_CAMERAS = Path("/sys/class/video4linux")


def serial_ports() -> tuple[Finding, ...]:
    """The serial ports of this machine that something is known to be plugged into, each as `{"port"}`."""
    from serial.tools import list_ports

    known = [port for port in list_ports.comports() if port.hwid not in ("", "n/a")]
    return tuple(
        Finding(f"串口 {port.device}　{port.description or ''}".strip(), {"port": port.device})
        for port in sorted(known, key=lambda port: port.device)
    )


def printer_files() -> tuple[Finding, ...]:
    """The kernel's USB printer files, each as `{"port"}`."""
    return tuple(
        Finding(f"USB 打印机 {file}", {"port": str(file)}) for file in sorted(Path(_USB_PRINTERS).glob("lp*"))
    )


def cameras(listed: Path = _CAMERAS) -> tuple[Finding, ...]:
    """The cameras the kernel knows, each as `{"port"}`; of several nodes the one with the pictures."""
    found = []
    for node in sorted(listed.glob("video*"), key=lambda node: (len(node.name), node.name)):
        try:
            if (node / "index").read_text("ascii").strip() == "0":
                name = (node / "name").read_text("utf-8", "replace").strip()
                found.append(Finding(f"摄像头 {name or node.name}", {"port": "/dev/" + node.name}))
        except OSError:
            continue  # pulled out while we looked
    return tuple(found)
