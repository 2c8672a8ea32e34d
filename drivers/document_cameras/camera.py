"""A document camera (高拍仪) that is an ordinary camera: V4L2, a stream, or a folder its program fills.

Runs in a host of its own; `drivers/document_cameras/hosted.py` is what the counter holds of it.
"""

from __future__ import annotations

from typing import Any, Mapping, Optional, Tuple

from drivers.document_cameras import sheet
from drivers.pictures import Frames, open_frames
from drivers.plugs import cameras
from drivers.protocols import Driver, Fault, Option, PagePicture

_SIZE = (3264, 2448)  # 8 megapixels: an A4 sheet at 250 dpi
_LONGEST = 2600
_MOST_BYTES = 600_000  # a page crosses the host's line (1 MiB) as base64
_SETTLE = 3  # pictures thrown away while a camera that just woke finds its exposure


class PageCamera:
    """Photographs pages; opens the camera for the first one and again after a loss."""

    def __init__(self, port: str, size: Tuple[int, int] = _SIZE, most_bytes: int = _MOST_BYTES) -> None:
        if not port or not 10_000 <= most_bytes <= _MOST_BYTES:
            raise ValueError("port, most_bytes")
        self._port, self._size, self._most = port, size, most_bytes
        self._frames: Optional[Frames] = None

    def capture(self, whole: bool = False) -> PagePicture:
        """What lies under the camera, cut to its sheet and put straight unless `whole`.

        Raises Fault `device-gone`, `page-dark` (nothing to see), `page-none` (no picture came).
        """
        picture = self._seen()
        if picture is None:
            raise Fault("page-none", "")
        return sheet.page_of(picture, _LONGEST, self._most, whole)

    def preview(self) -> PagePicture:
        """What the camera sees at this moment, small and uncut. Raises Fault `device-gone`, `page-none`."""
        return sheet.glance(self._seen())

    def turn(self, data: bytes, degrees: int) -> PagePicture:
        """A page turned clockwise by 90, 180 or 270 degrees. Raises Fault `device-broken`."""
        return sheet.turned(data, degrees, self._most)

    def close(self) -> None:
        """Let go of the camera."""
        if self._frames is not None:
            self._frames.close()
            self._frames = None

    def _seen(self) -> Any:
        try:
            return self._picture()
        except Fault:
            self.close()
            raise

    def _picture(self) -> Any:
        if self._frames is not None:
            return self._frames.next()
        self._frames = open_frames(self._port, self._size)
        return [self._frames.next() for _ in range(_SETTLE)][-1]


def _open(config: Mapping[str, Any]) -> PageCamera:
    size = (int(config.get("width", _SIZE[0])), int(config.get("height", _SIZE[1])))
    return PageCamera(str(config["port"]), size, int(config.get("most_bytes", _MOST_BYTES)))


DRIVER = Driver(
    id="camera",
    family="document_cameras",
    title="高拍仪（UVC 摄像头）",
    open=_open,
    requires=("cv2",),
    hosted=True,
    options=(
        Option("port", "设备", "/dev/video0、视频流地址，或存放画面的文件夹"),
        Option("width", "画面宽", "3264（像素）", number=True),
        Option("height", "画面高", "2448（像素）", number=True),
        Option("most_bytes", "每页上限", "600000（字节）", number=True),
    ),
    finds=cameras,
)
