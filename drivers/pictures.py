"""Pictures of a camera, whatever it hangs on: a V4L2 device, a video stream or file, a folder of pictures.

For drivers that run in a host of their own: OpenCV is imported when the first picture is wanted.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any, Optional, Protocol, Tuple

from drivers.protocols import Fault

PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff")
_PACE_S = 0.05  # how often a folder is looked at
_STALE_S = 0.08  # a live picture older than this is left to the device: it shows what was
_SELECT_S = "3"


class Frames(Protocol):
    """Where pictures come from."""

    def next(self) -> Any:
        """The picture as it is now, BGR; None when there is none yet. Raises Fault `device-gone`."""

    def close(self) -> None:
        """Let go of the camera."""


def vision() -> Any:
    """OpenCV, set up to be a small guest: one thread. Raises ImportError."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", _SELECT_S)
    import cv2

    cv2.setNumThreads(1)
    return cv2


def open_frames(port: str, size: Tuple[int, int]) -> Frames:
    """Pictures of `port`: `/dev/video0` or its number, an address or file that OpenCV can play, or a folder.

    `size` is asked of a camera; it gives what it can. Raises Fault `device-gone`, ValueError for no port.
    """
    if not port:
        raise ValueError("port")
    return Folder(Path(port)) if Path(port).is_dir() else Camera(port, size)


class Camera:
    """A device, stream or file played by OpenCV."""

    def __init__(self, port: str, size: Tuple[int, int]) -> None:
        cv2 = vision()
        self._port = port
        is_device = port.isdecimal() or port.startswith("/dev/")
        source = int(port) if port.isdecimal() else port
        self._is_live = is_device
        self._capture = cv2.VideoCapture(source, cv2.CAP_V4L2 if is_device else cv2.CAP_ANY)
        if not self._capture.isOpened():
            raise Fault("device-gone", port)
        if is_device:
            self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter_fourcc(*"MJPG"))
            self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
            self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])

    def next(self) -> Any:
        """The newest picture. Raises Fault `device-gone` when the camera gives no more."""
        until = time.monotonic() + _STALE_S
        while True:
            asked = time.monotonic()
            if not self._capture.grab():
                raise Fault("device-gone", self._port)
            # What comes at once lay in the device's queue; a picture that had to be waited for is new.
            if not self._is_live or time.monotonic() - asked > 0.005 or asked > until:
                break
        good, picture = self._capture.retrieve()
        return picture if good else None

    def close(self) -> None:
        """Let go of the device."""
        self._capture.release()


class Folder:
    """A folder into which a camera's own program puts its pictures: the newest one is what it sees."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: Tuple[str, int] = ("", 0)
        self._picture: Any = None

    def next(self) -> Any:
        """The newest picture; one that is half written is left for later. Raises Fault `device-gone`."""
        time.sleep(_PACE_S)
        newest = self._newest()
        if newest is None:
            self._picture = None
        elif newest != self._seen:
            picture = _decoded(Path(newest[0]))
            if picture is not None:
                self._seen, self._picture = newest, picture
        return self._picture

    def close(self) -> None:
        """Nothing is held."""

    def _newest(self) -> Optional[Tuple[str, int]]:
        try:
            found = [
                (entry.stat().st_mtime_ns, entry.path)
                for entry in os.scandir(self._folder)
                if entry.name.lower().endswith(PICTURES)
            ]
        except OSError:
            raise Fault("device-gone", str(self._folder)) from None
        return (max(found)[1], max(found)[0]) if found else None


def _decoded(file: Path) -> Any:
    cv2 = vision()
    import numpy

    try:
        data = numpy.frombuffer(file.read_bytes(), numpy.uint8)
    except OSError:
        return None
    return cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
