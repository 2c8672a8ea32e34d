"""An answer leaves in one piece: head and body apart would be two packets, and whoever asked woken twice."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


class _Together:
    """A transport that writes what one turn of the loop has for it at once."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._pieces: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, piece: bytes) -> None:
        if not self._pieces:
            asyncio.get_running_loop().call_soon(self.flush)
        self._pieces.append(piece)

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def flush(self) -> None:
        whole = b"".join(self._pieces)
        self._pieces = []
        if whole and not self._transport.is_closing():
            self._transport.write(whole)


class OneWrite(H11Protocol):
    """uvicorn's HTTP/1.1, but for when it writes."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come."""
        self._together = _Together(transport)
        super().connection_made(self._together)  # type: ignore[arg-type]

    def on_response_complete(self) -> None:
        """An answer is whole: it leaves now, not with the next turn."""
        self._together.flush()
        super().on_response_complete()
