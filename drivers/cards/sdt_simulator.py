"""The resident-ID reader as a process: the same module behind a pseudo terminal and a TCP port.

    python -m drivers.cards.sdt_simulator --deck PEOPLE.toml --data DIR [--port 0]

The serial port is `DIR/simulators/idcard.tty`, the TCP port is printed. Served actions: lay a person's card,
lay a described one, lift it, unplug the reader and plug it in.
"""

from __future__ import annotations

import os
import select
import socket
import sys
import threading
import tty
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from drivers import deck
from drivers.cards import sdt
from drivers.cards.sdt_simulator_card import BadIdCard, IdCardSpec, Module, on_the_wire
from drivers.protocols import Fault
from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_process import arguments, line_of, serve

_TROUBLES = {
    "": "正常",
    "select": "放得太快，选不中",
    "read": "读到一半被拿起",
    "wrong": "不是身份证",
    "silent": "阅读器没有应答",
    "checksum": "线路有干扰",
    "half": "应答只有一半",
    "unauthorised": "阅读器未授权",
}


class IdTable:
    """The simulated device "idcard": a reader and the cards of the deck."""

    name = "idcard"
    title = "身份证阅读器"

    def __init__(self, people: Sequence[deck.Invented], path: Path, port: int = 0) -> None:
        self._specs = {p.key: spec for p in people if (spec := spec_of(p)) is not None}
        self._labels = {p.key: p.name or p.key for p in people}
        self._module = Module()
        self._lock = threading.Lock()
        self._path = path
        self._wire: _Wire | None = None
        self._port = port
        self.plug()

    @property
    def port(self) -> int:
        """The TCP port of the reader while it is plugged in."""
        return self._port

    def actions(self) -> tuple[Action, ...]:
        """Lay one of the deck, lay a described card, lift, unplug, plug."""
        cards = tuple(Choice(key, self._labels[key]) for key in self._specs)
        troubles = tuple(Choice(code, words) for code, words in _TROUBLES.items())
        card = Parameter("card", "持证人", cards, cards[0].code if cards else "")
        return (
            Action("lay", "放身份证", (card, Parameter("trouble", "状况", troubles))),
            Action("lay_described", "放自编的证件", (Parameter("text", "证件的描述（TOML 或 JSON）"),)),
            Action("lift", "拿起证件"),
            Action("unplug", "拔掉阅读器"),
            Action("plug", "接上阅读器"),
        )

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        if action in ("plug", "unplug"):
            return self.plug() if action == "plug" else self.unplug()
        if action == "lift":
            with self._lock:
                self._module.lift()
            return "证件已拿起"
        if action not in ("lay", "lay_described"):
            raise Refused(f"没有这个动作：{action}")
        spec = self._chosen(given) if action == "lay" else _described(given.get("text", ""))
        with self._lock:
            self._module.lay(spec)
        return "证件已放上"

    def plug(self) -> str:
        """Make the serial port and the TCP port appear."""
        if self._wire is None:
            self._wire = _Wire(self._path, self._port, self._answer)
            self._port = self._wire.port
        return "阅读器已接上"

    def unplug(self) -> str:
        """Make both vanish under whoever has them open."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None
        return "阅读器已拔掉"

    def _chosen(self, given: Mapping[str, str]) -> IdCardSpec:
        spec = self._specs.get(given.get("card") or next(iter(self._specs), ""))
        trouble = given.get("trouble", "")
        if spec is None or trouble not in _TROUBLES:
            raise Refused("没有这张证件或这种状况")
        return replace(spec, trouble=trouble)

    def _answer(self, body: bytes) -> bytes:
        with self._lock:
            return on_the_wire(self._module.answer(body), self._module.trouble)


class _Wire:
    """A pseudo terminal under a fixed name and a listening TCP port, served by one thread."""

    def __init__(self, path: Path, port: int, answer: object) -> None:
        self._answer = answer
        self._path = path
        self._master, slave = os.openpty()
        tty.setraw(slave)
        path.unlink(missing_ok=True)
        path.symlink_to(os.ttyname(slave))
        self._slave = slave  # kept open: a master without slave would report an end to itself
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self._wake_in, self._wake_out = os.pipe()
        self._links: dict[int, socket.socket] = {}
        self._parts: dict[int, sdt.Splitter] = {}
        self._thread = threading.Thread(target=self._run, name="sdt", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End both ports."""
        os.write(self._wake_out, b"x")
        self._thread.join(5)
        self._path.unlink(missing_ok=True)
        for link in (self._listener, *self._links.values()):
            link.close()
        for handle in (self._master, self._slave, self._wake_in, self._wake_out):
            os.close(handle)

    def _run(self) -> None:
        while True:
            watched = [self._master, self._wake_in, self._listener.fileno(), *self._links]
            ready, _, _ = select.select(watched, [], [])
            if self._wake_in in ready:
                return
            for handle in ready:
                if handle == self._listener.fileno():
                    link, _ = self._listener.accept()
                    self._links[link.fileno()] = link
                else:
                    self._serve(handle)

    def _serve(self, handle: int) -> None:
        link = self._links.get(handle)
        try:
            data = link.recv(4096) if link else os.read(handle, 4096)
        except OSError:
            data = b""
        if not data:
            self._parts.pop(handle, None)
            if gone := self._links.pop(handle, None):
                gone.close()
            return
        with suppress(OSError):
            for body in self._bodies(handle, data):
                reply = self._answer(body)  # type: ignore[operator]
                link.sendall(reply) if link else os.write(handle, reply)

    def _bodies(self, handle: int, data: bytes) -> list[bytes]:
        try:
            return self._parts.setdefault(handle, sdt.Splitter()).feed(data)
        except Fault:
            return [b"\x00\x00"]  # a damaged command is refused as an unknown one


def spec_of(person: deck.Invented) -> IdCardSpec | None:
    """The identity card of an invented person, None for who has none.

    What the person's table `id_card` does not say comes from the person. Raises BadIdCard.
    """
    if person.id_card is False or (not person.certno and not isinstance(person.id_card, Mapping)):
        return None
    own = person.id_card if isinstance(person.id_card, Mapping) else {}
    if not own and len(person.certno) != 18:
        return None
    return IdCardSpec.of(
        own,
        name=person.name,
        idno=person.certno,
        sex=person.sex,
        ethnic_code=person.ethnic_code,
        birth_date=person.birth_date,
        address=person.address,
    )


def _described(text: str) -> IdCardSpec:
    try:
        return IdCardSpec.of(deck.parse(text))
    except (BadIdCard, deck.BadDeck, ValueError) as error:
        raise Refused(f"证件的描述有误：{error}") from error


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    parser = arguments("drivers.cards.sdt_simulator", __doc__, people=True)
    parser.add_argument("--port", type=int, default=0, help="TCP port; 0 takes a free one")
    given = parser.parse_args(argv)
    line = line_of(given.data, "idcard")
    table = IdTable(deck.load(given.deck), line, given.port)
    serve(given.data, table, {"port": str(line), "tcp": f"127.0.0.1:{table.port}"})
    table.unplug()
    return 0


if __name__ == "__main__":
    sys.exit(main())
