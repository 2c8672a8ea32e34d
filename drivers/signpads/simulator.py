"""A sign pad as a process, behind a compiled library with the exports of its maker.

    python -m drivers.signpads.simulator --data DIR

The library lies in `DIR/simulators/`. Served actions: sign (a made-up hand, or a PNG file of one's own),
cancel, look (what is asked), behave, unplug, plug.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_library import Call, Reply
from drivers.simulator_person import CANCEL, LATE, AskedDevice
from drivers.simulator_pictures import handwriting
from drivers.simulator_process import run_on_cable

_PNG = b"\x89PNG\r\n\x1a\n"
_CODES = {CANCEL: 1, LATE: 2, "odd": 77}


class SignPad(AskedDevice):
    """The simulated device "signpad"."""

    name = "signpad"
    title = "签名板"
    more_modes = (Choice("empty", "没写就按确定"), Choice("lies", "长度不实"), Choice("odd", "返回码不明"))
    risky = ("image",)

    def __init__(self, folder: Path) -> None:
        self._written = handwriting()
        super().__init__(folder, Path(__file__).with_suffix(".c"))

    def acts(self) -> tuple[Action, ...]:
        """Sign."""
        return (Action("sign", "签字", (Parameter("file", "自己的图片（PNG）"),)),)

    def reply(self, call: Call) -> Reply:
        """Wait for the pen; the picture."""
        if call.name == "sign":
            return Reply(self._signed(call))
        return Reply(0, *self._image()) if call.name == "image" else Reply()

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`; a file that is no PNG is refused before the pen moves."""
        written = _own(given.get("file", "").strip()) if action == "sign" else b""
        said = super().do(action, given)
        self._written = written or self._written
        return said

    def _signed(self, call: Call) -> int:
        self.show("请签名")
        act, _ = self.asked(call, "请签名", int.from_bytes(call.given[:4], sys.byteorder))
        return _CODES.get(act, 0)

    def _image(self) -> tuple[bytes, str, int]:
        rubbish = {"garbage": b"\xff" * 40, "empty": b""}
        return rubbish.get(self.mode, self._written), "", 1 << 30 if self.mode == "lies" else -1


def _own(file: str) -> bytes:
    try:
        data = Path(file).read_bytes() if file else b""
    except OSError:
        raise Refused("读不出这个文件") from None
    if data and not data.startswith(_PNG):
        raise Refused("这个文件不是 PNG 图片")
    return data


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    return run_on_cable(argv, "drivers.signpads.simulator", __doc__, SignPad)


if __name__ == "__main__":
    sys.exit(main())
