"""A fingerprint reader as a process, behind a compiled library with the names of GA/T 1012 readers.

    python -m drivers.fingerprints.simulator --data DIR

The library lies in `DIR/simulators/`. Served actions: press (a finger that lies well or badly), lift, look,
behave, unplug, plug. A finger that was taken is lifted by itself.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from drivers.fingerprints.vendor_livescan import FEATURE, HEIGHT, WIDTH
from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_library import Call, Reply
from drivers.simulator_person import DONE, WAIT, AskedDevice
from drivers.simulator_pictures import ridges
from drivers.simulator_process import run_on_cable

_EMPTY = b"\xff" * (WIDTH * HEIGHT)
_GOOD, _AWAY = "80", -1


class FingerGlass(AskedDevice):
    """The simulated device "fingerprint". `quality` is that of the finger on the glass, 0 for none."""

    name = "fingerprint"
    title = "指纹仪"
    more_modes = (
        Choice("nofinger", "没有手指"),
        Choice("nofeature", "取不出特征"),
        Choice("gone", "取图时断开"),
    )
    risky = ("look",)

    def __init__(self, folder: Path) -> None:
        self._picture = ridges(WIDTH, HEIGHT)
        self.quality = 0
        self._is_scanning = False
        super().__init__(folder, Path(__file__).with_suffix(".c"))

    def acts(self) -> tuple[Action, ...]:
        """Press and lift."""
        how = (Choice(_GOOD, "按得好"), Choice("20", "按得太轻"))
        press = Action("press", "按手指", (Parameter("quality", "质量", how, _GOOD),))
        return press, Action("lift", "抬起手指")

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`: a finger may lie there before anybody asks for it."""
        if action not in ("press", "lift", "cancel"):
            return super().do(action, given)
        told = given.get("quality", "") or _GOOD
        if not told.isdecimal() or int(told) > 100:
            raise Refused(f"质量是 0 到 100：{told}")
        self.quality = int(told) if action == "press" else 0
        return "已按" if action == "press" else "已抬起"

    def seen(self) -> str:
        """Whether it is looking for a finger."""
        return "请按手指" if self._is_scanning else ""

    def reply(self, call: Call) -> Reply:
        """Look at the glass."""
        if call.name in ("init", "close"):
            self._is_scanning = call.name == "init"
            self.quality = 0 if call.name == "close" else self.quality
            return Reply()
        if call.name == "look":
            return Reply(_AWAY if self.mode == "gone" else 0, self._picture if self._now() else _EMPTY)
        if call.name == "quality":
            return Reply(self._now())
        return Reply(_AWAY) if self.mode == "nofeature" else Reply(0, b"F" * FEATURE)

    def _now(self) -> int:
        fixed = {WAIT: self.quality, "nofinger": 0, "late": 0, "cancel": 0, DONE: int(_GOOD)}
        return fixed.get(self.mode, int(_GOOD))


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    return run_on_cable(argv, "drivers.fingerprints.simulator", __doc__, FingerGlass)


if __name__ == "__main__":
    sys.exit(main())
