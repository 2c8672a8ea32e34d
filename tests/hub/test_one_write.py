"""Head and body of an answer leave together, and nothing is kept back when a connection ends."""

from __future__ import annotations

import asyncio
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from counter_app.hub.one_write import OneWrite

LIMIT_S = 60.0
ASKED = b"GET / HTTP/1.1\r\nHost: hub\r\n%s\r\n"


class Wire(asyncio.Transport):
    """A connection that keeps what is written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.changed = asyncio.Event()
        self.closed = False

    def write(self, data: Any) -> None:
        assert not self.closed
        self.written.append(bytes(data))
        self.changed.set()

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True
        self.changed.set()


async def answer(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"6")]})
    await send({"type": "http.response.body", "body": b"123", "more_body": True})
    await send({"type": "http.response.body", "body": b"456"})


async def asked(question: bytes, closes: bool) -> Wire:
    wire, config = Wire(), uvicorn.Config(answer, log_config=None, lifespan="off")
    config.load()
    protocol = OneWrite(config, ServerState(), {})
    protocol.connection_made(wire)
    protocol.data_received(question)
    while not wire.written or wire.closed != closes:
        wire.changed.clear()
        await asyncio.wait_for(wire.changed.wait(), LIMIT_S)
    protocol.connection_lost(None)
    return wire


def test_an_answer_is_one_write() -> None:
    wire = asyncio.run(asked(ASKED % b"", closes=False))
    assert len(wire.written) == 1
    assert wire.written[0].startswith(b"HTTP/1.1 200")
    assert wire.written[0].endswith(b"\r\n\r\n123456")


def test_what_is_written_last_leaves_before_the_end() -> None:
    wire = asyncio.run(asked(ASKED % b"Connection: close\r\n", closes=True))
    assert b"".join(wire.written).endswith(b"\r\n\r\n123456")


def test_an_answer_leaves_as_soon_as_it_is_whole() -> None:
    """Not with the next turn of the loop, when somebody else may be writing."""
    wire, left = Wire(), []

    async def tells(scope: Any, receive: Any, send: Any) -> None:
        await answer(scope, receive, send)
        left.append(len(wire.written))

    async def ask() -> None:
        config = uvicorn.Config(tells, log_config=None, lifespan="off")
        config.load()
        protocol = OneWrite(config, ServerState(), {})
        protocol.connection_made(wire)
        protocol.data_received(ASKED % b"")
        await asyncio.wait_for(wire.changed.wait(), LIMIT_S)
        await asyncio.gather(*protocol.tasks)
        protocol.connection_lost(None)

    asyncio.run(ask())
    assert (left, len(wire.written)) == ([1], 1)
