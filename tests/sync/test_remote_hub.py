"""A hub over real HTTP passes the same contract as the one inside the desk."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from counter_app.hub.local import LocalHub
from counter_app.hub.server import serving
from counter_app.hub.tokens import Bearer
from counter_app.problems import Problem
from counter_app.services.hub_port import Hub
from counter_app.sync.remote_hub import RemoteHub
from tests.hub.contract import Hall, HubContract
from tests.hub.envelopes import chained
from tests.hub.stores import HALL, RULES, HandClock, clerk


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def local(tmp_path: Path, clock: HandClock) -> Iterator[LocalHub]:
    hub = LocalHub(tmp_path, bytes(32), HALL, clock, RULES)
    yield hub
    hub.close()


@pytest.fixture
def remote(local: LocalHub) -> Iterator[RemoteHub]:
    with serving({HALL: local}) as served:
        hub = RemoteHub(served.url, local.issue(Bearer(HALL, "device")))
        yield hub
        hub.close()


class TestRemoteHub(HubContract):
    @pytest.fixture
    def hall(self, remote: RemoteHub, clock: HandClock) -> Hall:
        fits: Hub = remote
        return Hall(fits, clock)


def test_a_refusal_keeps_its_words(remote: RemoteHub, local: LocalHub) -> None:
    local.close_taking(clerk(), "今日号已取完，请明日再来。")
    with pytest.raises(Problem) as refused:
        remote.take("r1")
    assert (refused.value.code, refused.value.cause) == ("line-closed", "今日号已取完，请明日再来。")


def test_nobody_is_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        hub = RemoteHub(f"http://127.0.0.1:{unused.getsockname()[1]}", "t", timeout_s=1)
        with pytest.raises(Problem, match="hub-away"):
            hub.take("r1")
        assert not hub.online()
    with pytest.raises(Problem, match="setting-value"):
        RemoteHub("ftp://hall", "t")


def test_a_wrong_token_is_a_refusal_and_not_absence(local: LocalHub) -> None:
    with serving({HALL: local}) as served:
        hub = RemoteHub(served.url, "wrong")
        with pytest.raises(Problem, match="token-unknown"):
            hub.take("r1")
        assert hub.online()
        hub.close()


def test_a_large_backlog_goes_in_pieces(remote: RemoteHub) -> None:
    verdicts = remote.push(chained(250))
    assert [v["verdict"] for v in verdicts] == ["accepted"] * 250
    assert verdicts[-1]["durable_upto"] == 250
    assert remote.push([]) == []


def test_a_strange_verb_never_becomes_a_path(remote: RemoteHub) -> None:
    remote.take("r1")
    with pytest.raises(Problem, match="verb-unknown"):
        remote.act("x", "../../health", "a1", clerk())
    assert remote.ticket("../health?x=1#y") is None


# --- a network that lies ------------------------------------------------------------------------


@contextmanager
def answering(answer: Callable[[http.server.BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A server that is not the hub."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer(self)

        def log_message(self, *_: Any) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def say(
    handler: http.server.BaseHTTPRequestHandler, status: int, body: bytes, length: int | None = None
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>please log in</html>"),
        (200, b"[]"),
        (200, b'{"problems": []}'),
        (302, b"{}"),
        (502, b"<html>bad gateway</html>"),
        (404, b"{}"),
    ],
)
def test_a_captive_portal_is_no_hub(status: int, body: bytes) -> None:
    with answering(lambda handler: say(handler, status, body)) as url:
        hub = RemoteHub(url, "t")
        with pytest.raises(Problem, match="hub-away"):
            hub.take("r1")
        assert not hub.online()
        hub.close()


def test_half_an_answer_is_asked_again(local: LocalHub, clock: HandClock) -> None:
    """The reply is cut after the hub has done its work; the second try gets the same ticket."""
    seen: list[str] = []

    def cut_once(handler: http.server.BaseHTTPRequestHandler) -> None:
        ticket = local.take("r1")
        seen.append(ticket.number)
        shape = {"id": ticket.ticket_id, "number": ticket.number, "group": "general", "class": "ordinary"}
        shape |= {
            "state": "waiting",
            "taken_at": ticket.taken_at.isoformat(),
            "called_at": None,
            "window": "",
        }
        shape |= {"due_key": ticket.due_key, "recalls": 0, "person": "", "note": ""}
        body = json.dumps({"ticket": shape}).encode()
        if len(seen) == 1:
            say(handler, 200, body[:20], len(body))
            handler.close_connection = True
        else:
            say(handler, 200, body)

    with answering(cut_once) as url:
        hub = RemoteHub(url, "t")
        assert hub.take("r1") == local.take("r1")
        assert seen == ["A001", "A001"]
        assert hub.online()
        hub.close()
    assert local.take("r2").number == "A002"
