"""A network between two processes that misbehaves in every way a network can, on demand.

`FaultProxy(port)` listens on a port of its own and passes bytes on. Setting `fault` cuts every connection
that is open; from then on each new one suffers that fault, until it is set to "" again.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator

_PIECE = 65536
_DRIP_S = 0.05
_HTML = b"<html><body>Welcome to Hotel WiFi</body></html>"
ANSWERS = {
    "portal": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
    % (len(_HTML), _HTML),
    "not json": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{[",
    "moved": b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n",
    "error 500": b"HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops",
    "error 503": b"HTTP/1.1 503 Later\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
    "error 429": b"HTTP/1.1 429 Slowly\r\nContent-Length: 0\r\n\r\n",
}


class FaultProxy:
    """Between `url` and a server on 127.0.0.1; `lines` are the request lines that came by."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._turn = threading.Lock()
        self._open: set[socket.socket] = set()
        self._fault = ""
        self._flap = 0
        self.lines: list[bytes] = []
        self.met = 0  # connections that suffered the present fault
        self._stopped = threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def fault(self) -> str:
        return self._fault

    @fault.setter
    def fault(self, name: str) -> None:
        with self._turn:
            self._fault, self.met = name, 0
            for end in list(self._open):
                _reset(end)
            self._open.clear()

    def close(self) -> None:
        self.fault = "refuse"
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            with self._turn:
                self._open.add(client)
                fault, self.met = self._fault, self.met + 1
            threading.Thread(target=self._serve, args=(client, fault), daemon=True).start()

    def _serve(self, client: socket.socket, fault: str) -> None:
        if fault == "flapping":
            self._flap += 1
            fault = "refuse" if self._flap % 2 else ""
        way: Callable[[socket.socket], None] = {
            "": self._pass,
            "refuse": _reset,
            "silence": self._swallow,
            "lost reply": lambda end: self._forward(end, b"", replies=0),
            "one way": lambda end: self._forward(end, None, replies=0),
            "torn request": self._torn,
            "cut reply": lambda end: self._forward(end, b"half", replies=1),
            "one byte at a time": self._trickle,
            "twice": lambda end: self._forward(end, None, replies=2),
        }.get(fault, lambda end: self._answer(end, ANSWERS[fault]))
        with contextlib.suppress(OSError):
            way(client)
        with self._turn:
            self._open.discard(client)
        client.close()

    def _server(self) -> socket.socket:
        server = socket.create_connection(("127.0.0.1", self._port), timeout=30)
        with self._turn:
            self._open.add(server)
        return server

    def _pass(self, client: socket.socket) -> None:
        server = self._server()
        back = threading.Thread(target=_pour, args=(server, client), daemon=True)
        back.start()
        while data := client.recv(_PIECE):
            self._note(data)
            server.sendall(data)
        server.close()
        back.join()

    def _note(self, data: bytes) -> None:
        line = data.partition(b"\r\n")[0]
        if b" HTTP/1." in line:
            self.lines.append(line)

    def _swallow(self, client: socket.socket) -> None:
        while client.recv(_PIECE):
            pass

    def _answer(self, client: socket.socket, answer: bytes) -> None:
        while _request(client):
            client.sendall(answer)

    def _trickle(self, client: socket.socket) -> None:
        whole = _request(client)
        with self._server() as server:
            server.sendall(whole)
            head, gap, body = _response(server).partition(b"\r\n\r\n")
            client.sendall(head + gap)
            for nth in body:
                client.sendall(bytes([nth]))
                if self._stopped.wait(_DRIP_S):
                    return

    def _torn(self, client: socket.socket) -> None:
        with self._server() as server:
            data = client.recv(_PIECE)
            server.sendall(data[: len(data) // 2])
        _reset(client)

    def _forward(self, client: socket.socket, ending: bytes | None, replies: int) -> None:
        """The request reaches the server (for 2: twice); of the reply nothing, a half or all comes back."""
        whole = _request(client)
        if not whole:
            return
        reply = b""
        for _ in range(max(1, replies)):
            with self._server() as server:
                server.sendall(whole)
                reply = _response(server)
        if ending == b"half":
            client.sendall(reply[: len(reply) // 2])
        elif replies:
            client.sendall(reply)
        elif ending is None:  # the way back is dead, and nobody says so
            self._swallow(client)
        _reset(client) if ending is not None else None


def _pour(here: socket.socket, there: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := here.recv(_PIECE):
            there.sendall(data)
        there.shutdown(socket.SHUT_WR)


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RD)
    end.close()


def _pieces(end: socket.socket) -> Iterator[bytes]:
    while data := end.recv(_PIECE):
        yield data


def _request(end: socket.socket) -> bytes:
    """One whole HTTP message with its body; b"" when the other end has gone."""
    whole = b""
    for data in _pieces(end):
        whole += data
        head, gap, body = whole.partition(b"\r\n\r\n")
        if gap and len(body) >= _length(head):
            return whole
    return b""


_response = _request


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    return 0
