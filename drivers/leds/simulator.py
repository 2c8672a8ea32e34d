"""A strip of letters as a process, on a pseudo terminal, speaking the default template.

    python -m drivers.leds.simulator --data DIR

The port is `DIR/simulators/led.tty`. Served actions: look (what is up), silence, speak, unplug, plug.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from drivers.leds.frame import COLOURS
from drivers.pty_port import PtyPort
from drivers.simulate import Action, Refused
from drivers.simulator_process import run_on_line

_HEAD, _END = 0x3A, 0x0A
_ACTIONS = {
    "look": "看屏上内容",
    "silence": "条屏不应答",
    "speak": "条屏恢复应答",
    "unplug": "拔掉条屏",
    "plug": "接上条屏",
}


class StripTable:
    """The simulated device "led". `text` and `colour` are what is up; `shown` all that ever was."""

    name = "led"
    title = "窗口条屏"

    def __init__(self, port: Path) -> None:
        self.text, self.colour = "", ""
        self.shown: list[str] = []
        self._came = b""
        self._silent = False
        self._port = PtyPort(port, self._heard)

    def actions(self) -> tuple[Action, ...]:
        """Look, silence, plug."""
        return tuple(Action(name, title) for name, title in _ACTIONS.items())

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        if action not in _ACTIONS:
            raise Refused(f"没有这个动作：{action}")
        if action == "look":
            return f"{self.colour} {self.text}".strip() or "（空）"
        if action in ("unplug", "plug"):
            self._port.unplug() if action == "unplug" else self._port.plug()
        else:
            self._silent = action == "silence"
        return _ACTIONS[action]

    def close(self) -> None:
        """Take it away."""
        self._port.unplug()

    def _heard(self, data: bytes) -> None:
        self._came += data
        while (frame := self._next()) is not None:
            body = frame[4:-2]
            if frame[-2] != sum(frame[:-2]) & 0xFF:
                continue  # a real strip says nothing to a wrong sum
            self.text = body.decode("gb18030", "replace").strip()
            self.colour = {code: name for name, code in COLOURS.items()}.get(frame[1], "")
            self.shown.append(self.text)
            if not self._silent:
                self._port.tell(frame)

    def _next(self) -> bytes | None:
        """The next whole frame; rubbish before it is thrown away."""
        at = self._came.find(bytes([_HEAD]))
        self._came = self._came[at:] if at >= 0 else b""
        if len(self._came) < 4:
            return None
        length = 4 + int.from_bytes(self._came[2:4], "little") + 2
        if len(self._came) < length:
            return None
        frame, self._came = self._came[:length], self._came[length:]
        if frame[-1] == _END:
            return frame
        self._came = frame[1:] + self._came
        return self._next()


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    return run_on_line(argv, "drivers.leds.simulator", __doc__, StripTable)


if __name__ == "__main__":
    sys.exit(main())
