"""One question to a hub over the network, and its answer; whatever else comes is no answer.

Every question carries an id, so it may be asked again when no answer came: the hub answers a
repeated question with its first answer. What does not look like the hub (a captive portal's page,
half an answer) is treated as no answer.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any

from counter_app.problems import Problem
from counter_app.sync.answers import Answer, decoded_answer, quoted, refusal
from counter_app.sync.one_send import OneSend, OneSendSecure
from counter_app.sync.pinned import pinned

_TIMEOUT_S = 5.0
_TRIES = 2
_LARGEST = 40 << 20
_PIECE = 1 << 20
_ANSWERS = 6  # how many times the patience for one byte a whole answer may take


class Asker:
    """A hub at an address. Any thread may ask; each has its own connection.

    Raises Problem `hub-away` when it cannot be reached, else what the hub refused.
    """

    def __init__(self, url: str, token: str, timeout_s: float = _TIMEOUT_S, ca: str = "") -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Problem("setting-value", "hub", url)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._token = token
        self._tls = pinned(ca) if ca else None
        self._timeout = timeout_s
        self._own = threading.local()
        self._online = False

    def online(self) -> bool:
        """Whether the last exchange succeeded."""
        return self._online

    # --- pages ------------------------------------------------------------------------------
    def put_page(self, name: str, sealed: bytes) -> None:
        """Hand over a sealed page by pieces, going on where an earlier try broke off.

        Raises Problem `blob-broken`, `blob-off`.
        """
        start, total, path = 0, len(sealed), f"/v1/blobs/{quoted(name)}"
        while start < total:
            piece = sealed[start : start + _PIECE]
            place = {"Content-Range": f"bytes {start}-{start + len(piece) - 1}/{total}"}
            held = self._ask_bytes("PUT", path, piece, place).headers.get("range", "")
            start = int(held.rpartition("-")[2]) + 1 if held else total

    def page(self, name: str) -> bytes:
        """A page as it was sealed. Raises Problem `not-found`."""
        return self._ask_bytes("GET", f"/v1/blobs/{quoted(name)}").body

    # --- asking -----------------------------------------------------------------------------
    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """One exchange, repeated once when no answer came: every question may be asked twice."""
        sent = json.dumps(body).encode("ascii") if body is not None else None
        return self._tried(method, path, sent, {"Content-Type": "application/json"}, decoded_answer)

    def _ask_bytes(
        self, method: str, path: str, sent: bytes | None = None, more: Mapping[str, str] | None = None
    ) -> Answer:
        """The same with bytes instead of an object."""
        answer: Answer = self._tried(method, path, sent, more or {}, lambda answer: answer)
        return answer

    def _tried(
        self,
        method: str,
        path: str,
        sent: bytes | None,
        headers: Mapping[str, str],
        read: Callable[[Answer], Any],
    ) -> Any:
        for attempt in range(_TRIES):
            try:
                answer = self._exchange(method, path, sent, headers)
                reply = decoded_answer(answer) if answer.status >= 400 else read(answer)
                break
            except (OSError, http.client.HTTPException, ValueError) as error:
                self._hang_up()
                if attempt == _TRIES - 1:
                    self._online = False
                    raise Problem("hub-away", "hub", type(error).__name__) from error
        self._online = answer.status < 500
        if answer.status >= 400:
            raise refusal(reply)
        return reply

    def _exchange(self, method: str, path: str, sent: bytes | None, headers: Mapping[str, str]) -> Answer:
        link = self._link()
        link.request(method, path, sent, {"Authorization": f"Bearer {self._token}", **headers})
        response = link.getresponse()
        body = _whole(response, time.monotonic() + _ANSWERS * self._timeout)
        return Answer(response.status, body, {k.lower(): v for k, v in response.getheaders()})

    def _link(self) -> http.client.HTTPConnection:
        link: http.client.HTTPConnection | None = getattr(self._own, "link", None)
        if link is None:
            if self._secure:
                link = OneSendSecure(self._host, self._port, timeout=self._timeout, context=self._tls)
            else:
                link = OneSend(self._host, self._port, timeout=self._timeout)
            self._own.link = link
        return link

    def _hang_up(self) -> None:
        link = getattr(self._own, "link", None)
        if link is not None:
            link.close()
            self._own.link = None

    def close(self) -> None:
        """Close this thread's connection; others close with their threads."""
        self._hang_up()


def _whole(response: http.client.HTTPResponse, until: float) -> bytes:
    """The body, before a moment of the monotonic clock: what trickles in would hold its asker for ever."""
    body = b""
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > _LARGEST:
            raise ValueError("an answer this long is not the hub's")
        if time.monotonic() > until:
            raise TimeoutError("an answer that trickles")
    if response.length:
        raise http.client.IncompleteRead(body, response.length)
    response.read()  # ends the exchange, so that the connection can be used again
    return body
