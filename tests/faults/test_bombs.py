"""Bodies made to hurt: packed bombs, a hundred megabytes, endless nesting. The hub says no and goes on."""

from __future__ import annotations

import gzip
import json
import socket
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from counter_app.hub.local import LocalHub
from counter_app.hub.server import serving
from counter_app.hub.tokens import Bearer
from counter_app.sync.remote_hub import RemoteHub
from tests.hub.envelopes import chained
from tests.hub.stores import HALL, RULES, HandClock

MEGABYTE = 1 << 20
BOMB = b'{"envelopes":[' + b" " * (64 * MEGABYTE) + b"]}"
Served = tuple[str, str, LocalHub]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    hub = LocalHub(tmp_path, bytes(32), HALL, HandClock(), RULES)
    with serving({HALL: hub}) as server:
        yield server.url, hub.issue(Bearer(HALL, "device")), hub
    hub.close()


def told(url: str, head: str, *body: bytes) -> int:
    """Send a request raw; the status that came back, 0 when the door was shut in the middle."""
    place = urlsplit(url)
    assert place.port is not None
    with socket.create_connection(("127.0.0.1", place.port), timeout=60) as end:
        try:
            end.sendall(head.encode("ascii") + b"\r\n\r\n")
            for piece in body:
                end.sendall(piece)
            answer = end.recv(4096)
        except (BrokenPipeError, ConnectionResetError):
            return 0
    return int(answer.split(b" ")[1]) if answer else 0


def head(token: str, length: int, *more: str) -> str:
    lines = ["POST /v1/batches HTTP/1.1", "Host: hub", f"Authorization: Bearer {token}"]
    return "\r\n".join([*lines, "Content-Type: application/json", f"Content-Length: {length}", *more])


def still_well(served: Served) -> None:
    """Nothing was kept, and the next one is served."""
    url, token, hub = served
    assert hub.cases() == () or list(hub.cases()) == []
    other = RemoteHub(url, token, timeout_s=60)
    assert [one["verdict"] for one in other.push(chained(1))] == ["accepted"]
    other.close()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_what_is_packed_is_never_unpacked(served: Served, coding: str) -> None:
    url, token, _ = served
    body = gzip.compress(BOMB, 1) if coding == "gzip" else zlib.compress(BOMB, 1)
    assert len(body) < MEGABYTE
    assert told(url, head(token, len(body), f"Content-Encoding: {coding}"), body) in (400, 413, 415, 422)
    still_well(served)


def test_a_hundred_megabytes_are_not_listened_to(served: Served) -> None:
    url, token, _ = served
    piece = b" " * MEGABYTE
    assert told(url, head(token, 100 * MEGABYTE), *[piece] * 100) in (0, 413)
    still_well(served)


def test_nesting_without_end(served: Served) -> None:
    url, token, _ = served
    deep = json.loads(json.dumps(chained(1)[0]))
    text = json.dumps(deep).replace('"body": {}', '"body": ' + '{"a":' * 5000 + "1" + "}" * 5000)
    body = ('{"envelopes":[' + text + "]}").encode()
    assert told(url, head(token, len(body)), body) in (200, 400, 413, 422)
    still_well(served)
