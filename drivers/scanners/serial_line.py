"""Code scanners on a serial line or USB-CDC port: one code per line, through pyserial."""

from __future__ import annotations

import threading
import time
from typing import Any, Callable, List, Mapping, Optional, Tuple

from drivers.plugs import serial_ports
from drivers.protocols import Driver, Fault, Option, Scan

_ENDINGS = {"auto": b"\r\n\t", "cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t", "none": b""}
_LONGEST = 4096
_GAP_S = 0.5  # a scanner sends a code in one go; what stops in the middle is not a code
_QUIET_S = 0.1  # with ending "none" this much silence ends a code
_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 2.0


class Splitter:
    """Cuts a stream of bytes into codes and counts what was no code; free of ports and threads."""

    def __init__(self, ending: str = "auto") -> None:
        if ending not in _ENDINGS:
            raise ValueError("ending: " + ", ".join(_ENDINGS))
        self._ends = _ENDINGS[ending]
        self._silence_ends = ending == "none"
        self._part = bytearray()
        self._fed_at = 0.0
        self._overlong = False

    @property
    def waiting_s(self) -> Optional[float]:
        """How long to wait for more before calling `silence`; None when nothing is pending."""
        if not self._part and not self._overlong:
            return None
        return _QUIET_S if self._silence_ends else _GAP_S

    def feed(self, data: bytes, now: float) -> Tuple[List[str], List[Fault]]:
        """Codes and faults in newly arrived bytes; `now` in seconds of any steady clock."""
        codes, faults = self.silence(now)
        self._fed_at = now
        for byte in data:
            if byte in self._ends:
                self._finish(codes, faults)
            elif len(self._part) >= _LONGEST:
                self._overlong = True
            else:
                self._part.append(byte)
        return codes, faults

    def silence(self, now: float) -> Tuple[List[str], List[Fault]]:
        """What the silence since the last byte decides: a code without ending, or half a code."""
        codes: List[str] = []
        faults: List[Fault] = []
        wait = self.waiting_s
        if wait is not None and now - self._fed_at >= wait:
            if self._silence_ends:
                self._finish(codes, faults)
            else:
                faults.append(Fault("device-broken", f"{len(self._part)} bytes without an end"))
                self._part.clear()
                self._overlong = False
        return codes, faults

    def _finish(self, codes: List[str], faults: List[Fault]) -> None:
        part, overlong = bytes(self._part), self._overlong
        self._part.clear()
        self._overlong = False
        if overlong:
            faults.append(Fault("device-broken", f"more than {_LONGEST} bytes"))
            return
        text = _text(part)
        if text is None:
            faults.append(Fault("device-broken", f"{len(part)} bytes that are no text"))
        elif text.strip():
            codes.append(text.strip())


class SerialScanner:
    """One scanner on `port`; a port that is missing or pulled out is tried again until `close`."""

    def __init__(self, port: str, baud: int = 9600, ending: str = "auto") -> None:
        self._port = port
        self._baud = baud
        self._ending = ending
        Splitter(ending)  # a wrong word is refused at opening, not at the first code
        self._ended = threading.Event()
        self._line: Any = None
        self._holding = threading.Lock()  # else a read is woken through handles that are gone
        self._thread: Optional[threading.Thread] = None

    def watch(self, tell: Callable[[Scan], None], fault: Callable[[Optional[Fault]], None]) -> None:
        """Tell each code; `fault` hears None when the port is open and each trouble once. From a thread.

        What was scanned before the port was open is thrown away.
        """
        if self._thread is not None:
            raise ValueError("already watched")
        self._thread = threading.Thread(target=self._run, args=(tell, fault), name="scanner", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and let go of the port."""
        self._ended.set()
        with self._holding:
            if self._line is not None:
                self._line.cancel_read()
        if self._thread is not None:
            self._thread.join(2)

    def _run(self, tell: Callable[[Scan], None], fault: Callable[[Optional[Fault]], None]) -> None:
        pause = _FIRST_PAUSE_S
        well = True
        while not self._ended.is_set():
            try:
                self._open()
                fault(None)
                well, pause = True, _FIRST_PAUSE_S
                self._listen(tell, fault)
            except Exception:  # a vanished port shows as OSError, termios.error or TypeError
                if well and not self._ended.is_set():
                    fault(Fault("device-gone", self._port))
                well = False
            finally:
                self._shut()
            self._ended.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_S)

    def _open(self) -> None:
        import serial

        self._line = serial.Serial(self._port, self._baud, timeout=None, exclusive=True)

    def _shut(self) -> None:
        with self._holding:
            line, self._line = self._line, None
            if line is not None:
                try:
                    line.close()
                except OSError:
                    return  # the port went away under it

    def _listen(self, tell: Callable[[Scan], None], fault: Callable[[Optional[Fault]], None]) -> None:
        splitter = Splitter(self._ending)
        while not self._ended.is_set():
            self._line.timeout = splitter.waiting_s
            data = self._line.read(1)
            data += self._line.read(self._line.in_waiting) if data else b""
            now = time.monotonic()
            codes, faults = splitter.feed(data, now) if data else splitter.silence(now)
            for text in codes:
                tell(Scan(text, self._port, int(now * 1000)))
            for trouble in faults:
                fault(trouble)
                fault(None)  # one bad code does not make a bad scanner


def _text(part: bytes) -> Optional[str]:
    try:
        text = part.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() else None


def _open_scanner(config: Mapping[str, Any]) -> SerialScanner:
    import serial  # noqa: F401  # a missing SDK is told at opening

    return SerialScanner(
        str(config["port"]), int(config.get("baud", 9600)), str(config.get("ending", "auto"))
    )


DRIVER = Driver(
    id="serial_line",
    family="scanners",
    title="串口扫码枪",
    open=_open_scanner,
    requires=("serial",),
    options=(
        Option("port", "端口", "串口路径"),
        Option("baud", "速率", "9600", number=True),
        Option("ending", "结尾", "auto（自动）、cr、lf、crlf、none"),
    ),
    finds=serial_ports,
)
