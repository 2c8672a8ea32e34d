"""The code scanner as a process: a pseudo terminal whose path is kept under one name.

    python -m drivers.scanners.simulator --deck PEOPLE.toml --data DIR [--ending cr|lf|crlf|tab]

The serial port is `DIR/simulators/scanner.tty`. Served actions: show a person's voucher, scan any text, a
burst, noise, pull the plug and put it back.
"""

from __future__ import annotations

import os
import select
import sys
import time
import tty
from collections.abc import Mapping, Sequence
from pathlib import Path

from drivers import deck
from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_process import arguments, line_of, serve
from drivers.vouchers.simulator_code import mint

_ENDINGS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t"}
_WRITE_S = 2.0
_SETTLE_S = 0.1  # a driver sets the line up right after opening it


class ScannerTable:
    """The simulated device "scanner" with the telephones of the deck before it."""

    name = "scanner"
    title = "扫码枪"

    def __init__(self, people: Sequence[deck.Invented], port: Path, ending: str = "cr") -> None:
        self._people = {p.key: p for p in people if p.voucher and p.certno}
        self._port = port
        self._ending = _ENDINGS[ending]
        self._master = -1
        self.plug()

    def actions(self) -> tuple[Action, ...]:
        """Show a voucher, an old one, scan text, burst, noise, unplug, plug."""
        people = tuple(Choice(p.key, p.name or p.key) for p in self._people.values())
        person = Parameter("person", "参保人", people, people[0].code if people else "")
        return (
            Action("voucher", "出示医保码", (person,)),
            Action("old_voucher", "出示过期的医保码", (person,)),
            Action("scan", "扫任意码", (Parameter("text", "内容"),)),
            Action("burst", "连扫", (Parameter("text", "内容"), Parameter("times", "次数", (), "20"))),
            Action("noise", "乱码"),
            Action("unplug", "拔掉扫码枪"),
            Action("plug", "接上扫码枪"),
        )

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        if action in ("unplug", "plug"):
            return self.unplug() if action == "unplug" else self.plug()
        if action in ("voucher", "old_voucher"):
            return self._voucher(given.get("person", ""), 3600 if action == "old_voucher" else 0)
        if action == "noise":
            return self._send(b"\xff\xfe\x80" + self._ending)
        if action not in ("scan", "burst"):
            raise Refused(f"没有这个动作：{action}")
        times = int(given.get("times") or 20) if action == "burst" else 1
        return self._send((given.get("text", "").strip().encode() + self._ending) * times)

    def plug(self) -> str:
        """Make the port appear."""
        if self._master < 0:
            self._master, slave = os.openpty()
            tty.setraw(slave)
            fresh = self._port.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(os.ttyname(slave))
            fresh.replace(self._port)
            os.close(slave)  # so that the master sees whether a driver has it open
        return "扫码枪已接上"

    def unplug(self) -> str:
        """Make the port vanish under whoever has it open."""
        if self._master >= 0:
            self._port.unlink(missing_ok=True)
            os.close(self._master)
            self._master = -1
        return "扫码枪已拔掉"

    def _voucher(self, key: str, age_s: int) -> str:
        person = self._people.get(key or next(iter(self._people), ""))
        if person is None:
            raise Refused("没有这个人，或他没有医保码")
        self._send(mint(person, time.time() - age_s).encode() + self._ending)
        return f"已出示 {person.name or person.key} 的医保码"

    def _send(self, data: bytes) -> str:
        """Write once a program has the port open; opening it throws away what came before."""
        if self._master < 0:
            raise Refused("扫码枪没有接上")
        until = time.monotonic() + _WRITE_S
        unread = False
        while data:
            state = self._state()
            if time.monotonic() > until:
                raise Refused("没有程序在读扫码枪")
            if state & select.POLLHUP:
                unread = True
                time.sleep(0.02)
            elif unread:
                unread = False
                time.sleep(_SETTLE_S)
            elif state & select.POLLOUT:
                data = data[os.write(self._master, data[:512]) :]
        return "已扫"

    def _state(self) -> int:
        """What the kernel says of the port; POLLHUP: nobody has its other end open."""
        poll = select.poll()
        poll.register(self._master, select.POLLOUT)
        return dict(poll.poll(50)).get(self._master, 0)


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    parser = arguments("drivers.scanners.simulator", __doc__, people=True)
    parser.add_argument("--ending", choices=sorted(_ENDINGS), default="cr")
    given = parser.parse_args(argv)
    line = line_of(given.data, "scanner")
    table = ScannerTable(deck.load(given.deck), line, given.ending)
    serve(given.data, table, {"port": str(line)})
    table.unplug()
    return 0


if __name__ == "__main__":
    sys.exit(main())
