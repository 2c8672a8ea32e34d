"""Hosted drivers as the counter holds them: two steps with a key module, watching, the room."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers import registry
from drivers.protocols import CardRead, DeviceHealth, Fault, IdCardRead
from drivers.room import DeviceRoom
from tests.fakes.listening import Listener
from tests.fakes.vendor import NAME, Stub

KEY = "0123456789ABCDEF|0123456789ABCDEF0123456789ABCDEF|"


class _Module(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["question"]
        answers: dict[str, Any] = self.server.answers  # type: ignore[attr-defined]
        body = json.dumps({"answer": answers["answer"] if asked.startswith("371100|") else ""}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def module() -> Iterator[Any]:
    server = http.server.HTTPServer(("127.0.0.1", 0), _Module)
    server.answers = {"answer": KEY}  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(60)


def opened(stub: Stub, **config: Any) -> Any:
    return registry.open("cards.vendor_ssse", {"lib": str(stub.lib), "limit_ms": 1000, **config})


def code_of(device: Any) -> str:
    with pytest.raises(Fault) as caught:
        device.read()
    return caught.value.code


def test_a_card_that_wants_a_key_module_is_read_in_two_steps(tmp_path: Path, module: Any) -> None:
    stub = Stub("sscard", tmp_path)
    stub.mode("hsm")
    device = opened(stub, hsm_url=f"http://127.0.0.1:{module.server_port}/")
    assert device.read().name == NAME
    module.answers["answer"] = "wrong"
    assert code_of(device) == "hsm-refused"
    module.answers["answer"] = ""
    assert code_of(device) == "hsm-refused"
    device.close()


def test_without_a_key_module_there_is_advice(tmp_path: Path) -> None:
    stub = Stub("sscard", tmp_path)
    stub.mode("hsm")
    device = opened(stub)
    assert code_of(device) == "card-needs-key"
    device.close()
    device = opened(stub, hsm_url="http://127.0.0.1:1/")
    assert code_of(device) == "hsm-away"
    device.close()


def test_a_library_that_dies_while_it_is_watched_is_told_and_comes_back(tmp_path: Path) -> None:
    stub = Stub("sscard", tmp_path)
    stub.mode("nocard")
    heard = Listener()
    device = opened(stub, poll_ms=20)
    device.watch(heard)
    heard.event("readers")
    stub.mode("crash")
    assert heard.event("fault").fault.code == "driver-crashed"
    stub.mode("ok")
    heard.event("readers")
    assert heard.event("inserted").reader == stub.lib.name
    device.close()


def test_without_looking_nothing_is_asked_of_the_library(tmp_path: Path) -> None:
    stub = Stub("sscard", tmp_path)
    heard = Listener()
    device = opened(stub, poll_ms=0)
    device.watch(heard)
    assert heard.event("readers").readers == (stub.lib.name,)
    assert device.read().name == NAME
    device.close()
    assert heard.heard == []


def test_two_readers_and_both_kinds_of_card_on_one_desk(tmp_path: Path) -> None:
    cards, ids = Stub("sscard", tmp_path / "a"), Stub("heasec", tmp_path / "b")
    cards.mode("nocard")
    ids.mode("nocard")
    room = DeviceRoom(
        {
            "card": ("cards.vendor_ssse", {"lib": str(cards.lib), "poll_ms": 20}),
            "idcard": ("cards.vendor_nhsa", {"lib": str(ids.lib), "poll_ms": 20}),
        }
    )
    heard = Listener()
    room.watch(heard)
    for role in ("card", "idcard"):
        if not next(s for s in room.states() if s.role == role).ok:
            heard.wait(lambda t, r=role: isinstance(t, DeviceHealth) and t.role == r and t.ok)  # type: ignore[misc]
    cards.mode("ok")
    assert heard.wait(lambda t: isinstance(t, CardRead)).name == NAME
    ids.mode("ok")
    told = heard.wait(lambda t: isinstance(t, IdCardRead))
    assert (told.name, told.sex, told.ethnic_code, told.valid_to, told.proof) == (
        NAME,
        "2",
        "01",
        "长期",
        "U0Za=",
    )
    room.close()


def test_two_hosts_of_one_library_do_not_harm_each_other(tmp_path: Path) -> None:
    """Desk and kiosk on one machine, or two readers of one make: each has a process of its own."""
    one, other = Stub("sscard", tmp_path / "a"), Stub("sscard", tmp_path / "b")
    first, second = opened(one), opened(other)
    one.mode("hang")
    told: list[str] = []
    thread = threading.Thread(target=lambda: told.append(code_of(first)))
    thread.start()
    assert [second.read().name for _ in range(5)] == [NAME] * 5
    thread.join(60)
    assert told == ["device-timeout"]
    one.mode("ok")
    assert (first.read().name, second.health().starts) == (NAME, 1)
    first.close()
    second.close()
