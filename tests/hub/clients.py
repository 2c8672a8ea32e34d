"""Programs that ask a hub over real HTTP, and the hall they ask."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from counter_app.hub.hall import HallHub
from counter_app.hub.local import LocalHub
from counter_app.hub.server import Served, serving
from counter_app.hub.shapes import ProblemsReply
from counter_app.hub.tokens import Bearer
from tests.hub.stores import HALL, RULES, HandClock


@dataclass
class Client:
    """One program with one token and one connection."""

    served: Served
    token: str
    link: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        sent = body if isinstance(body, bytes) else (json.dumps(body).encode() if body is not None else None)
        if self.link is None:
            self.link = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=30)
        named = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        self.link.request(method, path, sent, named | headers)
        response = self.link.getresponse()
        answer = response.read()
        return response.status, json.loads(answer) if answer else None

    def close(self) -> None:
        if self.link is not None:
            self.link.close()


@dataclass
class Served2:
    served: Served
    hub: HallHub
    clock: HandClock
    clients: list[Client]

    def client(self, role: str = "device", window: str = "") -> Client:
        made = Client(self.served, self.hub.issue(Bearer(HALL, role, window)))
        self.clients.append(made)
        return made


@contextmanager
def hall_over_http(tmp_path: Path) -> Iterator[Served2]:
    clock = HandClock()
    hub = LocalHub(tmp_path, bytes(32), HALL, clock, RULES)
    with serving({HALL: hub}) as served:
        made = Served2(served, hub, clock, [])
        yield made
        for client in made.clients:
            client.close()
    hub.close()


def codes(answer: Any) -> list[str]:
    return [p.code for p in msgspec.convert(answer, ProblemsReply).problems]


class Follower:
    """Reads server-sent events in a thread."""

    def __init__(self, hall: Served2, last: str = "") -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", hall.served.port, timeout=30)
        token = hall.hub.issue(Bearer(HALL, "board"))
        headers = {"Authorization": f"Bearer {token}"} | ({"Last-Event-ID": last} if last else {})
        self.link.request("GET", "/v1/events", headers=headers)
        self.response = self.link.getresponse()
        assert self.response.status == 200
        assert self.response.readline() == b": hello\n"

    def next(self) -> tuple[int, str, Any]:
        """The next event: number, kind, data."""
        found: dict[str, str] = {}
        while True:
            line = self.response.readline().decode().rstrip("\n")
            if not line and "data" in found:
                return int(found["id"]), found["event"], json.loads(found["data"])
            name, _, value = line.partition(": ")
            found[name] = value

    def close(self) -> None:
        self.response.close()
        self.link.close()
