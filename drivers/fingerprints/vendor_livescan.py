"""Fingerprint readers through their maker's library with the export names of GA/T 1012 readers.

`LIVESCAN_Init`, `LIVESCAN_GetFPRawData(channel, raw)` (256 by 360 grey), `LIVESCAN_Close`, `FP_Begin`,
`FP_GetQualityScore(raw, score)`, `FP_FeatureExtract(scanner, finger, raw, feature)` (512 bytes), `FP_End`; 1
is success. Names and sizes as they are publicly used; makers that differ are given `names`.
"""

from __future__ import annotations

import ctypes
import time
from typing import Any, Mapping

from drivers.host.buffers import OutBuffer
from drivers.host.library import Library
from drivers.png import grey_png
from drivers.protocols import Driver, Fault, Fingerprint

WIDTH, HEIGHT, FEATURE = 256, 360, 512
_GOOD = 1
_LOOK_S = 0.1
_NAMES = (
    "LIVESCAN_Init",
    "LIVESCAN_GetFPRawData",
    "LIVESCAN_Close",
    "FP_Begin",
    "FP_GetQualityScore",
    "FP_FeatureExtract",
    "FP_End",
)


class LiveScan:
    """One reader; looks until a finger of good quality lies on it."""

    def __init__(self, library: Library, names: Mapping[str, str], least: int) -> None:
        number, text = ctypes.c_int32, ctypes.c_char_p
        self._least = least

        def get(name: str, *arguments: Any) -> Any:
            return library.function(names.get(name, name), *arguments)

        self._init, self._end_scan = get("LIVESCAN_Init"), get("LIVESCAN_Close")
        self._raw = get("LIVESCAN_GetFPRawData", number, text)
        self._begin, self._end = get("FP_Begin"), get("FP_End")
        self._score = get("FP_GetQualityScore", text, text)
        self._extract = get("FP_FeatureExtract", ctypes.c_ubyte, ctypes.c_ubyte, text, text)
        self._picture, self._feature = OutBuffer(WIDTH * HEIGHT), OutBuffer(FEATURE)
        self._quality = OutBuffer(1)

    def capture(self, title: str, limit_ms: int) -> Fingerprint:
        """Wait for a finger. Raises Fault `device-gone`, `citizen-timeout`, `finger-poor`."""
        if self._init() != _GOOD or self._begin() != _GOOD:
            raise Fault("device-gone", "fingerprint")
        until, best = time.monotonic() + limit_ms / 1000, -1
        try:
            while time.monotonic() < until:
                raw, quality = self._looked()
                if quality >= self._least:
                    return Fingerprint(grey_png(raw, WIDTH), self._features(raw), quality, "fingerprint")
                best = max(best, quality)
                time.sleep(_LOOK_S)
        finally:
            self._picture.wipe()
            self._end()
            self._end_scan()
        raise Fault("finger-poor", str(best)) if best > 0 else Fault("citizen-timeout", str(limit_ms))

    def close(self) -> None:
        """Nothing is held between two fingers."""

    def _looked(self) -> tuple[bytes, int]:
        """What lies there now and its quality; 0 for an empty glass."""
        if self._raw(0, self._picture.fresh()) != _GOOD:
            raise Fault("device-gone", "fingerprint")
        raw = self._picture.take(WIDTH * HEIGHT)
        if self._score(raw, self._quality.fresh()) != _GOOD:
            return raw, 0
        return raw, min(100, self._quality.take(1)[0])

    def _features(self, raw: bytes) -> bytes:
        if self._extract(0, 0, raw, self._feature.fresh()) != _GOOD:
            self._feature.wipe()
            return b""  # the image counts; what the maker computes of it is extra
        return self._feature.take(FEATURE)


def _open(config: Mapping[str, Any]) -> LiveScan:
    library = Library(str(config.get("lib", "")), tuple(config.get("before", ())))
    names = {name: str(dict(config.get("names", {})).get(name, name)) for name in _NAMES}
    return LiveScan(library, names, int(config.get("quality", 40)))


DRIVER = Driver(
    id="vendor_livescan", family="fingerprints", title="指纹仪（厂商库）", open=_open, hosted=True
)
