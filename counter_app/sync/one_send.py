"""A question leaves in one piece: head and body apart would be two packets, and the hub woken twice."""

from __future__ import annotations

import http.client
from typing import Any


class OneSend(http.client.HTTPConnection):
    """A connection that sends what a request puts together at once."""

    _kept: bytes | None = None  # what waits for the end of the request

    def endheaders(self, message_body: Any = None, *, encode_chunked: bool = False) -> None:
        """Send the head, and the body with it."""
        self._kept = b""
        try:
            super().endheaders(message_body, encode_chunked=encode_chunked)
        finally:
            whole, self._kept = self._kept, None
        self.send(whole)

    def send(self, data: Any) -> None:
        """Send, or keep until the request is whole."""
        if self._kept is None:
            super().send(data)
        else:
            self._kept += data


class OneSendSecure(OneSend, http.client.HTTPSConnection):
    """The same over TLS."""
