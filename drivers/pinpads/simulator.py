"""A PIN pad as a process, behind a compiled library with its maker's export.

    python -m drivers.pinpads.simulator --data DIR

The library lies in `DIR/simulators/`. Served actions: type (a PIN; `pin=-` reads it from standard input),
cancel, look (whether a PIN is asked for, never which), behave, unplug, plug.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from drivers.simulate import Action, Choice, Parameter
from drivers.simulator_library import Call, Reply
from drivers.simulator_person import CANCEL, LATE, AskedDevice
from drivers.simulator_process import run_on_cable

DEMO_PIN = "123456"  # of every card of the demo
_ASKED = {1: "请输入密码", 2: "请再输一次", 3: "请输入旧密码", 4: "请输入新密码"}
_CODES = {CANCEL: -31, LATE: -32, "short": -33}


class PinPad(AskedDevice):
    """The simulated device "pinpad"."""

    name = "pinpad"
    title = "密码键盘"
    more_modes = (Choice("short", "位数不足"), Choice("empty", "没有按键"))
    risky = ("password",)

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Path(__file__).with_suffix(".c"))

    def acts(self) -> tuple[Action, ...]:
        """Type."""
        return (Action("type", "输入密码", (Parameter("pin", "密码", (), DEMO_PIN),)),)

    def reply(self, call: Call) -> Reply:
        """Wait for the keys; a library that fails leaves what was typed behind, as real ones do."""
        words = _ASKED.get(int.from_bytes(call.given[:4], sys.byteorder), "")
        self.show(words)
        act, given = self.asked(call, words)
        if act == "garbage":
            return Reply(0, b"\xff" * 40)
        if act in (CANCEL, LATE):
            return Reply(_CODES[act])
        typed = "" if act == "empty" else given.get("pin", "").strip() or DEMO_PIN
        return Reply(_CODES.get(act, 0), typed.encode("ascii", "replace"))


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    return run_on_cable(argv, "drivers.pinpads.simulator", __doc__, PinPad)


if __name__ == "__main__":
    sys.exit(main())
