"""A camera that reads codes: zxing-cpp over the pictures of a V4L2 camera, a stream or a folder.

Runs in a host of its own, because OpenCV and a camera's driver are heavy guests; `drivers/scanners/hosted.py`
is what the counter holds of it.
"""

from __future__ import annotations

import time
from typing import Any, Dict, List, Mapping, Optional

from drivers.pictures import Frames, open_frames
from drivers.plugs import cameras
from drivers.protocols import Driver, Fault, Option

_SIZE = (1280, 720)
_AGAIN_MS = 1500
_EVERY_S = 0.1  # ten looks a second find a telephone as fast as a hand can hold it still
_LONGEST = 4096


class Sightings:
    """Which of the codes in sight are new: one that lies before the camera is told once."""

    def __init__(self, again_ms: int) -> None:
        self._again_s = again_ms / 1000
        self._seen: Dict[str, float] = {}

    def new(self, texts: List[str], now: float) -> List[str]:
        """Those that were not in sight for `again_ms` before `now` (seconds of a steady clock)."""
        self._seen = {text: at for text, at in self._seen.items() if now - at < self._again_s}
        fresh = [text for text in dict.fromkeys(texts) if text not in self._seen]
        self._seen.update(dict.fromkeys(texts, now))
        return fresh


class CodeCamera:
    """Looks for codes when it is asked to; opens the camera at the first look and again after a loss."""

    def __init__(self, port: str, again_ms: int = _AGAIN_MS) -> None:
        if not port:
            raise ValueError("port")
        self._port = port
        self._sightings = Sightings(again_ms)
        self._frames: Optional[Frames] = None

    def look(self, limit_ms: int) -> List[str]:
        """Codes that came into sight, as soon as there is one, at most `limit_ms` later. Raises Fault."""
        until = time.monotonic() + limit_ms / 1000
        try:
            if self._frames is None:
                self._frames = open_frames(self._port, _SIZE)
            while time.monotonic() < until:
                found = self._sightings.new(_codes(self._frames.next()), time.monotonic())
                if found:
                    return found
                time.sleep(max(0.0, min(_EVERY_S, until - time.monotonic())))
        except Fault:
            self.close()
            raise
        return []

    def close(self) -> None:
        """Let go of the camera."""
        if self._frames is not None:
            self._frames.close()
            self._frames = None


def _codes(picture: Any) -> List[str]:
    if picture is None:
        return []
    import zxingcpp

    texts = [found.text.strip() for found in zxingcpp.read_barcodes(picture) if found.valid]
    return [text for text in texts if text and text.isprintable() and len(text) <= _LONGEST]


def _open(config: Mapping[str, Any]) -> CodeCamera:
    return CodeCamera(str(config["port"]), int(config.get("again_ms", _AGAIN_MS)))


DRIVER = Driver(
    id="camera",
    family="scanners",
    title="摄像头扫码",
    open=_open,
    requires=("cv2", "zxingcpp"),
    hosted=True,
    options=(
        Option("port", "设备", "/dev/video0、视频流地址，或存放画面的文件夹"),
        Option("again_ms", "重扫间隔", "1500（毫秒）", number=True),
    ),
    finds=cameras,
)
