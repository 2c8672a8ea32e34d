"""Presses a hub over real HTTP with N connections at once and tells the rate and every latency.

usage: hub_client.py HOST:PORT CLIENTS COUNT KIND TOKEN_FILE     KIND is `issue` or `call`

One loop over raw sockets: the client must cost less than what it measures. Every connection sends its
next question when it has the whole answer to the last. The last line is `{"per_s": [...], "ms": [...]}`.
"""

from __future__ import annotations

import json
import os
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path


class Link:
    """One connection with one question under way."""

    def __init__(self, address: tuple[str, int], asks: Iterator[bytes]) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asks = asks
        self.buffer = b""
        self.since = 0

    def send(self) -> bool:
        """Send the next question; False when there is none."""
        question = next(self.asks, None)
        if question is None:
            return False
        self.buffer, self.since = b"", time.perf_counter_ns()
        self.socket.sendall(question)
        return True

    def whole(self) -> bool:
        """Read what has come; True when the answer is whole."""
        self.buffer += self.socket.recv(65536)
        head, gap, body = self.buffer.partition(b"\r\n\r\n")
        if not gap:
            return False
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 204")):
            raise SystemExit(self.buffer.decode(errors="replace"))
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        return len(body) >= length


def questions(kind: str, nth: int, count: int, tokens: list[str]) -> Iterator[bytes]:
    """The questions of one connection, each with an id of its own."""
    run = f"{os.getpid()}-{nth}"
    for number in range(count):
        if kind == "issue":
            path, body = "/v1/tickets", f'{{"request_id":"{run}-{number}","group":"","priority":""}}'
        else:
            path, body = f"/v1/windows/w{nth + 1}/call", f'{{"call_id":"{run}-{number}"}}'
        token = tokens[nth % len(tokens)]
        head = f"POST {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\n"
        yield f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def main(address: str, clients: int, count: int, kind: str, token_file: str) -> dict[str, list[float]]:
    """Press until every connection has asked its share."""
    host, _, port = address.rpartition(":")
    tokens = json.loads(Path(token_file).read_text())
    links = [
        Link((host, int(port)), questions(kind, nth, count // clients, tokens)) for nth in range(clients)
    ]
    took: list[float] = []
    with selectors.DefaultSelector() as ready:
        start = time.perf_counter()
        for link in links:
            ready.register(link.socket, selectors.EVENT_READ, link)
            link.send()
        while ready.get_map():
            for key, _ in ready.select():
                link = key.data
                if not link.whole():
                    continue
                took.append((time.perf_counter_ns() - link.since) / 1e6)
                if not link.send():
                    ready.unregister(link.socket)
                    link.socket.close()
        spent = time.perf_counter() - start
    return {"per_s": [len(took) / spent], "ms": took}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5])))
