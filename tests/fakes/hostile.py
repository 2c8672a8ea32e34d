"""Devices that do all wrong: each vendor library as a real binary, and a reader on a line, misbehaving.

`Hostile.call()` picks a device and a misdeed, makes one call as the counter does and returns what the counter
was told: `read` or the code of a Fault. What was told is held against what the device really said.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drivers import registry
from drivers.cards import sdt
from drivers.cards.sdt_simulator_card import IdCardSpec, Module
from drivers.protocols import CardRead, Fault, IdCardRead, VoucherPerson
from tests.fakes.vendor import CODE, NAME, NUMBER, TEXTS, Stub

LIMIT_MS = 200
_TOLD = {"CardRead": CardRead, "IdCardRead": IdCardRead, "VoucherPerson": VoucherPerson}
_MODES = ("ok", "ok", "nocard", "garbage", "overlong", "spill", "hsm", "pinlock", "pin", "unplugged", "text")
_FATAL = ("crash", "hang", "overrun", "exit", "kill")
_FATAL_SHARE = 0.02
_LINES = ("ok", "half", "checksum", "noise", "garbage", "silent", "close", "length", "text", "flood")
_LINE_SILENT_SHARE = 0.02
_DATES = ("issued_on", "expires_on", "birth_date", "valid_from", "valid_to", "birthday")


@dataclass
class Foe:
    """One device: how to make it misbehave, how to call it, and what it says in clear."""

    name: str
    misdeed: Callable[[random.Random], str]
    call: Callable[[], Any]
    said: Callable[[], bytes]
    close: Callable[[], None]


class Hostile:
    """All of them, on one desk; calls are repeatable from the seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        libraries = (
            ("cards.vendor_ssse", "sscard", {}),
            ("cards.vendor_nhsa", "heasec", {}),
            ("cards.vendor_nhsa", "heasec", {"role": "idcard"}),
            ("cards.vendor_sdtapi", "sdtapi", {}),
            ("cards.vendor_termb", "termb", {}),
            ("vouchers.nation_ec", "nationec", {"url": "http://127.0.0.1"}),
            ("vouchers.nhsa_ec", "heasec", {}),
        )
        self.foes = [
            _library(full_id, stub, folder / str(n), dict(config))
            for n, (full_id, stub, config) in enumerate(libraries)
        ]
        self.foes.append(_on_a_line())

    def call(self) -> str:
        """One call. Raises AssertionError when the counter was told what no device said."""
        foe = self._chance.choice(self.foes)
        foe.misdeed(self._chance)
        try:
            told = foe.call()
        except Fault as fault:
            return fault.code
        assert type(told).__name__ in _TOLD, told
        honest(told, foe.said())
        return "read"

    def close(self) -> None:
        """Let go of everything."""
        for foe in self.foes:
            foe.close()


def _library(full_id: str, name: str, folder: Path, config: dict[str, str]) -> Foe:
    stub = Stub(name, folder)
    device = registry.open(full_id, {"lib": str(stub.lib), "limit_ms": 3000, **config})
    host = device._host
    host.rest_s, host._limit_ms = 0.0, LIMIT_MS
    data = {"": b""}
    record = "ec" if full_id == "vouchers.nhsa_ec" else "sfz" if config.get("role") == "idcard" else "text"
    good = TEXTS["nationec"] if record == "ec" else TEXTS[name]

    def misdeed(chance: random.Random) -> str:
        mode = chance.choice(_FATAL) if chance.random() < _FATAL_SHARE else chance.choice(_MODES)
        data[""] = _nonsense(chance, good) if mode == "text" else good
        stub.beside(record, data[""])
        # Another tail is another card to the libraries that find a card only once.
        stub.mode({"text": f"ok {chance.random()}", "kill": "ok"}.get(mode, mode))
        if mode == "kill" and device.health().pid:
            os.kill(device.health().pid, signal.SIGKILL)
        return mode

    ask = (lambda: device.resolve(CODE, "01")) if full_id.startswith("vouchers") else device.read
    said = stub.says(record)
    return Foe(full_id, misdeed, ask, said, device.close)


def _nonsense(chance: random.Random, good: bytes) -> bytes:
    """Bytes that are nearly right, wrong through and through, or right in another encoding."""
    kind = chance.randrange(5)
    if kind == 0:
        return chance.randbytes(chance.randrange(400)).replace(b"\0", b"\1")
    if kind == 1:
        at = chance.randrange(max(1, len(good)))
        return good[:at] + bytes([chance.randrange(1, 256)]) + good[at + 1 :]
    if kind == 2:
        return good[: chance.randrange(len(good))]
    if kind == 3:
        encoding = chance.choice(("utf-8", "utf-16", "big5", "shift_jis"))
        return good.decode("gb18030", "replace").encode(encoding, "replace").replace(b"\0", b"\1")
    parts = [chance.randbytes(chance.randrange(30)).replace(b"\0", b"") for _ in range(chance.randrange(14))]
    return chance.choice((b"|", b"\n")).join(parts)


def honest(told: Any, said: bytes) -> None:
    """Nothing may be told that the device did not say: invalid values are left out, never repaired.

    Raises AssertionError.
    """
    wide = said.decode("utf-16-le", "ignore")
    plain = "\n".join((said.decode("gb18030", "ignore"), said.decode("utf-8", "ignore"), wide))
    for key in ("name", "idno", "card_no", "address", "issuer", "user_name", "id_no"):
        value = getattr(told, key, "")
        assert value in plain, (type(told).__name__, key)
    digits = "".join(char for char in plain if char.isdigit())
    for key in _DATES:
        value = getattr(told, key, "")
        if value and value != "长期":
            assert "".join(char for char in value if char.isdigit()) in digits, key
    if isinstance(told, CardRead | IdCardRead):
        assert told.complete == (not told.missing)


def _on_a_line() -> Foe:
    line = _Line()
    device = registry.open("cards.sdt_serial", {"port": f"127.0.0.1:{line.port}", "limit_ms": LIMIT_MS})

    def close() -> None:
        device.close()
        line.close()

    return Foe("cards.sdt_serial", line.misdeed, device.read, lambda: line.block, close)


class _Line:
    """A resident-ID reader behind a serial server that answers as `mode` says."""

    def __init__(self) -> None:
        self._spec = IdCardSpec.of({"name": NAME, "idno": NUMBER, "address": "示例路1号"})
        self._module = Module()
        self.mode, self.block = "ok", self._spec.text()
        self._chance = random.Random(1)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="hostile-line", daemon=True)
        self._thread.start()

    def misdeed(self, chance: random.Random) -> str:
        """Misbehave in another way from the next command on; a fresh card lies there."""
        self._module.lay(self._spec)
        silent = chance.random() < _LINE_SILENT_SHARE
        self.mode = "silent" if silent else chance.choice([m for m in _LINES if m not in ("silent", "half")])
        if silent and chance.random() < 0.5:
            self.mode = "half"
        self.block = self._spec.text()
        if self.mode == "text":
            at = chance.randrange(256)
            self.block = self.block[:at] + chance.randbytes(1) + self.block[at + 1 :]
        self._chance = random.Random(chance.random())
        return self.mode

    def close(self) -> None:
        """Stop."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(2)

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return
            with link, suppress(OSError):
                self._talk(link)

    def _talk(self, link: socket.socket) -> None:
        splitter = sdt.Splitter()
        while data := link.recv(4096):
            for body in splitter.feed(data):
                answer = self._module.answer(body).replace(self._spec.text(), self.block)
                if self.mode == "close":
                    return
                link.sendall(self._spoilt(sdt.frame(answer)))

    def _spoilt(self, whole: bytes) -> bytes:
        chance = self._chance
        return {
            "half": whole[: len(whole) // 2],
            "checksum": whole[:-1] + bytes([whole[-1] ^ 0x55]),
            "noise": chance.randbytes(chance.randrange(40)).replace(b"\xaa", b"") + whole,
            "garbage": sdt.frame(chance.randbytes(chance.randrange(3, 60))),
            "silent": b"",
            "length": whole[:5] + chance.randbytes(2) + whole[7:],
            "flood": whole * 50,
        }.get(self.mode, whole)


def wait_gone(threads: int, handles: int) -> tuple[int, int]:
    """Threads and handles of this process once what was closed has ended, at most a minute later."""
    until = time.monotonic() + 60
    while True:
        now = threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))
        if now == (threads, handles) or time.monotonic() > until:
            return now
        threading.Event().wait(0.01)
