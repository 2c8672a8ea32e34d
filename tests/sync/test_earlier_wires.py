"""Hub and counter of two versions: today's hub with the counter before it, and the other way round."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from counter_app.hub.hall_tables import devices
from counter_app.hub.tokens import Bearer, digest_of
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.hub_identity import HubIdentity
from counter_app.sync.accounts import ASK_S, AccountSync
from counter_app.sync.drain import drain
from counter_app.sync.remote_hall import RemoteHall
from counter_app.sync.remote_hub import RemoteHub
from counter_app.sync.standing import Standing
from tests.fakes.counter import MORNING, accept
from tests.fakes.counter import Desk as Store
from tests.hub.stores import HALL
from tests.sync.joined import hall_in

WIRES = sorted((Path(__file__).parents[1] / "golden" / "wire").glob("*.json"))


def said(file: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return told


def shape(value: Any) -> Any:
    """The names and kinds in an answer, without its values."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    return [shape(one) for one in value[:1]] if isinstance(value, list) else type(value).__name__


@pytest.mark.parametrize("file", WIRES, ids=lambda f: f.stem)
def test_the_counter_before_this_one_is_served(file: Path, tmp_path: Path) -> None:
    wire = said(file)
    with hall_in(tmp_path, secret=wire["hub_secret"].encode()) as hall:
        member = wire["device"]["device"]
        token = hall.hub.issue(Bearer(HALL, "device", "1", device=member))
        row = {"hall": HALL, **wire["device"], "token_digest": digest_of(token), "revoked": "", "at_ms": 0}
        hall.hub.lane.do(lambda c: c.execute(insert(devices).values(row)))
        hub = RemoteHub(hall.served.url, token)
        store = wire["push"]["request"]["envelopes"][0]["device"]
        asked = (
            ("POST", "/v1/batches", wire["push"]["request"], wire["push"]["reply"]),
            ("POST", "/v1/batches", wire["push"]["request"], wire["push"]["repeated"]),
            ("GET", f"/v1/heads?device={store}", None, wire["heads"]),
            ("GET", "/v1/standing", None, wire["standing"]),
            ("GET", "/v1/lease", None, wire["lease"]),
            ("GET", f"/v1/heads/signed?device={store}", None, wire["signed"]),
        )
        for method, path, body, before in asked:
            now = hub.ask(method, path, body)
            assert shape(before).items() <= shape({name: now[name] for name in before}).items() or (
                path.startswith("/v1/heads/signed")  # a signed paper may say more
            ), path
            if path == "/v1/batches":
                assert now["verdicts"] == before["verdicts"]
        hub.close()


class Before:
    """A hub of that time, as far as it was written down: what it does not know is not found."""

    def __init__(self, wire: dict[str, Any]) -> None:
        self.wire, self.asked = wire, list[tuple[str, str]]()

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        self.asked.append((method, path.partition("?")[0]))
        if path == "/v1/batches":
            verdict = self.wire["push"]["reply"]["verdicts"][0]
            verdicts = [
                {**verdict, "event_id": one["event_id"], "durable_upto": one["seq"]}
                for one in body["envelopes"]
            ]
            return 200, {**self.wire["push"]["reply"], "verdicts": verdicts}
        name = path.removeprefix("/v1/").partition("?")[0]
        if method == "GET" and name in ("standing", "lease", "reference"):
            return 200, self.wire[name]
        return self.wire["unknown"]["status"], self.wire["unknown"]["body"]


@contextmanager
def serving(before: Before) -> Iterator[str]:
    """The hub of then over real HTTP."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            status, told = before.answer(self.command, self.path, body)
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _answer  # noqa: N815 (the names http.server asks for)

        def log_message(self, *_: object) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("file", WIRES, ids=lambda f: f.stem)
def test_a_hub_before_this_counter_takes_the_facts_and_what_it_cannot_is_said_once(
    file: Path, tmp_path: Path
) -> None:
    wire, desk = said(file), Store(tmp_path / "desk")
    before, store = Before(wire), desk.open()
    public = base64url.encode(HubIdentity(wire["hub_secret"].encode()).public_key)
    with serving(before) as url:
        hub = RemoteHall(url, "token")
        hub.standing = Standing(tmp_path, HALL, bytes.fromhex(wire["device_key"]), public)
        accept(store, MORNING)
        facts = store.outbox().waiting
        assert drain(store, hub, store.settle) == facts
        assert (store.outbox().waiting, hub.standing.epoch) == (0, 1)
        assert hub.lease() == wire["lease"]["lease"]
        said_to_people: list[Problem] = []
        exchange = AccountSync(hub, store, store.secrets, lambda call: call(), said_to_people.append)
        news = []
        for _ in range(3):
            exchange._asked -= ASK_S
            news.append(exchange.run(0))
        hub.close()
    assert news == [1, 0, 0]
    assert [(one.code, one.cause) for one in said_to_people] == [
        ("hub-older", "它还不支持：各窗口共用工号。")
    ]
    assert before.asked.count(("POST", "/v1/accounts")) == 3  # asked again: the hub may be renewed meanwhile
    store.close()
