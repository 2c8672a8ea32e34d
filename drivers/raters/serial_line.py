"""Raters with five keys on a serial line or TCP; their frames are settings, as every maker has others."""

from __future__ import annotations

import threading
import time
from typing import Any, Dict, Mapping

from drivers.citizen_side import NOT_RATED, RATED, SKIPPED
from drivers.frames import Frame
from drivers.line_link import LineLink
from drivers.protocols import LEVELS, Driver, Fault, Rating

START, STOP = "AA 01 {xor8} 55", "AA 00 {xor8} 55"
ANSWER = "AA {level} {xor8} 55"
CODES = "35 34 33 32 31"  # what the keys send, best first; other makers count 00 to 04
SKIP = "30"
_LOOK_S = 0.1
_MOST_PENDING = 256


class SerialRater:
    """Lights the rater up, waits for a key, switches it off."""

    def __init__(self, link: LineLink, frames: Mapping[str, str], name: str) -> None:
        self._link, self._name = link, name
        self._start = Frame(frames["start"]).make({})
        self._stop = Frame(frames["stop"]).make({})
        answer = Frame(frames["answer"], names=("level",))
        codes = [int(code, 16) for code in frames["codes"].split()]
        if len(codes) != len(LEVELS) or len(set(codes)) != len(codes):
            raise Fault("frame-template", "codes 须为五个不同的字节")
        self._keys: Dict[bytes, int] = {
            answer.make({"level": code}): level for code, level in zip(codes, LEVELS, strict=True)
        }
        if frames["skip"]:
            self._keys[answer.make({"level": int(frames["skip"], 16)})] = 0
        self._off = threading.Event()
        self._lock = threading.Lock()

    def ask(self, title: str, limit_ms: int) -> Rating:
        """Wait for a key. Raises Fault `rater-away`, `citizen-cancelled`."""
        with self._lock:
            self._off.clear()
            self._link.forget()  # a key pressed while nobody asked is no rating
            self._link.send(self._start)
            try:
                return self._waited(time.monotonic() + limit_ms / 1000)
            finally:
                self._dark()

    def cancel(self) -> None:
        """Call the asking off, from any thread."""
        self._off.set()

    def close(self) -> None:
        """Let go of the line."""
        self._off.set()
        with self._lock:
            self._link.close()

    def _waited(self, until: float) -> Rating:
        came = b""
        while not self._off.is_set():
            left = until - time.monotonic()
            if left <= 0:
                return Rating(NOT_RATED, 0, self._name)
            came = (came + self._link.read(min(left, _LOOK_S)))[-_MOST_PENDING:]
            for frame, level in self._keys.items():
                if frame in came:
                    return Rating(RATED if level else SKIPPED, level, self._name)
        raise Fault("citizen-cancelled", "")

    def _dark(self) -> None:
        try:
            self._link.send(self._stop)
        except Fault:
            return  # the answer counts although the rater has gone


def _open(config: Mapping[str, Any]) -> SerialRater:
    import serial  # noqa: F401  # a missing SDK is told at opening

    given = {"start": START, "stop": STOP, "answer": ANSWER, "codes": CODES, "skip": SKIP}
    frames = {key: str(config.get(key, default)) for key, default in given.items()}
    port = str(config["port"])
    return SerialRater(LineLink(port, int(config.get("baud", 9600)), "rater-away"), frames, port)


DRIVER = Driver(
    id="serial_line",
    family="raters",
    title="串口评价器",
    open=_open,
    requires=("serial",),
)
