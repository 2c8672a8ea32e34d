"""The code camera as a process: a folder with the picture its lens sees, as camera programs keep one.

    python -m drivers.scanners.camera_simulator --deck PEOPLE.toml --data DIR

The folder is `DIR/simulators/lens`. Served actions: hold up a person's telephone or any code, take it away,
pull the plug and put it back.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from drivers import deck
from drivers.pictures import vision
from drivers.simulate import FOLDER, Action, Choice, Parameter, Refused
from drivers.simulator_process import arguments, serve
from drivers.vouchers.simulator_code import mint

_SCENE = (720, 1280)


class Lens:
    """The simulated device "code_camera" with the telephones of the deck before it."""

    name = "code_camera"
    title = "扫码摄像头"

    def __init__(self, people: Sequence[deck.Invented], folder: Path) -> None:
        self._people = {p.key: p for p in people if p.voucher and p.certno}
        self._folder = folder
        self.plug()

    def actions(self) -> tuple[Action, ...]:
        """Voucher, any code, nothing, unplug, plug."""
        people = tuple(Choice(p.key, p.name or p.key) for p in self._people.values())
        person = Parameter("person", "参保人", people, people[0].code if people else "")
        return (
            Action("voucher", "出示医保码", (person,)),
            Action(
                "scan", "出示任意码", (Parameter("text", "内容"), Parameter("tilt", "歪斜（度）", (), "0"))
            ),
            Action("away", "拿开"),
            Action("unplug", "拔掉摄像头"),
            Action("plug", "接上摄像头"),
        )

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        if action in ("unplug", "plug"):
            return self.unplug() if action == "unplug" else self.plug()
        if not self._folder.is_dir():
            raise Refused("摄像头没有接上")
        if action == "voucher":
            person = self._people.get(given.get("person", "") or next(iter(self._people), ""))
            if person is None:
                raise Refused("没有这个人，或他没有医保码")
            self._show(_held(mint(person), 7.0))
        elif action == "scan":
            self._show(_held(given.get("text", "").strip(), _degrees(given.get("tilt", "0"))))
        elif action == "away":
            self._show(_wall())
        else:
            raise Refused(f"没有这个动作：{action}")
        return "已出示" if action != "away" else "已拿开"

    def plug(self) -> str:
        """Make the camera appear."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return "摄像头已接上"

    def unplug(self) -> str:
        """Make the camera vanish under whoever uses it."""
        with suppress(FileNotFoundError):
            for file in self._folder.iterdir():
                file.unlink()
            self._folder.rmdir()
        return "摄像头已拔掉"

    def _show(self, scene: Any) -> None:
        good, data = vision().imencode(".png", scene, [vision().IMWRITE_PNG_COMPRESSION, 1])
        if not good:
            raise Refused("画不出来")
        fresh = self._folder / "now.part"
        fresh.write_bytes(data.tobytes())
        fresh.replace(self._folder / "now.png")  # whole or not at all


def _degrees(text: str) -> float:
    try:
        return float(text or "0")
    except ValueError:
        raise Refused(f"不是角度：{text}") from None


def _wall() -> Any:
    import numpy

    return numpy.full(_SCENE, 150, numpy.uint8)


def _held(text: str, tilt: float) -> Any:
    """A telephone with a QR code on it, held `tilt` degrees askew."""
    import numpy
    import zxingcpp

    if not text:
        raise Refused("没有内容")
    cv2 = vision()
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    image = numpy.array(zxingcpp.write_barcode_to_image(code, scale=7))
    image = cv2.copyMakeBorder(image, 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=255)
    scene = _wall()
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    matrix[:, 2] += (_SCENE[1] / 2 - width / 2, _SCENE[0] / 2 - height / 2)
    cv2.warpAffine(image, matrix, _SCENE[::-1], scene, cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT)
    return scene


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    given = arguments("drivers.scanners.camera_simulator", __doc__, people=True).parse_args(argv)
    lens = Lens(deck.load(given.deck), given.data / FOLDER / "lens")
    serve(given.data, lens, {"port": str(given.data / FOLDER / "lens")})
    lens.unplug()
    return 0


if __name__ == "__main__":
    sys.exit(main())
