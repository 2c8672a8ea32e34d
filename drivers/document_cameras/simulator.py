"""The document camera as a process: a folder with the picture its lens sees, as camera programs keep one.

    python -m drivers.document_cameras.simulator --data DIR

The folder is `DIR/simulators/pages`. Served actions: lay an invented page or a picture of one's own, straight
or askew, lift it, put the lights out, pull the plug and put it back.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from drivers.pictures import vision
from drivers.simulate import FOLDER, Action, Choice, Parameter, Refused
from drivers.simulator_process import arguments, serve

_MAT = (70, 58, 52)
_SCENE = (1632, 1224)  # width and height of what the lens sees
_SHEETS = {"a4": (780, 1103), "a4_across": (1103, 780), "card": (428, 270), "slip": (300, 900)}
_WORDS = {"a4": "A4 材料", "a4_across": "A4 横放", "card": "证件", "slip": "小票"}


class PageTable:
    """The simulated device "document_camera" with the table under it."""

    name = "document_camera"
    title = "高拍仪"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.plug()

    def actions(self) -> tuple[Action, ...]:
        """Lay, show, lift, dark, unplug, plug."""
        sheets = tuple(Choice(code, words) for code, words in _WORDS.items())
        tilt = Parameter("tilt", "歪斜（度）", (), "0")
        text = Parameter("text", "页上的字（字母和数字）", (), "PAGE 1")
        return (
            Action("lay", "放一页", (Parameter("sheet", "材料", sheets, "a4"), text, tilt)),
            Action("show", "放自己的图片", (Parameter("file", "图片文件"), tilt)),
            Action("lift", "拿走"),
            Action("dark", "关灯"),
            Action("unplug", "拔掉高拍仪"),
            Action("plug", "接上高拍仪"),
        )

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        if action in ("unplug", "plug"):
            return self.unplug() if action == "unplug" else self.plug()
        if not self._folder.is_dir():
            raise Refused("高拍仪没有接上")
        if action in ("lift", "dark"):
            self._show(_scene(_MAT if action == "lift" else (0, 0, 0)))
            return "已拿走" if action == "lift" else "灯已关"
        tilt = _tilt(given.get("tilt", "0"))
        if action == "lay":
            self._show(_laid(_sheet(given.get("sheet", "a4"), given.get("text", "PAGE 1")), tilt))
        elif action == "show":
            self._show(_laid(_picture(Path(given.get("file", "").strip())), tilt))
        else:
            raise Refused(f"没有这个动作：{action}")
        return "已放好"

    def plug(self) -> str:
        """Make the camera appear, with nothing under it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return "高拍仪已接上"

    def unplug(self) -> str:
        """Make the camera vanish under whoever uses it."""
        with suppress(FileNotFoundError):
            for file in self._folder.iterdir():
                file.unlink()
            self._folder.rmdir()
        return "高拍仪已拔掉"

    def _show(self, scene: Any) -> None:
        fresh = self._folder / "now.part"
        good, data = vision().imencode(".png", scene, [vision().IMWRITE_PNG_COMPRESSION, 1])
        if not good:
            raise Refused("画不出来")
        fresh.write_bytes(data.tobytes())
        fresh.replace(self._folder / "now.png")  # whole or not at all


def _tilt(text: str) -> float:
    try:
        return max(-45.0, min(45.0, float(text or "0")))
    except ValueError:
        raise Refused(f"不是角度：{text}") from None


def _scene(colour: tuple[int, int, int]) -> Any:
    import numpy

    scene = numpy.full((_SCENE[1], _SCENE[0], 3), colour, numpy.uint8)
    if any(colour):  # a mat has a grain, a dark room has not
        scene[::12, ::12] = [part + 40 for part in colour]
    return scene


def _sheet(kind: str, text: str) -> Any:
    """An invented page: its text at the top left, so that up can be told from down."""
    import numpy

    if kind not in _SHEETS:
        raise Refused(f"没有这种材料：{kind}")
    cv2 = vision()
    width, height = _SHEETS[kind]
    page = numpy.full((height, width, 3), 246, numpy.uint8)
    cv2.putText(page, text[:30], (30, 70), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (30, 30, 30), 3)
    for nth, y in enumerate(range(120, height - 60, 34)):
        cv2.line(page, (30, y), (width - 40 - nth * 37 % 160, y), (120, 120, 120), 3)
    return page


def _picture(file: Path) -> Any:
    cv2 = vision()
    picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
    if picture is None:
        raise Refused("这个文件不是图片")
    scale = min(_SCENE[0] * 0.8 / picture.shape[1], _SCENE[1] * 0.9 / picture.shape[0], 1.0)
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _laid(page: Any, tilt: float) -> Any:
    """The page on the mat, turned by `tilt` degrees around its middle."""
    cv2 = vision()
    scene = _scene(_MAT)
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    matrix[:, 2] += (_SCENE[0] / 2 - width / 2, _SCENE[1] / 2 - height / 2)
    cv2.warpAffine(page, matrix, _SCENE, scene, cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT)
    return scene


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    given = arguments("drivers.document_cameras.simulator", __doc__).parse_args(argv)
    table = PageTable(given.data / FOLDER / "pages")
    serve(given.data, table, {"port": str(given.data / FOLDER / "pages")})
    table.unplug()
    return 0


if __name__ == "__main__":
    sys.exit(main())
