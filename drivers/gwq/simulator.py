"""A customer screen (柜外清) as a process, behind a compiled library with the GWQ exports.

    python -m drivers.gwq.simulator --data DIR

The library lies in `DIR/simulators/`. Served actions: agree, wrong, sign, rate, type (a PIN), cancel,
look (the page that is up), behave, unplug, plug.
"""

from __future__ import annotations

import base64
import html
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from drivers.pinpads.simulator import DEMO_PIN
from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_library import Call, Reply
from drivers.simulator_person import CANCEL, DONE, LATE, AskedDevice
from drivers.simulator_pictures import handwriting
from drivers.simulator_process import run_on_cable

_LEVELS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")
_REASONS = "406|413"  # what a rating of the default page is told with
_CODES = {CANCEL: 1, LATE: 2, "lost": -2}
_TITLES = {"confirm": "请核对", "sign": "请签名", "rate": "请评价", "password": "请输入密码"}
_FITS = {"confirm": ("agree", "wrong"), "sign": ("sign",), "rate": ("rate",), "password": ("type",)}


class CustomerScreen(AskedDevice):
    """The simulated device "customer_screen"."""

    name = "customer_screen"
    title = "柜外清"
    more_modes = (Choice("wrong", "表示有误"), Choice("lost", "中途断开"))
    risky = tuple(_FITS)

    def __init__(self, folder: Path) -> None:
        self._idle = ""  # the page while nothing is asked
        self._asks: tuple[Call, str] | None = None  # what is asked now, and its page
        self._written = base64.b64encode(handwriting(1))
        super().__init__(folder, Path(__file__).with_suffix(".c"))

    def acts(self) -> tuple[Action, ...]:
        """Agree, object, sign, rate, type."""
        levels = tuple(Choice(str(5 - at), words) for at, words in enumerate(_LEVELS))
        return (
            Action("agree", "按“核对无误”"),
            Action("wrong", "按“有误”"),
            Action("sign", "签字"),
            Action("rate", "评价", (Parameter("level", "等级", levels, "5"),)),
            Action("type", "输入密码", (Parameter("pin", "密码", (), DEMO_PIN),)),
        )

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused, also for a key the page that is up has not."""
        fits = {act for acts in _FITS.values() for act in acts}
        asks = self._asks[0].name if self._asks else ""
        if action in fits and asks and action not in _FITS[asks]:
            raise Refused(f"屏上是“{_TITLES[asks]}”")
        return super().do(action, given)

    def seen(self) -> str:
        """The page that is up."""
        return self._asks[1] if self._asks else self._idle

    def reply(self, call: Call) -> Reply:
        """Show it; wait where it asks something."""
        if call.name == "cancel":
            self.forget()
        if call.name in ("welcome", "call"):
            self.show(call.given.decode("gb18030", "replace"))
            self._idle = self.shown[-1]
        return Reply(*self._answer(call)) if call.name in _FITS else Reply()

    def _answer(self, call: Call) -> tuple[int, bytes]:
        page = _words(call)
        self._asks = call, page
        self.show(page)
        act, given = self.asked(call, page)
        if self._asks is not None and self._asks[0] is call:
            self._asks = None
        if act == "garbage":
            return 0, b"\xff\xfe{"
        if act in _CODES:
            return _CODES[act], b""
        return 0, self._told(call.name, act, given)

    def _told(self, asked: str, act: str, given: Mapping[str, str]) -> bytes:
        if asked == "confirm":
            return b"2" if act == "wrong" else b"1"
        if asked == "sign":
            return self._written
        if asked == "password":
            return (given.get("pin", "").strip() or DEMO_PIN).encode("ascii", "replace")
        level = given.get("level", "4" if act == DONE else "5")
        return json.dumps({"appraiseLevel": level, "appraiseContent": _REASONS}).encode()


def _words(call: Call) -> str:
    """The words of a page: of HTML without its tags, of a question its title."""
    if call.name == "confirm":
        page = call.given.decode("utf-8", "replace").partition("<body>")[2]
        lines = re.sub(r"</(h1|tr)>", "\n", page).replace("</th>", "：")
        return html.unescape(re.sub(r"<[^>]*>", "", lines)).strip()
    try:
        told = json.loads(call.given.decode("gb18030", "replace") or "{}")
    except ValueError:
        told = {}
    return f"{_TITLES[call.name]}　{told.get('title', '')}".strip()


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    return run_on_cable(argv, "drivers.gwq.simulator", __doc__, CustomerScreen)


if __name__ == "__main__":
    sys.exit(main())
