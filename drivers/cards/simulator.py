"""The virtual card as a process: inserted into a vpcd reader by connecting, removed by closing.

    python -m drivers.cards.simulator CARD.toml --port 35963        one card until Ctrl+C (- = stdin)
    python -m drivers.cards.simulator --deck PEOPLE.toml --data DIR --slot "READER=PORT" …

The second form serves `devices simulate card insert|remove` through its control socket.
"""

from __future__ import annotations

import argparse
import socket
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from drivers import deck
from drivers.cards.simulator_card import BadCard, CardSpec, VirtualCard
from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_process import serve

_POWER_OFF, _POWER_ON, _RESET, _GET_ATR = 0, 1, 2, 4
_POLL_S = 0.5  # the service looks at a virtual reader every 0.4 s: a quicker swap would go unseen
_OTHER_AID = "A000000333010101"  # a bank card without the social-security application
_TROUBLES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "": ("正常", {}),
    "mute": ("读到一半没有应答", {"mute_after": 4}),
    "pull": ("读到一半被拔出", {"pull_after": 6}),
    "dead": ("插反（上电无应答）", {"mute_reset": True}),
    "wrong": ("不是社保卡", {"aid": _OTHER_AID}),
    "locked": ("应用已锁定", {"locked": True}),
    "slow": ("很慢", {"slow_ms": 150}),
    "expired": ("已过有效期", {"expires_on": "2020-04-30"}),
}


class Link:
    """One card in one reader: speaks vpcd (two bytes of length, then the message) until pulled."""

    def __init__(self, spec: CardSpec, port: int, host: str = "127.0.0.1") -> None:
        self._card = VirtualCard(spec)
        self._answered = 0
        self._gone = threading.Event()
        self._socket = socket.create_connection((host, port), timeout=5)
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.commands = 0
        self._thread = threading.Thread(target=self._run, name="card", daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """Take the card out."""
        self._gone.set()
        with suppress(OSError):  # already gone
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(2)
        self._socket.close()

    def wait(self) -> None:
        """Wait until the card has left the reader or the reader has gone."""
        self._thread.join()

    @property
    def present(self) -> bool:
        """Whether the card is still in."""
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            while not self._gone.is_set():
                message = self._receive()
                answer = self._control(message[0]) if len(message) == 1 else self._command(message)
                if answer is not None:
                    self._socket.sendall(len(answer).to_bytes(2, "big") + answer)
        except (OSError, EOFError):
            pass  # pulled, or the reader went away
        finally:
            self._socket.close()

    def _receive(self) -> bytes:
        return self._exactly(int.from_bytes(self._exactly(2), "big"))

    def _exactly(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            # vpcd writes length and body apart; without this the second waits 40 ms for a delayed ACK
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            more = self._socket.recv(length - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def _control(self, code: int) -> bytes | None:
        if code == _GET_ATR:
            return b"\x00" if self._card.spec.mute_reset else self._card.atr()
        self._card.reset()
        return None

    def _command(self, command: bytes) -> bytes | None:
        spec = self._card.spec
        if 0 <= spec.pull_after <= self.commands:
            raise EOFError
        if 0 <= spec.mute_after <= self.commands:
            self._gone.wait()
            return None
        self.commands += 1
        if spec.slow_ms:
            time.sleep(spec.slow_ms / 1000)
        return self._card.answer(command)


class CardTable:
    """The simulated device "card": a deck of cards and the readers they can be put into."""

    name = "card"
    title = "社保卡"

    def __init__(self, people: Sequence[deck.Invented], slots: Mapping[str, int]) -> None:
        self._specs = {p.key: spec_of(p) for p in people if p.card is not None}
        self._labels = {p.key: p.name or p.key for p in people}
        self._slots = dict(slots)
        self._links: dict[str, Link] = {}

    def actions(self) -> tuple[Action, ...]:
        """Insert one of the deck, insert a described card, remove."""
        readers = Parameter(
            "reader", "读卡器", tuple(Choice(n, n) for n in self._slots), next(iter(self._slots))
        )
        cards = tuple(Choice(key, self._labels[key]) for key in self._specs)
        troubles = tuple(Choice(code, words) for code, (words, _) in _TROUBLES.items())
        card = Parameter("card", "持卡人", cards, cards[0].code if cards else "")
        return (
            Action("insert", "插卡", (card, Parameter("trouble", "状况", troubles), readers)),
            Action(
                "insert_described", "插入自编的卡", (Parameter("text", "卡的描述（TOML 或 JSON）"), readers)
            ),
            Action("remove", "取卡", (readers,)),
        )

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        reader = given.get("reader") or next(iter(self._slots))
        if reader not in self._slots:
            raise Refused(f"没有这个读卡器：{reader}")
        if action == "remove":
            return self._remove(reader)
        if action == "insert":
            return self._insert(reader, self._chosen(given))
        if action == "insert_described":
            try:
                return self._insert(reader, CardSpec.of(deck.parse(given.get("text", ""))))
            except (BadCard, deck.BadDeck) as error:
                raise Refused(f"卡的描述有误：{error}") from error
        raise Refused(f"没有这个动作：{action}")

    def close(self) -> None:
        """Take every card out."""
        for reader in list(self._links):
            self._remove(reader)

    def _chosen(self, given: Mapping[str, str]) -> CardSpec:
        spec = self._specs.get(given.get("card") or next(iter(self._specs), ""))
        trouble = _TROUBLES.get(given.get("trouble", ""))
        if spec is None or trouble is None:
            raise Refused("没有这张卡或这种状况")
        return replace(spec, **trouble[1])

    def _insert(self, reader: str, spec: CardSpec) -> str:
        if reader in self._links:
            self._remove(reader)
            time.sleep(_POLL_S)
        try:
            self._links[reader] = Link(spec, self._slots[reader])
        except OSError as error:
            raise Refused("读卡服务没有运行") from error
        except BadCard as error:
            raise Refused(f"卡的描述有误：{error}") from error
        return f"已插入 {reader}"

    def _remove(self, reader: str) -> str:
        link = self._links.pop(reader, None)
        if link is None:
            return f"{reader} 里没有卡"
        link.pull()
        return f"已从 {reader} 取出"


def spec_of(person: deck.Invented) -> CardSpec:
    """The card of an invented person; what the person's table `card` does not say comes from the person.

    Raises BadCard.
    """
    return CardSpec.of(person.card or {}, name=person.name, idno=person.certno, region=person.region)


def _one_card(file: str, port: int) -> int:
    text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    try:
        link = Link(CardSpec.of(deck.parse(text, file)), port)
    except (BadCard, deck.BadDeck) as error:
        sys.stderr.write(f"{file}: {error}\n")
        return 2
    print("inserted", flush=True)
    try:
        link.wait()
    except KeyboardInterrupt:
        link.pull()
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; the second form ends when standard input closes."""
    parser = argparse.ArgumentParser(prog="python -m drivers.cards.simulator", description=__doc__)
    parser.add_argument("card", nargs="?", help="a card description (TOML or JSON), - for standard input")
    parser.add_argument("--port", type=int, default=35963, help="vpcd port of the reader")
    parser.add_argument("--deck", type=Path, help="file of invented people")
    parser.add_argument("--data", type=Path, help="data folder for the control socket")
    parser.add_argument("--slot", action="append", default=[], metavar="READER=PORT")
    given = parser.parse_args(argv)
    if given.card:
        return _one_card(given.card, given.port)
    if not given.deck or not given.data:
        parser.error("a card, or --deck with --data")
    slots = {name: int(port) for name, _, port in (s.rpartition("=") for s in given.slot)} or {"": given.port}
    table = CardTable(deck.load(given.deck), slots)
    serve(given.data, table, {"readers": list(slots)})
    table.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
