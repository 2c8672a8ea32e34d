"""The five-key rater as a process, on a pseudo terminal.

    python -m drivers.raters.simulator --data DIR

The port is `DIR/simulators/rater.tty`. Served actions: press a key, skip, noise, unplug, plug. A key pressed
while the rater is dark is refused, as the real keys do nothing then; `force` presses it all the same.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from drivers.frames import Frame
from drivers.protocols import LEVELS
from drivers.pty_port import PtyPort
from drivers.raters.serial_line import ANSWER, CODES, SKIP, START, STOP
from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_process import run_on_line

_WORDS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")
_PATIENCE_S = 5.0


class RaterTable:
    """The simulated device "rater". `lit` says whether somebody is being asked."""

    name = "rater"
    title = "评价器"

    def __init__(self, port: Path) -> None:
        self._start, self._stop = Frame(START).make({}), Frame(STOP).make({})
        self._answer = Frame(ANSWER, names=("level",))
        self.lit = False
        self.asked = 0
        self._port = PtyPort(port, self._heard)

    def actions(self) -> tuple[Action, ...]:
        """Press, skip, noise, plug."""
        levels = tuple(Choice(str(n), word) for n, word in zip(LEVELS, _WORDS, strict=True))
        return (
            Action("press", "按评价键", (Parameter("level", "等级", levels, "5"),)),
            Action("force", "未亮灯时按键", (Parameter("level", "等级", levels, "5"),)),
            Action("skip", "按不评价"),
            Action("noise", "乱码"),
            Action("unplug", "拔掉评价器"),
            Action("plug", "接上评价器"),
        )

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        if action in ("unplug", "plug"):
            self._port.unplug() if action == "unplug" else self._port.plug()
            return "已拔掉" if action == "unplug" else "已接上"
        if action not in ("press", "force", "skip", "noise"):
            raise Refused(f"没有这个动作：{action}")
        if action in ("press", "skip"):
            self._await_light()
        if action == "noise":
            self._port.tell(b"\xff\xaa\x00\x55\xaa")
            return "已发送"
        code = (
            SKIP
            if action == "skip"
            else dict(zip(map(str, LEVELS), CODES.split(), strict=True))[given["level"]]
        )
        self._port.tell(self._answer.make({"level": int(code, 16)}))
        return "已按"

    def close(self) -> None:
        """Take it away."""
        self._port.unplug()

    def _await_light(self) -> None:
        until = time.monotonic() + _PATIENCE_S
        while not self.lit:
            if time.monotonic() > until:
                raise Refused("评价器没有亮灯，没有人在请评价")
            time.sleep(0.005)

    def _heard(self, data: bytes) -> None:
        if self._start in data:
            self.lit = True
            self.asked += 1
        if data.endswith(self._stop):
            self.lit = False


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    return run_on_line(argv, "drivers.raters.simulator", __doc__, RaterTable)


if __name__ == "__main__":
    sys.exit(main())
