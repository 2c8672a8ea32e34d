"""A question is one piece on the wire, whatever is in it."""

from __future__ import annotations

from typing import Any

import pytest

from counter_app.sync.one_send import OneSend, OneSendSecure


class Wire:
    """A socket that remembers what it was given at once."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        self.pieces.append(data)

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("kind", [OneSend, OneSendSecure])
def test_head_and_body_leave_together(kind: type[OneSend]) -> None:
    link: Any = kind("hall.invalid")
    link.sock = wire = Wire()
    link.request("POST", "/v1/batches", b"{}" * 5000, {"Authorization": "Bearer x"})
    [whole] = wire.pieces
    head, _, body = whole.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v1/batches HTTP/1.1\r\n")
    assert b"Content-Length: 10000" in head
    assert body == b"{}" * 5000


def test_a_body_that_cannot_be_sent_keeps_nothing_back_for_the_next() -> None:
    link: Any = OneSend("hall.invalid")
    link.sock = wire = Wire()
    with pytest.raises(TypeError):
        link.request("PUT", "/v1/blobs/x", 7, {"Content-Length": "1"})
    link.close()
    link.sock = wire
    link.send(b"later")
    assert wire.pieces == [b"later"]
